"""Duties as a part of a page: what postings say that the person does, with their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.views.pages.charts import Share, share_axis
from kg.views.pages.frame import render
from kg.views.pages.quoting import columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from kg.analysis.duties import StatedDuty
    from kg.views.pages.quoting import Column, Quoting

SHOWN: Final = 8
"""Duties that are shown unfolded."""


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty, the family it belongs to, the share of postings that state it, and their words."""

    name: str
    also: str
    share: Share
    words: tuple[Column, ...]


def duty_rows(found: Sequence[StatedDuty], quoting: Quoting) -> Markup:
    """Return duties as a fragment of a page, nothing where there are none."""
    rows = [
        DutyLine(
            one.label,
            one.family or "",
            Share(one.postings, one.of),
            columns(quoting, one.evidence, [("", "a", None, one.postings)]),
        )
        for one in found
    ]
    axis = share_axis(row.share for row in rows)
    return render("duties.html", rows=rows, axis=axis, shown=SHOWN)
