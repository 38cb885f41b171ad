"""Places of a posting's head: behind the title on its line, and on a line of places alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.document import Document, Span
from nlp.rules.place_reading import NAMED, bare_place, read_places
from nlp.types import Place, SectionKind

LONGEST: Final = 120
"""Code points of a line of the head; a longer one is prose."""
LONGEST_NAME: Final = 60
SIGN: Final = re.compile(r"\s[-–—/@]\s|\s?[|·•()\[\];]\s?|,\s|/|\s(?:in|at|or|and|&)\s(?=[A-Z])")
"""What parts a title from its place, and one place from the next."""
OFFICE: Final = re.compile(r" (?:[Oo]ffice|[Hh]ub|HQ|[Cc]ampus|[Ss]ite|[Bb]ranch)$")
ASIDE: Final = re.compile(r"\s?[(\[][^()\[\]\n]{1,60}[)\]]\s?$")
"""What a line says of its place: "London (Zone 1)"."""

ADDRESS: Final = re.compile(
    r"\s{0,9}[A-Z][^,:;|()\d\n]{1,50}"
    r"(?:(?:, [A-Z][^,:;|()\d\n]{1,40}){1,2}|\s[–—-]\s[A-Z][^,:;|()\d\n–—]{1,40})\s{0,9}"
)
"""A firm or a district, and its town: "Hart & Partners, Manchester", "KPL — Leeds"."""


def find_in_head(document: Document) -> Iterator[tuple[int, int, Place]]:
    """Yield the places that the title's line ends in, and those of lines that hold only places.

    "Staff Nurse - Leeds", "Buyer (Bristol)", "Auditor in Hamburg": a part behind the first counts
    where it is a place whole, for a longer one names a firm or a market ("London Market Claims").
    """
    text = document.text
    section = next(iter(document.sections), None)
    if section is None or section.kind is not SectionKind.HEADER:
        return
    title = True
    start = section.start
    for line in text[section.start : section.end].split("\n"):
        stop = start + len(line)
        if line.strip():
            if len(line) <= LONGEST:
                yield from _of_title(text, start, stop) if title else _alone(document, start, stop)
            title = False
        start = stop + 1


def _of_title(text: str, start: int, stop: int) -> Iterator[tuple[int, int, Place]]:
    for low, high in list(_parts(text, start, stop))[1:]:
        place = bare_place(text[low:high])
        if place is not None and text[low:high] != "Washington":  # the state or the capital
            yield low, high, place


def _alone(document: Document, start: int, stop: int) -> Iterator[tuple[int, int, Place]]:
    """Yield the places of a line that names nothing else but what is said of the last of them.

    Or but a firm or a district in front of the last: "Hart & Partners, Manchester".
    """
    text = document.text
    aside = ASIDE.search(text, start, stop)
    end = aside.start() if aside else stop
    parts = list(_parts(text, start, end))
    places = [bare_place(text[low:high]) for low, high in parts]
    firm = ADDRESS.fullmatch(text, start, end) is not None and not any(
        start <= hit.start < end for label in ("SKILL", "ROLE") for hit in document.hits(label)
    )
    named = firm and (any(places) or any(read_places(text[start:end])))
    if firm and not named:
        places[-1] = bare_place(text[slice(*parts[-1])], NAMED)
    for (low, high), place in zip(parts, places, strict=True):
        if place is not None and (all(places) or (firm and (low, high) == parts[-1])):
            yield low, high, place


def any_named(text: str) -> Iterator[tuple[int, int, Place]]:
    """Yield the places among the parts of an address: "Kestrel House, Norwich NR1 3QP"."""
    for low, high in _parts(text, 0, len(text)):
        words = OFFICE.sub("", text[low:high])
        place = bare_place(words, NAMED)
        if place is not None:
            yield low, low + len(words), place


def _parts(text: str, start: int, stop: int) -> Iterator[Span]:
    """Yield what stands between the signs, without white space at its ends."""
    begin = start
    for end, following in [
        *(sign.span() for sign in SIGN.finditer(text, start, stop)),
        (stop, stop),
    ]:
        words = text[begin:end].strip(" \t.:;–—-")
        if words and len(words) <= LONGEST_NAME:
            low = text.index(words, begin)
            yield low, low + len(words)
        begin = following
