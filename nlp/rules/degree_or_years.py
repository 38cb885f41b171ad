"""Degrees and years of experience that stand in each other's place: "3+ years, or a master's"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from nlp.document import Document
from nlp.rules.degrees import Degrees
from nlp.rules.skills import Skills
from nlp.types import Alternative, Requirement

RULE: Final = "degree:or-experience"
INSTEAD: Final = "in place of the degree"
"""The note of years that are a choice of their own: "a degree *or 5 years*"."""
OTHERWISE: Final = "or the other choice"
"""The note of years beside others, or a paper, that will do: "4 years in sales or 6 in retail"."""
REACH: Final = 240
"""How far apart, in code points, the two halves of a choice may begin."""
BRACKETS: Final = 30
"""How far behind the beginning of years, in code points, a degree in brackets belongs to them."""
NEAR: Final = 80
"""How far before the second half its "or" may stand."""
_MUCH: Final = (
    r"(?:(?:a|alternatively,|an|at|comparable|equivalent|experience|hands-on|industry|least|minimum"
    r"|more|of|over|practical|preferably|professional|proven|related|relevant|similar|than|the|work"
    r"|working)[ ]\(?)"
)
OR_YEARS: Final = re.compile(
    rf"(?:^|[\s,;/(])or,?[ ](?:\(?[1-9a-e]\)[ ])?\(?{_MUCH}{{0,8}}$", re.IGNORECASE
)
"""What leads to the years that will do as well: ", *or at least* 3 years"."""
OR_DEGREE: Final = re.compile(
    r"(?:^|[\s,;/(])or,?[ ](?:(?:alternatively,?|at least|hold)[ ]){0,2}"
    r"(?:(?:an?|any|some|the)[ ])?"
    r"(?:(?!(?:and|as|for|in|of|or|to|with|years?)\b)[\w’'/&-]{1,20}[ ]){0,3}$",
    re.IGNORECASE,
)
"""What leads from years to the degree that will do as well: ", *or a relevant* degree"."""
OR_PAPER: Final = re.compile(
    r",?[ ]or[ ](?:alternatively,?[ ]|(?:an?|any|the)[ ]){0,2}(?:[\w-]{1,20}[ ])?", re.IGNORECASE
)
"""What leads from years to the certificate that will do as well: ", *or a valid* licence"."""
LISTED: Final = re.compile(r",?[ ](?:or[ ])?|[ ]?/[ ]?", re.IGNORECASE)
"""What parts two certificates of a list of which one will do."""
WITH_DEGREE: Final = re.compile(
    r"[^.;,\n]{0,60}?\b(?:and|plus|with)[ ](?:an?[ ]|the[ ])?(?:[\w’'-]{1,20}[ ]){0,2}",
    re.IGNORECASE,
)
"""What stands between years and the degree that they stand on: "5+ years *with a* Master's"."""
WITH_YEARS: Final = re.compile(
    r"(?!.{0,240}?\bor[ ](?!equivalent|related|relevant|similar))[^.;\n]{0,120}"
    r"(?:\b(?:and|plus|with)|[,+&(])[ ]?(?:at least |(?:a )?minimum (?:of )?)?",
    re.IGNORECASE,
)
"""What stands between a degree and the years that stand on it: "Bachelor's *and* 5 years"."""


def with_instead(
    document: Document, degrees: Degrees, experience: Sequence[Requirement]
) -> tuple[Degrees, Sequence[Requirement]]:
    """Return degrees and years, those of which either will do made members of one alternative.

    "A degree or 5 years of experience", "3+ years of experience, or a master's degree": neither is
    asked for by itself, and the degree takes experience in its place. Where the degree has a
    choice of levels already the years join it. Years that stand on such a degree ("a degree and 5
    years, or 9 years"; "8 years, or 5 with a degree") are said of the degree.
    """
    if not experience:
        return degrees, experience
    choices = {one.id: one for one in degrees.alternatives}
    asked, kept = list(degrees.requirements), list(experience)
    for at, years in enumerate(kept):
        degree = None if _is_by_degree(document, years) else _other(document, asked, kept, at)
        if degree is None:
            continue
        choice = _choice(document, choices, degree, years)
        choices[choice.id] = choice
        kept[at] = years._replace(alternative=choice.id, note=INSTEAD)
        on = _standing(document.text, degree, kept)
        if on is not None:
            kept[on] = kept[on]._replace(alternative=choice.id)
        for index, one in enumerate(asked):
            if one is degree and on is not None:
                low, high = kept[on].min_years, kept[on].max_years
                one = one._replace(min_years=low, max_years=high)
            if asked[index] is degree or one.alternative == choice.id:
                asked[index] = one._replace(alternative=choice.id, equivalent_experience=True)
    for choice, first in _either(document, kept):
        choices[choice.id] = choice
        for at in (first, first + 1):
            kept[at] = kept[at]._replace(alternative=choice.id, note=OTHERWISE)
    return (
        replace(degrees, requirements=tuple(asked), alternatives=tuple(choices.values())),
        tuple(kept),
    )


def _either(document: Document, experience: Sequence[Requirement]) -> list[tuple[Alternative, int]]:
    """Return the choices between years and other years, each with the index of the first.

    "4+ years in medical devices, or 6+ years in another regulated industry".
    """
    found: list[tuple[Alternative, int]] = []
    taken = -1
    for at, (one, other) in enumerate(pairwise(experience)):
        start, end = one.evidence.start, other.evidence.start
        if (
            at > taken
            and one.alternative is None
            and other.alternative is None
            and one.necessity is other.necessity
            and end - start <= REACH
            and document.sentence(start) == document.sentence(end)
            and OR_YEARS.search(document.text, max(start, end - NEAR), end)
        ):
            evidence = document.evidence(start, other.evidence.end, "experience:either")
            found.append((Alternative(f"years-{start}", 1, one.necessity, evidence), at))
            taken = at + 1
    return found


def with_papers(
    document: Document, skills: Skills, experience: Sequence[Requirement]
) -> tuple[Skills, Sequence[Requirement]]:
    """Return skills and years, a certificate and the years that will do as well made a choice.

    "Journeyman card or 5 years", "3 years in payroll, or a CIPP qualification": what a paper proves
    may be proved by years. Of other skills "or" rather parts two things that are asked for.
    """
    asked, kept, choices = list(skills.requirements), list(experience), list(skills.alternatives)
    for at, years in enumerate(kept):
        index = next((i for i, one in enumerate(asked) if _may_replace(document, one, years)), None)
        if index is None:
            continue
        papers = _papers(document.text, asked, index)
        spans = [years.evidence, *(asked[i].evidence for i in papers)]
        start, end = min(one.start for one in spans), max(one.end for one in spans)
        name = f"years-{start}"
        evidence = document.evidence(start, end, "skill:or-years")
        choices.append(Alternative(name, 1, asked[index].necessity, evidence))
        for i in papers:
            asked[i] = asked[i]._replace(alternative=name)
        kept[at] = years._replace(alternative=name, note=OTHERWISE)
    members = {one.alternative for one in asked}
    answered = tuple(one for one in choices if one.id in members)
    return replace(skills, requirements=tuple(asked), alternatives=answered), tuple(kept)


def _papers(text: str, asked: Sequence[Requirement], last: int) -> list[int]:
    """Return the certificates of the list that one of them ends: "*CPA, CMA* or 5 years"."""
    found = [last]
    for at in range(last - 1, -1, -1):
        one, other = asked[at], asked[found[-1]]
        if one.skill_kind != "certification" or one.necessity is not other.necessity:
            break
        if LISTED.fullmatch(text, one.evidence.end, other.evidence.start) is None:
            break
        found.append(at)
    return found


def _may_replace(document: Document, paper: Requirement, years: Requirement) -> bool:
    """Tell whether "or" parts a certificate from years, whichever stands first."""
    if (
        paper.skill_kind != "certification"
        or (paper.alternative or "any-").partition("-")[0] != "any"
        or years.alternative is not None
        or paper.necessity is not years.necessity
    ):
        return False
    text, start = document.text, years.evidence.start
    if paper.evidence.start < start:
        low, _ = document.sentence(start)
        joined = OR_YEARS.search(text, paper.evidence.end, start)
        gap = text[paper.evidence.end : joined.start()] if joined else None
        return low <= paper.evidence.start and gap in ("", ",", ";")
    return OR_PAPER.fullmatch(text, years.evidence.end, paper.evidence.start) is not None


def _other(
    document: Document, asked: Sequence[Requirement], experience: Sequence[Requirement], at: int
) -> Requirement | None:
    """Return the degree that will do as well as the years at an index, if there is one."""
    text, years = document.text, experience[at]
    start = years.evidence.start
    sentence = document.sentence(start)
    near = [
        one
        for one in asked
        if sentence[0] <= one.evidence.start < sentence[1]
        and abs(one.evidence.start - start) <= REACH
        and one.necessity is years.necessity
    ]
    if years.alternative is not None or not near:
        return None
    before = [one for one in near if one.evidence.start < start]
    behind = next((one for one in near if one.evidence.start > start), None)
    stands = behind is not None and _on(text, start, behind)
    if before and "year" in text[before[-1].evidence.start : start].lower():
        last, earlier = before[-1], experience[:at]
        on = _said_on(last, earlier) or _standing(text, last, earlier) is not None
        stands = stands or not on
    if before and not stands and OR_YEARS.search(text, _near(start, before[-1]), start):
        return before[-1]
    if behind is None or before:
        return None
    end = behind.evidence.start
    following = experience[at + 1].evidence.start if at + 1 < len(experience) else end
    if following >= end:
        return behind if OR_DEGREE.search(text, max(start, end - NEAR), end) else None
    return (
        behind if _on(text, following, behind) and OR_YEARS.search(text, start, following) else None
    )


def _is_by_degree(document: Document, years: Requirement) -> bool:
    """Tell whether brackets behind years say whose they are: "2 years (PhD) or 6 years (MS)"."""
    start = years.evidence.start
    return any(
        start < hit.start < start + BRACKETS and document.text[hit.start - 1] == "("
        for hit in document.hits("DEGREE")
    )


def _on(text: str, start: int, degree: Requirement) -> bool:
    """Tell whether years that begin at an offset stand on the degree behind them."""
    return WITH_DEGREE.fullmatch(text, start, degree.evidence.start) is not None


def _near(start: int, before: Requirement) -> int:
    return max(before.evidence.start, start - NEAR)


def _standing(text: str, degree: Requirement, experience: Sequence[Requirement]) -> int | None:
    """Return the index of the years that stand on a degree of which something else may stand in."""
    begin = degree.evidence.start
    for index, years in enumerate(experience):
        start = years.evidence.start
        if years.alternative is not None or abs(start - begin) > REACH:
            continue
        if WITH_YEARS.fullmatch(text, begin, start) or _on(text, start, degree):
            return index
    return None


def _said_on(degree: Requirement, experience: Sequence[Requirement]) -> bool:
    """Tell whether years that stand on a degree are a part of its choice already."""
    return any(
        degree.alternative is not None
        and years.alternative == degree.alternative
        and years.evidence.start > degree.evidence.start
        for years in experience
    )


def _choice(
    document: Document,
    choices: Mapping[str, Alternative],
    degree: Requirement,
    years: Requirement,
) -> Alternative:
    """Return the choice between a degree, with its other levels, and years."""
    start = min(degree.evidence.start, years.evidence.start)
    end = max(degree.evidence.end, years.evidence.end)
    known = choices.get(degree.alternative or "")
    if known is not None:
        start, end = min(start, known.evidence.start), max(end, known.evidence.end)
    return Alternative(
        known.id if known else f"degree-{degree.evidence.start}",
        1,
        degree.necessity,
        document.evidence(start, end, RULE),
    )
