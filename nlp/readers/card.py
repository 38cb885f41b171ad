"""The card: what a source's fields state of a posting, as lines above its text.

The title is the first line; each other field follows behind its label. So every hint is a span of
the stored text, and the words that prove it can be shown as any others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from nlp.readers.raw import RawField
from nlp.repair import IsName, repair
from nlp.types import FieldKind, Hint

LABELS: Final = {
    FieldKind.TITLE: "Title",
    FieldKind.EMPLOYER: "Company",
    FieldKind.PLACE: "Location",
    FieldKind.WORK_MODE: "Work mode",
    FieldKind.APPLICANT_PLACE: "Applicants from",
    FieldKind.EMPLOYMENT_TYPE: "Employment type",
    FieldKind.LEVEL: "Level",
    FieldKind.INDUSTRY: "Industry",
    FieldKind.DEPARTMENT: "Department",
    FieldKind.PAY: "Salary",
    FieldKind.PAY_ESTIMATE: "Salary estimate",
    FieldKind.DATE_POSTED: "Posted",
    FieldKind.VALID_THROUGH: "Valid through",
    FieldKind.REFERENCE: "Reference",
    FieldKind.URL: "Link",
}
"""What stands before each field, in the order of the card's lines."""
LONGEST: Final = 500
"""Characters of a field at the most; what is longer is prose, and goes below the text."""
LINES: Final = re.compile(
    rf"(?!\n)(?:.{{1,{LONGEST}}}\n)?(?:(?:{'|'.join(LABELS.values())}): .{{1,{LONGEST}}}\n)+\n"
)
"""A card as it stands in a stored text, unless it is a title alone."""


@dataclass(frozen=True, slots=True)
class Card:
    """The lines, with the blank one at their end; their hints; and the prose that was no field."""

    text: str = ""
    hints: tuple[Hint, ...] = ()
    prose: tuple[RawField, ...] = ()


def make_card(fields: Iterable[RawField], is_name: IsName) -> Card:
    """Return the card of a posting's fields, each repaired; an empty one for none."""
    order = list(LABELS)
    lines: list[str] = []
    hints: list[Hint] = []
    prose: list[RawField] = []
    length = 0
    stated = dict.fromkeys(
        RawField(kind, words) for kind, value in fields if (words := in_line(value, is_name))
    )
    for field in sorted(stated, key=lambda field: order.index(field.kind)):
        if len(field.value) > LONGEST:
            prose.append(field)
            continue
        label = "" if field.kind is FieldKind.TITLE and not lines else f"{LABELS[field.kind]}: "
        start = length + len(label)
        hints.append(Hint(field.kind, start, start + len(field.value)))
        lines.append(f"{label}{field.value}\n")
        length += len(lines[-1])
    return Card("".join([*lines, "\n"]) if lines else "", tuple(hints), tuple(prose))


def card_end(text: str) -> int:
    """Return where the card ends that a stored text begins with, 0 where no field is seen."""
    found = LINES.match(text)
    return found.end() if found else 0


def in_line(value: str, is_name: IsName) -> str:
    """Return a field's words, repaired, on one line."""
    return " ".join(repair(value, is_name, one_line=True)[0].split())
