"""A comparison as text: what only one side requires, what both do, and the words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kg.printing import console, print_wide
from kg.table import draw_table
from kg.views.quotations import Quotations

if TYPE_CHECKING:
    from decimal import Decimal

    from rich.console import Console
    from rich.text import Text

    from kg.analysis.comparison import Comparison, Side
    from kg.analysis.comparison_rows import DegreeRow, PaySide, SkillRow
    from kg.analysis.findings import Finding
    from kg.analysis.support import Support
    from kg.necessities import Asked
    from kg.passages import Passages

Row = list["str | Text"]
SIDES: Final = ("a", "b")
MOST: Final = 25
"""Rows of a table, at most; the rest is counted, and stands in --json and --csv."""
VERBS: Final[Mapping[Asked, str]] = {
    "required": "require",
    "preferred": "prefer",
    "mentioned": "mention",
}
NEAREST: Final = 10
"""Rows of the table of what chance may explain."""


def print_comparison(comparison: Comparison, passages: Passages) -> None:
    """Print a comparison on stdout; the words come with their surroundings from `passages`."""
    _Printer(comparison, passages).print()


class _Printer:
    """One comparison on its way to stdout: a table a kind, then the postings that were quoted."""

    def __init__(self, comparison: Comparison, passages: Passages) -> None:
        self.of = comparison
        self.to: Console = console()
        self.quotations = Quotations((comparison.a.members, comparison.b.members), passages)

    def print(self) -> None:
        of, a, b = self.of, self.of.a.label, self.of.b.label
        self.to.print(f"[bold]{_plain(a)}[/] (a) against [bold]{_plain(b)}[/] (b)", soft_wrap=True)
        for name, side in zip(SIDES, (of.a, of.b), strict=True):
            self.to.print(_plain(f"  {name}: {side.label}: {_count(side)}"), soft_wrap=True)
        if of.caution:
            self.to.print(f"\n[bold]Caution.[/] {_plain(of.caution)}")
        if of.limits:
            self.to.print(f"\n{_plain(of.limits)}")
        if of.enough:
            self.separating()
        else:
            self.required(f"Only {a} requires", of.only_a)
            self.required("Both require", of.both)
            self.required(f"Only {b} requires", of.only_b)
        self.alternatives()
        if not of.enough:
            self.preferred()
        self.degrees()
        self.duties()
        self.pay()
        self.mentioned()
        lines = self.quotations.sources()
        if lines:
            self.to.print("\n[bold]Quoted[/]")
            for line in lines:
                self.to.print(_plain(f"  {line}"), soft_wrap=True)

    def required(self, head: str, rows: Sequence[SkillRow]) -> None:
        lines: list[Row] = [
            [row.label, *_counts(row), self.skill_words(row)] for row in rows[:MOST]
        ]
        columns = ["skill", *SIDES, "words"]
        self.table(f"{head} ({len(rows)})", columns, lines, empty=f"{head}: nothing")
        self.rest(rows)

    def separating(self) -> None:
        """Print what separates by more than chance, and what comes nearest to it."""
        a, b = self.of.a.label, self.of.b.label
        for way, verb in VERBS.items():
            rows, near = self.of.separating(way), self.of.near(way)
            for side, label in (("a", a), ("b", b)):
                part = [row for row in rows if _more(row.support) == side]
                if part:
                    head = f"{label}: more postings {verb} it than of the other ({len(part)})"
                    self.tested(head, part)
            if not rows and near:
                self.to.print(f"\n[bold]No skill that postings {verb} separates the two.[/]")
            if near and way == "required":
                head = f"Chance may explain these ({len(near)} tested): the largest differences"
                self.tested(head, near[:NEAREST])
        self.broader()

    def tested(self, head: str, rows: Sequence[SkillRow]) -> None:
        lines: list[Row] = [
            [
                row.label,
                *_shares(row.support),
                *_effect(row.finding),
                self.skill_words(row),
            ]
            for row in rows[:MOST]
        ]
        self.table(head, ["skill", *SIDES, "odds of b to a", "q", "words"], lines)
        self.rest(rows)

    def broader(self) -> None:
        """Print the concepts that separate as a whole."""
        lines: list[Row] = [
            [row.label, *_shares(row.support), *_effect(row.finding), ", ".join(row.members)]
            for row in self.of.broader[:MOST]
        ]
        head = f"As a whole, though none of its skills does alone ({len(self.of.broader)})"
        self.table(head, ["broader", *SIDES, "odds of b to a", "q", "skills"], lines)
        self.rest(self.of.broader)

    def alternatives(self) -> None:
        rows = self.of.alternatives
        lines: list[Row] = [
            [
                f"{row.minimum} of: {', '.join(row.members)}",
                row.necessity,
                *_support(row.support),
                self.quotations.of(row.support),
            ]
            for row in rows[:MOST]
        ]
        columns = ["alternative", "necessity", *SIDES, "words"]
        self.table(f"Alternatives: some of several are enough ({len(rows)})", columns, lines)
        self.rest(rows)

    def preferred(self) -> None:
        rows = self.of.asked("preferred")
        lines: list[Row] = [
            [row.label, *_counts(row), self.skill_words(row)] for row in rows[:MOST]
        ]
        self.table(f"Preferred ({len(rows)})", ["skill", *SIDES, "words"], lines)
        self.rest(rows)

    def degrees(self) -> None:
        lines: list[Row] = [
            [
                _degree(row),
                row.necessity,
                *_support(row.support),
                self.quotations.of(row.support, what=row.concept or row.label, asked=row.necessity),
            ]
            for row in self.of.degrees[:MOST]
        ]
        lines += [
            [
                row.label,
                row.necessity,
                *_support(row.support),
                self.quotations.of(row.support, asked=row.necessity),
            ]
            for row in self.of.experience[:MOST]
        ]
        asked = len(self.of.degrees) + len(self.of.experience)
        columns = ["asked for", "necessity", *SIDES, "words"]
        self.table(f"Degrees and experience ({asked})", columns, lines)
        self.rest(self.of.experience)

    def duties(self) -> None:
        lines: list[Row] = [
            [
                row.label,
                *_support(row.support),
                self.quotations.of(row.support, what=row.concept or row.label, section="duties"),
            ]
            for row in self.of.duties[:MOST]
        ]
        head = f"Duties: what they name ({len(self.of.duties)})"
        self.table(head, ["skill", *SIDES, "words"], lines)
        self.rest(self.of.duties)

    def pay(self) -> None:
        pay = self.of.pay
        lines: list[Row] = [
            [
                side.label,
                _money(stated.low),
                _money(stated.high),
                " ".join(filter(None, (stated.currency, _per(stated)))),
                self.quotations.first(stated.evidence),
            ]
            for side, stated in ((self.of.a, pay.a), (self.of.b, pay.b))
            if stated
        ]
        if pay.basis:
            low, high = (
                _money(end, sign=True) for end in (pay.low_difference, pay.high_difference)
            )
            lines.append(
                ["difference", low, high, "a year" if pay.basis == "annual" else "", ""],
            )
        self.table("Pay", ["", "low end", "high end", "", "words"], lines, right=(1, 2))

    def mentioned(self) -> None:
        """Name the skills that are nowhere asked for more strongly, side by side."""
        rows = [row for row in self.of.asked("mentioned") if not row.also_a and not row.also_b]
        heads = {
            "a": f"Only mentioned, by {self.of.a.label}",
            "both": "Only mentioned, by both",
            "b": f"Only mentioned, by {self.of.b.label}",
        }
        for side, head in heads.items():
            labels = [row.label for row in rows if row.support.side == side]
            if labels:
                said = f"{_plain(head)} ({len(labels)}):[/] {_plain(', '.join(labels))}"
                self.to.print(f"\n[bold]{said}")

    def rest(self, rows: Sequence[object]) -> None:
        """Count the rows that a table left out."""
        if len(rows) > MOST:
            self.to.print(f"  and {len(rows) - MOST} more: --json and --csv have them all")

    def skill_words(self, row: SkillRow) -> Text:
        what = row.concept or row.label
        return self.quotations.of(row.support, what=what, asked=row.necessity)

    def table(
        self,
        title: str,
        columns: Sequence[str],
        rows: Sequence[Row],
        *,
        right: Iterable[int] = (),
        empty: str = "",
    ) -> None:
        if rows:
            self.to.print()
            table = draw_table(columns, rows, self.to.width, title=title, right=right)
            print_wide(self.to, table)
        elif empty:
            self.to.print(f"\n[bold]{_plain(empty)}[/]")


def _counts(row: SkillRow) -> list[str]:
    """Return each side's count, with the postings that ask for the skill in another way."""
    return [
        "; ".join([count, *(f"{asked} in {number}" for asked, number in also.items())])
        for count, also in zip(_support(row.support), (row.also_a, row.also_b), strict=True)
    ]


def _support(support: Support) -> list[str]:
    return [f"{support.a} of {support.size_a}", f"{support.b} of {support.size_b}"]


def _shares(support: Support) -> list[str]:
    """Return each side's share with its interval, its counts, and its employers."""
    return [
        f"{share:.0%} [{ends[0]:.0%}, {ends[1]:.0%}]\n{count} of {size}; {employers} employers"
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


def _more(support: Support) -> str:
    return "a" if (support.share_a or 0) > (support.share_b or 0) else "b"


def _effect(finding: Finding | None) -> list[str]:
    """Return the odds ratio with its interval, and q."""
    if finding is None or finding.effect is None or finding.interval is None:
        return ["", "" if finding is None else _q(finding.q)]
    low, high = finding.interval
    ratio = [math.exp(one) for one in (finding.effect.log_odds, low, high)]
    return ["{:.2g} times\n[{:.2g}, {:.2g}]".format(*ratio), _q(finding.q)]


def _q(value: float) -> str:
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def _degree(row: DegreeRow) -> str:
    """Return "Master's degree in Physics; or related field", or what each side says of it."""
    sides = {
        name: "; ".join([f"in {', '.join(fields)}" if fields else "in any field", *qualifiers])
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


def _count(side: Side) -> str:
    postings = "1 posting" if side.postings == 1 else f"{side.postings} postings"
    employers = "1 employer" if side.employers == 1 else f"{side.employers} employers"
    copies = "1 copy" if side.left_out == 1 else f"{side.left_out} copies"
    return f"{postings}, {employers}" + (f"; {copies} left out" if side.left_out else "")


def _per(stated: PaySide) -> str:
    return f"a {stated.period.lower()}" if stated.period else ""


def _money(amount: Decimal | None, *, sign: bool = False) -> str:
    if amount is None:
        return ""
    return f"{amount:+,f}" if sign else f"{amount:,f}"


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
