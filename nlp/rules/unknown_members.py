"""Members of a choice that no concept covers: "Yardi or *Foobarix*" asks for neither alone.

They are candidates, which stand in the choice under their own words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from nlp.document import TELLING, Document, Span
from nlp.matcher import Hit
from nlp.rules.alternatives import CUE, Choice
from nlp.rules.phrases import Term
from nlp.types import Candidate, Necessity, Requirement, RequirementKind
from nlp.words import classes

ASKED: Final = (Necessity.REQUIRED, Necessity.PREFERRED)
UNKNOWN: Final = "words:"
"""How the id of a hit begins that no concept covers."""
_NAME: Final = r"[A-Z](?:[\w+#&-]|\.(?=\w)){1,20}"
OR_NAME: Final = re.compile(
    rf",?[ ](?P<joint>(?:and/)?or|and|&)[ ](?:an?[ ])?(?P<name>{_NAME}(?:[ ]{_NAME}){{0,2}})"
    r"(?=[ ]{0,3}(?:[;:,)\n]|\.(?:\s|$)|$)|[ ](?:(?:is|are|would be)[ ](?:an?[ ])?)?"
    r"(?:advantage|asset|desirable|desired|essential|plus|preferred|required)\b)"
)
NAME_OR: Final = re.compile(rf"(?:\b[a-z]{{1,20}}|,)[ ](?P<name>{_NAME})[ ](?:and/)?or[ ]$")
"""A name on the other side of an "or": "Revit *or Foobarix*.", "either *Foobarix or* Revit"."""
JOINTS: Final = tuple(
    f"{sign} {joint} " for sign in ("", ",") for joint in ("or", "and/or", "and", "&")
)
"""How `OR_NAME` begins."""
AND: Final = frozenset({"and", "&"})
"""What joins the last of so many, "two of Excel, Revit *and* Foobarix", and elsewhere what adds."""
LONGEST_BEFORE: Final = 40
SAYS_LITTLE: Final = ("end", "generic", "lead", "tail")
"""Classes of words that name nothing: "or Similar", "or Equivalent Experience"."""
RANK: Final = re.compile(r"(?:\d{1,4}|[IVX]{1,4})(?![\w.-])")
"""How what begins that only counts: "Level II or *III* certification", "or a *2* year contract"."""

NO_SKILL: Final = re.compile(r"(?:.* )?(?:degrees?|diplomas?)|clear(?:ed|able)", re.IGNORECASE)
"""What is no skill: "Statistics or *mathematical degrees*", "*Cleared* or clearable developers"."""


def slots(document: Document, known: Sequence[Hit], terms: Sequence[Term]) -> Iterator[Term]:
    """Yield the names that "or" joins to something known and that no term covers."""
    text = document.text
    for hit in known:
        if document.section(hit.start) not in TELLING:
            continue
        for match in _beside(text, hit.start, hit.end):
            if not _is_name(match["name"]):
                continue
            if match.groupdict().get("joint") not in AND or _is_of_several(document, hit.start):
                span = match.span("name")
                if not _overlaps(known, span) and not _overlaps(terms, span):
                    yield Term(*span, "term:slot")


def _beside(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the names that a joint parts from a span, behind it and before it."""
    if text.startswith(JOINTS, end) and (match := OR_NAME.match(text, end)):
        yield match
    if text.endswith("or ", 0, start):
        low = max(0, start - LONGEST_BEFORE)
        if match := NAME_OR.search(text, low, start):
            yield match


def _is_of_several(document: Document, at: int) -> bool:
    """Tell whether a list stands behind "at least two of"."""
    low, _ = document.sentence(at)
    return any(cue.group().endswith(" of") for cue in CUE.finditer(document.text, low, at))


def _is_name(words: str) -> bool:
    little = classes()
    return not any(word in little[kind] for word in words.lower().split() for kind in SAYS_LITTLE)


def _overlaps(taken: Sequence[Hit] | Sequence[Term], span: Span) -> bool:
    """Tell whether one of what is in order, and does not overlap, shares a letter with a span."""
    last = bisect_left(taken, span[1], key=lambda one: one.start) - 1
    return last >= 0 and taken[last].end > span[0]


def as_hits(candidates: Iterable[Candidate]) -> Iterator[Hit]:
    """Yield the candidates that are asked for as hits, which may be members of a choice."""
    for one in candidates:
        start, end, text, _, _ = one.evidence
        if one.necessity in ASKED and RANK.match(text) is None and NO_SKILL.fullmatch(text) is None:
            words = text.lower()
            yield Hit(start, end, "SKILL", UNKNOWN + words, len(words.split()), words)


def unknown_members(
    choices: Iterable[Choice], candidates: Iterable[Candidate]
) -> Iterator[tuple[str, Requirement]]:
    """Yield what each member of a choice that no concept covers asks for, with its id, once."""
    by_start: Mapping[int, Candidate] = {one.evidence.start: one for one in candidates}
    for choice in choices:
        named: dict[str, Candidate] = {}
        for hit in choice.members:
            if hit.id.startswith(UNKNOWN):
                named.setdefault(hit.id, by_start[hit.start])
        for name, one in named.items():
            yield (
                name,
                Requirement(
                    RequirementKind.SKILL,
                    one.label,
                    one.necessity,
                    one.evidence,
                    alternative=choice.id,
                ),
            )
