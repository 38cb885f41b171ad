"""Lost entities: signs of HTML of which a page kept the name alone ("skills bull Strong SQL").

Who strips "&" and ";" from a page leaves "bull", "ndash", "rsquo" among its words. None but "bull"
is a word of English; that one is a bullet where several begin items, as against a bull market.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nlp.anchors import Anchored

SIGNS: Final = {
    "ldquo": "“",
    "lsquo": "‘",
    "mdash": "—",
    "ndash": "–",
    "rdquo": "”",
    "rsquo": "’",
}
QUOTES: Final = Anchored(r"&?(?P<sign>[lr][ds]quo)(?!t[aei]);?")
"""Glued to their words, "doesnrsquot"; not in "carsquoted", two words run together."""
DASHES: Final = Anchored(r"(?<!\S)&?(?P<sign>[mn]dash);?(?!\S)")
BULLETS: Final = Anchored(
    r"[ \t]{0,20}(?P<sign>&(?:bull|middot)\b;?|(?<![\w&])(?:bull|middot)(?!\S))[ \t]{0,20}"
    r"(?P<item>[A-Z\d(]?)"
)
FEWEST: Final = 3
"""Words "bull" before a capital that show that the word stands for a bullet."""
BULLET: Final = "• "


def lost_entities(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (start, before, after) of each name that stands for a sign, in order.

    Bullets begin a line of their own. Empty input and text without such names yield nothing.
    """
    found = [
        (match.start(), match.group(), SIGNS[match["sign"]])
        for pattern in (QUOTES, DASHES)
        for match in pattern.finditer(text)
    ]
    bullets = list(BULLETS.finditer(text))
    items = sum(bool(match["item"]) for match in bullets)
    if items >= FEWEST and items * 2 > len(bullets):
        for match in bullets:
            start, end = match.start(), match.start("item")
            first = text[start - 1 : start] in ("", "\n")
            found.append((start, text[start:end], BULLET if first else "\n" + BULLET))
    yield from sorted(found)
