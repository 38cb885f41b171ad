"""Experience: how many years of what a posting asks for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from nlp.anchors import Anchored, Literals
from nlp.document import BULLETS, Document
from nlp.necessity import BY_SECTION, Necessities
from nlp.numbers import NUMBER, to_decimal
from nlp.types import Necessity, Requirement, RequirementKind, SectionKind

UNITS: Final = Literals(("year", "yr", "month", "decade"))
WIDEST: Final = 48
"""How far before its unit, in code points, a count begins: "between three (3) and five (5)"."""
YEARS: Final = re.compile(
    rf"(?<![\d.,$€£/-])\b(?P<between>between[ ])?(?P<low>{NUMBER}|an?(?=[ ](?:year|decade)\b))"
    rf"(?:[ ]?\((?P<figure>{NUMBER})[ ]?\+?\))?\)?[ ]?"
    r"(?P<plus>\+|-?plus\b|or (?:more|greater)\b)?"
    rf"(?:[ ]{{0,2}}(?:-|–|—|to\b|(?(between)and\b|or\b))[ ]{{0,2}}(?P<high>{NUMBER})"
    r"(?:[ ]?\(\d{1,2}[ ]?\+?\))?[ ]?(?P<open>\+|plus\b)?)?"
    r"[ ]{0,2}-?(?P<unit>(?:year|yr|month|decade)(?:s\b|\(s\)|\b)\.?)(?:['’]s?(?=\s))?",
    re.IGNORECASE,
)
ALSO: Final = re.compile(
    rf"[^.;:\n\d]{{1,60}}(?:,|;|\band\b|&) ?(?:at least )?(?=[\defnost])"
    rf"(?={NUMBER}\+ (?:in|with|of|working)\b)"
    r"|[^.;:\n\d]{0,60}?(?:,|\()[ ]?(?:with |including )?(?:at least |no (?:fewer|less) than )?"
    rf"(?={NUMBER}(?:[ ]?\(\d{{1,2}}\))?[ ]of (?:which|them|those)\b)"
    r"|[^.;:\n\d]{0,60}?\b(?:including|with)[ ]"
    r"(?:at least |a minimum of |no (?:fewer|less) than )"
    rf"(?={NUMBER}(?:[ ]?\(\d{{1,2}}\))?[ ](?:in|as)\b)",
    re.IGNORECASE,
)
WITHOUT_UNIT: Final = re.compile(
    rf"(?P<low>{NUMBER})(?:[ ]?\((?P<figure>\d{{1,2}})\))?(?P<high>)(?P<open>)(?P<unit>)"
    r"(?:\+|(?=[ ](?:of|in|as)\b))",
    re.IGNORECASE,
)
"""A count behind another: "5+ years of Python and 3+ in SQL", "..., two of which in sales"."""
AT_MOST: Final = re.compile(
    r"\b(?:up to|(?:(?<!no )(?<!not )(?:less|fewer)|no more|not more) than|under"
    r"|max(?:imum)?\.?(?: of)?|at most)\s*$",
    re.IGNORECASE,
)
AT_LEAST: Final = re.compile(
    r"\b(?:at least|(?:more|greater|no fewer|no less|not less) than|over"
    r"|min(?:imum)?\.?(?: of)?)\s*$",
    re.IGNORECASE,
)
OF_EXPERIENCE: Final = re.compile(
    r"\+?\s{0,20}+(?:['’]\s{0,20}+)?(?:or\s{1,20}+(?:more|greater),?\s{1,20}+)?(?:of\s{1,20}+)?"
    r"(?P<what>(?:[\w/&,+#.-]{1,40}+\s{1,20}+){0,8}?)(?:experience|exp\b|background|practice\b)",
    re.IGNORECASE,
)
SUBJECT: Final = re.compile(
    r"\s{0,20}+(?:\([^()\n]{0,40}\)\s{0,20}+)?(?:in|with|as|of|within|using|utilizing|working|building|developing)\b"
    r"[^.;\n]{1,160}",
    re.IGNORECASE,
)
NEXT_OPTION: Final = re.compile(r"[,;]\s{1,20}or\b", re.IGNORECASE)
"""Where years that stand on a degree end: "and 6 years in a laboratory*, or* a BSc"."""
COMPANY: Final = re.compile(
    r"\b(?:we|our|has|have been|spent|founded|history|company|firm|for over|over the (?:past|last)"
    r"|years ago|anniversary|in business|old|of age|within|program|residency|contract)\b"
    r"[^.;\n]{0,60}$",
    re.IGNORECASE,
)
OF_US: Final = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
"""Words of a company about itself, behind years that it boasts of: "With 30 years in our field"."""
BOASTS: Final = re.compile(
    r"^\W*(?:with|for|after|boasting)\b|\b(?:collective|combined|spent)\b", re.IGNORECASE
)
PAST: Final = re.compile(
    r"\b(?:we|our|us)\b|(?:\bspent|\bh(?:as|ave) (?:had|over|been))\b[^.;\n]{0,20}$", re.IGNORECASE
)
DOING: Final = re.compile(
    r"\s{0,20}+(?:(?:or more|plus),?\s{1,20}+)?(?:of|in|with|within|as|[a-z]{1,30}ing)\b",
    re.IGNORECASE,
)
HAVING: Final = re.compile(
    r"\b(?:you(?:['’]ll|['’]ve| will| should| must)? (?:have|bring|need|possess)|you['’]ve(?: got)?"
    r"|we need|must have|requires?|seek\w*|looking for"
    r"|(?:candidates?|applicants?|someone|somebody|person|individual)"
    r" (?:with|who (?:has|have)|ha(?:s|ve)|(?:should|must|will) (?:bring|have)))\b"
    r"(?P<what>[^.;\n]{0,60})$",
    re.IGNORECASE,
)
"""Before years that somebody is asked to have: "You should bring *four to six years* in audit"."""
OF_SOMEBODY: Final = re.compile(
    r"\b(?:clients?|colleagues|company|customers?|employees|engineers|experts|firm|leaders|manager"
    r"|people|professionals|staff|team|that|those|which)\b",
    re.IGNORECASE,
)
"""Others whose years they are: "you will have colleagues with 20 years in the trade"."""
FOR_YEARS: Final = re.compile(
    r"\byou(?:['’]ve| have| will have|['’]ll have)\b[^.;\n]{0,100}\bfor(?: at least| over)?\s*$",
    re.IGNORECASE,
)
"""Before years that somebody has done something: "You have edited novels *for five years*"."""
IN_FIGURES: Final = re.compile(
    r"\S[\"”'’]?\s{0,3}(?:[:+–—-]|\()\s{0,3}(?:min(?:imum)?\.?\s)?$", re.I
)
"""Between a skill and its years: "SAP MM - 7 yrs", "\"SQL\": 4 years"."""
ITEM_ENDS: Final = re.compile(r"[,;()\n]")
LISTED: Final = re.compile(r"(?:[,;(]|\b(?:and|or|plus|with))\s{0,3}$", re.IGNORECASE)
CLOSES: Final = re.compile(r"\s{0,3}(?:$|[),;.\n])", re.MULTILINE)
AROUND: Final = 300
"""How far around years, in code points, the words about them are looked for."""
SEEKS: Final = Anchored(
    r"\b(?:needs?|seek\w*|requires?|looking for|hiring|wants?|candidates?|applicants?|must|you"
    r"|you.ll|bring|successful|ideal\w*)\b",
    re.IGNORECASE,
)
NOT_EXPERIENCE_NEXT: Final = re.compile(
    r"[\s-]{0,20}+(?:of age|old|ago|long|contract|program|degree|term|warranty|in business"
    r"|commitment|period|plan\b|lease|anniversary|vesting|probation\w*|in a row|running|per\b"
    r"|tenure|horizon|roadmap|duration|assignment|engagement"
    r"|(?:internship|fellowship|residency)(?! exp\w+)"
    r"|to\b(?! (?:\d|one|two|three|four|five|six|seven|eight|nine|ten)\b)"
    r"|from (?:the|your|date|hire|now)|guarantee|after\b|prior to\b|accredited|institution"
    r"|(?:of )?(?:(?:full-time|undergraduate|post-?secondary|completed) )?"
    r"(?:college|university|high school|school|study|studies|coursework|law school)(?! \w+ exp))\b",
    re.IGNORECASE,
)
NOT_EXPERIENCE_BEFORE: Final = re.compile(
    r"\b(?:(?:past|last|previous|preceding|most recent|within|every|next|first|aged?|ages|after"
    r"|substitut\w+ for|waive|turns?|turned)(?: the)?(?: (?:past|last|next|first|about|up to))?"
    r"|(?:age|bond|commitment|contract|duration|length|notice|period|probation\w{0,5}|tenure|term"
    r"|validity|visa)(?: is| of|:| -)?)\s*$",
    re.IGNORECASE,
)
RATED: Final = re.compile(r"\s{0,20}+\((?P<how>required|preferred)\)", re.IGNORECASE)
"""How a board's own form asks: "Java: 3 years (Preferred)"."""
RATED_OF: Final = re.compile(r"(?P<what>[^\n:]{2,60}):\s{0,20}$")
QUIET: Final = frozenset({SectionKind.HEADER, SectionKind.ABOUT})
"""Where a company speaks of itself: years there count only of whom it seeks."""


def find_experience(
    document: Document, necessities: Necessities, options: Mapping[int, str]
) -> list[Requirement]:
    """Return one requirement for each statement of years, with what the experience is in.

    In a list of requirements any years count; elsewhere only "years ... experience" in a
    sentence that does not speak of the company; such a sentence asks, whatever its heading says.
    Months are years in twelfths, a decade is ten. "up to 3 years" has no least number of years.
    `options` maps where years begin that stand on a degree ("or Bachelor's and 3 years") to the
    alternative which that degree is a member of.
    """
    found: list[Requirement] = []
    for match in find_years(document.text):
        if not document.asks(match.start()):
            continue
        low, high = document.sentence(match.start())
        low, high = max(low, match.start() - AROUND), min(high, match.end() + AROUND)
        before = document.text[low : match.start()]
        if NOT_EXPERIENCE_NEXT.match(document.text, match.end()):
            continue
        if NOT_EXPERIENCE_BEFORE.search(before):
            continue
        rated = _rated(document, match, before)
        if rated is not None:
            found.append(rated)
            continue
        named = OF_EXPERIENCE.match(document.text, match.end(), high)
        if not _is_meant(document, match, named, low, high):
            continue
        end = named.end() if named else match.end()
        other = NEXT_OPTION.search(document.text, end, high) if match.start() in options else None
        subject = SUBJECT.match(document.text, end, other.start() if other else high)
        start, end = match.start(), subject.end() if subject else end
        what = _subject(
            named["what"] if named else _figured(before, subject),
            subject.group() if subject else "",
        )
        least, most = read_years(match)
        necessity = necessities.at(match.start(), match.end())
        if necessity is Necessity.WAIVED:
            continue
        if necessity is Necessity.MENTIONED:
            necessity = Necessity.REQUIRED  # years of experience are said of whom one seeks
        found.append(
            Requirement(
                kind=RequirementKind.EXPERIENCE,
                label=what,
                necessity=necessity,
                min_years=least,
                max_years=most,
                alternative=options.get(match.start()),
                evidence=document.evidence(start, end, "experience:years"),
            )
        )
    return found


def find_years(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Yield the counts of years and months that begin in `text[start:end]`, in order."""
    stop = len(text) if end is None else end
    done = start
    units = _units(text)
    for unit in units[bisect_left(units, start) : bisect_left(units, stop)]:
        match = YEARS.search(text, max(done, unit - WIDEST), min(stop, unit + len("decades(s)'s ")))
        if match is not None and match.start("unit") == unit:
            yield match
            done = match.end()
            also = ALSO.match(text, done, stop)
            count = also and WITHOUT_UNIT.match(text, also.end())
            if count:
                yield count
                done = count.end()


@lru_cache(maxsize=4)
def _units(text: str) -> tuple[int, ...]:
    """Return where units of time stand: a text is asked for them at every choice of degrees."""
    return tuple(UNITS.positions(text))


def _is_meant(
    document: Document, match: re.Match[str], named: re.Match[str] | None, low: int, high: int
) -> bool:
    """Tell whether years are asked of a person: not the age of a company or of its employees."""
    text = document.text
    before = text[low : match.start()]
    if match["low"].lower() in ("a", "an") and named is None and not AT_LEAST.search(before):
        return False  # "a year" alone is any year
    seeks = SEEKS.search(text, low, high) is not None
    section = document.section(match.start())
    if not seeks and BOASTS.search(before) and OF_US.search(text, low, high):
        return False
    if section in BY_SECTION:
        if not seeks and PAST.search(before):
            return False  # prose about the company that went on below a list
        return named is not None or _counts_alone(document, match, low, high)
    if named is None:
        return section not in QUIET and _is_had(document, match, before)
    if section in QUIET and not seeks:
        return False
    return SEEKS.search(text, low, match.start()) is not None or not (
        COMPANY.search(before) or OF_US.search(named.group())
    )


def _has_years(words: str) -> bool:
    return next(find_years(words), None) is not None


def _rated(document: Document, match: re.Match[str], before: str) -> Requirement | None:
    """Read a line of a board's own form: what, how long, and how strongly it is asked for."""
    how = RATED.match(document.text, match.end())
    what = RATED_OF.search(before) if how else None
    if how is None or what is None:
        return None
    least, most = read_years(match)
    return Requirement(
        kind=RequirementKind.EXPERIENCE,
        label=f"of {what['what'].strip(BULLETS)} experience",
        necessity=Necessity(how["how"].lower()),
        min_years=least,
        max_years=most,
        evidence=document.evidence(match.start(), how.end(), "experience:rated"),
    )


def _counts_alone(document: Document, match: re.Match[str], low: int, high: int) -> bool:
    """Tell whether years in a list of requirements mean experience though nobody says the word."""
    text = document.text
    if re.search("experience", text[low:high], re.IGNORECASE):
        return True
    opens = not AT_LEAST.sub("", text[low : match.start()]).strip(BULLETS + "-+")
    if opens or DOING.match(text, match.end(), high) is not None:
        return True
    before = text[low : match.start()]
    if CLOSES.match(text, match.end(), high) and (
        IN_FIGURES.search(before) or before.rstrip().endswith((",", "("))
    ):
        return True  # "SQL (3+ years)", "SQL - 3 years", "(SQL, 3 years)"
    after = text[match.end() : match.end() + 2]
    return LISTED.search(before) is not None and after[:1] == " " and after[1:].isalpha()


def _is_had(document: Document, match: re.Match[str], before: str) -> bool:
    """Tell whether prose asks for years though nobody says "experience".

    "You should bring four years in audit" does, and so does an item that begins with them:
    "- 4 to 8 years geotechnical consulting".
    """
    text = document.text
    if FOR_YEARS.search(before):
        return True
    having = HAVING.search(before)
    if having is not None:
        doing = DOING.match(text, match.end()) is not None
        what = AT_LEAST.sub("", having["what"]).strip()
        near = not what or what.endswith("with") or (what.endswith(",") and _has_years(what))
        return (doing or near) and OF_SOMEBODY.search(having["what"]) is None
    low, _ = document.line(match.start())
    item = AT_LEAST.sub("", text[max(low, match.start() - WIDEST) : match.start()])
    signs = item.strip()
    return bool(signs) and not signs.strip(BULLETS + "-–") and text.startswith(" ", match.end())


def read_years(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and the most years that a match of `YEARS` states."""
    low = (match["figure"] or match["low"]).lower()
    least = Decimal(1) if low in ("a", "an") else to_decimal(low)
    most = to_decimal(match["high"]) if match["high"] and not match["open"] else None
    unit = match["unit"].lower()
    if unit.startswith("month"):
        least = round(least / 12, 2)
        most = round(most / 12, 2) if most is not None else None
    elif unit.startswith("decade"):
        least, most = least * 10, most and most * 10
    if AT_MOST.search(match.string, max(0, match.start() - 20), match.start()):
        return None, most or least
    return least, most


def _figured(before: str, subject: re.Match[str] | None) -> str:
    """Return the item that years stand behind in figures: "SQL" of "Python, SQL (3 years)"."""
    sign = None if subject else IN_FIGURES.search(before)
    item = ITEM_ENDS.split(before[: sign.start() + 1])[-1] if sign else ""
    return "" if "experience" in item.lower() else item.strip(BULLETS + "-–\"”“'’")


def _subject(what: str, rest: str) -> str:
    """Return what it is in, as it reads on behind "3 years": "of Python experience"."""
    what, rest = " ".join(what.split()), " ".join(rest.split()).strip(" ,.;:")
    if what or not rest:
        return " ".join(filter(None, ("of", what, "experience", rest)))
    return rest
