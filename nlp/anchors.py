r"""Anchors: regular expressions that are tried only where a text holds a word they need.

Most rules look for words that most postings do not hold, or hold once: scanning the whole text
for each of them is what extraction spent its time on. `Anchored` takes the same pattern as
`re.compile` and its `finditer` finds the same matches. From the pattern it reads which literals
a match must hold ("must", "salar", "graduat") and how far in front of them it may begin; one
Aho-Corasick automaton finds the literals of all patterns in one pass over the lowered text, and
the expression is tried there only. A pattern without such a literal is scanned for as ever.

    CUE = Anchored(r"\b(?:must have|is required)\b", re.IGNORECASE)
    for match in CUE.finditer(text): ...
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import ahocorasick_rs

from nlp.factors import FAR, Choice, choices_of, longest
from nlp.folding import fold, has_other_letters, lowered

KEPT: Final = 1_000_000
"""Of how many characters of the last texts it is known where the literals stand."""
SHORT: Final = 4
"""Up to this many beginnings are tried one by one."""
DEAR: Final = 7  # as many steps of a search as a try costs; it goes on to the longest match

TAIL: Final = 80
"""By so many of its last characters a text is told that another may end with."""

BEHIND: Final = 2
"""How long what stands before a match may be, to be looked for by itself."""

Span = tuple[int, int]
"""The first and the last offset at which a match may begin."""


class Anchored:
    """A compiled pattern whose `finditer` skips the stretches where it cannot match.

    `behind` is what must stand before a match that does not begin the text, `BEHIND` code points
    at the most; no match of it may hide another.
    """

    def __init__(self, pattern: str, flags: int = 0, behind: str | None = None) -> None:
        self.pattern: Final = re.compile(pattern, flags)
        self._behind = re.compile(behind) if behind is not None else None
        self._longest = longest(pattern, flags)
        choices = choices_of(pattern, flags)
        self._gate = any(literal.most > FAR for choice in choices for literal in choice)
        self._choices = [_registry.numbered(choice) for choice in choices]
        self.always: Final = not self._choices
        """Whether it holds no literal, and is tried on every text."""
        if self._choices:
            _registry.wake(self, self._choices[0])

    def finditer(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Yield the matches that `re.Pattern.finditer` yields, in the same order."""
        stop = len(text) if end is None else end
        if not self._choices:
            return self.pattern.finditer(text, start, stop)
        scanned = _scans[text]
        if self not in scanned.awake:
            return iter(())
        starts = scanned.starts.get(self)
        if starts is None:
            starts = scanned.starts[self] = self._starts(scanned.found)
        if start:
            starts = starts[bisect_left(starts, start, key=_last) :]
        if not starts or starts[0][0] >= stop:
            return iter(())
        if self._gate:
            return self.pattern.finditer(text, start, stop)
        return self._within(text, starts, start, stop)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return the first match, or None."""
        if self._choices and self not in _scans[text].awake:
            return None
        return next(self.finditer(text, start, end), None)

    def _starts(self, found: Mapping[int, Sequence[int]]) -> Sequence[Span]:
        """Return where matches may begin, in order: near a literal of each choice."""
        near: Sequence[Span] = ()
        for reaches in self._choices:
            spans: list[Span] = []
            for literal in reaches.keys() & found.keys():
                places = found[literal]
                for least, most in reaches[literal]:
                    if not most:  # it begins the match, as most do
                        spans += zip(places, places, strict=True)
                        continue
                    spans += [
                        (at - most if at > most else 0, at - least) for at in places if at >= least
                    ]
            if len(spans) > 1:
                spans = _merged(spans)
            near = _common(near, spans) if near else spans
            if not near:
                break
        return near

    def _within(
        self, text: str, starts: Iterable[Span], position: int, stop: int
    ) -> Iterator[re.Match[str]]:
        """Yield the matches that begin in one of the stretches, given in order, from `position`."""
        match_at = self.pattern.match
        for first, last in starts:
            if first >= stop:
                return
            if position < first:
                position = first
            while position <= last:
                if position == last:
                    match = match_at(text, last, stop)
                else:
                    match = self._first(text, position, last, stop)
                if match is None:
                    break
                yield match
                position = match.end()

    def _first(self, text: str, first: int, last: int, stop: int) -> re.Match[str] | None:
        """Return the first match that begins from `first` to `last` and ends before `stop`."""
        if self._behind is not None:
            if first == 0 and (match := self.pattern.match(text, 0, stop)):
                return match
            for place in self._behind.finditer(text, max(0, first - BEHIND), last):
                at = place.end()
                if at >= first and (match := self.pattern.match(text, at, stop)):
                    return match
            return None
        if self._longest is None or (last - first) * DEAR < max(self._longest, SHORT * DEAR):
            for start in range(first, last + 1):
                if match := self.pattern.match(text, start, stop):
                    return match
            return None
        match = self.pattern.search(text, first, min(last + self._longest, stop))
        return match if match and match.start() <= last else None


def awake(
    text: str, rules: Iterable[tuple[Mapping[str, str], Anchored]]
) -> list[tuple[Mapping[str, str], Anchored]]:
    """Return those of many rules, rows with their patterns, that may match somewhere, in order."""
    up = _scans[text].awake
    return [rule for rule in rules if rule[1] in up or rule[1].always]


class Literals:
    """Plain words in lower case that a rule looks for, found in the pass that all rules share.

    Every place counts, also where a word overlaps itself.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words: Final = tuple(words)
        self._numbers: Final = {_registry.number(word): word for word in self.words}
        _registry.wake(self, self._numbers)

    def places(self, text: str) -> list[int]:
        """Return where the words stand, word by word."""
        scanned = _scans[text]
        if self not in scanned.awake:
            return []
        found = scanned.found
        present = [number for number in self._numbers if number in found]
        places = [at for number in present for at in found[number]]
        if not places or not has_other_letters(text):
            return places
        lower = lowered(text)  # in which "ſ" is no "s", other than in the folded text
        words = [(self._numbers[number], at) for number in present for at in found[number]]
        return [at for word, at in words if lower.startswith(word, at)]

    def positions(self, text: str) -> list[int]:
        """Return where the words stand, in order."""
        return sorted(self.places(text))


class _Registry:
    """The literals of all anchored patterns by their numbers, and the automaton for them."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.sleepers: list[set[Anchored | Literals]] = []
        """For each literal those who need it."""
        self.automaton: ahocorasick_rs.AhoCorasick | None = None
        self.longest = 0
        """The length of the longest literal."""

    def number(self, literal: str) -> int:
        """Take up a literal and return its number."""
        if literal not in self.numbers:
            self.sleepers.append(set())
            self.automaton = None
            self.longest = max(self.longest, len(literal))
        return self.numbers.setdefault(literal, len(self.numbers))

    def numbered(self, choice: Choice) -> dict[int, list[Span]]:
        """Return by its literals' numbers the least and the most that stands before each."""
        reaches: dict[int, list[Span]] = {}
        for literal in choice:
            number = self.number(literal.text)
            reaches.setdefault(number, []).append((literal.least, literal.most))
        return {number: _merged(spans) for number, spans in reaches.items()}

    def wake(self, sleeper: Anchored | Literals, literals: Iterable[int]) -> None:
        """Let a pattern be tried, or words be looked for, where one of the literals stands."""
        _scans.clear()
        for number in literals:
            self.sleepers[number].add(sleeper)

    def build(self) -> ahocorasick_rs.AhoCorasick:
        self.automaton = ahocorasick_rs.AhoCorasick(
            list(self.numbers), implementation=ahocorasick_rs.Implementation.DFA
        )
        return self.automaton


class _Scanned(NamedTuple):
    """Where the literals of all rules stand in a text, by their numbers.

    `awake` are those that need one of them; `starts` where the matches of patterns may begin, of
    those that have been looked for; `moved` where the literals stand in texts that end with this
    one, by what is before it there.
    """

    found: Mapping[int, Sequence[int]]
    awake: set[Anchored | Literals]
    starts: dict[Anchored, Sequence[Span]]
    moved: dict[int, Mapping[int, Sequence[int]]]

    def behind(self, front: str, first: str) -> _Scanned:
        """Return it for `front` and this text behind it; `first` is what this text begins with.

        A posting is looked at with its source's fields, with blanks for them and without them:
        its words are looked through once.
        """
        size = len(front)
        moved = self.moved.get(size)
        if moved is None:
            moved = {one: [at + size for at in places] for one, places in self.found.items()}
            self.moved[size] = moved
        found = {**moved}
        for literal, places in _found(front + first).items():
            if before := [at for at in places if at < size]:
                found[literal] = [*before, *moved.get(literal, ())]
        awake = self.awake.union(*map(_registry.sleepers.__getitem__, found.keys() - moved.keys()))
        return _Scanned(found, awake, {}, {})


class _Scans(dict[str, _Scanned]):
    """What was found in the last texts, the longer the fewer, but always in the very last."""

    def __init__(self) -> None:
        self.kept = KEPT
        self._size = 0
        self._tails: dict[str, str] = {}
        """Texts that others may end with, by their last characters."""

    def __missing__(self, text: str) -> _Scanned:
        scanned = self[text] = self._scanned(text)
        self._size += len(text)
        while self._size > self.kept and len(self) > 1:
            oldest = next(iter(self))
            del self[oldest]
            self._size -= len(oldest)
            if self._tails.get(oldest[-TAIL:]) == oldest:
                del self._tails[oldest[-TAIL:]]
        return scanned

    def _scanned(self, text: str) -> _Scanned:
        tail = self._tails.setdefault(text[-TAIL:], text)
        known = self.get(tail)
        if known is not None and text.endswith(tail):
            size = len(text) - len(tail)
            return known.behind(text[:size], tail[: _registry.longest - 1])
        if len(text) < len(tail):
            self._tails[text[-TAIL:]] = text
        found = _found(text)
        awake: set[Anchored | Literals] = set().union(*map(_registry.sleepers.__getitem__, found))
        return _Scanned(found, awake, {}, {})

    def clear(self) -> None:
        super().clear()
        self._tails.clear()
        self._size = 0


def _found(text: str) -> Mapping[int, Sequence[int]]:
    automaton = _registry.automaton or _registry.build()
    found: dict[int, list[int]] = defaultdict(list)
    for literal, start, _ in automaton.find_matches_as_indexes(fold(text), overlapping=True):
        found[literal].append(start)
    return found


_scans: Final = _Scans()
_registry: Final = _Registry()


def _last(span: Span) -> int:
    return span[1]


def _merged(spans: list[Span]) -> list[Span]:
    """Return the spans in order, those that touch made one."""
    spans.sort()
    merged = spans[:1]
    for first, last in spans[1:]:
        if first > merged[-1][1] + 1:
            merged.append((first, last))
        elif last > merged[-1][1]:
            merged[-1] = (merged[-1][0], last)
    return merged


def _common(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """Return what two sequences of spans, each in order, have in common."""
    common: list[Span] = []
    left = right = 0
    while left < len(one) and right < len(other):
        low = max(one[left][0], other[right][0])
        high = min(one[left][1], other[right][1])
        if low <= high:
            common.append((low, high))
        if one[left][1] < other[right][1]:
            left += 1
        else:
            right += 1
    return common
