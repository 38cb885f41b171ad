"""Years and degrees as one value a posting, and what their medians say."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median
from typing import TYPE_CHECKING, Final

from kg.analysis.ladder_rows import DegreeShare, Difference, Middle
from kg.analysis.support import employer_of
from kg.analysis.years import years_of
from nlp.types import Necessity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kg.corpus import Corpus

FEWEST: Final = 10
"""Postings, and employers of them, that must state a value for its median to have an interval."""


def years_by_posting(corpus: Corpus, postings: Iterable[str]) -> dict[str, float]:
    """Return the years that postings require; those that require none are left out."""
    found = {posting: years_of(corpus, posting) for posting in postings}
    return {posting: years for posting, years in found.items() if years is not None}


def least_degree(corpus: Corpus, posting: str) -> str | None:
    """Return the degree that a posting requires at the least; None where it requires none.

    Of a choice the lowest is enough ("Master's, or Bachelor's and three years"); of several
    requirements the highest decides. Of degrees without a rank nothing is said.
    """
    choices: dict[str, list[str]] = defaultdict(list)
    found: list[str] = []
    for one in corpus.degrees(posting):
        if one.necessity is not Necessity.REQUIRED or corpus.rank(one.degree) is None:
            continue
        if one.choice:
            choices[one.choice].append(one.degree)
        else:
            found.append(one.degree)

    def order(degree: str) -> tuple[int, str]:
        return corpus.rank(degree) or 0, degree

    found += [min(members, key=order) for members in choices.values()]
    return max(found, key=order, default=None)


def degree_shares(corpus: Corpus, postings: Sequence[str]) -> tuple[DegreeShare, ...]:
    """Return how many postings ask for which degree at the least, those for none first."""
    counts = Counter(least_degree(corpus, posting) for posting in postings)
    order = sorted(counts, key=lambda one: ((one and corpus.rank(one)) or 0, one or ""))
    return tuple(
        DegreeShare(one and corpus.label(one), counts[one], len(postings)) for one in order
    )


def middle(corpus: Corpus, values: Mapping[str, float], currency: str | None = None) -> Middle:
    """Return the median of values by posting."""
    employers = {employer_of(corpus, posting) for posting in values}
    interval = None
    if min(len(values), len(employers)) >= FEWEST:
        import numpy as np

        from kg.analysis.clusters import median_interval

        numbers = np.array(list(values.values()), np.float64)
        interval = median_interval(witnesses(corpus, values), numbers)
    known = float(median(values.values())) if values else None
    return Middle(len(values), len(employers), known, interval, currency if values else None)


def difference(
    corpus: Corpus,
    below: Mapping[str, float],
    above: Mapping[str, float],
    currency: str | None = None,
) -> Difference:
    """Return how far the median above lies over the median below."""
    if not below or not above:
        return Difference(None, None)
    value = float(median(above.values()) - median(below.values()))
    sides = [{employer_of(corpus, one) for one in side} for side in (below, above)]
    if min(len(below), len(above), *map(len, sides)) < FEWEST:
        return Difference(value, None, currency)
    import numpy as np

    from kg.analysis.clusters import median_difference_interval

    both = [*below, *above]
    interval = median_difference_interval(
        witnesses(corpus, both),
        np.arange(len(both)) >= len(below),
        np.array([*below.values(), *above.values()], np.float64),
    )
    return Difference(value, interval, currency)


def witnesses(corpus: Corpus, postings: Iterable[str]) -> NDArray[np.intp]:
    """Return the employers of postings as numbers from 0, in the order of the postings."""
    import numpy as np

    names = [employer_of(corpus, posting) for posting in postings]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], np.intp)
