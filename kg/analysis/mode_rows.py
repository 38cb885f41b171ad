"""The work modes of a comparison: how many postings of each side say remote, hybrid or on site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analysis import tally
from kg.analysis.comparison_rows import ModeRow
from kg.analysis.support import support_of

if TYPE_CHECKING:
    from kg.analysis.everyone import Everyone
    from kg.analysis.groups import Group
    from kg.analysis.observations import Observations
    from kg.corpus import Corpus


def mode_rows(
    corpus: Corpus, a: Group, b: Group, observed: Observations | None, everyone: Everyone
) -> tuple[ModeRow, ...]:
    """Return each work mode that a posting of either side states, tested where that can be.

    A posting may state several, and most state none: shares are of all postings of a side. The
    tests are those of skills (`kg.analysis.statistics`), with q over the modes alone. What most
    postings state stands first; of equal ones what comes first by name.
    """
    found = tally.tally(corpus, a, b, tally.modes, tally.mode_words)
    tests = observed.tested(found, everyone.working, len(everyone)) if observed else {}
    rows = [ModeRow(mode, support_of(a, b, said), tests.get(mode)) for mode, said in found.items()]
    return tuple(sorted(rows, key=mode_order))


def mode_order(row: ModeRow) -> tuple[int, str]:
    """Sort by number of postings, then by name."""
    return -(row.support.a + row.support.b), row.mode
