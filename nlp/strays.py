"""Strays: lines that ask for something below a heading of pay or of boilerplate.

A posting goes on about the work below "What's in it for you", a clearance is asked for below
"Equal opportunity". Such a line begins as only a line that asks or tells duties does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from nlp.heading_names import BULLET
from nlp.headings import Line
from nlp.patterns import table
from nlp.types import Section, SectionKind

SUBJECTS: Final = frozenset({SectionKind.PAY, SectionKind.BOILERPLATE})
ENOUGH: Final = 2
"""Lines below a heading of pay from the first of which on the text is about the work."""
ANYWHERE: Final = "any"


def find_strays(section: Section, lines: Sequence[Line]) -> list[Section]:
    """Return the section in parts, what strays in it apart. `lines` are those in the section.

    Below a heading of pay two lines that ask turn the rest into body; one that requires a
    clearance, a degree or a licence is a requirement by itself.
    """
    if section.kind not in SUBJECTS or section.heading is None:
        return [section]
    asking = [line for line in lines if _pattern().match(line.text)]
    if section.kind is SectionKind.PAY and len(asking) >= ENOUGH:
        return _parts(section, SectionKind.BODY, [(asking[0].start, section.end)])
    alone = [line for line in asking if _anywhere().match(line.text)]
    spans = [(line.start, line.end) for line in alone]
    return _parts(section, SectionKind.REQUIREMENTS, spans)


def _parts(section: Section, kind: SectionKind, strays: Sequence[tuple[int, int]]) -> list[Section]:
    parts: list[Section] = []
    start = section.start
    for low, high in strays:
        parts.append(Section(section.kind, start, low, section.heading))
        parts.append(Section(kind, low, high, section.heading))
        start = high
    parts.append(Section(section.kind, start, section.end, section.heading))
    return [part for part in parts if part.start < part.end]


@cache
def _pattern() -> re.Pattern[str]:
    patterns = "|".join(row["pattern"] for row in table("asking_lines"))
    return re.compile(rf"{BULLET}(?:{patterns})", re.IGNORECASE)


@cache
def _anywhere() -> re.Pattern[str]:
    rows = (row["pattern"] for row in table("asking_lines") if row["under"] == ANYWHERE)
    return re.compile(rf"{BULLET}(?:{'|'.join(rows)})", re.IGNORECASE)
