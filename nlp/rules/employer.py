"""The employer: the name that most of the text's own hints agree on."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document
from nlp.patterns import table
from nlp.types import Evidence, SectionKind, Stated

NAME: Final = (
    r"(?:(?:St|Mt|Ft|Dr)\. )?(?<![\w&'’+-])[A-Z][\w&'’+-]{0,40}(?:\.[a-z]{2,3}\b)?"
    r"(?: (?:[A-Z][\w&'’+-]{0,40}|&|of|and the|the)){0,4}"
)
ABOUT: Final = re.compile(rf"^About (?P<name>{NAME})$")
NO_NAME: Final = frozenset(
    "about at our the this these we you your us it join all as in for what who why and company "
    "role team job position".split()
)
LEGAL_FORM: Final = re.compile(
    r",? (?:Inc|LLC|Ltd|Limited|Corp|Corporation|GmbH|PLC|plc|AG|S\.A|Co)\.?$"
)
ABOUT_WEIGHT: Final = 3


def find_employer(document: Document) -> Stated[str] | None:
    """Return the employer's name, without its legal form, and all the words that give it.

    Each pattern of `patterns/employers.tsv` has a weight; the name with the highest sum wins,
    of equals the one that comes first.
    """
    votes: dict[str, list[tuple[int, Evidence]]] = {}

    def vote(name: str, weight: int, evidence: Evidence) -> None:
        clean = clean_name(name)
        if clean and clean.split()[0].lower() not in NO_NAME:
            votes.setdefault(clean, []).append((weight, evidence))

    for section in document.sections:
        match = ABOUT.match(section.heading or "")
        if match and section.kind is SectionKind.ABOUT:
            start = document.text.rfind(section.heading or "", 0, section.start)
            if start >= 0:
                begin = start + match.start("name")
                end = start + match.end("name")
                vote(match["name"], ABOUT_WEIGHT, document.evidence(begin, end, "employer:about"))
    for row_id, weight, pattern in _patterns():
        for match in pattern.finditer(document.text):
            if document.section(match.start()) is SectionKind.RELATED:
                continue
            span = document.evidence(*match.span("name"), f"employer:{row_id}")
            vote(match["name"], weight, span)
    if not votes:
        return None
    name = max(votes, key=lambda name: (sum(w for w, _ in votes[name]), -_first(votes[name])))
    evidence = sorted({e for _, e in votes[name]}, key=lambda e: (e.start, e.rule))
    return Stated(name, tuple(evidence))


def clean_name(name: str) -> str:
    """Return the name without legal form, domain ending and punctuation at its end."""
    name = name.strip(" .,;:’'")
    for _ in range(2):
        name = LEGAL_FORM.sub("", name)
    return re.sub(r"\.(?:com|io|ai|org|net|co)$", "", name).strip(" .,;:’'")


def _first(votes: list[tuple[int, Evidence]]) -> int:
    return min(evidence.start for _, evidence in votes)


@cache
def _patterns() -> tuple[tuple[str, int, Anchored], ...]:
    return tuple(
        (row["id"], int(row["weight"]), Anchored(row["pattern"].replace("{NAME}", NAME)))
        for row in table("employers")
    )
