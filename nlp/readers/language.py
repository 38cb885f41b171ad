"""The language of a posting: what is not English is not for our rules.

Function words decide ("the", "und"), so that an English text costs a twentieth of a millisecond;
which other language it is says py3langid, a small model that comes with its package and is loaded
only when a text needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import filterfalse
from typing import Final

from nlp.patterns import table

ENGLISH: Final = "en"
LEAST_SHARE: Final = 0.12
"""Function words among the words of an English posting: prose has 0.3 and more, lists less."""
HARDLY: Final = 0.06
"""With so few of them a piece of text is not English, if it has those of another language."""
ENGLISH_WORDS: Final = 10
FOREIGN_WORDS: Final = 3
"""Different function words with which a text is English without a closer look."""
FEWEST_WORDS: Final = 15
"""Fewer words than this in another language are names, a motto, a greeting."""
PARTLY: Final = 0.1
"""The share of a text in another language from which on a reader should know of it."""
MOSTLY_LOWER: Final = 0.6
"""The share of words without a capital in running text; German, which has more, is known."""
PIECE: Final = 60
"""Words of a piece at the most: texts without line breaks are cut."""
LETTERS_A_WORD: Final = 2
"""Chinese and Japanese write no blanks; two signs are about a word."""
OTHER_SCRIPT: Final = re.compile(
    "[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u0590-\u06ff\u0900-\u109f\u10a0-\u10ff\u1780-\u17ff"
    "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)


@dataclass(frozen=True, slots=True)
class Languages:
    """How many words are English, and the language and text of the rest, if there is a rest."""

    english: int
    foreign: int = 0
    name: str | None = None
    english_text: str = ""

    @property
    def share(self) -> float:
        """The share of English among the words of which the language shows."""
        return self.english / max(1, self.english + self.foreign)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    words: int
    english: int
    foreign: int
    script: int


def languages(text: str) -> Languages:
    """Return what a text is written in; a text that is all English takes the short way.

    A text of fewer than 15 words of another language counts as English.
    """
    tokens = text.lower().split()
    told = _telling().intersection(tokens)
    english = len(_english() & told)
    if (
        english >= ENGLISH_WORDS
        and len(told) - english < FOREIGN_WORDS
        and (text.isascii() or not OTHER_SCRIPT.search("".join(filterfalse(str.isascii, tokens))))
    ):
        return Languages(len(tokens))
    whole = _piece(text)
    plain = whole.english >= LEAST_SHARE * whole.words
    pieces = list(_pieces(text))
    foreign = [piece for piece in pieces if _is_foreign(piece)]
    if not plain and not foreign and _is_strange(whole):
        foreign = [whole]
    words = sum(piece.words for piece in foreign)
    if words < FEWEST_WORDS:
        return Languages(whole.words)
    name = _name("\n".join(piece.text for piece in foreign))
    if name is None:
        return Languages(whole.words)
    rest = [piece for piece in pieces if piece != whole and not _is_foreign(piece)]
    english = sum(piece.words for piece in rest if piece.english)
    return Languages(english, words, name, "\n".join(piece.text for piece in rest))


def other_language(text: str) -> str | None:
    """Return the name of the language that a part of the text is in, beside English."""
    found = languages(text)
    return found.name if 1 - found.share >= PARTLY else None


def _is_foreign(piece: _Piece) -> bool:
    if piece.script > piece.words / 4:
        return True
    hardly = piece.english <= LEAST_SHARE * piece.words
    return hardly and piece.foreign > max(piece.english, HARDLY * piece.words)


def _is_strange(piece: _Piece) -> bool:
    """Tell whether a text can be in a language whose function words we do not know.

    A list of tools or places has no function words either, but it is short, or in capitals.
    """
    words = piece.text.split()
    lower = sum(word[:1].islower() for word in words)
    few = piece.english <= HARDLY * piece.words / 2
    return few and len(words) >= 2 * FEWEST_WORDS and lower > MOSTLY_LOWER * len(words)


def _pieces(text: str) -> Iterator[_Piece]:
    for line in text.split("\n"):
        if len(line) < PIECE * 8:
            if line.strip():
                yield _piece(line)
            continue
        words = line.split(" ")
        for start in range(0, len(words), PIECE):
            yield _piece(" ".join(words[start : start + PIECE]))


def _piece(text: str) -> _Piece:
    words = text.lower().split()
    script = 0 if text.isascii() else len(OTHER_SCRIPT.findall(text))
    english = sum(map(_english().__contains__, words))
    foreign = sum(map(_foreign().__contains__, words))
    return _Piece(text, max(len(words), script // LETTERS_A_WORD), english, foreign, script)


def _name(text: str) -> str | None:
    """Return the language of a text that is hardly English; None where it is, or is unknown."""
    from py3langid import classify  # loading its model takes a second: only where a text needs it

    code, _ = classify(text)
    return None if code == ENGLISH else _names().get(code)


@cache
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in table("languages")}


@cache
def _english() -> frozenset[str]:
    rows = {row["code"]: row["words"].split() for row in table("languages")}
    return frozenset(rows[ENGLISH])


@cache
def _telling() -> frozenset[str]:
    return _english() | _foreign()


@cache
def _foreign() -> frozenset[str]:
    """Return the function words of other languages; the table leaves out what English has too."""
    return frozenset(
        word
        for row in table("languages")
        if row["code"] != ENGLISH
        for word in row["words"].split()
    )
