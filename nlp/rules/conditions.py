"""Conditions of the job: equity, relocation, travel, what counts for a degree, who may apply.

Also employment type, which boards write on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.document import Document
from nlp.patterns import table
from nlp.rules.anchors import lowered, matches, positions
from nlp.rules.places import country_code
from nlp.types import SectionKind, Stated

ELSEWHERE: Final = (SectionKind.BOILERPLATE, SectionKind.RELATED)
REACH: Final = 90
SHARE: Final = re.compile(r"(?<![\d.])(?P<share>\d{1,3})\+? ?%")
ABOUT_MONEY: Final = re.compile(
    r"\b(?:discounts?|reimburs\w*|match\w*|covered|insurance|industry|budgets?|expenses?|costs?|savings)\b",
    re.IGNORECASE,
)
"""Where a share in a sentence on travel is none of the working time."""
SUBJECT: Final = re.compile(
    r"\b(?:experience|knowledge|understanding|administ\w+|pric(?:e|ing)|models?|valuation|trad(?:e|es|ing)"
    r"|derivatives|research|clients?|customers?|accounting for|audit\w*|diversity|inclusion|investors?)\b",
    re.IGNORECASE,
)
"""Equity as the matter of the work, not as part of the pay."""

EMPLOYMENT_ANCHORS: Final = (
    "full",
    "part",
    "contract",
    "temp",
    "intern",
    "co-op",
    "freelance",
    "permanent",
    "seasonal",
    "volunteer",
    "per diem",
    "fixed",
    "regular",
)
EMPLOYMENT_LABEL: Final = re.compile(
    r"(?:(?:employment|job|position|contract|worker|employee|work)[ ]?(?:types?|status|category|schedule)"
    r"|type|hours)[ ]?:[ ]?",
    re.IGNORECASE,
)
LABEL_BEFORE: Final = re.compile(
    r"\b(?:employment|job|position|contract|worker|employee)[ ]?(?:types?|status|schedule)[ ]?[:–-]?[ \n]{1,2}$",
    re.IGNORECASE,
)
SAID_BEFORE: Final = re.compile(
    r"\bthis (?:(?:position|role|job|opportunity) )?(?:is|will be) (?:an? )?"
    r"(?:(?:exempt|permanent|regular|salaried|remote|hybrid|fully|on-?site|direct|\d+[- ](?:month|week|year)s?|long[- ]term"
    r"|paid|new|great|exciting)[, ]+)*$",
    re.IGNORECASE,
)
JOB_BEHIND: Final = re.compile(
    r"(?:[,-]? (?:\w+[- ]){0,2}?(?:position|role|job|opportunity|assignment|internship|employment)\b|[.,;(]|$| based\b| with\b)",
    re.IGNORECASE,
)
PARTS: Final = re.compile(r"[|•·/()\[\]]|[ ][-–—][ ]|, ")
LONGEST_LINE: Final = 80


@dataclass(frozen=True, slots=True)
class Conditions:
    """What `find_conditions` found; each is None or empty where the text is silent.

    `travel_share` is the largest share of the working time that is travelled, in percent.
    """

    equity: Stated[bool] | None = None
    relocation: Stated[bool] | None = None
    travel: Stated[bool] | None = None
    travel_share: Stated[int] | None = None
    equivalent_combination: Stated[bool] | None = None
    applicants: tuple[Stated[str], ...] = ()


def find_conditions(document: Document) -> Conditions:
    """Return the first statement of each condition, with its words."""
    found: dict[str, Stated[bool]] = {}
    applicants: dict[str, Stated[str]] = {}
    share: Stated[int] | None = None
    for match, row in _matches(document):
        evidence = (document.evidence(*match.span(), f"condition:{row['id']}"),)
        fact = row["fact"]
        if fact == "applicants":
            name = match["country"] or match.groupdict().get("country2")
            if code := country_code(name or ""):
                applicants.setdefault(code, Stated(code, evidence))
            continue
        if fact == "equity" and SUBJECT.search(document.text, *document.sentence(match.start())):
            continue
        found.setdefault(fact, Stated(row["value"] == "true", evidence))
        if fact == "travel" and share is None and row["value"] == "true":
            share = _share(document, match)
    return Conditions(
        equity=found.get("equity"),
        relocation=found.get("relocation"),
        travel=found.get("travel"),
        travel_share=share,
        equivalent_combination=found.get("equivalent_combination"),
        applicants=tuple(applicants.values()),
    )


def _share(document: Document, match: re.Match[str]) -> Stated[int] | None:
    """Return the share of the time that the words on travel give, in them or behind them."""
    text = document.text
    end = max(match.end(), min(document.sentence(match.end() - 1)[1], match.end() + REACH))
    if ABOUT_MONEY.search(text, match.start(), end):
        return None
    shares = list(SHARE.finditer(text, match.start(), end))
    if not shares or int(shares[0]["share"]) > 100:
        return None
    last = shares[0]
    for other in shares[1:]:
        if other.start() - last.end() < 5 and int(other["share"]) <= 100:
            last = other  # "25% - 50%"
    start = min(match.start(), last.start())
    evidence = document.evidence(start, max(match.end(), last.end()), "condition:travel-share")
    return Stated(int(last["share"]), (evidence,))


def find_employment_type(document: Document) -> Stated[str] | None:
    """Return the employment type in schema.org's words (FULL_TIME, ...).

    From a line or a label that says it, or "This is a full-time position". "full-time" elsewhere
    in prose is no evidence: it often speaks of other things ("full-time experience").
    """
    text = document.text
    for at in positions(lowered(text), EMPLOYMENT_ANCHORS):
        match = None if text[at - 1 : at].isalnum() else _type_names().match(text, at)
        if match is None or document.section(at) in ELSEWHERE:
            continue
        span = _employment_said(text, match) or _employment_line(document, at)
        if span is not None:
            kind, start, end = span
            return Stated(kind, (document.evidence(start, end, "employment:line"),))
    return None


def _employment_said(text: str, match: re.Match[str]) -> tuple[str, int, int] | None:
    """Find "Job type: Full-time" anywhere, and "This is a full-time position"."""
    at = match.start()
    before = text[max(0, at - REACH) : at]
    label = LABEL_BEFORE.search(before)
    said = SAID_BEFORE.search(before) if JOB_BEHIND.match(text, match.end()) else None
    found = label or said
    if found is None:
        return None
    return _types()[match.group().lower()], at - (len(before) - found.start()), match.end()


def _employment_line(document: Document, at: int) -> tuple[str, int, int] | None:
    """Find the type as a line of its own, or as a part of a line of the header."""
    text = document.text
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    line = text[start:end]
    if len(line) > LONGEST_LINE:
        return None
    label = EMPLOYMENT_LABEL.match(line.strip())
    here = document.section(start)
    if label is None and here not in (SectionKind.HEADER, SectionKind.FURNITURE):
        return None
    words = line.strip()[label.end() if label else 0 :]
    for part in (words, *PARTS.split(words)):
        kind = _types().get(part.strip(" .-*").lower())
        if kind is not None:
            return kind, start, end
    return None


def _matches(document: Document) -> Iterator[tuple[re.Match[str], Mapping[str, str]]]:
    text = document.text
    lower = lowered(text)
    places: dict[str, list[int]] = {}
    found: list[tuple[int, int, re.Match[str], Mapping[str, str]]] = []
    for index, (row, pattern) in enumerate(_rules()):
        anchors = row["anchors"]
        if anchors not in places:
            places[anchors] = positions(lower, anchors.split("|"))
        for match in matches(pattern, text, places[anchors], REACH):
            if document.section(match.start()) not in ELSEWHERE:
                found.append((match.start(), index, match, row))
    for _, _, match, row in sorted(found, key=lambda hit: hit[:2]):
        yield match, row


@cache
def _rules() -> tuple[tuple[Mapping[str, str], re.Pattern[str]], ...]:
    # "versus" holds no RSUs; at the end a blank may have been lost ("only$168,237.50")
    return tuple(
        (row, re.compile(rf"(?<!\w)(?:{row['pattern']})", re.IGNORECASE))
        for row in table("conditions")
    )


@cache
def _types() -> dict[str, str]:
    return {row["line"]: row["type"] for row in table("employment")}


@cache
def _type_names() -> re.Pattern[str]:
    names = sorted(map(re.escape, _types()), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(names)})(?![\w-])", re.IGNORECASE)
