"""Lists of places: words that state nothing else, and places that follow one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from nlp.gazetteer import country_code, is_city, nickname, region, well_known
from nlp.patterns import table
from nlp.rules.head_places import any_named
from nlp.rules.modes import mode_of
from nlp.rules.place_countries import LARGE
from nlp.rules.place_reading import (
    CITIES_TOO,
    LONGEST_CODE,
    NAMED,
    WELL_KNOWN,
    place_at,
    read_places,
)
from nlp.types import Place

TOKENS: Final = re.compile(r"(?<!\s)\s*[-–—,/|]\s*")
BUILDING: Final = re.compile(r"[A-Z][^,;|()\n]{1,40} (?:Campus|Hall|House|Office|Park|Site),[ ]")
"""The first line of an address: "*Clifton Campus,* Nottingham"."""
AREA: Final = re.compile(r"[A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{1,30}){0,2},[ ]")
"""What may be a part of the town behind it: "*Hinjewadi,* Pune"."""
SEVERAL_COMMAS: Final = re.compile(r",[ ](?=[A-Z][a-z'’ -]{1,30},[ ][A-Z])")
"""Behind the first line of an address: "Lincoln School*, *Mapleton, Oregon"."""
MODE_FIRST: Final = re.compile(
    r"\s{0,3}(?:on[- ]?site|hybrid|in[- ]office|in[- ]person)\s{0,3}(?:[,:|/–—-]|\bin\b)\s{0,3}",
    re.IGNORECASE,
)
"""How a list of places may begin that says how one works there."""
AND_MORE: Final = re.compile(
    r"(?:\s?\([^()\n]{1,40}\)(?=\s?[,;/|•&]|\s(?:and|or)\b))?"
    r"\s*(?:[,;/|•()]\s*)?(?:(?:\(?or\)?|and|&|and/or|but(?: may)? also(?: include)?)\s+)?"
    r"(?:the\s+)?"
)
TOWN: Final = re.compile(
    r"(?P<name>[A-Z][a-zà-ÿ’'-]{2,20}(?:[ -][A-Z][a-zà-ÿ’'-]{2,20}){0,2})"
    r"(?=\s{0,3}(?:$|[(|;\n]|,\s|\.(?:\s|$)|\s[-–]\s|(?:\bor|\band|\bwith)\b))"
)
"""A town that the gazetteer lacks, where nothing else stands behind its label: "Base: Gore"."""
LONGEST_TOKENS: Final = 80
COUNTRIES: Final = re.compile(r"(?!and\b|or\b)[^\s,;/|&](?:(?! and | or )[^,;/|&\n]){0,40}(?<!\s)")
"""What stands between the signs of a list."""
IN_COUNTRY: Final = re.compile(
    r"(?P<town>[A-Z][^\W\d_]{1,20}(?:[ ’'-][A-Z][^\W\d_]{1,20}){0,3}), ?"
    r"(?P<country>[A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,3})"
)
"""A region or a town and its country, all that a label states: "Vayots Dzor, Armenia"."""


def places_in_list(text: str, *, towns: bool = True) -> Iterator[tuple[int, int, Place]]:
    """Yield the places of words that state nothing else, as behind a label: "Austin, TX".

    `towns` takes a town that the gazetteer lacks, where nothing else stands there.
    """
    mode = MODE_FIRST.match(text)
    begin = mode.end() if mode else 0  # "On site, Leeds"
    countries = list(_countries(text, begin))
    if len(countries) > 1:
        yield from countries
        return
    abroad = _of_country(text[begin:]) if towns else None
    if abroad is not None:
        yield begin, len(text.rstrip(" .")), abroad
        return
    building = BUILDING.match(text, begin)
    if building and place_at(text, building.end(), alone=NAMED) is not None:
        begin = building.end()
    row = list(in_row(text, begin, alone=NAMED, unknown=True))
    if row:
        stated = list(read_places(text))
        begins = {low for low, _, _ in row}
        one = place_at(text, begin, unknown=True) is not None
        if one or all(low in begins for low, _, _ in stated):
            yield from row
        else:  # "Birmingham Office - Alabaster, AL": the one that names its state
            yield from stated
        return
    tokens = _from_tokens(text)
    if tokens is not None:
        yield tokens
        return
    stated = list(_of_address(text)) or list(read_places(text)) or list(any_named(text))
    yield from stated
    if stated:
        return
    alone = country_code(text.strip(" .")) if text.strip(" .")[:1].isupper() else None
    state = region(text.strip(" .")) if len(text.strip(" .")) > 2 else None
    if state is not None:
        yield 0, len(text.rstrip()), Place(region=state[0], country=state[1])
    elif alone is not None and "remote" not in text.lower():
        yield 0, len(text.rstrip()), Place(country=alone)
    elif towns and (town := TOWN.match(text, begin)) and not _tells_no_town(town["name"]):
        yield *town.span("name"), Place(city=town["name"])


def _countries(text: str, begin: int) -> Iterator[tuple[int, int, Place]]:
    """Yield the countries of words that list countries and nothing else: "Peru, Bolivia"."""
    found: list[tuple[int, int, Place]] = []
    for part in COUNTRIES.finditer(text, begin):
        code = country_code(part.group()) if len(part.group()) > LONGEST_CODE else None
        if code is None or not part.group()[:1].isupper() or region(part.group()):
            return
        if any(code == place.country for _, _, place in found):
            return  # "Singapore, Singapore"
        found.append((*part.span(), Place(country=code)))
    yield from found


def _of_country(text: str) -> Place | None:
    """Return a country that is all that a text names, or a region or an unknown town in it.

    A country is meant though a town is called so elsewhere, "Armenia" in Colombia; a state's name
    means the state, "Georgia".
    """
    words = text.strip(" .")
    code = country_code(words) if len(words) > LONGEST_CODE and words[:1].isupper() else None
    if code is not None and region(words) is None:
        return Place(country=code)
    both = IN_COUNTRY.fullmatch(words)
    code = country_code(both["country"]) if both else None
    if both is None or code is None:
        return None
    town, home = both["town"], region(both["town"])
    if home is not None and home[1] == code and town not in CITIES_TOO:
        return Place(region=home[0], country=code)
    if code == "US" or region(both["country"]) or home or is_city(town, None, code):
        return None
    return None if _tells_no_town(town) or country_code(town) else Place(city=town, country=code)


def _tells_no_town(name: str) -> bool:
    """Tell whether words behind "Location:" name no town: an office, a site, a word of postings."""
    words = [word.lower() for word in name.replace("-", " ").split()]
    return mode_of(name) is not None or any(word in _no_towns() for word in words)


@cache
def _no_towns() -> frozenset[str]:
    others = (row["word"] for row in table("not_names") if row["kind"] != "surname")
    return frozenset({*others, *(row["word"] for row in table("no_towns"))})


def _of_address(text: str) -> Iterator[tuple[int, int, Place]]:
    """Yield the town of an address that names its region: "Lincoln School, Mapleton, Oregon".

    The gazetteer need not know it.
    """
    for comma in SEVERAL_COMMAS.finditer(text):
        read = place_at(text, comma.end(), unknown=True)
        if read is not None:
            yield comma.end(), *read
            return


def _from_tokens(text: str) -> tuple[int, int, Place] | None:
    """Read what a board's machine writes: "US-Denver-CO", "USA - Massachusetts - Cambridge"."""
    line = text.split("\n", 1)[0].strip()
    tokens = [token for token in TOKENS.split(line) if token]
    if not 1 < len(tokens) <= 5 or len(line) > LONGEST_TOKENS:
        return None
    country = next((c for t in tokens if t[:1].isupper() and (c := country_code(t))), None)
    home = next((r for t in tokens if (r := region(t))), None)
    if home is None and country is None:
        return None
    state, nation = home or (None, country)
    towns = (token for token in tokens if not region(token))
    city = next((t for t in towns if is_city(t, state, nation) or _is_called(t, nation)), None)
    if city is None:
        return None
    return 0, len(line), Place(city=city, region=state, country=nation)


def _is_called(name: str, nation: str | None) -> bool:
    """Tell whether a city of a country is also called so: "India-Karnataka-*Bangalore*"."""
    place = nickname(name)
    return place is not None and place.city is not None and place.country == nation


def in_row(
    text: str, position: int, *, alone: int, unknown: bool
) -> Iterator[tuple[int, int, Place]]:
    """Yield the places that follow one another: "Chicago, IL or Mt. Olive, NJ, where ..."."""
    first = True
    while True:
        gap = AND_MORE.match(text, position)
        start = gap.end() if gap and not first else position
        if not first and start == position:
            return
        read = place_at(text, start, alone=alone, unknown=unknown)
        inside = _behind_area(text, start, read, alone) if unknown else None
        if inside is not None:
            start, read = inside
        if read is None:
            return
        position, place = read
        first = False
        yield start, position, _in_small(place)


def _behind_area(
    text: str, start: int, read: tuple[int, Place] | None, alone: int
) -> tuple[int, tuple[int, Place]] | None:
    """Return the city that a part of it stands before, and where: "Whitefield, *Bangalore*".

    A part may be called as a town elsewhere is.
    """
    area = AREA.match(text, start)
    if area is None or (read is not None and read[0] >= area.end()):
        return None
    city = place_at(text, area.end(), alone=alone)
    if city is None or city[1].city is None:
        return None
    if read is None:
        return area.end(), city
    small = well_known(read[1].city or "", WELL_KNOWN) is None
    large = nickname(city[1].city) or well_known(city[1].city, LARGE)
    away = read[1].country not in (None, city[1].country)
    return (area.end(), city) if away and small and large is not None else None


def _in_small(place: Place) -> Place:
    """Return a place whose city is not shouted: "SAN DIEGO"."""
    shouted = place.city is not None and place.city.isupper() and len(place.city) > LONGEST_CODE
    return replace(place, city=place.city.title()) if shouted and place.city else place
