"""What changed between two runs, for the terminal: who made what, counts by rule, examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.iris import local_name
from kg.printing import Form, out, print_rows, say
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.diffs.comparison import Change
    from kg.diffs.facts import Fact
    from kg.diffs.readings import Diff, MadeWith, Side

COLUMNS: Final = (
    *("change", "posting", "kind", "rule", "before", "after", "words_before", "words_after"),
)
LONGEST: Final = 50


def print_diff(diff: Diff, examples: int) -> None:
    """Print both sides, how many changes of each kind each rule made, and examples of them."""
    for name, side in (("A", diff.a), ("B", diff.b)):
        out(f"{name}  {_side(side)}")
    if len(diff.a.runs) == len(diff.b.runs) == 1:
        out(f"   {_what_differs(diff.a.runs[0], diff.b.runs[0])}")
    rows = [
        (group.how, group.kind, group.rule, len(group.changes), group.postings)
        for group in diff.groups()
    ]
    print_rows(("change", "kind", "rule", "facts", "postings"), rows, Form.TABLE)
    if examples and rows:
        shown = [change for group in diff.groups() for change in group.changes[:examples]]
        columns = ("change", "posting", "before", "after")
        table = [(one.how, one.posting, said(one.before), said(one.after)) for one in shown]
        print_rows(columns, table, Form.TABLE, title="Examples")
    changed = len({change.posting for change in diff.changes})
    say(f"{changed} of {diff.compared} postings changed, {len(diff.changes)} facts in all")
    for name, only in (("A", diff.only_a), ("B", diff.only_b)):
        if only:
            say(f"{len(only)} postings are in {name} only, and were not compared")


def change_rows(changes: Iterable[Change]) -> list[tuple[str, ...]]:
    """Return a row of `COLUMNS` for each change."""
    return [
        (
            *(one.how, one.posting, one.kind, one.rule),
            *(said(fact, words=False) for fact in (one.before, one.after)),
            *(fact.words if fact else "" for fact in (one.before, one.after)),
        )
        for one in changes
    ]


def said(fact: Fact | None, *, words: bool = True) -> str:
    """Return a fact on one line: its value, what else is said of it, and the words with offsets."""
    if fact is None:
        return ""
    value = terms.short(fact.value)
    details = f" ({', '.join(fact.details)})" if fact.details else ""
    proof = ""
    if words and fact.start >= 0:
        text = " ".join(fact.words.split())
        text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        proof = f" «{text}» at {fact.start}"
    return f"{value}{details}{proof}"


def _side(side: Side) -> str:
    made = ", ".join(f"run {local_name(one.run)}, rolegraph {one.version}" for one in side.runs)
    return made if side.name in {one.run for one in side.runs} else f"{side.name}: {made}"


def _what_differs(a: MadeWith, b: MadeWith) -> str:
    parts = {
        "program": (a.version, b.version),
        "vocabulary": (a.vocabulary, b.vocabulary),
        "rules": (a.rules, b.rules),
    }
    other = [name for name, (one, two) in parts.items() if one != two]
    same = [name for name in parts if name not in other]
    return f"other: {', '.join(other) or 'nothing'}; the same: {', '.join(same) or 'nothing'}"
