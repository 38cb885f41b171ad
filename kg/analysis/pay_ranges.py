"""What each job pays: one range a job, in one currency, by the year.

One rule holds for quantiles, premiums and ladders (`kg.analysis.pay_rows.RULE` says it to readers).
What is estimated is the middle of a range. Where both ends are stated it is known; otherwise it is
interval-censored: all that is known is from where to where it lies.

- "from 90,000": above 90,000 by as much as the middle lies above the low end in the ranges with
  both ends, of the same currency, among the postings that are asked about; the nearest twentieth
  and the furthest are left aside. "Up to 90,000" likewise, below. Where fewer than `KNOWN` such
  ranges say how wide ranges are, it lies anywhere from 90,000 on.
- one job that is posted with pay that differs, in several places for the most part: between the
  least middle and the greatest.

Why by the width of others: who writes "from 90,000" states the low end of a range, and not that pay
may be anything above. If it is taken for that, such a middle is held to be distributed as all
higher ones are, and pay comes out too high: quantiles by 1 to 2% where a fifth of the postings
leave an end open, which at 200 employers costs their intervals a twentieth of their coverage. See
`tests/bench/results/pay.md`, also for what the rule costs where an open end says nothing of a
range.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import quantiles
from typing import TYPE_CHECKING, Final

from kg.analysis.quotes import Quotes
from kg.analysis.support import employer_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.copies.counting import Copies
    from kg.corpus.model import Pay
    from kg.corpus.paying import Paying
    from nlp.types import Evidence

TWENTIETH: Final = 20
"""Of the ranges with both ends one in so many is left aside as too narrow to go by, one as too
wide."""
KNOWN: Final = 30
"""Ranges with both ends from which on they say how wide ranges are."""


@dataclass(frozen=True, slots=True)
class PayRange:
    """The annual pay of a job, for which `posting` stands, of the `postings` that state it.

    `low` and `high` are the ends that are stated. The middle of the range lies from `least` to
    `most`: both are the same where both ends are stated. Where an end is not, the range is
    `open_ended`; without a bound `most` is then infinite, or `least` 0.
    """

    posting: str
    employer: str
    currency: str
    low: float | None
    high: float | None
    least: float
    most: float
    postings: tuple[str, ...]
    open_ended: bool = False

    @property
    def known(self) -> bool:
        """Whether the middle is known."""
        return self.least == self.most

    @property
    def middle(self) -> float:
        """The middle of the range, or of what it may be."""
        return (self.least + self.most) / 2


@dataclass(frozen=True, slots=True)
class Stated:
    """The ranges of some postings by currency, and how many postings state one without a unit."""

    ranges: Mapping[str, tuple[PayRange, ...]]
    unusable: int

    def usual(self) -> str | None:
        """Return the currency of the most jobs; the first by name on a tie."""
        counts = {currency: len(found) for currency, found in self.ranges.items()}
        return min(counts, key=lambda one: (-counts[one], one), default=None)


def stated_ranges(
    corpus: Paying, postings: Iterable[str], *, estimates: bool, copies: Copies
) -> Stated:
    """Return the ranges that postings state, or with `estimates` those that boards estimated.

    One job that is posted in several places, or several times, with pay that differs has a middle
    from the least to the greatest of those of its postings, and the outermost ends. An amount
    without a currency, or without a period, is no annual pay.
    """
    read = corpus.estimate if estimates else corpus.pay
    found: dict[tuple[str, str], list[tuple[str, Pay]]] = defaultdict(list)
    unusable = 0
    for posting in postings:
        pay = read(posting)
        if pay is None:
            continue
        if pay.currency is None or pay.annual_low is pay.annual_high is None:
            unusable += 1
            continue
        job = corpus.job(posting) if copies == "one" else posting
        found[pay.currency, job].append((posting, pay))
    widths = _widths(found)
    ranges: dict[str, list[PayRange]] = defaultdict(list)
    for (currency, _), stated in sorted(found.items(), key=lambda item: item[0]):
        ranges[currency].append(_range(corpus, currency, stated, widths[currency]))
    return Stated({key: tuple(ranges[key]) for key in sorted(ranges)}, unusable)


@dataclass(frozen=True, slots=True)
class _Widths:
    """How many times its low end a range's middle is, and how many times that its high end."""

    above: tuple[float, float]
    below: tuple[float, float]


def _widths(found: Mapping[tuple[str, str], Sequence[tuple[str, Pay]]]) -> Mapping[str, _Widths]:
    """Return what the ranges of each currency are like; a single amount is no range."""
    above: dict[str, list[float]] = defaultdict(list)
    below: dict[str, list[float]] = defaultdict(list)
    for (currency, _), stated in found.items():
        closed = [
            (float(pay.annual_low), float(pay.annual_high))
            for _, pay in stated
            if pay.annual_low and pay.annual_high and pay.annual_low < pay.annual_high
        ]
        if closed:  # a job counts once
            low, high = closed[0]
            middle = (low + high) / 2
            above[currency].append(middle / low)
            below[currency].append(high / middle)
    return {
        currency: _Widths(usual(above[currency]), usual(below[currency]))
        for currency in {key for key, _ in found}
    }


def usual(ratios: Sequence[float]) -> tuple[float, float]:
    """Return from where to where most ratios lie; anywhere above 1 where they are few."""
    if len(ratios) < KNOWN:
        return 1.0, math.inf
    cuts = quantiles(ratios, n=TWENTIETH, method="inclusive")
    return cuts[0], cuts[-1]


def _range(
    corpus: Paying, currency: str, stated: Sequence[tuple[str, Pay]], widths: _Widths
) -> PayRange:
    lows = [float(pay.annual_low) for _, pay in stated if pay.annual_low is not None]
    highs = [float(pay.annual_high) for _, pay in stated if pay.annual_high is not None]
    middles = [_middle(pay, widths) for _, pay in stated]
    first = stated[0][0]
    return PayRange(
        posting=first,
        employer=employer_of(corpus, first),
        currency=currency,
        low=min(lows, default=None),
        high=max(highs, default=None),
        least=min(least for least, _ in middles),
        most=max(most for _, most in middles),
        postings=tuple(posting for posting, _ in stated),
        open_ended=not len(lows) == len(highs) == len(stated),
    )


def _middle(pay: Pay, widths: _Widths) -> tuple[float, float]:
    """Return from where to where the middle of a posting's range may lie."""
    if pay.annual_low is None:
        high = float(pay.annual_high or 0)
        return high / widths.below[1], high / widths.below[0]
    if pay.annual_high is None:
        low = float(pay.annual_low)
        return low * widths.above[0], low * widths.above[1]
    middle = float(pay.annual_low + pay.annual_high) / 2
    return middle, middle


def quotes_of(corpus: Paying, ranges: Iterable[PayRange], *, estimates: bool) -> Quotes:
    """Return the first words for the pay of each posting, in the order of the ranges."""
    told = corpus.estimate if estimates else corpus.pay

    def words(posting: str) -> Iterable[Evidence]:
        pay = told(posting)
        return corpus.words_of(posting, pay.node)[:1] if pay else ()

    def read(postings: Iterable[str]) -> None:
        corpus.read_words_of((one, pay.node) for one in postings if (pay := told(one)))

    return Quotes(corpus, (one for each in ranges for one in each.postings), words, read)


def others(stated: Stated, currency: str | None) -> tuple[tuple[str, int], ...]:
    """Return the other currencies with their numbers of jobs, the most first."""
    counts = Counter({key: len(found) for key, found in stated.ranges.items() if key != currency})
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
