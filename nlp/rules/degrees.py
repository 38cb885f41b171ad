"""Degrees: levels, fields, and what may stand in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from nlp.document import Document, Span
from nlp.matcher import Hit
from nlp.necessity import Necessities
from nlp.rules.ambiguity import sure_hits
from nlp.rules.experience import find_years, read_years
from nlp.rules.fields import LIST_END, FieldLists
from nlp.types import (
    Alternative,
    Necessity,
    Requirement,
    RequirementKind,
    SectionKind,
    Term,
)
from ontology import Vocabulary
from ontology.terms import VOCABULARY

FOREIGN: Final = re.compile(r"foreign\s+(?:degree\s+)?equivalent|equivalent\s+foreign", re.I)
EXPERIENCE_INSTEAD: Final = re.compile(
    r"\bor\s+(?:\w+\s+){0,2}?equivalent\s+(?:\w+\s+){0,3}?experience|in\s+lieu\s+of|"
    r"\bor\s+equivalent\s+(?:combination|training)|experience\s+(?:may|can|will)\s+"
    r"(?:be\s+)?substitut|\bor\s+(?:relevant|commensurate)\s+(?:work\s+)?experience",
    re.IGNORECASE,
)
TO_FIELDS: Final = re.compile(
    r"[’']?s?\s*(?:degree|diploma)?s?\s*(?:\([^()\n]{0,60}\)\s*)?"
    r"(?:\((?:or|and)[^()\n]{0,80}\)\s*)?"
    r"(?:or\s+(?:its\s+)?(?:foreign\s+)?(?:degree\s+)?equivalent,?\s*)?(?:required\s+)?"
    r"(?:,?\s*(?:preferably\s+)?(?:in|of|within|from an accredited \w+ in|with an? "
    r"(?:major|focus|emphasis|concentration|specialization) in)[:\s]\s*)(?:an?\s+)?",
    re.IGNORECASE,
)
YEARS_NEXT: Final = re.compile(
    r"\b(?:and|with|plus|or|\+)\s+(?:at\s+least\s+|a\s+minimum\s+of\s+|minimum\s+)?"
    r"(?:\w+\s*\(\d+\)|\d+|one|two|three|four|five|six|seven|eight|nine|ten)[\s+-]",
    re.IGNORECASE,
)
DEGREES: Final = VOCABULARY + "degree/"
APART: Final = re.compile(r"[,;]\s*or\b", re.IGNORECASE)
LONGEST_REST: Final = 80
"""How far behind its fields, in code points, "or equivalent experience" still is a degree's."""
CHOICE: Final = re.compile(r"\b(?:or|and/or)\b|/", re.IGNORECASE)
QUIET: Final = frozenset({SectionKind.HEADER, SectionKind.ABOUT})
"""A degree named in a title or in prose about the company is no requirement."""


@dataclass(frozen=True, slots=True)
class Degrees:
    """The degree requirements, their alternatives, and the stretches in which no skill stands."""

    requirements: tuple[Requirement, ...]
    alternatives: tuple[Alternative, ...]
    spans: tuple[Span, ...]
    options: Mapping[int, str]
    """Where years begin that stand on a degree, and the alternative that the degree belongs to."""


def find_degrees(
    document: Document, vocabulary: Vocabulary, necessities: Necessities, fields: FieldLists
) -> Degrees:
    """Return one requirement for each level a sentence asks for.

    Levels joined by "or" or a slash in one sentence are an alternative. Fields named once behind
    several levels ("BS/MS in Physics") belong to all of them. Years stand on a level where each
    option has its own ("MS and 2 years, or PhD").
    """
    options: dict[int, str] = {}
    requirements: list[Requirement] = []
    alternatives: list[Alternative] = []
    spans: list[Span] = []
    hits = [
        hit
        for hit in sure_hits(document, "DEGREE")
        if document.asks(hit.start) and document.section(hit.start) not in QUIET
    ]
    for (low, high), group in groupby(hits, key=lambda hit: document.sentence(hit.start)):
        members = _distinct(list(group))
        choice = _is_choice(document, members)
        alternative = f"degree-{members[0].start}" if choice else None
        made: list[Requirement] = []
        years = _years_of(document, members, high) if alternative else {}
        for hit, following in zip(members, [*members[1:], None], strict=True):
            end = following.start if following else high
            stated = years.get(hit.start)
            least, most = read_years(stated) if stated else (None, None)
            if stated and alternative:
                options[stated.start()] = alternative
            listed, stop = _fields(document, fields, hit, end)
            spans.append((hit.start, stop))
            words = _end_of_words(document, max(stop, stated.end() if stated else 0), end)
            made.append(
                Requirement(
                    kind=RequirementKind.DEGREE,
                    label=vocabulary[hit.id].label,
                    concept=hit.id,
                    necessity=necessities.at(hit.start, hit.end),
                    fields=listed,
                    foreign_equivalent=FOREIGN.search(document.text, low, high) is not None,
                    related_field=fields.related(hit.start, end),
                    equivalent_experience=EXPERIENCE_INSTEAD.search(document.text, low, high)
                    is not None,
                    min_years=least,
                    max_years=most,
                    alternative=alternative,
                    evidence=document.evidence(hit.start, words, "degree:level"),
                )
            )
        requirements.extend(_share_fields(made))
        if alternative:
            necessity = min((r.necessity for r in made), key=list(Necessity).index)
            start, end = made[0].evidence.start, made[-1].evidence.end
            evidence = document.evidence(start, end, "degree:choice")
            alternatives.append(Alternative(alternative, 1, necessity, evidence))
    return Degrees(tuple(requirements), tuple(alternatives), tuple(spans), options)


def _end_of_words(document: Document, stop: int, end: int) -> int:
    """Return where a degree's words end: behind its fields and what may stand in its place."""
    ends = [stop]
    for pattern in (FOREIGN, EXPERIENCE_INSTEAD, LIST_END):
        found = pattern.search(document.text, stop, min(end, stop + LONGEST_REST))
        if found:
            ends.append(found.end())
    return max(ends)


def _years_of(document: Document, members: list[Hit], high: int) -> dict[int, re.Match[str]]:
    """Return the years of each option, by where its level begins.

    Years behind the last level alone belong to all ("BS or MS and 5 years"), unless a comma sets
    that option apart ("Master's, or Bachelor's and 3 years").
    """
    found: dict[int, re.Match[str]] = {}
    for hit, following in zip(members, [*members[1:], None], strict=True):
        match = next(find_years(document.text, hit.end, following.start if following else high), None)
        if match:
            found[hit.start] = match
    if list(found) == [members[-1].start]:
        joint = document.text[members[-2].end : members[-1].start]
        if APART.search(joint) is None:
            return {}
    return found


def _distinct(hits: list[Hit]) -> list[Hit]:
    """Keep the first hit of each level: "Bachelor’s degree (BS)" names one."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.id, hit)
    hits = list(first.values())
    return [
        one for hit in hits for one in _levels_of(hit) if one.id == hit.id or one.id not in first
    ]


def _levels_of(hit: Hit) -> list[Hit]:
    """Return a hit as the levels it names: an advanced degree is a master's or a doctorate."""
    if hit.id != DEGREES + "advanced":
        return [hit]
    return [replace(hit, id=DEGREES + level) for level in ("master", "doctorate")]


def _is_choice(document: Document, hits: list[Hit]) -> bool:
    return len(hits) > 1 and any(
        a.start == b.start or CHOICE.search(document.text, a.end, b.start)
        for a, b in pairwise(hits)
    )


def _fields(
    document: Document, fields: FieldLists, hit: Hit, end: int
) -> tuple[tuple[Term, ...], int]:
    """Return the fields that follow a level, and where their list stops."""
    years = YEARS_NEXT.search(document.text, hit.end, end)
    end = years.start() if years else end
    lead = TO_FIELDS.match(document.text, hit.end, end)
    if lead is None:
        return (), hit.end
    return fields.after(lead.end(), end)


def _share_fields(made: list[Requirement]) -> list[Requirement]:
    """Give the fields of the last level to those before it that name none."""
    last = next((r for r in reversed(made) if r.fields), None)
    if last is None:
        return made
    return [
        r
        if r.fields
        else replace(r, fields=last.fields, related_field=r.related_field or last.related_field)
        for r in made
    ]
