"""What each job pays: one range a job, in one currency, by the year."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis.quotes import Quotes
from kg.analysis.support import employer_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.copies.counting import Copies
    from kg.corpus import Corpus
    from kg.corpus.model import Pay
    from nlp.types import Evidence


@dataclass(frozen=True, slots=True)
class PayRange:
    """The annual pay of a job, for which `posting` stands, of the `postings` that state it.

    `low` and `high` are the ends that are stated. The middle of the range lies from `least` to
    `most`: both are the same where both ends are stated; `most` is infinite where the high end is
    not, and `least` 0 where the low one is not.
    """

    posting: str
    employer: str
    currency: str
    low: float | None
    high: float | None
    least: float
    most: float
    postings: tuple[str, ...]

    @property
    def open_ended(self) -> bool:
        """Whether an end is not stated."""
        return self.least <= 0 or math.isinf(self.most)

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
    corpus: Corpus, postings: Iterable[str], *, estimates: bool, copies: Copies
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
    ranges: dict[str, list[PayRange]] = defaultdict(list)
    for (currency, _), stated in sorted(found.items(), key=lambda item: item[0]):
        ranges[currency].append(_range(corpus, currency, stated))
    return Stated({key: tuple(ranges[key]) for key in sorted(ranges)}, unusable)


def _range(corpus: Corpus, currency: str, stated: list[tuple[str, Pay]]) -> PayRange:
    lows = [float(pay.annual_low) for _, pay in stated if pay.annual_low is not None]
    highs = [float(pay.annual_high) for _, pay in stated if pay.annual_high is not None]
    middles = [_middle(pay) for _, pay in stated]
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
    )


def _middle(pay: Pay) -> tuple[float, float]:
    """Return from where to where the middle of a posting's range may lie."""
    if pay.annual_low is None:
        return 0.0, float(pay.annual_high or 0)
    if pay.annual_high is None:
        return float(pay.annual_low), math.inf
    middle = float(pay.annual_low + pay.annual_high) / 2
    return middle, middle


def quotes_of(corpus: Corpus, ranges: Iterable[PayRange], *, estimates: bool) -> Quotes:
    """Return the first words for the pay of each posting, in the order of the ranges."""

    def words(posting: str) -> Iterable[Evidence]:
        pay = corpus.estimate(posting) if estimates else corpus.pay(posting)
        return corpus.words_of(posting, pay.node)[:1] if pay else ()

    return Quotes(corpus, (one for each in ranges for one in each.postings), words)


def others(stated: Stated, currency: str | None) -> tuple[tuple[str, int], ...]:
    """Return the other currencies with their numbers of jobs, the most first."""
    counts = Counter({key: len(found) for key, found in stated.ranges.items() if key != currency})
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
