"""Licences: those that a posting names by whom they let work.

"Licensed in Ohio *as a physical therapist*" and "must be a *licensed* social worker" ask for the
licence of that trade, of which the vocabulary knows the name ("physical therapist license").
Whom one works beside or under says nothing of oneself: "supervised by a licensed nurse".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document
from nlp.matcher import Hit
from ontology import Vocabulary

AS: Final = Anchored(
    r"\b(?:licen[cs]ed|licensure|licen[cs]e|registered|registration)\b"
    r"(?P<where>[^.;:\n]{0,60}?)[ ]as[ ](?:an?|the)[ ]",
    re.IGNORECASE,
)
"""A licence up to the name of a trade: "*Licensure in the State of Maine as a* dietitian"."""
BE: Final = Anchored(
    r"(?:\b(?:are|be|being|is)[ ](?:an?[ ])?|(?:^|\n)[^\w\n]{0,6}(?:an?[ ])?)"
    r"(?:(?:actively|currently|fully|state)[ -]){0,2}(?P<word>licen[cs]ed)[ ]"
    r"(?!as\b|by\b|in\b|to\b)",
    re.IGNORECASE,
)
"""Who one must be: "must *be a licensed* architect", or that as an item of its own."""
LICENSED: Final = re.compile(r"^(?:fully )?licen[cs]ed ", re.IGNORECASE)
LONGEST: Final = 60
"""Code points of a trade's name."""


def named_licences(document: Document, vocabulary: Vocabulary) -> list[Hit]:
    """Return a hit for each licence that is told by its trade, over all its words, in order."""
    roles = document.hits("ROLE")
    return list(_licences(document, vocabulary, roles)) if roles else []


def _licences(document: Document, vocabulary: Vocabulary, roles: Sequence[Hit]) -> Iterator[Hit]:
    text = document.text
    ends = sorted({role.end for role in roles})
    found = [(match.start(), match.end()) for match in AS.finditer(text)]
    found += [(match.start("word"), match.end()) for match in BE.finditer(text)]
    done = 0
    for start, named in sorted(found):
        if start < done:
            continue
        first, last = bisect_right(ends, named), bisect_right(ends, named + LONGEST)
        for end in ends[first:last]:
            trade = LICENSED.sub("", text[named:end]).replace("-", " ")
            concept = vocabulary.find(f"{trade} license")
            if concept is not None and concept.kind == "certification" and "\n" not in trade:
                said = text[start:end]
                yield Hit(start, end, "SKILL", concept.iri, len(said.split()), said.lower())
                done = end
                break
