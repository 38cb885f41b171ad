"""Hard wraps: a text whose lines were filled to one width, as mailing lists and old boards write.

Such a text breaks every sentence where the next word would not have fit. The width is found from
lines that end within a sentence: all of them are as full as that width lets them be, which the
lines of no other text are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

WIDTHS: Final = range(56, 121)
"""Widths that texts are filled to, in code points."""
FEWEST: Final = 3
"""Lines that must go on below, so that their length tells a width."""
RAGGED: Final = 0.9
"""The share of these that must be full: a board may have put an address into a line."""
SHORTEST: Final = 0.5
"""How long a full line is at least, as a share of the width; a long word may follow it."""
GOES_ON: Final = re.compile(r"[\w,&/-]\Z")
"""How a line ends whose sentence goes on below it."""
ENDED: Final = re.compile(r"[.!?:;][\"'”’)]?\Z")
LABEL: Final = re.compile(
    r"(?:[A-Z][A-Z&'()/-]*(?:[ ]{1,2}[A-Z&'()/-]{1,30}){0,6}|[A-Z][^\W\d]{0,30}"
    r"(?:[ /&-]{1,3}[^\W\d]{1,30}){0,5})[ ]?:(?=[ ]|\Z)"
)
"""A line that a label opens: "REQUIRED QUALIFICATIONS: ...", "Languages:"."""
ITEM: Final = re.compile(
    r"[•·▪●○◦‣⁃∙■□➢➤✓✔❖\uf0b7\uf0a7]|[-–—*o§](?=[-\s])|(?:\d{1,2}|[a-zA-Z])[.)]\s|\(\w\)"
)
"""How an item of a list begins."""
BREAKS_OFF: Final = re.compile(
    r"\b(?:an?|and|as|at|by|for|from|in|of|on|or|our|the|to|with|your)\Z", re.IGNORECASE
)
"""A word that no sentence ends with: no label follows it."""
RULE: Final = re.compile(r"(?P<sign>[-=_*~#])(?P=sign){3}")
"""A line of signs that parts two texts."""
QUOTED: Final = re.compile(r"[|>]")
WORD: Final = re.compile(r"\S+")
TIGHT: Final = re.compile(r"[^\W_](?:-|(?<=[A-Z\d])/)\Z")
"""Ends a line whose word goes on behind its sign: "non-" "profit", "TCP/" "IP"."""


class _Line(NamedTuple):
    """A line: where its words begin and end in the text, and the words."""

    start: int
    end: int
    words: str


def hard_wraps(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield what stands at each break that only the width made, and what takes its place.

    Nothing where the lines are not filled to one width.
    """
    if text.count("\n") < FEWEST:
        return
    lines = list(_lines(text))
    width = _width(lines)
    if width is None:
        return
    for line, below in pairwise(lines):
        if _is_forced(line, below, width):
            tight = TIGHT.search(line.words) and below.words[0].isalnum()
            yield line.end, text[line.end : below.start], "" if tight else " "


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        words = line.strip()
        begin = start + len(line) - len(line.lstrip()) if words else start
        yield _Line(begin, begin + len(words), words)
        start += len(line) + 1


def _width(lines: Sequence[_Line]) -> int | None:
    """Return the width that the lines were filled to, None where there is none."""
    going = [
        (len(line.words), len(line.words) + 1 + _first(below))
        for line, below in pairwise(lines)
        if line.words and below.words[:1].islower() and GOES_ON.search(line.words)
    ]
    if len(going) < FEWEST:
        return None
    full = {width: sum(low <= width < high for low, high in going) for width in WIDTHS}
    best = max(full.values())
    if best < max(FEWEST, RAGGED * len(going)):
        return None
    return next(width for width in WIDTHS if full[width] == best)


def _is_forced(line: _Line, below: _Line, width: int) -> bool:
    """Tell whether a line ends only because the next word found no room in it."""
    size = len(line.words)
    if size < SHORTEST * width or not below.words or RULE.match(line.words):
        return False
    if any(sign.match(below.words) for sign in (ITEM, RULE, QUOTED)):
        return False
    if LABEL.match(below.words) and not BREAKS_OFF.search(line.words):
        return False
    ended = ENDED.search(line.words) is not None
    if below.words[0].islower() and not ended:
        return True  # nobody begins a line so
    if size > width or size + 1 + _first(below) <= width:
        return False
    # Where a sentence ends with the line, the next one goes on, if it is one and no heading.
    return not ended or len(below.words) > SHORTEST * width or _is_sentence(below)


def _is_sentence(line: _Line) -> bool:
    return ENDED.search(line.words) is not None and not line.words.endswith(":")


def _first(line: _Line) -> int:
    """Return how long the first word of a line is."""
    word = WORD.match(line.words)
    return word.end() if word else 0
