"""Sentences: where one ends, also in texts that lost the blank behind the stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of `text[start:end]`, also where the blank after the stop was lost."""
    begin = start
    for stop in _stops().finditer(text, start, end):
        if stop.end() < end:
            yield begin, stop.end()
            begin = stop.end()
    if begin < end:
        yield begin, end


@cache
def _stops() -> re.Pattern[str]:
    # Not after "e.g.", "Sr.", "Ph." or an initial; "here.US" and "here.Our" lost their blank,
    # "ASP.NET" and "Node.JS" never had one.
    return re.compile(
        r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<![Ss]r)(?<![Jj]r)(?<!\b[A-Z])(?<!\bInc)(?<!\bPh)(?<!\bvs)"
        r"[.!?][)\"”’]?(?:[ \t]+(?=[A-Z\d(“\"•])|(?<=[a-z]\.)(?=(?!JS\b|NET\b|IO\b)[A-Z]))|\n"
        # "... and Pandas Experience with MySQL": a capital is all that is left of a line break
        r"|(?<=[a-z\d)]) (?=(?:Experienced?|Knowledge|Proficien(?:cy|t)|Familiar(?:ity)?|Ability"
        r"|Understanding|Expertise|Demonstrated) "
        r"(?:with|in|of|to|using|working|ability|experience)\b)"
    )
