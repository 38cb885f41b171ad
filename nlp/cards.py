"""Cards: the labels and values that a job board sets above a posting, often on one line.

"Job type: Full-time Industry: Banking Company size: 51-200 people Technologies java sql Job
description ...". Each label opens a field that goes on to the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from nlp.anchors import Literals
from nlp.patterns import table
from nlp.types import SectionKind

FEWEST: Final = 3
"""Labels that make a card; fewer may be headings of the posting's own."""
LONGEST_FIELD: Final = 300
"""How far, in code points, the next label of the same card may stand."""
FARTHEST: Final = 4000
"""How far from the beginning of a text, in code points, a card is looked for."""
TAGS: Final = frozenset({"tags", "technologies", "tech stack"})
INDUSTRY: Final = frozenset({"industry", "industries"})


class Field(NamedTuple):
    """A field of a card: its label, where label and value begin, and its kind of section."""

    label: str
    start: int
    value: int
    kind: SectionKind


def find_fields(text: str) -> list[Field]:
    """Return the fields of the card, in order; none where too few labels make no card."""
    fields: list[Field] = []
    for field in _labels(text):
        if fields and field.start - fields[-1].value > LONGEST_FIELD:
            if len(fields) >= FEWEST:
                break
            fields = []
        fields.append(field)
        if field.kind is SectionKind.BODY and len(fields) >= FEWEST:
            break
    return fields if len({field.label for field in fields}) >= FEWEST else []


def _labels(text: str) -> Iterator[Field]:
    begin, stop = 0, min(len(text), FARTHEST)
    for at in _names().positions(text):
        if begin <= at < stop and text[at].isupper():  # most are words of a sentence
            match = _pattern().match(text, at, stop)
            if match is not None:
                label = match["label"].lower()
                yield Field(label, at, match.end(), _kinds()[label])
                begin = match.end()


@cache
def _kinds() -> dict[str, SectionKind]:
    return {row["label"].lower(): SectionKind(row["section"]) for row in table("card_labels")}


@cache
def _names() -> Literals:
    return Literals(_kinds())


@cache
def _pattern() -> re.Pattern[str]:
    """Find a label as the table writes it, before a colon or its line's end; some need neither."""
    rows = sorted(table("card_labels"), key=lambda row: -len(row["label"]))
    labels = "|".join(re.escape(row["label"]) for row in rows)
    bare = "|".join(re.escape(row["label"]) for row in rows if row["bare"] == "yes")
    return re.compile(
        rf"(?<![\w-])(?P<label>(?:{labels})(?=[ ]?:|\n)|(?:{bare})(?=[ ]))(?:[ ]?:)?[ \n]{{0,2}}"
    )
