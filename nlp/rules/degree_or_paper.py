"""Degrees and certificates that stand in each other's place: "CPA or a master's degree"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlp.document import Document
from nlp.rules.degree_joins import ASKED, DegreeJoins
from nlp.rules.degrees import Degrees
from nlp.rules.skills import Skills
from nlp.types import Requirement

RULE: Final = "degree:or-paper"
LONGEST: Final = 80
"""Code points between a degree and the certificate that will do as well, at the most."""
_PAPER: Final = r"(?:certificat(?:e|ion)|credential|designation|licen[cs]e|qualification)s?"
_OR: Final = r"\)?,?[ ](?:and/)?or[ ]"
_WHICH: Final = (
    r"(?:(?:an?|any|the|accredited|active|current|equivalent|full|hold|professional|recogni[sz]ed"
    r"|relevant|valid)[ ]){0,3}"
)
OR_PAPER: Final = re.compile(
    rf"(?:[ ](?:degree|level(?:[ ]\d)?|qualification))?{_OR}{_WHICH}"
    rf"(?P<in>{_PAPER}[ ](?:in|of)[ ])?",
    re.IGNORECASE,
)
"""What leads from a degree to a certificate: "Bachelor's degree *or a valid* CPA"."""
OR_DEGREE: Final = re.compile(rf"(?:[ ]{_PAPER})?{_OR}{_WHICH}", re.IGNORECASE)
"""What leads from a certificate to a degree: "CPA *or a* master's degree"."""
LISTED: Final = re.compile(rf"(?:[ ]{_PAPER})?(?:,[ ](?:or[ ])?|[ ]?/[ ]?|[ ]or[ ]){_WHICH}", re.I)
"""What parts two certificates of a list, or a degree from the first of one that ends in "or"."""


def with_degree_or_paper(
    document: Document, degrees: Degrees, skills: Skills
) -> tuple[Degrees, Skills]:
    """Return degrees and skills, a degree and the certificates in its place made one choice.

    "ACCA, CIMA or a degree in accounting" asks for none of the three by itself. Where the degree
    has a choice already, of levels or years, the certificates join it. What "a certificate in"
    names is as good as one; what is asked for elsewhere as well is asked for by itself.
    """
    joins = DegreeJoins(document, degrees, skills, RULE)
    for index, degree in enumerate(joins.levels):
        papers = _before(document.text, joins.asked, degree) or _behind(
            document.text, joins.asked, degree
        )
        if not papers or degree.necessity not in ASKED:
            continue
        if not any(map(joins.is_asked_again, papers)):
            joins.join(index, papers)
    return joins.done()


def _behind(text: str, asked: Sequence[Requirement], degree: Requirement) -> list[int]:
    """Return the certificates behind a degree: "Bachelor's degree*, CPA or CFA*"."""
    found: list[int] = []
    end, said = degree.evidence.end, False
    for at, one in enumerate(asked):
        start = one.evidence.start
        if start < end or start - end > LONGEST or one.necessity is not degree.necessity:
            continue
        joint = OR_PAPER.fullmatch(text, end, start)
        if joint is None and LISTED.fullmatch(text, end, start) is None:
            break
        if not (one.skill_kind == "certification" or (joint is not None and joint["in"])):
            break
        said = said or joint is not None
        found.append(at)
        end = one.evidence.end
    return found if said else []


def _before(text: str, asked: Sequence[Requirement], degree: Requirement) -> list[int]:
    """Return the certificates before a degree: "*ACCA, CIMA* or a degree in accounting"."""
    found: list[int] = []
    start = degree.evidence.start
    for at in range(len(asked) - 1, -1, -1):
        one = asked[at]
        end = one.evidence.end
        if end > start or start - end > LONGEST or one.skill_kind != "certification":
            continue
        joint = LISTED if found else OR_DEGREE
        if one.necessity is not degree.necessity or joint.fullmatch(text, end, start) is None:
            break
        found.append(at)
        start = one.evidence.start
    return found
