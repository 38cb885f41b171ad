"""Levels that the text states of its own job: "Seniority level: Mid-Senior", "an entry-level role".

What the text says of other people ("mentor junior developers", "works with senior engineers") is
no statement of the job's level: each form here names the job, the role or the position.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from nlp.anchors import Literals
from nlp.document import Document
from nlp.rules.ranks import Ladder
from nlp.types import SectionKind
from ontology import Concept

LITERALS: Final = Literals(
    (
        "level",
        "seniority",
        "early career",
        "early-career",
        "junior",
        "senior",
        "internship",
        "apprenticeship",
        "traineeship",
    )
)
"""Every form holds one of these words; the patterns look only at their surroundings."""
AROUND: Final = 70
"""How far from such a word, in code points, a form reaches to either side."""
RANK: Final = re.compile(
    r"(?<![\w-])(?:(?:mid[ -](?:to[ -])?senior|entry|junior|intermediate|mid|middle|senior|lead"
    r"|staff|principal|executive|director|manager|associate)[ -]level|early[ -]career|junior|senior"
    r"|(?:paid |summer )?internship|apprenticeship|traineeship)(?![\w-])",
    re.IGNORECASE,
)
"""Ranks that prose can give to a job; "lead" or "staff" alone are other words there."""
JOB: Final = r"(?:position|role|job|opportunity|opening|vacancy)"
LABELLED: Final = re.compile(
    r"[ \t•*·-]{0,30}+(?:(?:seniority|experience|career|job|position|role)[ ]level|seniority|level)"
    r"[ \t]{0,30}+(?:[:–-][ \t]{0,30}+|\n[ \t]{0,30}+)([A-Za-z][\w.\-/ ]{1,30}?)[ \t.]{0,30}$",
    re.IGNORECASE | re.MULTILINE,
)
THIS_IS: Final = re.compile(
    rf"\bth(?:is|e) (?:{JOB} )?(?:is|will be) (?:considered )?(?:an? )?"
    r"(?:(?:full|part)[ -]time,? |exciting |great |paid |new |permanent |remote |true ){0,3}$",
    re.IGNORECASE,
)
IS_WHAT: Final = re.compile(
    rf"(?:[ ,]{{1,9}}+[\w-]{{1,40}}+){{0,4}}? ?(?:{JOB}|internship|program|[.!;\n(]|$)",
    re.IGNORECASE,
)
IS_BARE: Final = re.compile(
    rf"(?: (?!leadership|management|care|living|to\b)[\w-]+){{0,3}}? {JOB}\b", re.IGNORECASE
)
"""What follows "junior" or "senior" alone: "This position is junior to the director" is no rank."""
IN_THIS: Final = re.compile(
    r"(?:\bthis |\bin (?:an?|our) |(?:^|\n)[ \t•*·-]*(?:an? )?)$", re.IGNORECASE
)
EARLIER: Final = re.compile(
    r"\b(?:background|experience[d]?|months?|previous(?:ly)?|proven|served|track record"
    r"|work(?:ed|ing)|years?)\b[^.;\n]{0,40}\bin (?:an?|our) $",
    re.IGNORECASE,
)
"""Before a role that somebody has had: "5 years' experience in a *senior* hotel role"."""
ROLE: Final = re.compile(rf" (?:[\w-]+ ){{0,2}}?{JOB}\b", re.IGNORECASE)
OTHER_SECTIONS: Final = frozenset({SectionKind.RELATED, SectionKind.BOILERPLATE})
SPANS: Final = {
    "Entry Level": (0, 75),
    "Associate": (45, 105),
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
        """Tell whether the title's level can be meant by these words.

        "As a Senior Data Engineer" names one level; "an entry-level position" covers several.
        """
        if level.iri == self.level.iri:
            return True
        low, high = SPANS.get(self.level.label, (0, -1))
        return self.rule != "level:prose" and low <= (level.rank or 0) <= high


def find_claims(document: Document, ladder: Ladder) -> list[Claim]:
    """Return the levels that the text states of its own job; a labelled line comes first."""
    found: dict[int, Claim] = {}
    text = document.text
    for at in () if "İ" in text else LITERALS.places(text):
        claim = _labelled(document.text, at, ladder) or _in_prose(document.text, at, ladder)
        if claim and document.section(at) not in OTHER_SECTIONS:
            found.setdefault(claim.start, claim)
    return sorted(found.values(), key=lambda c: (c.rule != "level:labelled", c.start))


def _labelled(text: str, at: int, ladder: Ladder) -> Claim | None:
    begin = text.rfind("\n", max(0, at - AROUND), at) + 1
    match = LABELLED.match(text, begin) if begin or at < AROUND else None
    level = _level(match[1], ladder) if match else None
    return Claim(level, begin, match.end(), "level:labelled") if match and level else None


def _in_prose(text: str, at: int, ladder: Ladder) -> Claim | None:
    low = max(0, at - AROUND)
    match = next((m for m in RANK.finditer(text, low, at + AROUND) if m.end() > at), None)
    if match is None:
        return None
    before, behind = text[low : match.start()], text[match.end() : match.end() + AROUND]
    cue, rule = THIS_IS.search(before), "level:sentence"
    what = IS_BARE if match.group().lower() in ("junior", "senior") else IS_WHAT
    rest = what.match(behind) if cue else None
    if rest is None:
        cue, rule = IN_THIS.search(before), "level:role"
        cue = None if EARLIER.search(before) else cue
        rest = ROLE.match(behind) if cue else None
    level = _level(match.group(), ladder) if cue and rest else None
    if cue is None or rest is None or level is None:
        return None
    start = low + cue.start()
    end = match.end() + rest.end()
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Claim(level, start, start + len(text[start:end].rstrip()), rule)


def _level(words: str, ladder: Ladder) -> Concept | None:
    """Return the level that `words` name; a lone figure ("Grade: 5") is an employer's own scale."""
    said = words.strip().lower().removeprefix("paid ").removeprefix("summer ")
    return ladder.alone(said) or ladder.alone(re.sub(r"[ -]?level$", "", said))
