"""Years of skills: which skill the years stand on that a text asks for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final

from nlp.rules.skills import Skills
from nlp.types import Alternative, Necessity, Requirement

YEARS_OF: Final = re.compile(
    r"[^,;\n]{1,30}(?:years?|yrs?\.?)['’]?\+?[ ]{0,20}+(?:of\s{1,20}+)?"
    r"(?:(?!and\s(?:experience|expertise|familiar|knowledge))[\w-]{1,40}+\s{1,20}+){0,3}?"
    r"(?:experience\s{1,20}+)?(?:in|with|using|utilizing|of)?[ ]{0,20}"
    r"|\d{1,2}\+\s+(?:in|with|of)\s+",
    re.IGNORECASE,
)
"""What stands between the beginning of "5+ years of hands-on experience with" and its skill."""
WHOLE: Final = frozenset({"choice:cue", "choice:or"})
"""The rules of choices that begin with a member or with what counts them."""
PARTED: Final = re.compile(r"\band\b|\n", re.IGNORECASE)
"""Between years and a choice that they do not stand on: "3 years of Go *and* of Java or Kotlin"."""
BETWEEN: Final = re.compile(
    r"[\"”']?[ ]{0,2}(?:[(:–—-]|(?:\|[^|\n]{0,20})?\|)?[ ]{0,2}(?:min(?:imum)?\.?[ ])?"
)
"""What may part a skill from the years behind it: "SQL (3+ years)", "SQL | good | 3 years"."""


def with_years(
    skills: Skills, experience: Sequence[Requirement], text: str
) -> tuple[Requirement, ...]:
    """Put years on the skills that they are years of: "5 years of Python", "SQL (3+ years)".

    Years that stand on any mention of a skill belong to the skill: its evidence may be elsewhere.
    In an alternative only the member's own mention counts, or what stands on all of them:
    "3 years of Java, Kotlin or Scala" can be spent on any.
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
    of_choice = dict(_of_choices(skills.alternatives, experience, text))
    if not own and not of_choice:
        return asked
    return tuple(
        skill._replace(min_years=said.min_years, max_years=said.max_years)
        if (
            said := own.get(skill.evidence.start)
            or of_choice.get(skill.alternative)
            or _of_concept(skill, of_concept)
        )
        is not None
        else skill
        for skill in asked
    )


def _of_choices(
    choices: Sequence[Alternative], experience: Sequence[Requirement], text: str
) -> Iterator[tuple[str | None, Requirement]]:
    """Yield the choices that years stand before or behind, each with them.

    "3+ years with one of Java, Kotlin or Scala", "Java or Kotlin (3+ years)". Of "5 years of
    machine learning (ranking, NLP or search)" they are its head's, which is no member.
    """
    for choice in choices:
        start, end, _, rule, _ = choice.evidence
        if rule not in WHOLE:
            continue
        for years in experience:
            begin = years.evidence.start
            if years.is_instead:
                continue
            before = begin < start and YEARS_OF.fullmatch(text, begin, start) is not None
            if (before and not PARTED.search(text, begin, start)) or (
                end <= begin and BETWEEN.fullmatch(text, end, begin)
            ):
                yield choice.id, years
                break


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
