"""What charts are made of: axes, and marks with the ends of their intervals.

A chart is a value that says what is drawn, in the units of the result. Pages draw it as rows of
HTML with a little SVG in each (templates/charts.html); `kg plot` hands the same value to Altair.
Places on an axis are percentages of its length, so that a row is as wide as the screen gives it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kg.analysis.shares import wilson

if TYPE_CHECKING:
    from collections.abc import Iterable

Tone: TypeAlias = Literal["a", "b", "plain", "quiet"]
"""Which side a mark speaks for; "quiet" for what chance may explain."""

TIMES: Final = (1.5, 2, 3, 5, 10, 30, 100, 1000)
"""Odds ratios that an axis of log-odds names, as far as it reaches."""
FARTHEST: Final = math.log(1000)


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale with its named places."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()

    def at(self, value: float) -> float:
        """Return the place of a value in per cent of the axis, held within its ends.

        >>> Axis(0, 4).at(1), Axis(0, 4).at(9)
        (25.0, 100.0)
        """
        if self.high == self.low:
            return 50.0
        place = 100 * (value - self.low) / (self.high - self.low)
        return round(min(100.0, max(0.0, place)), 2)

    def within(self, value: float) -> bool:
        """Say whether a value lies on the axis."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Mark:
    """An estimate with its interval; ends that are not known are None."""

    value: float
    low: float | None
    high: float | None
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with Wilson's interval."""

    count: int
    size: int

    @property
    def share(self) -> float | None:
        """The share; None of nothing."""
        return self.count / self.size if self.size else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95% interval of the share."""
        return wilson(self.count, self.size)


@dataclass(frozen=True, slots=True)
class Band:
    """Quantiles of a quantity: tenth, quarter, half, three quarters, nine tenths; None is unknown.

    `interval` is that of the half.
    """

    tenths: tuple[float | None, float | None]
    quarters: tuple[float | None, float | None]
    half: float | None
    interval: tuple[float | None, float | None] = (None, None)


def odds_axis(marks: Iterable[Mark]) -> Axis:
    """Return an axis of log-odds ratios around 0 that holds every estimate, if not every end.

    Its ticks are odds ratios, which more people can read: "3×" on both sides.
    """
    found = list(marks)
    most = max((abs(one.value) for one in found), default=1.0)
    ends = [abs(end) for one in found for end in (one.low, one.high) if end is not None]
    far = min(max(ends, default=most), 1.6 * most, FARTHEST)
    reach = max(1.1 * most, far, math.log(2.2))
    named = [times for times in TIMES if math.log(times) <= 0.97 * reach]
    kept = _spread([math.log(times) for times in named], reach)
    ticks = [(0.0, "equal")]
    for place in kept:
        label = f"{math.exp(place):.3g}×"
        ticks += [(-place, label), (place, label)]
    return Axis(-reach, reach, tuple(sorted(ticks)))


def _spread(places: list[float], reach: float) -> list[float]:
    """Return those that leave room for their names, the farthest first."""
    kept: list[float] = []
    for place in sorted(places, reverse=True):
        if place > 0.24 * reach and all(abs(place - one) > 0.3 * reach for one in kept):
            kept.append(place)
    return kept


def share_axis(shares: Iterable[Share]) -> Axis:
    """Return an axis of shares from 0 to the tenth above the largest and most of its interval."""
    known = [(one.share, one.interval) for one in shares if one.share is not None and one.interval]
    most = max((share + (ends[1] - share) / 2 for share, ends in known if ends), default=1.0)
    top = min(1.0, max(0.1, math.ceil(10 * most) / 10))
    return Axis(0.0, top, ((0.0, "0"), (top, f"{top:.0%}")))


def amount_axis(values: Iterable[float], *, most: int = 4, whole: bool = False) -> Axis:
    """Return an axis over amounts with round ticks; thousands are written "120k".

    With `whole` the ticks are whole numbers, as counts are.

    >>> amount_axis([61_000, 148_000]).ticks
    ((60000, '60k'), (90000, '90k'), (120000, '120k'), (150000, '150k'))
    """
    known = list(values)
    if not known:
        return Axis(0.0, 1.0)
    low, high = min(known), max(known)
    if low == high:
        low, high = low - abs(low) / 10 - 1, high + abs(high) / 10 + 1
    least = 1.0 if whole else 0.0
    step = _round_step(max(least, (high - low) / most))
    first, last = math.floor(low / step), math.ceil(high / step)
    while last - first > most:  # rounding out may have added some
        step = _round_step(step * 1.01)
        first, last = math.floor(low / step), math.ceil(high / step)
    ticks = tuple((place * step, _short(place * step)) for place in range(first, last + 1))
    return Axis(ticks[0][0], ticks[-1][0], ticks)


def _round_step(least: float) -> int | float:
    """Return the least round step that is not below `least`: 1, 2, 2.5, 3 or 5 and zeros."""
    power = 10.0 ** math.floor(math.log10(least))
    step = next(times * power for times in (1, 2, 2.5, 3, 5, 10) if times * power >= least * 0.999)
    return int(step) if step == int(step) else round(step, 6)


def _short(value: float) -> str:
    if abs(value) >= 1_000_000 and value % 100_000 == 0:
        return f"{value / 1_000_000:g}M"
    if abs(value) >= 1000 and value % 500 == 0:
        return f"{value / 1000:g}k"
    return f"{value:g}"
