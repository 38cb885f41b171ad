"""Terse lines: what a posting says of its job in a row of fields, "Leeds | Hybrid | Permanent".

Such a row has no labels: a part of it is a place or a mode of work by what it is. In the header
any part counts; in prose only where every part of a short sentence is one of these ("Denver.
On-site."), since a city's name in a sentence is nearly always somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.document import Document, Span
from nlp.rules.place_reading import place_at
from nlp.rules.work_mode import modes_in
from nlp.types import Place, SectionKind

LONGEST: Final = 60
"""Code points of a short sentence at the most."""
LONGEST_ROW: Final = 250
PART: Final = re.compile(r"\s{0,9}(?:\|{1,9}|[·•()]|\s[-–—/]\s|\.(?:\s|$))\s{0,9}")
IN_PROSE: Final = re.compile(r"\s{0,9}(?:\|{1,9}|[·•()]|\s?[-–—/,]\s|\.(?:\s|$))\s{0,9}")
WELL_KNOWN: Final = 100_000
"""Inhabitants of a city that is known by its name alone."""
WORDS: Final = frozenset(
    "Batman Independence Male Man Media Mission Mobile Nice Orange Providence Reading Split"
    " Surprise Temple Union Van Victoria".split()
)
"""Cities whose names are words of postings: "Mobile", "Male / Female"."""


def find_terse(document: Document) -> Iterator[tuple[int, int, Place]]:
    """Yield the places that are a part of a row by their names alone."""
    for low, high, whole in _rows(document):
        parts = [(start, end) for start, end in _parts(document.text, low, high, whole=whole)]
        read = [(span, _place(document.text, *span)) for span in parts]
        others = [span for span, place in read if place is None]
        if whole and not all(modes_in(document.text[slice(*span)]) for span in others):
            continue
        for (start, end), place in read:
            if place is not None:
                yield start, end, place


def _rows(document: Document) -> Iterator[tuple[int, int, bool]]:
    """Yield the header's lines below the first, and the short sentences of prose."""
    text = document.text
    for section in document.sections:
        if section.kind is SectionKind.HEADER:
            start = text.find("\n", section.start, section.end)
            while 0 <= start < section.end:
                end = text.find("\n", start + 1, section.end)
                stop = end if end >= 0 else section.end
                if stop - start <= LONGEST_ROW:
                    yield start + 1, stop, False
                start = end
    for low, high, kind in document.stretches:
        if kind is SectionKind.BODY and high - low <= LONGEST and text[low:high].strip():
            yield low, high, True


def _parts(text: str, low: int, high: int, *, whole: bool) -> Iterator[Span]:
    begin = low
    for sign in (IN_PROSE if whole else PART).finditer(text, low, high):
        if begin < sign.start():
            yield begin, sign.start()
        begin = sign.end()
    if begin < high:
        yield begin, high


def _place(text: str, start: int, end: int) -> Place | None:
    """Return the place that the words are, and nothing else."""
    words = text[start:end].strip()
    if not words[:1].isupper() or len(words) > LONGEST or words in WORDS:
        return None
    read = place_at(words, 0, alone=WELL_KNOWN)
    return read[1] if read is not None and read[0] == len(words) else None
