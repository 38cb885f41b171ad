"""The postings of two groups as numbers: whose they are, which side they are of, what they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.analysis import statistics
from kg.analysis.clusters import (
    ByEmployer,
    count_by_employer,
    employer_p,
    log_odds_intervals,
    median_difference_interval,
)
from kg.analysis.findings import Finding
from kg.analysis.support import employer_of
from kg.graph_model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from kg.analysis.groups import Group
    from kg.analysis.statistics import Effect
    from kg.analysis.tally import Said
    from kg.corpus import Corpus


class Observations:
    """The postings of two groups that share none, in one row of numbers each.

    Where both groups are employers, what is asked is what these two ask, not what employers do:
    each posting is a witness of its own then.
    """

    def __init__(self, corpus: Corpus, a: Group, b: Group) -> None:
        self._places = {posting: place for place, posting in enumerate(a.postings + b.postings)}
        self.side_b: NDArray[np.bool_] = np.arange(len(self._places)) >= len(a.postings)
        alone = a.kind == b.kind == Kind.EMPLOYER
        witnesses = [one if alone else employer_of(corpus, one) for one in self._places]
        numbers = {name: number for number, name in enumerate(dict.fromkeys(witnesses))}
        self.witnesses: NDArray[np.intp] = np.array([numbers[one] for one in witnesses], np.intp)

    def having(self, said: Sequence[Said]) -> NDArray[np.bool_]:
        """Return which posting says which of some things, of the shape (postings, things)."""
        found = np.zeros((len(self._places), len(said)), bool)
        for column, one in enumerate(said):
            found[[self._places[posting] for posting in one.a | one.b], column] = True
        return found

    def findings(self, said: Sequence[Said], corpus_shares: Sequence[float]) -> list[Finding]:
        """Test each feature; `corpus_shares` are the shares of all postings that have it."""
        if not said:
            return []
        having = self.having(said)
        counts = count_by_employer(self.witnesses, self.side_b, having)
        return find_differences(counts, corpus_shares)

    def median_interval(self, values: Mapping[str, float]) -> tuple[float, float]:
        """Return the 95% interval of b's median minus a's, of the postings that have a value."""
        places = np.array([self._places[posting] for posting in values], np.intp)
        numbers = np.unique(self.witnesses[places], return_inverse=True)[1]
        return median_difference_interval(
            numbers, self.side_b[places], np.array(list(values.values()), np.float64)
        )


def find_differences(counts: ByEmployer, corpus_shares: Sequence[float]) -> list[Finding]:
    """Test each feature; the p-values of all of them are adjusted together."""
    size_a, size_b = int(counts.sizes_a.sum()), int(counts.sizes_b.sum())
    having_a, having_b = (
        [int(count) for count in hits.sum(axis=0)] for hits in (counts.hits_a, counts.hits_b)
    )
    exact = [
        statistics.fisher(count_a, size_a, count_b, size_b)
        for count_a, count_b in zip(having_a, having_b, strict=True)
    ]
    robust = employer_p(counts).tolist()
    q_values = statistics.benjamini_hochberg(
        [max(pair) for pair in zip(exact, robust, strict=True)]
    )
    ends = log_odds_intervals(counts, np.array(corpus_shares), statistics.PRIOR_POSTINGS).tolist()
    found = []
    for column, share in enumerate(corpus_shares):
        effect = statistics.log_odds(
            having_a[column], size_a, having_b[column], size_b, corpus_share=share
        )
        interval = _wider(effect, ends[column]) if effect else None
        found.append(Finding(effect, interval, exact[column], robust[column], q_values[column]))
    return found


def _wider(effect: Effect, resampled: Sequence[float]) -> tuple[float, float]:
    """Return an interval that is wide enough for employers and for the odds themselves.

    Resampling cannot see what no posting of a side has: a skill of 0 in 68 stays one of 0.
    """
    low, high = effect.interval
    return min(low, resampled[0]), max(high, resampled[1])
