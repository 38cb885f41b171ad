"""Conditions of the job: equity, relocation, travel, what counts for a degree, who may apply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.anchors import Anchored, awake
from nlp.document import Document
from nlp.gazetteer import country_code
from nlp.patterns import table
from nlp.rules.homes import find_homes
from nlp.types import SectionKind, Stated

ELSEWHERE: Final = (SectionKind.BOILERPLATE, SectionKind.RELATED)
REACH: Final = 90
SHARE: Final = re.compile(r"(?<![\d.])(?P<share>\d{1,3})\+? ?%")
ABOUT_MONEY: Final = re.compile(
    r"\b(?:discounts?|reimburs\w*|match\w*|covered|insurance|industry|budgets?|expenses?|costs?"
    r"|savings)\b",
    re.IGNORECASE,
)
"""Where a share in a sentence on travel is none of the working time."""
SUBJECT: Final = re.compile(
    r"\b(?:experience|knowledge|understanding|administ\w+|pric(?:e|ing)|models?|valuation"
    r"|trad(?:e|es|ing)|derivatives|research|clients?|customers?|accounting for|audit\w*"
    r"|diversity|inclusion|investors?)\b",
    re.IGNORECASE,
)
"""Equity as the matter of the work, not as part of the pay."""


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
        if fact == "equity":
            start, end = document.sentence(match.start())
            near = max(start, match.start() - 2 * REACH), min(end, match.end() + 2 * REACH)
            if SUBJECT.search(document.text, *near):
                continue
        found.setdefault(fact, Stated(row["value"] == "true", evidence))
        if fact == "travel" and share is None and row["value"] == "true":
            share = _share(document, match)
    for start, end, place in find_homes(document):
        home = document.evidence(start, end, "condition:applicants-state")
        applicants.setdefault(place.country or "", Stated(place.country or "", (home,)))
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


def _matches(document: Document) -> Iterator[tuple[re.Match[str], Mapping[str, str]]]:
    text = document.text
    found: list[tuple[int, int, re.Match[str], Mapping[str, str]]] = []
    for index, (row, pattern) in enumerate(awake(text, _rules())):
        found += [
            (match.start(), index, match, row)
            for match in pattern.finditer(text)
            if document.section(match.start()) not in ELSEWHERE
        ]
    for _, _, match, row in sorted(found, key=lambda hit: hit[:2]):
        yield match, row


@cache
def _rules() -> tuple[tuple[Mapping[str, str], Anchored], ...]:
    # "versus" holds no RSUs; at the end a blank may have been lost ("only$168,237.50")
    return tuple(
        (row, Anchored(rf"(?<!\w)(?:{row['pattern']})", re.IGNORECASE))
        for row in table("conditions")
    )
