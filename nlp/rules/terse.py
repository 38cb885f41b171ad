"""Terse rows: what a posting says of its job in a row of fields, "Leeds | Hybrid | Permanent".

Such a row has no labels: a part of it is a place or a mode of work by what it is. A city's name is
much else, too: a framework, a firm, somebody's name. It is the job's place only beside a part that
plainly tells of the job, its mode, its kind of employment or its pay, and never beside skills.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from nlp.document import Document, Span
from nlp.rules.employment import read_employment_type
from nlp.rules.modes import SIGNS, mode_of
from nlp.rules.place_reading import NAMED, bare_place
from nlp.types import Place, SectionKind

LONGEST: Final = 60
"""Code points of a short sentence at the most."""
LONGEST_ROW: Final = 250
SIGN: Final = re.compile(r"\s{0,9}(?:\|{1,9}|[·•()]|\s[-–—/]\s|\.(?=\s|$))\s{0,9}")
COMMA: Final = re.compile(r",\s{1,9}")
"""Parts a row only where a place has none: "Remote, Denver", "Austin, TX"."""
CHOICE: Final = re.compile(r"/|\s(?:or|and|&)\s")
"""Parts places where all are some: "Pune/Hyderabad", "Bonn or Cologne"."""
OFFICE: Final = re.compile(r" (?:[Oo]ffice|[Hh]ub|HQ|[Cc]ampus|[Bb]ranch)$")
OF_JOB: Final = re.compile(
    r"[$€£₹]\s?\d|\bR\s?\d{2,3}(?:[ ,]\d{3}|k)|\b[A-Z]{3}\s\d{2,3},\d{3}"
    r"|\b\d{1,2}\+?\s(?:days?|hours?|months?|weeks?)\sago\b",
    re.IGNORECASE,
)
"""Pay, or when a board has shown the posting first."""


class Part(NamedTuple):
    """A part of a row: where it stands, and the place or the mode that it is."""

    start: int
    end: int
    place: Place | None
    mode: str | None


def find_terse(document: Document) -> Iterator[tuple[int, int, Place]]:
    """Yield the places that are a part of a row by their names alone."""
    for row in rows_of(document):
        told = any(_tells_of_job(document.text, part) for part in row)
        if told and not any(_is_skill(document, part) for part in row if part.place is None):
            for part in row:
                if part.place is not None:
                    yield part.start, part.end, part.place


def rows_of(document: Document, near: list[int] | None = None) -> Iterator[list[Part]]:
    """Yield the rows in parts: the header's lines below the first, and short sentences of prose.

    Sentences of prose that follow one another on a line are one row; each of them is nothing but
    parts that tell of the job. `near` leaves out the lines and the sentences in which none of these
    offsets lies.
    """
    text = document.text
    for low, high in _header_lines(document):
        if near is None or _holds(near, low, high):
            yield list(_parts(text, low, high))
    row: list[Part] = []
    for (low, high, kind), following in pairwise([*document.stretches, (-1, -1, None)]):
        short = kind is SectionKind.BODY and high - low <= LONGEST
        looked_at = short and (near is None or _holds(near, low, high))
        if looked_at and (parts := _known_parts(text, low, high)):
            row += parts
            goes_on = following[0] >= 0 and "\n" not in text[high : following[0]]
            if goes_on and "\n" not in text[low:high].rstrip("\n"):
                continue
        if row:
            yield row
        row = []


def _header_lines(document: Document) -> Iterator[Span]:
    text = document.text
    for section in document.sections:
        if section.kind is SectionKind.HEADER:
            start = text.find("\n", section.start, section.end)
            while 0 <= start < section.end:
                end = text.find("\n", start + 1, section.end)
                stop = end if end >= 0 else section.end
                if stop - start <= LONGEST_ROW:
                    yield start + 1, stop
                start = end


def _holds(offsets: list[int], low: int, high: int) -> bool:
    index = bisect_left(offsets, low)
    return index < len(offsets) and offsets[index] < high


def _parts(text: str, low: int, high: int) -> Iterator[Part]:
    for start, end in _between(SIGN, text, low, high):
        part = _part(text, start, end)
        if part.place is None and CHOICE.search(text, start, end):
            either = [_part(text, *span) for span in _between(CHOICE, text, start, end)]
            if all(one.place for one in either):
                yield from either
                continue
        if part.place is None and COMMA.search(text, start, end):
            yield from (_part(text, *span) for span in _between(COMMA, text, start, end))
        else:
            yield part


def _known_parts(text: str, low: int, high: int) -> list[Part]:
    """Return the parts of a sentence if each of them tells of the job."""
    found: list[Part] = []
    for part in _parts(text, low, high):
        if part.place is None and not _tells_of_job(text, part):
            return []
        found.append(part)
    return found


def _part(text: str, start: int, end: int) -> Part:
    words = text[start:end]
    if len(words) > LONGEST:
        return Part(start, end, None, mode_of(words))
    office = OFFICE.search(words)
    place = bare_place(words[: office.start()], NAMED) if office else bare_place(words)
    return Part(start, end, place, mode_of(words))


def _between(sign: re.Pattern[str], text: str, low: int, high: int) -> Iterator[Span]:
    """Yield what stands between the signs, without white space at its ends."""
    begin = low
    for end, following in [
        *(match.span() for match in sign.finditer(text, low, high)),
        (high, high),
    ]:
        words = text[begin:end].strip()
        if words:
            start = text.index(words, begin)
            yield start, start + len(words)
        begin = following


def _tells_of_job(text: str, part: Part) -> bool:
    """Tell whether a part is a mode of work, a kind of employment or pay."""
    words = text[part.start : part.end].strip(SIGNS)
    told = part.mode is not None or read_employment_type(words) is not None
    return told or OF_JOB.search(words) is not None


def _is_skill(document: Document, part: Part) -> bool:
    """Tell whether the vocabulary has a part as a skill."""
    hits = document.hits("SKILL")
    index = bisect_left(hits, part.start, key=attrgetter("start"))
    return index < len(hits) and (hits[index].start, hits[index].end) == (part.start, part.end)
