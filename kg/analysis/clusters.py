"""Counts by employer, and what can be said of a difference when one employer's postings are alike.

Postings of one employer are written by the same people from the same template, so that forty of
them are not forty witnesses. A test that takes them for independent finds differences between two
levels that are only differences between two employers. Here the employer is the unit: it is what
is resampled, and what a test sums over. A posting that names no employer stands for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"

DRAWS: Final = 2000
"""Resamples of a bootstrap. The ends of a 95% interval are its 51st and 1950th: with so many they
move by some 4% of the interval's length from one seed to the next."""
SEED: Final = 20080101
"""Of every resampling, so that the same postings give the same bytes."""
BLOCK: Final = 4_000_000
"""Numbers held at once while resampling: 32 MB."""


@dataclass(frozen=True, slots=True, eq=False)
class ByEmployer:
    """How many postings each employer has on each side, and how many of them have each feature.

    `sizes_a` and `sizes_b` have the shape (employers,), `hits_a` and `hits_b` (employers,
    features). An employer with postings on both sides is one row.
    """

    sizes_a: Floats
    sizes_b: Floats
    hits_a: Floats
    hits_b: Floats

    @property
    def employers(self) -> int:
        """The number of employers with a posting on either side."""
        return len(self.sizes_a)


def count_by_employer(
    employers: NDArray[np.intp], side_b: NDArray[np.bool_], features: NDArray[np.bool_]
) -> ByEmployer:
    """Sum postings up to employers.

    `employers` are numbers from 0, `side_b` is true for b's postings, both of the shape
    (postings,); `features` has the shape (postings, features).
    """
    count = int(employers.max()) + 1 if len(employers) else 0
    sizes = [np.bincount(employers[side], minlength=count) for side in (~side_b, side_b)]
    hits = []
    for side in (~side_b, side_b):
        summed = np.zeros((count, features.shape[1]))
        np.add.at(summed, employers[side], features[side].astype(np.float64))
        hits.append(summed)
    return ByEmployer(sizes[0].astype(float), sizes[1].astype(float), hits[0], hits[1])


def employer_p(counts: ByEmployer) -> Floats:
    """Return a two-sided p for each feature that takes employers, not postings, for independent.

    The score of an employer is what it adds to the difference of the two shares when both are
    held to be the pooled one; the statistic is the sum of the scores over the root of the sum of
    their squares. It is the cluster-robust score test, with the variance of the null hypothesis
    (Liang & Zeger, Biometrika 73 (1986) 13-22, for the variance; Canay, Santos & Shaikh, Rev.
    Econ. Stat. 103 (2021) 346-363, for flipping the signs of such scores). Where few employers
    carry the whole difference it stays small however many postings they have: it is never above
    the root of their number.
    """
    from scipy.special import ndtr

    total_a, total_b = counts.sizes_a.sum(), counts.sizes_b.sum()
    hits = counts.hits_a + counts.hits_b
    pooled = hits.sum(axis=0) / (total_a + total_b)
    scores = (counts.hits_b - np.outer(counts.sizes_b, pooled)) / total_b
    scores -= (counts.hits_a - np.outer(counts.sizes_a, pooled)) / total_a
    spread = np.sqrt((scores**2).sum(axis=0))
    summed = np.abs(scores.sum(axis=0))
    statistic = np.divide(summed, spread, out=np.zeros_like(summed), where=spread > 0)
    found: Floats = 2 * ndtr(-statistic)
    return found


def log_odds_intervals(counts: ByEmployer, corpus_shares: Floats, prior: float) -> Floats:
    """Return the 95% interval of each feature's log-odds ratio, of the shape (features, 2).

    Employers are drawn with replacement, `DRAWS` times, and the log-odds ratio with its prior (see
    `kg.analysis.statistics.log_odds`) is taken each time: the percentile interval of the cluster
    bootstrap (Davison & Hinkley, Bootstrap Methods and their Application, 1997, sections 3.8 and
    5.3.1). `corpus_shares` has the shape (features,), `prior` is in postings. What every posting
    has, or none, has no odds: its ends are no numbers.
    """
    draw = np.random.default_rng(SEED)
    count = counts.employers
    weights = draw.multinomial(count, np.full(count, 1 / count), size=DRAWS).astype(np.float64)
    sizes_a, sizes_b = weights @ counts.sizes_a, weights @ counts.sizes_b
    features = counts.hits_a.shape[1]
    ends = np.empty((features, 2))
    step = max(1, BLOCK // DRAWS)
    for first in range(0, features, step):
        part = slice(first, first + step)
        yes = prior * corpus_shares[part]
        no = prior - yes
        delta = np.zeros((DRAWS, len(yes)))
        for hits, sizes, sign in (
            (counts.hits_b, sizes_b, 1),
            (counts.hits_a, sizes_a, -1),
        ):
            having = weights @ hits[:, part]
            with np.errstate(divide="ignore", invalid="ignore"):  # what all have has no odds
                delta += sign * np.log((having + yes) / (sizes[:, None] - having + no))
        ends[part] = np.percentile(delta, [2.5, 97.5], axis=0).T
    return ends


def median_difference_interval(
    employers: NDArray[np.intp], side_b: NDArray[np.bool_], values: Floats
) -> tuple[float, float]:
    """Return the 95% interval of b's median minus a's, employers drawn with replacement.

    All three have the shape (postings,). A draw that leaves a side empty is drawn again as part of
    a larger number: it has no median.
    """
    draw = np.random.default_rng(SEED)
    count = int(employers.max()) + 1
    order = np.argsort(values, kind="stable")
    employers, side_b, values = employers[order], side_b[order], values[order]
    weights = draw.multinomial(count, np.full(count, 1 / count), size=DRAWS)[:, employers]
    medians = [_weighted_medians(weights[:, side], values[side]) for side in (~side_b, side_b)]
    found = medians[1] - medians[0]
    low, high = np.percentile(found[~np.isnan(found)], [2.5, 97.5])
    return float(low), float(high)


def median_interval(employers: NDArray[np.intp], values: Floats) -> tuple[float, float]:
    """Return the 95% interval of the median of `values`, employers drawn with replacement."""
    draw = np.random.default_rng(SEED)
    count = int(employers.max()) + 1
    order = np.argsort(values, kind="stable")
    weights = draw.multinomial(count, np.full(count, 1 / count), size=DRAWS)[:, employers[order]]
    medians = _weighted_medians(weights, values[order])
    low, high = np.percentile(medians[~np.isnan(medians)], [2.5, 97.5])
    return float(low), float(high)


def _weighted_medians(weights: NDArray[np.int64], values: Floats) -> Floats:
    """Return the median of `values`, sorted, each counted as often as its weight says; by row."""
    summed = weights.cumsum(axis=1)
    total = summed[:, -1]
    middle = []
    for place in ((total - 1) // 2, total // 2):
        index = (summed <= place[:, None]).sum(axis=1)
        middle.append(values[np.minimum(index, len(values) - 1)])
    found: Floats = np.where(total > 0, (middle[0] + middle[1]) / 2, np.nan)
    return found
