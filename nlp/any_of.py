r"""Any of: words and expressions of which one begins a word of some text.

A table has thousands of such choices, each written as an expression is ("excel|words?|ms\b"), and
in a posting a few are met, most for the first time: compiling all of a choice took longer than all
that it is asked. What is no more than letters is looked for as it stands; of the rest only those
are compiled, together, whose plain letters stand in the text. What is found is what
`re.compile(rf"\b(?:{words})", re.IGNORECASE)` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from nlp.folding import uncased

COMPILED: Final = 10_000
"""How many expressions are kept in memory (some 20 MB)."""
PART: Final = re.compile(
    r"(?P<plain>(?:(?:\\\W|[^\\()\[\]|?*+{}.^$\x80-\U0010ffff])(?![?*+{]))+)"
    r"|\{[\d,]*\}|\\.|\[(?:\\.|[^\]\\])+\]|(?P<group>\((?:\?[a-z-]*:)?(?!\?))|\(\?<?[=!]|.",
    re.DOTALL,
)
"""A run of ASCII signs that stand for themselves, each once; or any other part of an expression."""
ESCAPE: Final = re.compile(r"\\(.)")
MAYBE: Final = ("?", "*", "{")
"""What follows a group that need not be there."""


class _One(NamedTuple):
    """One of a choice: its expression, and what a text must hold for it: a run of each of `needs`.

    `alone`: the one run is all of it; `ends`: but for the border of a word behind it.
    """

    source: str
    needs: Sequence[Sequence[str]]
    alone: bool
    ends: bool

    def may_be_in(self, low: str) -> bool:
        """Tell whether a text in lower case holds what this one needs."""
        for runs in self.needs:  # noqa: SIM110 # a generator for each of a choice costs as much
            if not any(map(low.__contains__, runs)):
                return False
        return True


class AnyOf:
    """What one of a choice is found in, without regard to case."""

    def __init__(self, words: str) -> None:
        each, _ = _read(words, PART.finditer(words), 0)
        self._every: Final = each
        self._alone: Final = [(one.needs[0][0], one.ends) for one in each if one.alone]
        self._others: Final = [one for one in each if not one.alone]

    def is_in(self, text: str) -> bool:
        """Tell whether one of the choice is in a text."""
        low = uncased(text)
        for run, ends in self._alone:
            if run in low and _stands(low, run, ends=ends):
                return True
        found = [one.source for one in self._others if one.may_be_in(low)]
        return bool(found) and _compiled("|".join(found)).search(text) is not None

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield the matches that `re.Pattern.finditer` yields."""
        low = uncased(text[start:end])
        found = [one.source for one in self._every if one.may_be_in(low)]
        return _compiled("|".join(found)).finditer(text, start, end) if found else iter(())


@lru_cache(maxsize=COMPILED)
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})", re.IGNORECASE)


def _stands(low: str, run: str, *, ends: bool) -> bool:
    """Tell whether a run begins a word somewhere in a text, and `ends` one."""
    at = low.find(run)
    while at >= 0:
        stop = at + len(run)
        if not (at and _is_sign(low[at - 1])) and not (ends and _is_sign(low[stop : stop + 1])):
            return True
        at = low.find(run, at + 1)
    return False


def _is_sign(sign: str) -> bool:
    r"""Tell whether a sign is one of a word's, `\w` of an expression."""
    return sign.isalnum() or sign == "_"


def _read(words: str, parts: Iterator[re.Match[str]], begin: int) -> tuple[list[_One], int]:
    """Return each of a choice up to the end of its group, and where that is."""
    each: list[_One] = []
    needs: list[Sequence[str]] = []
    count = 0
    for match in parts:
        part = match[0]
        if part in ("|", ")"):
            each.append(_one(words[begin : match.start()], needs, count))
            if part == ")":
                return each, match.end()
            begin, needs, count = match.end(), [], 0
            continue
        count += 1
        if match["plain"]:
            needs.append([uncased(ESCAPE.sub(r"\1", part))])
        elif part.startswith("("):
            inner, end = _read(words, parts, match.end())
            if match["group"] and not words.startswith(MAYBE, end) and all(i.needs for i in inner):
                needs.append([run for one in inner for run in max(one.needs, key=_least)])
    each.append(_one(words[begin:], needs, count))
    return each, len(words)


def _one(source: str, needs: Sequence[Sequence[str]], parts: int) -> _One:
    ends = source.endswith(r"\b") and parts == len("ab")
    run = needs[0][0] if needs else ""
    alone = bool(run) and _is_sign(run[0]) and (parts == 1 or (ends and _is_sign(run[-1])))
    alone = alone and not source.startswith("(")
    return _One(source, sorted(needs, key=len), alone, ends)


def _least(runs: Sequence[str]) -> int:
    return min(map(len, runs))
