"""Sections: which stretch of a posting is about what, from headings and telling phrases."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from nlp.cards import find_fields
from nlp.headings import LINE, LONGEST, Heading, find_headings, is_furniture
from nlp.patterns import table
from nlp.sentences import sentence_spans
from nlp.types import Section, SectionKind

TRUNCATED: Final = re.compile(
    r"\(truncated\b[^)\n]{0,80}\)|\[(?:truncated|\.\.\.|…)\]|(?:\.\.\.|…)\s*(?:read|see|show) more",
    re.IGNORECASE,
)

LONGEST_LABEL: Final = 24
"""Words of a line of the header at the most; a list of places may be as long."""
FEWEST_WORDS: Final = 6
"""Words of a sentence at the least: "St. Louis, MO." is none."""
ASKS: Final = re.compile(
    r"\b(?:administ\w+|analy\w+|claims?|experience|expertise|familiar\w*|knowledge|manag\w+"
    r"|proficien\w+|process\w*|skills?|understanding)\b",
    re.IGNORECASE,
)
CARD_FROM: Final = 0.5
"""Where in the text, as a share of it, the board's card is repeated at the earliest."""


def split_sections(text: str) -> tuple[Section, ...]:
    """Return the sections in order; they do not overlap and leave out only headings.

    Lines before the first heading are the header, as far as they are no prose; prose there is the
    body. A sentence of boilerplate or about pay is cut out of the section it stands in; the
    board's card, repeated at the end, is furniture.
    """
    starts = [Heading(0, 0, SectionKind.HEADER, None)]
    prose = next((line.start() for line in LINE.finditer(text) if is_prose(line.group())), None)
    if prose is not None:
        starts.append(Heading(prose, prose, SectionKind.BODY, None))
    for heading in sorted([*_headings(text), *_cards(text)]):
        if starts[-1].kind is SectionKind.BODY and heading.start <= starts[-1].start:
            starts.pop()  # the first prose stands under a heading
        related = starts[-1].kind is SectionKind.RELATED  # links go on to the end
        if heading.start >= starts[-1].end and not related:
            starts.append(heading)
    ends = [*(heading.start for heading in starts[1:]), len(text)]
    sections: list[Section] = []
    for heading, end in zip(starts, ends, strict=True):
        if heading.end < end:
            whole = Section(heading.kind, heading.end, end, heading.title)
            sections.extend(_carve(text, whole))
    return tuple(sections)


def _headings(text: str) -> list[Heading]:
    """Return the posting's headings; inside a board's card its labels are the only ones."""
    fields = [Heading(f.start, f.value, f.kind, f.label) for f in find_fields(text)]
    if not fields:
        return find_headings(text)
    first, last = fields[0].start, fields[-1].end
    return [*fields, *(h for h in find_headings(text) if not first <= h.start < last)]


def _start(section: Section) -> int:
    return section.start


def is_prose(line: str) -> bool:
    """Tell whether a line is running text, as against a title, a place or a label."""
    words = line.split()
    if len(words) > LONGEST_LABEL:
        return True
    return len(words) > FEWEST_WORDS and (line.rstrip()[-1:] in ".!?" or ". " in line)


def section_at(sections: tuple[Section, ...], offset: int) -> Section:
    """Return the section that holds `offset`, or for a heading the one that it opens."""
    index = bisect_right(sections, offset, key=_start) - 1
    if index < 0:
        return sections[0]
    if offset >= sections[index].end and index + 1 < len(sections):
        return sections[index + 1]
    return sections[index]


def _cards(text: str) -> Iterator[Heading]:
    """Find where the page repeats its own first line, far below: the card of the board."""
    lines = [line for line in LINE.finditer(text) if not is_furniture(line.group())]
    if not lines or len(lines[0].group()) > LONGEST * 2:
        return
    first = lines[0].group().strip()
    for line in lines[1:]:
        if line.group().strip() == first and first and line.start() > len(text) * CARD_FROM:
            yield Heading(line.start(), line.start(), SectionKind.FURNITURE, None)


def _carve(text: str, section: Section) -> Iterator[Section]:
    """Cut sentences of boilerplate and about pay out of a section.

    On one line they go on until another cue, since such text is one block; the next line
    belongs to the section again. A weak cue ("health insurance") counts only in a sentence that
    does not ask: experience with it may be what the job is about.
    """
    keep = (SectionKind.BOILERPLATE, SectionKind.RELATED, SectionKind.FURNITURE)
    if section.kind in keep:
        yield section
        return
    parts: list[tuple[int, SectionKind]] = [(section.start, section.kind)]
    for line in LINE.finditer(text, section.start, section.end):
        kind = section.kind
        if _boilerplate().search(line.group()) is not None:
            for start, end in sentence_spans(text, line.start(), line.end()):
                kind = _boilerplate_kind(text[start:end]) or kind
                if kind is not parts[-1][1]:
                    parts.append((start, kind))
        elif is_furniture(line.group()) and section.kind is not SectionKind.HEADER:
            kind = SectionKind.FURNITURE
        if kind is not parts[-1][1]:
            parts.append((line.start(), kind))
        if kind is not section.kind:
            parts.append((line.end(), section.kind))
    parts.append((section.end, section.kind))
    for (start, kind), (end, _) in pairwise(parts):
        if start < end:
            yield Section(kind, start, end, section.heading)


def _boilerplate_kind(sentence: str) -> SectionKind | None:
    asks = ASKS.search(sentence) is not None
    for cue in _boilerplate().finditer(sentence):
        kind, strong = _boilerplate_table()[cue.group().lower()]
        if strong or not asks:
            return kind
    return None


@cache
def _boilerplate_table() -> dict[str, tuple[SectionKind, bool]]:
    return {
        row["cue"]: (SectionKind(row["section"]), row["strength"] == "strong")
        for row in table("boilerplate")
    }


@cache
def _boilerplate() -> re.Pattern[str]:
    cues = sorted(_boilerplate_table(), key=len, reverse=True)
    return re.compile("|".join(re.escape(cue) for cue in cues), re.IGNORECASE)
