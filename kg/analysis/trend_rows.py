"""Trends: what share of each period's postings is of a role or asks for a skill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kg.analysis.findings import finding_json
from kg.analysis.frames import to_frame
from kg.analysis.ordered import trend_json
from kg.analysis.shares import wilson
from kg.analysis.support import ends_json, quotes
from kg.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from kg.analysis.findings import Finding
    from kg.analysis.frames import Cell
    from kg.analysis.ordered import Trend
    from kg.analysis.quotes import Quote
    from kg.analysis.support import Json, Support

By: TypeAlias = Literal["month", "quarter", "year"]

COLUMNS: Final = (
    "kind", "label", "period", "support", "postings", "employers", "share", "share_low",
    "share_high", "slope", "low", "high", "p", "q", "evidence",
)  # fmt: skip
"""The columns of `Trends.to_rows`."""


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter or year with postings. `place` counts the periods since the first."""

    label: str
    place: int
    postings: int
    employers: int

    def to_json(self) -> dict[str, Json]:
        """Return the period with its denominators."""
        return {"period": self.label, "postings": self.postings, "employers": self.employers}


@dataclass(frozen=True, slots=True)
class TrendRow:
    """A role or a skill. `counts` has the postings with it and all postings, period by period.

    `employers` is the number of employers of the postings with it. `trend` is None where fewer
    than ten postings have it, or where the periods carry no test.
    """

    kind: Literal["role", "skill"]
    concept: str | None
    label: str
    counts: tuple[tuple[int, int], ...]
    employers: int
    trend: Trend | None
    evidence: Sequence[Quote]

    @property
    def postings(self) -> int:
        """The number of postings with it, over all periods."""
        return sum(count for count, _ in self.counts)

    def to_json(self) -> dict[str, Json]:
        """Return the row; its periods stand in the order of the whole."""
        return {
            "kind": self.kind,
            "concept": self.concept,
            "label": self.label,
            "postings": self.postings,
            "employers": self.employers,
            "periods": [
                {
                    "support": count,
                    "postings": size,
                    "share": count / size if size else None,
                    "share_interval": ends_json(wilson(count, size)),
                }
                for count, size in self.counts
            ],
            **trend_json(self.trend),
            "evidence": quotes(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class Arrival:
    """A skill that only the early periods ask for, or only the late; in `support` a is early.

    `finding` is None where fewer than ten postings ask for it; `shown` says that chance does not
    explain it.
    """

    kind: Literal["newcomer", "leaver"]
    concept: str | None
    label: str
    support: Support
    finding: Finding | None
    shown: bool

    def to_json(self) -> dict[str, Json]:
        """Return the row."""
        return {
            "kind": self.kind,
            "concept": self.concept,
            "label": self.label,
            "shown": self.shown,
            **self.support.to_json(),
            **finding_json(self.finding),
        }


@dataclass(frozen=True, slots=True)
class Trends(Shown):
    """What changes over time among `postings` that state a date; `undated` state none.

    `scope` says whose postings they are; `periods` are those with postings, the first first.
    `early` and `late` are the halves between which newcomers and leavers are sought, each as
    "2025-01..2025-06"; `arrivals` is None where the halves carry no test. What is not tested, and
    what would be needed, is in `caution`.
    """

    scope: str
    by: By
    asked: str
    periods: tuple[Period, ...]
    postings: int
    undated: int
    left_out: int
    rows: tuple[TrendRow, ...]
    early: str | None
    late: str | None
    arrivals: tuple[Arrival, ...] | None
    caution: str | None

    def of(self, kind: str) -> tuple[TrendRow, ...]:
        """Return the rows of a kind, the surest trends first."""
        return tuple(row for row in self.rows if row.kind == kind)

    def to_json(self) -> dict[str, Json]:
        """Return the object that `kg trends --json` prints."""
        arrivals: Json = None if self.arrivals is None else [one.to_json() for one in self.arrivals]
        return {
            "scope": self.scope,
            "by": self.by,
            "asked": self.asked,
            "postings": self.postings,
            "undated": self.undated,
            "copies_left_out": self.left_out,
            "periods": [period.to_json() for period in self.periods],
            "rows": [row.to_json() for row in self.rows],
            "early": self.early,
            "late": self.late,
            "newcomers_and_leavers": arrivals,
            "caution": self.caution,
        }

    def to_rows(self) -> list[dict[str, Cell]]:
        """Return one flat table with `COLUMNS`: for each row its trend, then its periods.

        A newcomer or leaver has its shares of the late half; `slope` is a change a period.
        """
        rows: list[dict[str, Cell]] = []
        for row in self.rows:
            trend = row.trend
            low, high = trend.interval if trend else (None, None)
            rows.append(
                _cells(
                    kind=row.kind,
                    label=row.label,
                    support=row.postings,
                    postings=sum(size for _, size in row.counts),
                    employers=row.employers,
                    slope=trend.slope if trend else None,
                    low=low,
                    high=high,
                    p=trend.p if trend else None,
                    q=trend.q if trend else None,
                    evidence=row.evidence[0].text if row.evidence else None,
                )
            )
            for period, (count, size) in zip(self.periods, row.counts, strict=True):
                share_low, share_high = wilson(count, size) or (None, None)
                rows.append(
                    _cells(
                        kind=row.kind,
                        label=row.label,
                        period=period.label,
                        support=count,
                        postings=size,
                        share=count / size if size else None,
                        share_low=share_low,
                        share_high=share_high,
                    )
                )
        for one in self.arrivals or ():
            low, high = one.support.interval_b or (None, None)
            found = one.finding
            rows.append(
                _cells(
                    kind=one.kind,
                    label=one.label,
                    period=self.late,
                    support=one.support.b,
                    postings=one.support.size_b,
                    employers=one.support.employers_b,
                    share=one.support.share_b,
                    share_low=low,
                    share_high=high,
                    p=found.p if found else None,
                    q=found.q if found else None,
                    evidence=one.support.evidence[0].text if one.support.evidence else None,
                )
            )
        return rows

    def to_frame(self) -> pl.DataFrame:
        """Return `to_rows` as a polars frame."""
        return to_frame(self.to_rows(), COLUMNS)


def _cells(**given: Cell) -> dict[str, Cell]:
    return dict.fromkeys(COLUMNS) | given
