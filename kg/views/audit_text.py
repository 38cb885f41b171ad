"""What does not fit in postings, as text."""

from __future__ import annotations

from itertools import groupby
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from kg.printing import console, print_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.doubts.doubt import Doubt

MOST: Final = 20
"""Rows of a table, at most; the rest is counted, and stands in --json and --csv."""
LONGEST: Final = 80
"""Characters of a quotation, at the most."""
TITLES: Final = {
    "entry-level-years": "A level for beginners, and years that none has",
    "lower-degree-above": "A higher level that asks for a lower degree",
    "less-pay-above": "A higher level that is offered less",
    "pay-outside": "Pay outside what the role is offered",
    "degree-inflation": "A degree that hardly any peer asks for",
    "long-list": "A list of requirements that is a wish",
}


def print_audit(doubts: Sequence[Doubt]) -> None:
    """Print the doubts, a table a check, with the words that raise them."""
    to = console()
    if not doubts:
        to.print("Nothing that the checks look for was found.")
        return
    for check, found in groupby(doubts, key=lambda one: one.check):
        rows = list(found)
        lines = [
            [
                "\n".join(filter(None, [one.title or one.posting, one.employer])),
                one.message,
                "\n".join(f"«{shorten(word, LONGEST, placeholder='…')}»" for word in one.words),
            ]
            for one in rows[:MOST]
        ]
        title = f"{TITLES[check]} ({len(rows)})"
        print_table(to, ["posting", "doubt", "words"], lines, title=title)
        if len(rows) > MOST:
            to.print(f"  and {len(rows) - MOST} more: --json and --csv have them all")
        to.print()
