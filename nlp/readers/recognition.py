"""Recognition: whether a text is an advertisement of a job, by what postings say and others do not.

Words such as "role" or "team" stand in any text about work; what counts are phrases that only
somebody who seeks staff writes, and the headings of a posting.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from nlp.anchors import Anchored
from nlp.headings import find_headings
from nlp.patterns import table
from nlp.types import SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

ENOUGH: Final = 3
"""The weight of distinct signs from which on a text counts as a posting.

Of 496 distinct postings of a board's export, 493 weigh as much; of 130 texts of other kinds
(manuals, licences, code) only those do that are about postings and quote them.
"""
ENOUGH_TEXT: Final = 8_000
"""Code points that are looked at: long texts of other kinds gather signs by chance."""
HEADING_WEIGHT: Final = 1
ASKING: Final = frozenset({"degree", "experience", "knowledge", "must", "responsible"})
TELLING: Final = frozenset(
    {SectionKind.DUTIES, SectionKind.REQUIREMENTS, SectionKind.SKILLS, SectionKind.PREFERRED}
)


def weigh(text: str, enough: int | None = None) -> int:
    """Return the weight of the signs that a text is a posting; each sign counts once.

    Signs are looked for from the start, and no further once they weigh `enough`.
    """
    signs: set[str] = set()
    weight = 0
    for sign in _signs(text):
        if sign not in signs:
            signs.add(sign)
            weight += _weights()[sign]
            if enough is not None and weight >= enough:
                return weight
    headings = {heading.kind for heading in find_headings(text[:ENOUGH_TEXT])} & TELLING
    return weight + HEADING_WEIGHT * len(headings)


def is_whole(text: str) -> bool:
    """Tell whether the English part of a posting says what is asked for, not just who hires."""
    return weigh(text, ENOUGH) >= ENOUGH and any(sign in ASKING for sign in _signs(text))


def _signs(text: str) -> Iterator[str]:
    """Yield the sign of each phrase that is one, in the text's order."""
    return (
        match.lastgroup
        for match in _pattern().finditer(text, 0, ENOUGH_TEXT)
        if match.lastgroup is not None
    )


@cache
def _weights() -> dict[str, int]:
    return {row["id"]: int(row["weight"]) for row in table("posting_signs")}


@cache
def _pattern() -> Anchored:
    parts = (f"(?P<{row['id']}>{row['pattern']})" for row in table("posting_signs"))
    return Anchored(rf"(?<!\w)(?:{'|'.join(parts)})", re.IGNORECASE)
