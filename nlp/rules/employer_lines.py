"""Employers by the lines of a posting's head: "Ashdown Mutual | Cardiff | Permanent".

A line of the head that names a place, a contract or a mode of work names the employer beside it;
a line of its own does where one of its words says that it is one ("Regional Medical Center").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Final

from nlp.document import Document, Span
from nlp.gazetteer import is_city, region
from nlp.matcher import Hit
from nlp.patterns import table
from nlp.rules.employment import read_employment_type
from nlp.rules.firms import PARTS_OF, is_firm, is_trade_firm, without_address
from nlp.rules.modes import modes_in
from nlp.rules.place_reading import NAMED, bare_place, place_at, read_places
from nlp.rules.public_bodies import is_department, is_office, is_public
from nlp.rules.row_facts import is_fact
from nlp.rules.title_parts import is_noise
from nlp.rules.town_names import is_town_shaped
from nlp.types import Place, SectionKind

LONGEST: Final = 120
"""Code points of a line of the head; a longer one is prose."""
LONGEST_NAME: Final = 60
MOST_WORDS: Final = 7
SIGN: Final = re.compile(r"\s[–—-]\s|\s?[|·•]\s?")
ASIDE: Final = re.compile(r"\s?\([^()\n]{1,60}\)\s?$")
LABEL: Final = re.compile(
    r"\W{0,4}@ (?=[A-Z])"
    r"|\W{0,4}(?:hiring |name of )?(?:agency|business|charity|college|company|council|district"
    r"|employer|firm|hospital|hotel|institution|organi[sz]ation|practice|school|trust|university)"
    r"(?: name)?[ ]?:[ ]{0,3}",
    re.IGNORECASE,
)
ORGANISED: Final = re.compile(
    r"(?:(?:Academy|Advisors|Advisory|Agency|Associates|Association|Authority|Bank|Biologics|Capital"
    r"|Centers?|Centres?|Charity|Clinic|Co-op|College|Company|Consultants|Consulting"
    r"|Corp(?:oration)?|Council|Credit Union|Enterprises|Foundation|Foods|Group|Health(?:care)?"
    r"|Holdings|Hospice|Hospitals?|Hotels?|Housing|Industries|Institute|Insurance|Laborator(?:y|ies)"
    r"|Labs|Law Firm|Medical|Ministry|Museum|Mutual|Nursery|Partners|Partnership|Pharma\w{0,12}"
    r"|Police|School|Schools|Services|Society|Solicitors|Solutions|Stores|Systems|Technologies"
    r"|Trust|University|& Co|and Co|& Sons|Inc|LLC|L\.L\.C|LLP|Ltd|Limited|PLC|plc|Pty|Pte|GmbH"
    r"|P\.C)\b\.?)"
)
"""Words of which one tells an organisation's name from other names of a head."""
TITLE_NAME_PLACE: Final = 3
FEWEST_WORDS: Final = 2
PLACE_LABEL: Final = re.compile(
    r"^(?:base|based(?: in)?|depot|job location|location|office|place|site|town)[ ]?:[ ]?",
    re.IGNORECASE,
)
NO_EMPLOYER: Final = re.compile(
    r"^(?:dear|hello|hi|greetings|welcome)\b|\b(?:apply|appointment|benefits|branch|careers?|clients?|contract|date|days?|department|dept|division"
    r"|directorate|grade|hours|jobs?|level|locations?|office|opportunit(?:y|ies)|pay|posted|posting|ref(?:erence)?|remote|reports?|required"
    r"|role|salary|shift|start|team|today|travel|unit|urgent(?:ly)?|vacanc(?:y|ies)|visa|week|years?)\b"
    r"|^(?:the )?(?:north|south|east|west|mid)\w{0,6}(?: (?:east|west|coast|wales|england))?$"
    r"|[:@?!€£$₹%]|\d{3}",
    re.IGNORECASE,
)
"""What no name of an employer holds."""
TITLE: Final = re.compile(
    r"\W{0,4}(?:job |position |post |vacancy )?(?:title|vacancy|position)[ ]?:[ ]*\S", re.IGNORECASE
)
"""A line that a label calls the title: whoever stands above it has the job to give."""
A_FIELD: Final = re.compile(r"[A-Z][\w /#.-]{1,40}:[ ]")
MOST_FIELDS: Final = 4
"""Fields of a form between the name and the title, and that one."""
NOT_ABOVE: Final = re.compile(
    r"[:@?!€£$₹%]|[.;]$|\b(?:announcements?|apply|hiring|jobs?|location|now|open(?:ings?)?|positions?"
    r"|posted|remote|urgent(?:ly)?|vacanc(?:y|ies)|wanted|welcome)\b",
    re.IGNORECASE,
)
"""What a line above a title holds that names nobody."""
MOST_ABOVE: Final = 12
"""Words of a name above a title: "Caucasus Fund for Village Schools and Libraries"."""
AT: Final = re.compile(r"\s(?:at|@)\s(?=(?:The )?[A-Z][^|()–—\n]{2,60}$)")
"""What parts a title from who has the job to give: "Underwriter at Ashdown Mutual"."""
TOWN: Final = re.compile(r"(?:,|\s[-–—])\s(?P<name>[A-Z][^,–—\n]{1,40})$")
"""What parts who has the job to give from where: "Acme Ltd*, Leeds*"."""
BEHIND: Final = re.compile(r"\s[–—-]\s|\s?\|\s?|,\s(?!(?:Inc|LLC|LLP|Ltd|Limited)\b)")
"""What parts the title from a firm on its line."""
LABELS: Final = ("SKILL", "ROLE", "FIELD")
OFFICE: Final = re.compile(r" (?:HQ|Headquarters|#\d{1,5})$")
CAPITAL: Final = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]|[a-z]{1,3}[A-Z]|\d{1,2}[A-Za-z])")
SMALL: Final = frozenset("and at by de for in of on the & + -".split())
FORM_BEFORE_PLACE: Final = re.compile(r",\s(?=[A-Z])")


def names_in_head(document: Document) -> Iterator[tuple[Span, str]]:
    """Yield the names that lines of the head give an employer, each with the rule's id."""
    text = document.text
    section = next(iter(document.sections), None)
    if section is None or section.kind is not SectionKind.HEADER:
        return
    yield from _above_title(document, section.start, section.end)
    first = True
    start = section.start
    below = _below_title(document, section.start, section.end)
    if below is not None:
        yield below, "below-title"
    for line in text[section.start : section.end].split("\n"):
        stop = start + len(line)
        if line.strip() and len(line) <= LONGEST:
            label = LABEL.match(line)
            if label:
                span = _stripped(text, start + label.end(), stop)
                if is_name(document, *span):
                    yield span, "labelled"
            elif not first:
                yield from _named(document, start, stop)
            elif _is_public(document, *_stripped(text, start, start + len(line.partition(",")[0]))):
                yield from _named(document, start, stop)  # above the title
            elif at := AT.search(text, start, stop):
                span = _without_town(text, *_stripped(text, at.end(), stop))
                if is_name(document, *span) and bare_place(text[slice(*span)]) is None:
                    yield span, "title"
            elif firm := _firm_behind(text, start, stop):
                yield firm, "title"
            else:  # a card above the title; a title's own line names no organisation so plainly
                yield from (
                    (span, rule)
                    for span, rule in _named(document, start, stop)
                    if rule == "card" and ORGANISED.search(text[slice(*span)])
                )
        first = first and not line.strip()
        start = stop + 1


def _without_town(text: str, start: int, stop: int) -> Span:
    """Return a name without the town behind it: "Acme Ltd, Leeds"."""
    town = TOWN.search(text, start, stop)
    if town is None or bare_place(town["name"], NAMED) is None:
        return start, stop
    return start, town.start()


def _firm_behind(text: str, start: int, stop: int) -> Span | None:
    """Return the firm that a title's line names behind the title: "Buyer - Acme Ltd - Leeds"."""
    begin: int | None = None
    for sign in (*BEHIND.finditer(text, start, stop), None):
        end = sign.start() if sign else stop
        span = _stripped(text, begin, end) if begin is not None else None
        if span is not None and is_firm(text[slice(*span)]):
            return span
        begin = sign.end() if sign else None
    return None


def _above_title(document: Document, start: int, stop: int) -> Iterator[tuple[Span, str]]:
    """Yield the first line of a head, above fields of which a label calls one the title."""
    text = document.text
    front = len(text[start:stop]) - len(text[start:stop].lstrip())
    end = text.find("\n", start + front, stop)
    if end < 0 or end - start > LONGEST:
        return
    low, high = _stripped(text, start + front, end)
    words = text[low:high]
    form = [line for line in text[end:stop].split("\n") if line.strip()][:MOST_FIELDS]
    titled = next((i for i, line in enumerate(form) if TITLE.match(line)), None)
    if titled is None or not all(map(A_FIELD.match, form[:titled])):
        return
    if not words or NOT_ABOVE.search(words):
        return
    parts = words.split()
    named = len(parts) <= MOST_ABOVE and CAPITAL.match(words.lstrip("\"“'"))
    if named and not any(hit.end == high for hit in _inside(document, "ROLE", low, high)):
        yield (low, high), "above-title"


def _below_title(document: Document, start: int, stop: int) -> Span | None:
    """Return a name on the line between the title and one that says where the job is.

    "Store Manager / Lumen Optical / Kuala Lumpur"; a name of one word may be a department's.
    """
    lines: list[Span] = []
    for line in document.text[start:stop].split("\n"):
        if line.strip():
            lines.append((start, start + len(line)))
        if len(lines) == TITLE_NAME_PLACE:
            break
        start += len(line) + 1
    if len(lines) < TITLE_NAME_PLACE or any(high - low > LONGEST for low, high in lines):
        return None
    text = document.text
    name = _stripped(text, *lines[1])
    place, parts = text[slice(*lines[2])].strip(), text[slice(*name)].split()
    if len(parts) < FEWEST_WORDS or parts[0] in PARTS_OF or not _tells_place(place):
        return None
    plain = not SIGN.search(text, *lines[1]) and bare_place(" ".join(parts), NAMED) is None
    return name if plain and is_name(document, *name) else None


def _tells_place(words: str) -> bool:
    """Tell whether a line begins with a place, by itself or behind its label."""
    if PLACE_LABEL.match(words):
        return True
    first = SIGN.split(words, 1)[0].strip()
    return _tells(first) or bare_place(first.partition(",")[0], NAMED) is not None


def _named(document: Document, start: int, stop: int) -> Iterator[tuple[Span, str]]:
    """Yield the name on a line that also says where or how the work is, or that is one whole."""
    text = document.text
    parts = list(_parts(text, start, stop))
    told = [_tells(text[low:high]) or is_fact(text[low:high]) for low, high in parts]
    others = [part for part, tells in zip(parts, told, strict=True) if not tells]
    if any(told) and others and len(parts) > 1:
        one = _before_place(document, *others[0])
        if is_name(document, *one) and not _is_district(text, parts, one):
            yield one, "card"
    elif len(parts) == 2 and any(read_places(text[slice(*parts[1])])):
        if is_name(document, *parts[0]):  # "NHS Tayside - Ninewells Hospital, Dundee"
            yield parts[0], "card"
    elif len(parts) == 1:
        low, high = parts[0]
        behind = list(FORM_BEFORE_PLACE.finditer(text, low, high))
        for comma in behind:  # "Harbour & Lowe Ltd, Ipswich"
            place = text[comma.end() : high]
            span = (low, comma.start())
            in_town = is_town_shaped(text[slice(*span)]) and (region(place) or place[-1:].isdigit())
            at_home = region(place) and _is_public(document, *span)  # "City of Larkfield, OHIO"
            if at_home or bare_place(place, NAMED) or any(read_places(place)):
                if is_name(document, *span) and not (in_town or bare_place(text[slice(*span)])):
                    yield (low, low + len(without_address(text[slice(*span)]))), "address"
                return
        if is_name(document, low, high):
            aside = ASIDE.search(text, high, stop)  # "Pacific Crest Specialty (Melbourne, VIC)"
            if aside and any(read_places(aside.group())):
                yield (low, high), "address"
            elif is_department(text[low:high]):
                yield (low, high), "department"
            elif ORGANISED.search(text[low:high]) or is_public(text[low:high]):
                yield (low, high), "line"


def _is_district(text: str, parts: Sequence[Span], one: Span) -> bool:
    """Tell whether a name behind a dash is where in the city the job is: "Singapore – Bedok"."""
    if len(parts) != 2 or one != parts[1] or "|" in text[parts[0][1] : one[0]]:
        return False
    city = bare_place(text[slice(*parts[0])])
    return city is not None and city.city is not None and not ORGANISED.search(text, *one)


def _before_place(document: Document, low: int, high: int) -> Span:
    """Return the firm in front of its town: "*Harlow Finch LLP*, Bristol | hybrid"."""
    text = document.text
    for comma in FORM_BEFORE_PLACE.finditer(text, low, high):
        if bare_place(text[comma.end() : high], NAMED) and not bare_place(text[low:high]):
            return low, comma.start()
    return low, high


def _places(text: str, low: int, high: int) -> Iterator[tuple[int, int, Place]]:
    """Yield the places that a line lists, and the one that begins with it: "Bangor, Maine"."""
    for start, end, place in read_places(text[low:high]):
        yield low + start, low + end, place
    one = place_at(text, low)
    if one is not None:
        yield low, one[0], one[1]


def is_name(document: Document, low: int, high: int, *, in_prose: bool = False) -> bool:
    """Tell whether words can be an organisation's name: capitals, no skill, role, field or trade.

    In a head "Cardiff Data Science" is a team's; `in_prose` only the whole name counts.
    """
    words = document.text[low:high]
    if not in_prose and is_public(words):
        return _is_public(document, low, high)
    if not words or len(words) > LONGEST_NAME or NO_EMPLOYER.search(words):
        return False
    parts = words.split()
    if len(parts) > MOST_WORDS or parts[0].lower() in SMALL - {"the"}:
        return False
    if words.lower() in _trades() or is_noise(words):
        return False
    if not all(CAPITAL.match(part.strip("(,")) or part.lower() in SMALL for part in parts):
        return False
    jobs = _inside(document, "ROLE", low, high)
    if any(hit.start == low or hit.end < high or words[-1] != "s" for hit in jobs):
        return False  # "Police Records Clerk" is one job; there are societies of accountants
    if ORGANISED.search(words) or (not in_prose and is_trade_firm(parts)):
        return True
    if is_city(words, None, None):
        return False  # "Tralee, Co. Kerry"
    return not any(
        hit.end == high and (hit.start == low or not in_prose)
        for label in LABELS
        for hit in _inside(document, label, low, high)
    )


def _is_public(document: Document, low: int, high: int) -> bool:
    """Tell whether a span names a public body; "City of Larkfield Police Officer" is a job.

    And a "College of Nursing" is a part of an employer.
    """
    words = document.text[low:high]
    if not is_public(words) or is_department(words) or is_office(words):
        return is_public(words)
    return not any(
        hit.end == high for label in LABELS for hit in _inside(document, label, low, high)
    )


def _inside(document: Document, label: str, low: int, high: int) -> tuple[Hit, ...]:
    hits, start = document.hits(label), attrgetter("start")
    return hits[bisect_left(hits, low, key=start) : bisect_left(hits, high, key=start)]


def _tells(words: str) -> bool:
    """Tell whether a part says where, how or for how long one works, and no name."""
    plain = ASIDE.sub("", words)
    if modes_in(words) or read_employment_type(words):
        return True
    if "/" in plain and all(bare_place(part, NAMED) for part in plain.split("/")):
        return True
    return bare_place(plain, NAMED) is not None or any(at == 0 for at, *_ in read_places(plain))


def _parts(text: str, start: int, stop: int) -> Iterator[Span]:
    begin = start
    for sign in SIGN.finditer(text, start, stop):
        if (part := _stripped(text, begin, sign.start())) and part[0] < part[1]:
            yield part
        begin = sign.end()
    if (part := _stripped(text, begin, stop)) and part[0] < part[1]:
        yield part


def _stripped(text: str, low: int, high: int) -> Span:
    words = text[low:high]
    low += len(words) - len(words.lstrip(" \t*•·|-–—"))
    words = text[low:high].rstrip(" \t*|,.;-–—")
    return low, low + len(OFFICE.sub("", ASIDE.sub("", words)))


@cache
def _trades() -> frozenset[str]:
    """Return what trades and departments are called: no names of firms."""
    trades = {row["name"].lower() for row in table("industries")}
    return frozenset(trades | {row["discipline"].lower() for row in table("disciplines")})
