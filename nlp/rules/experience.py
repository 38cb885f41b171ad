"""Experience: how many years of what a posting asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from nlp.document import BULLETS, Document
from nlp.necessity import BY_SECTION, Necessities
from nlp.numbers import NUMBER, to_decimal
from nlp.types import Requirement, RequirementKind

YEARS: Final = re.compile(
    rf"(?<![\d.,$-])\b(?P<low>{NUMBER})(?:[ ]?\((?P<figure>{NUMBER})\))?[ ]?"
    r"(?P<plus>\+|plus\b|or more\b)?"
    rf"(?:[ ]{{0,2}}(?:-|–|—|to)[ ]{{0,2}}(?P<high>{NUMBER})(?:[ ]?\(\d{{1,2}}\))?"
    r"[ ]?(?P<open>\+)?)?"
    r"[ ]{0,2}-?(?P<unit>years?|yrs?\.?|months?)(?:['’](?=\s)|s['’])?",
    re.IGNORECASE,
)
OF_EXPERIENCE: Final = re.compile(
    r"\+?\s*(?:['’]\s*)?(?:or\s+more\s+)?(?:of\s+)?(?P<what>(?:[\w/&,+#.-]+\s+){0,8}?)"
    r"(?:experience|exp\b|background|practice)",
    re.IGNORECASE,
)
SUBJECT: Final = re.compile(
    r"\s*(?:\([^()\n]{0,40}\)\s*)?(?:in|with|as|of|within|using|working|building|developing)\b"
    r"[^.;\n]{1,160}",
    re.IGNORECASE,
)
COMPANY: Final = re.compile(
    r"\b(?:we|our|has|have been|founded|history|company|firm|for over|over the (?:past|last)"
    r"|years ago|anniversary|in business|old|of age|within|program|residency|contract)\b"
    r"[^.;\n]{0,60}$",
    re.IGNORECASE,
)
DOING: Final = re.compile(r"\s*(?:of|in|with|as|[a-z]+ing)\b", re.IGNORECASE)
AROUND: Final = 300
"""How far around years, in code points, the words about them are looked for."""
SEEKS: Final = re.compile(
    r"\b(?:needs?|seek\w*|requires?|looking for|hiring|wants?|candidates?|applicants?|must|you)\b",
    re.IGNORECASE,
)
NOT_EXPERIENCE_NEXT: Final = re.compile(
    r"\s*(?:of age|old|ago|contract|program|degree|college|university|term|warranty|in business"
    r"|commitment|period)\b",
    re.IGNORECASE,
)


def find_experience(
    document: Document, necessities: Necessities, options: Mapping[int, str]
) -> list[Requirement]:
    """Return one requirement for each statement of years, with what the experience is in.

    In a list of requirements any years count; elsewhere only "years ... experience" in a
    sentence that does not speak of the company. Months are years in twelfths. `options` maps
    where years begin that stand on a degree ("or Bachelor's and 3 years") to the alternative
    which that degree is a member of.
    """
    found: list[Requirement] = []
    for match in YEARS.finditer(document.text):
        if not document.asks(match.start()):
            continue
        low, high = document.sentence(match.start())
        low, high = max(low, match.start() - AROUND), min(high, match.end() + AROUND)
        named = OF_EXPERIENCE.match(document.text, match.end(), high)
        before = document.text[low : match.start()]
        asked = document.section(match.start()) in BY_SECTION
        if NOT_EXPERIENCE_NEXT.match(document.text, match.end()):
            continue
        if not asked and (named is None or _of_company(before)):
            continue
        if named is None and not _counts_alone(document, match, low, high):
            continue
        end = named.end() if named else match.end()
        subject = SUBJECT.match(document.text, end, high)
        start, end = match.start(), subject.end() if subject else end
        what = _subject(named["what"] if named else "", subject.group() if subject else "")
        least, most = read_years(match)
        found.append(
            Requirement(
                kind=RequirementKind.EXPERIENCE,
                label=what,
                necessity=necessities.at(match.start(), match.end()),
                min_years=least,
                max_years=most,
                alternative=options.get(match.start()),
                evidence=document.evidence(start, end, "experience:years"),
            )
        )
    return found


def _counts_alone(document: Document, match: re.Match[str], low: int, high: int) -> bool:
    """Tell whether years in a list of requirements mean experience though nobody says the word."""
    text = document.text
    if re.search("experience", text[low:high], re.IGNORECASE):
        return True
    opens = not text[low : match.start()].strip(BULLETS + "-")
    return opens or DOING.match(text, match.end(), high) is not None


def _of_company(before: str) -> bool:
    """Tell whether the words before the years speak of the company's past, not of whom it seeks."""
    return COMPANY.search(before) is not None and SEEKS.search(before) is None


def read_years(match: re.Match[str]) -> tuple[Decimal, Decimal | None]:
    """Return the least and the most years that a match of `YEARS` states."""
    least = to_decimal(match["figure"] or match["low"])
    most = to_decimal(match["high"]) if match["high"] and not match["open"] else None
    if match["unit"].lower().startswith("month"):
        twelfth = Decimal(12)
        least = round(least / twelfth, 2)
        most = round(most / twelfth, 2) if most is not None else None
    return least, most


def _subject(what: str, rest: str) -> str:
    """Return what it is in, as it reads on behind "3 years": "of Python experience"."""
    what, rest = " ".join(what.split()), " ".join(rest.split()).strip(" ,.;:")
    if what or not rest:
        return " ".join(filter(None, ("of", what, "experience", rest)))
    return rest
