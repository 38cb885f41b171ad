"""Headless lists: what is asked for, line below line, where no heading announces it.

A form with a field of its own for requirements prints it without its name, a page's heading was a
picture. Of such a list many lines begin as only lines that ask do, and they prove the others: "A
natural flair for display", "Clean licence".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from nlp.asking import ABLE, OPENS_ASKING
from nlp.heading_names import BULLET
from nlp.headings import Line
from nlp.numbers import NUMBER
from nlp.patterns import table
from nlp.types import Section, SectionKind

IN_PROSE: Final = (SectionKind.BODY, SectionKind.ABOUT, SectionKind.DUTIES)
"""Sections that can hold a list of demands whose heading got lost: "About the team", duties."""
FEWEST: Final = 3
"""Lines that ask, of which one list must have so many; two may be sentences of a paragraph."""
GAP: Final = 2
"""Lines between two that ask which these prove, and behind the last at the most."""
LONGEST: Final = 160
"""Code points of an item at the most: a paragraph is none."""
SHORT: Final = 60
"""Code points of an item at the most that follows the last line that asks."""
ITEM: Final = re.compile(
    rf"(?:an?\s|(?:at\s)?(?:least|minimum)\s(?:of\s)?){{0,2}}{NUMBER}\s?\+?\s(?:or\smore\s)?"
    r"(?:years?|yrs?|months?)\b(?!\s(?:ago|old|contract))"
    r"|(?:an?\s)?(?:clear|confident|comfortable|effective|fluent|polite|proven|willing(?:ness)?)\s"
    r"(?:[a-z/&,-]{1,20}\s){0,3}?"
    r"(?:communicat(?:ion|or)|english|in|manner|skills?|to|track|using|with|working)\b"
    r"|must\s(?:be|have|hold|possess)\b"
    r"|(?:associate|bachelor|master)['’]?s?\s(?:degree\b|in\b|of\b)|high\sschool\s(?:diploma|or)\b"
    r"|(?:clean|current|full|valid)\s(?:[\w'’/-]{1,20}\s){0,3}(?:licen[cs]e|driving|record)\b",
    re.IGNORECASE,
)
"""How an item begins that asks, and which a sentence of prose may begin with, too."""
YEARS: Final = re.compile(r"\d{1,2}\+? (?:or more )?(?:years?|yrs?) of\b", re.IGNORECASE)
"""How an item begins that may be longer than others: it says of what the years are."""
ASKING: Final = frozenset("demonstrate demonstrating have hold understanding work working".split())
"""Verbs that an item may begin with that asks: "Have a clean licence"."""
PROSE: Final = re.compile(
    r"(?:as (?:an?|the)|at|for|he|here|if|in|it|join|our|please|she|th(?:e|ey|is|ese)|to|we|what"
    r"|when|with(?! )|you(?:['’](?:ll|d))?|your)\b",
    re.IGNORECASE,
)
"""How a line begins that is a sentence and no item."""


def find_headless(section: Section, lines: Sequence[Line]) -> list[Section]:
    """Return the section in parts, the lists of requirements in it apart. `lines` are its own.

    Only prose is looked at, the company's too, and duties: below another heading a list is what
    that says. A list has three lines that ask and two at the most between them that do not.
    """
    if section.kind not in IN_PROSE or len(lines) < FEWEST:
        return [section]
    parts: list[Section] = []
    start = section.start
    for first, last in _runs(lines, among_duties=section.kind is SectionKind.DUTIES):
        low, high = lines[first].start, lines[last].end
        if start < low:
            parts.append(Section(section.kind, start, low, section.heading))
        parts.append(Section(SectionKind.REQUIREMENTS, low, high, section.heading))
        start = high
    if start < section.end:
        parts.append(Section(section.kind, start, section.end, section.heading))
    return parts


def _runs(lines: Sequence[Line], *, among_duties: bool) -> list[tuple[int, int]]:
    """Return the first and the last line of each list, in order.

    Among duties a line that begins with a verb is one of them and ends a list: "Manage vendors".
    """
    runs: list[tuple[int, int]] = []
    asking: list[int] = []
    between = 0  # items since the last that asks
    for index, line in enumerate([*lines, Line(0, 0, "We", "")]):
        words = _bare(line)
        if asking and words[:1].islower() and words == line.text.strip() and not _asks(words):
            continue  # where an item's line was broken
        duty = among_duties and words.split(" ", 1)[0].lower() in _work()
        long = len(words) > LONGEST and not (YEARS.match(words) and len(words) <= 2 * LONGEST)
        ends = duty or long or PROSE.match(words) is not None
        between += 1
        if not ends and _asks(words):
            asking.append(index)
            between = 0
        elif asking and (ends or between > GAP):
            own = (lines[at].text.strip() for at in range(asking[0], asking[-1]))
            items = sum(not text[:1].islower() for text in own)
            if len(asking) >= FEWEST and len(asking) * 2 > items:
                runs.append((asking[0], _last(lines, asking[-1], index)))
            asking = []
    return runs


def _last(lines: Sequence[Line], last: int, end: int) -> int:
    """Return the last line of a list: short ones behind the last that asks belong to it."""
    for index in range(last + 1, min(end, last + 1 + GAP)):
        words = _bare(lines[index])
        if len(words) > SHORT or words.split(" ")[0].lower() in _verbs():
            break
        last = index
    return last


def _asks(words: str) -> bool:
    return any(pattern.match(words) for pattern in (ITEM, OPENS_ASKING, ABLE))


def _bare(line: Line) -> str:
    match = _bullet().match(line.text)
    return line.text[match.end() if match else 0 :].strip()


@cache
def _bullet() -> re.Pattern[str]:
    return re.compile(BULLET)


@cache
def _work() -> frozenset[str]:
    """Return the verbs that a duty begins with, but for those that an item that asks does, too."""
    return frozenset(form for row in table("verbs") for form in row.values()) - ASKING


@cache
def _verbs() -> frozenset[str]:
    return frozenset(row[form] for row in table("verbs") for form in ("verb", "third"))
