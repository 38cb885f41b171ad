"""Necessity: how strongly a posting asks, from section, clause cue and negation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Final

from nlp.anchors import Anchored, uncased
from nlp.document import Document, Span
from nlp.patterns import table
from nlp.types import Necessity, SectionKind

BY_SECTION: Final = {
    SectionKind.REQUIREMENTS: Necessity.REQUIRED,
    SectionKind.SKILLS: Necessity.REQUIRED,
    SectionKind.PREFERRED: Necessity.PREFERRED,
}
ABOUT_CANDIDATE: Final = re.compile(
    r"\b(?:experience|knowledge|skills?|proficien\w+|familiar\w*|degree|abilit\w+|able|background"
    r"|expertise|understanding|candidates?|applicants?|qualifications?|you)\b",
    re.IGNORECASE,
)
OPENS_ASKING: Final = re.compile(
    r"\W*(?:(?:a|an|the|strong|solid|proven|demonstrated|deep|excellent|extensive|good|some|prior"
    r"|previous|hands-on|working|professional|relevant|minimum|at least|advanced|expert|in-depth"
    r"|thorough|\d\S*|years?|of)\s+)*"
    r"(?:experienced?|knowledge|proficien\w+|familiar\w*|understanding|expertise|fluen\w+"
    r"|background|ability|degree|bachelor|master|ph\.?d|track record|skills?|mastery|command"
    r"|competen\w+)\b",
    re.IGNORECASE,
)
"""A sentence that asks wherever it stands: "Experience with ...", "Strong knowledge of ..."."""
ASKS: Final = re.compile(
    r"\b(?:must|(?:you|candidates?|applicants?)\s+(?:should|need|will need|ha(?:ve|s))"
    r"|you.ll (?:have|need)"
    r"|you(?:.re| are) (?:able|comfortable|experienced|familiar|fluent|proficient|skilled)"
    r"|is required|are required|we (?:need|require)"
    r"|(?:looking|searching) for|years.{0,20} experience)\b",
    re.IGNORECASE,
)
"""A sentence of prose without headings that asks: "You must know ..."."""
NEGATION: Final = re.compile(
    r"\b(?:no|not|never|without)\b(?! (?:only|just|limited))|n[’']t\b", re.IGNORECASE
)
LONGEST_CLAUSE: Final = 400
"""How far back, in code points, a cue can reach."""
CLAUSE_END: Final = re.compile(r"[;,]|\s[-–—]\s|\bbut\b|\)")
ITEM_END: Final = re.compile(r"[;,()]|\b(?:and|or)\b")
LIST_GOES_ON: Final = re.compile(r"\s*(?:and/or|or|and|&)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say how strongly something is asked for, and the stretch they say it of."""

    start: int
    end: int
    id: str
    necessity: Necessity
    reach: tuple[int, int]


class Necessities:
    """The cues of one document; asks of any span how strongly it is asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.cues: Final = tuple(_cues(document))
        self._starts = [cue.start for cue in self.cues]
        self._farther = _farther(self.cues)
        # A sentence is asked once, however many skills it lists.
        self._of_candidate: dict[Span, bool] = {}
        self._prose: dict[tuple[SectionKind, Span], Necessity] = {}

    def at(self, start: int, end: int) -> Necessity:
        """Return the necessity of what stands from `start` to `end`.

        The nearest cue that reaches it decides, else its section: a list of requirements
        requires, a preferred one prefers, any other text mentions, except that prose without
        headings requires where it asks. In text that is no list of requirements a cue counts only
        in a sentence about the candidate.
        """
        section = self._document.section(start)
        reaching = self._reaching(start, end)
        if section not in BY_SECTION:
            sentence = self._document.sentence(start)
            if not (reaching and self._about_candidate(sentence)):
                return self._in_prose(section, sentence)
        elif not reaching:
            return BY_SECTION[section]
        nearest = min(reaching, key=lambda cue: max(cue.start - end, start - cue.end))
        return nearest.necessity

    def _reaching(self, start: int, end: int) -> list[Cue]:
        """Return the nearest cue before and the nearest behind a span, of those that reach it."""
        found: list[Cue] = []
        behind = bisect_right(self._starts, start)
        index = behind - 1
        while index >= 0:
            low, high = self.cues[index].reach
            if low <= start and end <= high:
                found.append(self.cues[index])
                break
            index = self._farther[index] if high < end else index - 1
        ahead = bisect_right(self._starts, start + LONGEST_CLAUSE)
        for cue in self.cues[behind:ahead]:
            if cue.reach[0] <= start and end <= cue.reach[1]:
                found.append(cue)
                break
        return found

    def _about_candidate(self, span: Span) -> bool:
        known = self._of_candidate.get(span)
        if known is None:
            known = ABOUT_CANDIDATE.search(self._document.text[slice(*span)]) is not None
            self._of_candidate[span] = known
        return known

    def _in_prose(self, section: SectionKind, span: Span) -> Necessity:
        known = self._prose.get((section, span))
        if known is None:
            known = self._prose[section, span] = _read_prose(self._document.text, section, span)
        return known


def _read_prose(text: str, section: SectionKind, span: Span) -> Necessity:
    """Return what a sentence of prose asks for without a cue."""
    if section in (SectionKind.BODY, SectionKind.DUTIES):
        if OPENS_ASKING.match(text, *span):
            return Necessity.REQUIRED
        if section is SectionKind.BODY and ASKS.search(text, *span):
            return Necessity.REQUIRED
    return Necessity.MENTIONED


def _farther(cues: Sequence[Cue]) -> list[int]:
    """Return for each cue the last one before it that reaches farther, -1 where there is none.

    Who looks for a cue that reaches a span passes over all between them at once; a text of ten
    thousand cues would else be looked through ten thousand times.
    """
    farther: list[int] = []
    for index, cue in enumerate(cues):
        before = index - 1
        while before >= 0 and cues[before].reach[1] <= cue.reach[1]:
            before = farther[before]
        farther.append(before)
    return farther


def _cues(document: Document) -> list[Cue]:
    rows = _table()
    found: list[Cue] = []
    for match in _pattern().finditer(document.text):
        if not document.asks(match.start()):
            continue
        row = rows[uncased(match.group())]
        reach = _reach(document, match.start(), match.end(), row["reach"])
        necessity = Necessity(row["necessity"])
        if necessity is Necessity.REQUIRED and NEGATION.search(
            document.text, reach[0], match.start()
        ):
            necessity = Necessity.WAIVED  # "No Java experience required"
        found.append(Cue(match.start(), match.end(), row["id"], necessity, reach))
    return found


def _reach(document: Document, start: int, end: int, direction: str) -> tuple[int, int]:
    """Return the stretch that a cue from `start` to `end` speaks of."""
    low, high = document.sentence(start)
    rest = document.text[end : min(high, end + 4)].strip()
    if rest == ":" or (direction == "forward" and not rest):
        return start, _list_end(document, high)  # "nice to have:" and the lines below it
    near = max(low, start - LONGEST_CLAUSE)
    opened = document.text.rfind("(", near, start)
    if opened > document.text.rfind(")", near, start):
        if document.text[end : end + 1] == ")" and not document.text[opened + 1 : start].strip():
            return _item_start(document.text, near, opened), start  # "Kotlin (preferred)"
        near = opened  # "(Preferred majors: ...)" says nothing of what stands before it
    if direction == "forward":
        return end, high
    begin = _clause_start(document.text, near, start)
    return begin, (high if direction == "both" else start)


def _clause_start(text: str, low: int, cue: int) -> int:
    """Return where the clause begins that ends in a cue: "Strong SQL, R or Python | a plus".

    The clause begins behind the last comma, unless the comma only parts the items of a list
    ("Java, C++, or Python preferred") or nothing stands between it and the cue.
    """
    ends = list(CLAUSE_END.finditer(text, low, cue))
    while ends:
        last = ends.pop()
        between = text[last.end() : cue].strip(" ,")
        if last.group() == ",":
            if not between or between.lower() in ("is", "are", "highly", "strongly"):
                continue
            if LIST_GOES_ON.match(text, last.end()):
                return next((m.end() for m in reversed(ends) if m.group() != ","), low)
        if last.group() == ")" and (not between or between.lower() in ("is", "are")):
            return low
        if last.group() != ")":
            return last.end()
    return low


def _item_start(text: str, low: int, end: int) -> int:
    """Return where the member of a list begins that ends at `end`."""
    return max((m.end() for m in ITEM_END.finditer(text, low, end)), default=low)


def _list_end(document: Document, start: int) -> int:
    """Return the end of the list that a line introduces: the next blank line, or the section's."""
    index = bisect_left(document.sections, start, key=attrgetter("end"))
    if index == len(document.sections) or document.sections[index].start > start:
        return start
    return document.blank_line(start + 1, document.sections[index].end)


@cache
def _table() -> dict[str, dict[str, str]]:
    return {row["cue"]: dict(row) for row in table("cues")}


@cache
def _pattern() -> Anchored:
    cues = sorted(_table(), key=len, reverse=True)
    return Anchored(rf"\b(?:{'|'.join(map(re.escape, cues))})(?!\w)", re.IGNORECASE)
