"""Conditions of the job: equity, relocation, travel, what counts for a degree, who may apply.

Also employment type, which boards write on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.document import Document
from nlp.gazetteer import country_code
from nlp.patterns import table
from nlp.types import SectionKind, Stated

ELSEWHERE: Final = (SectionKind.BOILERPLATE, SectionKind.RELATED)
EMPLOYMENT_LABEL: Final = re.compile(
    r"(?:(?:employment|job|position|contract)[ ]?(?:type|status)|type|hours)[ ]?:[ ]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What `find_conditions` found; each is None or empty where the text is silent."""

    equity: Stated[bool] | None = None
    relocation: Stated[bool] | None = None
    travel: Stated[bool] | None = None
    equivalent_combination: Stated[bool] | None = None
    applicants: tuple[Stated[str], ...] = ()


def find_conditions(document: Document) -> Conditions:
    """Return the first statement of each condition, with its words."""
    found: dict[str, Stated[bool]] = {}
    applicants: dict[str, Stated[str]] = {}
    for match, row_id in _matches(document):
        row = _rows()[row_id]
        evidence = (document.evidence(*match.span(), f"condition:{row['id']}"),)
        if row["fact"] == "applicants":
            code = country_code(match[f"{row_id}_country"])
            if code:
                applicants.setdefault(code, Stated(code, evidence))
        else:
            found.setdefault(row["fact"], Stated(row["value"] == "true", evidence))
    return Conditions(
        equity=found.get("equity"),
        relocation=found.get("relocation"),
        travel=found.get("travel"),
        equivalent_combination=found.get("equivalent_combination"),
        applicants=tuple(applicants.values()),
    )


def find_employment_type(document: Document) -> Stated[str] | None:
    """Return the employment type in schema.org's words (FULL_TIME, ...), from a line that says it.

    "full-time" in prose is no evidence: it often speaks of other things ("full-time experience").
    """
    types = {row["line"]: row["type"] for row in table("employment")}
    start = 0
    for line in document.text.split("\n"):
        label = EMPLOYMENT_LABEL.match(line.strip())
        word = line.strip()[label.end() if label else 0 :].strip(" .").lower()
        here = document.section(start)
        stated = label is not None or here in (SectionKind.HEADER, SectionKind.FURNITURE)
        if word in types and stated and here not in ELSEWHERE:
            evidence = document.evidence(start, start + len(line), "employment:line")
            return Stated(types[word], (evidence,))
        start += len(line) + 1
    return None


def _matches(document: Document) -> Iterator[tuple[re.Match[str], str]]:
    for match in _pattern().finditer(document.text):
        group = match.lastgroup
        if group is not None and document.section(match.start()) not in ELSEWHERE:
            yield match, group


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {f"c{index}": dict(row) for index, row in enumerate(table("conditions"))}


@cache
def _pattern() -> re.Pattern[str]:
    parts = (
        f"(?P<{name}>{row['pattern'].replace('?P<country>', f'?P<{name}_country>')})"
        for name, row in _rows().items()
    )
    # "versus" holds no RSUs; at the end a blank may have been lost ("only$168,237.50")
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})", re.IGNORECASE)
