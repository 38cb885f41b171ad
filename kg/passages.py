"""Passages: the words around a piece of evidence, from the texts in the store."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.rows import Value
from ontology.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.rows import Queryable

LONGEST: Final = 54
"""Characters of a passage, at most."""

KEPT: Final = 500
"""Postings that are kept: some 20 MB of their words."""

_PREFIXES: Final = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
_TEXT: Final = f"""{_PREFIXES}
SELECT ?graph ?text WHERE {{ GRAPH ?graph {{
  ?posting a schema:JobPosting ; schema:identifier %s ; prov:wasDerivedFrom/rdf:value ?text .
}} }}"""
_EVIDENCE: Final = f"""{_PREFIXES}
SELECT DISTINCT ?exact ?start ?end ?section ?necessity ?alternative ?concept ?label
WHERE {{ GRAPH %s {{
  ?evidence oa:exact ?exact ; oa:start ?start ; oa:end ?end ; rg:section ?section .
  OPTIONAL {{
    ?stated rg:evidence ?evidence ; rg:necessity ?strength .
    OPTIONAL {{ ?alternative rg:member ?stated }}
    OPTIONAL {{ ?stated rg:skill|rg:degree ?asked }}
    OPTIONAL {{ ?stated rdfs:label ?label }}
  }}
  OPTIONAL {{ ?evidence rg:forProperty rg:duty ; rg:forValue ?duty }}
  BIND (LCASE(STRAFTER(STR(?strength), "#")) AS ?necessity)
  BIND (COALESCE(?asked, ?duty) AS ?concept)
}} }}
ORDER BY ?start ?end"""


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
    """The passages of a store's postings; a posting is read when it is first quoted.

    A passage is at most `longest` characters long. The postings that were quoted last are kept.
    """

    def __init__(self, store: Queryable, longest: int = LONGEST) -> None:
        self._store = store
        self._longest = longest
        self._posting = lru_cache(KEPT)(self._read)

    def find(
        self,
        posting: str,
        words: str,
        *,
        what: str | None = None,
        asked: str | None = None,
        section: str | None = None,
    ) -> Passage:
        """Return the passage of a piece of evidence, by the posting's identifier and its words.

        Of several with the same words the first is taken that is about `what` (a concept's IRI,
        or a label), is `asked` for so (a necessity, or "alternative") and stands in `section`.
        Where there is none, the passage is the words alone.
        """
        text, evidence = self._posting(posting)
        for row in evidence:
            if (
                row["exact"] == words
                and what in (None, row["concept"], row["label"])
                and asked in (None, "alternative" if row["alternative"] else row["necessity"])
                and section in (None, row["section"])
            ):
                return cut(text, int(str(row["start"])), int(str(row["end"])), self._longest)
        return cut(words, 0, len(words), self._longest)

    def _read(self, posting: str) -> tuple[str, Sequence[Mapping[str, Value]]]:
        """Return a posting's text, and the evidence in it; nothing of one that is not there."""
        found = self._store.query(_TEXT % ox.Literal(posting)).to_dicts()
        if not found:
            return "", ()
        # The graph is named: over all graphs the join would go through every posting's words.
        graph = ox.NamedNode(str(found[0]["graph"]))
        return str(found[0]["text"]), self._store.query(_EVIDENCE % graph).to_dicts()


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
