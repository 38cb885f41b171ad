"""Currencies: which one a sign, a code or a word stands for, by ISO 4217 and by the country."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from nlp.patterns import table

USUAL: Final = {"$": "USD", "¥": "JPY", "Rs": "INR", "Rs.": "INR"}
"""What a shared sign stands for where the country does not say; "kr" alone stays unknown."""
HARD: Final = frozenset("USD CAD AUD NZD SGD HKD EUR GBP CHF".split())
"""Currencies of which a thousand is a month's pay at the most, so that "80k" is a year's."""


@cache
def marks() -> Mapping[str, tuple[str, ...]]:
    """Return the codes that each sign, code and word can stand for."""
    found: dict[str, list[str]] = {}
    for row in table("currencies"):
        for mark in (row["code"], *row["signs"].split(), *row["words"].split()):
            found.setdefault(mark, []).append(row["code"])
    return MappingProxyType({mark: tuple(codes) for mark, codes in found.items()})


@cache
def doubtful() -> frozenset[str]:
    """Return the marks that are words or names too: "ALL", "CAD", "PHP", "R", "RM"."""
    letters = {mark for mark in marks() if mark.isalpha() and mark.isascii() and len(mark) < 3}
    return frozenset(
        letters.union(row["code"] for row in table("currencies") if row["other_sense"]) - {"Rs"}
    )


def currency(mark: str, country: str | None) -> str | None:
    """Return the ISO 4217 code of a mark, for a job in `country` (ISO 3166-1 alpha-2).

    A sign that several currencies share is that of the country, or its usual one; None where
    neither helps.
    """
    codes = marks().get(mark) or marks().get(mark.lower(), ())
    if len(codes) == 1:
        return codes[0]
    local = of_country(country)
    return local if local in codes else USUAL.get(mark)


def is_shared(mark: str) -> bool:
    """Tell whether several currencies are written with this mark."""
    return len(marks().get(mark, ())) > 1


def of_country(country: str | None) -> str | None:
    """Return the currency of a country; None where it is unknown."""
    return _countries().get(country or "")


@cache
def _countries() -> Mapping[str, str]:
    return MappingProxyType(
        {land: row["code"] for row in table("currencies") for land in row["countries"].split()}
    )
