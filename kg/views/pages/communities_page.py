"""Communities of skills as a page: a card each, and the skills that join one to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.incidence import counted
from kg.views.pages.charts import Axis
from kg.views.pages.frame import Link, no_link, page, render

if TYPE_CHECKING:
    from markupsafe import Markup

    from kg.analysis.communities import Communities, Community

SHOWN: Final = 12
"""Skills of a community that are drawn; the others are named."""


@dataclass(frozen=True, slots=True)
class Tied:
    """A skill of a community; `strength` is in per cent of the community's strongest."""

    name: str
    href: str | None
    postings: int
    strength: float
    inside: float
    participation: float


@dataclass(frozen=True, slots=True)
class Card:
    """A community."""

    number: int
    name: str
    stability: float
    count: int
    drawn: tuple[Tied, ...]
    others: tuple[Tied, ...]


def communities_page(found: Communities) -> str:
    """Return the page of communities."""
    return page(f"Communities of skills: {found.label}", communities(found))


def communities(found: Communities, link: Link = no_link) -> Markup:
    """Return communities as a fragment of a page."""
    names = {one.number: one.members[0].label for one in found.communities}
    return render(
        "communities.html",
        found=found,
        counted_words=counted(found.postings, found.employers),
        cards=[_card(one, link) for one in found.communities],
        bridges=[
            (
                one.label,
                link("skill", one.concept),
                one.participation,
                [(number, names[number]) for number in one.joins if number in names],
            )
            for one in found.bridges
        ],
        unit=Axis(0.0, 1.0, ((0.0, "0"), (0.5, "0.5"), (1.0, "1"))),
    )


def _card(one: Community, link: Link) -> Card:
    most = max(member.strength for member in one.members) or 1.0
    tied = [
        Tied(
            name=member.label,
            href=link("skill", member.concept),
            postings=member.postings,
            strength=round(100 * member.strength / most, 1),
            inside=member.inside,
            participation=member.participation,
        )
        for member in one.members
    ]
    return Card(
        one.number, one.name, one.stability, len(tied), tuple(tied[:SHOWN]), tuple(tied[SHOWN:])
    )
