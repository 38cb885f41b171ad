"""A ladder as text: the levels, what runs along them, and each step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.analysis.caution import COMMON, SMALL
from kg.analysis.comparison import LEVEL
from kg.analysis.ladder_rows import CHANGES
from kg.analysis.separation import MINIMUM_EMPLOYERS, MINIMUM_POSTINGS
from kg.analysis.shares import postings_needed
from kg.plurals import counted
from kg.views.figures import (
    amount,
    difference,
    interval,
    odds,
    points,
    q_text,
    shares,
    signed,
)
from kg.views.printer import Printer
from kg.views.quotations import Quotations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.text import Text

    from kg.analysis.ladder_rows import (
        Change,
        Ladder,
        LadderTrend,
        Middle,
        Rung,
        Step,
        StepSkill,
    )
    from kg.passages import Passages

EACH: Final = 8
"""Rows of a change on a step that was tested, at most."""
FEW: Final = 3
"""The same of one that was not."""
SEEN: Final[Mapping[Change, str]] = {
    "added": "above only",
    "dropped": "below only",
    "kept": "both",
}
"""What a change is called where it was not tested."""


def print_ladder(ladder: Ladder, passages: Passages) -> None:
    """Print a ladder on stdout; the words come with their surroundings from `passages`."""
    to = Printer()
    quotations = Quotations([rung.side.members for rung in ladder.rungs], passages)
    total = sum(rung.side.postings for rung in ladder.rungs)
    to.head(f"{ladder.role}: {counted(len(ladder.rungs), 'level')}, {counted(total, 'posting')}")
    if ladder.unplaced:
        to.line(
            f"  {counted(ladder.unplaced, 'posting')} state no level and have no place in the order"
        )
    if ladder.left_out:
        named = ", ".join(f"{level} ({count})" for level, count in ladder.left_out)
        to.line(f"  too few postings to be a level here: {named}")
    if ladder.pay_basis == "estimated":
        to.line("  pay is a board's estimate; what postings state is left aside")
    _levels(to, ladder)
    to.note(ladder.caution)
    if not all(step.enough for step in ladder.steps):
        needed = postings_needed(COMMON, COMMON + SMALL)
        to.note(
            f"A step is tested where both levels have {MINIMUM_POSTINGS} postings of "
            f"{MINIMUM_EMPLOYERS} employers. To show a skill that {COMMON:.0%} of one level and "
            f"{COMMON + SMALL:.0%} of the next require, {needed} postings a level are needed; what "
            "each skill needs, to be as far apart as it is seen, stands beside it."
        )
    _trends(to, ladder, quotations)
    for step in ladder.steps:
        _step(to, step, quotations)
    to.quoted(quotations)


def _levels(to: Printer, ladder: Ladder) -> None:
    rows = [
        [
            rung.level,
            str(rung.side.postings),
            str(rung.side.employers),
            _middle(rung.years, 1),
            "\n".join(f"{one.label or 'none'} {one.count / one.size:.0%}" for one in rung.degrees),
            _middle(rung.pay, 0),
        ]
        for rung in ladder.rungs
    ]
    currency = next((rung.pay.currency for rung in ladder.rungs if rung.pay.currency), None)
    pay = f"pay, {currency} a year" if currency else "pay"
    columns = ["level", "postings", "employers", "years, median", "degree at the least", pay]
    to.table("The levels, the lowest first", columns, rows, right=(1, 2), most=len(rows))


def _middle(middle: Middle, digits: int) -> str:
    """Return a median with its interval and the number of postings that state it."""
    if middle.median is None:
        return ""
    ends = f" {interval(*middle.interval, digits)}" if middle.interval else ""
    return f"{amount(middle.median, digits)}{ends}\n{counted(middle.postings, 'posting')}"


def _trends(to: Printer, ladder: Ladder, quotations: Quotations) -> None:
    if ladder.trends is None:
        return
    found = [one for one in ladder.trends if one.trend.q <= LEVEL]
    for sign, head in ((1, "Rises"), (-1, "Falls")):
        rows = [
            _trend(one, ladder.rungs, quotations) for one in found if one.trend.slope * sign > 0
        ]
        to.table(
            f"{head} along the levels ({len(rows)} of {len(ladder.trends)} tested)",
            ["", "by level", "a level", "q", "words"],
            rows,
        )
    if not found:
        to.head(f"Nothing of {len(ladder.trends)} tested rises or falls along all levels.")


def _trend(one: LadderTrend, rungs: tuple[Rung, ...], quotations: Quotations) -> list[str | Text]:
    slope, (low, high), q = one.trend.slope, one.trend.interval, q_text(one.trend.q)
    if one.middles:
        digits = 1 if one.kind == "years" else 0
        values = ", ".join(
            f"{rung.level} {amount(value, digits)}"
            for rung, value in zip(rungs, one.middles, strict=True)
            if value is not None
        )
        change = f"{signed(slope, digits)}\n[{signed(low, digits)}, {signed(high, digits)}]"
        return [one.label, values, change, q, ""]
    values = ", ".join(
        f"{rung.level} {count / size:.0%}"
        for rung, (count, size) in zip(rungs, one.counts, strict=True)
    )
    change = f"{points(slope)} points\n[{points(low)}, {points(high)}]"
    said = quotations.first(one.evidence) if one.evidence else ""
    name = f"duty: {one.label}" if one.kind == "verb" else one.label
    return [name, values, change, q, said]


def _step(to: Printer, step: Step, quotations: Quotations) -> None:
    to.head(f"From {step.below} to {step.above}")
    for name, one, digits in (("years", step.years, 1), ("pay", step.pay, 0)):
        if one.value is not None:
            to.line(f"  {name}: {difference(one, digits)}")
    if step.enough:
        to.note(step.caution)
        to.note(step.limits)
    else:
        to.line("  Not enough data: what these postings require, not what the levels do.")
    for what, told in (("skill", step.skills), ("duty", step.verbs)):
        _changes(to, step, what, told, quotations)


def _changes(
    to: Printer, step: Step, what: str, told: Sequence[StepSkill], quotations: Quotations
) -> None:
    """Print what a step adds, drops and keeps of its skills or of its duties."""
    rows = []
    most = EACH if step.enough else FEW
    for change in CHANGES:
        part = [row for row in told if row.change == change]
        rows += [_skill(step, row, quotations) for row in part[:most]]
        if len(part) > most:
            name = change if step.enough else SEEN[change]
            rows.append([name, f"and {len(part) - most} more: --json has them", *[""] * 5])
    if step.enough:
        columns = ["", what, step.below, step.above, "odds above to below", "q", "words"]
        to.table("", columns, rows, most=len(rows))
    else:
        first = "required" if what == "skill" else "stated"
        columns = [first, what, step.below, step.above, "postings needed", "words"]
        to.table("", columns, [[*row[:5], row[6]] for row in rows], right=(4,), most=len(rows))


def _skill(step: Step, row: StepSkill, quotations: Quotations) -> list[str | Text]:
    said = quotations.of(row.support)
    sides = shares(row.support)
    if step.enough:
        return [str(row.change), row.label, *sides, *odds(row.finding), said]
    needed = f"{row.needed:,}" if row.needed else ""
    return [SEEN[row.change] if row.change else "", row.label, *sides, needed, "", said]
