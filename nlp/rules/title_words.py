"""The words of a title: in one spelling, so that "Sr. SW Engrs" is looked up as it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.patterns import table
from ontology import Concept, Vocabulary

WORD: Final = re.compile(r"[^\s/–—,;|()\[\]\-]+")
GLUED: Final = re.compile(r"\b([A-Z]{3,4})([1-5])\b")
"""A grade glued to a short name: "SDE2"."""
GLUED_RANK: Final = re.compile(r"\b(Sr|Jr|Snr)\.(?=\w)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, where it stands in the title, and its usual spelling."""

    start: int
    end: int
    text: str
    usual: str


def spread(text: str) -> str:
    """Return the title with what is glued together apart: "SDE2", "Sr.Analyst"."""
    return GLUED_RANK.sub(r"\1. ", GLUED.sub(r"\1 \2", text))


def words_of(text: str) -> list[Word]:
    """Return the words in order; signs between them are none, but "&" is "and"."""
    return [
        Word(match.start(), match.end(), match.group(), _usual(match.group()))
        for match in WORD.finditer(text)
    ]


def key(words: Iterable[Word]) -> str:
    """Return the form under which words are looked up, the last of them in the singular."""
    joined = " ".join(word.usual for word in words if word.usual)
    return joined[:-1] if joined.endswith("s") and joined[-2:] not in ("ss", "us", "is") else joined


class RoleNames:
    """The roles of a vocabulary by their labels in the usual spelling."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._concepts: dict[str, Concept] = {}
        for concept in vocabulary.scheme("roles"):
            if concept.label.endswith(" roles"):
                continue  # a family of roles is nobody's job
            for label in concept.labels:
                self._concepts.setdefault(key(words_of(label)), concept)

    def find(self, words: Sequence[Word] | str) -> Concept | None:
        """Return the role that is called just so, or None."""
        return self._concepts.get(key(words_of(words) if isinstance(words, str) else words))


def _usual(word: str) -> str:
    plain = word.replace("’", "'").lower().rstrip(".:'!*\"").lstrip("'\"*:")
    return "and" if plain == "&" else _spellings().get(plain, plain)


@cache
def _spellings() -> dict[str, str]:
    return {row["spelling"]: row["words"] for row in table("title_words")}
