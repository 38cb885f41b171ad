"""A comparison as text: what only one side requires, what both do, and the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.printing import console

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from kg.analysis.comparison import Comparison, Side
    from kg.analysis.comparison_rows import PaySide, Quote, SkillRow, Support

LONGEST_QUOTE: Final = 72


def print_comparison(comparison: Comparison) -> None:
    """Print a comparison on stdout."""
    to = console()
    a, b = comparison.a, comparison.b
    to.print(f"[bold]{_plain(a.label)}[/] against [bold]{_plain(b.label)}[/]", soft_wrap=True)
    for side in (a, b):
        to.print(f"  {_plain(side.label)}: {_count(side)}", soft_wrap=True)
    if comparison.caution:
        to.print(f"\n[bold]Caution.[/] {_plain(comparison.caution)}")
    heads = (f"Only {a.label} requires", "Both require", f"Only {b.label} requires")
    for head, rows in zip(
        heads, (comparison.only_a, comparison.both, comparison.only_b), strict=True
    ):
        _skills(to, head, rows, tested=comparison.enough)
    _alternatives(to, comparison)
    _preferred(to, comparison)
    _degrees(to, comparison)
    _pay(to, comparison)
    mentioned = [row.label for row in comparison.asked("mentioned")]
    if mentioned:
        to.print(f"\n[dim]Only mentioned, on either side: {_plain(', '.join(mentioned))}[/]")


def _skills(to: Console, head: str, rows: Sequence[SkillRow], *, tested: bool) -> None:
    columns = ["skill", "a", "b", *(["log-odds", "q"] if tested else []), "words"]
    table = _table(f"{head} ({len(rows)})", columns)
    for row in rows:
        statistics = []
        if tested:
            effect = row.effect
            statistics = [
                f"{effect.log_odds:+.2f} [{effect.interval[0]:+.2f}, {effect.interval[1]:+.2f}]"
                if effect
                else "",
                f"{row.q:.3f}" if row.q is not None else "",
            ]
        support = row.support
        table.add_row(row.label, _of(support, "a"), _of(support, "b"), *statistics, _words(row))
    _print(to, table, empty=f"{head}: nothing")


def _alternatives(to: Console, comparison: Comparison) -> None:
    table = _table("Alternatives: some of several are enough", ["needed", "of", "a", "b"])
    for row in comparison.choices:
        members = ", ".join(row.members)
        needed = f"{row.minimum} ({row.necessity})"
        table.add_row(needed, members, _of(row.support, "a"), _of(row.support, "b"))
    _print(to, table)


def _preferred(to: Console, comparison: Comparison) -> None:
    table = _table("Preferred", ["skill", "a", "b", "words"])
    for row in comparison.asked("preferred"):
        table.add_row(row.label, _of(row.support, "a"), _of(row.support, "b"), _words(row))
    _print(to, table)


def _degrees(to: Console, comparison: Comparison) -> None:
    table = _table("Degrees and experience", ["asked for", "necessity", "a", "b", "words"])
    for row in comparison.degrees:
        fields = dict.fromkeys((*row.fields_a, *row.fields_b))
        label = f"{row.label} in {', '.join(fields)}" if fields else row.label
        table.add_row(
            label, row.necessity, _of(row.support, "a"), _of(row.support, "b"), _quote(row.support)
        )
    for years in comparison.experience:
        support = years.support
        table.add_row(
            years.label, years.necessity, _of(support, "a"), _of(support, "b"), _quote(support)
        )
    _print(to, table)


def _pay(to: Console, comparison: Comparison) -> None:
    pay = comparison.pay
    table = _table("Pay", ["", "low end", "high end", "", "words"])
    for side, stated in ((comparison.a, pay.a), (comparison.b, pay.b)):
        if stated:
            unit = " ".join(filter(None, (stated.currency, _per(stated))))
            table.add_row(
                side.label, _money(stated.low), _money(stated.high), unit, _first(stated.evidence)
            )
    if pay.basis:
        table.add_row(
            "difference",
            _money(pay.low_difference, sign=True),
            _money(pay.high_difference, sign=True),
            "annual figures" if pay.basis == "annual" else "",
            "",
        )
    for index in (1, 2):
        table.columns[index].justify = "right"
    _print(to, table)


def _table(title: str, columns: Iterable[str]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=Text(title, style="bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
    )
    for column in columns:
        table.add_column(column, overflow="fold", max_width=None if column == "words" else 48)
    return table


def _print(to: Console, table: Table, *, empty: str = "") -> None:
    if table.row_count:
        to.print()
        to.print(table, markup=False)
    elif empty:
        to.print(f"\n{_plain(empty)}")


def _count(side: Side) -> str:
    postings = "1 posting" if side.postings == 1 else f"{side.postings} postings"
    employers = "1 employer" if side.employers == 1 else f"{side.employers} employers"
    return f"{postings}, {employers}"


def _of(support: Support, side: str) -> str:
    count, size = (support.a, support.size_a) if side == "a" else (support.b, support.size_b)
    return f"{count} of {size}"


def _words(row: SkillRow) -> str:
    return _quote(row.support)


def _quote(support: Support) -> str:
    return _first(support.evidence)


def _first(evidence: Sequence[Quote]) -> str:
    if not evidence:
        return ""
    line = " ".join(evidence[0].text.split())
    return f"“{line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + '…'}”"


def _per(stated: PaySide) -> str:
    return f"a {stated.period.lower()}" if stated.period else ""


def _money(amount: Decimal | None, *, sign: bool = False) -> str:
    if amount is None:
        return ""
    return f"{amount:+,f}" if sign else f"{amount:,f}"


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
