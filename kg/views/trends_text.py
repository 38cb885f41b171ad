"""Trends as text: the periods, what rises and falls, who came and who left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.analysis.comparison import LEVEL
from kg.plurals import counted
from kg.views.figures import points, q_text, share, shares, sparkline
from kg.views.printer import Printer

if TYPE_CHECKING:
    from rich.text import Text

    from kg.analysis.trend_rows import Arrival, TrendRow, Trends
    from kg.passages import Passages

KINDS: Final = {"role": "Roles", "skill": "Skills"}
UNTESTED: Final = 10
"""Rows that are shown where nothing is tested: those of the most postings."""
ARRIVALS: Final = {
    "newcomer": ("Newcomers: asked for in {late}, never in {early}", "late"),
    "leaver": ("Leavers: asked for in {early}, never in {late}", "early"),
}


def print_trends(trends: Trends, passages: Passages) -> None:
    """Print trends on stdout; the words come with their surroundings from `passages`."""
    to = Printer()
    dated = f"{counted(trends.postings, 'posting')} with a date"
    to.head(f"{trends.scope}: {dated}, by {trends.by}")
    if trends.undated:
        to.line(f"  {counted(trends.undated, 'posting')} state none and are left out")
    if trends.left_out:
        copies = counted(trends.left_out, "copy is", "copies are")
        to.line(f"  {copies} left out: a job counts once, at its first date")
    to.note(trends.caution)
    one = trends.rows[0] if len(trends.rows) == 1 else None
    _periods(to, trends, one)
    if one:
        _verdict(to, one, trends.by)
        said = [f"  {quote.posting}: {passages.find(quote)}" for quote in one.evidence[:1]]
        for line in said:
            to.line(line)
        return
    for kind, name in KINDS.items():
        _rows(to, trends, kind, name)
    _arrivals(to, trends)


def _periods(to: Printer, trends: Trends, one: TrendRow | None) -> None:
    columns = [trends.by, "postings", "employers"]
    rows: list[list[str | Text]] = [
        [period.label, str(period.postings), str(period.employers)] for period in trends.periods
    ]
    if one:
        columns.append(one.label)
        for row, (count, size) in zip(rows, one.counts, strict=True):
            row.append(share(count, size).replace("\n", ", "))
    to.table("", columns, rows, right=(1, 2), most=len(rows))


def _verdict(to: Printer, row: TrendRow, by: str) -> None:
    if row.trend is None:
        to.note(f"{row.label}: {counted(row.postings, 'posting')} with it; a trend is not tested.")
        return
    way = "rises" if row.trend.slope > 0 else "falls"
    verdict = way if row.trend.q <= LEVEL else "neither rises nor falls by more than chance"
    to.note(f"{row.label} {verdict}: {_slope(row)} points a {by}, p {q_text(row.trend.p)}.")


def _rows(to: Printer, trends: Trends, kind: str, name: str) -> None:
    rows = trends.of(kind)
    tested = [row for row in rows if row.trend]
    if not tested:
        shown = [
            [row.label, str(row.postings), str(row.employers), _line(row)]
            for row in rows[:UNTESTED]
        ]
        head = f"{name}, not tested: the most of {len(rows)}" if len(rows) > 1 else name
        to.table(head, ["", "postings", "employers", "shares"], shown, right=(1, 2))
        return
    found = [row for row in tested if row.trend and row.trend.q <= LEVEL]
    for sign, way in ((1, "rise"), (-1, "fall")):
        part = [_row(row) for row in found if row.trend and row.trend.slope * sign > 0]
        head = f"{name} that {way} ({len(part)} of {len(tested)} tested)"
        columns = ["", "first", "last", "shares", f"points a {trends.by}", "q"]
        to.table(head, columns, part)
    if not found:
        to.head(f"{name}: none of {len(tested)} tested rises or falls by more than chance.")


def _row(row: TrendRow) -> list[str | Text]:
    known = [pair for pair in row.counts if pair[1]]
    q = q_text(row.trend.q) if row.trend else ""
    return [row.label, share(*known[0]), share(*known[-1]), _line(row), _slope(row), q]


def _slope(row: TrendRow) -> str:
    if row.trend is None:
        return ""
    low, high = row.trend.interval
    return f"{points(row.trend.slope)} [{points(low)}, {points(high)}]"


def _line(row: TrendRow) -> str:
    return sparkline([count / size if size else None for count, size in row.counts])


def _arrivals(to: Printer, trends: Trends) -> None:
    for kind, (head, _) in ARRIVALS.items():
        every = [one for one in trends.arrivals or () if one.kind == kind]
        if not every:
            continue
        shown = [one for one in every if one.shown]
        title = head.format(early=trends.early, late=trends.late)
        columns = ["", str(trends.early), str(trends.late), "employers", "q"]
        to.table(f"{title} ({len(shown)})", columns, [_arrival(one) for one in shown])
        if len(every) > len(shown):
            more = counted(len(every) - len(shown), "skill")
            to.note(f"{more} more of one half only may be so by chance ({kind}s): --json has them.")


def _arrival(one: Arrival) -> list[str | Text]:
    employers = max(one.support.employers_a, one.support.employers_b)
    q = q_text(one.finding.q) if one.finding else ""
    return [one.label, *shares(one.support), str(employers), q]
