"""Waived: how far a heading of what is not asked for reaches, and what goes on behind it.

"What we are not looking for" speaks of its own list or paragraph only; the posting goes on with
what it spoke of before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from nlp.heading_names import WAIVED, fold
from nlp.headings import Heading
from nlp.patterns import table
from nlp.sentences import sentence_spans
from nlp.types import SectionKind

LINE: Final = re.compile(r"[^\n]+")
BREAK: Final = re.compile(r"\n")
ITEM: Final = re.compile(r"[ \t]{0,40}(?:[•·*▪●○◦‣–—-]|\d{1,2}[.)]|o(?=[ \t]))[ \t]{0,40}")
GOES_ON: Final = re.compile(r"[ \t]|[a-z]")
"""How a line begins that goes on with the item above it."""


def with_resumed(text: str, headings: Sequence[Heading]) -> Iterator[Heading]:
    """Yield the headings, and behind what one of them waives the section that stood before it.

    Behind the header that is body.
    """
    before = Heading(0, 0, SectionKind.BODY, None)
    for heading, end in pairwise([*headings, None]):
        if heading is None:
            return
        yield heading
        stop = len(text) if end is None else end.start
        if waives(heading):
            reached = _reached(text, heading.end, stop)
            if text[reached:stop].strip():
                yield Heading(reached, reached, before.kind, before.title)
        elif heading.kind is not SectionKind.HEADER:
            before = heading


def waives(heading: Heading) -> bool:
    """Tell whether a heading announces what is not asked for: "What we are not looking for"."""
    boilerplate = heading.kind is SectionKind.BOILERPLATE
    return boilerplate and fold(heading.title or "") in _waiving()


def _reached(text: str, start: int, stop: int) -> int:
    """Return where a waiver ends: with its sentence, its list, or its paragraph."""
    over = BREAK.search(text, start, stop)
    same = over.start() if over else stop
    if text[start:same].strip():
        return next(end for low, end in sentence_spans(text, start, same) if text[low:end].strip())
    return _paragraph_end(text, same, stop)


def _paragraph_end(text: str, start: int, stop: int) -> int:
    """Return where the first list or paragraph behind `start` ends.

    A blank line ends it, unless blank lines part all items of a list, the first from its heading;
    a list ends with its last item as well.
    """
    end, is_list, apart, blank = start, False, False, False
    for line in LINE.finditer(text, start, stop):
        words = line.group()
        blank = blank or not words.strip() or text.startswith("\n\n", line.start() - 2)
        if not words.strip():
            continue
        is_item = ITEM.match(words) is not None
        if end == start:
            is_list, apart = is_item, is_item and blank
        elif (blank and not (is_item and apart)) or not (
            is_item or not is_list or GOES_ON.match(words)
        ):
            return end
        apart = apart and (blank or not is_item)
        end, blank = line.end(), False
    return end


@cache
def _waiving() -> frozenset[str]:
    return frozenset(row["heading"] for row in table("headings") if row["section"] == WAIVED)
