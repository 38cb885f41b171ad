"""A ladder as a page: the levels as steps, what each is paid and asks, and what each adds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from kg.analysis.caution import COMMON, SMALL
from kg.analysis.comparison import LEVEL
from kg.analysis.separation import MINIMUM_EMPLOYERS, MINIMUM_POSTINGS
from kg.analysis.shares import postings_needed
from kg.plurals import counted
from kg.views.figures import amount, difference, interval, odds, points, q_text, signed
from kg.views.pages.charts import Axis, Mark, Share, amount_axis
from kg.views.pages.frame import Link, no_link, page, render
from kg.views.pages.quoting import FromStore, Quoting, columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from markupsafe import Markup

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
    from kg.views.pages.quoting import Column

TESTED: Final[dict[Change, str]] = {"added": "Adds", "dropped": "Drops", "kept": "Keeps"}
SEEN: Final[dict[Change, str]] = {
    "added": "Above only",
    "dropped": "Below only",
    "kept": "On both",
}
"""What a change is called where chance was not tested."""
SHOWN: Final = 6
"""Skills of a change that are shown; more are folded away, up to `MOST`."""
MOST: Final = 24


@dataclass(frozen=True, slots=True)
class Level:
    """A rung: its counts, its marks on the axes of pay and years, and its degrees."""

    name: str
    href: str | None
    postings: int
    employers: int
    pay: Mark | None
    pay_text: str
    years: Mark | None
    years_text: str
    degrees: tuple[tuple[str, Share], ...]


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill on a step."""

    name: str
    below: Share
    above: Share
    facts: tuple[tuple[str, str], ...]
    words: tuple[Column, ...]
    href: str | None


@dataclass(frozen=True, slots=True)
class Changed:
    """The skills of one change; `rest` are names without more."""

    title: str
    tone: str
    count: int
    skills: tuple[Skill, ...]
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rise:
    """From one level to the next."""

    below: str
    above: str
    enough: bool
    lines: tuple[str, ...]
    cautions: tuple[str, ...]
    changes: tuple[Changed, ...]
    duties: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Along:
    """What rises or falls along all levels: a mark a level, on an axis of its own."""

    kind: str
    name: str
    rises: bool
    axis: Axis
    marks: tuple[tuple[str, Mark | None, str], ...]
    text: str
    words: tuple[Column, ...]


def ladder_page(found: Ladder, passages: Passages) -> str:
    """Return the page of a ladder; words come from `passages`."""
    members = chain.from_iterable(rung.side.members for rung in found.rungs)
    made_by = f'kg show ladder "{found.role}"'
    return page(
        f"{found.role}: its levels", ladder(found, FromStore(passages, members)), made_by=made_by
    )


def ladder(found: Ladder, quoting: Quoting, link: Link = no_link) -> Markup:
    """Return a ladder as a fragment of a page."""
    rungs = {rung.level: rung for rung in found.rungs}
    return render(
        "ladder.html",
        found=found,
        postings=sum(rung.side.postings for rung in found.rungs),
        rungs=levels(found, link),
        left_out=", ".join(f"{level} ({count})" for level, count in found.left_out),
        rises=[
            _rise(step, rungs[step.below], rungs[step.above], quoting, link) for step in found.steps
        ],
        along=[_along(one, found, quoting) for one in found.trends or () if one.trend.q <= LEVEL],
        tested=len(found.trends or ()),
        untested="" if all(step.enough for step in found.steps) else _needed(),
        shown=SHOWN,
    )


def levels(found: Ladder, link: Link = no_link) -> Markup:
    """Return the levels of a ladder alone: pay, years and degrees, the lowest first."""
    pays = [one for rung in found.rungs for one in _ends(rung.pay)]
    years = [one for rung in found.rungs for one in _ends(rung.years)]
    return render(
        "levels.html",
        found=found,
        levels=[_level(rung, link, found.role) for rung in found.rungs],
        pay_axis=amount_axis(pays) if pays else None,
        years_axis=amount_axis([0.0, *years]) if years else None,
        currency=next((rung.pay.currency for rung in found.rungs if rung.pay.currency), None),
    )


def _needed() -> str:
    needed = postings_needed(COMMON, COMMON + SMALL)
    return (
        f"A step is tested where both levels have {MINIMUM_POSTINGS} postings of "
        f"{MINIMUM_EMPLOYERS} employers. To show a skill that {COMMON:.0%} of one level and "
        f"{COMMON + SMALL:.0%} of the next require, {needed} postings a level are needed."
    )


def _ends(middle: Middle) -> Iterable[float]:
    if middle.median is not None:
        yield from (middle.median, *(middle.interval or ()))


def _level(rung: Rung, link: Link, role: str) -> Level:
    return Level(
        name=rung.level,
        href=link("position", f"{role} {rung.level}"),
        postings=rung.side.postings,
        employers=rung.side.employers,
        pay=_mark(rung.pay),
        pay_text=_middle(rung.pay, 0),
        years=_mark(rung.years),
        years_text=_middle(rung.years, 1),
        degrees=tuple((one.label or "none", Share(one.count, one.size)) for one in rung.degrees),
    )


def _mark(middle: Middle) -> Mark | None:
    if middle.median is None:
        return None
    low, high = middle.interval or (None, None)
    return Mark(middle.median, low, high, "a")


def _middle(middle: Middle, digits: int) -> str:
    if middle.median is None:
        return "not stated"
    ends = f" {interval(*middle.interval, digits)}" if middle.interval else ""
    return f"{amount(middle.median, digits)}{ends}, {counted(middle.postings, 'posting')}"


def _rise(step: Step, below: Rung, above: Rung, quoting: Quoting, link: Link) -> Rise:
    lines = [
        f"{name}: {difference(one, digits)}"
        for name, one, digits in (("Years", step.years, 1), ("Pay", step.pay, 0))
        if one.value is not None
    ]
    if not step.enough:
        lines.append("Not tested: this is what these postings require, not what the levels do.")
    said = (step.caution, step.limits) if step.enough else ()
    return Rise(
        step.below,
        step.above,
        step.enough,
        tuple(lines),
        tuple(one for one in said if one),
        _changes(step, step.skills, lambda row: _skill(row, below, above, quoting, link)),
        _changes(step, step.verbs, lambda row: _skill(row, below, above, quoting))
        if step.verbs
        else (),
    )


def _changes(
    step: Step, rows: Sequence[StepSkill], made: Callable[[StepSkill], Skill]
) -> tuple[Changed, ...]:
    """Return what a step adds, drops and keeps of its skills or of its duties."""
    tones = {"added": "b", "dropped": "a", "kept": ""}
    found = []
    for change, title in (TESTED if step.enough else SEEN).items():
        some = [row for row in rows if row.change == change]
        found.append(
            Changed(
                title=title,
                tone=tones[change],
                count=len(some),
                skills=tuple(map(made, some[:MOST])),
                rest=tuple(row.label for row in some[MOST:]),
            )
        )
    return tuple(found)


def _skill(
    row: StepSkill, below: Rung, above: Rung, quoting: Quoting, link: Link | None = None
) -> Skill:
    """Return a skill; a duty where there is no `link`: duties have no pages, nor a necessity."""
    support = row.support
    ratio, q = odds(row.finding)
    facts = [
        (f"odds of {above.level} to {below.level}", ratio.replace("\n", " ")),
        ("q", q),
        ("postings a level that would show it", f"{row.needed:,}" if row.needed else ""),
    ]
    sides = [
        (rung.level, tone, frozenset(one.posting for one in rung.side.members), count)
        for rung, tone, count in ((below, "a", support.a), (above, "b", support.b))
    ]
    return Skill(
        name=row.label,
        below=Share(support.a, support.size_a),
        above=Share(support.b, support.size_b),
        facts=tuple((name, said) for name, said in facts if said),
        words=columns(quoting, support.evidence, sides),
        href=link("skill", row.concept) if link and row.concept else None,
    )


def _along(one: LadderTrend, found: Ladder, quoting: Quoting) -> Along:
    trend = one.trend
    low, high = trend.interval
    if one.middles:
        digits = 1 if one.kind == "years" else 0
        known = [value for value in one.middles if value is not None]
        axis = amount_axis([0.0, *known])  # bars begin at nothing
        marks = tuple(
            (
                rung.level,
                None if value is None else Mark(value, None, None),
                amount(value, digits) or "–",
            )
            for rung, value in zip(found.rungs, one.middles, strict=True)
        )
        ends = f"[{signed(low, digits)}, {signed(high, digits)}]"
        text = f"{signed(trend.slope, digits)} a level {ends}, q {q_text(trend.q)}"
    else:
        shares = [Share(count, size) for count, size in one.counts]
        top = max([share.interval[1] for share in shares if share.interval], default=1.0)
        axis = Axis(0.0, top)
        marks = tuple(
            (
                rung.level,
                None if share.share is None else Mark(share.share, *(share.interval or (0.0, 1.0))),
                f"{share.share or 0:.0%}",
            )
            for rung, share in zip(found.rungs, shares, strict=True)
        )
        ends = f"[{points(low)}, {points(high)}]"
        text = f"{points(trend.slope)} points a level {ends}, q {q_text(trend.q)}"
    postings = sum(count for count, _ in one.counts)
    words = columns(quoting, one.evidence, [("", "", None, postings)])
    kind = "duty" if one.kind == "verb" else ""
    return Along(kind, one.label, trend.slope > 0, axis, marks, text, words)
