"""Places of a posting's head: behind the title on its line, and on a line of places alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from nlp.document import Document, Span
from nlp.gazetteer import is_state, region
from nlp.rules.employer_lines import ORGANISED
from nlp.rules.firms import is_house
from nlp.rules.place_reading import NAMED, bare_place, place_at, read_places
from nlp.rules.row_facts import is_fact
from nlp.rules.town_names import is_town_shaped
from nlp.types import Place, SectionKind

LONGEST: Final = 120
"""Code points of a line of the head; a longer one is prose."""
LONGEST_NAME: Final = 60
SIGN: Final = re.compile(r"\s[-–—/@]\s|\s?[|·•()\[\];]\s?|,\s|/|\s(?:in|at|or|and|&)\s(?=[A-Z])")
"""What parts a title from its place, and one place from the next."""
OFFICE: Final = re.compile(r" (?:[Oo]ffice|[Hh]ub|HQ|[Cc]ampus|[Ss]ite|[Bb]ranch)$")
ASIDE: Final = re.compile(r"\s?[(\[][^()\[\]\n]{1,60}[)\]]\s?$")
"""What a line says of its place: "London (Zone 1)"."""

IN: Final = re.compile(r"\b(?:around|in|near|outside) (?:central |the )?$", re.IGNORECASE)
LONGEST_IN: Final = 20
AREA: Final = re.compile(r"(?:[ -]based|,? (?:area|branch|city centre|office|town centre))\b")
"""Round a town's name that is used as one."""
LONGEST_CODE: Final = 3
SAID_TOO: Final = re.compile(
    r"[A-Z]{1,2}\d{1,2}[A-Z]?(?: \d[A-Z]{2})?"
    r"|(?i:(?:fully )?remote|hybrid|on-?site|home-?based)\b[^,;|\n]{0,40}"
    r"|\d days?\b[^,;|\n]{0,30}"
)
"""What stands beside a place: "London (*EC3*)", "Jena or *remote within Germany*"."""
CHOICE: Final = re.compile(r"\s(?:or|and|&)\s|/", re.IGNORECASE)
"""What only parts places of a kind; a comma may part a town from its city."""
FIRM_AND_REGION: Final = 2
CAPITAL_WORD: Final = re.compile(r"(?<=[ \n])[A-Z]|\A[A-Z]")
MOST_NAMES: Final = 5
"""Words that a town and its region have at the most."""
PART_OF_CITY: Final = re.compile(r"[A-Z][a-z’']{3,20}(?:[ -][A-Z][a-z’']{1,20}){0,2}")
ADDRESS: Final = re.compile(
    r"\s{0,9}[A-Z][^,:;|()\n]{1,50}"
    r"(?:(?:, [A-Z][^,:;|()\d\n]{1,40}){1,3}|\s[–—-]\s[A-Z][^,:;|()\d\n–—]{1,40})"
    r"(?:,? [A-Z]{1,2}\d{1,2}[A-Z]?(?: \d[A-Z]{2})?|(?<=\bDublin) \d{1,2}W?)?\s{0,9}"
)
"""A firm or a district, and its town: "Hart & Partners, Manchester", "KPL — Leeds"."""


def find_in_head(document: Document) -> Iterator[tuple[int, int, Place]]:
    """Yield the places that the title's line ends in, and those of lines that hold only places.

    "Staff Nurse - Leeds", "Buyer (Bristol)", "Auditor in Hamburg": a part behind the first counts
    where it is a place whole, for a longer one names a firm or a market ("London Market Claims").
    """
    text = document.text
    section = next(iter(document.sections), None)
    if section is None or section.kind not in (SectionKind.HEADER, SectionKind.BODY):
        return
    if section.kind is SectionKind.BODY:  # a title right above the first heading
        stop = document.line(section.start)[1]
        if section.start == 0 and stop <= LONGEST and not text.endswith((".", "!"), 0, stop):
            yield from _of_title(text, 0, stop)
        return
    title = True
    start = section.start
    for line in text[section.start : section.end].split("\n"):
        stop = start + len(line)
        if line.strip():
            if len(line) <= LONGEST:
                yield from _of_title(text, start, stop) if title else _alone(document, start, stop)
            title = False
        start = stop + 1


def _of_title(text: str, start: int, stop: int) -> Iterator[tuple[int, int, Place]]:
    whole = list(_parts(text, start, stop))
    parts = whole[1:]
    if len(whole) == 1:
        yield from _ending(text, *whole[0])
    states = sum(is_state(text[low:high]) for low, high in parts)
    behind = {high: text[low:at] for (low, at), (_, high) in pairwise(parts)}
    for low, high in parts:
        if states > 1 and is_state(text[low:high]):
            continue  # "(Remote - TX, OK, LA)": Louisiana, not Los Angeles
        place = bare_place(text[low:high])
        if place is None and _is_told_of(text, text[low:high], stop):
            place = bare_place(text[low:high], NAMED)
        if place is None and high == parts[-1][1] and is_house(behind.get(high, "")):
            place = bare_place(text[low:high], NAMED)  # "Buyer - Acme Ltd - Skipton"
        if place is not None and text[low:high] != "Washington":  # the state or the capital
            yield low, high, place


def _ending(text: str, start: int, stop: int) -> Iterator[tuple[int, int, Place]]:
    """Yield a town and its region that end a title without a sign: "Buyer Austin *TEXAS*"."""
    begins = [at.start() for at in CAPITAL_WORD.finditer(text, start, stop)][1:]
    if not any(len(text[at:stop]) > LONGEST_CODE and region(text[at:stop]) for at in begins[-2:]):
        return
    for at in begins[-MOST_NAMES:]:
        read = place_at(text, at)
        if read is not None and read[0] == stop and read[1].city and read[1].region:
            yield at, stop, read[1]
            return


def _is_told_of(text: str, name: str, stop: int) -> bool:
    """Tell whether the text below the title says of a town's name that something is in it."""
    if not name[:1].isupper() or len(name) <= LONGEST_CODE:
        return False
    at = text.find(name, stop)
    while at >= 0:
        if IN.search(text, max(stop, at - LONGEST_IN), at) or AREA.match(text, at + len(name)):
            return True
        at = text.find(name, at + 1)
    return False


def _alone(document: Document, start: int, stop: int) -> Iterator[tuple[int, int, Place]]:
    """Yield the places of a line that names nothing else but what is said of the last of them.

    Or but a firm or a district in front of the last: "Hart & Partners, Manchester". Beside a
    large city a town counts by its name: "Canberra, Dubbo or Mildura".
    """
    text = document.text
    aside = ASIDE.search(text, start, stop)
    end = aside.start() if aside else stop
    clause = text.find("; ", start, end)
    whole = list(_parts(text, start, clause if clause >= 0 else end))
    parts = [part for part in whole if not _is_said_too(text[slice(*part)])]
    if not parts:
        return
    places = [bare_place(text[low:high]) for low, high in parts]
    if any(places) and not all(places) and CHOICE.search(text, start, end):
        towns = [bare_place(text[low:high], NAMED) for low, high in parts]
        places = towns if all(town and town.city for town in towns) else places
    if len(parts) == FIRM_AND_REGION:
        one = place_at(text, parts[0][0])
        if one is not None and one[0] == parts[1][1]:
            return  # "London, Ontario" is one place, which other rules read
    last = places[-1]
    home = region(text[slice(*parts[-1])]) if len(parts) > 1 and last and last.city else None
    if home is not None and last is not None and home[1] != last.country:
        places[-1] = None  # "Oakwood Care, Norfolk": the county
    city = places[0]
    if city is not None and "|" not in text[start:end] and _in_city(document, parts, places):
        yield *parts[0], city
        return
    firm = ADDRESS.fullmatch(text, start, end) is not None and (
        ORGANISED.search(text, start, parts[-1][0]) is not None  # "Hart & Partners"
        or not any(_is_name(document, *part) for part in parts)
    )
    named = firm and (places[-1] is not None or any(read_places(text[start:end])))
    if firm and not named:
        yield from _of_firm(text, parts)
        return
    if len(parts) == 1 and not places[0] and (home := region(text[slice(*parts[0])])):
        low, high = parts[0]
        if high - low > LONGEST_CODE:
            yield low, high, Place(region=home[0], country=home[1])
        return
    listed = len(parts) - 1
    if firm and len(parts) > FIRM_AND_REGION and CHOICE.search(text, parts[-2][1], parts[-1][0]):
        places[-2] = bare_place(text[slice(*parts[-2])], NAMED)
        listed -= 1  # "Ministry of Mines, Sudbury or Thunder Bay"
    for (low, high), place in zip(parts, places, strict=True):
        behind = parts.index((low, high)) >= listed
        if place is not None and (all(places) or (firm and behind)):
            yield low, high, place


def _is_said_too(words: str) -> bool:
    return SAID_TOO.fullmatch(words) is not None or is_fact(words)


def _in_city(document: Document, parts: Sequence[Span], places: Sequence[Place | None]) -> bool:
    """Tell whether the second part can be in the city before it: "Johannesburg, *Sandton*"."""
    text = document.text
    if len(parts) != FIRM_AND_REGION or places[1] is not None:
        return False
    low, high = parts[1]
    if PART_OF_CITY.fullmatch(text, low, high) is None:
        return False
    near = bare_place(text[low:high], NAMED)
    if near is not None and (near.city is None or places[0] is None):
        return False
    if near is not None and places[0] is not None and near.country != places[0].country:
        return False
    for hits in map(document.hits, ("SKILL", "ROLE")):
        index = bisect_left(hits, low, key=attrgetter("start"))
        if index < len(hits) and hits[index].start < high:
            return False
    return True


def _of_firm(text: str, parts: Sequence[Span]) -> Iterator[tuple[int, int, Place]]:
    """Yield the town of a firm's address: "Baird Ltd, Oranmore, Co. Galway", "..., Truro Campus".

    A town that the gazetteer lacks is one between the firm and the region that it is in.
    """
    low, high = parts[-1]
    name = OFFICE.sub("", text[low:high])
    if len(parts) > FIRM_AND_REGION:
        before = parts[-2][0]
        town = place_at(text, before, unknown=True)
        if town is not None and town[0] == high and len(text[slice(*parts[-2])].split()) <= 2:
            yield before, high, town[1]
            return
    place = bare_place(name, NAMED)
    home = region(name) if len(parts) == FIRM_AND_REGION else None
    if home is not None and is_town_shaped(text[slice(*parts[0])]):
        yield parts[0][0], high, Place(text[slice(*parts[0])], *home)
        return
    if place is not None and place.city is None and place.country == "US":
        whole = place_at(text, parts[0][0], unknown=True)  # "Cedar Hollow, Nebraska"
        if whole is not None and whole[0] == high and not ORGANISED.search(text, *parts[0]):
            yield parts[0][0], high, whole[1]
            return
    if place is not None:
        yield low, low + len(name), place


def _is_name(document: Document, low: int, high: int) -> bool:
    """Tell whether a part is a skill or a role, so that the line is none of an address."""
    return any(
        index < len(hits) and (hits[index].start, hits[index].end) == (low, high)
        for hits in map(document.hits, ("SKILL", "ROLE"))
        for index in (bisect_left(hits, low, key=attrgetter("start")),)
    )


def any_named(text: str) -> Iterator[tuple[int, int, Place]]:
    """Yield the places among the parts of an address: "Kestrel House, Norwich NR1 3QP"."""
    for low, high in _parts(text, 0, len(text)):
        words = OFFICE.sub("", text[low:high])
        place = bare_place(words, NAMED)
        if place is not None:
            yield low, low + len(words), place


def _parts(text: str, start: int, stop: int) -> Iterator[Span]:
    """Yield what stands between the signs, without white space at its ends."""
    begin = start
    for end, following in [
        *(sign.span() for sign in SIGN.finditer(text, start, stop)),
        (stop, stop),
    ]:
        words = text[begin:end].strip(" \t.:;–—-")
        if words and len(words) <= LONGEST_NAME:
            low = text.index(words, begin)
            yield low, low + len(words)
        begin = following
