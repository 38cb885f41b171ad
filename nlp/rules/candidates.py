"""Candidates: skill phrases that no concept covers, kept apart until someone decides on them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.document import Document, Span
from nlp.gazetteer import country_code, region
from nlp.heading_names import ONLY_HEADING_WORDS
from nlp.necessity import BY_SECTION, Necessities
from nlp.numbers import NUMBER
from nlp.rules.abbreviations import explanations
from nlp.rules.compounds import ALONE
from nlp.rules.phrases import Term
from nlp.rules.place_reading import bare_place
from nlp.types import Candidate, Necessity
from nlp.words import classes

ITEM: Final = re.compile(
    r"\((?P<number>\d{1,2})\)\s{0,20}+(?P<item>[^()\n;]{2,120}?(?:\([^()\n]{1,60}\))?)\s{0,20}(?=;|\.(?:\s|$)|$)",
    re.M,
)
SHORTEST: Final = 2
"""Letters of a candidate: a single one rates a line ("Xero (E)"), or is a concept (R, C)."""
MORE: Final = re.compile(r"[^.\n]{0,3}?[\s/-](?!(?:[IV]{1,3}|\d)\b)\w")
"""What follows a role's name inside another name: "driver *tracking*", but no rank."""
LEVEL: Final = re.compile(r"(?:CEFR )?[ABC][12]\+?(?:[-–/][ABC][12])?|(?:Level|Grade|Band) \d")
"""How well somebody speaks a language, or how high a rank is."""
NUMBERED: Final = re.compile(r"[A-Z]\d{1,2}")
UNION: Final = "EU"
LONGEST_CODE: Final = 3
"""Letters of a country's or a region's code, which may stand for something else: "MD", "IT"."""
LONGEST_ITEM: Final = 6
"""Words of an enumerated item that can be the name of a skill."""
LAW: Final = "candidate:law"
ASKED_ONLY: Final = frozenset(
    {"candidate:head", "candidate:held", "candidate:slot", "candidate:sought"}
)
"""Rules by which prose has candidates only where it asks."""
OBEYS: Final = re.compile(
    r"\b(?:exempt from|in (?:accordance|line) with|pursuant to|subject to)"
    r"(?: the (?:provisions|requirements|terms) of)?(?: (?:the|an?))?\s?$",
    re.IGNORECASE,
)
"""What stands before a law that binds whoever has the job: nobody asks to know it."""
FARTHEST: Final = 60
"""How far before a candidate, in code points, these words and a town's name are looked for."""
STATE: Final = re.compile(r", ?[A-Z]{2}\b")
TOWN: Final = re.compile(r"(?<![^\s(])[A-Z][\w.'-]{1,20}(?: [A-Z][\w.'-]{1,20}){0,2}, ?$")
A_NUMBER: Final = re.compile(NUMBER, re.IGNORECASE)
"""What counts days and no skill: "training within *thirty* (30) days"."""
A_SUM: Final = re.compile(r"[$£€₹]\s?\d")
"""Pay, or what is paid beside it: "shift differential of $2.50"."""
SPAN_OF_TIME: Final = re.compile(
    rf"(?:(?:(?:first|last|next|past|previous|recent) (?:{NUMBER}\+?[ -])?|{NUMBER}\+?[ -])"
    r"(?:days|months|weeks)|(?:(?:first|last|next|past|previous|recent) )?"
    rf"(?:{NUMBER}(?:[-–]{NUMBER})?\+?[ -])?(?:years|yrs))\b",
    re.IGNORECASE,
)
"""How what only counts time begins: "last three years"; not "days sales outstanding"."""
COUNTED: Final = re.compile(rf"\b{NUMBER}\s*$", re.IGNORECASE)


def find_candidates(
    document: Document,
    necessities: Necessities,
    terms: Sequence[Term],
    taken: Sequence[Span],
    roles: Sequence[Span],
) -> tuple[Candidate, ...]:
    """Return the items of numbered lists and the terms in which nothing known stands, in order.

    `taken` are the spans that mean something else already: skills, degrees and their fields;
    `roles` are the names of roles, which may stand in the name of something: "*driver* tracking".
    """
    taken = sorted(taken)
    roles = sorted(roles)
    explained = {short for short, _ in explanations(document.text)}
    found: dict[Span, Candidate] = {}
    for start, end, rule in (*_items(document), *_unknown(terms)):
        said = document.text[start:end]
        if NUMBERED.fullmatch(said) and not document.text[document.line(start)[0] : start].strip():
            continue  # "E3 Experience of ...", an item's number
        if said in explained and document.text[start - 1 : start] == "(":
            continue  # "Certified Payroll Professional (CPP)" says the same twice
        if rule == LAW and OBEYS.search(document.text, max(0, start - FARTHEST), start):
            continue
        if _is_town(document.text, start, end):
            continue
        free = not _overlaps(taken, start, end) and not _is_role(document.text, roles, start, end)
        if free and _can_name(said):
            evidence = document.evidence(start, end, rule)
            necessity = necessities.at(start, end)
            if (
                necessity is Necessity.MENTIONED
                and rule in ASKED_ONLY
                and document.section(start) not in BY_SECTION
            ):
                continue  # "our lute experience": prose that asks for nothing
            found.setdefault((start, end), Candidate(evidence.text, necessity, evidence))
    return tuple(found[span] for span in sorted(found))


def _can_name(said: str) -> bool:
    """Tell whether words can name a skill: no letter, no level, no country, no "(2) Projects"."""
    if len(said) < SHORTEST or LEVEL.fullmatch(said) or A_NUMBER.fullmatch(said):
        return False
    if SPAN_OF_TIME.match(said) or A_SUM.search(said) or ONLY_HEADING_WORDS.fullmatch(said):
        return False
    if not any(sign.isalpha() for sign in said):
        return False  # "### Skills", a heading's marks
    if " " in said:
        return not (said[0].isupper() and country_code(said))  # "United States (Required)"
    named = said[0].isupper() and (said == UNION or len(said) > LONGEST_CODE)
    if named and (country_code(said) or region(said)):
        return False
    return said.lower() in ALONE or said.lower() not in classes()["generic"]


def _is_town(text: str, start: int, end: int) -> bool:
    """Tell whether words are the town or the state of "Denver, CO", or whose job it is.

    "Training in *Denver, CO*", "City of *Los Angeles* experience".
    """
    if not text[start].isupper():
        return False
    behind = STATE.match(text, end)
    if behind is not None and bare_place(text[start : behind.end()]) is not None:
        return True
    if text.endswith("City of ", 0, start):
        return True
    if not text.endswith((", ", ","), 0, start):
        return False
    before = TOWN.search(text, max(0, start - FARTHEST), start)
    return before is not None and bare_place(text[before.start() : end]) is not None


def _unknown(terms: Sequence[Term]) -> Iterator[tuple[int, int, str]]:
    for term in terms:
        if not term.known:
            yield term.start, term.end, term.rule.replace("term:", "candidate:")


def _items(document: Document) -> Iterator[tuple[int, int, str]]:
    """Yield the items of numbered enumerations: "(4) Foo modelling"."""
    generic = classes()["generic"]
    for match in ITEM.finditer(document.text):
        start, end = match.span("item")
        if document.section(start) not in BY_SECTION or len(match["item"].split()) > LONGEST_ITEM:
            continue
        if COUNTED.search(document.text, max(0, match.start() - 20), match.start()):
            continue  # "ten (10) years" is no item of a list
        if all(word in generic for word in match["item"].lower().split()):
            continue  # "as described in (1) above;"
        yield start, end, "candidate:enumeration"


def _is_role(text: str, roles: Sequence[Span], start: int, end: int) -> bool:
    """Tell whether words name a role or cut through its name; more may follow it inside them."""
    index = bisect_left(roles, (end, end))
    return any(
        low < end and start < high and not (start <= low and MORE.match(text, high, end))
        for low, high in roles[max(0, index - 8) : index]
    )


def _overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    """Tell whether one of the sorted spans shares a character with `start` to `end`."""
    index = bisect_left(spans, (end, end))
    return any(low < end and start < high for low, high in spans[max(0, index - 8) : index])
