"""Willingness: what may stand in the place of a skill or a paper that one lacks.

"F-Gas or willingness to train", "driving licence (or willing to obtain one)" ask for neither
outright. Behind no "or" the same words say something else: "we are willing to train you".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document
from nlp.matcher import Hit
from ontology import Vocabulary

LEARNING: Final = "Willingness to Learn"
INSTEAD: Final = Anchored(
    r"(?<=\bor )(?:an? |be )?(?P<words>working towards?\b|(?:ability|able|committed|commitment"
    r"|desire|desiring|eager|eagerness|happy|keen|keenness|prepared|ready|readiness|willing|willingness)"
    r" to (?:be trained|work(?:ing)? towards?|(?:become|train|study|qualify|sit|undertake|undergo"
    r"|achieve|acquire|attain|complete|earn|gain|get|obtain|pursue|learn)\b"
    r"(?! (?:the right|a suitable|an exceptional|you\b))))",
    re.IGNORECASE,
)
"""What one may offer in place of what is asked for: "or *willing to obtain* one"."""


def willing_hits(document: Document, vocabulary: Vocabulary) -> Iterator[Hit]:
    """Yield a hit of the willingness to learn wherever it may stand in something's place."""
    concept = vocabulary.find(LEARNING, "skills")
    if concept is None:
        return
    for match in INSTEAD.finditer(document.text):
        words = match["words"]
        yield Hit(
            match.start("words"),
            match.end("words"),
            "SKILL",
            concept.iri,
            len(words.split()),
            words.lower(),
        )
