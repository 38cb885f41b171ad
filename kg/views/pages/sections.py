"""Sections: any list of a result as rows with one small picture each, to put pages together from.

A page on a skill, a role or an employer is a heading and sections, each made from one result: the
rows of a named question, pairs, likenesses, pay, a trend.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kg.analysis.pairs import LEVEL as PAIR_LEVEL
from kg.plurals import counted
from kg.views.figures import amount, q_text
from kg.views.pages.charts import Axis, Band, Mark, Share, amount_axis, share_axis
from kg.views.pages.frame import Link, no_link, percent, render
from kg.views.pages.pay_page import band_of, pay_axis, premium_axis, premium_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from kg.analysis.cooccurrence import Cooccurrence
    from kg.analysis.pay_rows import PayReport
    from kg.analysis.similar import Similar
    from kg.rows import Rows
    from kg.views.pages.quoting import Quoted

Picture: TypeAlias = Mark | Share | Band
Chart: TypeAlias = Literal["interval", "bar", "band"]

SHOWN: Final = 12
"""Rows that are shown unfolded."""
MOST: Final = 60
"""Rows with a picture."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its name, a line below it, its value in words, and its picture."""

    name: str
    also: str
    value: str
    picture: Picture | None
    href: str | None = None
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading. `value` names what stands in the middle; `more` rows are left out."""

    key: str
    title: str
    note: str
    chart: Chart
    axis: Axis
    value: str
    rows: tuple[Row, ...]
    zero: float | None = None
    more: int = 0
    caution: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A number that stands large at the head of a page."""

    value: str
    name: str


def sections(found: Iterable[Section]) -> Markup:
    """Return sections as a fragment of a page; those without rows and caution are left out."""
    kept = [one for one in found if one.rows or one.caution]
    return render("sections.html", sections=kept, shown=SHOWN)


def heading(kind: str, title: str, lead: str, facts: Sequence[Fact] = ()) -> Markup:
    """Return the head of a page: what it is about, in one sentence and a few large numbers."""
    return render("heading.html", kind=kind, title=title, lead=lead, facts=facts)


def passages(title: str, quotes: Sequence[Quoted], more: int = 0) -> Markup:
    """Return words of postings as a fragment of a page."""
    return render("passages.html", title=title, quotes=quotes, more=more)


def table(title: str, rows: Rows, columns: Sequence[str], most: int = 100) -> Markup:
    """Return some columns of an answer as a plain table."""
    found = [[row[name] for name in columns] for row in rows.to_dicts()]
    return render("table.html", title=title, columns=columns, rows=found[:most], total=len(found))


def of_counts(
    key: str,
    title: str,
    rows: Iterable[tuple[str, str, int, int, str | None]],
    *,
    note: str = "",
) -> Section:
    """Return shares: name, a line below, count, of how many, and an address."""
    made = [
        Row(name, also, percent(count / size) if size else "–", Share(count, size), href)
        for name, also, count, size, href in rows
    ]
    axis = share_axis(one.picture for one in made if isinstance(one.picture, Share))
    rows_ = tuple(made[:MOST])
    return Section(key, title, note, "bar", axis, "share", rows_, more=max(0, len(made) - MOST))


def of_numbers(
    key: str, title: str, rows: Iterable[tuple[str, str, int, str | None]], *, note: str = ""
) -> Section:
    """Return numbers of postings as bars: name, a line below, number, and an address."""
    found = list(rows)
    axis = amount_axis([0.0, max((count for _, _, count, _ in found), default=1)], whole=True)
    made = tuple(
        Row(name, also, f"{count:,}", Mark(count, None, None), href)
        for name, also, count, href in found[:MOST]
    )
    more = max(0, len(found) - MOST)
    return Section(key, title, note, "bar", axis, "postings", made, more=more)


def of_pairs(found: Cooccurrence, skill: str, link: Link = no_link) -> Section:
    """Return what is asked for together with a skill, by its node, as NPMI with intervals."""
    made = []
    for pair in found.pairs:
        if pair.npmi is None:
            continue
        other, label = (pair.b, pair.label_b) if pair.a == skill else (pair.a, pair.label_a)
        low, high = pair.interval or (None, None)
        sure = pair.sure and pair.q is not None and pair.q <= PAIR_LEVEL
        mark = Mark(pair.npmi, low, high, "a" if sure else "quiet")
        also = f"{pair.together} together, {counted(pair.employers, 'employer')}"
        made.append(Row(label, also, f"{pair.npmi:.2f}", mark, link("skill", other)))
    ends = [end for one in made[:MOST] if (end := _end(one)) is not None]
    return Section(
        "together",
        "Asked for together",
        "Normalised pointwise mutual information: 1 never without one another, 0 by chance. Pale: "
        "chance may explain it.",
        "interval",
        amount_axis([0.0, *ends]),
        "NPMI",
        tuple(made[:MOST]),
        zero=0.0,
        more=max(0, len(made) - MOST),
        caution=found.caution,
    )


def of_likeness(found: Similar, link: Link = no_link) -> Section:
    """Return what is like a thing, with its interval; below it the skills that make it so."""
    rows = []
    for one in found.rows:
        also = [", ".join(one.shared)]
        if one.interval is None and one.overlap_interval is not None:
            low, high = one.overlap_interval
            also.append(f"overlap {one.overlap:.2f}, 95% {low:.2f} to {high:.2f}")
        if one.not_enough_data:
            also.append(one.not_enough_data)
        mark = Mark(one.likeness, *(one.interval or (None, None)))
        value, address = f"{one.likeness:.2f}", link(found.kind, one.key)
        rows.append(Row(one.label, "; ".join(filter(None, also)), value, mark, address))
    return Section(
        "alike",
        f"Like {found.label}",
        f"By the skills that postings ask for; below each what makes it so. {found.uncertainty}",
        "interval" if any(one.interval for one in found.rows) else "bar",
        Axis(0.0, 1.0, ((0.0, "0"), (0.5, "0.5"), (1.0, "1"))),
        "likeness",
        tuple(rows),
        caution=found.caution,
    )


def of_pay(found: PayReport, link: Link = no_link) -> Section:
    """Return pay by group as bands; where there are too few, the note says so."""
    groups = [found.whole, *(one for one in found.groups if one.quantiles)]
    rows = []
    for one in groups:
        band = band_of(one)
        if band is None:
            continue
        half = "open" if band.half is None else amount(band.half)
        name = "All" if one is found.whole else one.label
        also = f"{one.postings} of {counted(one.of, 'posting')}"
        rows.append(Row(name, also, half, band, link(found.by, one.label)))
    basis = "A board's estimates. " if found.basis == "estimated" else ""
    return Section(
        "pay",
        f"Pay, {found.currency} a year" if found.currency else "Pay",
        f"{basis}The middle eight tenths, the middle half, and the half with its interval.",
        "band",
        pay_axis(groups),
        "half up to",
        tuple(rows[:MOST]),
        more=max(0, len(rows) - MOST),
        caution=None if rows or not found.whole.note else f"{found.whole.note}.",
    )


def of_premiums(found: PayReport, link: Link = no_link) -> Section:
    """Return what skills are paid; without premiums the reason stands as a caution."""
    rows = [
        Row(
            one.label,
            f"q {q_text(one.q)}",
            f"{one.premium:+.1%}",
            premium_mark(one),
            link("skill", one.concept) if one.concept else None,
        )
        for one in found.premiums or ()
    ]
    return Section(
        "premium",
        "What it is paid" if len(rows) == 1 else "What skills are paid",
        "Role, level and place held fixed; a difference between postings, not what learning the "
        "skill would earn.",
        "interval",
        premium_axis(one.picture for one in rows if isinstance(one.picture, Mark)),
        "more pay",
        tuple(rows[:SHOWN]),
        zero=0.0,
        more=max(0, len(rows) - SHOWN),
        caution=found.refusal,
    )


def _end(row: Row) -> float | None:
    mark = row.picture
    return (mark.high if mark.high is not None else mark.value) if isinstance(mark, Mark) else None
