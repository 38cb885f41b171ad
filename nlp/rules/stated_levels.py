"""Levels that the text states of its own job: "Seniority level: Mid-Senior", "an entry-level role".

What the text says of other people ("mentor junior developers", "works with senior engineers") is
no statement of the job's level: each form here names the job, the role or the position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nlp.document import Document
from nlp.rules.ranks import Ladder
from nlp.types import SectionKind
from ontology import Concept

WORDED: Final = (
    r"(?:entry|junior|intermediate|mid|middle|senior|lead|staff|principal|executive|director|manager"
    r"|associate|mid[ -](?:to[ -])?senior)[ -]?level|early[ -]career|junior|senior|sr\.?|jr\.?"
    r"|(?:paid |summer )?internship|co-op|apprenticeship|traineeship"
)
"""Ranks that prose can give to a job; "lead" or "staff" alone are other words there."""
JOB: Final = r"(?:position|role|job|opportunity|opening|vacancy)"
LABELLED: Final = re.compile(
    r"^[ \t•*·-]*(?:(?:seniority|experience|career|job|position|role)[ ]level|seniority|level)"
    r"[ \t]*(?:[:–-][ \t]*|\n[ \t]*)([A-Za-z][\w.\-/ ]{1,30}?)[ \t.]*$",
    re.IGNORECASE | re.MULTILINE,
)
SENTENCE: Final = re.compile(
    rf"\bth(?:is|e) (?:{JOB} )?(?:is|will be) (?:considered )?(?:an? )?"
    rf"(?:(?:full|part)[ -]time,? |exciting |great |paid |new |permanent |remote |true ){{0,3}}"
    rf"({WORDED})(?:[ ,]+[\w-]+){{0,4}}? ?(?:{JOB}|internship|program|[.!;\n(]|$)",
    re.IGNORECASE | re.MULTILINE,
)
IN_ROLE: Final = re.compile(
    rf"(?:\bthis|\bin (?:an?|our)|^[ \t•*·-]*(?:an? )?)[ ]?({WORDED})"
    rf" (?:[\w-]+ ){{0,2}}?{JOB}\b",
    re.IGNORECASE | re.MULTILINE,
)
FORMS: Final = (
    ("level:labelled", "evel", LABELLED),
    ("level:labelled", "eniority", LABELLED),
    ("level:sentence", " is ", SENTENCE),
    ("level:sentence", " be ", SENTENCE),
    ("level:role", "", IN_ROLE),
)
SPANS: Final = {
    "Entry Level": (0, 75),
    "Mid-level": (60, 125),
    "Mid-Senior": (80, 175),
    "Senior": (110, 400),
}
"""The ranks that a general word covers when it is said of a job and not with the role's name: a
director's job is "senior level" too."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A level that the text states of its job, with its words and the rule."""

    level: Concept
    start: int
    end: int
    rule: str

    def agrees(self, level: Concept) -> bool:
        """Tell whether the title's level can be meant by these words."""
        if level.iri == self.level.iri:
            return True
        if self.rule == "level:prose":
            # A numeral is a grade beside the rank in words: "Sr. Engineer III", "Engineer II".
            return False
        low, high = SPANS.get(self.level.label, (0, -1))
        return low <= (level.rank or 0) <= high


def find_claims(document: Document, ladder: Ladder) -> Iterator[Claim]:
    """Yield the levels that the text states of its own job, in order of their forms."""
    text = document.text
    seen: set[int] = set()
    for rule, literal, pattern in FORMS:
        if literal not in text:
            continue
        for match in pattern.finditer(text):
            level = _level(match[1], ladder)
            start = match.start(1)
            if level is None or start in seen:
                continue
            if document.section(start) in (SectionKind.RELATED, SectionKind.BOILERPLATE):
                continue
            seen.add(start)
            yield Claim(level, match.start(), match.end(), rule)


def _level(words: str, ladder: Ladder) -> Concept | None:
    """Return the level that `words` name; a lone figure ("Grade: 5") is an employer's own scale."""
    said = words.strip().removeprefix("paid ").removeprefix("summer ")
    level = ladder.alone(said) or ladder.alone(re.sub(r"[ -]?level$", "", said, flags=re.I))
    return None if said.isdigit() else level
