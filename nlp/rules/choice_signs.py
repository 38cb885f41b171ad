"""Signs of a choice that no "or" between two known names gives: bodies, and names nobody knows.

"ACA / ACCA / CIMA qualified" asks for one of three, "Sage, Xero or Brightledger" for one of three
of which the vocabulary has two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from nlp.matcher import Hit

OR_UNKNOWN: Final = re.compile(
    r",?[ ]or[ ](?:an?[ ])?[A-Z][\w+#&.-]{1,20}(?=[ ]{0,3}(?:[;)\n]|\.(?:\s|$)|$))"
)
"""Behind a list of which the vocabulary lacks the last member: "Sage, Xero *or Bright*"."""
_QUALIFIED: Final = (
    r"(?:accredited|certifi(?:cation|ed)|chartered|designation|licen[cs]ed|qualifi(?:cation|ed)"
    r"|registered)"
)
QUALIFIED: Final = re.compile(rf"\)?[ ](?:or[ ]part[- ])?{_QUALIFIED}\b", re.IGNORECASE)
ENDS_QUALIFIED: Final = re.compile(rf"[ ]{_QUALIFIED}$", re.IGNORECASE)
QUALIFIED_BEFORE: Final = re.compile(
    r"\b(?:(?:part|newly|fully)[- ])?(?:chartered|qualified)(?:[ ][a-z]{4,12})?"
    r"(?:[ ](?:as|with))?[ ]?[(,:–-]?[ ]?$",
    re.IGNORECASE,
)
"""Round bodies that slashes part: nobody is of all of them, "*qualified* (ACA/ACCA/CIMA)"."""
LONGEST_BEFORE: Final = 40


def goes_on(text: str, chain: Sequence[Hit]) -> bool:
    """Tell whether a list with commas goes on with "or" and a name that nobody knows."""
    listed = any("," in text[one.end : other.start] for one, other in pairwise(chain))
    return listed and OR_UNKNOWN.match(text, chain[-1].end) is not None


def are_bodies(text: str, chain: Sequence[Hit]) -> bool:
    """Tell whether slashes part bodies of which one is enough: "ACA/ACCA qualified"."""
    if any(text[one.end : other.start].strip() != "/" for one, other in pairwise(chain)):
        return False
    start, last = chain[0].start, chain[-1]
    return bool(
        QUALIFIED.match(text, last.end)
        or ENDS_QUALIFIED.search(text, last.start, last.end)
        or QUALIFIED_BEFORE.search(text, max(0, start - LONGEST_BEFORE), start)
    )
