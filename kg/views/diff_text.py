"""What changed between two runs, for the terminal: who made what, counts by rule, examples."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.iris import local_name
from kg.printing import Form, out, print_rows, say
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.diffs.comparison import Change, Group
    from kg.diffs.facts import Fact
    from kg.diffs.naming import Called
    from kg.diffs.readings import Diff, MadeWith, Side

COLUMNS: Final = (
    *("change", "posting", "kind", "rule", "before", "after", "words_before", "words_after"),
)
LONGEST: Final = 40
MEMBERS: Final = 3
"""Members of an alternative that are named, where it is not told what changed of them."""


def print_diff(diff: Diff, examples: int) -> None:
    """Print both sides, how many changes of each kind each rule made, and the commonest of them."""
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
        table = [row for group in diff.groups() for row in _commonest(group, diff.called, examples)]
        columns = ("change", "what", "facts", "for example", "in the posting")
        print_rows(columns, table, Form.TABLE, title="The commonest of each")
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
            *(_said(fact) for fact in (one.before, one.after)),
            *(fact.words if fact else "" for fact in (one.before, one.after)),
        )
        for one in changes
    ]


def what_changed(change: Change, called: Called) -> str:
    """Return a change in words: its value, and what else is said of it, both where they differ."""
    facts = [fact for fact in (change.before, change.after) if fact]
    if change.kind == "alternative":
        value = _choice([called.members(fact.value) for fact in facts])
    else:
        value = _both(called.value(fact.value) for fact in facts)
    details = _details([fact.details for fact in facts])
    if len(facts) == 2 and not details and len({fact.value for fact in facts}) == 1:
        details = ["by other words"] if facts[0].words != facts[1].words else ["elsewhere"]
        if facts[0].rule != facts[1].rule:
            details = ["by another rule"]
    return f"{value} ({', '.join(details)})" if details else value


def _commonest(group: Group, called: Called, most: int) -> list[tuple[object, ...]]:
    """Return what changed most often in a group, each with the first words that it rests on."""
    found: dict[str, list[Change]] = defaultdict(list)
    for change in group.changes:
        found[what_changed(change, called)].append(change)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        (group.how, what, len(changes), _words(changes[0]), _posting(changes[0], called))
        for what, changes in ranked[:most]
    ]


def _choice(members: Sequence[list[str]]) -> str:
    """Return the members of an alternative; where it changed, those that went and that came."""
    if len(members) == 1 or set(members[0]) == set(members[1]):
        return f"one of {_some(members[0])}"
    gone, new = ([one for one in a if one not in b] for a, b in (members, members[::-1]))
    told = _both([_some(gone) or "nothing", _some(new) or "nothing"])
    return f"one of {len(members[1])}: {told}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - MEMBERS
    return ", ".join(names[:MEMBERS]) + (f" and {more} more" if more > 0 else "")


def _details(sides: Sequence[tuple[str, ...]]) -> list[str]:
    """Return what else is said; of two sides only what differs: "necessity: Required → none"."""
    if len(sides) == 1:
        return list(sides[0])
    before, after = (_by_name(side) for side in sides)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return [f"{name}{before.get(name, 'none')} → {after.get(name, 'none')}" for name in names]


def _by_name(details: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in details:
        name, colon, value = one.partition(": ")
        key, value = (f"{name}: ", value) if colon else ("", one)
        found[key] = f"{found[key]}, {value}" if key in found else value
    return found


def _words(change: Change) -> str:
    return _both(_quoted(fact) for fact in (change.before, change.after) if fact)


def _quoted(fact: Fact) -> str:
    if fact.start < 0:
        return ""
    text = " ".join(fact.words.split())
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return f"«{text}» at {fact.start}"


def _posting(change: Change, called: Called) -> str:
    title = called.title(change.posting)
    return f"{title}, {change.posting}" if title else change.posting


def _both(names: Iterable[str]) -> str:
    return " → ".join(name for name in dict.fromkeys(names) if name)


def _said(fact: Fact | None) -> str:
    if fact is None:
        return ""
    details = f" ({', '.join(fact.details)})" if fact.details else ""
    return f"{terms.short(fact.value)}{details}"


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
