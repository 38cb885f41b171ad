"""The cells of a comparison's tables: counts, shares, effects, degrees, money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.plurals import counted
from kg.views.figures import TOO_FEW, amount, interval, signed

if TYPE_CHECKING:
    from decimal import Decimal

    from kg.analysis.comparison import Side
    from kg.analysis.comparison_rows import DegreeRow, PaySide, SkillRow, YearsRow
    from kg.analysis.support import Support

FIELDS: Final = 6
"""Fields of a degree that are named; the others are counted."""


def counts_cells(row: SkillRow) -> list[str]:
    """Return each side's count, with the postings that ask for the skill in another way."""
    return [
        "; ".join([count, *(f"{asked} in {number}" for asked, number in also.items())])
        for count, also in zip(support_cells(row.support), (row.also_a, row.also_b), strict=True)
    ]


def support_cells(support: Support) -> list[str]:
    """Return each side's count."""
    return [f"{support.a} of {support.size_a}", f"{support.b} of {support.size_b}"]


def share_cells(support: Support) -> list[str]:
    """Return each side's share with its interval, its counts, and its employers."""
    return [
        f"{share:.0%} [{ends[0]:.0%}, {ends[1]:.0%}]\n{count} of {size}; "
        f"{counted(employers, 'employer')}"
        if share is not None and ends is not None
        else ""
        for share, ends, count, size, employers in (
            (
                support.share_a,
                support.interval_a,
                support.a,
                support.size_a,
                support.employers_a,
            ),
            (
                support.share_b,
                support.interval_b,
                support.b,
                support.size_b,
                support.employers_b,
            ),
        )
    ]


def more_side(support: Support) -> str:
    """Return the side of which a larger share has it."""
    return "a" if (support.share_a or 0) > (support.share_b or 0) else "b"


def degree_cell(row: DegreeRow) -> str:
    """Return "Master's degree in Physics; or related field", or what each side says of it."""
    sides = {
        name: "; ".join([f"in {fields_text(fields)}" if fields else "in any field", *qualifiers])
        for name, fields, qualifiers, postings in (
            ("a", row.fields_a, row.qualifiers_a, row.support.a),
            ("b", row.fields_b, row.qualifiers_b, row.support.b),
        )
        if postings
    }
    said = set(sides.values())
    if said == {"in any field"}:
        return row.label
    if len(said) == 1:
        return f"{row.label} {said.pop()}"
    return "\n".join([row.label, *(f"{name}: {words}" for name, words in sides.items())])


def fields_text(fields: tuple[str, ...]) -> str:
    """Return the fields that most postings name, and how many there are more.

    >>> fields_text(("Statistics", "Physics"))
    'Statistics, Physics'
    """
    left = len(fields) - FIELDS
    shown = ", ".join(fields[:FIELDS])
    return f"{shown} and {counted(left, 'other')}" if left > 0 else shown


def years_line(years: YearsRow, size_a: int, size_b: int) -> str | None:
    """Return the median of the years that each side requires, and b less a; None of none."""
    sides = [
        f"{name}: {amount(value, 1)} (in {postings} of {size})"
        for name, value, postings, size in (
            ("a", years.a, years.postings_a, size_a),
            ("b", years.b, years.postings_b, size_b),
        )
        if value is not None
    ]
    if not sides:
        return None
    said = f"median of the years required: {', '.join(sides)}"
    if years.difference is None:
        return said
    ends = f" {interval(*years.interval, 1)}" if years.interval else TOO_FEW
    return f"{said}; b less a: {signed(years.difference, 1)}{ends}"


def side_count(side: Side) -> str:
    """Return postings, employers and copies of a side in words."""
    said = f"{counted(side.postings, 'posting')}, {counted(side.employers, 'employer')}"
    copies = counted(side.left_out, "copy", "copies")
    return f"{said}; {copies} left out" if side.left_out else said


def pay_period(stated: PaySide) -> str:
    """Return "a year" and the like."""
    return f"a {stated.period.lower()}" if stated.period else ""


def money(amount: Decimal | None, *, sign: bool = False) -> str:
    """Return an amount with its thousands parted."""
    if amount is None:
        return ""
    return f"{amount:+,f}" if sign else f"{amount:,f}"
