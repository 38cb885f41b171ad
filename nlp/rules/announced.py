"""Announced lists: what stands below or behind "Knowledge of:" is what one must know.

A class specification names it in one long sentence, "Knowledge of: zoning law; methods of record
keeping; ...", or a line each below the label. Each part between two semicolons is such a thing by
itself, however the one before it goes on. Behind "Ability to:" each part is something that one must
be able to do, and where one uses something, what one uses must be known.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document, Span
from nlp.necessity import BY_SECTION
from nlp.rules.forms import NAME_INSIDE, QUALITY
from nlp.rules.items import VAGUE
from nlp.sections import section_at
from nlp.types import SectionKind
from nlp.words import Form, kind_among, kind_ending, kind_of

LABEL: Final = Anchored(
    r"(?<![\w-])(?:(?:advanced|basic|considerable|detailed|extensive|general|good|sound|strong"
    r"|thorough|working|some)[ ]){0,2}"
    r"(?:knowledge(?:,?[ ](?:and[ ]|&[ ])?(?:skills?|understanding|experience)){0,2}|understanding"
    r"|familiarity|proficiency|skills?(?=[ ]in\b))[ ](?:and[ ]understanding[ ])?(?:of|in|with)"
    r"(?:[ ]the[ ]following)?(?P<sign>[ ]?:|[ ]?(?=\n))",
    re.IGNORECASE,
)
"""What announces such a list; a label without a colon is all there is on its line."""
ABILITY: Final = Anchored(
    r"(?<![\w-])(?:demonstrated[ ]|proven[ ])?(?:abilit(?:y|ies)|able|capacity|skills?)[ ]to"
    r"(?:[ ](?:do|perform)[ ]the[ ]following)?(?P<sign>[ ]?:|[ ]?(?=\n))",
    re.IGNORECASE,
)
"""What announces a list of what one must be able to do."""
HANDLES: Final = re.compile(
    r"(?:(?:and|or|safely|effectively|proficiently)\s){0,2}(?:braze|calibrate|install|interpret"
    r"|operate|read|repair|troubleshoot|use|utili[sz]e|weld)\s(?=\S)",
    re.IGNORECASE,
)
"""What one does with something that one must know for it."""
TESTED: Final = re.compile(
    r"\b(?:candidates?|applicants?|competencies)\s(?:may|will|can)\sbe\s"
    r"(?:assessed|evaluated|examined|tested)\b",
    re.IGNORECASE,
)
"""A sentence about an examination, which says what one must know."""
BEFORE: Final = " \t•*-–0123456789.)"
"""What may stand before a label on its line."""
PART: Final = re.compile(r";\s{1,3}(?:(?:and|or)\s)?")
OTHER: Final = re.compile(
    r"\W{0,9}(?:(?:and|the|demonstrated|strong)\s){0,2}(?:ability|abilities|able|capacity|must"
    r"|possession|skills?|willing(?:ness)?|other (?:necessary|related))\b",
    re.IGNORECASE,
)
"""What begins another kind of list: "the ability to", "skill in"."""
LITTLE: Final = kind_of("generic", "lead")
ARTICLE: Final = kind_among("a an the".split())
FIELD: Final = kind_ending(
    "graphy ics ing logy metry nomy scopy".split(), Form.SMALL_BEHIND, above=len("using")
)
"""How a word ends that names a field of knowledge or some work alone: "stoichiometry"."""
FARTHEST: Final = 6000
"""How far below its label, in code points, such a list goes on."""


def announced_parts(document: Document) -> Iterator[Span]:
    """Yield where what one must know begins in each part of an announced list.

    The span is empty where the words must prove by themselves that they name something.
    """
    yield from _announced(document, LABEL)
    for position, stop in ability_parts(document):
        handles = HANDLES.match(document.text, position, stop)
        if handles is not None:
            named = document.text[handles.end()].isupper()  # "use Zorptrack", not "use tools"
            yield position if named else handles.end(), handles.end()


def ability_parts(document: Document) -> Iterator[Span]:
    """Yield the parts of lists of what one must be able to do: where each begins and ends."""
    starts = [position for position, _ in _announced(document, ABILITY)]
    for position in starts:
        end = PART.search(document.text, position, document.sentence(position)[1])
        yield position, end.start() if end else document.sentence(position)[1]


def _announced(document: Document, label: Anchored) -> Iterator[Span]:
    """Yield where each part of the lists begins that a label announces, as an empty span."""
    reached = -1
    for match in label.finditer(document.text):
        start = match.start()
        kind, (low, high) = document.place(start)
        opens = not document.text[document.line(start)[0] : start].strip(BEFORE)
        if start < reached or not (kind in BY_SECTION or (kind is SectionKind.BODY and opens)):
            tested = kind is SectionKind.BODY and TESTED.search(document.text, low, start)
            if start < reached or not tested:
                continue
        rest = document.text[match.end() : high].strip()
        if rest:
            if match["sign"] and rest.count(";"):
                yield from _parts(document.text, match.end(), high)
            continue
        if document.text[low:start].strip(BEFORE):
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
    position = low + len(text[low:high]) - len(text[low:high].lstrip())
    for end in (*(match for match in PART.finditer(text, low, high)), None):
        stop = end.start() if end else high
        if OTHER.match(text, position, stop):
            return
        yield position, position
        if end:
            position = end.end()


def names_subject(kinds: list[int]) -> bool:
    """Tell whether unknown words of such a list name what one knows by themselves.

    Much in it only rounds the sentence: "effective methods", "rules of the Council", "equipment".
    """
    if len(kinds) == 1:
        return bool(kinds[0] & (FIELD | NAME_INSIDE)) and not kinds[0] & (LITTLE | VAGUE)
    if kinds[-1] & (LITTLE | VAGUE) and all(word & (QUALITY | LITTLE) for word in kinds[:-1]):
        return False
    return not any(word & ARTICLE for word in kinds)
