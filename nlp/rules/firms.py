"""Firms: names that say by themselves whose they are, and no field of work or department."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

FIRM: Final = re.compile(
    r"(?:[A-Z0-9][\w&’'.+-]{0,30},?[ ](?:(?:&|and|of|the)[ ])?){1,5}"
    r"(?:Co|Corp|Corporation|GmbH|Inc|Incorporated|LLC|LLP|LTD|Limited|Ltd|PLC|Plc|Pty|plc)\.?"
    r"|(?:[A-Z][\w’'-]{1,30}[ ]){1,4}(?:&|and)[ ](?:Co|Daughters|Sons)\.?"
    r"|(?:St\.?|Saint)[ ][A-Z][a-z]{1,20}(?:[’']s?|s)?(?:[ ](?:[A-Z][\w’'-]{1,20}|and|of|&)){0,4}"
)
"""A legal form ends it, or a saint begins it: "Acme Ltd", "Hart & Sons", "St Mary's"."""
LEGAL_END: Final = re.compile(r"\b(?:GmbH|Inc|LLC|LLP|LTD|Limited|Ltd|PLC|Plc|Pty|plc)\.?$")
"""A legal form at the end, which no town has."""
HOUSE: Final = re.compile(
    r"(?:[A-Z][\w’'&.-]{0,30}[ ](?:(?:&|and|of|the)[ ])?){1,5}"
    r"(?:Academy|Bank|Brewery|Clinic|College|Council|Hospice|Hospital|Hotel|House|Museum|School"
    r"|Trust|University)"
)
"""A house with a name: "Oakwood School"; what stands behind it is where it is."""
TRADE: Final = re.compile(
    "Airlines|Airways|Bakery|Brewery|Builders|Carriers|Caterers|Construction|Contractors|Dentistry"
    "|Electric|Farms|Freight|Haulage|Homes|Inn|Logistics|Motors|Pharmac(?:y|ies)|Plumbing"
    "|Properties|Realty|Recruitment|Restaurants?|Security|Staffing|Studios|Talent|Transport"
)
"""Trades that firms are called by, behind a name."""
GOES_ON: Final = re.compile(
    r"&|\b(?:and|Associates|Co|Corp|GmbH|Group|Inc|LLC|LLP|LTD|Limited|Ltd|PLC|Partners|Plc|Pty"
    r"|Solicitors|of|plc)\b"
)
"""Behind a comma, what is still of the name."""
PARTS_OF: Final = frozenset(
    "Business Clinical Commercial Community Corporate Cyber Data Digital Domestic Executive Federal"
    " Field Global Group Homeland Hospital Industrial Information Internal International IT"
    " National Network Operations Physical Public Regional Residential Retail Supply Technical"
    " UK US".split()
)
"""How the names of departments and trades begin: "Global Logistics", "Residential Construction"."""


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


def without_address(words: str) -> str:
    """Return a name without the house or the district behind it; partners go on with it.

    >>> [without_address(one) for one in ("Oak Nursery, Blakestown", "Hart Low, Day & Sons")]
    ['Oak Nursery', 'Hart Low, Day & Sons']
    """
    name, _, rest = words.partition(", ")
    return words if " " not in name or GOES_ON.search(rest) else name


def is_trade_firm(parts: Sequence[str]) -> bool:
    """Tell whether words are a firm's by its trade: "Boyne Valley Pharmacies"; no department."""
    names = parts[1:] if parts[0] == "The" else parts
    return len(names) > 1 and TRADE.fullmatch(names[-1]) is not None and names[0] not in PARTS_OF
