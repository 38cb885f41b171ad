"""A comparison as text: what only one side requires, what both do, and the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kg.plurals import counted
from kg.views.comparison_cells import (
    counts_cells,
    degree_cell,
    money,
    more_side,
    pay_period,
    share_cells,
    side_count,
    support_cells,
    years_line,
)
from kg.views.figures import difference, odds
from kg.views.printer import MOST, Printer
from kg.views.quotations import Quotations

if TYPE_CHECKING:
    from rich.text import Text

    from kg.analysis.comparison import Comparison
    from kg.analysis.comparison_rows import ModeRow, SkillRow, VerbRow
    from kg.necessities import Asked
    from kg.passages import Passages

Row = list["str | Text"]
SIDES: Final = ("a", "b")
VERBS: Final[Mapping[Asked, str]] = {
    "required": "require",
    "preferred": "prefer",
    "mentioned": "mention",
}
NEAREST: Final = 10
"""Rows of the table of what chance may explain; and of each table of what is not tested, in groups
so large that few of its rows say more than that one posting asks for something."""
NAMED: Final = 20
"""Skills that are only mentioned and named, a side; the others are counted."""


def print_comparison(comparison: Comparison, passages: Passages) -> None:
    """Print a comparison on stdout; the words come with their surroundings from `passages`."""
    _Comparing(comparison, passages).print()


class _Comparing:
    """One comparison on its way to stdout: a table a kind, then the postings that were quoted."""

    def __init__(self, comparison: Comparison, passages: Passages) -> None:
        self.of = comparison
        self.to = Printer()
        self.most = NEAREST if comparison.enough else MOST
        self.quotations = Quotations((comparison.a.members, comparison.b.members), passages)

    def print(self) -> None:
        of, a, b = self.of, self.of.a.label, self.of.b.label
        self.to.title(a, " (a) against ", b, " (b)")
        for name, side in zip(SIDES, (of.a, of.b), strict=True):
            self.to.line(f"  {name}: {side.label}: {side_count(side)}")
        self.to.note(of.caution, "Caution.")
        self.to.note(of.limits)
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
        self.modes()
        self.verbs()
        self.duties()
        self.pay()
        self.mentioned()
        self.to.quoted(self.quotations)

    def required(self, head: str, rows: Sequence[SkillRow]) -> None:
        lines: list[Row] = [
            [row.label, *counts_cells(row), self.quotations.of(row.support)] for row in rows[:MOST]
        ]
        if not rows:
            self.to.head(f"{head}: nothing")
        columns = ["skill", *SIDES, "words"]
        self.to.table(f"{head} ({len(rows)})", columns, lines, total=len(rows))

    def separating(self) -> None:
        """Print what separates by more than chance, and what comes nearest to it."""
        self.whole()
        a, b = self.of.a.label, self.of.b.label
        for way, verb in VERBS.items():
            rows, near = self.of.separating(way), self.of.near(way)
            for side, label in (("a", a), ("b", b)):
                part = [row for row in rows if more_side(row.support) == side]
                if part:
                    head = f"{label}: more postings {verb} it than of the other ({len(part)})"
                    self.tested(head, part)
            if not rows and near:
                self.to.head(f"No skill that postings {verb} separates the two.")
            if near and way == "required":
                head = f"Chance may explain these ({len(near)} tested): the largest differences"
                self.tested(head, near[:NEAREST])
        self.broader()

    def whole(self) -> None:
        """Say how well all that is required tells the groups apart."""
        found = self.of.separability
        if found:
            low, high = found.interval
            self.to.note(
                f"what postings require tells {found.accuracy:.0%} of them apart "
                f"[{low:.0%}, {high:.0%}], asked of employers that the model has not seen; "
                f"guessing tells {found.baseline:.0%}{found.bound}.",
                "Taken together,",
            )

    def tested(self, head: str, rows: Sequence[SkillRow]) -> None:
        lines: list[Row] = [
            [
                row.label,
                *share_cells(row.support),
                *odds(row.finding),
                self.quotations.of(row.support),
            ]
            for row in rows[:MOST]
        ]
        columns = ["skill", *SIDES, "odds of b to a", "q", "words"]
        self.to.table(head, columns, lines, total=len(rows))

    def broader(self) -> None:
        """Print the concepts that separate as a whole."""
        lines: list[Row] = [
            [
                row.label,
                *share_cells(row.support),
                *odds(row.finding),
                ", ".join(row.members),
            ]
            for row in self.of.broader[:MOST]
        ]
        head = f"As a whole, though none of its skills does alone ({len(self.of.broader)})"
        columns = ["broader", *SIDES, "odds of b to a", "q", "skills"]
        self.to.table(head, columns, lines, total=len(self.of.broader))

    def alternatives(self) -> None:
        rows = self.of.alternatives
        lines: list[Row] = [
            [
                row.label,
                row.necessity,
                *support_cells(row.support),
                self.quotations.of(row.support),
            ]
            for row in rows[: self.most]
        ]
        columns = ["alternative", "necessity", *SIDES, "words"]
        head = f"Alternatives: some of several are enough ({len(rows)})"
        self.to.table(head, columns, lines, total=len(rows))

    def preferred(self) -> None:
        rows = self.of.asked("preferred")
        lines: list[Row] = [
            [row.label, *counts_cells(row), self.quotations.of(row.support)]
            for row in rows[: self.most]
        ]
        columns = ["skill", *SIDES, "words"]
        self.to.table(f"Preferred ({len(rows)})", columns, lines, total=len(rows))

    def degrees(self) -> None:
        if self.of.enough:
            self.degrees_tested()
        lines: list[Row] = [
            [
                degree_cell(row),
                row.necessity,
                *support_cells(row.support),
                self.quotations.of(row.support),
            ]
            for row in self.of.degrees[: self.most]
        ]
        lines += [
            [
                row.label,
                row.necessity,
                *support_cells(row.support),
                self.quotations.of(row.support),
            ]
            for row in self.of.experience[: self.most]
        ]
        asked = len(self.of.degrees) + len(self.of.experience)
        columns = ["asked for", "necessity", *SIDES, "words"]
        head = f"Degrees and experience ({asked})"
        self.to.table(head, columns, lines, most=2 * self.most, total=asked)
        years = years_line(self.of.years, self.of.a.postings, self.of.b.postings)
        if years:
            self.to.line(f"  {years}")

    def degrees_tested(self) -> None:
        """Print what a test says of the degrees; fields and words stand in the table below."""
        rows = [row for row in self.of.degrees if row.finding]
        lines: list[Row] = [
            [row.label, row.necessity, *share_cells(row.support), *odds(row.finding)]
            for row in rows
        ]
        columns = ["degree", "necessity", *SIDES, "odds of b to a", "q"]
        self.to.table(f"Degrees, tested ({len(rows)})", columns, lines)

    def modes(self) -> None:
        """Print the work modes that postings state."""
        rows = self.of.modes
        head = f"Work mode, where postings state it ({len(rows)})"
        self.sure(head, "work mode", rows, len(rows))

    def verbs(self) -> None:
        """Print the duties as verbs of scope, the surest difference first where it was tested."""
        rows = self.of.verbs
        if self.of.enough:
            rows = tuple(sorted(rows, key=lambda row: row.finding.p if row.finding else 1.0))
        self.sure(f"Duties: what the person does ({len(rows)})", "duty", rows[:MOST], len(rows))

    def sure(
        self, head: str, name: str, rows: Sequence[VerbRow] | Sequence[ModeRow], total: int
    ) -> None:
        """Print rows with what a test says of each, where the groups are large enough for one."""
        tested = self.of.enough
        lines: list[Row] = [
            [
                row.label,
                *(share_cells if tested else support_cells)(row.support),
                *(odds(row.finding) if tested else ()),
                self.quotations.of(row.support),
            ]
            for row in rows
        ]
        columns = [name, *SIDES, *(["odds of b to a", "q"] if tested else []), "words"]
        self.to.table(head, columns, lines, total=total)

    def duties(self) -> None:
        lines: list[Row] = [
            [
                row.label,
                *support_cells(row.support),
                self.quotations.of(row.support),
            ]
            for row in self.of.duties[: self.most]
        ]
        head = f"Duties: what they name ({len(self.of.duties)})"
        self.to.table(head, ["skill", *SIDES, "words"], lines, total=len(self.of.duties))

    def pay(self) -> None:
        pay = self.of.pay
        lines: list[Row] = [
            [
                side.label,
                money(stated.low),
                money(stated.high),
                " ".join(filter(None, (stated.currency, pay_period(stated)))),
                self.quotations.first(stated.evidence),
            ]
            for side, stated in ((self.of.a, pay.a), (self.of.b, pay.b))
            if stated
        ]
        if pay.basis:
            low, high = (money(end, sign=True) for end in (pay.low_difference, pay.high_difference))
            lines.append(
                ["difference", low, high, "a year" if pay.basis == "annual" else "", ""],
            )
        self.to.table("Pay", ["", "low end", "high end", "", "words"], lines, right=(1, 2))
        if pay.middles:
            self.to.line(f"  median of annual pay, b less a: {difference(pay.middles, 0)}")

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
                left = len(labels) - NAMED
                more = f" and {counted(left, 'other')}" if left > 0 else ""
                named = ", ".join(labels[:NAMED])
                self.to.note(f"{named}{more}", f"{head} ({len(labels)}):")
