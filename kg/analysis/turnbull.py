"""Quantiles of amounts of which some are known only to lie above, below or between others.

A posting says "120,000 to 150,000", "from 90,000", "up to 70,000". What is estimated is how the
middles of ranges are distributed. Of the first the middle is known, 135,000; that of the second is
90,000 or more, that of the third 70,000 or less (how much more, and less, `kg.analysis.pay_ranges`
bounds); a job that is posted in two places with pay that differs has a middle between the two.
Turnbull's nonparametric maximum likelihood estimate takes each for what it says. With open high
ends only it is that of Kaplan and Meier, without open ends the plain distribution.

Why not of the ranges themselves, each an amount that is unknown within its ends: ranges of pay are
wide and overlap, and the likeliest distribution then stands on the few amounts that most ranges
share. Of 34 estimates for Senior Data Scientists every quantile from a tenth to three quarters came
out as 119,000.

Turnbull, J. R. Stat. Soc. B 38 (1976) 290-295; the innermost intervals, on which alone it can put
mass, by Peto, Appl. Stat. 22 (1973) 86-91. Intervals are closed. Where within an innermost interval
the mass lies, the data do not say: it is spread evenly, and a quantile in an interval without an
end is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kg.analysis.clusters import SEED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from kg.analysis.clusters import Floats

ROUNDS: Final = 500
"""Steps to the estimate, at most."""
CLOSE: Final = 1e-6
"""No interval's share moves by more in the last step."""
EVEN: Final = 1e-5
"""A quantile that is reached so nearly between two amounts is their middle: more than what the
steps leave open (`CLOSE`)."""
TINY: Final = 1e-12
"""The least share while steps are taken, so that an interval may come back."""
DRAWS: Final = 500
"""Resamples of the bootstrap; each is an estimate of its own, from the whole sample's on. The ends
of a 95% interval are the 13th and the 488th, or further out where employers are few."""


class Turnbull:
    """The estimate from ranges `[low, high]`; an unknown low end is 0, an unknown high one inf."""

    def __init__(self, low: Floats, high: Floats) -> None:
        self.left, self.right = innermost(low, high)
        self._first = np.searchsorted(self.left, low, "left")
        self._after = np.searchsorted(self.right, high, "right")
        self.shares = self.fit(np.ones((1, len(low))))[0]

    def fit(self, weights: Floats, start: Floats | None = None) -> Floats:
        """Return the share of each innermost interval, for each row of weights.

        `weights` has the shape (rows, ranges): how often each range counts; no row may be empty.
        The steps of the EM algorithm are lengthened by what two of them foretell (SQUAREM S3 of
        Varadhan & Roland, Scand. J. Stat. 35 (2008) 335-353); where that leaves the shares that
        are possible, it is cut off and made to sum to one.
        """
        count = len(self.left)
        shares = np.tile(np.full(count, 1 / count) if start is None else start, (len(weights), 1))
        spread = self._spread()
        left = np.arange(len(weights))  # the rows that still move
        for _ in range(ROUNDS):
            rows, old = weights[left], shares[left]
            once = self._step(rows, old, spread)
            twice = self._step(rows, once, spread)
            shares[left] = twice
            left = left[np.abs(twice - once).max(axis=1) > CLOSE]
            if not len(left):
                break
            moving = np.abs(twice - once).max(axis=1) > CLOSE
            first, turn = (once - old)[moving], (twice - 2 * once + old)[moving]
            length = np.sqrt((first**2).sum(axis=1) / np.maximum((turn**2).sum(axis=1), 1e-300))
            length = np.maximum(length, 1.0)[:, None]
            far = np.maximum(old[moving] + 2 * length * first + length**2 * turn, TINY)
            shares[left] = far / far.sum(axis=1, keepdims=True)
        return shares

    def _step(self, weights: Floats, shares: Floats, spread: Floats) -> Floats:
        """Return the shares after a step of the EM algorithm."""
        summed = np.concatenate([np.zeros((len(shares), 1)), shares.cumsum(axis=1)], axis=1)
        within = np.maximum(summed[:, self._after] - summed[:, self._first], TINY)
        grown: Floats = shares * (weights / within @ spread).cumsum(axis=1)[:, :-1]
        grown = np.maximum(grown, 0.0)
        scaled: Floats = grown / grown.sum(axis=1, keepdims=True)
        return scaled

    def _spread(self) -> Any:
        """Return the sparse matrix by which each range adds to the intervals within it.

        Its running sum over the intervals is 1 from the first interval of a range to its last.
        """
        from scipy.sparse import csr_array

        number = np.arange(len(self._first))
        return csr_array(
            (
                np.concatenate([np.ones(len(number)), -np.ones(len(number))]),
                (np.tile(number, 2), np.concatenate([self._first, self._after])),
            ),
            shape=(len(number), len(self.left) + 1),
        )

    def quantiles(self, shares: Floats, levels: Sequence[float]) -> Floats:
        """Return the quantiles for each row of shares; no number where one is not known.

        Where a level is reached just between two amounts, the quantile is their middle, as usual.
        It is -inf where it lies in an interval without a lower end, inf without an upper.
        """
        summed = shares.cumsum(axis=-1)
        found = np.empty((*shares.shape[:-1], len(levels)))
        for column, level in enumerate(levels):
            place = (summed < level - EVEN).sum(axis=-1)
            place = np.minimum(place, len(self.left) - 1)
            upto = np.take_along_axis(summed, place[..., None], axis=-1)[..., 0]
            own = np.take_along_axis(shares, place[..., None], axis=-1)[..., 0]
            left, right = self.left[place], self.right[place]
            share = np.divide(level - (upto - own), own, out=np.ones_like(own), where=own > 0)
            after = self.left[np.minimum(place + 1, len(self.left) - 1)]
            even = (np.abs(upto - level) < EVEN) & (after > right)
            with np.errstate(invalid="ignore"):
                inside = left + np.clip(share, 0, 1) * (right - left)
            found[..., column] = np.where(even, (right + after) / 2, inside)
            found[..., column] = np.where(np.isinf(right), np.inf, found[..., column])
            found[..., column] = np.where(left <= 0, -np.inf, found[..., column])
        return found

    def expected(self, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Return the mean of each amount where it may lie, and of the share of amounts below it.

        Half of what is equal is below. In an interval without an end the mean is the other end.
        """
        summed = np.concatenate([[0.0], self.shares.cumsum()])
        middles = np.where(np.isinf(self.right), self.left, (self.left + self.right) / 2)
        middles = np.where(self.left <= 0, self.right, middles)
        amounts = np.concatenate([[0.0], (self.shares * middles).cumsum()])
        within = np.maximum(summed[self._after] - summed[self._first], TINY)
        means = (amounts[self._after] - amounts[self._first]) / within
        means = np.where(low == high, low, means)  # the digits of a sum are fewer
        return means, (summed[self._first] + summed[self._after]) / 2


def innermost(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the innermost intervals: from a low end to a high one, none between.

    >>> [ends.tolist() for ends in innermost(np.array([1.0, 2, 5]), np.array([3.0, 4, 6]))]
    [[2.0, 5.0], [3.0, 6.0]]
    """
    ends = np.concatenate([low, high])
    is_high = np.concatenate([np.zeros(len(low), int), np.ones(len(high), int)])
    order = np.lexsort((is_high, ends))  # of equal ends the low one first: ranges are closed
    ends, is_high = ends[order], is_high[order]
    found = np.flatnonzero((is_high[:-1] == 0) & (is_high[1:] == 1))
    return ends[found], ends[found + 1]


def quantiles(
    employers: NDArray[np.intp], low: Floats, high: Floats, levels: Sequence[float], *, draws: int
) -> tuple[Floats, Floats]:
    """Return the quantiles and the ends of their 95% intervals, of the shape (levels, 2).

    Equal ranges are one with its weight. The intervals resample employers, `draws` times; without
    draws their ends are no numbers.
    """
    fitted, sums = _fitted(employers, low, high, int(employers.max()) + 1)
    whole = fitted.fit(_total(sums))
    found = fitted.quantiles(whole, levels)[0]
    if not draws:
        return found, np.full((len(levels), 2), np.nan)
    draw = np.random.default_rng(SEED)
    count = sums.shape[0]
    weights = draw.multinomial(count, np.full(count, 1 / count), size=draws) @ sums
    drawn = np.sort(fitted.quantiles(fitted.fit(weights, _stirred(whole)), levels), axis=0)
    # the ends are values that were drawn: between a number and infinity there is no middle
    beyond = _beyond(sums.sum(axis=1))
    ends = drawn[[round(beyond * (draws - 1)), round((1 - beyond) * (draws - 1))]].T
    return found, ends


def _beyond(sizes: Floats) -> float:
    """Return the share of draws that lie beyond each end of a 95% interval.

    Draws vary too little where employers are few, the more so where few have most postings. As a
    remedy the ends lie as much further out as Student's are than the normal ones (Hesterberg,
    Am. Stat. 69 (2015) 371-386, the expanded percentile interval), for as many employers of one
    size as would be worth these (Kish 1965); and as the jackknife's error is larger than that of
    the draws, for employers whose postings are alike: one with the share h of all postings pulls
    the estimate to itself, and is missed by 1 / (1 - h) times what it seems to be off (CR3, see
    `kg.analysis.regression`).
    """
    from scipy.special import ndtr, stdtrit

    worth = max(2.0, float(sizes.sum() ** 2 / (sizes**2).sum()))
    count = len(sizes)
    freed = sizes / np.maximum(1 - sizes / sizes.sum(), 1 / count)
    larger = np.sqrt((count - 1) / count * (freed**2).sum() / (sizes**2).sum())
    return float(ndtr(-max(1.0, larger) * stdtrit(worth - 1, 0.975)))


def median_difference(
    employers: NDArray[np.intp],
    above: NDArray[np.bool_],
    low: Floats,
    high: Floats,
    *,
    draws: int = DRAWS,
) -> tuple[float, float]:
    """Return the ends of the 95% interval of the median of those `above` minus that of the others.

    All have the shape (ranges,). Employers are drawn once for both sides, as one may have postings
    on both. Where a median lies in the open the difference has no end on that side.
    """
    count = int(employers.max()) + 1
    drawn = np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), size=draws)
    sides = []
    for side in (~above, above):
        fitted, sums = _fitted(employers[side], low[side], high[side], count)
        weights = drawn @ sums
        there = weights.any(axis=1)  # a draw that leaves a side empty has no median
        shares = fitted.fit(weights[there], _stirred(fitted.fit(_total(sums))))
        medians = np.full(draws, np.nan)
        medians[there] = fitted.quantiles(shares, [0.5])[:, 0]
        sides.append(medians)
    kept = ~(np.isnan(sides[0]) | np.isnan(sides[1]))
    with np.errstate(invalid="ignore"):
        found = (sides[1] - sides[0])[kept]
    least, most = (np.sort(np.nan_to_num(found, nan=end, posinf=np.inf, neginf=-np.inf))
                   for end in (-np.inf, np.inf))  # fmt: skip
    beyond = _beyond(np.bincount(employers, minlength=count).astype(np.float64))
    last = len(found) - 1
    return float(least[round(beyond * last)]), float(most[round((1 - beyond) * last)])


def _fitted(
    employers: NDArray[np.intp], low: Floats, high: Floats, count: int
) -> tuple[Turnbull, csr_array]:
    """Return the estimate of ranges, equal ones as one, and how many of each employers have."""
    from scipy.sparse import csr_array

    pairs, which = np.unique(np.column_stack([low, high]), axis=0, return_inverse=True)
    places = employers, which.reshape(-1)
    sums = csr_array((np.ones(len(employers)), places), shape=(count, len(pairs)))
    return Turnbull(pairs[:, 0], pairs[:, 1]), sums


def _total(sums: csr_array) -> Floats:
    found: Floats = sums.sum(axis=0)[None]
    return found


def _stirred(shares: Floats) -> Floats:
    """Return shares none of which is nought: such a one would stay nought for ever."""
    found: Floats = 0.9 * shares[0] + 0.1 / shares.shape[1]
    return found
