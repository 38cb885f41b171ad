"""Paragraphs of a PDF: its lines joined where only the page's width broke them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from nlp.headings import find_headings
from nlp.readers.pdf_layout import CELLS, Line
from nlp.readers.wrapped import BULLET, join, starts_item, with_bullet

MARGIN: Final = 0.12
"""The share of a page's height in which its header and footer stand."""
LARGER: Final = 1.1
"""A heading's size against that of the text."""
APART: Final = 1.35
"""The distance of two paragraphs against that of two lines."""
INDENT: Final = 4
"""Points by which the first line of a paragraph stands further in."""
SHORTEST: Final = 20
"""Letters of a line that the width can have broken; a narrow column holds labels."""
PAGE_NUMBER: Final = re.compile(
    r"(?:page )?\d{1,3}(?: ?(?:/|of) ?\d{1,3})?|(?:file|https?):\S*(?: \d+ ?/ ?\d+)?"
    r"|\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d\d(?: ?[AP]M)?(?: .{0,100})?",
    re.IGNORECASE,
)
"""What programs print at the edge of a page: its number, its address, the time."""


@dataclass(frozen=True, slots=True)
class Page:
    """The stretches of a page that are read one after the other, and the page's height."""

    flows: tuple[tuple[Line, ...], ...]
    height: float


def without_edges(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without the headers and footers that stand on each, and page numbers."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    often = {key for key, count in seen.items() if count > 1 and 2 * count >= len(pages)}

    def is_edge(page: Page, line: Line) -> bool:
        if not _is_at_edge(page, line):
            return False
        return PAGE_NUMBER.fullmatch(line.text) is not None or _key(line) in often

    return [
        Page(
            tuple(tuple(line for line in flow if not is_edge(page, line)) for flow in page.flows),
            page.height,
        )
        for page in pages
    ]


def _edges(page: Page) -> list[Line]:
    return [line for flow in page.flows for line in flow if _is_at_edge(page, line)]


def _is_at_edge(page: Page, line: Line) -> bool:
    return line.bottom < page.height * MARGIN or line.top > page.height * (1 - MARGIN)


def _key(line: Line) -> tuple[str, int]:
    """Return what is the same of a header on each page: words, without numbers, and height."""
    return re.sub(r"\d+", "#", line.text), round(line.top / 4)


def paragraphs(pages: Sequence[Page]) -> str:
    """Return the text: a paragraph a line, "• " before items, blank lines between parts."""
    found = [flow for page in pages for flow in page.flows if flow]
    body = Counter(round(line.size, 1) for flow in found for line in flow for _ in line.text)
    size = body.most_common(1)[0][0] if body else 0.0
    bold = sum(len(line.text) for flow in found for line in flow if line.is_bold)
    mostly_bold = 2 * bold > sum(len(line.text) for flow in found for line in flow)
    parts: list[str] = []
    last: Line | None = None
    for flow in found:
        right = max(line.x1 for line in flow)
        leading = _leading(flow)
        opening: Line | None = None  # the first line of the paragraph
        for index, line in enumerate(flow):
            above = flow[index - 1] if index else None
            if above is None:
                goes_on = last is not None and _over_the_page(last, line)
            else:
                goes_on = opening is not None and _goes_on(opening, above, line, right, leading)
            if goes_on and parts:
                parts[-1] = join(parts[-1], line.text)
                opening = opening or line
            else:
                heading = line.size > size * LARGER or (line.is_bold and not mostly_bold)
                far = above is not None and line.top - above.top > APART * leading
                if parts and parts[-1] and (heading or far):
                    parts.append("")
                parts.append(with_bullet(line.text))
                opening = line
            last = line
    return "\n".join(parts)


def _leading(flow: Sequence[Line]) -> float:
    """Return the usual distance of two lines, which is the smallest that is common."""
    steps = [
        round(below.top - above.top)
        for above, below in pairwise(flow)
        if below.top - above.top > above.size / 2
    ]
    if not steps:
        return 0.0
    common = Counter(steps)
    often = max(common.values())
    return float(min(step for step, count in common.items() if 3 * count >= often))


def _goes_on(opening: Line, above: Line, line: Line, right: float, leading: float) -> bool:
    """Tell whether a line is the rest of the one above: its first word found no room there."""
    if starts_item(line.text) or CELLS in line.text or CELLS in above.text:
        return False
    ended = above.text[-1] in ".:;!?"
    if ended and find_headings(line.text):
        return False
    if abs(line.size - above.size) > above.size / 10 or line.is_bold is not above.is_bold:
        return (
            line.text[:1].islower() and above.text[-1] not in ".:;!?" and _fits(above, line, right)
        )
    if line.top - above.top > APART * max(leading, above.size):
        return False
    item = BULLET.match(opening.text) is not None
    if item and line.x0 < opening.x0 - 1:
        return False
    if not item and line.x0 > above.x0 + INDENT and above is not opening:
        return False
    if above.text.endswith(("-", "‐")) and line.text[:1].islower():
        return True
    if line.text[:1].islower() and not ended:
        return True
    return _fits(above, line, right) and len(above.text) >= SHORTEST


def _fits(above: Line, line: Line, right: float) -> bool:
    """Tell whether the line above was full: the next word would have gone over the edge."""
    width = (line.x1 - line.x0) / max(1, len(line.text))
    word = len(line.text.split(" ", 1)[0]) + 1
    return above.x1 + word * width > right - width / 2


def _over_the_page(last: Line, line: Line) -> bool:
    """Tell whether a sentence goes on in the next column or on the next page."""
    return (
        not starts_item(line.text)
        and line.text[:1].islower()
        and last.text[-1] not in ".!?:;"
        and abs(line.size - last.size) < last.size / 10
    )
