"""A posting's text under extraction: its sections, sentences and entity hits, for the rules."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Final

from nlp.cards import TAGS
from nlp.matcher import Hit
from nlp.sentences import sentence_spans
from nlp.types import Evidence, Section, SectionKind, made
from nlp.words import Words

SILENT: Final = frozenset(
    {SectionKind.BOILERPLATE, SectionKind.RELATED, SectionKind.FURNITURE, SectionKind.PAY}
)
"""Sections that ask for nothing: no skill, degree or experience is taken from them."""

TELLING: Final = frozenset(
    {
        SectionKind.BODY,
        SectionKind.DUTIES,
        SectionKind.REQUIREMENTS,
        SectionKind.SKILLS,
        SectionKind.PREFERRED,
    }
)
"""Sections that speak of the work or of whom it wants: there the open rules look."""

COMMA_FROM: Final = 600
"""Code points of a posting from which on it has a comma, unless all of them were lost."""
COMMA_EACH: Final = 3000
"""Code points to a comma left over by chance in a text that lost them."""

BLANK_LINE: Final = re.compile(r"\n(?=\n)")
LINE_BREAK: Final = re.compile(r"\n")
BULLETS: Final = " \t\n•·*▪●○◦‣"

Span = tuple[int, int]
Place = tuple[SectionKind, Span]
Stretch = tuple[int, int, SectionKind]


class Document:
    """What every rule looks at. Built once a posting, not changed by any rule."""

    def __init__(
        self, text: str, sections: tuple[Section, ...], hits: Mapping[str, tuple[Hit, ...]]
    ) -> None:
        self.text: Final = text
        self.sections: Final = sections
        self.tags: Final = _tags(sections)
        """The fields of a board's card that list names with nothing but blanks between them."""
        self.commas_lost: Final = _has_lost_commas(text)
        self.sentences: Final = tuple(sentence_spans(text, 0, len(text)))
        """The sentences in order; a line break always ends one."""
        self.stretches: Final = _stretches(sections, self.sentences)
        """The sentences of the sections that speak of the work or of whom it wants."""
        self.words: Final = tuple([Words(text, low, high) for low, high, _ in self.stretches])
        """The words and signs of each of the `stretches`."""
        self._section_ends = [section.end for section in sections[:-1]]
        self._kinds = [section.kind for section in sections] or [SectionKind.HEADER]
        self._line_starts = [0, *[match.end() for match in LINE_BREAK.finditer(text)]]
        self._blank_lines = [match.start() for match in BLANK_LINE.finditer(text)]
        self._hits = hits
        self._ends: dict[str, dict[str, dict[int, int]]] = {}
        self._starts, self._places = _places(text, sections, self.sentences)

    def hits(self, label: str) -> tuple[Hit, ...]:
        """Return the hits of the entity rules with this label, in order of position."""
        return self._hits.get(label, ())

    def names(self, label: str, start: int, end: int) -> bool:
        """Tell whether a hit of an entity label begins between two offsets."""
        hits = self.hits(label)
        first = bisect_left(hits, start, key=itemgetter(0))
        return first < len(hits) and hits[first].start < end

    def ends_of(self, label: str, concept: str) -> Mapping[int, int]:
        """Return where the hits of one concept begin, and where each of them ends."""
        if label not in self._ends:
            self._ends[label] = {}
            for hit in self.hits(label):
                self._ends[label].setdefault(hit.id, {})[hit.start] = hit.end
        return self._ends[label].get(concept, {})

    def section(self, offset: int) -> SectionKind:
        """Return the kind of section that `offset` lies in."""
        return self._kinds[bisect_right(self._section_ends, offset)]

    def is_heading(self, start: int, end: int) -> bool:
        """Tell whether a heading that stands alone has no other words than `start` to `end`."""
        index = bisect_right(self._section_ends, start)
        if index >= len(self.sections) or self.sections[index].start <= start:
            return False
        return (
            not self.text[slice(*self.line(start))]
            .replace(self.text[start:end], "")
            .strip(BULLETS + ":-–*#")
        )

    def evidence(self, start: int, end: int, rule: str) -> Evidence:
        """Return the words from `start` to `end`, without bullets and white space at their ends."""
        text = self.text[start:end]
        if not text[:1].isalnum():
            whole = len(text)
            text = text.lstrip(BULLETS)
            start += whole - len(text)
        text = text.rstrip()
        section = self._kinds[bisect_right(self._section_ends, start)]
        return made(Evidence, (start, start + len(text), text, rule, section))

    def is_run_in(self, offset: int) -> bool:
        """Tell whether `offset` lies in a heading with other text before it on its line."""
        index = bisect_right(self._section_ends, offset)
        if index >= len(self.sections) or self.sections[index].start <= offset:
            return False
        before = self.sections[index - 1].end if index else 0
        return self.text[max(before - 1, 0) : before] not in ("", "\n")

    def asks(self, offset: int) -> bool:
        """Tell whether a posting can ask for something at `offset`."""
        return self.section(offset) not in SILENT

    def line(self, offset: int) -> Span:
        """Return where the line that holds `offset` begins and ends, its break left out."""
        index = bisect_right(self._line_starts, offset)
        end = self._line_starts[index] - 1 if index < len(self._line_starts) else len(self.text)
        return self._line_starts[index - 1], end

    def blank_line(self, start: int, end: int) -> int:
        """Return where the first blank line from `start` on begins, `end` if none is before it."""
        index = bisect_left(self._blank_lines, start)
        found = index < len(self._blank_lines) and self._blank_lines[index] + 2 <= end
        return self._blank_lines[index] if found else end

    def sentence(self, offset: int) -> Span:
        """Return the sentence that `offset` lies in, cut at the section's borders."""
        return self.place(offset)[1]

    def place(self, offset: int) -> Place:
        """Return the kind of section and the sentence, cut at its borders, that hold `offset`."""
        index = bisect_right(self._starts, offset) - 1
        return self._places[index] if index >= 0 else (self.section(offset), (offset, offset))


class Stretches:
    """Spans that may overlap, to ask of many offsets whether one of them holds it."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def hold(self, offset: int) -> bool:
        """Tell whether one of the half-open spans holds `offset`."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._ends[index]


def inside(spans: Iterable[Span], offset: int) -> bool:
    """Tell whether one of the half-open spans holds `offset`."""
    return any(start <= offset < end for start, end in spans)


def _tags(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple([s for s in sections if s.kind is SectionKind.SKILLS and s.heading in TAGS])


def _has_lost_commas(text: str) -> bool:
    """Tell whether a text came without its commas, which prose of its length has."""
    return len(text) >= COMMA_FROM and text.count(", ") * COMMA_EACH <= len(text)


def _stretches(sections: Iterable[Section], sentences: Sequence[Span]) -> tuple[Stretch, ...]:
    """Return the sentences of the sections that speak of the work or of whom it wants.

    Headings are left out. A sentence that goes over a section's border is cut there.
    """
    found: list[Stretch] = []
    index = 0
    for section in sections:
        if section.kind not in TELLING:
            continue
        while index and sentences[index - 1][1] > section.start:
            index -= 1
        while index < len(sentences) and sentences[index][0] < section.end:
            low, high = sentences[index]
            if high > section.start:
                found.append((max(low, section.start), min(high, section.end), section.kind))
            index += 1
    return tuple(found)


def _places(
    text: str, sections: Sequence[Section], sentences: Sequence[Span]
) -> tuple[list[int], list[Place]]:
    """Return where sentence or section change, and the place that is from there on."""
    starts: list[int] = []
    places: list[Place] = []
    sections = sections or [Section(SectionKind.HEADER, 0, 0)]
    index, last = 0, len(sections) - 1
    following = [*[start for start, _ in sentences[1:]], len(text)]
    for (low, high), end in zip(sentences, following, strict=False):
        at = low
        while at < end:
            while index < last and sections[index].end <= at:
                index += 1
            kind, start, stop = sections[index].kind, sections[index].start, sections[index].end
            starts.append(at)
            if start <= at < stop:
                places.append((kind, (max(low, start), min(high, stop))))
                at = stop
            else:  # a heading, or what lies behind the last section
                places.append((kind, (low, high)))
                at = start if at < start else end
    return starts, places
