"""Forms of headings: lines that announce a section by how they are built, without a colon.

"What we need to see", "To be considered you will have": nobody writes such words on a line of
their own but above a list, so that they need neither a sign nor an entry in the table of headings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from nlp.patterns import table
from nlp.types import SectionKind

MOST_WORDS: Final = 12
LONGEST: Final = 80
CACHED: Final = 10_000
"""Of how many lines it is known what they announce: short ones come up again and again."""


@lru_cache(maxsize=CACHED)
def by_form(folded: str) -> SectionKind | None:
    """Return what a folded line announces that is built as headings are, None for any other.

    >>> by_form("what we need to see")
    <SectionKind.REQUIREMENTS: 'requirements'>
    >>> by_form("what we do")
    """
    if len(folded) > LONGEST or folded.count(" ") >= MOST_WORDS:
        return None
    match = _forms().fullmatch(folded)
    return _kinds()[match.lastgroup] if match and match.lastgroup else None


@cache
def _forms() -> re.Pattern[str]:
    rows = [(_group(row["id"]), row["pattern"]) for row in table("heading_forms")]
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in rows))


@cache
def _kinds() -> Mapping[str, SectionKind]:
    return {_group(row["id"]): SectionKind(row["section"]) for row in table("heading_forms")}


def _group(name: str) -> str:
    return name.replace("-", "_")
