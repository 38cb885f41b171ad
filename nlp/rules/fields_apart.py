"""Fields that stand apart from their degree: behind a label, or before its levels are told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document, Span
from nlp.matcher import Hit
from nlp.rules.degree_choices import Level
from nlp.rules.degree_fields import fields_of
from nlp.rules.fields import FieldLists, Fields
from nlp.types import Requirement, RequirementKind

LABEL: Final = Anchored(
    r"(?<![\w-])(?:areas?|courses?|disciplines?|fields?|subjects?) of study\s?[:–—-]\s{0,3}"
    r"|(?:(?<=\n)|(?<=[.•·*-] ))majors?\s?:\s{0,3}",
    re.IGNORECASE,
)
"""What a form calls the fields of the degree above: "Field of study: *Chemistry*"."""
NEAR: Final = 240
"""How far before such a label, in code points, its degree ends at the most."""


def general_fields(
    document: Document, fields: FieldLists, named: Sequence[Hit], kept: Sequence[Hit], end: int
) -> tuple[Fields, Span] | None:
    """Return the fields behind a name for several levels each of which is told by itself.

    "Advanced degree in *biology, chemistry* (master's required, PhD preferred)". `named` are the
    names of a sentence, `kept` those that are read as levels. None where there is no such name.
    """
    starts = {hit.start for hit in kept}
    for hit, following in zip(named, [*named[1:], None], strict=True):
        if hit.start not in starts and following is not None:
            listed = fields_of(document, fields, hit, min(following.start, end))
            if listed.terms:
                return listed, (hit.start, listed.stop)
    return None


def with_general(levels: Sequence[Level], general: Fields) -> list[Level]:
    """Return the levels, those that name no fields with the general ones."""
    return [
        level if level.fields.terms else replace(level, fields=replace(general, stop=level.stop))
        for level in levels
    ]


def labelled_fields(
    document: Document, fields: FieldLists, requirements: Sequence[Requirement]
) -> tuple[list[Requirement], list[Span]]:
    """Return the degrees with the fields that a label below them lists, and where these stand."""
    found = list(requirements)
    spans: list[Span] = []
    for label in LABEL.finditer(document.text):
        _, end = document.line(label.start())
        listed = fields.after(label.end(), end)
        above = [
            index
            for index, one in enumerate(found)
            if one.kind is RequirementKind.DEGREE
            and 0 <= label.start() - one.evidence.end <= NEAR
            and not one.fields
        ]
        if not listed.terms or not above:
            continue
        last = found[above[-1]]
        choice = last.alternative
        for index in above:
            if found[index] is last or (choice and found[index].alternative == choice):
                found[index] = found[index]._replace(
                    fields=listed.terms, related_field=listed.related
                )
        spans.append((label.start(), listed.stop))
    return found, spans
