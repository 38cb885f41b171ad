"""Subjects: skills that the years of one way of a choice are in, and that are not asked alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Final

from nlp.document import Document
from nlp.rules.skills import Skills
from nlp.rules.years import find_years
from nlp.types import Mention, Necessity, Requirement

SUBJECT: Final = "what the years of one choice are in"
"""The note of a skill of years that something else may stand in the place of."""
LEADS: Final = re.compile(r"(?:(?!\bor\b)[^,;.\n]){1,60}", re.IGNORECASE)
"""What stands between the beginning of years and what they are in: "3 years of experience in"."""
JOINT: Final = re.compile(r"\s?(?:,|/|,?\s(?:and|or|and/or|&))\s?(?:(?:the|an?)\s)?", re.IGNORECASE)
LONGEST: Final = 40
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
    of_choice = [one for one in experience if one.alternative is not None]
    if not of_choice:
        return skills
    mentions = sorted((m for m in skills.mentions if m.kind == "skill"), key=attrgetter("start"))
    within: dict[int, tuple[Requirement, str | None]] = {}
    for years in of_choice:
        within |= {m.start: (years, m.value) for m in _subjects(document, mentions, years)}
    asked = list(skills.requirements)
    for index, skill in enumerate(asked):
        own = within.get(skill.evidence.start)
        if own is None or skill.alternative is not None or skill.necessity not in ASKED:
            continue
        choice = own[0].alternative
        if not own[0].is_instead and not _has_way_without_years(
            document.text,
            [one for one in degrees if one.alternative == choice],
            [one for one in of_choice if one.alternative == choice],
        ):
            continue
        elsewhere = any(
            m.value == skill.concept and m.necessity is skill.necessity and m.start not in within
            for m in mentions
        )
        said = {id(years) for years, value in within.values() if value == skill.concept}
        named = sum(id(years) in said for years in of_choice if years.alternative == choice)
        if not elsewhere and named < _options(choice, (*degrees, *skills.requirements), experience):
            asked[index] = skill._replace(alternative=choice, note=skill.note or SUBJECT)
    return replace(skills, requirements=tuple(asked))


def _subjects(document: Document, mentions: Sequence[Mention], years: Requirement) -> list[Mention]:
    """Return what years are in: the first skill behind them, and what a list goes on with."""
    text, found = document.text, list[Mention]()
    for mention in mentions:
        if not years.evidence.start < mention.start < years.evidence.end:
            continue
        if found:
            joint = JOINT.fullmatch(text, found[-1].end, mention.start)
            if mention.start - found[-1].end > LONGEST or joint is None:
                break
        elif LEADS.fullmatch(text, years.evidence.start, mention.start) is None:
            break
        found.append(mention)
    return found


def _has_way_without_years(
    text: str, degrees: Sequence[Requirement], experience: Sequence[Requirement]
) -> bool:
    """Tell whether a degree of a choice asks for no years, all that are stated being known."""
    spans = [one.evidence for one in (*degrees, *experience)]
    stated = find_years(text, min(s.start for s in spans), max(s.end for s in spans))
    without = any(one.min_years is None for one in degrees)
    return without and sum(1 for _ in stated) <= len(experience)


def _options(
    choice: str | None, others: Sequence[Requirement], experience: Sequence[Requirement]
) -> int:
    """Return of how many options a choice is; years that stand on a degree are none of their own.

    `others` are degrees and certificates.
    """
    found = sum(one.alternative == choice for one in others)
    return found + sum(one.alternative == choice and one.is_instead for one in experience)
