"""Headings that are broken over two lines: "OUR" above "TECHNOLOGY STACK".

A page that sets its headings large wraps them, and a copy keeps the break.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.heading_names import by_words, fold, known
from nlp.types import SectionKind

OPENS: Final = re.compile(
    r"(?:.{0,30} )?(?:about|and|are|bring|for|if|is|key|needs?|of|our|the|this|to|we|what|who|why"
    r"|will|with|you|your)",
)
"""How the first line of such a heading ends: with a word that the next goes on from."""
MOST_WORDS: Final = 4
"""Words of a line that is half a heading."""
LONGEST: Final = 40
"""Code points of such a line."""


def broken(above: str, below: str) -> SectionKind | None:
    """Return what two lines announce that are one heading, None where they are none.

    Both are in capitals, or the table knows the whole. What is a heading without the other line
    stays one.

    >>> broken("WHAT WE", "OFFER")
    <SectionKind.PAY: 'pay'>
    >>> broken("We offer", "fruit") is None
    True
    """
    if len(above) > LONGEST or len(below) > LONGEST or below[:1].isspace():
        return None
    if OPENS.fullmatch(first := fold(above)) is None or above[-1:] in ".,:;?!":
        return None
    second = fold(below)
    if max(first.count(" "), second.count(" ")) >= MOST_WORDS or known(second) is not None:
        return None
    whole = f"{first} {second}"
    kind = known(whole)
    if kind is None and above.isupper() and below.isupper():
        kind = by_words(whole)
    return kind
