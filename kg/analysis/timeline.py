"""When jobs were first posted: each job's date, and the periods that the dates fall into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.analysis.groups import job_of
from kg.graphs import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from kg.analysis.trend_rows import By

BYS: Final[tuple[By, ...]] = ("month", "quarter", "year")


def check_by(value: str) -> By:
    """Return a value as a length of periods. Raises `ValueError` for another."""
    for known in BYS:
        if value == known:
            return known
    raise ValueError(f"periods are by {', '.join(BYS)}, not by {value!r}")


def first_dates(graph: nx.MultiDiGraph) -> dict[str, str]:
    """Return the first date on which each job was posted, of those with a date.

    A repost has its own date; the job was on the market from the first of them on.
    """
    found: dict[str, str] = {}
    for posting, data in graph.nodes(data=True):
        if data["kind"] == Kind.POSTING and data["date_posted"]:
            job, date = job_of(graph, posting), str(data["date_posted"])[:10]
            found[job] = min(date, found.get(job, date))
    return found


def dates_of(
    graph: nx.MultiDiGraph, postings: Iterable[str], *, first: bool
) -> dict[str, str]:
    """Return the date of each posting that has one: with `first`, that of its job's first."""
    if first:
        known = first_dates(graph)
        pairs = ((posting, known.get(job_of(graph, posting))) for posting in postings)
    else:
        pairs = ((posting, graph.nodes[posting]["date_posted"]) for posting in postings)
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
