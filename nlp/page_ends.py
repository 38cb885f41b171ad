"""Page ends: what a board or a mailing list sets below a posting, under a line of signs.

"----------" / "To post a vacancy of your own, write to jobs@board.example": as below a mail, a few
words that name an address and speak of the board, not of the job.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlp.headings import Heading, Line
from nlp.types import SectionKind

RULE: Final = re.compile(r"[ \t]{0,9}(?P<sign>[-_=*~])(?P=sign){3,200}[ \t]{0,9}")
LONGEST: Final = 500
"""Characters below the line at the most; more may be a part of the posting."""
MOST_LINES: Final = 6
LISTED: Final = re.compile(r"(?m)^[ \t]{0,9}[•·*▪●○◦‣–—-][ \t]")
"""An item of a list: the posting goes on."""
BOARD: Final = re.compile(
    r"@|www\.|https?:|\b(?:click|follow|forward|mailing list|subscri\w+|unsubscribe|web ?site)\b",
    re.IGNORECASE,
)
"""Words of an address, or of those who tell how to use their board."""


def page_end(text: str, lines: Sequence[Line]) -> Heading | None:
    """Return where the board's own lines begin at the end of a text, None where it has none."""
    for line in reversed(lines[-MOST_LINES - 1 :]):
        if RULE.fullmatch(line.text):
            below = text[line.end :]
            told = len(below) <= LONGEST and BOARD.search(below) and not LISTED.search(below)
            return Heading(line.start, line.end, SectionKind.FURNITURE, None) if told else None
    return None
