"""Field work: a home that is only where the work sets out from, "home based, visiting clients"."""

from __future__ import annotations

import re
from typing import Final

from nlp.document import Document

HOME: Final = re.compile(r"\bhome[- ]?based\b", re.IGNORECASE)
TITLE: Final = re.compile(
    r"\bfield\b|\bmerchandiser\b"
    r"|\b(?:commissioning|installation|service)s?[ ](?:engineer|technician)\b"
    r"|\bmobile[ ](?:carer|electrician|fitter|groomer|mechanic|nurse|plumber|technician|vet)\b",
    re.IGNORECASE,
)
"""Titles of those who work where the customers are."""
AT_CUSTOMERS: Final = re.compile(
    r"\b(?:attend\w*|cover\w*|travel\w*|visit\w*|work\w*)[ ](?:[a-z]{2,9}[ ]){0,3}"
    r"(?:clients?|customers?|hospitals?|patients?|stores?)['’]?s?['’]?[ ]"
    r"(?:homes?|locations?|premises|properties|sites?)\b",
    re.IGNORECASE,
)
SELDOM: Final = re.compile(
    r"\b(?:a few|ad hoc|annual|from time to time|infrequent|limited|minimal|monthly|occasional"
    r"|once|quarterly|rare|sometimes|some travel|when needed|where needed)",
    re.IGNORECASE,
)
"""What makes of such travel an exception."""


def sets_out(document: Document, start: int, end: int) -> bool:
    """Tell whether words of a mode name a home from which one goes to work elsewhere.

    So they do of a field technician, and where their sentence says that the work is at customers'.
    """
    text = document.text
    if HOME.search(text, start, end) is None:
        return False
    first = len(text) - len(text.lstrip())
    if TITLE.search(text, *document.line(first)):
        return True
    low, high = document.sentence(start)
    return (
        AT_CUSTOMERS.search(text, low, high) is not None and SELDOM.search(text, low, high) is None
    )
