"""Counts by employer, and what can be said of a difference when one employer's postings are alike.

Postings of one employer are written by the same people from the same template, so that forty of
them are not forty witnesses. A test that takes them for independent finds differences between two
levels that are only differences between two employers. Here the employer is the unit: it is what
is resampled, and what a test sums over. A posting that names no employer stands for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

Floats: TypeAlias = "NDArray[np.float64]"
Weights: TypeAlias = "NDArray[np.float32]"

DRAWS: Final = 2000
"""Resamples of a bootstrap. The ends of a 95% interval are its 51st and 1950th: with so many they
move by some 4% of the interval's length from one seed to the next."""
SEED: Final = 20080101
"""Of every resampling, so that the same postings give the same bytes."""
BLOCK: Final = 4_000_000
"""Numbers held at once while resampling: 32 MB."""
SPARSE: Final = 20
"""One in so many numbers that are not nought: with fewer a sparse product is the faster."""


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
    employers: NDArray[np.intp],
    side_b: NDArray[np.bool_],
    features: NDArray[np.bool_] | csr_array,
) -> ByEmployer:
    """Sum postings up to employers.

    `employers` are numbers from 0, `side_b` is true for b's postings, both of the shape
    (postings,); `features` has the shape (postings, features).
    """
    from scipy.sparse import csr_array

    count = int(employers.max()) + 1 if len(employers) else 0
    sizes = [np.bincount(employers[side], minlength=count) for side in (~side_b, side_b)]
    having = csr_array(features, dtype=np.float64)
    hits = []
    for side in (~side_b, side_b):
        places = employers[side], np.flatnonzero(side)
        of = csr_array((np.ones(len(places[0])), places), shape=(count, len(employers)))
        hits.append((of @ having).toarray())
    return ByEmployer(sizes[0].astype(float), sizes[1].astype(float), hits[0], hits[1])


def draw_employers(count: int, draws: int = DRAWS, seed: int = SEED) -> Weights:
    """Return how often each of `count` employers is drawn, with replacement, in each draw.

    Of the shape (draws, count), in half the bytes of the usual floats; sums of them are exact. The
    draws are those of one call of the generator, made in parts that need no memory to speak of.
    """
    draw = np.random.default_rng(seed)
    chances = np.full(count, 1 / count)
    found = np.empty((draws, count), np.float32)
    step = max(1, BLOCK // max(1, count))
    for first in range(0, draws, step):
        part = found[first : first + step]
        part[:] = draw.multinomial(count, chances, size=len(part))
    return found


def ends_of(drawn: NDArray[Any], share: float = 0.05) -> Floats:
    """Return the ends of the percentile intervals of resamples, of the shape (features, 2).

    `drawn` has the shape (features, draws) and is put into order. `share` of the draws lie outside.
    The same as `numpy.percentile` has it; sorting whole rows of a thousand is several times faster
    than finding four places in each. What is no number in some draw has no ends.
    """
    draws = drawn.shape[1]
    places = np.array([share / 2, 1 - share / 2]) * (draws - 1)
    below = np.floor(places).astype(int)
    above = np.minimum(below + 1, draws - 1)
    drawn.sort(axis=1)
    part = (places - below).astype(drawn.dtype)
    left, right = drawn[:, below], drawn[:, above]
    with np.errstate(invalid="ignore"):  # between two infinities there is no number
        step = right - left
        found: Floats = np.where(part < 0.5, left + step * part, right - step * (1 - part))
    found[np.isnan(drawn[:, -1])] = np.nan  # these are sorted behind all others
    return found


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


def log_odds_intervals(
    counts: ByEmployer, corpus_shares: Floats, prior: float, weights: Weights | None = None
) -> Floats:
    """Return the 95% interval of each feature's log-odds ratio, of the shape (features, 2).

    Employers are drawn with replacement, `DRAWS` times, and the log-odds ratio with its prior (see
    `kg.analysis.statistics.log_odds`) is taken each time: the percentile interval of the cluster
    bootstrap (Davison & Hinkley, Bootstrap Methods and their Application, 1997, sections 3.8 and
    5.3.1). `corpus_shares` has the shape (features,), `prior` is in postings; `weights` are those
    of `draw_employers`, where they are at hand. What every posting has, or none, has no odds: its
    ends are no numbers.
    """
    drawn = draw_employers(counts.employers) if weights is None else weights
    sizes_a, sizes_b = (
        (drawn @ sizes.astype(np.float32)).astype(np.float64)
        for sizes in (counts.sizes_a, counts.sizes_b)
    )
    features = counts.hits_a.shape[1]
    ends = np.empty((features, 2))
    step = max(1, BLOCK // len(drawn))
    for first in range(0, features, step):
        part = slice(first, first + step)
        yes = (prior * corpus_shares[part])[:, None]
        no = prior - yes
        delta = np.zeros((len(yes), len(drawn)))
        for hits, sizes, sign in (
            (counts.hits_b, sizes_b, 1),
            (counts.hits_a, sizes_a, -1),
        ):
            having = _sums(hits[:, part], drawn)
            with np.errstate(divide="ignore", invalid="ignore"):  # what all have has no odds
                delta += sign * np.log((having + yes) / (sizes - having + no))
        ends[part] = ends_of(delta)
    return ends


def _sums(values: Floats, weights: Weights) -> Floats:
    """Return the sum of counts by employer in each draw, of the shape (features, draws).

    Where few employers have anything of a feature only these are summed.
    """
    if np.count_nonzero(values) * SPARSE < values.size:
        from scipy.sparse import csr_array

        summed: NDArray[Any] = csr_array(values.T.astype(np.float32)) @ weights.T
    else:
        summed = values.T.astype(np.float32) @ weights.T
    return summed.astype(np.float64)


def median_difference_interval(
    employers: NDArray[np.intp],
    side_b: NDArray[np.bool_],
    values: Floats,
    times: NDArray[np.intp] | None = None,
) -> tuple[float, float]:
    """Return the 95% interval of b's median minus a's, employers drawn with replacement.

    All have the shape (postings,), or that of other things, each of which stands `times` for a
    posting. A draw that leaves a side empty is drawn again as part of a larger number: it has no
    median.
    """
    weights = draw_employers(int(employers.max()) + 1)
    each = np.ones(len(values), np.intp) if times is None else times
    medians = [
        _weighted_medians(weights, employers[side], values[side], each[side])
        for side in (~side_b, side_b)
    ]
    found = medians[1] - medians[0]
    low, high = np.percentile(found[~np.isnan(found)], [2.5, 97.5])
    return float(low), float(high)


def median_interval(employers: NDArray[np.intp], values: Floats) -> tuple[float, float]:
    """Return the 95% interval of the median of `values`, employers drawn with replacement."""
    weights = draw_employers(int(employers.max()) + 1)
    medians = _weighted_medians(weights, employers, values, np.ones(len(values), np.intp))
    low, high = np.percentile(medians[~np.isnan(medians)], [2.5, 97.5])
    return float(low), float(high)


def _weighted_medians(
    weights: Weights, employers: NDArray[np.intp], values: Floats, times: NDArray[np.intp]
) -> Floats:
    """Return the median of `values` in each draw, each counted as often as its employer is drawn.

    Equal values are one, so that it takes no longer for more postings that say the same.
    """
    from scipy.sparse import csr_array

    known, place = np.unique(values, return_inverse=True)
    shape = len(known), weights.shape[1]
    counts = csr_array((times.astype(np.float32), (place, employers)), shape=shape)
    found = np.empty(len(weights))
    step = max(1, BLOCK // len(known))
    for first in range(0, len(weights), step):
        part = weights[first : first + step]
        summed = (counts @ part.T).cumsum(axis=0, dtype=np.float64)
        total = summed[-1]
        middle = []
        for rank in ((total - 1) // 2, total // 2):
            index = (summed <= rank).sum(axis=0)
            middle.append(known[np.minimum(index, len(known) - 1)])
        found[first : first + step] = np.where(total > 0, (middle[0] + middle[1]) / 2, np.nan)
    return found
