"""Labels as they are drawn: broken into lines, and how wide and high they come out."""

from __future__ import annotations

import textwrap
from typing import Final

LINE_HEIGHT: Final = 1.25
MAX_LINES: Final = 5

# Widths in em of a sans-serif face, on the generous side: a box too wide is no harm.
_WIDTHS: Final = (
    ("fijlrtI.,;:'|!()[] ", 0.36),
    ("mwMW@%&", 0.95),
    ("ABCDEFGHKLNOPQRSTUVXYZ", 0.74),
)
_OTHER: Final = 0.58
_WIDE: Final = 1.05
_FIRST_WIDE: Final = "\u2e80"


def wrap(label: str, columns: int) -> str:
    """Break a label into at most `MAX_LINES` lines of `columns` characters; the rest is "…"."""
    lines = textwrap.wrap(label, columns, break_long_words=True, break_on_hyphens=False)
    if len(lines) > MAX_LINES:
        lines = [*lines[: MAX_LINES - 1], f"{lines[MAX_LINES - 1][: columns - 1]}…"]
    return "\n".join(lines) or "?"


def size(text: str, font: float) -> tuple[int, int]:
    """Return the width and the height of a text of several lines, in pixels, rounded up."""
    lines = text.split("\n")
    width = max(sum(_em(character) for character in line) for line in lines)
    return int(width * font) + 1, int(len(lines) * font * LINE_HEIGHT) + 1


def _em(character: str) -> float:
    if character >= _FIRST_WIDE:
        return _WIDE
    return next((em for group, em in _WIDTHS if character in group), _OTHER)
