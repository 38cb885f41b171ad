"""Places as a candidate names them: a city, a region, a country; read as those of postings are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.analysis.fitting import lies_in
from kg.names import quoted, suggested
from nlp.gazetteer import (
    country_code,
    is_city,
    is_country,
    nickname,
    place_names,
    region,
    well_known,
)
from nlp.types import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORT: Final = 4
"""Letters of the longest code of a region or a city: a candidate may write small ones."""


_Home: TypeAlias = tuple[str | None, str]
"""A region and its country, or a country alone."""


class UnknownPlaceError(LookupError):
    """A place that the gazetteer does not have."""


class AmbiguousPlaceError(LookupError):
    """A name that is that of two places; the message says how to write each."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A place that a name may mean, and how to write that and no other."""

    place: Place
    kind: str
    written: str


def find_place(name: str) -> Place:
    """Return the place that a name means: "Austin, TX", "texas", "Canada", "NYC".

    Raises `UnknownPlaceError` with the nearest names, and `AmbiguousPlaceError` where a name is
    that of two places: Georgia is a state and a country.
    """
    parts = [part for part in (" ".join(part.split()) for part in name.split(",")) if part]
    meanings = _whole(parts[0]) if len(parts) == 1 else _city(parts) if parts else []
    if not meanings:
        near = suggested(parts[0], place_names()) if parts else ""
        raise UnknownPlaceError(
            f"wishes: no place {quoted(name)}{near or '; write it as Austin, TX or Canada'}"
        )
    if len(meanings) > 1:
        ways = " or ".join(f"{quoted(one.written)} for the {one.kind}" for one in meanings)
        raise AmbiguousPlaceError(f"wishes: {quoted(name)} may be two places: write {ways}")
    return meanings[0].place


def _whole(name: str) -> list[_Meaning]:
    """Return what a name alone may mean; of a place that lies in another, the other."""
    found: list[_Meaning] = []
    if (home := _region(name)) is not None:
        state, country = home
        found.append(_Meaning(Place(None, state, country), "region", f"{name}, {country}"))
    code = country_code(name)
    if code is None and not found and is_country(name.upper()):
        code = name.upper()
    if code is not None:
        found.append(_Meaning(Place(None, None, code), "country", code))
    if (known := _nickname(name)) is not None:
        written = ", ".join(part for part in (known.city, known.region) if part)
        found.append(_Meaning(known, "city", written))
    # Of a city alone its home is not asked: "Paris" may be either.
    if not found and well_known(name, 0):
        return [_Meaning(Place(name), "city", name)]
    return _outermost(found)


def _city(parts: Sequence[str]) -> list[_Meaning]:
    """Return what a city or a region may mean by what stands behind it.

    Two letters are a region's, unless there is no such place in it: Berlin, DE.
    """
    city, *homes = parts
    for codes in (False, True):
        known = [_homes(home, codes=codes) for home in homes]
        found = {place for one in product(*known) for place in _places(city, one)}
        if found:
            return _outermost([_meaning(place) for place in sorted(found, key=str)])
    return []


def _homes(home: str, *, codes: bool) -> list[_Home]:
    """Return the regions and countries that a name may mean, the latter also by their codes."""
    found: list[_Home] = []
    if (known := _region(home)) is not None:
        found.append(known)
    if (country := country_code(home)) is not None:
        found.append((None, country))
    if codes and is_country(home.upper()):
        found.append((None, home.upper()))
    return found


def _places(city: str, homes: Sequence[_Home]) -> Iterator[Place]:
    """Yield the place of this name that lies in all of these."""
    states = {state for state, _ in homes if state}
    countries = {country for _, country in homes}
    if len(states) > 1 or len(countries) > 1:
        return
    state, country = next(iter(states), None), next(iter(countries))
    known = _region(city)
    if state is None and known is not None and known[1] == country:
        yield Place(None, *known)  # as of its name alone: New York, US is the state
    elif is_city(city, state, country):
        yield Place(city, state, country)


def _meaning(place: Place) -> _Meaning:
    parts = [place.city, place.region, place.country]
    kind = "city" if place.city else "region"
    return _Meaning(place, kind, ", ".join(part for part in parts if part))


def _outermost(found: Sequence[_Meaning]) -> list[_Meaning]:
    """Leave out what lies in another that the name may mean: who wishes for that wishes for it."""
    return [
        one
        for one in found
        if not any(other is not one and lies_in(one.place, other.place) for other in found)
    ]


def _region(name: str) -> _Home | None:
    return region(name) or (region(name.upper()) if len(name) <= SHORT else None)


def _nickname(name: str) -> Place | None:
    return nickname(name) or (nickname(name.upper()) if len(name) <= SHORT else None)
