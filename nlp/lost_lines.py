"""Lost lines: where a page lost its line breaks, so that an item is glued to the next one.

Who takes the words out of a page without its tags gets "drive projectsMaintain the library",
"Skills:• SQL• Python", "in writing.Must be able to": a capital, a bullet or a number behind what
it cannot stand behind. What is found so are the places where a line began.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from nlp.anchors import Anchored
from nlp.glued_lines import NEAR, UNFINISHED, IsName, glued_lines
from nlp.heading_forms import by_form
from nlp.heading_names import ONE_WORD, fold, known, running_headings
from nlp.lost_items import DASH, LOST_BREAKS, lost_items, word_before
from nlp.seams import behind_names

YEARS: Final = Anchored(
    r"(?:(?<=[a-z][a-z.,;:)])\d{1,2}\+?|(?<=[A-Z]{2})\d{1,2}\+)(?:[ ]?[-–][ ]?\d{1,2}\+?)?[ ]?"
    r"(?:years?|yrs?)\b"
)
"""A span of time glued to a word: "test experience5 years of", "or GED3+ years"; no "MP3 years"."""
HEADING: Final = 80
"""Code points of a heading at the most."""
ASKED: Final = re.compile(r"[ ](?:qualifications|requirements|skills)$")
"""How a heading ends that stands behind an aside, too: "... (paid) Preferred Qualifications"."""
LABEL: Final = re.compile(r"[a-z]:(?= )")
COLON: Final = re.compile(r"[a-z]:(?=[ ]?[A-Z])")
"""The end of a label, what it announces beside it or glued to it."""
FRONT: Final = re.compile(r"(?<![A-Z’'/&-])(?=[A-Z])")


def lost_lines(text: str, is_name: IsName) -> Iterator[int]:
    """Yield the offsets at which a line break was lost, in order.

    `is_name` tells the names of skills ("JavaScript"). A text whose lines are whole yields nothing.
    """
    found: set[int] = set()
    start = 0
    for line in text.split("\n"):
        signs = set(lost_items(line))
        if signs and len(line) > LOST_BREAKS:
            signs.update(_running(line))
        found.update(start + at for at in signs)
        start += len(line) + 1
    shown = sum(at > 0 and not text[at - 1].isspace() for at in found)
    glued = glued_lines(text, is_name, shown=shown)
    found.update(glued.sure)
    found.update(match.start() for match in YEARS.finditer(text))
    found.update(behind_names(text, is_name))
    if found or glued.doubtful:
        breaks = sorted(found)
        found.update(_headings(text, breaks, breaks))
        found.update(_headings(text, glued.doubtful, breaks, ends=True))
        found.update(_dashed(text, breaks))
        if glued.lost:
            colons = [match.end() for match in COLON.finditer(text)]
            found.update(_headings(text, colons, breaks, ends=True))
    yield from sorted(at for at in found if _parts(text, at))


def _running(line: str) -> Iterator[int]:
    """Yield both ends of the headings among running words, but "Roles and |Duties"."""
    for heading in running_headings(line):
        start, end = heading.span(1)
        if word_before(line, start).lower() not in UNFINISHED:
            yield from (start, end)
    for colon in LABEL.finditer(line):
        front = _heading(line, max(0, colon.end() - HEADING), colon.end())
        if front is not None:
            yield front


def _parts(text: str, at: int) -> bool:
    """Tell whether something stands on both sides of an offset on its line."""
    before = text[max(0, at - NEAR) : at].rpartition("\n")[2]
    return before.strip() != "" and text[at : at + 1] not in ("", "\n")


def _headings(
    text: str, places: Iterable[int], breaks: list[int], *, ends: bool = False
) -> Iterator[int]:
    """Yield where known headings begin that end at one of the places: "... of all. Duties|Lead".

    `ends` yields the places behind them, too. Nothing reaches over one of the breaks.
    """
    for at in places:
        low = max(text.rfind("\n", max(0, at - HEADING), at) + 1, at - HEADING, 0)
        last = bisect_left(breaks, at)
        front = _heading(text, max(low, breaks[last - 1]) if last else low, at)
        if front is not None:
            yield front
            if ends:
                yield at


def _dashed(text: str, breaks: list[int]) -> Iterator[int]:
    """Yield where a list of glued dashes begins that a known heading opens, and its items.

    "Preferred Skills- SAP- Two years in retail".
    """
    end = 0
    for dash in DASH.finditer(text):
        at = dash.start()
        front = [*_headings(text, [at], breaks)] if at > end else []
        if front:
            ends = (text.find("\n", at), *breaks[bisect_left(breaks, at + 1) :][:1])
            end = min((one for one in ends if one > at), default=len(text))
        if front or at < end:
            yield from (*front, at)


def _heading(text: str, low: int, end: int) -> int | None:
    """Return where the known heading begins that ends at an offset, None where none does."""
    for match in FRONT.finditer(text, low, end):
        folded = fold(text[match.start() : end])
        named = known(folded) is not None
        if not named and by_form(folded) is None:
            continue
        before = text[low : match.start()]
        if not before.strip():
            return match.start()
        last = before.split()[-1]
        labelled = text[end - 1] == ":" and " " in folded
        aside = last[-1] == ")" and not (named and ASKED.search(folded))
        goes_on = last.lower() in UNFINISHED or (not labelled and (last[:1].isupper() or aside))
        if last[-1] in ".!?:;" or before.endswith("  "):
            return match.start()
        if (named or labelled) and not goes_on and (" " in folded or folded in ONE_WORD):
            return match.start()
    return None
