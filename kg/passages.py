"""Passages: the words around a piece of evidence, from the texts in the store."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ontology.terms import DECLARED

if TYPE_CHECKING:
    from kg.analysis.quotes import Quote
    from kg.rows import Queryable

LONGEST: Final = 54
"""Characters of a passage, at most."""

KEPT: Final = 500
"""Texts that are kept: some 2 MB."""

_TEXT: Final = f"""{DECLARED}
SELECT ?text WHERE {{ GRAPH ?graph {{
  ?posting a schema:JobPosting ; schema:identifier %s ; prov:wasDerivedFrom/rdf:value ?text .
}} }}"""
_TITLE: Final = f"""{DECLARED}
SELECT ?title ?employer WHERE {{ GRAPH ?graph {{
  ?posting a schema:JobPosting ; schema:identifier %s .
  OPTIONAL {{ ?posting schema:title ?title }}
  OPTIONAL {{ ?posting schema:hiringOrganization/schema:name ?employer }}
}} }}"""


@dataclass(frozen=True, slots=True)
class Passage:
    """Exact words in the line that they stand in, on one line; "…" where it was cut."""

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        """Return the passage, the exact words in guillemets where others stand around them."""
        if not self.before and not self.after:
            return self.words
        return f"{self.before}«{self.words}»{self.after}"


class Passages:
    """The passages of a store's postings; a text is read when it is first quoted from.

    A passage is at most `longest` characters long. The texts that were quoted last are kept.
    """

    def __init__(self, store: Queryable, longest: int = LONGEST) -> None:
        self._store = store
        self._longest = longest
        self._text = lru_cache(KEPT)(self._read)
        self.title = lru_cache(KEPT)(self._read_title)

    def find(self, quote: Quote) -> Passage:
        """Return the passage of a quote: the words alone where their place is not known.

        So it is for a posting that the store does not have, too.
        """
        text = "" if quote.start is None else self._text(quote.posting)
        if quote.start is None or not text:
            return cut(quote.text, 0, len(quote.text), self._longest)
        return cut(text, quote.start, quote.start + len(quote.text), self._longest)

    def _read(self, posting: str) -> str:
        found = self._store.query(_TEXT % ox.Literal(posting)).to_dicts()
        return str(found[0]["text"]) if found else ""

    def _read_title(self, posting: str) -> tuple[str, ...]:
        """Return a posting's title and employer, as far as they are known."""
        found = self._store.query(_TITLE % ox.Literal(posting)).to_dicts()
        row = min(found, key=str) if found else {}
        return tuple(str(value) for value in row.values() if value)


def cut(text: str, start: int, end: int, longest: int = LONGEST) -> Passage:
    r"""Return `text[start:end]` and as much of its line as fits, cut between words.

    >>> str(cut("Skills\nExperience with Spark and Git", 23, 28))
    'Experience with «Spark» and Git'
    """
    words = _one_line(text[start:end])
    if len(words) >= longest:
        return Passage("", _head(words, longest), "")
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    before = _one_line(text[first:start]).lstrip()
    after = _one_line(text[end : len(text) if last < 0 else last]).rstrip()
    room = longest - len(words)
    half = room // 2
    left = max(half, room - len(after))
    right = max(half, room - len(before))
    return Passage(_tail(before, left), words, _head(after, right))


def _one_line(text: str) -> str:
    """Return the text with every run of white space as one blank, also at its ends."""
    blank = {True: " ", False: ""}
    inner = " ".join(text.split())
    if not inner:
        return blank[bool(text)]
    return f"{blank[text[0].isspace()]}{inner}{blank[text[-1].isspace()]}"


def _head(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    if longest < 1:
        return ""
    kept = text[: longest - 1]
    if not text[longest - 1].isspace() and " " in kept:
        kept = kept[: kept.rindex(" ")] or " "
    return f"{kept}…"


def _tail(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    if longest < 1:
        return ""
    first = len(text) - longest + 1
    kept = text[first:]
    if not text[first - 1].isspace() and " " in kept:
        kept = kept[kept.index(" ") + 1 :] or " "
    return f"…{kept}"
