"""The engine under the entity rules: spaCy entity-ruler patterns in, the same spans out, faster.

spaCy's own EntityRuler tokenises every text whole before it looks for a phrase. Here an
Aho-Corasick automaton finds the phrases in the lowered text first, and only the words at the two
ends of a hit are given to spaCy's tokenizer, to see whether the hit begins and ends where tokens
do. The patterns stay patterns: `Matcher.patterns` can be added to a plain EntityRuler with
`phrase_matcher_attr="LOWER"`, which then finds the same spans.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product, zip_longest
from operator import itemgetter
from string import ascii_letters, ascii_lowercase, digits
from typing import Final, NamedTuple

import ahocorasick_rs
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found] # compiled, has no stub

from nlp.folding import lowered

CACHED_WORDS: Final = 200_000
"""How many distinct words keep their token boundaries in memory (some 40 MB)."""
LONGEST_WORD: Final = 200
"""How far, in code points, a word is looked at to either side; no name is longer."""
CLASSES: Final = bytes(chr(code) in ascii_letters + digits for code in range(256))
LETTERS: Final = bytes(chr(code) in ascii_lowercase for code in range(256))
BLANK: Final = frozenset(" \n")
PLAIN: Final = re.compile(
    r"[(\[]*[A-Za-z]+(?:[-/][A-Za-z]+)*"
    r"(?:(?:(?<=[a-z])|(?<=[A-Z]{2}))\.|:|[)\]]?(?:[,;!?]|(?<=[)\]])\.)?)"
)
"""Words of letters, joined by strokes, with signs round them ("(Python/Java)."): spaCy parts
letters from signs, and each sign from the next, unless it knows the word or its abbreviation. A
stop behind one capital may be of the word."""
LETTER_RUNS: Final = re.compile(r"[A-Za-z]+")
INSIDE: Final = re.compile(r"(?<=[A-Za-z])(?=[A-Za-z])")
MOST_JOINTS: Final = 3
"""Up to how many signs inside a phrase ("ci/cd" has two joints) every spacing is looked for."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """An entity rule for a phrase: what `label` calls it, and the `id` of what it names."""

    label: str
    phrase: str
    id: str

    def as_spacy(self) -> dict[str, str]:
        """Return the rule in the form that `EntityRuler.add_patterns` takes."""
        return {"label": self.label, "pattern": self.phrase, "id": self.id}


class Hit(NamedTuple):
    """A span that a pattern covers: half-open code points, the pattern's label and id.

    `size` is its length in tokens, `phrase` the span's words in lower case.
    """

    start: int
    end: int
    label: str
    id: str
    size: int
    phrase: str = ""


class _Form(NamedTuple):
    """A phrase as it may be written: how many tokens it has, and what it means by label.

    `plain`: it is ASCII. `words` are the tokens of a form that no pattern writes like this, which
    a text must have as well.
    """

    text: str
    size: int
    ids: tuple[tuple[str, str], ...]
    plain: bool
    words: tuple[str, ...] = ()


class Matcher:
    """Finds phrases at token boundaries, the longest first, per label.

    Two patterns of one label with the same phrase (compared in lower case) are an error: which
    of them a hit means is for a rule with context to say, not for the order of a file.
    """

    def __init__(self, tokenizer: Tokenizer, patterns: Iterable[Pattern]) -> None:
        self.patterns: Final = tuple(patterns)
        self.tokenizer = tokenizer
        self._boundaries: dict[str, frozenset[int]] = {}
        self._special = frozenset(tokenizer.rules)
        self._joined = [word for word in self._special if "-" in word or "/" in word]  # "and/or"
        self._tokens: dict[str, tuple[str, ...]] = {}
        meanings: dict[str, dict[str, str]] = {}
        for pattern in self.patterns:
            by_label = meanings.setdefault(lowered(pattern.phrase), {})
            if by_label.setdefault(pattern.label, pattern.id) != pattern.id:
                raise ValueError(
                    f"{pattern.phrase!r} stands for both {by_label[pattern.label]} and {pattern.id}"
                )
        self._forms: list[_Form] = []
        for phrase, by_label in meanings.items():
            words, ids = self._words(phrase), tuple(by_label.items())
            self._forms.append(_Form(phrase, len(words), ids, phrase.isascii()))
            if len(words) != phrase.count(" ") + 1:  # else a blank parts all of them
                self._forms += [
                    _Form(form, len(words), ids, form.isascii(), words)
                    for form in _spaced(phrase, words)
                    if form not in meanings
                ]
        self._automaton = ahocorasick_rs.BytesAhoCorasick(_all_marked(self._forms))

    def find(self, text: str) -> list[Hit]:
        """Return the hits in order of position; hits of one label never overlap.

        Of overlapping hits the one with most tokens wins, of equals the first: the rule of
        spaCy's EntityRuler.
        """
        return sorted(chain.from_iterable(self.by_label(text).values()), key=itemgetter(0, 1, 2))

    def by_label(self, text: str) -> dict[str, list[Hit]]:
        """Return the same hits label by label, each in order of position."""
        found: defaultdict[str, list[Hit]] = defaultdict(list)
        low, padded, plain = lowered(text), f" {text} ", text.isascii()
        forms, new = self._forms, tuple.__new__  # quicker than `Hit(...)`, and there are many
        for index, start, end in self._automaton.find_matches_as_indexes(
            _marked(low), overlapping=True
        ):
            if padded[start] not in BLANK and not self._is_boundary(text, start):
                continue
            if padded[end + 1] not in BLANK and not self._is_boundary(text, end):
                continue
            phrase, size, ids, is_plain, words = forms[index]
            if not (plain and is_plain) and low[start:end] != phrase:
                continue  # the automaton knows only ASCII
            if words and tuple(map(lowered, self._words(text[start:end]))) != words:
                continue  # as the text writes it: "-Saga" is parted, "-saga" is not
            for label, id_ in ids:
                found[label].append(new(Hit, (start, end, label, id_, size, phrase)))
        return {label: longest_first(hits) for label, hits in found.items()}

    def _words(self, text: str) -> tuple[str, ...]:
        """Return the tokens of a phrase, those of each word: spaCy parts a text at blanks first.

        A word of ASCII letters that the tokenizer has no rule for is one token.
        """
        words = text.split(" ")
        if "" in words:
            return tuple(token.text for token in self.tokenizer(text))
        if text.isascii() and "".join(words).isalpha() and self._special.isdisjoint(words):
            return tuple(words)
        tokens: list[str] = []
        for word in words:
            if word.isalpha() and word.isascii() and word not in self._special:
                tokens.append(word)
                continue
            parts = self._tokens.get(word)
            if parts is None:
                parts = self._tokens[word] = tuple(token.text for token in self.tokenizer(word))
            tokens += parts
        return tuple(tokens)

    def _is_boundary(self, text: str, offset: int) -> bool:
        """Tell whether a token of spaCy's begins or ends at `offset`."""
        if not 0 < offset < len(text):
            return True
        before, after = text[offset - 1], text[offset]
        if before in BLANK or after in BLANK or before.isspace() or after.isspace():
            return True
        head = text[max(0, offset - LONGEST_WORD) : offset].rsplit(None, 1)[-1]
        tail = text[offset : offset + LONGEST_WORD].split(None, 1)[0]
        return len(head) in self._word_boundaries(head + tail)

    def _word_boundaries(self, word: str) -> frozenset[int]:
        boundaries = self._boundaries.get(word)
        if boundaries is None:
            if len(self._boundaries) >= CACHED_WORDS:
                self._boundaries.clear()
            boundaries = self._boundaries[word] = frozenset(self._parted(word))
        return boundaries

    def _parted(self, word: str) -> Iterable[int]:
        """Return where tokens begin or end, from the tokenizer, which takes long, if need be."""
        if PLAIN.fullmatch(word) and not self._is_special(word):
            inside = {match.start() for match in INSIDE.finditer(word)}
            return set(range(len(word) + 1)) - inside
        tokens = self.tokenizer(word)
        return [offset for token in tokens for offset in (token.idx, token.idx + len(token))]

    def _is_special(self, word: str) -> bool:
        """Tell whether the tokenizer knows a word of the `PLAIN` ones or something inside it."""
        parts = LETTER_RUNS.findall(word)
        if any(map(word.__contains__, self._joined)):
            return True
        return not self._special.isdisjoint((*parts, parts[-1] + "."))


def _spaced(phrase: str, words: Sequence[str]) -> Iterator[str]:
    """Yield the phrase with blanks between tokens that are written together: "CI / CD".

    Tokens are all that the EntityRuler compares, so it finds these too. A phrase with many such
    joints gets only the form in which all of them are parted.
    """
    joints = [
        [" "] if phrase.startswith(" ", end) else ["", " "] for end in _ends(phrase, words)[:-1]
    ]
    if sum(len(joint) > 1 for joint in joints) > MOST_JOINTS:
        joints = [[" "] for _ in joints]
    for blanks in product(*joints):
        spaced = "".join(chain.from_iterable(zip_longest(words, blanks, fillvalue="")))
        if spaced != phrase:
            yield spaced


def _ends(phrase: str, words: Sequence[str]) -> list[int]:
    """Return where each token ends in the phrase."""
    ends: list[int] = []
    position = 0
    for word in words:
        position = phrase.index(word, position) + len(word)
        ends.append(position)
    return ends


def longest_first(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits that remain when those of more tokens beat the others, then the earlier.

    They come in order of position.
    """
    chosen: list[Hit] = []
    end = first = 0  # from `first` on they overlap one another: only among them somebody loses
    for hit in sorted(hits, key=itemgetter(0)):
        start, stop = hit[0], hit[1]
        if start >= end:
            if len(chosen) - first > 1:
                chosen[first:] = _longest_first(chosen[first:])
            first, end = len(chosen), stop
        elif stop > end:
            end = stop
        chosen.append(hit)
    if len(chosen) - first > 1:
        chosen[first:] = _longest_first(chosen[first:])
    return chosen


def _longest_first(hits: list[Hit]) -> list[Hit]:
    if len(hits) == 2:  # as mostly: a name inside a longer one
        one, other = hits
        longer, shorter = (one, other) if one[4] >= other[4] else (other, one)
        start, end = longer[0], longer[1]
        if start <= shorter[0] < end or start < shorter[1] <= end:
            return [longer]
        return hits
    chosen: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: (-hit[4], hit[0])):
        start, end = hit[:2]
        if start not in taken and end - 1 not in taken:
            chosen.append(hit)
            taken.update(range(start, end))
    return sorted(chosen, key=itemgetter(0))


def _marked(lowered: str) -> bytes:
    """Return the text in ASCII with a capital where a word begins, and a high bit where one ends.

    So the automaton takes no "r" inside a word for the language: of its hits, most would be such.
    Contractions ("dont") and units ("5km") are all that spaCy splits inside an ASCII word, and no
    phrase of a vocabulary begins or ends with them. Other than ASCII becomes "?"; who finds a
    phrase compares it with the text. All characters are marked at once, each a byte of one long
    number: their classes, and the same moved on or back by one character.
    """
    text = lowered.encode("ascii", "replace")
    size = len(text)
    inside = int.from_bytes(text.translate(CLASSES), "little")
    letters = int.from_bytes(text.translate(LETTERS), "little")
    begin = letters & ~(inside << 8)
    end = inside & ~(inside >> 8)
    marked = int.from_bytes(text, "little") - (begin << 5) + (end << 7)  # "a" is 32 behind "A"
    return marked.to_bytes(size, "little")


def _all_marked(forms: Sequence[_Form]) -> list[bytes]:
    """Return the phrases as `_marked` returns each; all at once is quicker."""
    text = "\n".join(form.text for form in forms)
    marked = _marked(text).split(b"\n") if forms else []
    if len(marked) != len(forms):  # a phrase with a line break inside
        return [_marked(form.text) for form in forms]
    return marked
