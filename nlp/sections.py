"""Sections: which stretch of a posting is about what, from headings and telling phrases."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import Final

from nlp.after_lists import LISTS, find_after_list
from nlp.anchors import Anchored
from nlp.asking import IDEAL
from nlp.cards import find_fields
from nlp.folding import uncased
from nlp.heading_names import LONGEST
from nlp.headings import Heading, Line, headings_of, is_furniture, split_lines
from nlp.headless import IN_PROSE, find_headless
from nlp.line_labels import find_line_labels, with_ended
from nlp.page_ends import page_end
from nlp.page_fronts import behind_greeting, without_label
from nlp.patterns import table
from nlp.sentences import sentence_spans
from nlp.strays import SUBJECTS, find_strays
from nlp.turns import find_turns
from nlp.types import Section, SectionKind
from nlp.waived import waives, with_resumed

TRUNCATED: Final = Anchored(
    r"\(truncated\b[^)\n]{0,80}\)|\[(?:truncated|\.\.\.|…)\]|(?:\.\.\.|…)\s*(?:read|see|show) more",
    re.IGNORECASE,
)

LONGEST_LABEL: Final = 24
"""Words of a line of the header at the most; a list of places may be as long."""
FEWEST_WORDS: Final = 6
"""Words of a sentence at the least: "St. Louis, MO." is none."""
ITEM_SIGNS: Final = ("•", "- ", "* ", "– ", "▪", "●")
FEWEST_IN_ITEM: Final = 4
"""Blanks in a line of a list that says something by itself."""
ASKS: Final = re.compile(
    r"\b(?:administ\w+|analy\w+|claims?|experience|expertise|familiar\w*|knowledge|manag\w+"
    r"|proficien\w+|process\w*|skills?|understanding)\b",
    re.IGNORECASE,
)
ASKS_PLAINLY: Final = re.compile(
    r"\b(?:experience (?:in|with)|knowledge of|proficien\w+|responsib(?:ilities|le for)"
    r"|(?:years?|yrs)[’']? (?:of )?(?:[\w/-]{1,20} ){0,2}experience|degree in|graduate of an?"
    r"|(?:high school|H\.?S\.?) diploma|(?:associate|bachelor|master)(?:[’']?s)? degree"
    r"|(?:minimum|preferred|required) (?:qualifications|requirements|skills))\b",
    re.IGNORECASE,
)
DEMANDS: Final = re.compile(
    r"\W{0,9}(?:graduate of an?\b|(?:associate|bachelor|high school|master)\b"
    r"|(?:at least|minimum(?: of)?)\s[\w() +-]{1,25}\s(?:years?|yrs)\b)",
    re.IGNORECASE,
)
"""How a sentence begins that asks, whatever is told of pay on its line."""
ASKING_LINE: Final = re.compile(
    r"\W{0,9}(?:(?:an?|minimum|at least|ideally|preferably)\s)?"
    r"(?:(?:bachelor|master)(?:['’]?s)?(?:\sdegree)?\s(?:in|of)\s"
    r"|(?:bachelor|associate|master)['’]?s?(?:\sdegree)?\s?(?:\+|,|/|plus\b|or\b|and\b|preferred\b"
    r"|required\b)"
    r"|(?:level\s\d\s)?(?-i:MBA|B\.?(?:A|S|E|Sc|Com|Tech|Eng)|M\.?(?:S|Sc|Com|Tech|Eng)|Ph\.?D|Diploma|Degree|PGDM"
    r"|HN[CD]|BTEC)"
    r"\.?(?:(?:/| or )[\w.]{2,8})?(?:\sdegree)?\s(?:in|of)\s"
    r"|(?:(?:strong|solid|proven|good|working)\s)?(?:experience|expertise|knowledge|familiarity"
    r"|proficien(?:t|cy))\s(?:in|of|with)\s(?!.{0,80}\b(?:is|are)\b)"
    r"|you(?:\s(?:already |also )?(?:are|bring|can|have|hold|know|possess|speak|understand)"
    r"|['’](?:re|ve))\s(?!to\b)"
    r"|(?:\d{1,2}(?:\s?[-–]\s?\d{1,2})?\+?|two|three|four|five|six|seven|eight|ten)"
    r"\s?(?:or more\s)?(?:years?|yrs?)\b[^|:]{0,60}"
    r"\b(?:as|in|of|with|[a-z]{3,20}ing)\s"
    r"|(?!(?:clearance|hybrid|location|on-?site|relocation|remote|travel|visa)\b)"
    r"(?=(?:[^\s|·:]+\s){3}[^|·:]*?\b(?:(?:is|are|be)\s(?:an?\s)?(?:advantage|asset|desirable"
    r"|essential|in\sdate|must|plus|preferred|required)|desirable|essential|preferred)[.!]?\s*$))",
    re.IGNORECASE,
)
"""A line that asks, so that the header has ended: "Bachelor's in Statistics", "... preferred"."""
FORMAL: Final = re.compile(
    r"\b(?:bachelor|degree|diploma|doctorate|master['’]?s|ph\.?d|years?)\b", re.I
)
"""What a list asks for that is the posting's own, whatever its heading wishes."""
FIGURE: Final = re.compile(r"\d")
PAID: Final = re.compile(
    r"(?:the |our |estimated |base )?(?:compensation|package|pay|salary)(?: range)?", re.IGNORECASE
)
LONGEST_VALUE: Final = 60
LONGEST_SENTENCE: Final = 800
"""Characters from which on a "sentence" is a posting that lost its signs: no cue tells it all."""
CARD_FROM: Final = 0.5
"""Where in the text, as a share of it, the board's card is repeated at the earliest."""


def split_sections(text: str) -> tuple[Section, ...]:
    """Return the sections in order; they do not overlap and leave out only headings.

    Lines before the first heading are the header, as far as they are no prose; prose there is the
    body. A label of pay before the first heading is a line of these. A sentence of boilerplate or
    about pay is cut out of the section it stands in; the board's card, repeated at the end, is
    furniture.
    """
    lines = split_lines(text)
    starts = [Heading(0, 0, SectionKind.HEADER, None)]
    front = behind_greeting(lines)
    prose = next(
        (
            one.start
            for one, below in pairwise([*lines[front:], Line(0, 0, "", "")])
            if is_prose(one.text)
            or (_is_item(one) and below.text.lstrip(" \t").startswith(ITEM_SIGNS))
            or (one.start and ASKING_LINE.match(one.text))
        ),
        None,
    )
    if len(lines) == 1 and lines[0].text.strip()[:1].islower():
        prose = lines[0].start  # a snippet: "with strong leadership skills"
    if prose is not None:
        starts.append(Heading(prose, prose, SectionKind.BODY, None))
    for heading in sorted([*_headings(text, lines), *_cards(text, lines)]):
        if starts[-1].title is None and _is_label(text, heading):
            continue  # its line says all, and the posting goes on below it
        if starts[-1].kind is SectionKind.BODY and heading.start <= starts[-1].start:
            starts.pop()  # the first prose stands under a heading
        related = starts[-1].kind is SectionKind.RELATED  # links go on to the end
        if heading.start >= starts[-1].end and not related:
            starts.append(heading)
    foot = page_end(text, lines)
    if foot is not None and foot.start >= starts[-1].end:
        starts.append(foot)
    starts = list(with_resumed(text, list(with_ended(text, starts))))
    starts = list(_with_prose(list(_with_ideal(text, starts)), lines, len(text)))
    ends = [*(heading.start for heading in starts[1:]), len(text)]
    sections: list[Section] = []
    cues: dict[int, list[re.Match[str]]] = {}
    for cue in _boilerplate().finditer(text):
        line = lines[bisect_right(lines, cue.start(), key=attrgetter("start")) - 1]
        cues.setdefault(line.end, []).append(cue)
    for heading, end in zip(starts, ends, strict=True):
        if heading.end < end:
            whole = Section(heading.kind, heading.end, end, heading.title)
            for part in _parts(text, whole, lines, waived=waives(heading)):
                sections.extend(_carve(text, part, lines, cues))
    return tuple(sections)


def _with_ideal(text: str, headings: Sequence[Heading]) -> Iterator[Heading]:
    """Yield the headings; what "the ideal candidate has" is wished for where others demand.

    A list that asks for a degree or for years is the posting's own, whatever stands above it.
    """
    demanding = [h for h in headings if h.kind is SectionKind.REQUIREMENTS and h.title]
    ideal = {h for h in demanding if IDEAL.search(h.title or "")}
    ends = [*(heading.start for heading in headings[1:]), len(text)]
    for heading, end in zip(headings, ends, strict=True):
        wished = heading in ideal and len(ideal) < len(demanding)
        if wished and FORMAL.search(text, heading.end, end) is None:
            yield replace(heading, kind=SectionKind.PREFERRED)
        else:
            yield heading


def _with_prose(headings: Sequence[Heading], lines: Sequence[Line], end: int) -> Iterator[Heading]:
    """Yield the headings, and the body where prose stands in a header that went on."""
    for heading, below in pairwise([*headings, None]):
        if heading is None:
            return
        yield heading
        if heading.kind is SectionKind.HEADER and heading.start:
            stop = end if below is None else below.start
            first = bisect_left(lines, heading.end, key=attrgetter("start"))
            for index in range(first, bisect_left(lines, stop, key=attrgetter("start"))):
                if is_prose(lines[index].text):
                    start = lines[index].start
                    yield Heading(start, start, SectionKind.BODY, None)
                    break


def _parts(text: str, whole: Section, lines: Sequence[Line], *, waived: bool) -> list[Section]:
    """Return a section in parts where lines of it are about something else than it is."""
    if whole.kind in LISTS:
        own = [line for line, _ in _lines_in(lines, whole)]
        listed, *rest = find_after_list(whole, own)
        return [*find_turns(text, listed, [line for line in own if line.start < listed.end]), *rest]
    if whole.kind not in IN_PROSE and (waived or whole.kind not in SUBJECTS):
        return [whole]
    inside = [line for line, _ in _lines_in(lines, whole)]
    if whole.kind in IN_PROSE:
        return find_headless(whole, inside)
    return find_strays(whole, inside)


def _is_label(text: str, heading: Heading) -> bool:
    """Tell whether a heading of pay is a label with its value beside it: "Pay: $31 an hour"."""
    if heading.kind is not SectionKind.PAY:
        return False
    end = text.find("\n", heading.end)
    rest = text[heading.end : end if end >= 0 else len(text)]
    if PAID.fullmatch(heading.title or "") and 0 < len(rest.strip()) <= LONGEST_VALUE:
        return True  # "Salary: competitive"
    return FIGURE.search(rest) is not None


def _headings(text: str, lines: Sequence[Line]) -> list[Heading]:
    """Return the posting's headings; inside a board's card its labels are the only ones."""
    fields = [Heading(f.start, f.value, f.kind, f.label) for f in find_fields(text)]
    headings = without_label(lines, headings_of(text, lines))
    labels = list(find_line_labels(lines))
    if labels:
        known = {label.start for label in labels}
        headings = sorted([*labels, *(h for h in headings if h.start not in known)])
    if fields:
        first, last = fields[0].start, fields[-1].end
        headings = [*fields, *(h for h in headings if not first <= h.start < last)]
    return headings


def is_prose(line: str) -> bool:
    """Tell whether a line is running text, as against a title, a place or a label."""
    words = line.split()
    if len(words) > LONGEST_LABEL:
        return True
    if line.count(" | ") > 1:
        return False  # a row: "Bonn | permanent | part-time (min. 25 h)"
    return len(words) > FEWEST_WORDS and (line.rstrip()[-1:] in ".!?" or ". " in line)


def _is_item(line: Line) -> bool:
    """Tell whether a line is an item of a list that says something, as against "• Full-time"."""
    text = line.text.lstrip(" \t")
    return text.startswith(ITEM_SIGNS) and text.count(" ") >= FEWEST_IN_ITEM


def section_at(sections: tuple[Section, ...], offset: int) -> Section:
    """Return the section that holds `offset`, or for a heading the one that it opens."""
    return sections[bisect_right(sections, offset, 0, len(sections) - 1, key=attrgetter("end"))]


def _cards(text: str, lines: Sequence[Line]) -> Iterator[Heading]:
    """Find where the page repeats its own first line, far below: the card of the board."""
    top = next((line for line in lines if not is_furniture(line)), None)
    if top is None or len(top.text) > LONGEST * 2 or not top.text.strip():
        return
    first = top.text.strip()
    for line in lines:
        below = line is not top and line.start > len(text) * CARD_FROM
        if below and line.text.strip() == first:
            yield Heading(line.start, line.start, SectionKind.FURNITURE, None)


def _carve(
    text: str, section: Section, lines: Sequence[Line], cues: Mapping[int, list[re.Match[str]]]
) -> Iterator[Section]:
    """Cut sentences of boilerplate and about pay out of a section.

    On one line they go on until another cue or a sentence that plainly asks, since such text is
    one block; the next line belongs to the section again. A weak cue ("health insurance") counts
    only in a sentence that does not ask: experience with it may be what the job is about. `lines`
    are those of the text, `cues` its cues by the end of their line.
    """
    keep = (SectionKind.BOILERPLATE, SectionKind.RELATED, SectionKind.FURNITURE)
    if section.kind in keep:
        yield section
        return
    parts: list[tuple[int, SectionKind]] = [(section.start, section.kind)]
    for line, whole in _lines_in(lines, section):
        kind = section.kind
        told = _between(cues.get(whole.end, ()), line.start, line.end)
        if told:
            for start, end in sentence_spans(text, line.start, line.end):
                sentence = text[start:end]
                if found := _boilerplate_kind(sentence, _between(told, start, end)):
                    kind = found
                elif ASKS_PLAINLY.search(sentence):
                    demanded = section.kind is SectionKind.PAY and DEMANDS.match(sentence)
                    kind = SectionKind.REQUIREMENTS if demanded else section.kind
                if kind is not parts[-1][1]:
                    parts.append((start, kind))
        elif section.kind is not SectionKind.HEADER and is_furniture(line):
            kind = SectionKind.FURNITURE
        if kind is not parts[-1][1]:
            parts.append((line.start, kind))
        if kind is not section.kind:
            parts.append((line.end, section.kind))
    parts.append((section.end, section.kind))
    for (start, kind), (end, _) in pairwise(parts):
        if start < end:
            yield Section(kind, start, end, section.heading)


def _lines_in(lines: Sequence[Line], section: Section) -> Iterator[tuple[Line, Line]]:
    """Yield the section's lines, and the whole lines: a heading may have taken a part of one."""
    first = bisect_right(lines, section.start, key=attrgetter("end"))
    for index in range(first, len(lines)):
        line = lines[index]
        if line.start >= section.end:
            return
        if line.start >= section.start and line.end <= section.end:
            yield line, line
        else:
            start, end = max(line.start, section.start), min(line.end, section.end)
            for part in split_lines(line.text[start - line.start : end - line.start]):
                yield Line(start, end, part.text, part.folded), line


def _between(cues: Sequence[re.Match[str]], start: int, end: int) -> Sequence[re.Match[str]]:
    """Return the cues that lie between the two offsets."""
    if not cues:
        return cues
    first = bisect_left(cues, start, key=_start)
    last = bisect_left(cues, end, key=_start)
    return [cue for cue in cues[first:last] if cue.end() <= end]


def _start(cue: re.Match[str]) -> int:
    return cue.start()


def _boilerplate_kind(sentence: str, cues: Iterable[re.Match[str]]) -> SectionKind | None:
    for cue in cues:
        kind, strong = _boilerplate_table()[uncased(cue.group())]
        if (strong and len(sentence) <= LONGEST_SENTENCE) or ASKS.search(sentence) is None:
            return kind
    return None


@cache
def _boilerplate_table() -> dict[str, tuple[SectionKind, bool]]:
    return {
        row["cue"]: (SectionKind(row["section"]), row["strength"] == "strong")
        for row in table("boilerplate")
    }


@cache
def _boilerplate() -> Anchored:
    cues = sorted(_boilerplate_table(), key=len, reverse=True)
    return Anchored("|".join(re.escape(cue) for cue in cues), re.IGNORECASE)
