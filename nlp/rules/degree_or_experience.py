"""Degrees and what experience in their place is in: "a degree or experience in audit"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlp.document import Document
from nlp.rules.degree_joins import ASKED, DegreeJoins
from nlp.rules.degrees import Degrees
from nlp.rules.skills import Skills
from nlp.rules.subjects import SUBJECT
from nlp.types import Requirement

RULE: Final = "degree:or-experience-in"
LONGEST: Final = 160
"""Code points between the beginning of a degree and what experience in its place is in."""
_SORT: Final = (
    r"(?:(?:an?|demonstrable|demonstrated|direct|equivalent|extensive|good|hands-on|industry"
    r"|practical|previous|prior|professional|proven|relevant|significant|similar|solid|some"
    r"|strong|sufficient|the|work|working)[ ]){0,3}"
)
_EXPERIENCE: Final = rf"{_SORT}experience[ ](?:as|in|of|using|with|within|working (?:in|with))[ ]"
_WHICH: Final = r"(?:(?:an?|the|all[ ]aspects[ ]of|both)[ ])?"
INSTEAD: Final = re.compile(rf"\)?,?[ ](?:and/)?or[ ]{_EXPERIENCE}{_WHICH}$", re.IGNORECASE)
"""What leads from a degree to what will do as well: "a degree *or experience in* audit"."""
BEGINS: Final = re.compile(rf"(?:^|[^\w\n]){_EXPERIENCE}{_WHICH}$", re.IGNORECASE)
"""What leads to skills in whose place a degree will do: "*experience in* audit or a degree"."""
OR_DEGREE: Final = re.compile(
    r",?[ ](?:and/)?or[ ](?:alternatively,?[ ])?"
    r"(?:(?:an?|any|equivalent|recogni[sz]ed|related|relevant|suitable|university)[ ]){0,3}",
    re.IGNORECASE,
)
JOINT: Final = re.compile(r"[ ]?(?:,|/|,?[ ](?:and/or|and|or|&))[ ]?(?:(?:an?|the)[ ])?", re.I)
"""What parts the members of a list of what the experience is in."""
BOTH: Final = re.compile(r"\band\b(?!/or)|&", re.IGNORECASE)
"""Between several that the experience is in together, so that none of them will do alone."""


def with_degree_or_experience(
    document: Document, degrees: Degrees, skills: Skills
) -> tuple[Degrees, Skills]:
    """Return degrees and skills, a degree and the experience that will do made one choice.

    "A degree or experience in audit" asks for audit by itself as little as for the degree. What
    is asked for elsewhere as well is asked for by itself. Years that will do instead are a matter
    of `degree_or_years`.
    """
    joins = DegreeJoins(document, degrees, skills, RULE)
    asked = joins.asked
    for index, degree in enumerate(joins.levels):
        if degree.necessity not in ASKED:
            continue
        near = [
            at
            for at, one in enumerate(asked)
            if one.necessity is degree.necessity
            and abs(one.evidence.start - degree.evidence.start) <= LONGEST
        ]
        named = _behind(document, asked, near, degree) or _before(document, asked, near, degree)
        if not named:
            continue
        joins.levels[index] = degree._replace(equivalent_experience=True)
        outside = {one.alternative for at, one in enumerate(asked) if at not in named}
        within = [
            at
            for at in named
            if not joins.is_asked_again(at)
            and (asked[at].alternative is None or asked[at].alternative not in outside)
        ]
        if not within:
            continue
        joins.join(index, within)
        if BOTH.search(document.text, *_between(asked, within)):
            for at in within:
                asked[at] = asked[at]._replace(note=SUBJECT)
    return joins.done()


def _between(asked: Sequence[Requirement], within: Sequence[int]) -> tuple[int, int]:
    """Return where the first of what experience is in ends, and where the last begins."""
    spans = sorted(asked[at].evidence[:2] for at in within)
    return spans[0][1], spans[-1][0]


def _behind(
    document: Document, asked: Sequence[Requirement], near: Sequence[int], degree: Requirement
) -> list[int]:
    """Return what the experience is in that may stand for the degree before it."""
    text, begin = document.text, degree.evidence.start
    _, high = document.sentence(begin)
    found: list[int] = []
    end = begin
    for at in near:
        start = asked[at].evidence.start
        if not begin < start < high:
            continue
        if found and JOINT.fullmatch(text, end, start) is None:
            break
        if not found and INSTEAD.search(text, begin, start) is None:
            continue
        found.append(at)
        end = asked[at].evidence.end
    return found


def _before(
    document: Document, asked: Sequence[Requirement], near: Sequence[int], degree: Requirement
) -> list[int]:
    """Return what the experience is in whose place the degree behind it may take."""
    text, begin = document.text, degree.evidence.start
    low, _ = document.sentence(begin)
    found: list[int] = []
    start = begin
    for at in reversed(near):
        end = asked[at].evidence.end
        if not low <= asked[at].evidence.start < end <= start:
            continue
        if (JOINT if found else OR_DEGREE).fullmatch(text, end, start) is None:
            break
        found.append(at)
        start = asked[at].evidence.start
    return found if found and BEGINS.search(text, low, start) else []
