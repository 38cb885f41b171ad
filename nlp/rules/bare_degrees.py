"""Degrees of no rank: "a degree in Physics", "degree-qualified", "Graduate in Commerce"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.anchors import Literals
from nlp.document import BULLETS, Document, Span
from nlp.matcher import Hit
from nlp.rules.degree_fields import fields_of
from nlp.rules.fields import FieldLists
from nlp.types import SectionKind
from ontology.terms import VOCABULARY

DEGREES: Final = VOCABULARY + "degree/"
DIPLOMA: Final = DEGREES + "vocational"
GRADUATION: Final = re.compile(
    r"[\W\d]{0,9}(?:attainment of|completion of|equivalent to|graduation (?:from|with)"
    r"|possession of)\b",
    re.IGNORECASE,
)
"""How a sentence begins that asks for a degree: "Graduation from ...", "Equivalent to ..."."""
BARE: Final = re.compile(r"\bdegrees?\b", re.IGNORECASE)
LONGEST_REST: Final = 80
LONGEST_BULLET: Final = 40
"""Code points of blanks and signs before a sentence at the most."""
QUIET: Final = frozenset({SectionKind.HEADER, SectionKind.ABOUT})
"""A degree named in a title or in prose about the company is no requirement."""
DEGREE: Final = Literals(("degree",))
GRADUATES: Final = Literals(("graduate in ", "graduation in ", "any graduat"))
EXTENT: Final = re.compile(
    r"\s{1,20}+(?:of|programmes?|programs?|courses?|apprentic\w{1,9}|students?)\b", re.IGNORECASE
)
"""What follows a degree that is none to hold: "a high degree of accuracy"."""
BARE_AFTER: Final = re.compile(
    r",?\s{0,20}+(?:required|preferred|desired|desirable|essential|or\s+equivalent|a\s+plus"
    r"|or\s(?:at\sleast\s)?(?:\d{1,2}\+?\s)?(?:(?!in\b)[\w’'-]{1,20}\s){0,3}experience"
    r"|(?:is|would\s+be)\s+(?:an?\s+)?(?:highly\s+|strongly\s+)?(?:required|preferred|desired"
    r"|desirable|essential|advantag\w{1,5}|beneficial|regarded|asset))\b",
    re.IGNORECASE,
)
BEHIND_DIPLOMA: Final = re.compile(
    r"\b(?:diplomas?|HN[CD]|NVQ|BTEC|certificate)\s{0,3}(?:/|,?\s?or)\s{0,3}(?:an?\s)?$",
    re.IGNORECASE,
)
BEFORE_DIPLOMA: Final = re.compile(
    r"\s{0,3}(?:/|,?\s?or)\s{0,3}(?:an?\s)?(?:diploma|HN[CD]|NVQ|BTEC)\b", re.IGNORECASE
)
QUALIFIED: Final = re.compile(
    r"[ -](?:qualified|educated|level(?!s)|calibre|holders?|standard)\b"
    r"|\s(?:in|of)\s(?:any|an?\s(?:relevant|related|numerate|similar|appropriate|technical|scientific))\b"
    r"|\s\((?:or\sequivalent|any|in\s)",
    re.IGNORECASE,
)
"""What follows a degree that one holds: "degree-qualified", "degree level", "in any subject"."""
HELD: Final = re.compile(
    r"(?:\b(?:hold|have|holds|has|holding|having|possess|asks?\sfor|expects?|needs?|requires?)\s"
    r"(?:an?\s)?"
    r"|(?:^|[^\w\s]\s?|\b(?:an?|plus|with|and|or)\s)(?:relevant|related|appropriate|suitable|recogni[sz]ed|accredited"
    r"|completed|good|strong|solid|numerate|scientific|science-based|professional)\s"
    r"|\bto\s|\bexperience\b[^.;\n]{1,30}\sor\san?\s)$",
    re.IGNORECASE,
)
"""What stands before a degree that one holds: "you have a degree", "a relevant degree"."""
HELD_AFTER: Final = re.compile(r"\s{0,9}(?:$|[.,;:()\n]|(?:and|or|with|plus|from|is|would)\b)")
IF: Final = re.compile(
    r"\b(?:whether|if|unless|regardless|(?<!ask )(?<!asks )for|towards?)\b", re.IGNORECASE
)
"""Before a degree that one may hold or not: "whether you have a degree"."""
LISTED: Final = re.compile(r"(?:[,;]\s(?:an?\s)?|[\w)]\s(?:and|plus)\san?\s)$")
"""Before a degree in a list: "Nurse, *degree or equivalent*", "QTS and a *degree preferred*"."""
GRADUATE: Final = re.compile(
    r"\b(?:any\s)?graduat(?:e|es|ion)\b(?=\s(?:in|of|from)\s|\s?[/,.]|\s?$|\s?or\spost)",
    re.IGNORECASE,
)
"""Who has a degree: "Graduate in Commerce", "any graduate"."""
WHOLE: Final = frozenset(
    DEGREES + name for name in ("bachelor", "juris-doctor", "doctor-of-medicine")
)
"""Degrees beside which a degree of no rank is none of its own."""
LESSER: Final = frozenset(DEGREES + name for name in ("vocational", "associate", "high-school"))
ANY: Final = re.compile(r"\sin\sany\b", re.IGNORECASE)


def with_bare(document: Document, fields: FieldLists, hits: Sequence[Hit]) -> list[Hit]:
    """Add the degrees of no rank, where a document names no degree, or only lesser ones."""
    found = {hit.start: hit for hit in hits}
    for hit in (*_bare(document, fields), *_graduates(document, fields)):
        high = [other for other in hits if other.id not in LESSER or _ends_at(document, other, hit)]
        inside = any(other.start <= hit.start < other.end for other in hits)
        if not inside and not any(_names_same(document.text, other, hit) for other in high):
            found.setdefault(hit.start, hit)
    if any(hit.id == DIPLOMA for hit in hits):
        for hit in beside_diplomas(document):
            found.setdefault(hit.start, hit)
    return [found[start] for start in sorted(found)]


def _ends_at(document: Document, level: Hit, bare: Hit) -> bool:
    """Tell whether "degree" is the last word of a level: "Associate of Science *degree* in"."""
    return document.text[level.end : bare.start].isspace()


def _names_same(text: str, level: Hit, bare: Hit) -> bool:
    """Tell whether "degree" speaks of a level: "Degree in Law (LLB)", "PharmD degree"."""
    if level.start >= bare.end:
        between = text[bare.end : level.start]
        return between.endswith("(") and len(between) <= LONGEST_REST and "\n" not in between
    return bare.start < level.end or "\n" not in text[level.end : bare.start]


def _graduates(document: Document, fields: FieldLists) -> Iterator[Hit]:
    """Yield "graduate" where it stands for a degree: "Graduate in Commerce", "any graduate"."""
    for at in GRADUATES.positions(document.text):
        match = GRADUATE.match(document.text, at)
        if match is None or not document.asks(at) or document.section(at) in QUIET:
            continue
        hit = Hit(at, match.end(), "DEGREE", DEGREES + "bachelor", 1, match.group().lower())
        listed = fields_of(document, fields, hit, document.sentence(at)[1])
        any_of_them = match.group()[:3].lower() == "any" or ANY.match(document.text, match.end())
        if any_of_them or (listed.terms and listed.terms[0].concept):
            yield hit


def beside_diplomas(document: Document) -> Iterator[Hit]:
    """Yield "degree" where it stands beside a diploma: "Diploma / Degree in Accountancy"."""
    for at in DEGREE.positions(document.text):
        match = BARE.match(document.text, at)
        near = max(0, at - LONGEST_BULLET)
        if match and (
            BEHIND_DIPLOMA.search(document.text, near, at)
            or BEFORE_DIPLOMA.match(document.text, match.end())
        ):
            yield Hit(at, match.end(), "DEGREE", DEGREES + "bachelor", 1, match.group().lower())


def _bare(document: Document, fields: FieldLists) -> Iterator[Hit]:
    """Yield "degree" where it is one of no rank: "degree in Physics", "an engineering degree"."""
    for at in DEGREE.positions(document.text):
        match = BARE.match(document.text, at)
        if match is None or not document.asks(at) or document.section(at) in QUIET:
            continue
        low, high = document.sentence(at)
        hit = Hit(at, match.end(), "DEGREE", DEGREES + "bachelor", 1, match.group().lower())
        named = fields.before(at, low) or fields.before(match.end(), low)
        first = opens(document.text, low, at)
        found = fields_of(document, fields, hit, high)
        listed = found.related or (found.terms and (found.terms[0].concept or len(found.terms) > 1))
        if EXTENT.match(document.text, match.end()):
            continue
        near = max(low, at - LONGEST_BULLET)
        held = HELD.search(document.text, near, at) and not IF.search(document.text, near, at)
        if (
            listed
            or named
            or QUALIFIED.match(document.text, match.end())
            or (held and HELD_AFTER.match(document.text, match.end(), high))
            or (
                (first or LISTED.search(document.text, near, at))
                and BARE_AFTER.match(document.text, match.end(), high)
            )
        ):
            yield hit


def named_fields(document: Document, fields: FieldLists) -> Iterator[Span]:
    """Yield the fields that stand before "degree", which ask for no skill: "a *finance* degree"."""
    for at in DEGREE.positions(document.text):
        if BARE.match(document.text, at) is not None:
            start = fields.start_before(at, document.sentence(at)[0])
            if start < at:
                yield start, at


def opens(text: str, low: int, start: int) -> bool:
    """Tell whether a sentence begins with what stands at `start`, but for a bullet or "A", "An".

    "Graduation from a college with a *bachelor's degree*" begins with it, too.
    """
    if start - low > LONGEST_BULLET:
        return GRADUATION.match(text, low, start) is not None
    before = text[low:start].strip(BULLETS + "-+Aan")
    return not before or GRADUATION.match(text, low, start) is not None
