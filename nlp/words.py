"""Words: a sentence as words and signs, for the open rules, which know no vocabulary.

What the rules ask of a word, whether it is one of a class or how it is written, are its kinds: a
bit each, so that a word is looked up once and asked as often as one likes.

    STOPS = kind_among(".;:")
    ends = [index for index, kinds in enumerate(words.kinds) if kinds & STOPS]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import accumulate, chain, compress, count, repeat
from operator import add, itemgetter
from typing import Final, NamedTuple

from nlp.patterns import table

WORD: Final = re.compile(r"<[A-Z]+>|\.?[^\W_](?:[\w+#&’'./-]*[\w+#])?|[^\w\s]")
"""A word with the signs inside it ("Node.js", "C++", "CI/CD"), a placeholder, or one sign."""
CACHED_PIECES: Final = 50_000
"""How many distinct pieces between two blanks keep their words in memory (some 20 MB)."""
LONGEST_PIECE: Final = 100

Span = tuple[int, int]
Known = tuple[tuple[int, ...], tuple[Span, ...]]
"""The kinds of the words in a piece of text, and where each of them stands in it."""
KINDS: Final = itemgetter(0)


class Word(NamedTuple):
    """A word or sign: half-open code points, and the word in lower case."""

    start: int
    end: int
    lower: str
    text: str


class Words:
    """The words and signs of a stretch of text in order.

    Many stretches are only asked what kinds of words they hold; where the words stand is found out
    when somebody asks, and kept, since who asks once asks again.
    """

    __slots__ = ("_known", "_pieces", "_spans", "_start", "_text", "kinds")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self._pieces = text[start:end].split()
        self._known = list(map(_known.__getitem__, self._pieces))
        self.kinds = list(chain.from_iterable(map(KINDS, self._known)))
        """Everything that `kind_of`, `kind_among` and `kind_where` ask for, of each word."""
        self._spans: Sequence[Span] | None = None

    @property
    def spans(self) -> Sequence[Span]:
        """Where each word stands in the text."""
        spans = self._spans
        if spans is None:
            spans = self._spans = [
                (start + low, start + high)
                for start, (_, places) in zip(self._piece_starts(), self._known, strict=False)
                for low, high in places
            ]
        return spans

    def span(self, index: int) -> Span:
        """Return where the word at `index` stands in the text."""
        return (self._spans or self.spans)[index]

    def index(self, offset: int) -> int:
        """Return the number of words that begin before `offset` of the text."""
        return bisect_left(self._spans or self.spans, (offset,))

    def holding(self, kinds: int) -> list[int]:
        """Return which of the words have one of the kinds."""
        return list(compress(count(), map(kinds.__and__, self.kinds)))

    def _piece_starts(self) -> Iterable[int]:
        text, pieces = self._text, self._pieces
        position = text.find(pieces[0], self._start) if pieces else 0
        if text.startswith(" ".join(pieces), position):  # as nearly always, one blank parts them
            return accumulate(map(add, map(len, pieces), repeat(1)), initial=position)
        starts: list[int] = []
        for piece in pieces:
            position = text.find(piece, position)
            starts.append(position)
            position += len(piece)
        return starts

    @property
    def each(self) -> list[Word]:
        """The words with all that is known of each."""
        words = [(start, end, self._text[start:end]) for start, end in self.spans]
        return [Word(start, end, folded(text), text) for start, end, text in words]


class _Known(dict[str, Known]):
    """What the pieces between two blanks hold, for so many of them; the rest is read anew."""

    def __init__(self) -> None:
        self._same: dict[Known, Known] = {}  # most pieces are like a few others

    def __missing__(self, piece: str) -> Known:
        known = _kinds_in(piece), tuple(match.span() for match in WORD.finditer(piece))
        if len(piece) <= LONGEST_PIECE:
            if len(self) >= CACHED_PIECES:
                self.clear()
                self._same.clear()
            self[piece] = known = self._same.setdefault(known, known)
        return known


def folded(word: str) -> str:
    """Return a word in lower case, with plain apostrophes."""
    return word.lower().replace("’", "'")


class _Kinds:
    """The kinds that the rules have asked for: each has a bit, and a way to tell its words."""

    def __init__(self) -> None:
        self.count = 0
        self.of_class: dict[str, int] = {}
        self.of_words: list[tuple[int, frozenset[str]]] = []
        self.tests: list[tuple[int, Callable[[str], bool]]] = []

    def new(self) -> int:
        self.count += 1
        _known.clear()
        _by_word.cache_clear()
        return 1 << self.count - 1


_asked: Final = _Kinds()


def kind_of(*names: str) -> int:
    """Return the bits of classes of `patterns/words.tsv`; "base", "gerund", "third" are verbs'."""
    bits = 0
    for name in names:
        if name not in _asked.of_class:
            _asked.of_class[name] = _asked.new()
        bits |= _asked.of_class[name]
    return bits


def kind_among(words: Iterable[str]) -> int:
    """Return the bit of the words given, which are in lower case."""
    bit = _asked.new()
    _asked.of_words.append((bit, frozenset(words)))
    return bit


def kind_where(test: Callable[[str], bool]) -> int:
    """Return the bit of the words that pass a test as they are written."""
    bit = _asked.new()
    _asked.tests.append((bit, test))
    return bit


def _kinds_in(piece: str) -> tuple[int, ...]:
    known, tests = _by_word(), _asked.tests
    return tuple(
        known.get(folded(word), 0) | sum(bit for bit, test in tests if test(word))
        for word in WORD.findall(piece)
    )


_known: Final = _Known()


@cache
def _by_word() -> dict[str, int]:
    """Return the bits of each word in lower case that is in a class."""
    known: dict[str, int] = {}
    sets = [(bit, classes().get(name, ())) for name, bit in _asked.of_class.items()]
    for bit, words in (*sets, *_asked.of_words):
        for word in words:
            known[word] = known.get(word, 0) | bit
    for word, form in verbs().items():
        known[word] = known.get(word, 0) | _asked.of_class.get(form, 0)
    return known


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


@cache
def verbs() -> dict[str, str]:
    """Return each form of the verbs of work, and which it is: base, gerund or third."""
    forms: dict[str, str] = {}
    for row in table("verbs"):
        forms.setdefault(row["third"], "third")
        forms.setdefault(row["gerund"], "gerund")
        forms[row["verb"]] = "base"
    return forms
