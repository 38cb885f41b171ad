"""Sentences: where one ends, also in texts that lost the blank behind the stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

MAY_STOP: Final = re.compile(
    r"[.!?\nADEFKPU](?:(?<=[.!?])(?=[)\"”’ \tA-Z])|(?<=\n)|(?<=[a-z\d)] [A-Z])(?=[a-z]{5}))"
)
"""Where `_stops` may match: a sign that ends a sentence, or the capital behind the blank that does.

A quick look before the exact one, which is slow since it looks back first.
"""


GO_ON: Final = (
    "advanced an and any basic excellent extensive for good great in no of or previous prior proven"
    " related relevant solid some strong the thorough to with work working"
).split()
"""Words behind which a sentence goes on, whatever has a capital: "5 Years of Experience in"."""
TOWNS: Final = ("at", "for", "from", "in", "near", "of", "or", "and", "to")
"""Words before the beginning of a town's name that is no street: "in *St.* Louis"."""
UNITS: Final = ("[Yy]ear", "[Yy]ears", "[Yy]r", "[Yy]rs", "[Mm]onth", "[Mm]onths")
"""Behind a number, of what one has experience: "5+ years Experience in"."""


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of `text[start:end]`, also where the blank after the stop was lost.

    A line break ends a sentence and belongs to none.
    """
    begin = position = start
    stops = _stops()
    for place in MAY_STOP.finditer(text, start, end):
        sign = place.group()
        if sign == "\n":
            position = place.end()
            if begin < position - 1:
                yield begin, position - 1
            begin = position
            continue
        at = place.start() - sign.isalpha()
        stop = stops.match(text, at, end) if at >= position else None
        if stop is None:
            continue
        position = stop.end()
        if position < end:
            yield begin, position
            begin = position
    if begin < end:
        yield begin, end


@cache
def _stops() -> re.Pattern[str]:
    # Not after "e.g.", "Sr.", "Ph.", "in St." or an initial; "here.US" and "here.Our" lost their
    # blank, "ASP.NET" and "Node.JS" never had one.
    goes_on = "".join(rf"(?<!\b{word})(?<!\b{word.title()})" for word in GO_ON)
    goes_on += "".join(rf"(?<![\d+)] {unit})" for unit in UNITS)
    town = "".join(rf"(?<!\b{word} [FMS]t)" for word in TOWNS)
    return re.compile(
        r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<![Ss]r)(?<![Jj]r)(?<!\b[A-Z])(?<!\bInc)(?<!\bPh)(?<!\bvs)"
        rf"{town}"
        r"[.!?][)\"”’]?(?:[ \t]+(?=[A-Z\d(“\"•≥])|(?<=[a-z]\.)(?=(?!JS\b|NET\b|IO\b)[A-Z]))"
        # "... and Pandas Experience with MySQL": a capital is all that is left of a line break
        rf"|(?<=[a-z\d)]){goes_on} "
        r"(?=(?:Experienced?|Knowledge|Proficien(?:cy|t)|Familiar(?:ity)?|Ability|Understanding"
        r"|Expertise|Demonstrated) "
        r"(?:with|in|of|to|using|working|ability|experience)\b)"
    )
