"""Pay by steps: "Step 1: $4,210, Step 2: $4,420, Step 5: $5,117" is one range.

Public employers print the ladder of a grade so, or name its ends behind them: "$82,000 minimum /
$105,000 midpoint / $128,000 maximum".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nlp.rules.money import Amount

NAME: Final = r"(?:Step|Stage)[ ]?[A-Z\d]{1,2}[ ]{0,2}[:=–-]?[ ]{0,2}"
BEFORE: Final = "step "
NAMED: Final = re.compile(rf"\b{NAME}$", re.IGNORECASE)
"""The name of a step before its amount."""
NEXT: Final = re.compile(rf"[ ]?(?:[,;|/–—-]|to|through)?\s{{0,3}}{NAME}", re.IGNORECASE)
"""Between the amounts of two steps."""
LOWER: Final = re.compile(
    r"[ ]\(?(?:min(?:imum)?|entry|mid(?:-?point)?)\.?\)?[ ]?(?:[,;|/–—-]|to)[ ]?", re.IGNORECASE
)
"""Behind an amount that is the least, or one in the middle, and before the next."""
LONGEST: Final = 24
"""Code points between two such amounts at the most."""


def names_step(text: str, offset: int) -> bool:
    """Tell whether the number at `offset` is a step's name: "Step *3*"."""
    return text[max(0, offset - len(BEFORE)) : offset].lower() == BEFORE


def ladders(text: str, amounts: Sequence[Amount]) -> dict[int, Amount]:
    """Return the last amount of each ladder by where its first one begins; middle ones map, too.

    What maps to the last amount and does not begin its ladder is only passed over.
    """
    tops: dict[int, Amount] = {}
    begun: list[Amount] = []
    for low, high in pairwise(amounts):
        gap = text[low.end : high.start]
        fits = low.end < high.start <= low.end + LONGEST and low.value < high.value
        stepped = fits and NEXT.fullmatch(gap) and (begun or _is_named(text, low))
        if stepped or (fits and LOWER.fullmatch(gap)):
            begun.append(low)
            tops |= {one.start: high for one in begun}
        else:
            begun = []
    return tops


def _is_named(text: str, amount: Amount) -> bool:
    return NAMED.search(text, max(0, amount.start - LONGEST), amount.start) is not None
