"""What a board's page writes behind the name of a job: "Retail Buyer Job in Leeds | Jobs.example".

Such a tail says where the page is found, not what the job is.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.rules.title_parts import is_noise

BEHIND: Final = re.compile(
    r"[ \t]{1,5}(?:\([-\d ]{0,20}\)[ \t]{0,9})?(?:[Jj]ob|JOB)s?(?:[ ][Oo]penings?)?"
    r"(?P<place>[ \t]{1,5}in(?:[ \t]{1,5}[A-Z][^|:\n]{0,60})?)?"
    r"[ \t]{0,5}(?P<page>\|[^|\n]{0,60})?$"
)
"""The word as a board writes it, with the town or the board behind it, or both.

Brackets before it held a reference that the board took out.
"""
POSTED: Final = re.compile(
    r"[ \t]{1,5}[(\[](?:apply[ ]by|clos(?:es|ing)|deadline|posted|published|updated)\b"
    r"[^()\[\]\n]{1,40}[)\]]$",
    re.IGNORECASE,
)
"""When it was posted, or closes: "FPA accountant *(Posted 10 July 2025)*"."""
LONGEST: Final = 160


def without_tail(text: str) -> str:
    """Return the title without its tail; "Second Job" and "Part-time Job" have none.

    The word alone, with neither town nor board behind it, may belong to the name.
    """
    text = POSTED.sub("", text)
    tail = BEHIND.search(text, max(0, len(text) - LONGEST))
    if tail is None or not (tail["place"] or tail["page"]):
        return text
    head = text[: tail.start()].rstrip(" \t-–—|,")
    return text if not head or is_noise(head) else head
