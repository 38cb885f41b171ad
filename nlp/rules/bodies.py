"""Bodies: names of boards, agencies and societies, which hold words that are skills elsewhere.

A license "issued by the Board of *Registered Nursing*", rules of the "*Environmental Protection*
Agency" and a letter from the "School of *Music*" ask for none of these, nor does what is done
"by the *Human Resources* Department". A concept that goes over such a name, or is all of it, is
meant as ever ("Project Management Institute certification").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document, Span, Stretches
from nlp.matcher import Hit
from ontology import Concept

WORD: Final = r"[A-Z][\w'’-]{1,24}"
OF: Final = Anchored(
    r"\b(?:Academy|Association|Board|Bureau|Chamber|College|Commission|Committee|Council"
    r"|Delegation|Department|Division|Embassy|Faculty|Federation|Institute|Minist(?:ers?|ries|ry)"
    r"|National Assembly|Office|Parliament|School|Secretariat|Society|Union)[ ](?:of|for|on)[ ]"
    r"(?:the[ ])?"
    rf"{WORD}(?:(?:,?[ ](?:and|&|of|for)[ ]|[ ]){WORD}){{0,5}}"
)
"""A body by what it is of: "the *Board of Registered Nursing*"."""
NAMED: Final = Anchored(
    rf"(?<![\w-]){WORD}(?:[ ](?:(?:and|&)[ ])?{WORD}){{0,5}}[ ]"
    r"(?:Agency|Association|Authority|Board|Bureau|Commission|Council|Foundation|Institute"
    r"|Society)\b"
)
"""A body by what stands before its kind: "the *Environmental Protection Agency*"."""
DEPARTMENT: Final = Anchored(
    r"\b(?:by|contact|from|through|to|with)[ ](?:our|the|their)[ ]"
    rf"(?P<name>{WORD}(?:[ ](?:(?:and|&)[ ])?{WORD}){{0,3}}[ ]"
    r"(?:Department|Dept|Division|Office))\b"
)
"""One that is turned to: standards set "by the *Human Resources Department*", not work in one."""
LONGEST: Final = 120


def outside_bodies(
    document: Document, hits: Sequence[Hit], concepts: Mapping[str, Concept]
) -> list[Hit]:
    """Return the hits that are no part of a body's name; certifications stay."""
    spans = _names(document.text)
    if not spans:
        return list(hits)
    inside = Stretches(spans)
    ends = dict(spans)
    starts = sorted(ends)
    return [
        hit
        for hit in hits
        if not inside.hold(hit.start)
        or concepts[hit.id].kind == "certification"
        or not _is_part(hit, starts, ends)
    ]


def _names(text: str) -> list[Span]:
    names = {match.span() for pattern in (OF, NAMED) for match in pattern.finditer(text)}
    names |= {match.span("name") for match in DEPARTMENT.finditer(text)}
    return sorted(names)


def _is_part(hit: Hit, starts: list[int], ends: Mapping[int, int]) -> bool:
    """Tell whether a hit is a part of one of the names, and not all of it."""
    return any(
        start <= hit.start and hit.end <= ends[start] and (start, ends[start]) != hit[:2]
        for start in starts
        if start > hit.start - LONGEST
    )
