"""Employment type, which boards write on a line of its own or behind a label."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from nlp.anchors import Literals
from nlp.document import BULLETS, Document
from nlp.folding import uncased
from nlp.patterns import table
from nlp.rules.dates import MONTHS
from nlp.types import SectionKind, Stated

ELSEWHERE: Final = (SectionKind.BOILERPLATE, SectionKind.RELATED)
REACH: Final = 90
ANCHORS: Final = Literals(
    (
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
        "prn",
        "fixed",
        "regular",
        "ftc",
        "maternity cover",
        "interim",
        "vollzeit",
        "teilzeit",
        "unbefristet",
        "befristet",
        "temps p",
        "voltijd",
        "deeltijd",
        "heltid",
        "deltid",
        "tempo indet",
    )
)
SOUGHT: Final = Literals(("applications", "hiring", "looking for", "recruiting", "seeking"))
LABEL: Final = re.compile(
    r"(?:(?:employment|job|position|contract|worker|employee|work)[ ]?"
    r"(?:types?|status|category|schedule)"
    r"|type|hours|schedule|contract|terms?|duration|tenure)[ ]?:[ ]?",
    re.IGNORECASE,
)
LABEL_BEFORE: Final = re.compile(
    r"\b(?:employment|job|position|contract|worker|employee)[ ]?(?:types?|status|schedule)"
    r"[ ]?[:–-]?[ \n]{1,2}$",
    re.IGNORECASE,
)
SAID_BEFORE: Final = re.compile(
    r"\b(?:it(?:['’]s| is| will be)|this (?:(?:position|role|job|opportunity) )?(?:is|will be))"
    r" (?:an? )?"
    r"(?:(?:exempt|permanent|regular|salaried|remote|hybrid|fully|on-?site|direct"
    r"|\d+[- ](?:month|week|year)s?|long[- ]term"
    r"|paid|new|great|exciting)[, ]+)*$",
    re.IGNORECASE,
)
SOUGHT_BEFORE: Final = re.compile(
    r"\b(?:applications(?: are invited)? for|hiring|looking for|recruiting(?: for)?|seeking)"
    r" (?:an?|our(?: next)?) (?:[a-z-]{3,15},? ){0,3}$",
    re.IGNORECASE,
)
"""What leads to the type of a job that somebody is sought for: "*seeking a* part-time cook"."""
NOBODY: Final = re.compile(
    r",? (?:experience|income|employment agency|solutions?|students?|stud(?:y|ies))\b",
    re.IGNORECASE,
)
JOB_BEHIND: Final = re.compile(
    r"(?:[,-]? (?:\w+[- ]){0,2}?(?:position|role|job|opportunity|assignment"
    r"|internship|employment)\b"
    r"|[.,;(]|$| based\b| with\b)",
    re.IGNORECASE,
)
BASIS_BEFORE: Final = re.compile(
    r"\b(?:appointed|employed|job|join|joining|opportunity|position|post|role|vacancy)\b"
    r"[^.;\n]{0,60}\bon an? (?:permanent |temporary )?$",
    re.IGNORECASE,
)
BASIS_BEHIND: Final = re.compile(r" basis\b", re.IGNORECASE)
"""Round the type of a job that one has "*on a* part-time *basis*"."""
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH: Final = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
ENDS: Final = re.compile(
    r"(?: (?:appointment|contract|post|position|role))?,? ?(?:running |which runs )?\(?"
    r"(?:(?:until|till|to|through|ending(?: on)?|up to) (?:the )?(?:end of )?"
    rf"(?:(?:{_DAY} (?:of )?)?{_MONTH}(?: {_DAY},?)? 20\d\d|20\d\d-\d\d-\d\d"
    r"|\d{1,2}(?P<sign>[/.-])\d{1,2}(?P=sign)(?:20)?\d\d)"
    r"|for (?:an? )?(?:initial )?(?:period of )?\(?(?:up to )?\d{1,2}\)?[ -](?:month|year)s?)\b",
    re.IGNORECASE,
)
"""Behind a type of which this says how long it lasts: "Contract *until 31 March 2027*"."""
OF_THE_JOB: Final = re.compile(
    r"\b(?:appointment|contract|job|opportunity|position|post|role|vacancy)\b[^.;\n]{0,40}"
    r"\b(?:be|is|on)(?: an?)? $|\bthis is an? $",
    re.IGNORECASE,
)
"""What leads to such a type in a sentence."""
SET_OFF: Final = re.compile(r"[(|·,–—-] ?$")
"""What parts it from the rest of a line of the head."""
LASTING_TYPES: Final = ("CONTRACTOR", "TEMPORARY")
PART_TIME: Final = re.compile(r"\bpart[- ]time\b", re.IGNORECASE)
FREELANCE: Final = re.compile(r"\s{0,9}(?P<said>freelance)\b(?! recruit)", re.IGNORECASE)
FULL: Final = re.compile("full", re.IGNORECASE)
LASTS: Final = frozenset({"permanent", "regular"})
"""What a job is that may be full-time or not."""
PARTS: Final = re.compile(r"[|•·/()\[\]]|[ ][-–—][ ]|[,.;] ")
LASTING: Final = re.compile(r"^\d{1,2}[ -](?:months?|weeks?|years?|mths?)[ -]", re.IGNORECASE)
"""How long a contract lasts: "12 month FTC"."""
HOURS: Final = re.compile(
    r"[ :]{1,2}\d{1,2}(?:\.\d{1,2})?[ ]?(?:h|hours?|hrs?)"
    r"(?:[ ]?(?:an?|/|per|pw)[ ]?(?:week|wk)?)?$",
    re.IGNORECASE,
)
"""How long a week is: "Part-time 30 hours"."""
WEEK: Final = re.compile(
    r"(?P<hours>\d{1,2}(?:\.\d{1,2})?)[ ]?(?:h|hours?|hrs?)"
    r"[ ]?(?:an?|each|/|per|p)?[ ]?\.?(?:week|wk|w)\b\.?",
    re.IGNORECASE,
)
"""The hours of a week, as a fact of its own: "Permanent, *40 hours a week*"."""
WHOLE_WEEK: Final = 30
"""Hours of a week below which nobody calls a job full-time."""
JOB: Final = re.compile(r"[ ](?:contract|job|position|post|role)$", re.IGNORECASE)
LONGEST_LINE: Final = 110
BARE_LABEL: Final = "contract"
"""A form's label that is a type, too: "Contract" above "12 months (fixed term)"."""


def find_employment_type(document: Document) -> Stated[str] | None:
    """Return the employment type in schema.org's words (FULL_TIME, ...).

    From a line or a label that says it, or "This is a full-time position". "full-time" elsewhere
    in prose is no evidence: it often speaks of other things ("full-time experience").
    """
    text = document.text
    lasting: Stated[str] | None = None
    for at in ANCHORS.positions(text):
        match = None if text[at - 1 : at].isalnum() else _type_names().match(text, at)
        if match is None or document.section(at) in ELSEWHERE:
            continue
        span = (
            _employment_said(text, match)
            or _employment_line(document, at)
            or _employment_item(document, at)
            or _employment_until(document, match)
        )
        if span is not None:
            kind, start, end = span
            stated = Stated(kind, (document.evidence(start, end, "employment:line"),))
            if kind != "FULL_TIME" or FULL.search(text, start, end):
                return lasting if lasting and kind != "PART_TIME" else stated
            lasting = lasting or stated  # "Contract: Permanent" above "Hours: Part time"
    return lasting or _of_freelance(document)


def _of_freelance(document: Document) -> Stated[str] | None:
    """Read a title that begins with it: "Freelance Translator"."""
    match = FREELANCE.match(document.text)
    if match is None:
        return None
    return Stated("CONTRACTOR", (document.evidence(*match.span("said"), "employment:title"),))


def read_employment_type(words: str) -> str | None:
    """Return the first employment type among words that state nothing else: "Full-time"."""
    for part in (words, *PARTS.split(words)):
        if kind := _types().get(HOURS.sub("", LASTING.sub("", part.strip(" .-*"))).lower()):
            return kind
    return None


def _employment_said(text: str, match: re.Match[str]) -> tuple[str, int, int] | None:
    """Find "Job type: Full-time", "This is a full-time position", "on a part-time basis"."""
    at = match.start()
    before = text[max(0, at - REACH) : at]
    label = LABEL_BEFORE.search(before)
    said = SAID_BEFORE.search(before) if JOB_BEHIND.match(text, match.end()) else None
    basis = BASIS_BEFORE.search(before) if BASIS_BEHIND.match(text, match.end()) else None
    found = label or said or basis
    if found is None and SOUGHT.places(text):
        found = None if NOBODY.match(text, match.end()) else SOUGHT_BEFORE.search(before)
    if found is None:
        return None
    if uncased(match.group()) in LASTS and PART_TIME.search(text, at, at + REACH):
        return None  # "This is a permanent role on a part-time basis"
    return _types()[uncased(match.group())], at - (len(before) - found.start()), match.end()


def _employment_until(document: Document, match: re.Match[str]) -> tuple[str, int, int] | None:
    """Find a type that ends on a day or after so long: "Fixed term to December 2027"."""
    text, at = document.text, match.start()
    kind = _types()[uncased(match.group())]
    ends = ENDS.match(text, match.end()) if kind in LASTING_TYPES else None
    if ends is None:
        return None
    start, _ = document.sentence(at)
    before = text[start:at]
    set_off = document.section(at) is SectionKind.HEADER and SET_OFF.search(before)
    if before.strip(BULLETS) and not set_off and OF_THE_JOB.search(before) is None:
        return None
    return kind, at, ends.end()


def _employment_line(document: Document, at: int) -> tuple[str, int, int] | None:
    """Find the type as a line of its own, or as a part of a line of the header."""
    text = document.text
    start, end = document.line(at)
    if end - start > LONGEST_LINE:
        return None
    line = text[start:end]
    label = LABEL.match(line.strip())
    here = document.section(start)
    if label is None and here not in (SectionKind.HEADER, SectionKind.FURNITURE):
        return None
    words = line.strip()[label.end() if label else 0 :]
    kind = _by_hours(read_employment_type(words), words)
    if kind and label is None and words.lower() == BARE_LABEL:
        below, stop = document.line(min(end + 1, len(text) - 1))
        value = _type_names().search(text, below, stop)
        if value is not None:
            return _types()[uncased(value.group())], start, value.end()
    return (kind, start, end) if kind else None


def _employment_item(document: Document, at: int) -> tuple[str, int, int] | None:
    """Find the type in a list of facts, beside the hours of a week: "- Permanent, 40 hours a week".

    Every part of the item must be a type, hours or how long it lasts.
    """
    text = document.text
    start, end = document.line(at)
    line = text[start:end].strip(BULLETS + "-–")
    if len(line) > LONGEST_LINE or WEEK.search(line) is None:
        return None
    kinds: list[str] = []
    for part in filter(None, (part.strip(" .") for part in PARTS.split(line))):
        kind = _types().get(JOB.sub("", part).lower())
        if kind:
            kinds.append(kind)
        elif not WEEK.fullmatch(part) and not LASTING.match(f"{part} "):
            return None
    if not kinds:
        return None
    kind = "PART_TIME" if "PART_TIME" in kinds else kinds[0]
    return _by_hours(kind, line) or kind, start, end


def _by_hours(kind: str | None, words: str) -> str | None:
    """Return a type, that of a permanent job by the hours of its week: "Permanent, 20 hours"."""
    week = WEEK.search(words)
    if kind != "FULL_TIME" or week is None or FULL.search(words):
        return kind
    return "PART_TIME" if float(week["hours"]) < WHOLE_WEEK else kind


@cache
def _types() -> dict[str, str]:
    return {row["line"]: row["type"] for row in table("employment")}


@cache
def _type_names() -> re.Pattern[str]:
    names = sorted(map(re.escape, _types()), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(names)})(?![\w-])", re.IGNORECASE)
