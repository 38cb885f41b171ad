"""What a notebook shows of each kind of result: head, what to mind, the rows that matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.analysis.pay_rows import LEVELS
from kg.plurals import counted
from kg.views.comparison_cells import counts_cells, money, side_count
from kg.views.figures import amount, interval, odds, q_text, shares, signed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.analysis.comparison import Comparison
    from kg.analysis.gap import Gap
    from kg.analysis.ladder_rows import Ladder, Middle, Step
    from kg.analysis.path import Move, Path
    from kg.analysis.pay_rows import PayReport, Quantile
    from kg.analysis.trend_rows import Trends

NEAREST: Final = 5
"""Rows of what chance may explain, where nothing else is to be shown."""
NAMED: Final = 6
"""Skills that a step of a ladder names."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A table, and what stands above it."""

    head: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    notes: tuple[str | None, ...] = ()
    total: int | None = None


def _comparison(of: Comparison) -> Drawing:
    """Return the required skills of both sides: what separates them, where that was tested."""
    sides = tuple(f"{side.label}: {side_count(side)}" for side in (of.a, of.b))
    notes = (*sides, of.caution, _pay_difference(of))
    head = f"{of.a.label} (a) against {of.b.label} (b)"
    if of.enough:
        found = of.separating("required")
        tested = [row for row in of.asked("required") if row.finding]
        said = f"{len(found)} of {len(tested)} skills that were tested separate the two."
        if not found:
            said += " Chance may explain these, the largest differences:"
        shown = found or of.near("required")[:NEAREST]
        rows = [[row.label, *shares(row.support), *odds(row.finding)] for row in shown]
        columns = ("required", "a", "b", "odds of b to a", "q")
        return Drawing(head, columns, rows, (*notes, said))
    asked = [*of.only_a, *of.both, *of.only_b]
    return Drawing(
        head, ("required", "a", "b"), [[row.label, *counts_cells(row)] for row in asked], notes
    )


def _pay_difference(of: Comparison) -> str | None:
    if of.pay.low_difference is None and of.pay.high_difference is None:
        return None
    low, high = (money(end, sign=True) for end in (of.pay.low_difference, of.pay.high_difference))
    return f"Pay, b less a: {low} at the low end, {high} at the high end."


def _ladder(of: Ladder) -> Drawing:
    steps = {step.above: step for step in of.steps}
    rows = [
        [
            rung.level,
            rung.side.postings,
            rung.side.employers,
            _middle(rung.years, 1),
            _middle(rung.pay, 0),
            _adds(steps.get(rung.level)),
        ]
        for rung in of.rungs
    ]
    total = sum(rung.side.postings for rung in of.rungs)
    return Drawing(
        f"{of.role}: {counted(len(of.rungs), 'level')}, {counted(total, 'posting')}",
        ("level", "postings", "employers", "years, median", "pay, median", "adds to the one below"),
        rows,
        (of.caution,),
    )


def _middle(middle: Middle, digits: int) -> str:
    ends = f" {interval(*middle.interval, digits)}" if middle.interval else ""
    return f"{amount(middle.median, digits)}{ends}"


def _adds(step: Step | None) -> str:
    if step is None:
        return ""
    labels = [row.label for row in step.of("added")]
    more = f" and {len(labels) - NAMED} more" if len(labels) > NAMED else ""
    told = ", ".join(labels[:NAMED]) + more
    return told if step.enough or not told else f"{told} (not tested)"


def _pay(of: PayReport) -> Drawing:
    groups = [of.whole, *(one for one in of.groups if one.quantiles)]
    heads = ["half" if level == 0.5 else f"{level:.0%}" for level in LEVELS]
    rows = [
        ["all" if one is of.whole else one.label, f"{one.postings} of {one.of}"]
        + [_quantile(quantile) for quantile in one.quantiles]
        for one in groups
        if one.quantiles
    ]
    estimated = "a board's estimates" if of.basis == "estimated" else None
    unit = f"{of.currency} a year" if of.currency else "no pay"
    head = f"{of.scope}: {unit}; so much or less is paid by"
    return Drawing(head, (of.by, "postings", *heads), rows, (estimated, of.whole.note, of.refusal))


def _quantile(one: Quantile) -> str:
    value = "open" if one.value is None else amount(one.value)
    low, high = (amount(end) if end is not None else "open" for end in (one.low, one.high))
    return f"{value}\n[{low}, {high}]"


def _trends(of: Trends) -> Drawing:
    periods = [period.label for period in of.periods]
    rows = [
        [
            row.kind,
            row.label,
            *(f"{count / size:.0%}" if size else "" for count, size in row.counts),
            q_text(row.trend.q) if row.trend else "",
        ]
        for row in of.rows
    ]
    head = f"{of.scope}: {counted(of.postings, 'posting')} with a date, by {of.by}"
    return Drawing(head, ("kind", "what", *periods, "q"), rows, (of.caution,))


def _gap(of: Gap) -> Drawing:
    learn = ", ".join(
        f"{step.label} (+{step.reached})" if step.reached else step.label for step in of.steps
    )
    rows = [
        [row.label, row.kind.value, row.status.value, ", ".join(row.through), row.required]
        for row in of.rows
    ]
    reach = f"{of.within_reach} of {counted(of.postings, 'posting')} are within reach."
    head = f"{of.candidate} beside {of.group}"
    notes = (reach, f"Learn first: {learn}" if learn else None, of.caution)
    return Drawing(head, ("asked for", "kind", "candidate", "through", "required in"), rows, notes)


def _path(of: Path) -> Drawing:
    rows = [
        [
            move.start,
            move.end,
            f"{move.gap:.0%}",
            _within(move),
            ", ".join(
                f"{one.label} ({signed(100 * (one.after - one.before))} points)"
                for one in move.learn[:NAMED]
            ),
        ]
        for move in of.moves
    ]
    direct = f"In one step the gap is {of.direct.gap:.0%}." if len(of.moves) > 1 else None
    head = f"From {of.direct.start} to {of.direct.end}"
    return Drawing(head, ("from", "to", "gap", "95%", "learn"), rows, (direct,))


def _within(move: Move) -> str:
    if move.interval is None:
        return move.not_enough_data or ""
    return f"{move.interval[0]:.0%} to {move.interval[1]:.0%}"


DRAWN: Final[Mapping[str, Callable[[Any], Drawing]]] = {
    "Comparison": _comparison,
    "Gap": _gap,
    "Ladder": _ladder,
    "Path": _path,
    "PayReport": _pay,
    "Trends": _trends,
}
"""How a kind of result is drawn, by the name of its class; any other shows its rows."""
