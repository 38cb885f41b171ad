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

from kg.analysis.clusters import DRAWS, SEED
from kg.analysis.statistics import benjamini_hochberg

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats
    from kg.analysis.support import Json

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
    employers: NDArray[np.intp], steps: Floats, values: Floats, *, ranked: bool = False
) -> list[Trend]:
    """Test each column of `values`; the p-values of all of them are adjusted together.

    `employers` (numbers from 0) and `steps` have the shape (postings,), `values` (postings,
    features): 0 and 1 for what a posting has, or amounts. With `ranked` the test is on the ranks
    of the values, ties in the middle, so that no single large value makes a trend; the slope stays
    that of the values. All postings on one step, or all values equal: p is 1.
    """
    if not values.size:
        return []
    tested = _ranks(values) if ranked else values
    postings, robust = trend_p(employers, steps, tested)
    ends = _slope_intervals(employers, steps, values)
    q_values = benjamini_hochberg([max(pair) for pair in zip(postings, robust, strict=True)])
    off = steps - steps.mean()
    spread = float((off**2).sum())
    slopes = (off @ values / spread).tolist() if spread else [0.0] * values.shape[1]
    return [
        Trend(slope, (low, high), p_postings, p_employers, q)
        for slope, (low, high), p_postings, p_employers, q in zip(
            slopes, ends.tolist(), postings, robust, q_values, strict=True
        )
    ]


def trend_p(
    employers: NDArray[np.intp], steps: Floats, values: Floats
) -> tuple[list[float], list[float]]:
    """Return the two-sided p-values that take postings, and employers, for independent."""
    from scipy.special import ndtr

    off = steps - steps.mean()
    each = off[:, None] * (values - values.mean(axis=0))
    summed = np.abs(each.sum(axis=0))
    variance = (off**2).sum() * values.var(axis=0, ddof=1)
    scores = np.zeros((int(employers.max()) + 1, values.shape[1]))
    np.add.at(scores, employers, each)
    found = []
    for squared in (variance, (scores**2).sum(axis=0)):
        root = np.sqrt(squared)
        statistic = np.divide(summed, root, out=np.zeros_like(summed), where=root > 1e-12)
        found.append((2 * ndtr(-statistic)).tolist())
    return found[0], found[1]


def _ranks(values: Floats) -> Floats:
    from scipy.stats import rankdata

    found: Floats = rankdata(values, axis=0).astype(np.float64)
    return found


def _slope_intervals(employers: NDArray[np.intp], steps: Floats, values: Floats) -> Floats:
    """Return the 95% interval of each slope, employers drawn with replacement, `DRAWS` times."""
    count = int(employers.max()) + 1
    draw = np.random.default_rng(SEED)
    weights = draw.multinomial(count, np.full(count, 1 / count), size=DRAWS).astype(np.float64)

    def summed(each: Floats) -> Floats:
        sums = np.zeros((count, each.shape[1]))
        np.add.at(sums, employers, each)
        found: Floats = weights @ sums
        return found

    ones, first, second = summed(np.column_stack([np.ones_like(steps), steps, steps**2])).T
    spread = second - first**2 / ones
    ends = np.empty((values.shape[1], 2))
    for start in range(0, values.shape[1], FEATURES_AT_ONCE):
        part = values[:, start : start + FEATURES_AT_ONCE]
        both = summed(steps[:, None] * part) - first[:, None] * summed(part) / ones[:, None]
        slopes = both[spread > 1e-9] / spread[spread > 1e-9, None]
        if len(slopes):
            ends[start : start + part.shape[1]] = np.percentile(slopes, [2.5, 97.5], axis=0).T
        else:  # every draw stands on one step
            ends[start : start + part.shape[1]] = 0.0
    return ends
