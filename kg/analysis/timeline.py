"""When jobs were first posted: each job's date, and the periods that the dates fall into."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kg.analysis.groups import Group
from kg.analysis.separation import MINIMUM_EMPLOYERS, MINIMUM_POSTINGS
from kg.analysis.support import employer_of
from kg.analysis.trend_rows import Period
from kg.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.analysis.trend_rows import By
    from kg.corpus import Corpus

BYS: Final[tuple[By, ...]] = ("month", "quarter", "year")
PERIODS: Final = 3
"""Periods with postings from which on there is more to be seen than one step."""


def check_by(value: str) -> By:
    """Return a value as a length of periods. Raises `ValueError` for another."""
    for known in BYS:
        if value == known:
            return known
    raise ValueError(f"periods are by {', '.join(BYS)}, not by {value!r}")


def first_dates(corpus: Corpus) -> dict[str, str]:
    """Return the first date on which each job was posted, of those with a date.

    A repost has its own date; the job was on the market from the first of them on.
    """
    found: dict[str, str] = {}
    for posting in corpus.postings:
        if stated := corpus.date(posting):
            job, date = corpus.job(posting), stated[:10]
            found[job] = min(date, found.get(job, date))
    return found


def dates_of(corpus: Corpus, postings: Iterable[str], *, first: bool) -> dict[str, str]:
    """Return the date of each posting that has one: with `first`, that of its job's first."""
    if first:
        known = first_dates(corpus)
        pairs = ((posting, known.get(corpus.job(posting))) for posting in postings)
    else:
        pairs = ((posting, corpus.date(posting)) for posting in postings)
    return {posting: str(date)[:10] for posting, date in pairs if date}


def period_of(date: str, by: By) -> str:
    """Return the period of an ISO 8601 date.

    >>> [period_of("2025-08-31", by) for by in BYS]
    ['2025-08', '2025-Q3', '2025']
    """
    if by == "month":
        return date[:7]
    return date[:4] if by == "year" else f"{date[:4]}-Q{(int(date[5:7]) + 2) // 3}"


def place_of(period: str, by: By) -> int:
    """Return how many periods there are from the year 0 on to this one.

    >>> place_of("2025-01", "month") - place_of("2024-12", "month")
    1
    """
    year = int(period[:4])
    if by == "month":
        return 12 * year + int(period[5:7]) - 1
    return year if by == "year" else 4 * year + int(period[6:]) - 1


class Timeline:
    """The dated ones of some postings, each in its period; `whole` says which periods there are."""

    def __init__(
        self,
        corpus: Corpus,
        postings: Iterable[str],
        dates: Mapping[str, str],
        by: By,
        whole: Timeline | None = None,
    ) -> None:
        self.corpus = corpus
        named = {one: period_of(dates[one], by) for one in postings if one in dates}
        order = [one.label for one in whole.periods] if whole else []
        order = sorted({*named.values(), *order}, key=lambda period: place_of(period, by))
        first = place_of(order[0], by) if order else 0
        members: dict[str, list[str]] = {period: [] for period in order}
        for posting, period in named.items():
            members[period].append(posting)
        self.members = members
        self.periods: tuple[Period, ...] = tuple(
            Period(
                period,
                place_of(period, by) - first,
                len(members[period]),
                len({employer_of(corpus, one) for one in members[period]}),
            )
            for period in order
        )
        self.column = {period: number for number, period in enumerate(order)}
        self.place = {one: self.periods[self.column[period]].place for one, period in named.items()}
        self.named = named

    def refusal(self, by: By) -> str | None:
        """Say why there is no test, and what would be needed; None where there is one."""
        employers = {employer_of(self.corpus, one) for one in self.place}
        periods = sum(1 for period in self.periods if period.postings)
        return refusal(len(self.place), len(employers), periods, by)

    def counts(self, having: Iterable[str]) -> tuple[tuple[int, int], ...]:
        """Return, for each period, how many of its postings are in `having`, and of how many."""
        found = Counter(self.named[one] for one in having if one in self.named)
        return tuple((found[one.label], one.postings) for one in self.periods)

    def halves(self) -> tuple[Group, Group]:
        """Return the postings of the earlier and of the later periods, as even as may be."""
        cut = cut_of([period.postings for period in self.periods])
        return self._part(self.periods[:cut]), self._part(self.periods[cut:])

    def _part(self, periods: Sequence[Period]) -> Group:
        names = list(dict.fromkeys((periods[0].label, periods[-1].label)))
        found = [one for period in periods for one in self.members[period.label]]
        return Group("..".join(names), "period", "..".join(names), tuple(sorted(found)))


def refusal(postings: int, employers: int, periods: int, by: By) -> str | None:
    """Say why there is no test, and what would be needed; None where there is one."""
    if periods >= PERIODS and postings >= MINIMUM_POSTINGS and employers >= MINIMUM_EMPLOYERS:
        return None
    if not postings:
        return "No posting states a date: there is nothing to be seen over time."
    finer = " Shorter periods may do (--by month)." if by != "month" else ""
    few = finer if periods < PERIODS else ""
    return (
        f"Not enough data for a trend: {counted(postings, 'posting')} with a date, "
        f"{counted(employers, 'employer')}, {counted(periods, by)} with postings; needed are "
        f"{MINIMUM_POSTINGS} postings of {MINIMUM_EMPLOYERS} employers in {PERIODS} {by}s.{few}"
    )


def cut_of(sizes: Sequence[int]) -> int:
    """Return after how many periods two halves are the most even; the first of equals."""
    total, before = sum(sizes), 0
    cut, best = 1, float(total)
    for number, size in enumerate(sizes[:-1], start=1):
        before += size
        if abs(total - 2 * before) < best:
            cut, best = number, abs(total - 2 * before)
    return cut
