"""Experience: how many years of what a posting asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from nlp.anchors import Anchored
from nlp.document import BULLETS, Document
from nlp.necessity import BY_SECTION, Necessities
from nlp.rules.bare_years import IN_FIGURES, closes, counts_alone, is_had
from nlp.rules.experience_labels import subject_of, tidy
from nlp.rules.years import AT_LEAST, find_years, read_years
from nlp.types import Necessity, Requirement, RequirementKind, SectionKind

OF_EXPERIENCE: Final = re.compile(
    r"\+?\s{0,20}+(?:['’]\s{0,20}+)?(?:or\s{1,20}+(?:more|greater),?\s{1,20}+)?(?:of\s{1,20}+)?"
    r"(?P<what>(?:[\w/&,+#.-]{1,40}+\s{1,20}+){0,8}?)(?:experience|exp\b|background|(?P<practice>practice\b)"
    r"|success(?=\s(?:as|at|in|with|[a-z]{3,20}ing)\b)"
    r"|PQE\b|post[- ](?:articles?|doc|grad|intern|qualif|regist)\w{0,8}\b"
    r"(?!(?:\s{1,3}[\w/-]{1,30}){0,4}\s{1,3}exp)|(?:under your belt|behind you)\b"
    r"|since\s(?:admission|call|graduati(?:on|ng)|qualif(?:ication|ying)|regist(?:ering|ration))\b)"
    r"|(?<=['’s])\swork(?=\s(?:as|at|for|in|with)\b)"
    r"|\s(?:of\s)?(?P<kind>(?:(?:full-time|paid|previous|prior|professional|related|relevant)\s){1,4})"
    r"work(?=\s(?:as|at|for|in|with)\b)",
    re.IGNORECASE,
)
SUBJECT: Final = re.compile(
    r"\s{0,20}+(?:\([^()\n]{0,40}\)\s{0,20}+)?(?:in|with|as|of|within|(?:directly )?related to"
    r"|(?!(?:be|beginn|concern|depend|dur|end|follow|includ|preced|remain|start)ing)[a-z]{2,20}ing"
    r")\b"
    r"[^.;\n]{1,160}(?!\w)",
    re.IGNORECASE,
)
JOINED: Final = re.compile(r"(?:\b(?:and|or|plus|with)|[,+&(])\s?(?:at least\s)?$", re.IGNORECASE)
"""Between a degree and the years that are asked for with it."""
NEXT_OPTION: Final = re.compile(r"[,;]\s{1,20}or\b", re.IGNORECASE)
"""Where years that stand on a degree end: "and 6 years in a laboratory*, or* a BSc"."""
COMPANY: Final = re.compile(
    r"\b(?:we|our|has|have been|spent|founded|history|company|firm|for over|over the (?:past|last)"
    r"|years ago|anniversary|in business|old|of age|within|program|residency|contract)\b"
    r"[^.;\n]{0,60}$"
    r"|\b(?:agency|association|bank|consultancy|corporation|foundation|group|institution|network"
    r"|organi[sz]ation)\s(?:which |that )?(?:ha(?:s|ving)|with)"
    r"\s(?:an?|its|more than|nearly|over)\s$",
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
ITEM_ENDS: Final = re.compile(r"[,;()\n]")
AROUND: Final = 300
"""How far around years, in code points, the words about them are looked for."""
SEEKS: Final = Anchored(
    r"\b(?:needs?|seek\w*|requires?|looking for|hop(?:e|ing) for|hiring|wants?"
    r"|some(?:one|body)|candidates?|applicants?|must|you|you.ll|bring|successful|ideal\w*)\b",
    re.IGNORECASE,
)
NOT_EXPERIENCE_NEXT: Final = re.compile(
    r"[\s-]{0,20}+(?:of age|old|ago|long|contract|program|degree|term|warranty|in business"
    r"|(?:DMV|MVR|H-?6|K-?4|driving (?:history|record)|work history|employment history)\b"
    r"|commitment|period|plan\b|lease|anniversary|vesting|probation\w*|in a row|running|per\b"
    r"|tenure|horizon|roadmap|duration|assignment|engagement"
    r"|(?:internship|fellowship|residency)(?! exp\w+)"
    r"|to\b(?! (?:\d|one|two|three|four|five|six|seven|eight|nine|ten)\b)"
    r"|from (?:the|your|date|hire|now)|guarantee|after\b|prior to\b|accredited|institution"
    r"|of (?:probation|leave|notice|service\b(?! exp))"
    r"|(?:(?:accredited|associate|bachelor|bachelor['’]?s|college|first|honou?rs|master|master['’]?s"
    r"|undergraduate|university) ){1,3}(?:degree|diploma)"
    r"|(?:of )?(?:(?:full-time|undergraduate|post-?secondary|completed) )?"
    r"(?:(?:art|business|graduate|law|nursing|technical|trade|vocational) school|college|university"
    r"|high school|school|study|studies|coursework)(?! \w+ exp)"
    r"|(?:college|technical|university|vocational) (?:certificate|degree|diploma)"
    r"|of (?:(?:graduate|higher|level|progressively|undergraduate) ){1,5}education)\b",
    re.IGNORECASE,
)
NOT_EXPERIENCE_BEFORE: Final = re.compile(
    r"\b(?:(?:past|last|previous|preceding|most recent|within|every|next|first|aged?|ages|after"
    r"|after completing|(?:up)?on completi(?:on of|ng)|substitut\w+ for|waive|turns?|turned)"
    r"(?: the)?(?: (?:past|last|next|first|about|up to))?"
    r"|(?:age|bond|commitment|contract|duration|length|notice|period|probation\w{0,5}|tenure|term"
    r"|validity|visa)(?: is| of|:| -)?)\s*$",
    re.IGNORECASE,
)
SUBSTITUTED: Final = re.compile(
    r"\bsubstitut\w+\b(?![^.;\n]{0,60}\b(?:by|with) (?:at least )?$)[^.;\n]{0,120}$"
    r"|\black(?:ing|s)?\s$",
    re.IGNORECASE,
)
"""Before years that something else may stand for, or that one may lack: none to have."""
ONCE: Final = re.compile(
    r"\b(?:once|when|after) you(?:['’]re|['’]ve| are| have)\b[^.;\n]{0,40}$", re.I
)
"""Before years that somebody will have by then: "Once you are *two years* qualified, ..."."""
OF_CARD: Final = re.compile(r"\s{1,9}of\s{1,9}experience(?: required)?\s{0,3}:", re.IGNORECASE)
"""Behind "years" that begin a card's label: "Openings: 1 *Years of Experience: 3*"."""
NEED_NOT: Final = re.compile(r"\b(?:need|should) not apply\b", re.IGNORECASE)
"""Whom a posting turns away is not asked for what they have."""
INSTEAD: Final = re.compile(
    r"(?:(?!\byears?\b)[^.;\n]){0,60}?\b(?:may|can|will|could) (?:also )?(?:be )?"
    r"(?:substitut\w+|accepted|considered|used) (?:for|in (?:lieu|place) of|instead of)"
    r"(?: \w+){0,4}? (?:degrees?|diplomas?|education(?:al)?|MBA|masters?|qualifications?)\b",
    re.IGNORECASE,
)
"""Years that may stand for a degree are not asked for themselves."""
CREDITED: Final = re.compile(
    r"(?:(?!\byears?\b)[^.;\n]){0,80}?\b(?:can|may|shall|will) be (?:allowed|counted|credited)\b",
    re.IGNORECASE,
)
CREDIT: Final = re.compile(
    r"\bcredited (?:as|for|with)\b[^.;\n]{0,120}$|\bup to a (?:maximum|total) of $", re.IGNORECASE
)
"""Round years by which others are reckoned: "*One year* will be credited for each year of ..."."""
RATED: Final = re.compile(r"\s{0,20}+\((?P<how>required|preferred)\)", re.IGNORECASE)
"""How a board's own form asks: "Java: 3 years (Preferred)"."""
LABELLED: Final = re.compile(
    r"\b(?:experience|exp\.?|PQE)(?: level| needed| range| required)?(?:\s\([^()\n]{1,20}\))?"
    r"\s?[:–—-]\s?(?:(?:at least|min(?:imum)?\.?)\s)?$",
    re.IGNORECASE,
)
"""A label before years: "Experience – 2 to 4 yrs", "Exp: Min 6 yrs"."""
AFTER: Final = re.compile(
    r"(?:,|\bincluding|\bincl\.?|\bwith) (?:and |of which |with )?"
    r"(?:at least |a minimum of |minimum |min\.? )$",
    re.IGNORECASE,
)
"""Between years and those of a part of them: "4 - 6 yrs PQE, *at least* 2 yrs in-house"."""
OR_AGAIN: Final = re.compile(
    r"(?:^|[\s,;])or[ ](?:(?:alternatively,?|at least|(?:an? )?minimum(?: of)?|with)[ ]){0,2}"
    r"(?:\(?[1-9a-e]\)[ ])?$",
    re.IGNORECASE,
)
"""Before years that will do as well as those in front of them."""
LONGEST_OR: Final = 40
IN_ROW_BEFORE: Final = re.compile(r"[|·•]\s{0,3}$")
IN_ROW_AFTER: Final = re.compile(r"\s{0,3}(?:exp(?:erience)?\.?\s{0,3})?(?:[|·•\n]|$)")
"""Round years that are a part of a card's row: "Onsite | 2-4 yrs | 6 LPA"."""
LONGEST_LABEL: Final = 60
BARE: Final = re.compile(r"experience|\bexp\b", re.IGNORECASE)
"""A label before years that does not say what they are of: "Exp: 4-7 yrs"."""
OR_MORE: Final = re.compile(r"\bor more$", re.IGNORECASE)
PQE: Final = "PQE"
"""Years of experience since one qualified, as lawyers count them: "2-4 PQE"."""
YOURS: Final = re.compile(r"\b(?:under your belt|behind you)$", re.IGNORECASE)
RATED_OF: Final = re.compile(r"(?P<what>[^\n:]{2,60}):\s{0,20}$")
A_WORKING_LIFE: Final = 30
"""Years that no posting asks of a person: so long a past is a firm's, its team's or a machine's."""
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
    meant, until = False, 0
    stated = list(find_years(document.text))
    for match, following in zip_longest(stated, stated[1:]):
        least, most = read_years(match)
        if not document.asks(match.start()) or max(least or 0, most or 0) >= A_WORKING_LIFE:
            continue
        low, high = document.sentence(match.start())
        low, high = max(low, match.start() - AROUND), min(high, match.end() + AROUND)
        before = document.text[low : match.start()]
        if NOT_EXPERIENCE_NEXT.match(document.text, match.end()) or OF_CARD.match(
            document.text, match.end()
        ):
            continue
        if NEED_NOT.search(document.text, match.end(), high) or ONCE.search(before):
            continue
        if INSTEAD.match(document.text, match.end(), high):
            continue
        if CREDITED.match(document.text, match.end(), high) or CREDIT.search(before):
            continue
        if NOT_EXPERIENCE_BEFORE.search(before) or SUBSTITUTED.search(before):
            continue
        rated = _rated(document, match, before)
        if rated is not None:
            found.append(rated)
            continue
        named = OF_EXPERIENCE.match(document.text, match.end(), high)
        follows = not match["unit"] or (until > low and _follows(document, match, before, high))
        behind = meant and follows
        # "an associate degree *and four years*"
        on_degree = match.start() in options and JOINED.search(before) is not None
        meant = behind or on_degree or _is_meant(document, match, named, low, high)
        until = match.end()
        if not meant:
            continue
        end = named.end() if named else match.end()
        other = NEXT_OPTION.search(document.text, end, high) if match.start() in options else None
        stop = other.start() if other else _next_way(document, end, following, high)
        subject = SUBJECT.match(document.text, end, stop)
        start, end = match.start(), subject.end() if subject else end
        what = subject_of(
            (named["what"] or "") if named else _figured(before, subject),
            subject.group() if subject else "",
            "practice" if named and named["practice"] else "experience",
        )
        necessity = necessities.at(match.start(), match.end())
        if necessity is Necessity.WAIVED:
            continue
        if necessity is Necessity.MENTIONED:
            necessity = Necessity.REQUIRED  # years of experience are said of whom one seeks
        found.append(
            Requirement(
                kind=RequirementKind.EXPERIENCE,
                label=tidy(what),
                necessity=necessity,
                min_years=least,
                max_years=most,
                alternative=options.get(match.start()),
                evidence=document.evidence(start, end, "experience:years"),
            )
        )
    return list(_told_once(found))


def _told_once(found: Sequence[Requirement]) -> Iterator[Requirement]:
    """Yield the requirements without those that the text below states again.

    "Solicitor, 2-4 PQE" above "2-4 years' PQE in probate" asks once, and so does what an
    introduction and the list below it say in the same words.
    """
    below = {_span(one) for one in found if one.evidence.section is not SectionKind.HEADER}
    last = {(_span(one), one.label.lower(), one.alternative): one for one in found}
    for one in found:
        if last[_span(one), one.label.lower(), one.alternative] is not one:
            continue
        if one.evidence.section is not SectionKind.HEADER or _span(one) not in below:
            yield one


def _span(requirement: Requirement) -> tuple[Decimal | None, Decimal | None]:
    return requirement.min_years, requirement.max_years


def _is_meant(
    document: Document, match: re.Match[str], named: re.Match[str] | None, low: int, high: int
) -> bool:
    """Tell whether years are asked of a person: not the age of a company or of its employees."""
    text = document.text
    before = text[low : match.start()]
    single = match["low"].lower() in ("a", "an") and not OR_MORE.search(match.group())
    if single and named is None and not AT_LEAST.search(before):
        return False  # "a year" alone is any year
    if _is_part_of_row(document, match) or match["unit"].upper() == PQE:
        return True
    line, _ = document.line(match.start())
    label = text[max(line, match.start() - LONGEST_LABEL) : match.start()]  # a heading, too
    if LABELLED.search(before) or LABELLED.search(label) or (named and YOURS.search(named.group())):
        return True
    seeks = SEEKS.search(text, low, high) is not None
    section = document.section(match.start())
    if not seeks and BOASTS.search(before) and OF_US.search(text, low, high):
        return False
    if section in BY_SECTION:
        if not seeks and PAST.search(before):
            return False  # prose about the company that went on below a list
        return named is not None or counts_alone(document, match, low, high)
    if named is None:
        return section not in QUIET and is_had(document, match, before, high)
    if section in QUIET and not seeks:
        return False
    return SEEKS.search(text, low, match.start()) is not None or not (
        COMPANY.search(before) or OF_US.search(named.group())
    )


def _follows(document: Document, match: re.Match[str], before: str, high: int) -> bool:
    """Tell whether years belong to those before them, as a part or as another way.

    "4 - 6 years, *at least 2* in-house", "5 years of nursing, or *3 years* and a diploma".
    """
    again = OR_AGAIN.search(before) is not None and closes(document.text, match.end(), high)
    return again or AFTER.search(before) is not None


def _next_way(document: Document, start: int, years: re.Match[str] | None, high: int) -> int:
    """Return where "or" leads to other years than those that end at `start`."""
    if years is None or years.start() >= high:
        return high
    joint = OR_AGAIN.search(document.text, max(start, years.start() - LONGEST_OR), years.start())
    return len(document.text[: joint.start() + 1].rstrip(" ,;(")) if joint else high


def _is_part_of_row(document: Document, match: re.Match[str]) -> bool:
    """Tell whether years are a part of a row of the head, by themselves."""
    text, start = document.text, match.start()
    low, _ = document.line(start)
    return (
        document.section(start) is SectionKind.HEADER
        and IN_ROW_BEFORE.search(text, max(low, start - 4), start) is not None
        and IN_ROW_AFTER.match(text, match.end()) is not None
    )


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


def _figured(before: str, subject: re.Match[str] | None) -> str:
    """Return the item that years stand behind in figures: "SQL" of "Python, SQL (3 years)"."""
    sign = None if subject else IN_FIGURES.search(before)
    if sign and "|" in before:  # a row of a table
        return before.split("|")[0].strip(BULLETS)
    item = ITEM_ENDS.split(before[: sign.start() + 1])[-1] if sign else ""
    return "" if BARE.search(item) else item.strip(BULLETS + "-–\"”“'’")
