"""Pay as a page: quantiles of each group as bands on one axis, and what skills are paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.comparison import LEVEL
from kg.analysis.pay_rows import RULE
from kg.plurals import counted
from kg.views.figures import amount, percents, q_text
from kg.views.pages.charts import Axis, Band, Mark, amount_axis
from kg.views.pages.frame import Link, no_link, page, render
from kg.views.pages.quoting import Column, FromStore, Quoting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from kg.analysis.pay_rows import PayGroup, PayReport, Premium
    from kg.passages import Passages
    from kg.views.pages.charts import Tone

SHOWN: Final = 20
"""Groups, and premiums, that are shown unfolded."""
NEAREST: Final = 6
"""Premiums that chance may explain and that are shown unfolded."""
MOST: Final = 200
"""Groups in all; by place there may be thousands, and --csv has them."""
NAMES: Final = {
    0.1: "a tenth",
    0.25: "a quarter",
    0.5: "half",
    0.75: "three quarters",
    0.9: "nine tenths",
}


@dataclass(frozen=True, slots=True)
class Group:
    """A group's pay, as a band and in words."""

    name: str
    href: str | None
    postings: int
    of: int
    employers: int
    band: Band | None
    half: str
    facts: tuple[tuple[str, str], ...]
    note: str
    words: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Paid:
    """A skill's premium on the axis of per cent, and in words."""

    name: str
    href: str | None
    mark: Mark
    text: str
    q: str
    rests_on: str


def pay_page(found: PayReport, passages: Passages) -> str:
    """Return the page of a report on pay; words come from `passages`."""
    return page(f"Pay: {found.scope}", pay(found, FromStore(passages)))


def pay(found: PayReport, quoting: Quoting, link: Link = no_link) -> Markup:
    """Return a report on pay as a fragment of a page."""
    groups = [one for one in found.groups if one.quantiles]
    few = [one for one in found.groups if not one.quantiles and one.postings]
    premiums = [_paid(one, link) for one in found.premiums or ()]
    sure = sum(one.mark.tone != "quiet" for one in premiums)
    return render(
        "pay.html",
        found=found,
        heading=_scope(found.scope),
        lines=_lines(found),
        whole=_group(found.whole, "All", quoting, None),
        groups=[
            _group(one, one.label, quoting, link(found.by, one.label)) for one in groups[:MOST]
        ],
        few=[(one.label, one.postings) for one in few],
        axis=pay_axis((found.whole, *groups[:MOST])),
        premiums=premiums,
        premium_axis=premium_axis(one.mark for one in premiums),
        sure=sure,
        premiums_shown=max(NEAREST, sure),
        rule=RULE,
        shown=SHOWN,
    )


def pay_axis(groups: Iterable[PayGroup]) -> Axis:
    """Return an axis that holds what is between the outer quantiles of the groups."""
    return amount_axis(
        [one.value for group in groups for one in group.quantiles if one.value is not None], most=5
    )


def premium_axis(marks: Iterable[Mark]) -> Axis:
    """Return an axis of per cent that holds every estimate and no more than twice its reach."""
    found = list(marks)
    most = max((abs(one.value) for one in found), default=10.0)
    ends = [end for one in found for end in (one.low, one.high) if end is not None]
    kept = [max(-2 * most, min(2 * most, end)) for end in ends]
    axis = amount_axis([0.0, *kept], most=5)
    ticks = tuple((value, f"{value:+g}%" if value else "0") for value, _ in axis.ticks)
    return Axis(axis.low, axis.high, ticks)


def band_of(group: PayGroup) -> Band | None:
    """Return a group's quantiles as a band; None where it has none."""
    at = {one.level: one for one in group.quantiles}
    if not at:
        return None
    half = at[0.5]
    return Band(
        (at[0.1].value, at[0.9].value),
        (at[0.25].value, at[0.75].value),
        half.value,
        (half.low, half.high),
    )


def premium_mark(one: Premium) -> Mark:
    """Return a premium in per cent with its interval."""
    low, high = one.ends
    tone: Tone = "quiet" if one.q > LEVEL else "b" if one.premium > 0 else "a"
    return Mark(100 * one.premium, 100 * low, 100 * high, tone)


def _scope(scope: str) -> str:
    return scope[:1].upper() + scope[1:]


def _lines(found: PayReport) -> list[str]:
    """Return what the report rests on, a sentence each."""
    whole = found.whole
    verb = "have an estimate" if found.basis == "estimated" else "state their pay"
    lines = [f"{whole.postings:,} of {counted(whole.of, 'posting')} {verb}."]
    if found.basis == "estimated":
        lines.append("These are a board's estimates; what postings state is left aside.")
    if whole.open_ended:
        one_end = counted(whole.open_ended, "of them states", "of them state")
        lines.append(f"{one_end} one end only.")
    if found.unusable:
        without = counted(found.unusable, "more states an amount", "more state an amount")
        lines.append(f"{without} without a currency or a period.")
    if found.others:
        named = ", ".join(f"{currency} {count}" for currency, count in found.others)
        lines.append(f"In other currencies: {named}.")
    if found.left_out:
        copies = counted(found.left_out, "copy is", "copies are")
        lines.append(f"{copies} left out: a job counts once.")
    return lines


def _group(group: PayGroup, name: str, quoting: Quoting, href: str | None) -> Group:
    band = band_of(group)
    said = group.evidence
    words: tuple[Column, ...] = ()
    if said:
        outer = list(dict.fromkeys((said[0], said[-1])))
        title = "The least and the greatest"
        words = (Column(title, "", quoting.quote(outer), 0),)
    facts = [(NAMES[one.level], _quantile(one.value, one.low, one.high)) for one in group.quantiles]
    if group.lowest is not None and group.highest is not None:
        facts.append(("stated", f"{amount(group.lowest)} to {amount(group.highest)}"))
    half = next((one for one in group.quantiles if one.level == 0.5), None)
    return Group(
        name=name,
        href=href,
        postings=group.postings,
        of=group.of,
        employers=group.employers,
        band=band,
        half="" if half is None else "open" if half.value is None else amount(half.value),
        facts=tuple(facts),
        note=group.note or "",
        words=words,
    )


def _quantile(value: float | None, low: float | None, high: float | None) -> str:
    said = ["open" if one is None else amount(one) for one in (value, low, high)]
    return f"{said[0]} [{said[1]}, {said[2]}]"


def _paid(one: Premium, link: Link) -> Paid:
    low, high = one.ends
    return Paid(
        name=one.label,
        href=link("skill", one.concept) if one.concept else None,
        mark=premium_mark(one),
        text=percents(one.premium, low, high),
        q=q_text(one.q),
        rests_on=(
            f"with it {counted(one.postings, 'posting')} of "
            f"{counted(one.employers, 'employer')}, without {one.others} of "
            f"{one.employers_of_others}"
        ),
    )
