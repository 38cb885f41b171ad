"""Sections: which stretch of a posting is about what, from headings and telling phrases."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from nlp.patterns import table
from nlp.types import Section, SectionKind

LONGEST_HEADING: Final = 70
BULLET: Final = r"[ \t]*(?:[•·*#\-–—▪●○◦‣>]+[ \t]*)?"
DECORATION: Final = " \t•·*#-–—▪●○◦‣>:_"
LINE: Final = re.compile(r"[^\n]+")
TRUNCATED: Final = re.compile(
    r"\(truncated\b[^)\n]{0,80}\)|\[(?:truncated|\.\.\.|…)\]|(?:\.\.\.|…)\s*(?:read|see|show) more",
    re.IGNORECASE,
)

Mark = tuple[int, int, SectionKind, str | None]
"""Where a section is announced, where its text begins, its kind, its heading."""


def split_sections(text: str) -> tuple[Section, ...]:
    """Return the sections in order; they do not overlap and leave out only headings.

    What stands before the first heading is the header. A heading stands on a line of its own,
    opens a line ("Job Duties: Build ..."), or follows a sentence in lines that lost their breaks
    ("... USDOur Commitment to Diversity:"). A sentence of boilerplate or about pay is cut out of
    the section it stands in; the board's card, repeated at the end, is furniture.
    """
    marks = sorted([*_headings(text), *_cards(text)])
    starts: list[Mark] = [(0, 0, SectionKind.HEADER, None)]
    for mark in marks:
        related = starts[-1][2] is SectionKind.RELATED  # links to other postings go on to the end
        if mark[0] >= starts[-1][1] and not related:
            starts.append(mark)
    ends = [*(mark[0] for mark in starts[1:]), len(text)]
    sections: list[Section] = []
    for (_, begin, kind, heading), end in zip(starts, ends, strict=True):
        if begin < end:
            sections.extend(_carve(text, Section(kind, begin, end, heading)))
    return tuple(sections)


def section_at(sections: tuple[Section, ...], offset: int) -> Section:
    """Return the section that holds `offset`, or for a heading the one that it opens."""
    index = bisect_right([section.start for section in sections], offset) - 1
    if index < 0:
        return sections[0]
    if offset >= sections[index].end and index + 1 < len(sections):
        return sections[index + 1]
    return sections[index]


def is_heading(line: str) -> SectionKind | None:
    """Return the kind of section that this line, alone, is the heading of."""
    if len(line) > LONGEST_HEADING:
        return None
    return _heading_kind(fold_heading(line))


def fold_heading(text: str) -> str:
    """Return the form in which headings are compared: plain apostrophes, no decoration."""
    return " ".join(text.replace("’", "'").strip(DECORATION).rstrip(".…?!").lower().split())


def is_furniture(line: str) -> bool:
    """Tell whether the line is a board's button or label and no part of the posting."""
    return fold_heading(line) in _furniture()


def _headings(text: str) -> Iterator[Mark]:
    for line in LINE.finditer(text):
        kind = is_heading(line.group())
        if kind is not None:
            yield line.start(), line.end(), kind, line.group().strip(DECORATION)
            continue
        if is_furniture(line.group()) and line.start():
            continue
        for match in _inline().finditer(line.group()):
            heading = match.group(1)
            kind = _heading_kind(fold_heading(heading))
            if kind is not None:
                start = line.start()
                yield start + match.start(1), start + match.end(), kind, heading


def _cards(text: str) -> Iterator[Mark]:
    """Find where the page repeats its own first line, far below: the card of the board."""
    lines = [line for line in LINE.finditer(text) if not is_furniture(line.group())]
    if not lines or len(lines[0].group()) > LONGEST_HEADING * 2:
        return
    first = lines[0].group().strip()
    for line in lines[1:]:
        if line.group().strip() == first and first:
            yield line.start(), line.start(), SectionKind.FURNITURE, None


def _carve(text: str, section: Section) -> Iterator[Section]:
    """Cut sentences of boilerplate and about pay out of a section.

    On one line they go on until another cue, since such text is one block; the next line
    belongs to the section again.
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
                cue = _boilerplate().search(text[start:end])
                kind = _boilerplate_kind(cue.group()) if cue else kind
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


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of `text[start:end]`, also where the blank after the stop was lost."""
    begin = start
    for stop in _stops().finditer(text, start, end):
        if stop.end() < end:
            yield begin, stop.end()
            begin = stop.end()
    if begin < end:
        yield begin, end


@cache
def _stops() -> re.Pattern[str]:
    # Not after "e.g.", "Sr." or an initial; "here.US" and "here.Our" lost their blank, "ASP.NET"
    # and "Node.JS" never had one.
    return re.compile(
        r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<![Ss]r)(?<![Jj]r)(?<!\b[A-Z])(?<!\bInc)(?<!\bvs)"
        r"[.!?][)\"”’]?(?:[ \t]+(?=[A-Z\d(“\"•])|(?<=[a-z]\.)(?=(?!JS\b|NET\b|IO\b)[A-Z]))|\n"
    )


@cache
def _heading_tables() -> tuple[dict[str, SectionKind], tuple[tuple[str, SectionKind], ...]]:
    exact: dict[str, SectionKind] = {}
    openings: list[tuple[str, SectionKind]] = []
    for row in table("headings"):
        kind = SectionKind(row["section"])
        if row["heading"].endswith(" *"):
            openings.append((row["heading"][:-1], kind))
        else:
            exact[row["heading"]] = kind
    return exact, tuple(openings)


def _heading_kind(folded: str) -> SectionKind | None:
    exact, openings = _heading_tables()
    if folded in exact:
        return exact[folded]
    for opening, kind in openings:
        if folded.startswith(opening) and folded.count(" ") <= opening.count(" ") + 3:
            return kind
    return None


@cache
def _inline() -> re.Pattern[str]:
    """Find "Heading:" at the front of a line, or behind a sentence, a figure or a lost break."""
    exact, openings = _heading_tables()
    names = [re.escape(name).replace("'", "['’]") for name in exact]
    names += [rf"{re.escape(name)}(?:[\w&,'’.-]+ ?){{1,4}}" for name, _ in openings]
    any_name = "|".join(sorted(names, key=len, reverse=True))
    # At the front any heading; further on only one that begins with a capital.
    return re.compile(
        rf"(?:^{BULLET}|(?<=[.!?;)] )|(?<=[a-z\dA-Z.!?)])(?=[A-Z][a-z]))((?i:{any_name}))[ \t]*:"
    )


@cache
def _furniture() -> frozenset[str]:
    return frozenset(row["line"] for row in table("furniture"))


@cache
def _boilerplate_table() -> dict[str, SectionKind]:
    return {row["cue"]: SectionKind(row["section"]) for row in table("boilerplate")}


@cache
def _boilerplate() -> re.Pattern[str]:
    cues = sorted(_boilerplate_table(), key=len, reverse=True)
    return re.compile("|".join(re.escape(cue) for cue in cues), re.IGNORECASE)


def _boilerplate_kind(cue: str) -> SectionKind:
    return _boilerplate_table()[cue.lower()]
