"""Line labels: fields of a form whose value ends with its line, "Open to: graduates in law".

A board's form states them between the place and the term, in any order; the header goes on behind
them, as any other section does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from nlp.heading_names import fold
from nlp.headings import Heading, Line
from nlp.patterns import table
from nlp.types import SectionKind

ENDED: Final = ": "
"""What every label holds: most lines hold none, and need no closer look."""
SAID: Final = re.compile(r"(?P<label>[A-Z][^:\n]{2,39}?)[ ]?:[ ]{1,4}(?=\S)")


def find_line_labels(lines: Sequence[Line]) -> Iterator[Heading]:
    """Yield the labels that `patterns/line_labels.tsv` knows and that a value follows."""
    for line in lines:
        label = SAID.match(line.text) if ENDED in line.text else None
        kind = _kinds().get(fold(label["label"])) if label else None
        if label and kind:
            start = line.start
            yield Heading(start, start + label.end(), kind, label["label"])


def with_ended(text: str, headings: Sequence[Heading]) -> Iterator[Heading]:
    """Yield the headings, and at the end of such a label's line what stood before it."""
    before = Heading(0, 0, SectionKind.HEADER, None)
    for heading, below in pairwise([*headings, None]):
        if heading is None:
            return
        yield heading
        end = text.find("\n", heading.end)
        value = text[heading.end : end if end >= 0 else len(text)]
        if fold(heading.title or "") not in _kinds() or not value.strip():
            before = heading
            continue
        stop = len(text) if below is None else below.start
        if 0 <= end < stop and text[end:stop].strip():
            yield Heading(end, end, before.kind, before.title)


@cache
def _kinds() -> dict[str, SectionKind]:
    return {row["label"]: SectionKind(row["section"]) for row in table("line_labels")}
