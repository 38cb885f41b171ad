"""Compounds: general words that together name something, though none of them does alone.

"Business processes", "data description": what it is must be work, rules or equipment. A "subject
area" and a "technology trend" only round the sentence. A few name something alone, too, where
nothing follows: "design and *implementation*", but "implementation of *databases*".
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Final

from nlp.rules.forms import FIGURE, QUALITY
from nlp.rules.phrase_parts import AND, BACK, LEAD, PEOPLE
from nlp.words import kind_among

MOST_WORDS: Final = 3
MATTER: Final = kind_among(
    "activities change description development integration management operations platforms"
    " policies procedures processes regulations software stacks standards systems technologies"
    " training".split()
)
"""What general words before it make the name of something: "business *processes*"."""
ALONE: Final = frozenset({"implementation", "integration", "operations", "regulations"})
MATTER_ALONE: Final = kind_among(ALONE)
NO_KIND: Final = LEAD | PEOPLE | AND | FIGURE | BACK | QUALITY
"""Words that do not say of what kind something is: "*relevant* systems", "*team* operations"."""


def is_compound(kinds: list[int]) -> bool:
    """Tell whether words, all of them general, are the name of something together."""
    if len(kinds) == 1:
        return bool(kinds[0] & MATTER_ALONE)
    if len(kinds) > MOST_WORDS or not kinds[-1] & MATTER:
        return False
    return not reduce(or_, kinds, 0) & NO_KIND
