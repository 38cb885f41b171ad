"""Subjects: skills that the years of one way of a choice are in, and that are not asked alone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Final

from nlp.document import Document
from nlp.rules.skill_years import YEARS_OF
from nlp.rules.skills import Skills
from nlp.rules.years import find_years
from nlp.types import Mention, Necessity, Requirement, RequirementKind

SUBJECT: Final = "what the years of one choice are in"
"""The note of a skill of years that something else may stand in the place of."""
LEADS: Final = re.compile(r"(?:(?!\bor\b)[^,;.\n]){1,60}", re.IGNORECASE)
"""What stands between the beginning of years and what they are in: "3 years of experience in"."""
JOINT: Final = re.compile(r"\s?(?:,|/|,?\s(?:and|or|and/or|&))\s?(?:(?:the|an?)\s)?", re.IGNORECASE)
LONGEST: Final = 40
START: Final = attrgetter("start")
ASKED: Final = (Necessity.REQUIRED, Necessity.PREFERRED)


def with_subjects(
    document: Document,
    skills: Skills,
    degrees: Sequence[Requirement],
    experience: Sequence[Requirement],
) -> Skills:
    """Return the skills, those that only the years of one way are in made members of the choice.

    "A degree, or 3 years in audit" asks nobody for audit who has the degree; so does "a master's,
    or a bachelor's and 3 years in audit". What every way names, or what is asked for elsewhere, is
    asked for by itself: "5 years of Java, or 3 years of Java and a degree". Years that a way names
    without what they are in are in the same: "8 years in audit, 6 with a master's".
    """
    of_choice: dict[str, list[Requirement]] = {}
    for one in experience:
        if one.alternative is not None:
            of_choice.setdefault(one.alternative, []).append(one)
    if not of_choice:
        return skills
    mentions = sorted((m for m in skills.mentions if m.kind == "skill"), key=START)
    within: dict[int, Requirement] = {}
    said: dict[tuple[str | None, str | None], set[int]] = {}
    for years in experience:
        for m in _subjects(document, mentions, years) if years.alternative is not None else ():
            within[m.start] = years
            said.setdefault((m.value, years.alternative), set()).add(years.evidence.start)
    elsewhere = {(m.value, m.necessity) for m in mentions if m.start not in within}
    others: dict[str | None, list[Requirement]] = {}
    for one in (*degrees, *skills.requirements):
        others.setdefault(one.alternative, []).append(one)
    asked = list(skills.requirements)
    inner = _choices_within(skills.requirements, within)
    for index, skill in enumerate(asked):
        own = within.get(skill.evidence.start)
        if own is None or skill.necessity not in ASKED:
            continue
        if skill.alternative is not None and skill.alternative not in inner:
            continue
        choice = own.alternative or ""
        ways, beside = of_choice[choice], others.get(choice, [])
        if not own.is_instead and not _has_way_without_years(document.text, beside, ways):
            continue
        # Years that stand on a degree are no option of their own.
        options = len(beside) + sum(one.is_instead for one in ways)
        named = len(said[skill.concept, choice])
        if (skill.concept, skill.necessity) not in elsewhere and named < options:
            asked[index] = skill._replace(alternative=choice, note=skill.note or SUBJECT)
    left = {one.alternative for one in asked}
    return replace(
        skills,
        requirements=tuple(asked),
        alternatives=tuple(one for one in skills.alternatives if one.id in left),
    )


def _choices_within(asked: Sequence[Requirement], within: Container[int]) -> set[str]:
    """Return the choices of which every member is what years are in: "in Java or Kotlin"."""
    outside = {one.alternative for one in asked if one.evidence.start not in within}
    every = {one.alternative for one in asked if one.alternative is not None}
    return every - outside


def _subjects(document: Document, mentions: Sequence[Mention], years: Requirement) -> list[Mention]:
    """Return what years are in: the first skill behind them, and what a list goes on with."""
    text, found = document.text, list[Mention]()
    first = bisect_right(mentions, years.evidence.start, key=START)
    last = bisect_left(mentions, years.evidence.end, key=START)
    if last == first < len(mentions):  # "3+ years *Java*"
        last += bool(YEARS_OF.fullmatch(text, years.evidence.start, mentions[first].start))
    for mention in mentions[first:last]:
        if found:
            joint = JOINT.fullmatch(text, found[-1].end, mention.start)
            if mention.start - found[-1].end > LONGEST or joint is None:
                break
        elif LEADS.fullmatch(text, years.evidence.start, mention.start) is None:
            break
        found.append(mention)
    return found


def _has_way_without_years(
    text: str, beside: Sequence[Requirement], experience: Sequence[Requirement]
) -> bool:
    """Tell whether a degree of a choice asks for no years, all that are stated being known."""
    degrees = [one for one in beside if one.kind is RequirementKind.DEGREE]
    spans = [one.evidence for one in (*degrees, *experience)]
    stated = find_years(text, min(s.start for s in spans), max(s.end for s in spans))
    without = any(one.min_years is None for one in degrees)
    return without and sum(1 for _ in stated) <= len(experience)
