"""A gap as a page: how far the postings are, what is lacking, and what to learn first.

The page has words of a résumé in it and says so; whoever writes it decides who gets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.holdings import Status
from kg.analysis.learning import REACH
from kg.analysis.needs import NeedKind
from kg.plurals import counted
from kg.views.pages.charts import Axis, Share
from kg.views.pages.frame import Link, no_link, page, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from kg.analysis.gap import Gap, GapRow

SHOWN: Final = 15
"""Rows of a list that are shown unfolded."""
PARTS: Final = (
    ("lacks", "Lacks", "b", (Status.LACKS,)),
    ("partly", "Has in part", "b", (Status.PARTLY,)),
    ("through", "Has by what else there is", "a", (Status.IMPLIED, Status.ONE_OF_ITS_KIND)),
    ("has", "Has", "a", (Status.HAS,)),
    ("trusted", "Asked for, and no résumé proves it", "quiet", (Status.UNPROVEN,)),
)


@dataclass(frozen=True, slots=True)
class Need:
    """Something asked for, how often, and the words on both sides."""

    name: str
    required: Share
    preferred: int
    through: str
    shown: tuple[str, ...]
    asked: Sequence[str]


@dataclass(frozen=True, slots=True)
class Part:
    """What stands alike."""

    key: str
    title: str
    tone: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Learn:
    """A skill to learn; the bar shows what is within reach before it and by it."""

    name: str
    before: float
    gain: float
    reached: int
    total: int
    nearness: float
    pay: str


def gap_page(found: Gap) -> str:
    """Return the page of a gap."""
    return page(f"{found.candidate} beside {found.group}", gap(found))


def gap(found: Gap, link: Link = no_link) -> Markup:
    """Return a gap as a fragment of a page."""
    size = found.postings or 1
    steps = []
    before = found.within_reach
    for step in found.steps:
        amount = f"{step.pay or 0:,.0f} {step.currency} a year"
        of_these = counted(step.paid, "of these says", "of these say")
        pay = "" if step.pay is None else f"{of_these} pay, {amount}"
        steps.append(
            Learn(
                step.label,
                round(100 * before / size, 2),
                round(100 * (step.total - before) / size, 2),
                step.reached,
                step.total,
                step.nearness,
                pay,
            )
        )
        before = step.total
    parts = [
        Part(key, title, tone, tuple(_need(row, found.postings) for row in rows))
        for key, title, tone, statuses in PARTS
        if (rows := found.standing(*statuses))
    ]
    return render(
        "gap.html",
        found=found,
        years="" if found.years is None else f"{found.years:g} years of work",
        counts=f"{counted(found.postings, 'posting')} of {counted(found.employers, 'employer')}",
        reach=f"{REACH:.0%}",
        within=Share(found.within_reach, found.postings),
        formal=Share(found.formal, found.postings),
        steps=steps,
        reached_by_any=any(step.reached for step in found.steps),
        then=Share(before, found.postings),
        parts=parts,
        axis=Axis(0.0, 1.0, ((0.0, "0"), (0.5, "50%"), (1.0, "100%"))),
        link=link,
        shown=SHOWN,
    )


def _need(row: GapRow, postings: int) -> Need:
    label = f"{row.label} of experience" if row.kind is NeedKind.YEARS else row.label
    return Need(
        label,
        Share(row.required, postings),
        row.preferred,
        ", ".join(row.through),
        row.shown,
        row.asked,
    )
