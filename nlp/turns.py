"""Turns: where a list of requirements has ended and the posting speaks of something else.

Below the last item it goes on about the employer, what that offers or how to apply, and no heading
says so, or one that nobody knows. No single word tells it; several weak signals together do
(`patterns/turns.tsv`). From such a line on nothing is asked for until a line begins that asks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from nlp.anchors import Anchored
from nlp.asking import ABLE, MUCH, OPENS_ASKING
from nlp.headings import Line
from nlp.patterns import table
from nlp.types import Section, SectionKind

ENOUGH: Final = 3
"""The weight from which on a line has turned."""
LONG: Final = 16
"""Words of a paragraph at the least: an item is shorter."""
FULL: Final = re.compile(r"[.!?][\"”’)]?\s*$")
MOST: Final = 2
"""How often a signal counts."""
MOST_ASKED: Final = 3
"""How many words that ask count: three outweigh any two signals."""
ASKED: Final = 2
"""How much each word weighs that asks, whatever else its line says."""
EMPLOYER: Final = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")  # no "US"
"""The employer speaks of itself."""
ASKS: Final = re.compile(
    r"\b(?:must|requir(?:ed?|es|ements?)|familiar|knowledge|proficien\w+|degree"
    r"|(?<!client )(?<!customer )(?<!guest )(?<!member )(?<!patient )(?<!student )(?<!user )"
    r"experienced?"
    r"|preferred|skills?|ability|able to|years(?!,? (?:ago|old|now|we|our|[a-z]{4,20},))"
    r"|you (?:are|have|bring|possess)|you['’](?:re|ve)|candidates?)\b",
    re.IGNORECASE,
)
"""The patients' experience is nobody's who applies, and "For 30 years, hospitals," has no years."""
MEASURED: Final = re.compile(rf"\W{{0,9}}(?:{MUCH})\b", re.IGNORECASE)
"""How an item begins that says how much of something: "Strong selling techniques"."""


def find_turns(text: str, section: Section, lines: Sequence[Line]) -> list[Section]:
    """Return a list of requirements in parts, what is none of it apart. `lines` are its own."""
    told = _told(text, section, lines)
    if not told:
        return [section]
    parts: list[Section] = []
    start = section.start
    turned: int | None = None
    for index, line in enumerate(lines):
        if turned is None and index in told and weight(line.text, told[index]) >= ENOUGH:
            turned = line.start
            parts.append(Section(section.kind, start, turned, section.heading))
        elif turned is not None and _asks(line.text):
            parts.append(Section(SectionKind.BODY, turned, line.start, section.heading))
            start, turned = line.start, None
    kind = section.kind if turned is None else SectionKind.BODY
    parts.append(Section(kind, start if turned is None else turned, section.end, section.heading))
    return [part for part in parts if part.start < part.end]


def weight(line: str, signals: Mapping[str, int]) -> int:
    """Return how much speaks for it that a line is no item of a list of requirements.

    `signals` are those of the table that it holds, with their weight. One alone is none, however
    often it stands there: an item may say "we" three times.
    """
    if MEASURED.match(line):
        return 0
    voice = min(len(EMPLOYER.findall(line)), MOST)
    asks = min(len(ASKS.findall(line)), MOST_ASKED)
    prose = len(line.split()) >= LONG and FULL.search(line) is not None
    told = sum(signals.values()) + voice - asks * ASKED
    return told + prose if told > 0 and len(signals) + (voice > 0) > 1 else 0


def _told(text: str, section: Section, lines: Sequence[Line]) -> dict[int, dict[str, int]]:
    """Return the signals of the lines that hold any, but the first line, by their numbers."""
    weights = _weights()
    found: dict[int, dict[str, int]] = {}
    for match in _signals().finditer(text, section.start, section.end):
        index = bisect_right(lines, match.start(), key=_start) - 1
        if index > 0 and match.lastgroup:
            told, each = found.setdefault(index, {}), weights[match.lastgroup]
            told[match.lastgroup] = min(told.get(match.lastgroup, 0) + each, each * MOST)
    return found


def _start(line: Line) -> int:
    return line.start


def _asks(line: str) -> bool:
    return OPENS_ASKING.match(line) is not None or ABLE.match(line) is not None


@cache
def _signals() -> Anchored:
    rows = table("turns")
    return Anchored("|".join(f"(?P<{row['id']}>{row['pattern']})" for row in rows), re.IGNORECASE)


@cache
def _weights() -> Mapping[str, int]:
    return {row["id"]: int(row["weight"]) for row in table("turns")}
