"""Trends as a page: what rises and falls over time, and who came and who left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.comparison import LEVEL
from kg.views.figures import points, q_text
from kg.views.pages.charts import Axis, Share, share_axis
from kg.views.pages.frame import Link, no_link, page, render
from kg.views.pages.quoting import FromNowhere, FromStore, Quoting, columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from kg.analysis.trend_rows import Arrival, Period, TrendRow, Trends
    from kg.passages import Passages
    from kg.views.pages.quoting import Column

SHOWN: Final = 15
"""Rows of a list that are shown unfolded."""
MOST: Final = 60
"""Rows with a picture; of others there is the name and the number of postings."""
LONGEST: Final = 240
"""Periods that are drawn with those between them: twenty years by month. One date may be wrong."""
KINDS: Final = {"role": "Roles", "skill": "Skills"}


@dataclass(frozen=True, slots=True)
class Course:
    """A role or skill over the periods: its shares, and what the test says."""

    name: str
    href: str | None
    tone: str
    shares: tuple[Share, ...]
    dots: tuple[tuple[float, float], ...]
    line: str
    area: str
    axis: Axis
    text: str
    postings: int
    employers: int
    words: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """The courses of roles or of skills, under headings; `rest` are names and counts."""

    key: str
    title: str
    note: str
    parts: tuple[tuple[str, tuple[Course, ...]], ...]
    rest: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Comer:
    """A skill of one half only."""

    name: str
    share: Share
    employers: int
    q: str
    words: tuple[Column, ...]


def trends_page(found: Trends, passages: Passages) -> str:
    """Return the page of trends; words come from `passages`."""
    return page(f"Trends: {found.scope}", trends(found, FromStore(passages)))


def trends(found: Trends, quoting: Quoting, link: Link = no_link) -> Markup:
    """Return trends as a fragment of a page."""
    most = max((period.postings for period in found.periods), default=1)
    one = found.rows[0] if len(found.rows) == 1 else None
    arrivals = found.arrivals or ()
    return render(
        "trends.html",
        found=found,
        heading=found.scope[:1].upper() + found.scope[1:],
        most=most,
        bars=_bars(found.periods),
        one=one,
        course=_course_of(one, found, quoting, "Share of postings", "") if one else "",
        verdict=_verdict(one, found.by) if one else "",
        kinds=[]
        if one
        else [_kind(kind, found, quoting, link) for kind in KINDS if found.of(kind)],
        comers=[
            (title, of, [_comer(each, quoting) for each in shown])
            for kind, title, of in (
                ("newcomer", "Newcomers", f"asked for in {found.late}, never in {found.early}"),
                ("leaver", "Leavers", f"asked for in {found.early}, never in {found.late}"),
            )
            if (shown := [each for each in arrivals if each.kind == kind and each.shown])
        ],
        by_chance=sum(not each.shown for each in arrivals),
        shown=SHOWN,
    )


def single(found: Trends) -> Markup | None:
    """Return the course of the one row of trends; None where there are no dates for one."""
    if not found.rows or len(found.periods) < 2:
        return None
    row = found.rows[0]
    verdict = _verdict(row, found.by)
    return _course_of(row, found, FromNowhere(), "Over time", verdict)


def _course_of(row: TrendRow, found: Trends, quoting: Quoting, title: str, verdict: str) -> Markup:
    course = _course(row, found, quoting, no_link)
    return render("course.html", one=course, found=found, title=title, verdict=verdict)


def _kind(kind: str, found: Trends, quoting: Quoting, link: Link) -> Kind:
    rows = found.of(kind)
    tested = [row for row in rows if row.trend]
    noun = KINDS[kind].lower()
    if not tested:
        shown = sorted(rows, key=lambda row: -row.postings)
        parts = [("Of the most postings", shown[:SHOWN])]
        rest, note = shown[SHOWN:], "Not tested."
    else:
        sure = [row for row in tested if row.trend and row.trend.q <= LEVEL]
        parts = [
            ("Rising", [row for row in sure if row.trend and row.trend.slope > 0]),
            ("Falling", [row for row in sure if row.trend and row.trend.slope <= 0]),
            ("Chance may explain these", [row for row in tested if row not in sure][:SHOWN]),
        ]
        drawn = {id(row) for _, some in parts for row in some[:MOST]}
        rest = [row for row in rows if id(row) not in drawn]
        note = (
            f"{len(sure)} of {len(tested)} {noun} tested rise or fall by more than chance."
            if sure
            else f"None of {len(tested)} {noun} tested rises or falls by more than chance."
        )
    return Kind(
        kind,
        KINDS[kind],
        note,
        tuple(
            (title, tuple(_course(row, found, quoting, link) for row in some[:MOST]))
            for title, some in parts
            if some
        ),
        tuple((row.label, row.postings) for row in rest),
    )


def _bars(periods: Sequence[Period]) -> list[int]:
    """Return the postings of every period from the first to the last, also of those without.

    Of a longer time than `LONGEST` only the periods with postings.
    """
    known = {one.place: one.postings for one in periods}
    every = range(periods[0].place, periods[-1].place + 1) if periods else range(0)
    return [known.get(place, 0) for place in (every if len(every) <= LONGEST else known)]


def _places(periods: Sequence[Period]) -> tuple[float, ...]:
    """Return where each period stands, in per cent of the time that all take."""
    if not periods:
        return ()
    first, last = periods[0].place, periods[-1].place
    long = (last - first) or 1
    return tuple(round(100 * (one.place - first) / long, 2) for one in periods)


def _course(row: TrendRow, found: Trends, quoting: Quoting, link: Link) -> Course:
    shares = tuple(Share(count, size) for count, size in row.counts)
    axis = share_axis(shares)
    places = _places(found.periods)
    known = [
        (x, 100 - axis.at(share.share), share)
        for x, share in zip(places, shares, strict=True)
        if share.share is not None
    ]
    ends = [share.interval or (0.0, 1.0) for *_, share in known]
    upper = [f"{x},{100 - axis.at(high):g}" for (x, *_), (_, high) in zip(known, ends, strict=True)]
    lower = [f"{x},{100 - axis.at(low):g}" for (x, *_), (low, _) in zip(known, ends, strict=True)]
    sure = row.trend is not None and row.trend.q <= LEVEL
    tone = "quiet" if not sure else "b" if row.trend and row.trend.slope > 0 else "a"
    concept = row.concept
    return Course(
        name=row.label,
        href=link(row.kind, concept) if concept else None,
        tone=tone,
        shares=shares,
        dots=tuple((x, round(y, 2)) for x, y, _ in known),
        line=" ".join(f"{x},{y:g}" for x, y, _ in known),
        area=" ".join([*upper, *reversed(lower)]),
        axis=axis,
        text=_slope(row, found.by),
        postings=row.postings,
        employers=row.employers,
        words=columns(quoting, row.evidence, [("", "", None, row.postings)])
        if row.evidence
        else (),
    )


def _slope(row: TrendRow, by: str) -> str:
    if row.trend is None:
        return "not tested"
    low, high = row.trend.interval
    return (
        f"{points(row.trend.slope)} points a {by} [{points(low)}, {points(high)}], "
        f"q {q_text(row.trend.q)}"
    )


def _verdict(row: TrendRow, by: str) -> str:
    if row.trend is None:
        return "A trend is not tested."
    way = "Rises" if row.trend.slope > 0 else "Falls"
    verdict = way if row.trend.q <= LEVEL else "Neither rises nor falls by more than chance"
    return f"{verdict}: {_slope(row, by)}."


def _comer(one: Arrival, quoting: Quoting) -> Comer:
    support = one.support
    late = one.kind == "newcomer"
    share = Share(support.b, support.size_b) if late else Share(support.a, support.size_a)
    return Comer(
        name=one.label,
        share=share,
        employers=support.employers_b if late else support.employers_a,
        q=q_text(one.finding.q) if one.finding else "",
        words=columns(quoting, support.evidence, [("", "", None, share.count)]),
    )
