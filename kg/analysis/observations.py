"""The postings of two groups as numbers: whose they are, which side they are of, what they have."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from kg.analysis import statistics
from kg.analysis.clusters import (
    BLOCK,
    ByEmployer,
    count_by_employer,
    draw_employers,
    employer_p,
    log_odds_intervals,
    median_difference_interval,
)
from kg.analysis.findings import Finding
from kg.analysis.skill_rows import LEAST
from kg.analysis.support import employers_of
from kg.graph_model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csc_array, csr_array

    from kg.analysis.clusters import Weights
    from kg.analysis.groups import Group
    from kg.analysis.statistics import Effect
    from kg.analysis.tally import Said
    from kg.corpus import Corpus

Key = TypeVar("Key")


class Observations:
    """The postings of two groups that share none, in one row of numbers each.

    Where both groups are employers, what is asked is what these two ask, not what employers do:
    each posting is a witness of its own then.
    """

    def __init__(self, corpus: Corpus, a: Group, b: Group) -> None:
        self._places = {posting: place for place, posting in enumerate(a.postings + b.postings)}
        self.side_b: NDArray[np.bool_] = np.arange(len(self._places)) >= len(a.postings)
        alone = a.kind == b.kind == Kind.EMPLOYER
        postings = tuple(self._places)
        self.witnesses: NDArray[np.intp] = (
            np.arange(len(postings)) if alone else employers_of(corpus, postings)
        )

    @cached_property
    def weights(self) -> Weights:
        """How often each witness is drawn, of all the bootstraps on these postings."""
        return draw_employers(int(self.witnesses.max()) + 1)

    def having(self, said: Sequence[Said]) -> csr_array:
        """Return which posting says which of some things, of the shape (postings, things).

        What is said is said by the postings of these two groups.
        """
        from scipy.sparse import csr_array

        each = [one.rows for one in said]
        columns = np.repeat(np.arange(len(each), dtype=np.int32), [len(one) for one in each])
        rows = np.concatenate([np.zeros(0, np.int32), *each]).astype(np.int32)
        shape = len(self._places), len(said)
        return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)

    def tested(
        self, found: Mapping[Key, Said], counted: Mapping[Key, int], everyone: int
    ) -> dict[Key, Finding]:
        """Test what enough of the postings say; the prior is how many of everyone say it."""
        often = [key for key, said in found.items() if len(said.rows) >= LEAST]
        shares = [counted.get(key, 0) / everyone for key in often]
        return dict(zip(often, self.findings([found[key] for key in often], shares), strict=True))

    def findings(self, said: Sequence[Said], corpus_shares: Sequence[float]) -> list[Finding]:
        """Test each feature; `corpus_shares` are the shares of all postings that have it."""
        return self.test(self.having(said).tocsc(), corpus_shares) if said else []

    def test(self, having: csc_array, corpus_shares: Sequence[float]) -> list[Finding]:
        """Test each column of (postings, features), the postings being a's and then b's."""
        step = max(1, BLOCK // self.weights.shape[1])
        parts = (slice(start, start + step) for start in range(0, having.shape[1], step))
        return find_in_parts(
            (
                (
                    count_by_employer(self.witnesses, self.side_b, having[:, part]),
                    corpus_shares[part],
                )
                for part in parts
            ),
            self.weights,
        )

    def median_interval(self, values: Mapping[str, float]) -> tuple[float, float]:
        """Return the 95% interval of b's median minus a's, of the postings that have a value."""
        places = np.array([self._places[posting] for posting in values], np.intp)
        numbers = np.unique(self.witnesses[places], return_inverse=True)[1]
        return median_difference_interval(
            numbers, self.side_b[places], np.array(list(values.values()), np.float64)
        )


class _Measured(NamedTuple):
    """What is said of one feature before the others are known."""

    effect: Effect | None
    ends: list[float]
    exact: float
    robust: float


def find_differences(counts: ByEmployer, corpus_shares: Sequence[float]) -> list[Finding]:
    """Test each feature; the p-values of all of them are adjusted together."""
    return _findings(_measure(counts, corpus_shares))


def find_in_parts(
    parts: Iterable[tuple[ByEmployer, Sequence[float]]], weights: Weights
) -> list[Finding]:
    """Test features part by part, as `find_differences` does all at once; the draws are `weights`.

    Of a hundred thousand employers a part has some forty features: more are not held at once.
    """
    measured = [one for counts, shares in parts for one in _measure(counts, shares, weights)]
    return _findings(measured)


def _measure(
    counts: ByEmployer, corpus_shares: Sequence[float], weights: Weights | None = None
) -> list[_Measured]:
    size_a, size_b = int(counts.sizes_a.sum()), int(counts.sizes_b.sum())
    having_a, having_b = (
        hits.sum(axis=0).astype(np.int64) for hits in (counts.hits_a, counts.hits_b)
    )
    exact = statistics.fisher(having_a, size_a, having_b, size_b)
    shares = np.array(corpus_shares)
    ends = log_odds_intervals(counts, shares, statistics.PRIOR_POSTINGS, weights)
    effects = [
        statistics.log_odds(count_a, size_a, count_b, size_b, corpus_share=share)
        for count_a, count_b, share in zip(
            having_a.tolist(), having_b.tolist(), corpus_shares, strict=True
        )
    ]
    each = effects, ends.tolist(), exact.tolist(), employer_p(counts).tolist()
    return [_Measured(*one) for one in zip(*each, strict=True)]


def _findings(measured: Sequence[_Measured]) -> list[Finding]:
    q_values = statistics.benjamini_hochberg([max(one.exact, one.robust) for one in measured])
    return [
        Finding(
            one.effect,
            _wider(one.effect, one.ends) if one.effect else None,
            one.exact,
            one.robust,
            q,
        )
        for one, q in zip(measured, q_values, strict=True)
    ]


def _wider(effect: Effect, resampled: Sequence[float]) -> tuple[float, float]:
    """Return an interval that is wide enough for employers and for the odds themselves.

    Resampling cannot see what no posting of a side has: a skill of 0 in 68 stays one of 0.
    """
    low, high = effect.interval
    return min(low, resampled[0]), max(high, resampled[1])
