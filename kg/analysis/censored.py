"""Amounts that are known only to lie between two others, in a regression: what they may be.

Interval regression: a normal amount around what the constants and the feature say, of which an
exact one adds its density to the likelihood, and another the chance of its interval (Tobin,
Econometrica 26 (1958) 24-36; Stewart, Rev. Econ. Stud. 50 (1983) 737-753). Its maximum is found by
the EM algorithm (Dempster, Laird & Rubin, J. R. Stat. Soc. B 39 (1977) 1-38): each unknown amount
is put at its mean within its interval, and least squares are done again. Where all are exact that
is least squares, done once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from kg.analysis.clusters import Floats

ROUNDS: Final = 500
"""Steps of the EM algorithm, at most."""
CLOSE: Final = 1e-10
"""No unknown amount moves by more of the spread in the last step."""
UNSETTLED: Final = 1e-4
"""What still moves by more of the spread after all steps has no maximum that could be told: where
all open ends are on one side of a feature, the likelihood grows without end."""
LEAST_WEIGHT: Final = 1e-9
"""Of a posting that tells nothing any more."""
HALF_LOG: Final = 0.5 * np.log(2 * np.pi)


@dataclass(frozen=True, slots=True, eq=False)
class Filled:
    """What unknown amounts may be: means, variances, weights, of the shape (rows, features)."""

    means: Floats
    variances: Floats
    weights: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """The amounts that are not known: the `rows` they stand on, and the ends they lie between.

    `columns` times `turn` are their rows of an orthonormal basis of what is held fixed; `known` is
    what all amounts, unknown ones taken for 0, have in each direction of the basis, `squares` the
    sum of their squares, and `size` their number.
    """

    rows: NDArray[np.intp]
    low: Floats
    high: Floats
    columns: csr_array
    turn: Floats
    known: Floats
    squares: float
    size: int

    def fill(self, unit: Floats, along: Floats, start: Filled | None = None) -> Filled:
        """Return the mean and the weight of each unknown amount, of the shape (rows, features).

        `unit` has each feature's rows, scaled to a length of 1 once what is held fixed is taken
        out, and `along` what the known amounts have along it. A weight is 1 for an amount that is
        known, and 0 for one of which nothing is: the share of the curvature of the likelihood. All
        weights of a feature are `LEAST_WEIGHT` where the steps come to no end. `start` is what is
        found without a feature, from where it is not far.
        """
        low, high = self.low[:, None], self.high[:, None]
        means, variances = np.clip(0.0, low, high), np.zeros_like(low)
        if start is not None:
            means, variances = start.means, start.variances
        means, variances = (np.repeat(one, unit.shape[1], axis=1) for one in (means, variances))
        spread = np.ones(unit.shape[1])
        old = means
        for _ in range(ROUNDS):
            fixed = self.known[:, None] + self.turn.T @ (self.columns.T @ means)
            feature = along + (unit * means).sum(axis=0)
            left = self.squares + (means**2).sum(axis=0) - (fixed**2).sum(axis=0) - feature**2
            spread = np.sqrt(np.maximum(left + variances.sum(axis=0), 1e-12) / self.size)
            centre = self.columns @ (self.turn @ fixed) + unit * feature
            old = means
            means, variances = truncated(low, high, centre, spread)
            if (np.abs(means - old) <= CLOSE * spread).all():
                break
        weights = np.maximum(1 - variances / spread**2, LEAST_WEIGHT)
        settled = (np.abs(means - old) <= UNSETTLED * spread).all(axis=0)
        return Filled(means, variances, np.where(settled, weights, LEAST_WEIGHT))


def truncated(low: Floats, high: Floats, centre: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance of normal amounts that lie between two ends.

    >>> mean, variance = truncated(*map(np.array, (0.0, np.inf, 0.0, 1.0)))
    >>> round(float(mean), 4), round(float(variance), 4)  # the half-normal: sqrt(2/pi), 1 - 2/pi
    (0.7979, 0.3634)
    """
    from scipy.special import log_ndtr

    first, last = (low - centre) / spread, (high - centre) / spread
    turned = first > 0  # the left tail has the digits
    first, last = np.where(turned, -last, first), np.where(turned, -first, last)
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = log_ndtr(last) + np.log1p(-np.exp(log_ndtr(first) - log_ndtr(last)))
        heights = [np.exp(-(end**2) / 2 - HALF_LOG - chance) for end in (first, last)]
        mean = heights[0] - heights[1]
        ends = [
            np.where(np.isinf(end), 0.0, end * height)
            for end, height in zip((first, last), heights, strict=True)
        ]
        variance = 1 + ends[0] - ends[1] - mean**2
    # of an interval with next to no width the digits are gone, and its ends are as good
    mean = np.clip(np.nan_to_num(mean), first, last)
    variance = np.clip(np.nan_to_num(variance), 0, np.minimum(1, (last - first) ** 2 / 4))
    return centre + spread * np.where(turned, -mean, mean), spread**2 * variance
