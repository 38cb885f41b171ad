"""How sure the gap of a step is, whoever happened to advertise in this corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from kg.analysis.measured import ends, too_few
from kg.analysis.overlap import Side, align, covered
from kg.analysis.steps import COMMON
from kg.analysis.support import employer_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from kg.analysis.steps import Position
    from kg.corpus import Corpus


def gap_interval(
    corpus: Corpus, one: Position, other: Position
) -> tuple[tuple[float, float] | None, str | None]:
    """Return the 95% interval of a gap, and what is lacking where there is none.

    The gap is what is left of the part that `one` covers of what `other` asks for
    (`kg.analysis.overlap.covered`), employers for witnesses; which skills `other` commonly asks
    for, and so which count, is held fixed. Few postings make the gap too large: it reaches further
    down than up. Where `other` asks for no skill commonly there is nothing to measure.
    """
    fewest = min(len(one.employers), len(other.employers))
    lacking = too_few(fewest)
    if lacking is not None:
        return None, lacking
    columns = [skill for skill, share in sorted(other.shares.items()) if share >= COMMON]
    if not columns:
        return None, None
    numbers = {name: place for place, name in enumerate(sorted(one.employers | other.employers))}
    places = {skill: place for place, skill in enumerate(columns)}
    of_one, of_other = (_side(corpus, position, numbers, places) for position in (one, other))
    first, second = align(of_one[1], of_other[1], of_one[0], of_other[0])
    low, high = ends(covered(first, second), covered(first, second, unseen=True), fewest)
    return (round(1 - high, 6), round(1 - low, 6)), None


def _side(
    corpus: Corpus, position: Position, numbers: Mapping[str, int], places: Mapping[str, int]
) -> tuple[NDArray[np.intp], Side]:
    """Return the employers of a position by their numbers, and what their postings require."""
    whose = [numbers[employer_of(corpus, posting)] for posting in position.members]
    known, rows = np.unique(np.array(whose, np.intp), return_inverse=True)
    pairs = [
        (row, places[skill])
        for row, posting in zip(rows.tolist(), position.members, strict=True)
        for skill in corpus.required(posting)
        if skill in places
    ]
    asked = np.array(pairs, np.intp).reshape(-1, 2)
    hits = csr_array((np.ones(len(asked)), asked.T), shape=(len(known), len(places)))
    return known, Side(hits, np.bincount(rows, minlength=len(known)).astype(float))
