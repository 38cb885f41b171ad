"""Announced lists: what stands below or behind "Knowledge of:" is what one must know.

A class specification names it in one long sentence, "Knowledge of: zoning law; methods of record
keeping; ...", or a line each below the label. Each part between two semicolons is such a thing by
itself, however the one before it goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document, Span
from nlp.necessity import BY_SECTION
from nlp.rules.forms import NAME_INSIDE, QUALITY
from nlp.rules.items import VAGUE
from nlp.sections import section_at
from nlp.types import SectionKind
from nlp.words import kind_among, kind_of, kind_where

LABEL: Final = Anchored(
    r"(?<![\w-])(?:(?:advanced|basic|considerable|detailed|extensive|general|good|sound|strong"
    r"|thorough|working|some)[ ]){0,2}"
    r"(?:knowledge(?:,?[ ](?:and[ ]|&[ ])?(?:skills?|understanding|experience)){0,2}|understanding"
    r"|familiarity|proficiency|skills?(?=[ ]in\b))[ ](?:and[ ]understanding[ ])?(?:of|in|with)"
    r"(?:[ ]the[ ]following)?(?P<sign>[ ]?:|[ ]?(?=\n))",
    re.IGNORECASE,
)
"""What announces such a list; a label without a colon is all there is on its line."""
TESTED: Final = re.compile(
    r"\b(?:candidates?|applicants?|competencies)\s(?:may|will|can)\sbe\s"
    r"(?:assessed|evaluated|examined|tested)\b",
    re.IGNORECASE,
)
"""A sentence about an examination, which says what one must know."""
PART: Final = re.compile(r";\s{1,3}(?:(?:and|or)\s)?")
OTHER: Final = re.compile(
    r"\W{0,9}(?:(?:and|the|demonstrated|strong)\s){0,2}(?:ability|abilities|able|capacity|must"
    r"|possession|skills?|willing(?:ness)?|other (?:necessary|related))\b",
    re.IGNORECASE,
)
"""What begins another kind of list: "the ability to", "skill in"."""
LITTLE: Final = kind_of("generic", "lead")
ARTICLE: Final = kind_among("a an the".split())
FIELD: Final = kind_where(
    lambda word: (
        len(word) > len("using")
        and word[1:].islower()
        and word.endswith(("graphy", "ics", "ing", "logy", "metry", "nomy", "scopy"))
    )
)
"""How a word ends that names a field of knowledge or some work alone: "stoichiometry"."""
FARTHEST: Final = 6000
"""How far below its label, in code points, such a list goes on."""


def announced_parts(document: Document) -> Iterator[Span]:
    """Yield where each part of an announced list begins, as an empty span, in order."""
    reached = -1
    for match in LABEL.finditer(document.text):
        start = match.start()
        kind, (low, high) = document.place(start)
        if start < reached or kind not in BY_SECTION:
            tested = kind is SectionKind.BODY and TESTED.search(document.text, low, start)
            if start < reached or not tested:
                continue
        rest = document.text[match.end() : high].strip()
        if rest:
            if match["sign"] and rest.count(";"):
                yield from _parts(document.text, match.end(), high)
            continue
        if document.text[low:start].strip(" \t•*-–0123456789.)"):
            continue  # the end of a sentence: "... the right knowledge of:"
        reached = match.end()
        for begin, end in _below(document, match.end()):
            yield from _parts(document.text, begin, end)
            reached = end


def _below(document: Document, offset: int) -> Iterator[Span]:
    """Yield the sentences below a label, up to the next label or the section's end."""
    stop = min(section_at(document.sections, offset).end, offset + FARTHEST)
    first = bisect_left(document.stretches, (offset,))
    for low, high, _ in document.stretches[first:]:
        said = document.text[low:high].rstrip()
        if low >= stop or said.endswith(":") or OTHER.match(said):
            return
        yield low, high


def _parts(text: str, low: int, high: int) -> Iterator[Span]:
    """Yield where the parts between semicolons begin, up to what begins another list."""
    position = low
    for end in (*(match for match in PART.finditer(text, low, high)), None):
        stop = end.start() if end else high
        if OTHER.match(text, position, stop):
            return
        yield position, position
        if end:
            position = end.end()


def names_subject(kinds: Sequence[int]) -> bool:
    """Tell whether unknown words of such a list name what one knows by themselves.

    Much in it only rounds the sentence: "effective methods", "rules of the Council", "equipment".
    """
    if len(kinds) == 1:
        return bool(kinds[0] & (FIELD | NAME_INSIDE)) and not kinds[0] & (LITTLE | VAGUE)
    if kinds[-1] & (LITTLE | VAGUE) and all(word & (QUALITY | LITTLE) for word in kinds[:-1]):
        return False
    return not any(word & ARTICLE for word in kinds)
