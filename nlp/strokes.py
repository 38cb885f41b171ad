"""Strokes: a paragraph whose sentences or items strokes part, "Mounts specimens | Answers calls".

Exports and plain-text copies set a list on one line so. A stroke also parts the cells of a table
and the fields of a card; those are names and figures, seldom words in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

STROKE: Final = " | "
AT_STROKE: Final = re.compile(r"(?<=\S) \| (?=\S)")
SHORTEST: Final = 60
"""Characters of such a paragraph at the least."""
WORDS_A_PART: Final = 4
"""Words between two strokes, at the least and on average."""
FEW: Final = 3
"""Up to so many parts, each of them must be more than a word or two: they may be cells."""
SMALL: Final = re.compile(r"(?<!\S)[a-z]{3,}")
CAPITAL: Final = re.compile(r"(?<!\S)[A-Z]\w{2,}")


def parted(text: str) -> Iterator[tuple[int, int]]:
    """Yield where strokes with their blanks part the items of a list, half-open, in order."""
    if STROKE not in text:
        return
    start = 0
    for line in text.split("\n"):
        if len(line) >= SHORTEST and _is_list(line):
            yield from ((start + m.start(), start + m.end()) for m in AT_STROKE.finditer(line))
        start += len(line) + 1


def _is_list(line: str) -> bool:
    parts = line.split(STROKE)
    words = [len(part.split()) for part in parts]
    if len(parts) < 2 or line.lstrip().startswith("|") or sum(words) < WORDS_A_PART * len(parts):
        return False
    if len(parts) <= FEW and min(words) < FEW:
        return False
    small = sum(1 for _ in SMALL.finditer(line))
    return small > sum(1 for _ in CAPITAL.finditer(line)) + len(parts)
