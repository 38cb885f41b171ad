"""Words: a sentence as words and signs, for the open rules, which know no vocabulary."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from nlp.patterns import table

WORD: Final = re.compile(r"<[A-Z]+>|\.?[^\W_](?:[\w+#&’'./-]*[\w+#])?|[^\w\s]")
"""A word with the signs inside it ("Node.js", "C++", "CI/CD"), a placeholder, or one sign."""


class Word(NamedTuple):
    """A word or sign: half-open code points, and the word in lower case."""

    start: int
    end: int
    lower: str
    text: str


def words_of(text: str, start: int, end: int) -> list[Word]:
    """Return the words and signs of `text[start:end]` in order."""
    return [
        Word(match.start(), match.end(), match.group().lower().replace("’", "'"), match.group())
        for match in WORD.finditer(text, start, end)
    ]


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
