"""Two readings of the same postings compared: facts added, removed and changed, by rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.diffs.facts import Fact
    from kg.diffs.naming import Called

How: TypeAlias = Literal["added", "removed", "changed"]

SINGLE: Final = frozenset(
    {
        *("title", "role", "level", "specialisation", "hiringOrganization", "employmentType"),
        *("datePosted", "validThrough", "reference", "pay", "pay estimate"),
    }
)
"""Kinds of which a posting has one: another value is that fact changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact of one posting that is in one reading only, or in both and not the same."""

    posting: str
    before: Fact | None
    after: Fact | None

    @property
    def how(self) -> How:
        """What happened to it."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def kind(self) -> str:
        """The kind of fact; both kinds where they differ ("candidate → skill")."""
        return _both(one.kind for one in (self.before, self.after) if one)

    @property
    def rule(self) -> str:
        """The rule that took it; both rules where they differ. "(none)" is of no words."""
        return _both(one.rule or "(none)" for one in (self.before, self.after) if one)

    def to_json(self, called: Called) -> dict[str, Any]:
        """Return the change as plain values, with what they are called."""
        return {
            "change": self.how,
            "posting": self.posting,
            "title": called.title(self.posting) or None,
            "kind": self.kind,
            "rule": self.rule,
            "before": _plain(self.before, called),
            "after": _plain(self.after, called),
        }


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one kind by one rule."""

    how: How
    kind: str
    rule: str
    changes: tuple[Change, ...]

    @property
    def postings(self) -> int:
        """In how many postings they are."""
        return len({change.posting for change in self.changes})


def compare_facts(posting: str, before: Sequence[Fact], after: Sequence[Fact]) -> list[Change]:
    """Return what changed in one posting, in the order of the text.

    Facts that are the same in kind and value are one fact, and changed where anything else of them
    differs; of the others, two that rest on the same words are one that changed, and so are two
    of a kind of which a posting has one.
    """
    left, right = (
        list((Counter(before) - Counter(after)).elements()),
        list((Counter(after) - Counter(before)).elements()),
    )
    found: list[Change] = []
    for key in (_exactly, _named, _placed, _single):
        places: dict[object, list[Fact]] = defaultdict(list)
        for fact in right:
            if key(fact) is not None:
                places[key(fact)].append(fact)
        rest = []
        for fact in left:
            others = places.get(key(fact)) if key(fact) is not None else None
            if others:
                other = others.pop(0)
                right.remove(other)
                found.append(Change(posting, fact, other))
            else:
                rest.append(fact)
        left = rest
    found += [Change(posting, fact, None) for fact in left]
    found += [Change(posting, None, fact) for fact in right]
    return sorted(found, key=_place)


def group_changes(changes: Iterable[Change]) -> list[Group]:
    """Return the changes by what happened, kind and rule, the largest groups first."""
    found: dict[tuple[How, str, str], list[Change]] = defaultdict(list)
    for change in changes:
        found[change.how, change.kind, change.rule].append(change)
    groups = [Group(*names, tuple(held)) for names, held in found.items()]
    return sorted(groups, key=lambda one: (-len(one.changes), one.how, one.kind, one.rule))


def _exactly(fact: Fact) -> object:
    return fact.kind, fact.value, fact.start, fact.end


def _named(fact: Fact) -> object:
    return fact.kind, fact.value


def _single(fact: Fact) -> object:
    return fact.kind if fact.kind in SINGLE else None


def _placed(fact: Fact) -> object:
    return None if fact.start < 0 else (fact.start, fact.end)


def _place(change: Change) -> tuple[int, str]:
    fact = change.after or change.before
    return (fact.start, repr(replace(fact))) if fact else (0, "")


def _both(names: Iterator[str]) -> str:
    return " → ".join(dict.fromkeys(names))


def _plain(fact: Fact | None, called: Called) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {
        "kind": fact.kind,
        "value": fact.value,
        "label": called.labels.get(fact.value) or None,
        "details": list(fact.details),
        "rule": fact.rule,
        "start": None if fact.start < 0 else fact.start,
        "end": None if fact.end < 0 else fact.end,
        "words": fact.words or None,
    }
