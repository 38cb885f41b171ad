"""A candidate's gap and matches as text."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Final

from kg.analysis.holdings import Status
from kg.analysis.learning import REACH
from kg.analysis.needs import NeedKind
from kg.printing import console, is_screen, print_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from kg.analysis.gap import Gap, GapRow
    from kg.analysis.matching import Match

MOST: Final = 20
"""Rows of a table, at most; the rest is counted, and stands in --json and --csv."""

LONGEST: Final = 60
"""Characters of a quotation, at the most."""


def print_gap(gap: Gap) -> None:
    """Print what a candidate has, has by implication, partly has and lacks, and what to learn."""
    to = console()
    worked = "" if gap.years is None else f", {gap.years:g} years of work"
    to.print(f"[bold]{_plain(gap.candidate)}[/]{worked}, beside [bold]{_plain(gap.group)}[/]: "
             f"{_count(gap.postings, 'posting')} of {_count(gap.employers, 'employer')}",
             soft_wrap=not is_screen())  # fmt: skip
    if gap.caution:
        to.print(f"\n[bold]Caution.[/] {_plain(gap.caution)}")
    if not gap.postings:
        return
    to.print(
        f"\n{gap.within_reach} of {gap.postings} within reach now (at least {REACH:.0%} of the "
        f"skills that a posting requires); {gap.formal} of {gap.postings} ask for no more degree "
        "and no more years than there are. Years are compared in all, not by what they are in."
    )
    _table(to, gap, "Lacks", gap.standing(Status.LACKS), shown=False)
    _table(to, gap, "Partly has", gap.standing(Status.PARTLY))
    by_other = gap.standing(Status.IMPLIED, Status.ONE_OF_ITS_KIND)
    _table(to, gap, "Has by what else there is", by_other)
    _table(to, gap, "Has", gap.standing(Status.HAS))
    trusted = gap.standing(Status.UNPROVEN)
    if trusted:
        names = ", ".join(f"{row.label} ({row.required + row.preferred})" for row in trusted[:MOST])
        to.print(f"\n[bold]Asked for, and no résumé proves it:[/] {_plain(names)}")
    _learn(to, gap)


def _table(
    to: Console, gap: Gap, title: str, rows: Sequence[GapRow], *, shown: bool = True
) -> None:
    lines = [
        [
            row.label if row.kind is not NeedKind.YEARS else f"{row.label} of experience",
            f"{row.required} of {gap.postings}",
            str(row.preferred or ""),
            *([", ".join(row.through), _quoted(row.shown)] if shown else []),
            _quoted(row.asked[:1]),
        ]
        for row in rows[:MOST]
    ]
    if not lines:
        return
    columns = ["", "required", "preferred", *(["by", "in the résumé"] if shown else []), "asked"]
    to.print()
    print_table(to, columns, lines, title=f"{title} ({len(rows)})")
    if len(rows) > MOST:
        to.print(f"  and {len(rows) - MOST} more: --json and --csv have them all")


def _learn(to: Console, gap: Gap) -> None:
    if not gap.steps:
        return
    lines = [
        [
            str(number),
            step.label,
            f"+{step.reached}" if step.reached else "none",
            f"{step.total} of {gap.postings}",
            f"{step.nearness:.0%}",
            "" if step.pay is None else f"{step.pay:,.0f} {step.currency} a year, of {step.paid}",
        ]
        for number, step in enumerate(gap.steps, start=1)
    ]
    columns = [
        "", "learn", "newly within reach", "then", "of the way to reach", "median pay of these",
    ]  # fmt: skip
    to.print()
    print_table(to, columns, lines, title="To learn, in this order", right=(2, 4))
    to.print(
        f"  of the way to reach: {gap.nearness:.0%} now, on the mean over the postings; 100% would "
        "be all within reach"
    )
    if not any(step.reached for step in gap.steps):
        to.print(
            "  None of these brings a posting within reach, nor do all together: they are what "
            "brings the postings nearest."
        )
    if gap.tried is not None:
        to.print(f"  no other {len(gap.steps)} bring more: all {gap.tried:,} sets were tried")
    else:
        to.print(
            f"  at least {gap.of_best:.0%} of what the best {len(gap.steps)} could bring in "
            "nearness to reach"
        )


def print_matches(matches: Sequence[Match], limit: int) -> None:
    """Print the postings that fit best, with what is met and what is lacking."""
    to = console()
    if not matches:
        to.print("No posting says what it requires: there is nothing to rank by.")
        return
    lines = [
        [
            "\n".join(filter(None, [one.title or one.posting, one.employer])),
            f"{one.met} of {one.required}",
            f"{one.preferred_met} of {one.preferred}" if one.preferred else "",
            _listed(one.has),
            _listed((*one.partly, *one.lacks)),
        ]
        for one in matches[:limit]
    ]
    columns = ["posting", "required", "preferred", "has", "lacks or has in part"]
    title = f"Postings that fit ({min(limit, len(matches))} of {len(matches)})"
    print_table(to, columns, lines, title=title)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:8])
    return f"{shown} and {len(names) - 8} more" if len(names) > 8 else shown


def _quoted(words: Sequence[str]) -> str:
    return "; ".join(f"«{shorten(word, LONGEST, placeholder='…')}»" for word in words)


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
