"""As written: words of a sentence that are no common words where they stand.

"CargoWise *One*", "*SITS* or *AIMS*", "*AS* 5100", "e.g*.* Looker": a word of a known name, an
abbreviation in capitals among words in lower case, and a sign that ends no sentence say nothing of
how the sentence goes on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from nlp.document import Span
from nlp.words import Form, kind_among, kind_ending, kind_of, kind_where

SHORTEST: Final = 3
"""Letters of an abbreviation at the least: "IT", "AS" and "OR" are words, too."""
EMPHASIS: Final = frozenset(
    "ALL AND ANY ARE AT BOTH BUT CAN DO FOR FROM HAS HAVE IN IS MUST NEED NO NOT OF ON ONE ONLY OR"
    " OUR PLUS SHOULD THE THIS TO TWO WE WHO WILL WITH YEAR YEARS YOU YOUR".split()
)
"""Words that are put in capitals to be seen: "you MUST have"."""
CAPITALS: Final = kind_where(
    lambda word: (
        len(word) >= SHORTEST and word.isalpha() and word.isupper() and word not in EMPHASIS
    )
)
SMALL: Final = kind_ending([""], Form.SMALL, above=SHORTEST - 1)
AS: Final = kind_where(lambda word: word == "AS")
NUMBER: Final = kind_where(lambda word: word.isdigit() and len(word) >= SHORTEST)
DOT: Final = kind_among(["."])
SHORTENED: Final = kind_among("e.g eg i.e ie incl esp min max".split())
"""What a dot follows that ends no sentence."""
SPECIAL: Final = CAPITALS | SHORTENED | AS
"""What stands in every place where the words themselves are not common ones."""
COMMON: Final = kind_of(
    "back", "base", "doing", "end", "generic", "gerund", "lead", "tail", "third"
)


def as_written(
    kinds: list[int], spans: Sequence[Span], known: Sequence[Span], parts: int, stops: int
) -> list[int]:
    """Return the kinds of the words without those that do not hold of them here.

    `known` are the spans of known names, sorted; `parts` and `stops` the kinds of what parts the
    members of a list and of what ends one.
    """
    written = list(kinds)
    if any(map(SPECIAL.__and__, kinds)):  # in most sentences none is
        in_small = any(map(SMALL.__and__, kinds))
        last = 0
        for index, word in enumerate(kinds):
            if in_small and word & CAPITALS:
                written[index] &= ~COMMON
            elif word & DOT and last & SHORTENED:
                written[index] &= ~stops
            elif word & NUMBER and last & AS:
                written[index - 1] &= ~(COMMON | parts)
            last = word
    starts = [start for start, _ in spans] if known else []
    for start, end in known:
        first, behind = bisect_left(starts, start), bisect_left(starts, end)
        if behind - first > 1:
            for index in range(first, min(behind, len(written))):
                written[index] &= ~(COMMON | parts)
    return written
