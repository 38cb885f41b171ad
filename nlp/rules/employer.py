"""The employer: the name that most of the text's own hints agree on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document
from nlp.gazetteer import country_code, is_city
from nlp.patterns import table
from nlp.rules.employer_lines import ORGANISED, is_name, names_in_head
from nlp.rules.public_bodies import is_public
from nlp.types import Evidence, SectionKind, Stated
from nlp.words import verbs

NAME: Final = (
    r"(?:(?:St|Mt|Ft|Dr)\. )?(?<![\w&'’+-])(?:[A-ZÀ-ÖØ-Þ]|[a-z]{1,3}[A-Z]|\d{1,4}[A-Za-z])"
    r"[\w&'’+-]{0,40}"
    r"(?:\.[A-Za-z]{2,8}\b)?(?: (?:[A-ZÀ-ÖØ-Þ][\w&'’+-]{0,40}|&|of|and the|the)){0,4}"
)
"""A name: words with capitals, "iSeatz" and "7Park" too, joined by "of", "the" and "&"."""
FORM: Final = (
    r"(?:(?<= Co)\.)?(?:,? (?:Inc|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|LP|LLP|PLC|plc|P\.C|GmbH"
    r"|(?:Pte|Pty|\(Pty\)) Ltd)\b\.?)?"
    r"(?: \((?:[A-Z][\w&-]{1,12}"
    r"|(?:AMEX|ASX|LSE|N[Aa][Ss][Dd][Aa][Qq]|NYSE|OTC\w{0,3}|TSX(?:-V)?)[ ]?:[ ]?[A-Z.]{1,6})\))?"
)
"""What may follow a name: its legal form, what it calls itself for short, and its share."""
CAMPUS: Final = re.compile(r"(?:[A-Z][\w&.'’-]{0,30} (?:of |& |and )?){1,6}at (?:The )?$")
LONGEST_CAMPUS: Final = 90
"""Before the place in a name: "*Baylor Medical Center at* Uptown"."""
NUMBERED: Final = re.compile(r"(?:^|[\n.!?] ?)(?P<number>\d{1,4} )$")
GENERIC: Final = frozenset(
    "agency authority bank board center centre church city clinic college corporation council"
    " county district employer facility firm foundation government hospital hotel institute"
    " institution library ministry museum organisation organization practice school state store"
    " trust university".split()
)
"""What an employer is, and no name of one: "The Hospital is an equal opportunity employer"."""
ABOUT: Final = re.compile(rf"^About (?P<name>{NAME})$")
NO_NAME: Final = frozenset(
    "about at our the this these we you your us it join all as in for what who why and company "
    "role team job position department division group office program client continually "
    "management candidates applicants administration".split()
)
LEGAL_FORM: Final = re.compile(
    r",? (?:Inc|LLC|LLP|Ltd|LTD|Limited|Corp|Corporation|GmbH|PLC|plc|AG|S\.A|P\.C|P\.A|Pte|Pty"
    r"|\(Pty\)|[CO]?JSC|[co]?jsc|PJSC|OOO|SARL|S\.?[Rr]\.?[Ll]|S\.p\.A|d\.o\.o|Sdn\.? Bhd|Pvt\.?"
    r"|(?<!& )(?<!and )Co)\.?$"
)
QUOTED: Final = re.compile(r"""^["“«](\w[^"”»\n]{0,80})["”»]""")
"""A name in quotes at the front: "“Vernatun” LLC"."""
ABOUT_WEIGHT: Final = 3
HEAD_WEIGHTS: Final = {
    "above-title": 3,
    "labelled": 3,
    "card": 2,
    "address": 2,
    "line": 2,
    "title": 2,
    "below-title": 1,
    "department": 1,
}
"""How much the lines of a posting's head count."""
ARTICLE: Final = "The "
OPENS: Final = "(?m)(?:^|(?<=[.!?] ))"
"""How a pattern begins that matches at the beginning of a line or a sentence only."""
ANY_FIRM: Final = re.compile(
    r"\b[Aa]n? (?:[a-z][a-z-]{1,20},? ){1,4}(?<! at )(?<! for )(?<! with )$"
)
"""Before what names no firm: "A well-known General Contractor is looking for"."""
OF_OFFICE: Final = re.compile(r"\b(?:Bureau|Department|Division|Office|Section|Unit) of the $")
"""Before what is only the end of an office's name: "The Office of the Chief Actuary is seeking"."""
LONGEST_ANY: Final = 90
BY_VERB: Final = "does"
"""The pattern that only a verb tells of a firm: "Maple Ledger makes software"."""


def find_employer(document: Document) -> Stated[str] | None:
    """Return the employer's name, without its legal form, and all the words that give it.

    Each pattern of `patterns/employers.tsv` has a weight; the name with the highest sum wins,
    of equals the one that comes first.
    """
    votes: dict[str, list[tuple[int, Evidence]]] = {}
    jobs = {hit.start for hit in document.hits("ROLE")}

    def vote(name: str, weight: int, evidence: Evidence) -> None:
        clean = clean_name(name)
        if _can_name(clean) and evidence.start not in jobs:
            votes.setdefault(clean, []).append((weight, evidence))

    for section in document.sections:
        match = ABOUT.match(section.heading or "")
        if match and section.kind is SectionKind.ABOUT:
            start = document.text.rfind(section.heading or "", 0, section.start)
            if start >= 0:
                begin = start + match.start("name")
                end = start + match.end("name")
                vote(match["name"], ABOUT_WEIGHT, document.evidence(begin, end, "employer:about"))
    for (start, end), how in names_in_head(document):
        span = document.evidence(start, end, f"employer:{how}")
        vote(span.text, HEAD_WEIGHTS[how], span)
    for row_id, weight, pattern in _patterns():
        for match in pattern.finditer(document.text):
            if document.section(match.start()) is SectionKind.RELATED:
                continue
            start, end = match.span("name")
            start += len(ARTICLE) * match["name"].startswith(ARTICLE)
            start = _whole(document.text, start)
            span = document.evidence(start, end, f"employer:{row_id}")
            if OF_OFFICE.search(document.text, max(0, start - LONGEST_ANY), start):
                continue
            if ANY_FIRM.search(document.text, max(0, start - LONGEST_ANY), start):
                continue
            if row_id == BY_VERB and (
                span.text.endswith("ly") or not is_name(document, start, end, in_prose=True)
            ):
                continue  # "Python makes life easy", "Proactively supports the team"
            if row_id == BY_VERB and _is_duty(span):
                continue
            if document.text.startswith("in ", start - 3) and is_city(span.text, None, None):
                continue  # "our client in Boston is seeking"
            vote(span.text, weight, span)
    if not votes:
        return None
    name = max(votes, key=lambda name: (sum(w for w, _ in votes[name]), -_first(votes[name])))
    evidence = sorted({e for _, e in votes[name]}, key=lambda e: (e.start, e.rule))
    return Stated(name, tuple(evidence))


def clean_name(name: str) -> str:
    """Return the name without legal form, domain ending and punctuation at its end."""
    name = QUOTED.sub(r"\1", name.strip(" .,;:’'")).removeprefix(ARTICLE)
    for _ in range(2):
        name = LEGAL_FORM.sub("", name)
    return re.sub(r"\.(?:com|io|ai|org|net|co)$", "", name).strip(" .,;:’'")


def _can_name(words: str) -> bool:
    """Tell whether words can name an employer: "IT Concepts" does, "It" and "Supports X" do not."""
    first, _, rest = words.partition(" ")
    if is_public(words):
        return True  # "Department of Transportation"
    if first.lower() in NO_NAME:
        return first.isupper() and rest[:1].isupper()
    if country_code(words) is not None:
        return False  # "the Embassy in Lima, Peru is seeking"
    generic = not rest and first.lower() in GENERIC
    return bool(first) and not generic and verbs().get(first.lower()) != "third"


def _is_duty(named: Evidence) -> bool:
    """Tell whether a word is what one will do, and no firm: "*Advise* services on the law"."""
    return named.section is SectionKind.DUTIES and verbs().get(named.text.lower()) == "base"


def _whole(text: str, start: int) -> int:
    """Return where a name begins: with its number, or with what stands at a place.

    "*1101* Marketing", "*University of Texas at* Austin".
    """
    if number := NUMBERED.search(text, max(0, start - 6), start):
        return number.start("number")
    if not text.startswith("at ", start - 3):
        return start
    before = CAMPUS.search(text, max(0, start - LONGEST_CAMPUS), start)
    words = text[before.start() : start - 3] if before else ""
    return before.start() if before and ORGANISED.search(words) else start


def _first(votes: list[tuple[int, Evidence]]) -> int:
    return min(evidence.start for _, evidence in votes)


@cache
def _patterns() -> tuple[tuple[str, int, Anchored], ...]:
    return tuple(
        (row["id"], int(row["weight"]), Anchored(_filled(row["pattern"]), behind=_behind(row)))
        for row in table("employers")
    )


def _behind(row: Mapping[str, str]) -> str | None:
    return r"\n|[.!?] " if row["pattern"].startswith(OPENS) else None


def _filled(pattern: str) -> str:
    return pattern.replace("{NAME}", NAME).replace("{FORM}", FORM)
