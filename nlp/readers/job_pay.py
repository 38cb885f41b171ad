"""Pay in a JobPosting's data, in words: "120000 - 150000 USD per year"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from nlp.readers.schema_values import Node, each, words

PERIODS: Final = (
    ("two weeks", re.compile(r"^p(?:2w|14d)$", re.IGNORECASE)),
    ("hour", re.compile(r"\b(?:per_?)?(?:h|hrs?|hours?|hourly|hur)\b|^pt1h$", re.IGNORECASE)),
    ("day", re.compile(r"\b(?:per_?)?(?:d|days?|daily)\b|^p1d$", re.IGNORECASE)),
    (
        "week",
        re.compile(
            r"(?<!\bbi-)(?<!\bbi )\b(?:per_?)?(?:wk|wee|weeks?|weekly)\b|^p(?:1w|7d)$",
            re.IGNORECASE,
        ),
    ),
    (
        "month",
        re.compile(
            r"(?<!\bbi-)(?<!semi-)(?<!semi )\b(?:per_?)?(?:mo|mon|months?|monthly)\b|^p1m$",
            re.IGNORECASE,
        ),
    ),
    (
        "year",
        re.compile(
            r"\b(?:per_?)?(?:yr|ann|years?|yearly|annual(?:ly)?|annum)\b|^p1y$", re.IGNORECASE
        ),
    ),
)
"""How sites write a unit of time: schema.org's names, UN/CEFACT's codes, ISO 8601's durations.

"bi-weekly" and the like stand as they are written: the rules read them.
"""
LOW: Final = ("minValue", "minPrice", "percentile10", "percentile25")
HIGH: Final = ("maxValue", "maxPrice", "percentile90", "percentile75")
MIDDLE: Final = ("value", "price", "amount", "median")
CURRENCY: Final = ("currency", "priceCurrency", "salaryCurrency")
UNIT: Final = ("unitText", "unitCode", "duration", "salaryUnit")
THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3}){1,4}")
MOST_DIGITS: Final = 15
"""A number with more digits stays as it is written: nobody earns it."""


def pay_in_words(value: object, currency: str = "") -> Iterator[str]:
    """Yield each amount that `value` states, be it a text, a number, a node or a list of these.

    `currency` is the posting's, for amounts that name none. Nothing comes of 0 and of NaN.
    """
    for one in each(value):
        said = _of_node(one, currency) if isinstance(one, Mapping) else _plain(one, currency)
        if said:
            yield said


def _of_node(node: Node, currency: str) -> str:
    """Return the amount of a MonetaryAmount, of its QuantitativeValue, or of their likes."""
    parts = [node, *(part for part in each(node.get("value")) if isinstance(part, Mapping))]
    currency = _first(parts, CURRENCY) or currency
    unit = _first(parts, UNIT)
    low, high, middle = (_amount(parts, keys) for keys in (LOW, HIGH, MIDDLE))
    if low and high and low != high:
        said = f"{low} - {high}"
    elif low and high:
        said = low
    elif middle:
        said = middle
    elif low or high:
        said = f"from {low}" if low else f"up to {high}"
    else:
        return words(node.get("name")) or words(node.get("description"))
    if re.search(r"[^\W\d]{3}", said) and not said.startswith(("from ", "up to ")):
        unit = ""  # "$50,000 a year": the text says all
    return _with_unit(said, currency, unit)


def _plain(value: object, currency: str) -> str:
    return _with_unit(_number(value), currency, "")


def _with_unit(amount: str, currency: str, unit: str) -> str:
    if not any(map(str.isdecimal, amount)):
        return amount  # "Competitive"
    if currency and not re.search(rf"[$€£¥₹]|\b{re.escape(currency)}\b", amount, re.IGNORECASE):
        amount = f"{amount} {currency}"
    period = next((name for name, pattern in PERIODS if pattern.search(unit)), None)
    stated = f"per {period}" if period else unit.lower().replace("_", " ")
    return f"{amount} {stated}".strip()


def _first(nodes: list[Node], keys: tuple[str, ...]) -> str:
    return next((said for node in nodes for key in keys if (said := words(node.get(key)))), "")


def _amount(nodes: list[Node], keys: tuple[str, ...]) -> str:
    for node in nodes:
        for key in keys:
            for value in each(node.get(key)):
                if not isinstance(value, Mapping) and (said := _number(value)):
                    return said
    return ""


def _number(value: object) -> str:
    """Return a number without an exponent or a fraction of naught; a text as it is."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        if not math.isfinite(value) or not value:
            return ""
        digits = f"{Decimal(str(value)):f}"
        if len(digits) > MOST_DIGITS:
            return str(value)
        whole, _, fraction = digits.partition(".")
        return f"{whole}.{fraction:0<2}" if fraction.strip("0") else whole
    said = words(value)
    if THOUSANDS.fullmatch(said):
        return said.replace(",", "")
    return "" if re.fullmatch(r"\D?0+(?:\.0+)?", said) else said
