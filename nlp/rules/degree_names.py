"""Names of degrees that no vocabulary can list, and those that name one degree twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from nlp.anchors import Anchored, Literals
from nlp.document import Document
from nlp.matcher import Hit
from nlp.rules.bare_degrees import BARE, DEGREES
from nlp.rules.fields import FieldLists
from nlp.types import SectionKind

ASKING: Final = frozenset({SectionKind.REQUIREMENTS, SectionKind.PREFERRED, SectionKind.SKILLS})
HIGHER_WORDS: Final = Literals(("higher ",))
BROKEN: Final = re.compile(
    r"\b(?P<of>advanced|associate|college|four-year|graduate|undergraduate|university)"
    r"[ ]*\n[ ]*degree",
    re.IGNORECASE,
)
"""A label that the end of a line parts: "Advanced / degree"."""
ASSOCIATE: Final = DEGREES + "associate"
RANKS: Final = {"advanced": "advanced", "graduate": "advanced", "associate": "associate"}
"""The concept of a broken label by its first word; any other is a bachelor's."""
LETTERED: Final = Anchored(
    r"\b[BM](?:[A-Z][a-z]{1,8}){1,2}\b"
    r"(?= (?:degree|\(?[Hh]on(?:our)?s\b|or (?:an? )?(?:similar|equivalent|related|relevant)"
    r" (?:degree|qualification)))"
)
"""A degree's short name by its form, before words that only follow degrees."""
GRADUATION: Final = Anchored(
    r"\bgraduat(?:ion|ed) from an? (?P<of>(?:(?:accredited|recogni[sz]ed|four|4|\(4\)|year|4-year"
    r"|four-year|regionally),? ){1,5}(?:college|university|institution)"
    r"(?: (?:or|and|/) (?:college|university))?)"
    r"(?= with (?:an? )?(?:major|speciali[sz]ation|concentration|emphasis)\b)",
    re.IGNORECASE,
)
"""A bachelor's degree by where one graduates and in what, as class specifications name it."""
EQUAL_BEFORE: Final = re.compile(r"\bmaster['’]?s? or (?:an? )?equivalent $", re.IGNORECASE)
LONGEST_EQUAL: Final = 30
THINGS_OF: Final = re.compile(
    r"(?:['’]s)?(?:[ ]degree)?[ ](?:dissertations?|guide|projects?|scholarships?|stipends?|theses"
    r"|thesis)\b",
    re.IGNORECASE,
)
"""What stands behind a degree that is worked on or paid for with it: "the *PhD* thesis"."""
STUDENT: Final = re.compile(
    r"(?:['’]s)?\.?(?:[ ](?:degree|level))?[ ](?:candidates?|fellows?|researchers?|students?)\b",
    re.IGNORECASE,
)
OTHERS: Final = re.compile(
    r"\b(?:each|our|the|their|these|(?:advis|mentor|supervis|teach)\w{2,4})[ ]"
    r"(?:(?:experience|of|successful|the|young)[ ]){0,2}$",
    re.IGNORECASE,
)
"""What stands before a student who is not sought: "*the* PhD student", "*supervising* MSc"."""
TO_COME: Final = re.compile(
    r"\b(?:before|begin|beginning|commence|start|starting)[ ](?:an?|the|their|your)[ ]$",
    re.IGNORECASE,
)
"""What stands before a degree that nobody has yet: "starting *your* PhD"."""
BEYOND: Final = re.compile(
    r"(?: education)? (?:above|beyond|in excess of|leading to (?:such )?an?)\b", re.IGNORECASE
)
LONGER: Final = Literals(f"{four}{sign}year" for four in ("four", "4") for sign in " -")
"""What `SHORTER` needs behind it; most texts have no such words."""
SHORTER: Final = re.compile(
    r"\b(?P<years>two|2)-?(?:[ ]?/[ ]?|[ ](?:or|to)[ ])"
    r"(?=(?:four|4)[ -]years?[ ](?:college[ ]|technical[ ]|university[ ])?degrees?\b)",
    re.IGNORECASE,
)
"""An associate degree that shares its words with the longer one: "*two* or four year degree"."""
BUSINESS: Final = " in business administration"
JOINT: Final = re.compile(r"(?:,[ ](?:or[ ]|and[ ])?|[ ]?/[ ]?|[ ](?:or|and)[ ])(?=[A-Z])")
LONGEST_FIELD: Final = 60
HIGHER: Final = re.compile(
    r"[\s•·*▪●○◦‣–—+-]{0,12}(?:education(?: level)?:[ ])?(?:(?:an?|complete|completed|full|good"
    r"|the|have|having|must have|profile|professional|relevant|specialist|speciali[sz]ed"
    r"|university|unfinished)[ ]){0,3}"
    r"(?P<degree>(?:university )?higher (?:[a-z]{4,20} )?education(?: degree| diploma)?)"
    r"(?=\s{0,3}(?:[.,;:(/]|$)|\s(?:and|as|from|in|is|must|of|or|preferably|preferred|required|will"
    r"|with|would)\b)",
    re.IGNORECASE | re.MULTILINE,
)
"""An item that asks for what universities give, as it is called east of Vienna: "Higher education
in economics"; who has worked in higher education has done so in a sentence."""
LAW_DEGREE: Final = "law degree"
COMMON_LAW: Final = re.compile(
    r"[£€₹]|2[:.]1\b|\b(?:barristers?|CILEX|GDL|LLB|LPA|LPC|PQE|SQE|solicitors?)\b", re.IGNORECASE
)
"""Signs of a country where law is a first degree."""
TOLD_BEHIND: Final = re.compile(r"(?:\s[Dd]egree)?\s?\(")
"""Between a degree and which one it is: "Graduate degree (MBA)"."""
TOLD_FARTHER: Final = re.compile(r"(?:\s[Dd]egree)?\sin\s[^().;\d\n]{1,60}\s\(")
"""The same of one that leaves open which it is: "Graduate degree in Library Studies (MLIS)"."""


def unlisted(document: Document) -> Iterator[Hit]:
    """Yield the levels that a line break parts, and names by their form: "BConstr".

    Of the second kind is "graduation from an accredited university with a major in ...". Of "two
    or four year degree" the shorter one is a level too; so is "higher education".
    """
    yield from _broken(document)
    yield from _lettered(document)
    yield from _higher(document)
    known = {hit.start for hit in document.hits("DEGREE")}
    for match in GRADUATION.finditer(document.text):
        start, end = match.span("of")
        if not any(start <= at < end for at in known):
            yield Hit(start, end, "DEGREE", DEGREES + "bachelor", 2, match["of"].lower())
    for match in SHORTER.finditer(document.text) if LONGER.places(document.text) else ():
        years = match["years"]
        yield Hit(match.start(), match.start() + len(years), "DEGREE", ASSOCIATE, 1, years.lower())


def in_its_country(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits, a law degree as the one of the posting's country: a J.D. or a bachelor's."""
    if not any(hit.phrase == LAW_DEGREE for hit in hits) or COMMON_LAW.search(text) is None:
        return list(hits)
    return [
        hit._replace(start=hit.end - len("degree"), id=DEGREES + "bachelor", phrase="degree")
        if hit.phrase == LAW_DEGREE
        else hit
        for hit in hits
    ]


def not_in_a_list(text: str, hits: Sequence[Hit], fields: FieldLists) -> list[Hit]:
    """Return the hits, an MBA that is a list's first field as a master's.

    "Master's degree in Business Administration, Accounting or Finance" asks for any of the three.
    """
    found: list[Hit] = []
    for hit in hits:
        cut = hit.phrase.rfind(BUSINESS) if hit.id == DEGREES + "mba" else -1
        joint = JOINT.match(text, hit.end) if cut > 0 else None
        if joint and fields.after(joint.end(), joint.end() + LONGEST_FIELD).terms:
            end = hit.start + text[hit.start : hit.end].lower().index(BUSINESS)
            hit = hit._replace(end=end, id=DEGREES + "master", phrase="masters degree")
        found.append(hit)
    return found


def named_once(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits without those of which the next says, in parentheses, which one is meant.

    "Law degree (*LLB*)" asks for one degree.
    """
    return [
        hit
        for hit, behind in pairwise([*hits, None])
        if hit and not (behind and _is_told_behind(text, hit, behind))
    ]


def _is_told_behind(text: str, hit: Hit, behind: Hit) -> bool:
    """Tell whether parentheses say which degree is meant: "Law degree (*LLB*)" is one."""
    told = TOLD_BEHIND.fullmatch(text, hit.end, behind.start)
    if hit.id == DEGREES + "advanced":
        told = told or TOLD_FARTHER.fullmatch(text, hit.end, behind.start)
    return hit.id != behind.id and told is not None and text.startswith(")", behind.end)


def is_grade(document: Document, hit: Hit) -> bool:
    """Tell whether a class of honours stands beside its degree: "Degree in Law, *2:1* or above"."""
    if not hit.phrase.startswith("2:") or hit.size > 1:
        return False
    return BARE.search(document.text, document.sentence(hit.start)[0], hit.start) is not None


def is_others(text: str, hit: Hit) -> bool:
    """Tell whether a degree only says who others are, or what is worked on: "the *PhD* student".

    "A current PhD student in physics" is what the posting asks for, so is one "enrolled in a PhD
    programme".
    """
    low = max(0, hit.start - LONGEST_EQUAL)
    if THINGS_OF.match(text, hit.end) or TO_COME.search(text, low, hit.start):
        return True
    return bool(STUDENT.match(text, hit.end)) and OTHERS.search(text, low, hit.start) is not None


def is_measure(text: str, hit: Hit) -> bool:
    """Tell whether a level only measures: another one's equal, or education in excess of some.

    "Master's or *equivalent graduate degree*", "only *graduate level education* beyond it".
    """
    if hit.id != DEGREES + "advanced":
        return False
    if EQUAL_BEFORE.search(text, max(0, hit.start - LONGEST_EQUAL), hit.start):
        return True
    return BEYOND.match(text, hit.end) is not None


def _lettered(document: Document) -> Iterator[Hit]:
    """Yield short names of degrees that no vocabulary can list: "BConstr", "MEnvSc degree"."""
    known = {hit.start for hit in document.hits("DEGREE")}
    for match in LETTERED.finditer(document.text):
        if match.start() not in known:
            rank = "bachelor" if match.group().startswith("B") else "master"
            words = match.group().lower()
            yield Hit(match.start(), match.end(), "DEGREE", DEGREES + rank, 1, words)


def is_higher(hit: Hit) -> bool:
    """Tell whether a hit is "higher education" asked for as a degree: no field of study."""
    return HIGHER.fullmatch(hit.phrase) is not None


def _higher(document: Document) -> Iterator[Hit]:
    """Yield "higher education" that opens an item of a list of requirements."""
    for at in HIGHER_WORDS.positions(document.text):
        low, high = document.sentence(at)
        match = HIGHER.match(document.text, low, high) if document.section(at) in ASKING else None
        if match is not None and match.start("degree") <= at < match.end("degree"):
            words = match["degree"].lower()
            yield Hit(*match.span("degree"), "DEGREE", DEGREES + "bachelor", 2, words)


def _broken(document: Document) -> Iterator[Hit]:
    """Yield labels that a line break parts."""
    if "\ndegree" in document.text or "\nDegree" in document.text:
        for match in BROKEN.finditer(document.text):
            rank = RANKS.get(match["of"].lower(), "bachelor")
            words = match.group().lower()
            yield Hit(match.start(), match.end(), "DEGREE", DEGREES + rank, 2, words)
