"""Does something rise or fall along an order? The trend test with employers for witnesses.

Postings stand on the steps of an order: levels of a role, months. The statistic is that of the
Cochran-Armitage test for a trend in shares, and for values its rank version: the sum, over
postings, of (step - mean step) times (value - mean value). Two p-values say whether chance
explains it. One takes postings for independent: Mantel's (n - 1) r^2, the variance being that of
shuffled values (Cochran, Biometrics 10 (1954) 417-451; Armitage, Biometrics 11 (1955) 375-386;
Mantel, J. Am. Stat. Assoc. 58 (1963) 690-700). The other takes employers for it: each employer's
part of the sum is its score, and the sum of scores is held against the root of the sum of their
squares, as in `kg.analysis.clusters.employer_p`, which is this test for two steps.

Steps are equally far apart: an order says no more. The test finds what rises or falls on the
whole; that no step goes the other way it does not say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.analysis.clusters import BLOCK, draw_employers, ends_of
from kg.analysis.statistics import benjamini_hochberg

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csc_array, csr_array

    from kg.analysis.clusters import Floats
    from kg.analysis.support import Json

NOUGHT: Final = 1e-12
"""Less than this share of what is summed is what rounding leaves of nothing."""
FEATURES_AT_ONCE: Final = 200
"""Features whose resamples are held at once: some 30 MB."""


@dataclass(frozen=True, slots=True)
class Trend:
    """What the trend test says.

    `slope` is how much the share, or the mean, changes from one step to the next (least squares);
    `interval` is its 95% interval when employers are resampled. `p` is the larger of the two
    p-values; `q` is p after Benjamini and Hochberg.
    """

    slope: float
    interval: tuple[float, float]
    p_postings: float
    p_employers: float
    q: float

    @property
    def p(self) -> float:
        """The larger of the two p-values."""
        return max(self.p_postings, self.p_employers)


def trend_json(trend: Trend | None) -> dict[str, Json]:
    """Return the numbers of a trend, nulls where there is none.

    >>> trend_json(None)["q"] is None
    True
    """
    return {
        "slope": trend.slope if trend else None,
        "slope_interval": list(trend.interval) if trend else None,
        "p": trend.p if trend else None,
        "p_postings": trend.p_postings if trend else None,
        "p_employers": trend.p_employers if trend else None,
        "q": trend.q if trend else None,
    }


def find_trends(
    employers: NDArray[np.intp],
    steps: Floats,
    values: Floats | csc_array,
    *,
    ranked: bool = False,
    ranks: Floats | None = None,
    sizes: Floats | None = None,
) -> list[Trend]:
    """Test each column of `values`; the p-values of all of them are adjusted together.

    `employers` (numbers from 0) and `steps` have the shape (postings,), `values` (postings,
    features): 0 and 1 for what a posting has, or amounts. With `ranked` the test is on the ranks
    of the values, ties in the middle, so that no single large value makes a trend; the slope stays
    that of the values; `ranks` are those to take where not all values are known. All postings on
    one step, or all values equal: p is 1.

    With `sizes` a row is not one posting but so many, of an employer on a step, and its value is
    how many of them have the feature: the numbers are those that the postings would give.
    """
    from scipy.sparse import csc_array

    if 0 in values.shape:
        return []
    columns = csc_array(values)
    each = np.ones_like(steps) if sizes is None else sizes
    tested = ranks if ranks is not None else _ranks(columns) if ranked else columns
    postings, robust = trend_p(employers, steps, tested, sizes)
    ends = _slope_intervals(employers, steps, columns, each)
    q_values = benjamini_hochberg([max(pair) for pair in zip(postings, robust, strict=True)])
    off = steps - _mean(steps, sizes)
    spread = float((each * off**2).sum())
    slopes = (columns.T @ off / spread).tolist() if spread else [0.0] * columns.shape[1]
    return [
        Trend(slope, (low, high), p_postings, p_employers, q)
        for slope, (low, high), p_postings, p_employers, q in zip(
            slopes, ends.tolist(), postings, robust, q_values, strict=True
        )
    ]


def trend_p(
    employers: NDArray[np.intp],
    steps: Floats,
    values: Floats | csc_array,
    sizes: Floats | None = None,
) -> tuple[list[float], list[float]]:
    """Return the two-sided p-values that take postings, and employers, for independent.

    Of the statistic's sum and its variances only what is not nought of the values is gone through.
    `sizes` are those of `find_trends`: the square of a posting's 1 is 1.
    """
    from scipy.sparse import csc_array
    from scipy.special import ndtr

    columns, off = csc_array(values), steps - _mean(steps, sizes)
    each = np.ones_like(steps) if sizes is None else sizes
    size = len(steps) if sizes is None else int(sizes.sum())
    mean = columns.sum(axis=0) / size
    squares = (columns**2 if sizes is None else columns).sum(axis=0)
    variance = np.maximum(squares - size * mean**2, 0) / max(1, size - 1)
    variance[variance < NOUGHT * squares] = 0.0  # all values are equal
    summed = np.abs(columns.T @ off)
    summed[summed < NOUGHT * (abs(columns).T @ np.abs(off))] = 0.0
    of = _by_employer(employers)
    scores = np.zeros(columns.shape[1])
    for start in range(0, columns.shape[1], FEATURES_AT_ONCE):
        part = slice(start, start + FEATURES_AT_ONCE)
        score = ((of * off) @ columns[:, part]).toarray() - np.outer(of @ (each * off), mean[part])
        scores[part] = (score**2).sum(axis=0)
    found = []
    for squared in ((each * off**2).sum() * variance, scores):
        root = np.sqrt(squared)
        statistic = np.divide(summed, root, out=np.zeros_like(summed), where=root > 1e-12)
        found.append((2 * ndtr(-statistic)).tolist())
    return found[0], found[1]


def _ranks(values: csc_array) -> Floats:
    """Return the ranks of values, from 1, of equal ones their middle."""
    ranks = np.empty(values.shape)
    for column, each in enumerate(values.toarray().T):
        place, counts = np.unique(each, return_inverse=True, return_counts=True)[1:]
        ranks[:, column] = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return ranks


def _by_employer(employers: NDArray[np.intp]) -> csr_array:
    """Return which postings are each employer's, of the shape (employers, postings)."""
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(employers)), (employers, np.arange(len(employers)))))


def _mean(steps: Floats, sizes: Floats | None) -> float:
    return float(steps.mean() if sizes is None else sizes @ steps / sizes.sum())


def _slope_intervals(
    employers: NDArray[np.intp], steps: Floats, values: csc_array, each: Floats
) -> Floats:
    """Return the 95% interval of each slope, employers drawn with replacement, `DRAWS` times."""
    of = _by_employer(employers)
    weights = draw_employers(of.shape[0])
    at_once = max(1, BLOCK // of.shape[0])

    def summed(each: Floats) -> Floats:
        found = [
            weights[start : start + at_once].astype(np.float64) @ each
            for start in range(0, len(weights), at_once)
        ]
        return np.concatenate(found)

    ones, first, second = summed(of @ np.column_stack([each, each * steps, each * steps**2])).T
    spread = second - first**2 / ones
    apart = spread > 1e-9
    ends = np.empty((values.shape[1], 2))
    for start in range(0, values.shape[1], FEATURES_AT_ONCE):
        columns = slice(start, start + FEATURES_AT_ONCE)
        part = values[:, columns]
        both = summed(((of * steps) @ part).toarray())
        both -= first[:, None] * summed((of @ part).toarray()) / ones[:, None]
        slopes = both[apart] / spread[apart, None]
        if len(slopes):
            ends[columns] = ends_of(np.ascontiguousarray(slopes.T))
        else:  # every draw stands on one step
            ends[columns] = 0.0
    return ends
