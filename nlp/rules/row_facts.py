"""Facts of a row that are no names: "80–100%", "CHF 105'000–130'000", "£30k", "ASAP"."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 60
FACT: Final = re.compile(
    r"\d{2,3}(?: ?%)?(?: ?[-–] ?\d{2,3})? ?%"
    r"|(?:(?:circa|from|up to|c\.) ?)?(?:[A-Z]{3} ?|[A-Z]{0,3}[$£€₹] ?)\d[^|\n]{0,40}"
    r"|(?i:asap|immediate(?:ly)?|ab sofort|start:? .{1,30})"
)
"""A share of a full week, a sum of money, or when it begins."""


def is_fact(words: str) -> bool:
    """Tell whether a part of a row is one.

    >>> is_fact("80–100%"), is_fact("100% Pure Foods")
    (True, False)
    """
    return len(words) <= LONGEST and FACT.fullmatch(words) is not None
