"""Holders of duties: whether the words before say that something is the work of the one hired."""

from __future__ import annotations

from typing import Final

from nlp.rules.activities import MOST_BEFORE
from nlp.rules.duty_labels import STOPS, of_class
from nlp.words import kind_among

WHO: Final = kind_among("who that which".split())
HIRED: Final = of_class("hired")
SUBJECT: Final = of_class("subject")
NEGATION: Final = of_class("negation")
ONLY: Final = of_class("only")
NEAR: Final = 5
"""How many words back a denial, or what answers for a gerund, is looked for."""


def is_theirs(kinds: list[int], end: int) -> bool:
    """Tell whether of the words before `end` the last that names anyone names the one hired."""
    for place in range(end - 1, max(-1, end - 1 - MOST_BEFORE), -1):
        if kinds[place] & HIRED:
            return True
        if kinds[place] & SUBJECT:
            return False
    return True


def is_denied(kinds: list[int], first: int) -> bool:
    """Tell whether what goes before a verb denies it; "not only" does not."""
    for place in range(first - 1, max(-1, first - 1 - NEAR), -1):
        if kinds[place] & NEGATION:
            return not (place + 1 < len(kinds) and kinds[place + 1] & ONLY)
        if kinds[place] & STOPS:
            return False
    return False


def is_subject(kinds: list[int], index: int) -> bool:
    """Tell whether the word at `index` names the one hired, and nobody of whom we only hear."""
    if not kinds[index] & HIRED:
        return False
    return not any(kinds[place] & WHO for place in range(max(0, index - 2), index))
