"""After lists: prose that follows a list of requirements under the same heading.

Below its last item a posting goes on about the role, the product or how to apply, and no heading
says so. Such a paragraph asks for nothing unless its sentences do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlp.headings import Line
from nlp.types import Section, SectionKind

LISTS: Final = frozenset({SectionKind.REQUIREMENTS, SectionKind.PREFERRED, SectionKind.SKILLS})
FEWEST: Final = 3
"""Items that make a list."""
LONG: Final = 16
"""Words of a paragraph at the least; a shorter line may be an item that lost its sign."""
SIGN: Final = re.compile(r"[ \t]{0,20}+(?:[•·*▪●○◦‣>–—-]|\d{1,2}[.)])[ \t]")


def find_after_list(section: Section, lines: Sequence[Line]) -> list[Section]:
    """Return a list of requirements, and the prose behind it apart. `lines` are its own.

    The items have signs, what follows the last of them is paragraphs.
    """
    if section.kind not in LISTS or len(lines) <= FEWEST:
        return [section]
    items = [index for index, line in enumerate(lines) if SIGN.match(line.text)]
    if len(items) < FEWEST or items[-1] == len(lines) - 1:
        return [section]
    rest = [line for line in lines[items[-1] + 1 :] if line.text.strip()]
    if not rest or not _is_paragraph(rest[0].text):
        return [section]
    start = rest[0].start
    return [
        Section(section.kind, section.start, start, section.heading),
        Section(SectionKind.BODY, start, section.end, section.heading),
    ]


def _is_paragraph(text: str) -> bool:
    """Tell whether a line is prose: long, and of sentences that end."""
    words = text.split()
    return len(words) >= LONG and text.rstrip(" *_").endswith((".", "!", "?"))
