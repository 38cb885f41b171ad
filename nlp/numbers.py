"""Numbers in words and figures, as postings write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

WORDS: Final = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
}

NUMBER: Final = rf"(?:\d{{1,2}}(?:\.\d)?|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
"""A regular expression for a small count ("3", "1.5", "three"), to be used without case."""


def to_decimal(text: str) -> Decimal:
    """Return the count that `text` names. Raises `ValueError` for anything `NUMBER` is not."""
    word = WORDS.get(text.lower())
    if word is not None:
        return Decimal(word)
    if not text.replace(".", "", 1).isdigit():
        raise ValueError(f"{text!r} is no number that a posting counts with")
    return Decimal(text)
