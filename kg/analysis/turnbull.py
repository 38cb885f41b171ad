"""Quantiles of amounts that are known only to lie in a range: Turnbull's estimate.

A posting says "120,000 to 150,000", "from 90,000", "up to 70,000". What the job pays is one amount
in that range. Turnbull's nonparametric maximum likelihood estimate is the distribution of that
amount which makes the ranges likeliest; it takes every range for what it says, open ends too, and
invents no middle. Found by self-consistency, which is the EM algorithm here.

Turnbull, J. R. Stat. Soc. B 38 (1976) 290-295; the innermost intervals, on which alone it can put
mass, by Peto, Appl. Stat. 22 (1973) 86-91. Ranges are closed, so that one end of each may touch
another. Where within an innermost interval the mass lies, the data do not say: it is spread
evenly, and a quantile in an interval without an end is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kg.analysis.clusters import SEED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats

ROUNDS: Final = 2000
"""Steps of the EM algorithm, at most."""
CLOSE: Final = 1e-5
"""No interval's share moves by more in the last step."""
DRAWS: Final = 500
"""Resamples of the bootstrap; each is an estimate of its own, from the whole sample's on. A 95%
interval's ends are the 13th and the 488th."""


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
        """
        count = len(self.left)
        begun = np.full(count, 1 / count) if start is None else start
        shares = np.tile(begun, (len(weights), 1))
        total = weights.sum(axis=1, keepdims=True)
        spread = self._spread()
        for _ in range(ROUNDS):
            summed = np.concatenate([np.zeros((len(shares), 1)), shares.cumsum(axis=1)], axis=1)
            within = summed[:, self._after] - summed[:, self._first]
            # where a draw has lost all of a range's mass, the range is not in the draw
            part = np.divide(weights, within, out=np.zeros_like(within), where=within > 1e-300)
            grown = shares * (spread.T @ part.T).T.cumsum(axis=1)[:, :count] / total
            grown = np.maximum(grown, 0.0)
            moved = np.abs(grown - shares).max()
            shares = grown
            if moved < CLOSE:
                break
        return shares / shares.sum(axis=1, keepdims=True)

    def _spread(self) -> Floats:
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

        A quantile is -inf where it lies in an interval without a lower end, inf without an upper.
        """
        summed = shares.cumsum(axis=-1)
        found = np.empty((*shares.shape[:-1], len(levels)))
        for column, level in enumerate(levels):
            place = (summed < level - 1e-9).sum(axis=-1)
            place = np.minimum(place, len(self.left) - 1)
            upto = np.take_along_axis(summed, place[..., None], axis=-1)[..., 0]
            own = np.take_along_axis(shares, place[..., None], axis=-1)[..., 0]
            left, right = self.left[place], self.right[place]
            share = np.divide(level - (upto - own), own, out=np.ones_like(own), where=own > 0)
            with np.errstate(invalid="ignore"):
                found[..., column] = left + np.clip(share, 0, 1) * (right - left)
            found[..., column] = np.where(np.isinf(right), np.inf, found[..., column])
            found[..., column] = np.where(left <= 0, -np.inf, found[..., column])
        return found


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
    pairs, which = np.unique(np.column_stack([low, high]), axis=0, return_inverse=True)
    fitted = Turnbull(pairs[:, 0], pairs[:, 1])
    sums = np.zeros((int(employers.max()) + 1, len(pairs)))
    np.add.at(sums, (employers, which.reshape(-1)), 1.0)
    whole = fitted.fit(sums.sum(axis=0, keepdims=True))
    found = fitted.quantiles(whole, levels)[0]
    if not draws:
        return found, np.full((len(levels), 2), np.nan)
    draw = np.random.default_rng(SEED)
    count = len(sums)
    weights = draw.multinomial(count, np.full(count, 1 / count), size=draws) @ sums
    # all mass stays where it may come back: a share of nought would stay nought for ever
    start = 0.9 * whole[0] + 0.1 / len(whole[0])
    drawn = np.sort(fitted.quantiles(fitted.fit(weights, start), levels), axis=0)
    # the ends are values that were drawn: between a number and infinity there is no middle
    ends = drawn[[round(0.025 * (draws - 1)), round(0.975 * (draws - 1))]].T
    return found, ends
