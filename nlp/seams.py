"""Seams: a line glued to the name of a tool that ended the one above it ("SQLExperience with")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from nlp.anchors import Anchored

IsName = Callable[[str], bool]

OPENER: Final = Anchored(
    r"(?<=[A-Za-z0-9+#])(?:Ability|Able|Bachelors?|Benefits|Demonstrated|Education|Excellent"
    r"|Experience|Experienced|Familiar|Familiarity|Good|Hands-on|Knowledge|Masters?|Must|Preferred"
    r"|Proficiency|Proficient|Proven|Qualifications|Required|Requirements|Responsibilities|Skilled"
    r"|Skills|Solid|Strong|Understanding|Willingness)\b"
)
"""A word that lines of a posting begin with, glued to what stands before it."""
FRONT: Final = re.compile(r"(?<![\w@#./-])[A-Za-z][A-Za-z0-9+#]{1,29}$")
"""The word that it is glued to, as a whole: no part of an address."""
LONGEST: Final = 31
NEXT: Final = re.compile(r"[ ][A-Z][\w+#]{1,29}")
"""A capital word behind it, with which it may be a product's name: "Experience Manager"."""


def behind_names(text: str, is_name: IsName) -> Iterator[int]:
    """Yield where a word that begins lines is glued to the name of a tool.

    One such place is enough, whatever the rest of the text looks like: tools are no words of
    English, and what is a tool's name as a whole ("PowerPoint") is not parted.
    """
    for match in OPENER.finditer(text):
        at = match.start()
        front = FRONT.search(text, max(0, at - LONGEST), at)
        if front is None or not is_name(front[0]) or is_name(front[0] + match[0]):
            continue
        following = NEXT.match(text, match.end())
        if following is None or not is_name(match[0] + following[0]):
            yield at
