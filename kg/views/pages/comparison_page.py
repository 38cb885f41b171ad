"""A comparison as a page: what separates two groups, with both shares, the odds and the words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from kg.analysis.comparison import LEVEL
from kg.analysis.comparison_rows import decimal_text
from kg.views.comparison_cells import side_count
from kg.views.figures import amount, q_text, signed
from kg.views.pages.charts import Axis, Mark, Share, amount_axis, odds_axis, share_axis
from kg.views.pages.frame import Link, no_link, page, render
from kg.views.pages.quoting import FromStore, Quoting, columns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from kg.analysis.comparison import Comparison
    from kg.analysis.comparison_rows import (
        AlternativeRow,
        BroaderRow,
        DegreeRow,
        DutyRow,
        ExperienceRow,
        PaySide,
        SkillRow,
    )
    from kg.analysis.findings import Finding
    from kg.analysis.support import SideName, Support
    from kg.necessities import Asked
    from kg.passages import Passages
    from kg.views.pages.charts import Tone
    from kg.views.pages.quoting import Column

WAYS: Final[tuple[tuple[Asked, str, str], ...]] = (
    ("required", "Required skills", "require"),
    ("preferred", "Preferred skills", "prefer"),
    ("mentioned", "Mentioned skills", "mention"),
)
NEAREST: Final = 6
"""Rows that chance may explain and that are shown; the others are folded away."""
SHOWN: Final = 12
"""Rows of a list that are shown unfolded."""
WHOLE: Final = 30
"""Rows of a list with a picture and words; of others there is the name and both counts."""


class _Supported(Protocol):
    """A row of a comparison: all have their counts."""

    @property
    def support(self) -> Support: ...


Row = TypeVar("Row", bound=_Supported)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the page: a name, both shares, what a test says, and the words."""

    name: str
    also: str
    a: Share
    b: Share
    mark: Mark | None
    odds: str
    q: str
    words: tuple[Column, ...]
    href: str | None
    employers: str


FOLDED: Final = 20
"""The same of rows that separate nothing."""
BRIEF: Final = 200
"""Rows of a list that are told in a few signs; what is beyond them is in --json and --csv."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A row that is told in a few signs: a name and both counts."""

    name: str
    a: int
    b: int
    href: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under a heading; `folded` ones are opened by who wants them, and so are the `rest`."""

    title: str
    tone: str
    lines: tuple[Line, ...]
    rest: tuple[Brief, ...] = ()
    folded: bool = False

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self.lines) + len(self.rest)


@dataclass(frozen=True, slots=True)
class Ways:
    """All skills asked for in one way; `none` says in words that nothing separates."""

    key: str
    title: str
    parts: tuple[Part, ...]
    none: str

    @property
    def count(self) -> int:
        """The number of rows."""
        return sum(part.count for part in self.parts)


@dataclass(frozen=True, slots=True)
class Money:
    """One side's pay: the medians of the low and of the high ends."""

    label: str
    tone: Tone
    low: float | None
    high: float | None
    text: str
    words: tuple[Column, ...]


def comparison_page(found: Comparison, passages: Passages) -> str:
    """Return the page of a comparison; words come from `passages`."""
    quoting = FromStore(passages, (*found.a.members, *found.b.members))
    made_by = f'kg show compare "{found.a.label}" "{found.b.label}"'
    return page(
        f"{found.a.label} against {found.b.label}",
        comparison(found, quoting),
        made_by=made_by,
    )


def comparison(found: Comparison, quoting: Quoting, link: Link = no_link) -> Markup:
    """Return a comparison as a fragment of a page."""
    return render("comparison.html", **_View(found, quoting, link).values())


def skill_marks(found: Comparison, asked: Asked = "required") -> list[tuple[str, Mark, Support]]:
    """Return what the chart of odds draws: each tested skill's label, mark and counts."""
    rows = [*found.separating(asked), *found.near(asked)]
    marked = ((row, _mark(row.finding)) for row in rows)
    return [(row.label, mark, row.support) for row, mark in marked if mark]


class _View:
    """What the template is given."""

    def __init__(self, found: Comparison, quoting: Quoting, link: Link) -> None:
        self.of = found
        self.quoting = quoting
        self.link = link
        self.members = [
            frozenset(one.posting for one in side.members) for side in (found.a, found.b)
        ]

    def values(self) -> dict[str, object]:
        of = self.of
        ways = [made for made in (self._ways(*way) for way in WAYS) if made.count]
        broader = self._part("", "", of.broader, self._broader)
        lines = [line for made in ways for part in made.parts for line in part.lines]
        lines += broader.lines
        money = self._money()
        return {
            "found": of,
            "sides": [("a", of.a, side_count(of.a)), ("b", of.b, side_count(of.b))],
            "ways": ways,
            "broader": broader,
            "shares": share_axis(share for line in lines for share in (line.a, line.b)),
            "odds": odds_axis(line.mark for line in lines if line.mark),
            "separability": self._whole(),
            "alternatives": self._part("", "", of.alternatives, self._alternative, SHOWN),
            "degrees": [self._degree(row) for row in of.degrees[:SHOWN]],
            "experience": self._part("", "", of.experience, self._experience, SHOWN),
            "duties": self._part("", "", of.duties, self._duty, SHOWN),
            "whole_share": Axis(0, 1, ((0.0, "0"), (0.5, "50%"), (1.0, "100%"))),
            "years": self._years(),
            "money": money,
            "money_axis": amount_axis(
                [end for one in money for end in (one.low, one.high) if end is not None]
            ),
            "pay_note": self._pay_note(),
            "shown": SHOWN,
            "most_brief": BRIEF,
        }

    def _ways(self, asked: Asked, title: str, verb: str) -> Ways:
        of, a, b = self.of, self.of.a.label, self.of.b.label
        parts = []
        if not of.enough:
            heads: tuple[tuple[SideName, str, str], ...] = (
                ("a", f"Only {a}", "a"),
                ("both", "Both", ""),
                ("b", f"Only {b}", "b"),
            )
            for side, head, tone in heads:
                rows = of.asked(asked, side)
                if rows:
                    parts.append(
                        self._part(head, tone, rows, self._skill, folded=asked == "mentioned")
                    )
            return Ways(asked, title, tuple(parts), "")
        rows, near = of.separating(asked), of.near(asked)
        for above, tone, label in ((False, "a", a), (True, "b", b)):
            some = [row for row in rows if (_more(row) > 0) == above]
            if some:
                parts.append(self._part(f"More in {label}", tone, some, self._skill))
        first, rest = near[:NEAREST], near[NEAREST:]
        if first:
            head = "Chance may explain these: the largest differences"
            parts.append(self._part(head, "quiet", first, self._skill))
        if rest:
            head = f"{len(rest):,} more that do not separate the two"
            parts.append(self._part(head, "quiet", rest, self._skill, FOLDED, folded=True))
        rare = [row for row in of.asked(asked) if row.finding is None]
        if rare:
            head = f"{len(rare):,} that too few postings {verb} to be tested"
            parts.append(self._part(head, "quiet", rare, self._skill, 0, folded=True))
        none = f"No skill that postings {verb} separates the two." if near and not rows else ""
        return Ways(asked, title, tuple(parts), none)

    def _part(
        self,
        title: str,
        tone: str,
        rows: Sequence[Row],
        make: Callable[[Row], Line],
        whole: int = WHOLE,
        *,
        folded: bool = False,
    ) -> Part:
        """Return rows of which the first `whole` have picture and words."""
        rest = [
            Brief(_name(row), row.support.a, row.support.b, self._href(row)) for row in rows[whole:]
        ]
        return Part(title, tone, tuple(map(make, rows[:whole])), tuple(rest), folded)

    def _href(self, row: _Supported) -> str | None:
        concept = getattr(row, "concept", None)
        return self.link("skill", concept) if concept else None

    def _broader(self, row: BroaderRow) -> Line:
        return self._line(row, row.label, ", ".join(row.members))

    def _alternative(self, row: AlternativeRow) -> Line:
        return self._line(row, _name(row), row.necessity)

    def _experience(self, row: ExperienceRow) -> Line:
        return self._line(row, row.label, row.necessity, asked=row.necessity)

    def _duty(self, row: DutyRow) -> Line:
        return self._line(row, row.label, "", what=row.concept or row.label, section="duties")

    def _skill(self, row: SkillRow) -> Line:
        ways = [
            f"{way} in {count} of {side}"
            for side, also in (("A", row.also_a), ("B", row.also_b))
            for way, count in sorted(also.items())
        ]
        return self._line(
            row,
            row.label,
            f"also {', '.join(ways)}" if ways and not self.of.enough else "",
            what=row.concept or row.label,
            asked=row.necessity,
        )

    def _degree(self, row: DegreeRow) -> Line:
        said = [
            f"{side}: {'; '.join([*fields[:6], *qualifiers])}"
            for side, fields, qualifiers in (
                ("A", row.fields_a, row.qualifiers_a),
                ("B", row.fields_b, row.qualifiers_b),
            )
            if fields or qualifiers
        ]
        return self._line(
            row,
            row.label,
            row.necessity,
            what=row.concept or row.label,
            asked=row.necessity,
            employers=" · ".join(said),
        )

    def _line(
        self,
        row: _Supported,
        name: str,
        also: str,
        *,
        what: str | None = None,
        asked: str | None = None,
        section: str | None = None,
        employers: str = "",
    ) -> Line:
        support = row.support
        finding: Finding | None = getattr(row, "finding", None)
        sides = [
            (side.label, tone, postings, count)
            for side, tone, postings, count in zip(
                (self.of.a, self.of.b), "ab", self.members, (support.a, support.b), strict=True
            )
        ]
        counted = f"employers: {support.employers_a} of A, {support.employers_b} of B"
        return Line(
            name=name,
            also=also,
            a=Share(support.a, support.size_a),
            b=Share(support.b, support.size_b),
            mark=_mark(finding),
            odds=_odds(finding),
            q="" if finding is None else q_text(finding.q),
            words=columns(
                self.quoting, support.evidence, sides, what=what, asked=asked, section=section
            ),
            href=self._href(row),
            employers=f"{employers} · {counted}" if employers else counted,
        )

    def _whole(self) -> str:
        found = self.of.separability
        if found is None:
            return ""
        low, high = found.interval
        return (
            f"Taken together, what postings require tells {found.accuracy:.0%} of them apart "
            f"[{low:.0%}, {high:.0%}], asked of employers that the model has not seen; guessing "
            f"tells {found.baseline:.0%}."
        )

    def _years(self) -> dict[str, object] | None:
        years = self.of.years
        if years.a is None and years.b is None:
            return None
        known = [one for one in (years.a, years.b) if one is not None]
        text = ""
        if years.difference is not None:
            ends = (
                f" [{signed(years.interval[0], 1)}, {signed(years.interval[1], 1)}]"
                if years.interval
                else "; too few postings for an interval"
            )
            text = f"B asks for {signed(years.difference, 1)} years{ends}."
        sides = [
            (label, tone, value, count)
            for label, tone, value, count in (
                (self.of.a.label, "a", years.a, years.postings_a),
                (self.of.b.label, "b", years.b, years.postings_b),
            )
        ]
        top = amount_axis([0.0, max(*known, 2.0)], most=5)
        return {"sides": sides, "axis": top, "text": text}

    def _money(self) -> list[Money]:
        made = []
        for side, tone, pay, postings in (
            (self.of.a, "a", self.of.pay.a, self.members[0]),
            (self.of.b, "b", self.of.pay.b, self.members[1]),
        ):
            if pay:
                words = columns(
                    self.quoting, pay.evidence, [(side.label, tone, postings, pay.postings)]
                )
                ends = [None if end is None else float(end) for end in (pay.low, pay.high)]
                made.append(Money(side.label, tone, ends[0], ends[1], _pay_text(pay), words))  # type: ignore[arg-type]
        return made

    def _pay_note(self) -> str:
        pay = self.of.pay
        if pay.basis is None:
            return f"Not compared: {pay.note}." if pay.note and (pay.a or pay.b) else ""
        ends = [
            f"{signed(float(value))} at the {end} end"
            for end, value in (("low", pay.low_difference), ("high", pay.high_difference))
            if value is not None
        ]
        unit = " a year" if pay.basis == "annual" else ""
        return f"B pays {' and '.join(ends)}{unit}." if ends else ""


def _name(row: _Supported) -> str:
    """Return what a row is called: its label, or "2 of Java, C++, Python"."""
    members = getattr(row, "members", ())
    minimum = getattr(row, "minimum", None)
    return str(row.label) if minimum is None else f"{minimum} of {', '.join(members)}"  # type: ignore[attr-defined]


def _pay_text(pay: PaySide) -> str:
    ends = [amount(float(text)) for text in map(decimal_text, (pay.low, pay.high)) if text]
    period = f"a {pay.period.lower()}" if pay.period else ""
    return " ".join(filter(None, [" to ".join(ends), pay.currency, period]))


def _more(row: SkillRow | BroaderRow) -> float:
    return (row.support.share_b or 0.0) - (row.support.share_a or 0.0)


def _mark(found: Finding | None) -> Mark | None:
    if found is None or found.effect is None:
        return None
    low, high = found.interval or (None, None)
    value = found.effect.log_odds
    tone: Tone = "quiet" if found.q > LEVEL else "b" if value > 0 else "a"
    return Mark(value, low, high, tone)


def _odds(found: Finding | None) -> str:
    """Return the odds ratio and its interval in words: "0.3 times [0.1, 0.8]"."""
    if found is None or found.effect is None or found.interval is None:
        return ""
    ratios: Sequence[float] = [math.exp(one) for one in (found.effect.log_odds, *found.interval)]
    said = [f"{one:.0f}" if one >= 10 else f"{one:.2g}" for one in ratios]
    return f"{said[0]} times [{said[1]}, {said[2]}]"
