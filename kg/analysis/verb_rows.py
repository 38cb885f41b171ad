"""The duties of a comparison: the verbs of scope that each side uses of the person hired."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.analysis import tally
from kg.analysis.comparison_rows import VerbRow
from kg.analysis.skill_rows import SIDES
from kg.analysis.support import support_of

if TYPE_CHECKING:
    from kg.analysis.everyone import Everyone
    from kg.analysis.groups import Group
    from kg.analysis.observations import Observations
    from kg.analysis.support import Support
    from kg.corpus import Corpus
    from kg.corpus.vocabulary import Vocabulary


def verb_rows(
    corpus: Corpus, a: Group, b: Group, observed: Observations | None, everyone: Everyone
) -> tuple[VerbRow, ...]:
    """Return each duty that a posting of either side states, tested where there is enough data.

    The tests are those of skills (`kg.analysis.statistics`), with q over the duties alone: what is
    asked of thirty verbs need not answer for a thousand names. The prior is the share of everyone
    that states the duty.
    """
    found = tally.tally(corpus, a, b, tally.verbs, tally.verb_words)
    tests = observed.tested(found, everyone.stating, len(everyone)) if observed else {}
    rows = [
        replace(
            verb_row(corpus.vocabulary, duty, support_of(a, b, said)),
            finding=tests.get(duty),
        )
        for duty, said in found.items()
    ]
    return tuple(sorted(rows, key=verb_order))


def verb_row(vocabulary: Vocabulary, duty: str, support: Support) -> VerbRow:
    """Return the row of a duty, not yet tested."""
    above = vocabulary.broader.get(duty, ())
    family = vocabulary.label(above[0]) if above else None
    return VerbRow(concept=duty, label=vocabulary.label(duty), family=family, support=support)


def verb_order(row: VerbRow) -> tuple[Any, ...]:
    """Sort as skills are: by side, strength of the difference, number of postings, label."""
    effect = row.finding.effect if row.finding else None
    strength = abs(effect.z) if effect else 0.0
    seen = row.support.a + row.support.b
    return SIDES.index(row.support.side), -strength, -seen, row.label.casefold(), row.concept
