"""The employer's own number for a posting ("Reference #: L24-146887")."""

from __future__ import annotations

import re
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document
from nlp.types import SectionKind, Stated

REFERENCE: Final = Anchored(
    r"\b(?:(?:announcement|competition|job|posting|reference|ref|requisition|req|vacancy)\b\.?[ ]?"
    r"(?:#|no\b\.?|number|id|code)[ ]{0,2}[:#]?[ ]{0,2}"
    r"|ref(?:erence)?\b\.?[ ]?:[ ]{0,2}(?=\S{4}))"
    r"(?P<number>[A-Z0-9](?:[A-Z0-9_./-]{0,30}[A-Z0-9])?)(?![\w-])",
    re.IGNORECASE,
)


def find_reference(document: Document) -> Stated[str] | None:
    """Return the first reference number. One without a digit is a word, not a number."""
    for match in REFERENCE.finditer(document.text):
        number = match["number"]
        if any(char.isdigit() for char in number) and (
            document.section(match.start()) is not SectionKind.RELATED
        ):
            return Stated(number, (document.evidence(*match.span(), "reference:number"),))
    return None
