"""A number measured on postings, what each witness adds to it, and the interval that follows.

A witness is what stands for itself: an employer, whose postings are written by the same people, or
a single posting where one employer is all there is. A number that is some function of sums over
witnesses changes, to the first order, by a sum of one score a witness; the sum of their squares is
its variance. It is the infinitesimal jackknife (Efron, The Jackknife, the Bootstrap and Other
Resampling Plans, 1982, chapter 6), which with employers for witnesses is the cluster-robust
variance (Cameron & Miller, J. Human Resources 50 (2015) 317-372): what a bootstrap that draws
employers comes to, without its draws, and the same from run to run.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.quantities import FEWEST

if TYPE_CHECKING:
    from kg.analysis.clusters import Floats

CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A number and the scores of its witnesses, of the shape (witnesses,); they add up to 0."""

    value: float
    scores: Floats

    def __add__(self, other: Measured) -> Measured:
        return Measured(self.value + other.value, self.scores + other.scores)

    def __sub__(self, other: Measured) -> Measured:
        return Measured(self.value - other.value, self.scores - other.scores)

    def __truediv__(self, other: Measured) -> Measured:
        value = self.value / other.value
        return Measured(value, (self.scores - value * other.scores) / other.value)

    def __mul__(self, other: Measured) -> Measured:
        scores = self.value * other.scores + other.value * self.scores
        return Measured(self.value * other.value, scores)

    def root(self) -> Measured:
        """Return the square root, of a number above 0."""
        value = math.sqrt(self.value)
        return Measured(value, self.scores / (2 * value))

    def error(self, witnesses: int) -> float:
        """Return the standard error, with the usual factor for few witnesses."""
        return math.sqrt(witnesses / (witnesses - 1) * float(self.scores @ self.scores))


def ends(least: Measured, most: Measured, witnesses: int) -> tuple[float, float]:
    """Return the 95% interval of a share that lies, chance aside, between two measured numbers.

    The lower end is that of `least`, the upper that of `most`, each by its own standard error and
    Student's t with one degree of freedom less than there are `witnesses`; neither leaves 0 to 1.
    Method: Imbens & Manski, Econometrica 72 (2004) 1845-1857, for what data bound and do not fix,
    with the wider of their critical values; Cameron & Miller 2015, section VI, for t with few.
    """
    from scipy.special import stdtrit

    wide = float(stdtrit(witnesses - 1, 0.5 + CONFIDENCE / 2))
    low = least.value - wide * least.error(witnesses)
    high = max(least.value, most.value) + wide * most.error(witnesses)
    return max(0.0, low), min(1.0, high)


def too_few(witnesses: int, of: str = "employer") -> str | None:
    """Say that there are too few witnesses for an interval, and how many it takes."""
    if witnesses >= FEWEST:
        return None
    return (
        f"not enough data: {witnesses} {of}{'' if witnesses == 1 else 's'}; an interval takes "
        f"{FEWEST}"
    )
