"""Words: a sentence as words and signs, for the open rules, which know no vocabulary.

What the rules ask of a word, whether it is one of a class or how it is written, are its kinds: a
bit each, so that a word is looked up once and asked as often as one likes.

    STOPS = kind_among(".;:")
    ends = [index for index, kinds in enumerate(words.kinds) if kinds & STOPS]

Nearly every word of a text is of small letters alone, and of those only how they end is looked at:
the endings of all kinds are looked up at once (`kind_ending`), tests are for the other words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from functools import cache, lru_cache
from itertools import accumulate, chain, compress, count, repeat
from operator import add, itemgetter
from typing import Final, NamedTuple

from nlp.patterns import table

WORD: Final = re.compile(r"<[A-Z]+>|\.?[^\W_](?:[\w+#&’'./-]*[\w+#])?|[^\w\s]")
"""A word with the signs inside it ("Node.js", "C++", "CI/CD"), a placeholder, or one sign."""
CACHED_PIECES: Final = 50_000
"""How many distinct pieces between two blanks keep their words in memory (some 20 MB)."""
LONGEST_PIECE: Final = 100
LONGEST_ENDING: Final = 7
"""Letters that a kind of endings may ask for at the most."""

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
        if piece.isalnum():  # one word, as most are
            known: Known = (_kinds_of(piece),), ((0, len(piece)),)
        else:
            spans = tuple([match.span() for match in WORD.finditer(piece)])
            known = tuple([_kinds_of(piece[start:end]) for start, end in spans]), spans
        if len(piece) <= LONGEST_PIECE:
            if len(self) >= CACHED_PIECES:
                self.clear()
                self._same.clear()
            self[piece] = known = self._same.setdefault(known, known)
        return known


def folded(word: str) -> str:
    """Return a word in lower case, with plain apostrophes."""
    return word.lower().replace("’", "'")


class Form(IntEnum):
    """How the letters of a word are written; who asks for one gets those above it as well."""

    ANY = 0
    SMALL_BEHIND = 1
    """Small behind the first sign: "Testing"."""
    SMALL = 2
    """All small: "hands-on"."""
    LETTERS = 3
    """Small letters and nothing else: "testing"."""


class _Ending(NamedTuple):
    """Which words have a kind by how they end: longer than `above`, and in at least that form."""

    bit: int
    form: Form
    above: int


class _Kinds:
    """The kinds that the rules have asked for: each has a bit, and a way to tell its words."""

    def __init__(self) -> None:
        self.count = 0
        self.of_class: dict[str, int] = {}
        self.of_words: list[tuple[int, frozenset[str]]] = []
        self.not_of: list[tuple[int, frozenset[str]]] = []
        """Words that do not have a kind, though they end as its words do."""
        self.of_endings: list[tuple[_Ending, tuple[str, ...], tuple[str, ...]]] = []
        """Kinds of endings, each with the endings and those longer ones that are none."""
        self.tests: list[tuple[int, Callable[[str], bool]]] = []
        self.of_small = 0
        """The kinds with a test that all words of small ASCII letters pass; of others, none do."""

    def new(self) -> int:
        self.count += 1
        _known.clear()
        _kinds_of.cache_clear()
        for table_of in (_by_word, _without, _by_ending):
            table_of.cache_clear()
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


def kind_where(test: Callable[[str], bool], *, small: bool = False) -> int:
    """Return the bit of the words that pass a test as they are written.

    `small` is what the test says of a word of small ASCII letters alone, and must say of each: it
    is not asked of them.
    """
    bit = _asked.new()
    _asked.tests.append((bit, test))
    if small:
        _asked.of_small |= bit
    return bit


def kind_ending(
    endings: Iterable[str],
    form: Form = Form.ANY,
    *,
    above: int = 0,
    but: Iterable[str] = (),
    words: Iterable[str] = (),
) -> int:
    """Return the bit of the words of more than `above` signs that end in one of the endings.

    Endings are in lower case, with plain apostrophes. Words that end in one of `but` are left out,
    and so are the `words` themselves.
    """
    bit = _asked.new()
    if longer := [ending for ending in (*endings, *but) if len(ending) > LONGEST_ENDING]:
        raise ValueError(f"{longer[0]!r}: an ending has {LONGEST_ENDING} letters at the most.")
    _asked.of_endings.append((_Ending(bit, form, above), tuple(endings), tuple(but)))
    _asked.not_of.append((bit, frozenset(words)))
    return bit


@lru_cache(maxsize=CACHED_PIECES)
def _kinds_of(word: str) -> int:
    low = folded(word)
    if word.islower():
        form = Form.LETTERS if word.isalpha() else Form.SMALL
    else:
        form = Form.SMALL_BEHIND if word[1:].islower() else Form.ANY
    size = len(word)
    length, endings = _ended(low)
    if form is Form.SMALL_BEHIND and length == size:  # "Al" has no small letters that end it
        endings = [e for e in endings if e.form is Form.ANY]
        endings += [e for e in _ended(low[1:])[1] if e.form is not Form.ANY]
    ended = sum([bit for bit, least, above in endings if form >= least and size > above])
    kinds = _by_word().get(low, 0) | ended & ~_without().get(low, 0)
    if form is Form.LETTERS and word.isascii():
        return kinds | _asked.of_small
    return kinds | sum([bit for bit, test in _asked.tests if test(word)])


_known: Final = _Known()


@cache
def _by_word() -> dict[str, int]:
    """Return the bits of each word in lower case that is in a class."""
    sets = [(bit, classes().get(name, ())) for name, bit in _asked.of_class.items()]
    known = _bits([*sets, *_asked.of_words])
    for word, form in verbs().items():
        known[word] = known.get(word, 0) | _asked.of_class.get(form, 0)
    return known


@cache
def _without() -> dict[str, int]:
    """Return the bits that words do not have, whatever they end in."""
    return _bits(_asked.not_of)


def _bits(sets: Iterable[tuple[int, Iterable[str]]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for bit, words in sets:
        for word in words:
            found[word] = found.get(word, 0) | bit
    return found


def _ended(low: str) -> tuple[int, Sequence[_Ending]]:
    """Return the longest ending of a word that any kind asks for, and what it tells."""
    known = _by_ending()
    for length in range(min(len(low), LONGEST_ENDING), 0, -1):
        endings = known.get(low[len(low) - length :])
        if endings is not None:
            return length, endings
    return 0, known[""]


@cache
def _by_ending() -> dict[str, list[_Ending]]:
    """Return what each ending tells of the words that have no longer one."""
    kinds = _asked.of_endings
    every = {ending for _, endings, but in kinds for ending in ("", *endings, *but)}
    return {
        ending: [
            kind
            for kind, endings, but in kinds
            if ending.endswith(endings) and not ending.endswith(but)
        ]
        for ending in every
    }


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
