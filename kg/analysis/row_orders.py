"""The order of a comparison's rows: by side, then by how many postings say it, the most first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.analysis.skill_rows import SIDES
from kg.necessities import STRENGTHS

if TYPE_CHECKING:
    from kg.analysis.comparison_rows import AlternativeRow, DegreeRow, DutyRow, ExperienceRow
    from kg.analysis.support import Support


def alternative_order(row: AlternativeRow) -> tuple[Any, ...]:
    """Sort by place, members, how many are enough, and necessity."""
    return *_place(row.support), row.members, row.minimum, row.necessity


def condition_order(row: DegreeRow | ExperienceRow) -> tuple[Any, ...]:
    """Sort by way of asking, place and label."""
    return STRENGTHS.index(row.necessity), *_place(row.support), row.label


def duty_order(row: DutyRow) -> tuple[Any, ...]:
    """Sort by place, label and concept."""
    return *_place(row.support), row.label, row.concept or ""


def _place(support: Support) -> tuple[int, int]:
    return SIDES.index(support.side), -(support.a + support.b)
