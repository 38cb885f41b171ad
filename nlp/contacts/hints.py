"""Hints: where a text holds the literals without which no contact stands there.

One pass of an Aho-Corasick automaton over the text finds those of all kinds; most postings hold
few, and only round them the expressions are tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

import ahocorasick_rs

CODING: Final = "latin-1"
"""One byte a code point: offsets stay as they are. What it lacks comes as "?"."""


class Group(NamedTuple):
    """Literals, in small letters, that lead to contacts of one form."""

    name: str
    literals: tuple[str, ...]


class Hint(NamedTuple):
    """Where a literal begins and ends."""

    start: int
    end: int


class Hints:
    """Where the literals of each group stand, letters small; `signs` is the text as bytes."""

    def __init__(self, text: str, groups: tuple[Group, ...]) -> None:
        self.signs: Final = text.encode(CODING, "replace")
        found: dict[str, list[Hint]] = {}
        automaton, owners = _automaton(groups)
        for index, start, end in automaton.find_matches_as_indexes(
            self.signs.lower() + b"\n", overlapping=True
        ):
            found.setdefault(owners[index], []).append(Hint(start, end))
        self._found: Final = found

    def of(self, group: Group) -> Sequence[Hint]:
        """Return where literals of a group stand, in order of their ends."""
        return self._found.get(group.name, ())


@cache
def _automaton(
    groups: tuple[Group, ...],
) -> tuple[ahocorasick_rs.BytesAhoCorasick, tuple[str, ...]]:
    words = [literal.encode(CODING) for group in groups for literal in group.literals]
    owners = tuple(group.name for group in groups for _ in group.literals)
    dense = ahocorasick_rs.Implementation.DFA
    return ahocorasick_rs.BytesAhoCorasick(words, implementation=dense), owners
