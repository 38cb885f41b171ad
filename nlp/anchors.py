r"""Anchors: regular expressions that are tried only where a text holds a word they need.

Most rules look for words that most postings do not hold, or hold once: scanning the whole text
for each of them is what extraction spent its time on. `Anchored` takes the same pattern as
`re.compile` and its `finditer` finds the same matches. From the pattern it reads which literals
a match must hold ("must", "salar", "graduat") and how far in front of them it may begin; one
Aho-Corasick automaton finds the literals of all patterns in one pass over the lowered text, and
the expression is tried there only. A pattern without such a literal is scanned for as ever.

    CUE = Anchored(r"\b(?:must have|is required)\b", re.IGNORECASE)
    for match in CUE.finditer(text): ...

Method: the prefilter of "literal factors" that ripgrep and Hyperscan use.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined] # private: how Python parses patterns
from re import _parser as parser  # type: ignore[attr-defined] # as above
from typing import Any, Final

import ahocorasick_rs

from nlp.literals import lowered

OFTEN: Final = 16 * " " + (
    "eeeeeeeeeetttttttaaaaaaaooooooiiiiiinnnnnnssssssrrrrrrhhhlllldddccccuuummmpppfffggwwyybbvk"
)
"""About a hundred characters as they are spread in English: how often one comes up."""
RARE: Final = 0.004
"""The share of any other character in a text."""
COSTLY: Final = 1
"""Tries per character of the text from which on a plain scan is as quick."""
MOST_SPELLINGS: Final = 24
"""Up to how many spellings of one literal ("full-time", "full time") are looked for."""
FAR: Final = 1000
"""A literal that may stand farther than this behind its match's beginning says only whether the
text is scanned at all."""
SHORT: Final = 4
"""Up to this many beginnings are tried one by one."""
DEAR: Final = 7  # as many steps of a search as a try costs; it goes on to the longest match
LETTERS: Final = (("ı", "i"), ("ſ", "s"), ("İ", "i"))
"""What `re.IGNORECASE` takes for ASCII letters and `str.lower` does not."""


@dataclass(frozen=True, slots=True)
class _Literal:
    """Text that a match must hold, and how far behind its beginning it starts."""

    text: str
    least: int
    most: int


_Choice = tuple[_Literal, ...]
"""Literals of which every match holds at least one."""


class Anchored:
    """A compiled pattern whose `finditer` skips the stretches where it cannot match."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern: Final = re.compile(pattern, flags)
        tree = parser.parse(pattern, flags)
        self._longest = _longest(tree)
        literals = min(_choices(tree, 0, 0), key=_cost, default=())
        if not tree.getwidth()[0] or _cost(literals) > COSTLY:
            literals = ()  # what matches the empty text matches anywhere
        self._everywhere = not literals
        self._gate = any(literal.most > FAR for literal in literals)
        self._index = _register(literals)

    def finditer(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Yield the matches that `re.Pattern.finditer` yields, in the same order."""
        stop = len(text) if end is None else end
        if self._everywhere:
            return self.pattern.finditer(text, start, stop)
        starts = _scan(text).of(self._index)
        if not starts:
            return iter(())
        first = bisect_left(starts, start, key=_last) if start else 0
        if first == len(starts) or starts[first][0] >= stop:
            return iter(())
        if self._gate:
            return self.pattern.finditer(text, start, stop)
        following = map(starts.__getitem__, range(first, len(starts)))
        return self._within(text, following, start, stop)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match, or None."""
        return next(self.finditer(text), None)

    def _within(
        self, text: str, starts: Iterable[tuple[int, int]], position: int, stop: int
    ) -> Iterator[re.Match[str]]:
        """Yield the matches that begin in one of the stretches, given in order, from `position`."""
        for first, last in starts:
            if first >= stop:
                return
            position = max(position, first)
            while position <= last:
                match = self._first(text, position, last, stop)
                if match is None:
                    break
                yield match
                position = match.end()

    def _first(self, text: str, first: int, last: int, stop: int) -> re.Match[str] | None:
        """Return the first match that begins from `first` to `last` and ends before `stop`."""
        if first == last:
            return self.pattern.match(text, first, stop)
        if self._longest is None or (last - first) * DEAR < max(self._longest, SHORT * DEAR):
            for start in range(first, last + 1):
                if match := self.pattern.match(text, start, stop):
                    return match
            return None
        match = self.pattern.search(text, first, min(last + self._longest, stop))
        return match if match and match.start() <= last else None


class Literals:
    """Plain words in lower case that a rule looks for, found in the pass that all rules share.

    Every place counts, also where a word overlaps itself.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words: Final = tuple(words)
        self._indices = [_register((_Literal(word, 0, 0),)) for word in self.words]

    def places(self, text: str) -> list[int]:
        """Return where the words stand, word by word."""
        starts = _scan(text)
        found: list[int] = []
        for index, word in zip(self._indices, self.words, strict=True):
            found += [at for at, _ in starts.each(index) if starts.has(word, at)]
        return found

    def positions(self, text: str) -> list[int]:
        """Return where the words stand, in order."""
        return sorted(self.places(text))


def fold(text: str) -> str:
    """Return the text in lower case and in ASCII, with every character at its old place."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return _plain(lowered).encode("ascii", "replace").decode()


def uncased(text: str) -> str:
    """Return the text as `re.IGNORECASE` compares it, to look up what a pattern has matched."""
    return _plain(text).lower()


def _plain(text: str) -> str:
    for other, letter in LETTERS:
        text = text.replace(other, letter)
    return text


class _Registry:
    """The literals of all anchored patterns, and the automaton that finds them."""

    def __init__(self) -> None:
        self.patterns = 0
        self.uses: dict[str, list[tuple[int, int, int]]] = {}
        """For each literal the patterns that need it, with the least and the most before it."""
        self.automaton: ahocorasick_rs.AhoCorasick | None = None
        self.targets: list[list[tuple[int, int, int]]] = []

    def build(self) -> ahocorasick_rs.AhoCorasick:
        self.targets = list(self.uses.values())
        self.automaton = ahocorasick_rs.AhoCorasick(
            list(self.uses), implementation=ahocorasick_rs.Implementation.DFA
        )
        return self.automaton


_registry: Final = _Registry()


def _register(literals: _Choice) -> int:
    """Take up a pattern's literals and return its number."""
    index = _registry.patterns
    _registry.patterns += 1
    for literal in literals:
        uses = _registry.uses.setdefault(literal.text, [])
        uses.append((index, literal.least, literal.most))
    _registry.automaton = None
    _scan.cache_clear()
    return index


class _Starts:
    """Where in one text the matches of each pattern may begin: first and last offset."""

    def __init__(self, text: str, found: dict[int, list[tuple[int, int]]]) -> None:
        self.lower: Final = lowered(text) if any(other in text for other, _ in LETTERS) else None
        """The text in lower case, where the folded text has letters that it has not."""
        self._found = found
        self._merged: dict[int, list[tuple[int, int]]] = {}

    def each(self, index: int) -> list[tuple[int, int]]:
        """Return the stretches of a pattern as they were found."""
        return self._found.get(index, [])

    def has(self, word: str, at: int) -> bool:
        """Tell whether the word stands there in the text itself."""
        return self.lower is None or self.lower.startswith(word, at)

    def of(self, index: int) -> list[tuple[int, int]]:
        """Return the stretches of a pattern in order, none that touch; empty if there are none."""
        merged = self._merged.get(index)
        if merged is None:
            merged = self._merged[index] = _merged(self._found.get(index, []))
        return merged


@lru_cache(maxsize=16)
def _scan(text: str) -> _Starts:
    """Return where the matches of all patterns may begin."""
    automaton = _registry.automaton or _registry.build()
    targets = _registry.targets
    found: dict[int, list[tuple[int, int]]] = {}
    for literal, start, _ in automaton.find_matches_as_indexes(fold(text), overlapping=True):
        for index, least, most in targets[literal]:
            if start >= least:
                found.setdefault(index, []).append((max(0, start - most), start - least))
    return _Starts(text, found)


def _last(span: tuple[int, int]) -> int:
    return span[1]


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those that touch made one."""
    spans.sort()
    merged = spans[:1]
    for first, last in spans[1:]:
        if first > merged[-1][1] + 1:
            merged.append((first, last))
        elif last > merged[-1][1]:
            merged[-1] = (merged[-1][0], last)
    return merged


def _cost(literals: _Choice) -> float:
    """Estimate how many tries these literals cause, as a share of the text's length."""
    cost = 0.0
    for literal in literals:
        often = 1.0
        for char in literal.text:
            often *= OFTEN.count(char) / len(OFTEN) or RARE
        cost += often * (1 + min(literal.most - literal.least, FAR * 4))
    return cost


def _longest(tree: Any) -> int | None:
    """Return how far from its beginning a match reaches or looks, or None without a limit."""
    longest = tree.getwidth()[1] + 2  # "\b" and "$" look at a character more
    for lookahead in _lookaheads(tree):
        longest += lookahead.getwidth()[1]
    return longest if longest <= FAR * 2 else None


def _lookaheads(tree: Any) -> Iterator[Any]:
    for _, argument in tree:
        for part in _subpatterns(argument):
            yield from _lookaheads(part)
    yield from (
        argument[1]
        for code, argument in tree
        if code in (op.ASSERT, op.ASSERT_NOT) and argument[0] > 0
    )


def _subpatterns(argument: Any) -> Iterator[Any]:
    """Yield the patterns inside the argument of an operation."""
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, (tuple, list)):
        for part in argument:
            yield from _subpatterns(part)


def _choices(tree: Any, least: int, most: int) -> Iterator[_Choice]:
    """Yield sets of literals of which every match of `tree` holds one.

    `least` and `most` say how much of the match may stand in front of `tree`.
    """
    spellings: list[str] = []
    begin = (least, most)
    for item in tree:
        code, argument = item
        chars = _characters(code, argument)
        if spellings and (not chars or len(spellings) * len(chars) > MOST_SPELLINGS):
            yield tuple(_Literal(text, *begin) for text in spellings)
            spellings = []
        if chars:
            begin = begin if spellings else (least, most)
            spellings = [text + char for text in spellings or [""] for char in chars]
        else:
            yield from _inner(code, argument, least, most)
        low, high = parser.SubPattern(tree.state, [item]).getwidth()
        least, most = least + low, min(most + high, op.MAXREPEAT)
    if spellings:
        yield tuple(_Literal(text, *begin) for text in spellings)


def _inner(code: Any, argument: Any, least: int, most: int) -> Iterator[_Choice]:
    """Yield the choices that stand inside one operation."""
    if code is op.BRANCH:
        best = [min(_choices(part, least, most), key=_cost, default=()) for part in argument[1]]
        if all(best):
            yield tuple(literal for choice in best for literal in choice)
    elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        if argument[0]:
            yield from _choices(argument[2], least, most)
    elif code is op.SUBPATTERN:
        yield from _choices(argument[3], least, most)
    elif code is op.ATOMIC_GROUP:
        yield from _choices(argument, least, most)
    elif code is op.ASSERT and argument[0] > 0:
        yield from _choices(argument[1], least, most)


def _characters(code: Any, argument: Any) -> Sequence[str]:
    """Return the characters that an operation takes, lowered; none if they are many."""
    if code is op.LITERAL:
        codes = [argument]
    elif code is op.IN and all(part in (op.LITERAL, op.RANGE) for part, _ in argument):
        ranges = [(a, a) if part is op.LITERAL else a for part, a in argument]
        if sum(high - low for low, high in ranges) > MOST_SPELLINGS:
            return ()
        codes = [char for low, high in ranges for char in range(low, high + 1)]
    else:
        return ()
    return sorted({fold(chr(char)) for char in codes})
