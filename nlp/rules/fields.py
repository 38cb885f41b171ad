"""Fields of study: which stretches of a text list fields and so no skills."""

from __future__ import annotations

import re
from typing import Final

from nlp.document import Document, Span
from nlp.types import Term
from ontology import Vocabulary

_KIND = (
    "allied|analytical|any|applicable|applied|associated|closely|comparable|computational|"
    "engineering|equivalent|other|quantitative|related|relevant|scientific|similar|stem|technical"
)
LIST_END: Final = re.compile(
    rf"\b(?:or|and)\s+(?:in\s+)?(?:an?\s+)?(?P<phrase>(?:(?:{_KIND})\s+){{1,4}}"
    r"(?:areas? of study|fields?|disciplines?|majors?|subjects?))\b(?P<to>\s+related\b)?",
    re.IGNORECASE,
)
"""What ends a list of fields: "or a related field", "or technical fields related to them"."""
OPEN: Final = re.compile(
    r"\b(?:allied|associated|comparable|equivalent|other|related|relevant|similar)\b", re.IGNORECASE
)
IN: Final = re.compile(r"\bin\s+", re.IGNORECASE)
JOINER: Final = re.compile(
    r"(?:\s*(?:\(any field\)|,|/|;|&|:|\(|\)|\be\.g\.|\bsuch as\b|\bincluding\b|\bor\b|\band/or\b"
    r"|\band\b|\ba\b|\ban\b|\bclosely\b|\brelated\b|\bfield\b|\bdegree\b|\bin\b))*\s*",
    re.IGNORECASE,
)


class FieldLists:
    """The lists of fields in a document: "in Statistics, ML, or a related field"."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self._document = document
        self._vocabulary = vocabulary
        self.spans: Final[list[Span]] = [
            span for match in LIST_END.finditer(document.text) if (span := self._before(match))
        ]

    def after(self, start: int, end: int) -> tuple[tuple[Term, ...], int]:
        """Return the fields listed from `start` on, up to `end`, and where the list stops.

        The list goes on as long as only commas, "or", "and" and the like part its members.
        """
        listed = next((high for low, high in self.spans if low <= start <= high), start)
        fields: dict[str, Term] = {}
        position = start
        for hit in self._document.hits("FIELD"):
            if hit.start < start or hit.start >= end:
                continue
            between = self._document.text[position : hit.start]
            if hit.start >= listed and JOINER.fullmatch(between) is None:
                break
            concept = self._vocabulary[hit.id]
            fields[concept.iri] = Term(concept.label, concept.iri)
            position = hit.end
        return tuple(fields.values()), max(position, min(listed, end)) if fields else start

    def related(self, start: int, end: int) -> bool:
        """Tell whether "or a related field" stands there; a named field is none ("... discipline").

        "closely related quantitative discipline" is itself a field of the vocabulary.
        """
        named = [hit for hit in self._document.hits("FIELD") if start <= hit.start < end]
        return any(
            (match["to"] or OPEN.search(match["phrase"]))
            and not any(match.start() <= h.start and h.end == match.end("phrase") for h in named)
            for match in LIST_END.finditer(self._document.text, start, end)
        )

    def _before(self, match: re.Match[str]) -> Span | None:
        """Return the list that ends in "or related field": from the "in" before it."""
        low, _ = self._document.sentence(match.start())
        starts = [m.end() for m in IN.finditer(self._document.text, low, match.start())]
        return (starts[-1], match.end()) if starts else None
