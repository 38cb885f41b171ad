"""How many years each side requires, as one number a posting."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING, Final

from kg.analysis.comparison_rows import YearsRow
from nlp.types import Necessity

if TYPE_CHECKING:
    from kg.analysis.groups import Group
    from kg.analysis.observations import Observations
    from kg.corpus import Corpus

FEWEST: Final = 10
"""Postings with years on a side, from which on the difference has an interval."""


def years_of(corpus: Corpus, posting: str) -> float | None:
    """Return the years that a posting requires: the most of its requirements, none if it has none.

    Of a choice the member with the fewest counts: "a Master's and 2 years, or a Bachelor's and 5"
    lets one in with two.
    """
    choices: dict[str, list[float]] = defaultdict(list)
    found: list[float] = []
    for one in corpus.years(posting):
        if one.necessity is not Necessity.REQUIRED or one.min_years is None:
            continue
        if one.choice:
            choices[one.choice].append(float(one.min_years))
        else:
            found.append(float(one.min_years))
    found += [min(members) for members in choices.values()]
    return max(found, default=None)


def compare_years(corpus: Corpus, a: Group, b: Group, observed: Observations | None) -> YearsRow:
    """Compare the medians; `observed` gives the difference its interval."""
    sides = [
        {posting: years for posting in group.postings if (years := years_of(corpus, posting))}
        for group in (a, b)
    ]
    counts = [len(side) for side in sides]
    medians = [float(median(side.values())) if side else None for side in sides]
    interval = None
    if observed and min(counts) >= FEWEST:
        interval = observed.median_interval(sides[0] | sides[1])
    return YearsRow(counts[0], counts[1], medians[0], medians[1], interval)
