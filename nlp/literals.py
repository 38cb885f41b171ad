"""Literals: where the few plain words stand without which a family of rules cannot match.

Looking for a plain word costs a hundredth of a big regular expression; the expressions then run
only in windows round the words that are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def lowered(text: str) -> str:
    """Return the text in lower case with every character at its old place.

    `str.lower` makes two code points of "İ"; such a character stays as it is.
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def windows(at: Iterable[int], reach: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches within `reach` of the positions, merged where they touch."""
    low = high = -1
    for position in at:
        if position - reach > high:
            if high >= 0:
                yield low, high
            low = max(0, position - reach)
        high = min(end, position + reach)
    if high >= 0:
        yield low, high


def matches(
    pattern: re.Pattern[str], text: str, at: Iterable[int], reach: int
) -> Iterator[re.Match[str]]:
    """Yield the matches that begin within `reach` before or behind a position."""
    for low, high in windows(at, reach, len(text)):
        yield from pattern.finditer(text, low, min(len(text), high + reach))
