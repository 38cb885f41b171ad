"""Firms: names in a title that say by themselves whose they are, and no field of work."""

from __future__ import annotations

import re
from typing import Final

FIRM: Final = re.compile(
    r"(?:[A-Z0-9][\w&’'.+-]{0,30},?[ ](?:(?:&|and|of|the)[ ])?){1,5}"
    r"(?:Co|Corp|Corporation|GmbH|Inc|Incorporated|LLC|LLP|LTD|Limited|Ltd|PLC|Plc|Pty|plc)\.?"
    r"|(?:[A-Z][\w’'-]{1,30}[ ]){1,4}(?:&|and)[ ](?:Co|Daughters|Sons)\.?"
    r"|(?:St\.?|Saint)[ ][A-Z][a-z]{1,20}(?:[’']s?|s)?(?:[ ](?:[A-Z][\w’'-]{1,20}|and|of|&)){0,4}"
)
"""A legal form ends it, or a saint begins it: "Acme Ltd", "Hart & Sons", "St Mary's"."""
HOUSE: Final = re.compile(
    r"(?:[A-Z][\w’'&.-]{0,30}[ ](?:(?:&|and|of|the)[ ])?){1,5}"
    r"(?:Academy|Bank|Brewery|Clinic|College|Council|Hospice|Hospital|Hotel|House|Museum|School"
    r"|Trust|University)"
)
"""A house with a name: "Oakwood School"; what stands behind it is where it is."""


def is_firm(words: str) -> bool:
    """Tell whether the words are the name of a firm, or of what is called after a saint.

    >>> [is_firm(one) for one in ("Acme Ltd", "St Mary's", "Financial Services", "Limited")]
    [True, True, False, False]
    """
    return FIRM.fullmatch(words) is not None


def is_house(words: str) -> bool:
    """Tell whether the words name a firm or a house, so that a town may follow.

    >>> [is_house(one) for one in ("Oakwood School", "Acme Ltd", "School", "Public Health")]
    [True, True, False, False]
    """
    return is_firm(words) or HOUSE.fullmatch(words) is not None
