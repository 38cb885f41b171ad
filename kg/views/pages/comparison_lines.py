"""The rows of a comparison's page: what is shown, what is folded away, in which words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from kg.analysis.comparison import LEVEL
from kg.analysis.comparison_rows import SupportedRow, VerbRow
from kg.views.comparison_cells import fields_text
from kg.views.figures import q_text
from kg.views.pages.charts import Mark, Share
from kg.views.pages.frame import Link
from kg.views.pages.quoting import MOST, Quoting, columns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.analysis.comparison import Comparison
    from kg.analysis.comparison_rows import (
        AlternativeRow,
        BroaderRow,
        DegreeRow,
        DutyRow,
        ExperienceRow,
        ModeRow,
        SkillRow,
    )
    from kg.analysis.findings import Finding
    from kg.analysis.support import SideName, Support
    from kg.necessities import Asked
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
WHOLE: Final = 20
"""Rows of a list with a picture and words; of others there is the name and both counts."""
FOLDED: Final = 10
"""The same of rows that are folded away."""
BRIEF: Final = 200
"""Rows of a list that are told in a few signs; what is beyond them is in --json and --csv."""


Row = TypeVar("Row", bound=SupportedRow)
WordsAt: TypeAlias = "Callable[[SupportedRow], str]"
"""Where the words of a row have a page of their own."""


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
    words_at: str | None = None
    """Where the words are, when they are not here."""


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


class Lines:
    """Turns the rows of a comparison into rows of its page.

    With `words_at` the rows say where their words are instead of having them.
    """

    def __init__(
        self, found: Comparison, quoting: Quoting, link: Link, words_at: WordsAt | None = None
    ) -> None:
        self.of = found
        self.quoting = quoting
        self.link = link
        self.words_at = words_at
        self.members = [
            frozenset(one.posting for one in side.members) for side in (found.a, found.b)
        ]

    def ways(self, asked: Asked, title: str, verb: str) -> Ways:
        """Return all skills asked for in one way, by what separates."""
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
                    folded = asked == "mentioned"
                    whole = FOLDED if folded else WHOLE
                    parts.append(self.part(head, tone, rows, self.skill, whole, folded=folded))
            return Ways(asked, title, tuple(parts), "")
        rows, near = of.separating(asked), of.near(asked)
        for above, tone, label in ((False, "a", a), (True, "b", b)):
            some = [row for row in rows if (_more(row) > 0) == above]
            if some:
                parts.append(self.part(f"More in {label}", tone, some, self.skill))
        first, rest = near[:NEAREST], near[NEAREST:]
        if first:
            head = "Chance may explain these: the largest differences"
            parts.append(self.part(head, "quiet", first, self.skill))
        if rest:
            head = f"{len(rest):,} more that do not separate the two"
            parts.append(self.part(head, "quiet", rest, self.skill, FOLDED, folded=True))
        rare = [row for row in of.asked(asked) if row.finding is None]
        if rare:
            head = f"{len(rare):,} that too few postings {verb} to be tested"
            parts.append(self.part(head, "quiet", rare, self.skill, 0, folded=True))
        none = f"No skill that postings {verb} separates the two." if near and not rows else ""
        return Ways(asked, title, tuple(parts), none)

    def part(
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
            Brief(row.label, row.support.a, row.support.b, self.href(row)) for row in rows[whole:]
        ]
        return Part(title, tone, tuple(map(make, rows[:whole])), tuple(rest), folded)

    def verbs(self) -> Part:
        """Return the duties as verbs of scope, the surest difference first where it was tested."""
        rows = self.of.verbs
        if self.of.enough:
            rows = tuple(sorted(rows, key=lambda row: row.finding.p if row.finding else 1.0))
        return self.part("", "", rows, self.verb)

    def href(self, row: SupportedRow) -> str | None:
        """Return the address of the page on what a row is about."""
        concept = None if isinstance(row, VerbRow) else getattr(row, "concept", None)
        return self.link("skill", concept) if concept else None

    def broader(self, row: BroaderRow) -> Line:
        """Return a concept above several skills, with these."""
        return self.line(row, ", ".join(row.members))

    def alternative(self, row: AlternativeRow) -> Line:
        """Return a choice."""
        return self.line(row, row.necessity)

    def experience(self, row: ExperienceRow) -> Line:
        """Return years and what they are in."""
        return self.line(row, row.necessity)

    def duty(self, row: DutyRow) -> Line:
        """Return a skill that the duties name."""
        return self.line(row, "")

    def mode(self, row: ModeRow) -> Line:
        """Return a work mode."""
        return self.line(row, "")

    def verb(self, row: VerbRow) -> Line:
        """Return a duty, with the family that it belongs to."""
        return self.line(row, row.family or "")

    def skill(self, row: SkillRow) -> Line:
        """Return a skill."""
        ways = [
            f"{way} in {count} of {side}"
            for side, also in (("A", row.also_a), ("B", row.also_b))
            for way, count in sorted(also.items())
        ]
        return self.line(row, f"also {', '.join(ways)}" if ways and not self.of.enough else "")

    def degree(self, row: DegreeRow) -> Line:
        """Return a degree with the fields and qualifiers of both sides."""
        said = [
            f"{side}: {'; '.join([*([fields_text(fields)] if fields else []), *qualifiers])}"
            for side, fields, qualifiers in (
                ("A", row.fields_a, row.qualifiers_a),
                ("B", row.fields_b, row.qualifiers_b),
            )
            if fields or qualifiers
        ]
        return self.line(row, row.necessity, " · ".join(said))

    def line(self, row: SupportedRow, also: str, employers: str = "") -> Line:
        """Return a row with its words."""
        support = row.support
        finding: Finding | None = getattr(row, "finding", None)
        counted = f"employers: {support.employers_a} of A, {support.employers_b} of B"
        return Line(
            name=row.label,
            also=also,
            a=Share(support.a, support.size_a),
            b=Share(support.b, support.size_b),
            mark=_mark(finding),
            odds=_odds(finding),
            q="" if finding is None else q_text(finding.q),
            words=() if self.words_at else self.words(support),
            href=self.href(row),
            employers=f"{employers} · {counted}" if employers else counted,
            words_at=self.words_at(row) if self.words_at else None,
        )

    def words(self, support: Support, most: int = MOST) -> tuple[Column, ...]:
        """Return the first words of each side."""
        sides = [
            (side.label, tone, postings, count)
            for side, tone, postings, count in zip(
                (self.of.a, self.of.b), "ab", self.members, (support.a, support.b), strict=True
            )
        ]
        return columns(self.quoting, support.evidence, sides, most)


def skill_marks(found: Comparison, asked: Asked = "required") -> list[tuple[str, Mark, Support]]:
    """Return what the chart of odds draws: each tested skill's label, mark and counts."""
    rows = [*found.separating(asked), *found.near(asked)]
    marked = ((row, _mark(row.finding)) for row in rows)
    return [(row.label, mark, row.support) for row, mark in marked if mark]


def strongest(row: DegreeRow) -> tuple[int, int]:
    """Put what is required first, and of that what most postings ask for."""
    order = ("required", "alternative", "preferred", "mentioned")
    return order.index(row.necessity), -(row.support.a + row.support.b)


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
