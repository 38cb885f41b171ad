"""Duty lists: what stands below "Requirements" and tells what one does, not what one must have.

"Requirements: Lead pre-shift meetings. Enter adjustments in Manhattan WMS. ...": lines in a row
begin with what somebody is told to do. They ask for as little as they would below a heading of
duties; the lines beside them that ask ("2+ years leading a team") ask as ever.
"""

from __future__ import annotations

import re
from functools import cache, partial
from itertools import groupby
from typing import Final

from nlp.document import Span
from nlp.patterns import table

FEWEST: Final = 4
"""Lines one below the other that begin with a verb, at the least."""
SHARE: Final = 0.6
"""The share of such lines from which on all of them are told, in a row or not."""
FIRST_WORD: Final = re.compile(r"[^\w\n]{0,12}(?P<word>[A-Za-z-]{2,20})[ ]")
LINE: Final = re.compile(r"[^\n]+")
OF_SOMEBODY: Final = frozenset(
    """apply be become communicate demonstrate enjoy excel have hold know learn maintain pass
    possess read show speak think thrive understand use work write""".split()
)
"""Verbs that say what somebody can or has: "Communicate well", "Hold a licence"; and "Excel"."""


def duty_lines(text: str, start: int, end: int) -> frozenset[int]:
    """Return where the lines of a list begin that tell what one does: several in a row, or most."""
    lines = [match.span() for match in LINE.finditer(text, start, end) if match.group().strip()]
    rows = [
        [line[0] for line in row] for told, row in groupby(lines, partial(is_told, text)) if told
    ]
    count = sum(map(len, rows))
    most = count >= FEWEST and count >= SHARE * len(lines)
    return frozenset(at for row in rows if most or len(row) >= FEWEST for at in row)


def is_told(text: str, line: Span) -> bool:
    """Tell whether a line begins with a verb of work in the imperative."""
    first = FIRST_WORD.match(text, *line)
    return first is not None and first["word"].lower() in _verbs()


@cache
def _verbs() -> frozenset[str]:
    return frozenset(row["verb"] for row in table("verbs")) - OF_SOMEBODY
