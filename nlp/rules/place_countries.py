"""Countries of places that only a town's name tells, by what else the posting says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import Final

from nlp.document import Span
from nlp.gazetteer import well_known
from nlp.rules.place_reading import NAMED
from nlp.types import Place

LARGE: Final = 500_000
"""Inhabitants of a city that is meant by its name whatever country the posting is from."""
MILLION: Final = 1_000_000
PAID_IN: Final = (
    (re.compile(r"£[ ]?\d|\bGBP\b|\bNHS\b"), frozenset({"GB"})),
    (re.compile(r"€[ ]?\d|\bEUR\b"), frozenset("AT BE DE ES FI FR GR IE IT LU MT NL PT".split())),
    (re.compile(r"₹|\bINR\b|\bLPA\b|\bla(?:kh|c)s?\b", re.IGNORECASE), frozenset({"IN"})),
    (re.compile(r"\bZAR\b|\bR[ ]?\d{2,3}[ ,]?\d{3}\b|\bR\d{2,3}k\b"), frozenset({"ZA"})),
    (re.compile(r"\$[ ]?\d|\b(?:AUD|CAD|NZD|SGD|USD)\b"), frozenset("US CA AU NZ SG".split())),
)
"""The signs of what a posting pays in, and the countries that pay so."""


def in_country_of_pay(text: str, found: Mapping[Place, list[Span]]) -> dict[Place, list[Span]]:
    """Return the places, those that only their names tell in a country of the currency of pay.

    "Salem" of a posting that pays in dollars is not the one in India. A city of millions is meant
    whatever the posting pays in.
    """
    alone = {
        place: place.city
        for place, spans in found.items()
        if place.city is not None
        and all(text[slice(*span)] == place.city for span in spans)
        and not well_known(place.city, MILLION)
    }
    told = [countries for sign, countries in PAID_IN if sign.search(text)] if alone else []
    if len(told) != 1:
        return dict(found)
    settled: dict[Place, list[Span]] = {}
    for place, spans in found.items():
        meant = None
        if place in alone and place.country not in told[0]:
            meant = well_known(alone[place], NAMED, told[0])
        settled.setdefault(meant or place, []).extend(spans)
    return settled


def is_district(text: str, item: tuple[int, int, Place], homes: Set[str | None]) -> bool:
    """Tell whether a name that is a town's elsewhere must be a district's of another town here.

    "Our office in Milton" of a posting from Brisbane is no place in Canada. Large cities are
    meant wherever the job's other places are.
    """
    low, high, place = item
    alone = text[low:high] == place.city
    away = place.country is not None and bool(homes) and place.country not in homes
    return alone and away and well_known(text[low:high], LARGE) is None
