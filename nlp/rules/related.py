"""Links to other postings ("More jobs at ..."): postings of their own, known by their title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.document import Document
from nlp.rules.dates import read_date
from nlp.rules.place_reading import read_places
from nlp.rules.titles import Titles
from nlp.types import RelatedPosting, SectionKind, Stated

BEFORE_TITLE: Final = re.compile(r"^.*?(?:→|»|›)\s*")


def find_related(document: Document, titles: Titles) -> tuple[RelatedPosting, ...]:
    """Return the postings linked to; the line below a title gives its places and its date."""
    found: list[RelatedPosting] = []
    lines = list(_lines(document))
    for index, (start, line) in enumerate(lines):
        lead = BEFORE_TITLE.match(line)
        begin = lead.end() if lead else 0
        title = titles.parse(line[begin:])
        if title is None or any(True for _ in read_places(line)):
            continue
        below = lines[index + 1][1] if index + 1 < len(lines) else ""
        if titles.parse(below) is not None:
            below = ""
        evidence = document.evidence(start + begin, start + len(line), "related:title")
        found.append(
            RelatedPosting(
                title=Stated(evidence.text, (evidence,)),
                role=title.role,
                level=title.level,
                specialisation=title.specialisation,
                places=tuple(place for _, _, place in read_places(below)),
                date_posted=read_date(below),
            )
        )
    return tuple(found)


def _lines(document: Document) -> Iterator[tuple[int, str]]:
    for section in document.sections:
        if section.kind is SectionKind.RELATED:
            start = section.start
            for line in document.text[section.start : section.end].split("\n"):
                if line.strip():
                    yield start, line
                start += len(line) + 1
