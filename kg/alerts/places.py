"""Places as a candidate names them: a city, a region, a country; read as those of postings are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.names import quoted, suggested
from nlp.gazetteer import country_code, is_city, nickname, place_names, region, well_known
from nlp.types import Place

if TYPE_CHECKING:
    from collections.abc import Sequence


class UnknownPlaceError(LookupError):
    """A place that the gazetteer does not have."""


def find_place(name: str) -> Place:
    """Return the place that a name means: "Austin, TX", "Texas", "Canada", "NYC".

    Raises `UnknownPlaceError` with the nearest names.
    """
    parts = [part.strip() for part in name.split(",") if part.strip()]
    found = _whole(name) if len(parts) == 1 else _city(parts)
    if found is None:
        near = suggested(name if len(parts) == 1 else parts[0], place_names())
        raise UnknownPlaceError(
            f"wishes: no place {quoted(name)}{near or '; write it as Austin, TX or Canada'}"
        )
    return found


def _whole(name: str) -> Place | None:
    home = region(name)
    country = country_code(name)
    if home is not None and not (country and len(name) > 2):
        return Place(region=home[0], country=home[1])
    if country is not None:
        return Place(country=country)
    if known := nickname(name):
        return known
    # Of a city alone its home is not asked: "Paris" may be either.
    return Place(city=name) if well_known(name, 0) else None


def _city(parts: Sequence[str]) -> Place | None:
    city, *homes = parts
    state: str | None = None
    country: str | None = None
    for home in homes:
        known = region(home)
        if state is None and known is not None:
            state, country = known
        elif (code := country_code(home)) is not None:
            country = code
        else:
            return None
    if region(city) and not is_city(city, state, country):
        return Place(region=(region(city) or ("", ""))[0], country=country)
    return Place(city, state, country) if is_city(city, state, country) else None
