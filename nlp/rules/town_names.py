"""Towns that no gazetteer of larger ones holds, told by how the towns of these islands are called.

"Much Wenlock, Shropshire" and "Ballycoolin, Dublin 15" are places; "Boston Scientific, Galway" and
"Riverside Care, Devon" are a firm and where it is. Only the name can tell.
"""

from __future__ import annotations

import re
from typing import Final

TOWN: Final = re.compile(
    r"(?:Bally|Blanch|Carrick|Castle|Clon|Drum|Glas|Inish|Kil|Knock|Lis|Llan|Port|Rath|Tull)"
    r"[a-z]{3,12}"
    r"|(?:Chipping|Great|High|Isle of|Kings?|Little|Long|Lower|Market|Much|Nether|Steeple|Stow"
    r"|Upper)[ ][A-Z][a-z]{3,14}"
    r"|[A-Z][a-z]{3,12}[ ](?:Abbas|Abbots|Magna|Parva|Regis|Wells)"
    r"|[A-Z][a-z]{3,14}-(?:by|in|le|next|on|under|upon)-(?:the-)?[A-Z][a-z]{2,14}"
    r"|[A-Z][a-z]{2,10}(?:borough|bourne|bury|cester|chester|combe|hampton|hurst|ingham|mouth"
    r"|stead|sworth|thorpe|thwaite|wick)(?:[ ](?:Green|Regis|Spa|St\.? [A-Z][a-z]{3,10}))?"
)
WORD_BEFORE: Final = re.compile(r"\b[A-Z][a-z]{3,12} \Z")
FIRMS_TOO: Final = frozenset(
    "Great Northern|Great Western|High Street|High Speed|Little Waitrose|Long Haul|Market Street"
    "|Port Authority|Portfolio|Castlegate|Kilowatt|Listings|Upper Crust".split("|")
)
"""Names of the same shape that are a firm's or another thing's."""


def is_town_shaped(words: str) -> bool:
    """Tell whether a name is a town's by its shape.

    >>> [is_town_shaped(one) for one in ("Much Wenlock", "Ballycoolin", "Boston Scientific")]
    [True, True, False]
    """
    return TOWN.fullmatch(words) is not None and words not in FIRMS_TOO


def town_start(line: str, start: int, city: str) -> int:
    """Return where a town's name begins that a larger city's name ends: "*Tenbury* Wells".

    `city` begins at `start`; that is returned where no such name ends with it.
    """
    before = WORD_BEFORE.search(line, 0, start)
    if before is None or not is_town_shaped(f"{before.group()}{city}"):
        return start
    return before.start()
