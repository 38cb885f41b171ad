"""Letters that rate the lines of a person specification: E is essential, D desirable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document
from nlp.types import Necessity

LETTER: Final = re.compile(
    r"(?:\(|\|[ ]{0,3})(?P<letter>[ED])(?=\)|[ ]{0,3}(?:\||$))", re.MULTILINE
)
"""How a line is rated: "Xero (E)", "Sage 50 | D"."""
MARKS: Final = ("(E)", "(D)")
"""One of them, or a bar, stands in every text that is rated so."""
LAST: Final = re.compile(r"(?<=[\w.)])[ \t]{1,20}(?P<letter>[ED])[ ]{0,3}$", re.MULTILINE)
"""The letter of a line's own column: "Xero   E"."""
LEGEND: Final = Anchored(r"\bE[ ]?(?:=|:|-|–|is|for)[ ]?essential\b", re.IGNORECASE)
"""What makes a letter at a line's end a rating as well: "E = essential, D = desirable"."""
RATINGS: Final = {"E": Necessity.REQUIRED, "D": Necessity.PREFERRED}


def find_letters(document: Document) -> Iterator[tuple[int, Necessity, int]]:
    """Yield the letters that rate, what they say, and where the line begins that they rate.

    One letter alone may be anything: nothing is said where not both are used.
    """
    text = document.text
    marked = "|" in text or any(mark in text for mark in MARKS)
    marks = list(LETTER.finditer(text)) if marked else []
    if LEGEND.search(text):
        marks += LAST.finditer(text)
    if {mark["letter"] for mark in marks} != RATINGS.keys():
        return
    for mark in marks:
        start = mark.start("letter")
        if document.asks(start):
            yield start, RATINGS[mark["letter"]], document.line(start)[0]
