"""The form of a name: words with capitals that no company, department or job is called by."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from nlp.gazetteer import well_known
from nlp.patterns import table

Span = tuple[int, int]

MOST_WORDS: Final = 4
WORD: Final = re.compile(r"[^\W\d_][\w'’]{0,40}(?:-[^\W\d_][\w'’]{0,40}){0,3}\.?")
TITLE: Final = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?[ ]")
PARTICLES: Final = frozenset(
    "al bin da de del della den der di dos el la las le los van von y".split()
)


def read_name(text: str, at: int) -> Span | None:
    """Return the name that begins at `at`: up to four words with capitals, None if it is none."""
    title = TITLE.match(text, at)
    start = position = title.end() if title else at
    words: list[str] = []
    end = start
    while len(words) < MOST_WORDS:
        word = WORD.match(text, position)
        if word is None:
            break
        written = word.group()
        bare = written.rstrip(".").lower().removesuffix("'s").removesuffix("’s")
        kind = _not_names().get(bare)
        if kind == "organisation" and words:
            return None
        if kind == "surname" and words:
            kind = None
        if kind is not None or not (written[0].isupper() or (words and bare in PARTICLES)):
            break
        initial = len(written.rstrip(".")) == 1
        words.append(written)
        end = word.end() if initial else word.end() - written.endswith(".")
        if written.endswith(("'s", "’s")):
            end -= 2
            break
        if not initial and written.endswith("."):
            break
        if text[word.end() : word.end() + 1] != " ":
            break
        position = word.end() + 1
    while words and words[-1].lower() in PARTICLES:
        end -= len(words.pop()) + 1
    if not any(len(word.rstrip(".")) > 1 for word in words):
        return None
    return (at if title else start), end


def is_place(name: str, fewest: int) -> bool:
    """Tell whether a name is that of a city of so many inhabitants or more."""
    return well_known(name, fewest) is not None


def is_given(name: str) -> bool:
    """Tell whether a name begins with a given name that we know."""
    return name.split()[0].lower() in _given_names()


@cache
def _given_names() -> frozenset[str]:
    return frozenset(row["name"] for row in table("given_names"))


@cache
def _not_names() -> dict[str, str]:
    nouns = {row["noun"]: "stop" for row in table("role_nouns")}
    return nouns | {row["word"]: row["kind"] for row in table("not_names")}
