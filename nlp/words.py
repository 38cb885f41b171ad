"""Words: a sentence as words and signs, for the open rules, which know no vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, cached_property
from itertools import chain, repeat
from operator import add
from typing import Final, NamedTuple

from nlp.patterns import table

WORD: Final = re.compile(r"<[A-Z]+>|\.?[^\W_](?:[\w+#&’'./-]*[\w+#])?|[^\w\s]")
"""A word with the signs inside it ("Node.js", "C++", "CI/CD"), a placeholder, or one sign."""
CACHED_PIECES: Final = 50_000
"""How many distinct pieces between two blanks keep their words in memory (some 20 MB)."""
LONGEST_PIECE: Final = 100


class Word(NamedTuple):
    """A word or sign: half-open code points, and the word in lower case."""

    start: int
    end: int
    lower: str
    text: str


class Words:
    """The words and signs of a stretch of text in order, each as written and in lower case.

    Most stretches are only asked whether they hold certain words, so where the words stand is
    found out when somebody asks.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self._pieces = text[start:end].split()
        self.lower: Final = list(chain.from_iterable(map(_lowered.__getitem__, self._pieces)))

    @cached_property
    def written(self) -> list[str]:
        """The words as the text writes them."""
        return list(chain.from_iterable(map(_parts.__getitem__, self._pieces)))

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins in the text: only blanks and underscores part the words."""
        find, position = self._text.find, self._start
        starts: list[int] = []
        for word in self.written:
            position = find(word, position)
            starts.append(position)
            position += len(word)
        return starts

    def end(self, index: int) -> int:
        """Return where a word ends in the text."""
        return self.starts[index] + len(self.written[index])

    @cached_property
    def each(self) -> list[Word]:
        """The words with all that is known of each."""
        ends = map(add, self.starts, map(len, self.written))
        fields = zip(self.starts, ends, self.lower, self.written, strict=True)
        return list(map(tuple.__new__, repeat(Word), fields))


class _Kept(dict[str, tuple[str, ...]]):
    """What was made of a piece between two blanks, for so many pieces; the rest is made anew."""

    def __init__(self, make: Callable[[str], tuple[str, ...]]) -> None:
        self._make = make

    def __missing__(self, piece: str) -> tuple[str, ...]:
        made = self._make(piece)
        if len(piece) <= LONGEST_PIECE:
            if len(self) >= CACHED_PIECES:
                self.clear()
            self[piece] = made
        return made


def _written(piece: str) -> tuple[str, ...]:
    return tuple(WORD.findall(piece))


def _lower(piece: str) -> tuple[str, ...]:
    return tuple(word.lower().replace("’", "'") for word in _parts[piece])


_parts: Final = _Kept(_written)
_lowered: Final = _Kept(_lower)


def words_of(text: str, start: int, end: int) -> list[Word]:
    """Return the words and signs of `text[start:end]` in order."""
    return Words(text, start, end).each


@cache
def classes() -> dict[str, frozenset[str]]:
    """Return the words of each class in `patterns/words.tsv`."""
    found: dict[str, set[str]] = {}
    for row in table("words"):
        found.setdefault(row["class"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in found.items()}


def is_adverb(word: str) -> bool:
    """Tell whether a word in lower case says how something is done."""
    return word in classes()["adverb"] or (word.endswith("ly") and len(word) > len("apply"))


@cache
def verbs() -> dict[str, str]:
    """Return each form of the verbs of work, and which it is: base, gerund or third."""
    forms: dict[str, str] = {}
    for row in table("verbs"):
        forms.setdefault(row["third"], "third")
        forms.setdefault(row["gerund"], "gerund")
        forms[row["verb"]] = "base"
    return forms
