"""Items: what a line of a list of requirements names without a word that asks, "Menu costing".

Where nothing but requirements stands, a short line without a verb is the name of what one must
know or have done, or a trait, a condition, an hour. The second kind is told by its words
(`no-item` in `patterns/words.tsv`); of the first, a single word must look like a noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Final

from nlp.rules.forms import (
    ACRONYM,
    CAPITAL,
    DIGIT,
    FIGURE,
    ING,
    LY,
    NAME_INSIDE,
    NOUN,
    QUALITY,
    SIGN,
    TRAIT,
    WORK,
)
from nlp.words import kind_among, kind_of, kind_where, verbs

Segment = tuple[int, int]

MOST_WORDS: Final = 16
"""Words and signs of a line that is looked at."""
SPAN_OF_TIME: Final = re.compile(r"\d{1,3}-(?:day|hour|month|week|year)")
MOST_LISTED: Final = 40
"""Words and signs of a line that lists names with commas."""
WORDS_A_MEMBER: Final = 4
"""Words and signs for each comma of such a line at the most."""
COMMA: Final = kind_among([","])
NO_ITEM_ALONE: Final = kind_of("no-item-alone")
NO_ITEM: Final = kind_of("no-item") | kind_where(lambda word: SPAN_OF_TIME.match(word) is not None)
END: Final = kind_of("end")
TURNS: Final = kind_among("across at for from in on per to under with within".split())
"""Where the name of something turns to what it is for."""
EXAMPLES: Final = kind_among("as e.g eg i.e ie including like such using via".split())
RATES: Final = END | kind_of("lead") | kind_among(". ) highly strongly handy pref desired".split())
"""What says no more than how much something is wanted: "is an advantage"."""
FOR_HOW_LONG: Final = (
    FIGURE | SIGN | kind_among("minimum preferred required year years yr yrs".split())
)
"""What stands behind a name's colon where it says for how long: "Lute mending: 2 years"."""
UPPER: Final = kind_where(lambda word: word[0].isupper())
COLON: Final = kind_among([":"])
PARTS: Final = kind_among(", / & and or and/or ( ) [ ] + - – — : ; . | • * · …".split())
BASE: Final = kind_of("base", "third")
VERBS: Final = kind_where(
    lambda word: "/" in word and verbs().get(word.lower().partition("/")[0]) == "base"
)
"""Two verbs in one word: "Create/write"."""
GERUND: Final = kind_of("gerund")
OF: Final = kind_among(["of"])
EXPERIENCE: Final = kind_among(["experience", "experienced", "expert"])
VAGUE: Final = kind_among(
    "analyses analysis appreciation creation maintenance management planning reporting support"
    " training use writing".split()
)
"""Nouns of work that name nothing alone."""
TOOLS: Final = kind_among(
    "applications packages platforms programs software systems technologies tools".split()
)
OR: Final = kind_among(["or"])
SIMILAR: Final = kind_among("equivalent similar".split())
LEVEL: Final = kind_among("advanced basic intermediate".split())
LABEL: Final = kind_among(
    "area areas details environment information level notes overview range record requirements"
    " skills status type way".split()
)
"""Last words of lines that announce what stands below them."""
HASH: Final = kind_among("# @ =".split())


def is_other(kinds: list[int], *, telling: bool) -> bool:
    """Tell whether a line plainly names something else than a skill: hours, a benefit, a trait.

    What may be the matter of the work as well ("rota planning", "pension returns") is nothing else
    in a line that names what is known (`telling`).
    """
    words = reduce(or_, kinds[: years_begin(kinds)], 0)
    return is_short(kinds) and bool(words & NO_ITEM or (words & NO_ITEM_ALONE and not telling))


def years_begin(kinds: list[int]) -> int:
    """Return where a line turns to for how long: "Lute mending*: 2 years* (Required)"."""
    for index, word in enumerate(kinds):
        if word & COLON:
            rest = kinds[index + 1 :]
            told = len(rest) > 1 and rest[0] & FIGURE and all(w & FOR_HOW_LONG for w in rest)
            return index if told else len(kinds)
    return len(kinds)


def is_short(kinds: list[int]) -> bool:
    """Tell whether a line is short enough to be an item; a list may be longer than a name."""
    if len(kinds) <= MOST_WORDS:
        return len(kinds) > 0
    parts = sum(1 for word in kinds if word & COMMA)
    return len(kinds) <= MOST_LISTED and parts * WORDS_A_MEMBER >= len(kinds)


def members(kinds: list[int]) -> Iterator[Segment]:
    """Yield the members of an item: what it lists, up to where it turns to what for.

    Of what stands behind "such as" or "using" only names count.
    """
    if not is_short(kinds):
        return
    ends = (i for i, word in enumerate(kinds) if word & END and not word & (EXAMPLES | ACRONYM))
    stop = next(ends, len(kinds))
    if stop < len(kinds) and not (kinds[stop] & TURNS or all(w & RATES for w in kinds[stop:])):
        return  # a sentence: "the system still has ..."
    begin = 0
    years = years_begin(kinds)
    only_names = False
    for index in range(stop + 1):
        word = kinds[index] if index < stop else PARTS
        if word & (PARTS | EXAMPLES):
            labels = word & COLON and index != years
            if index > begin and not labels and (not only_names or kinds[begin] & UPPER):
                yield begin, index
            begin = index + 1
            only_names = only_names or bool(word & EXAMPLES)
    end = begin = stop + 1
    while end < len(kinds) and kinds[end] & NAME_INSIDE:
        end += 1
    if any(word & DIGIT for word in kinds[begin:end]):
        yield begin, end  # "Coded welding to BS EN ISO 9606"


def lists_tools(kinds: list[int]) -> bool:
    """Tell whether a label says that the names behind it are programs: "Systems: Lutemaster"."""
    return any(word & TOOLS and after & COLON for word, after in pairwise(kinds[:MOST_WORDS]))


def is_action(kinds: list[int], first: int, last: int) -> bool:
    """Tell whether a member says what is done or how: "Develop plans", "Experience managing X"."""
    opening, before = kinds[first], kinds[first - 1] if first else 0
    if opening & (VERBS | LY) or any(word & EXPERIENCE for word in kinds[first:last]):
        return True
    if before & EXPERIENCE and opening & ING:
        return True  # "Experience manipulating large sets"
    if opening & BASE and not opening & NAME_INSIDE and not before & OF:
        return not (last - first == 2 and kinds[last - 1] & WORK)  # "Contract administration"
    if opening & GERUND and last - first > 1:
        return not kinds[first + 1] & OF  # "Placing IV catheters", not "Reading of drawings"
    return bool(opening & GERUND) and last < len(kinds)


def is_thing(kinds: list[int], first: int, last: int, *, proven: bool) -> bool:
    """Tell whether a member can name something one knows, and no person or trait.

    A single word beside a member that is a thing is one too: "Goods-in and *despatch*".
    """
    opening, closing, before = kinds[first], kinds[last - 1], kinds[first - 1] if first else 0
    if closing & (TRAIT | LABEL) or before & HASH:
        return False
    if before & COLON and not (last < len(kinds) and kinds[last] & COMMA):
        return False  # "Reference: ABC", but "Outcome measures: FIM, Berg Balance Scale"
    if last - first == 1 and opening & CAPITAL and not opening & QUALITY:
        behind = kinds[last : last + 2]
        if len(behind) == 2 and behind[0] & OR and behind[1] & SIMILAR:
            return True  # "Lutemaster or similar"
        if before & LEVEL:
            return True  # "Basic Lutemaster"
    if last - first == 1:
        return not opening & VAGUE and (proven or bool(opening & (NAME_INSIDE | NOUN)))
    return True
