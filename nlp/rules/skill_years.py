"""Years of skills: which skill the years stand on that a text asks for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Final

from nlp.rules.skills import Skills
from nlp.types import Necessity, Requirement

YEARS_OF: Final = re.compile(
    r"[^,;\n]{1,30}(?:years?|yrs?\.?)['’]?\+?[ ]{0,20}+(?:of\s{1,20}+)?"
    r"(?:[\w-]{1,40}+\s{1,20}+){0,3}?"
    r"(?:experience\s{1,20}+)?(?:in|with|using|utilizing|of)?[ ]{0,20}"
    r"|\d{1,2}\+\s+(?:in|with|of)\s+",
    re.IGNORECASE,
)
"""What stands between the beginning of "5+ years of hands-on experience with" and its skill."""
BETWEEN: Final = re.compile(
    r"[\"”']?[ ]{0,2}(?:[(:–—-]|(?:\|[^|\n]{0,20})?\|)?[ ]{0,2}(?:min(?:imum)?\.?[ ])?"
)
"""What may part a skill from the years behind it: "SQL (3+ years)", "SQL | good | 3 years"."""


def with_years(
    skills: Skills, experience: Sequence[Requirement], text: str
) -> tuple[Requirement, ...]:
    """Put years on the skills that they are years of: "5 years of Python", "SQL (3+ years)".

    Years that stand on any mention of a skill belong to the skill: its evidence may be elsewhere.
    In an alternative only the member's own mention counts.
    """
    if not experience:
        return skills.requirements
    mentions = sorted((m for m in skills.mentions if m.kind == "skill"), key=itemgetter(0))
    starts = [mention.start for mention in mentions]
    own: dict[int, Requirement] = {}
    of_concept: dict[str | None, Requirement] = {}
    for years in experience:
        if years.is_instead:
            continue  # "a degree, or 3 years in audit" asks nobody for 3 years
        begin, end = years.evidence.start, years.evidence.end
        first = bisect_left(starts, begin)
        for at in mentions[max(0, first - 1) : bisect_left(starts, end + len(" x"))]:
            same_line = "\n" not in text[end : at.start]
            of = begin <= at.start and same_line and YEARS_OF.fullmatch(text, begin, at.start)
            aside = text.startswith(")", end) and text[at.end : begin] == ", "
            if of or aside or (at.end <= begin and BETWEEN.fullmatch(text, at.end, begin)):
                own[at.start] = years
                of_concept.setdefault(at.value, years)
    asked = tuple(_asked_with(skill, experience) for skill in skills.requirements)
    if not own:
        return asked
    return tuple(
        skill._replace(min_years=said.min_years, max_years=said.max_years)
        if (said := own.get(skill.evidence.start) or _of_concept(skill, of_concept)) is not None
        else skill
        for skill in asked
    )


def _asked_with(skill: Requirement, experience: Sequence[Requirement]) -> Requirement:
    """Return a skill as strongly asked for as the years of it are, where nothing else tells.

    "A degree in Law along with 5 years of *probate* experience".
    """
    if skill.necessity is not Necessity.MENTIONED:
        return skill
    for years in experience:
        if years.evidence.start <= skill.evidence.start < years.evidence.end:
            return skill._replace(necessity=years.necessity)
    return skill


def _of_concept(skill: Requirement, found: Mapping[str | None, Requirement]) -> Requirement | None:
    return found.get(skill.concept) if skill.alternative is None else None
