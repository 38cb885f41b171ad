"""A ladder as one flat table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.analysis.shares import wilson

if TYPE_CHECKING:
    from kg.analysis.frames import Cell
    from kg.analysis.ladder_rows import Ladder, Rung, Step

COLUMNS: Final = (
    "kind", "level", "below", "label", "change", "support", "support_below", "postings",
    "postings_below", "employers", "share", "share_low", "share_high", "value", "difference",
    "low", "high", "p", "q", "needed", "evidence",
)  # fmt: skip
"""The columns of `Ladder.to_rows`."""


def flat_rows(ladder: Ladder) -> list[dict[str, Cell]]:
    """Return the rows of `Ladder.to_rows`."""
    rows = [row for rung in ladder.rungs for row in _rung_rows(rung)]
    rows += [row for step in ladder.steps for row in _step_rows(step)]
    for one in ladder.trends or ():
        low, high = one.trend.interval
        said = one.evidence[0].text if one.evidence else None
        rows.append(
            _cells(
                kind="trend",
                label=f"{one.kind}: {one.label}",
                difference=one.trend.slope,
                low=low,
                high=high,
                p=one.trend.p,
                q=one.trend.q,
                evidence=said,
            )
        )
    return rows


def _cells(**given: Cell) -> dict[str, Cell]:
    return dict.fromkeys(COLUMNS) | given


def _rung_rows(rung: Rung) -> list[dict[str, Cell]]:
    size = rung.side.postings
    rows = [_cells(kind="level", level=rung.level, postings=size, employers=rung.side.employers)]
    for one in rung.degrees:
        low, high = wilson(one.count, one.size) or (None, None)
        rows.append(
            _cells(
                kind="degree",
                level=rung.level,
                label=one.label or "none",
                support=one.count,
                postings=size,
                share=one.count / one.size,
                share_low=low,
                share_high=high,
            )
        )
    for kind, middle in (("years", rung.years), ("pay", rung.pay)):
        if middle.median is not None:
            low, high = middle.interval or (None, None)
            rows.append(
                _cells(
                    kind=kind,
                    level=rung.level,
                    label=middle.currency,
                    support=middle.postings,
                    postings=size,
                    employers=middle.employers,
                    value=middle.median,
                    low=low,
                    high=high,
                )
            )
    return rows


def _step_rows(step: Step) -> list[dict[str, Cell]]:
    place: dict[str, Cell] = {"level": step.above, "below": step.below}
    rows = []
    asked = [*(("skill", row) for row in step.skills), *(("verb", row) for row in step.verbs)]
    for kind, row in asked:
        support, found = row.support, row.finding
        share_low, share_high = support.interval_b or (None, None)
        low, high = (found.interval if found else None) or (None, None)
        rows.append(
            _cells(
                kind=kind,
                **place,
                label=row.label,
                change=row.change,
                support=support.b,
                support_below=support.a,
                postings=support.size_b,
                postings_below=support.size_a,
                employers=support.employers_b,
                share=support.share_b,
                share_low=share_low,
                share_high=share_high,
                low=low,
                high=high,
                p=found.p if found else None,
                q=found.q if found else None,
                needed=row.needed,
                difference=found.effect.log_odds if found and found.effect else None,
                evidence=support.evidence[0].text if support.evidence else None,
            )
        )
    for kind, one in (("years", step.years), ("pay", step.pay)):
        if one.value is not None:
            low, high = one.interval or (None, None)
            rows.append(
                _cells(
                    kind=kind, **place, label=one.currency, difference=one.value, low=low, high=high
                )
            )
    return rows
