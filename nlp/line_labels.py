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

from nlp.asking import OPENS_ASKING
from nlp.heading_names import fold
from nlp.headings import Heading, Line
from nlp.patterns import table
from nlp.types import SectionKind

OF_YEARS: Final = frozenset(
    {
        "experience",
        "experience level",
        "experience required",
        "required experience",
        "work experience",
    }
)
"""Labels of a card whose value may be no more than years, as a board writes them."""
ITEMS: Final = frozenset("•·*-–▪●○")
"""Signs of a list, which such a label opens although it has a value."""
YEARS: Final = re.compile(
    r"(?:(?:at least|min(?:imum)?\.?(?: of)?) )?"
    r"\d{1,2}(?:\.\d)?(?: ?(?:-|–|to) ?\d{1,2}(?:\.\d)?)?\+? ?(?:years?|yrs?)\.?"
    r"(?: of experience)?\.?",
    re.IGNORECASE,
)
LONGEST_SUM: Final = 60
SUM: Final = re.compile(
    r"(?:[A-Z]{3} ?)?[£$€]\d[\d,.]*k?(?: ?(?:-|–|to) ?(?:[A-Z]{3} ?)?[£$€]?\d[\d,.]*k?)?"
    r"(?: ?(?:(?:an?|per|/) ?)?(?:annum|annually|hour|hr|month|week|year|yr))?\.?",
    re.IGNORECASE,
)
"""A sum of money or a range, and what it is paid for."""
NEXT_LABEL: Final = re.compile(
    r"[•*-]?[ ]?(?!(?:additional|annual|benefit|bonus|commission|equity|holiday|incentive|leave|ote"
    r"|overtime|package|paid|pay|pension|perk|plus|pto|salary|stock|vacation|we|what)s?\b)"
    r"[a-z][a-z /&-]{2,38}[ ]?:[ ]",
    re.IGNORECASE,
)
"""The label of another field, which has nothing to do with pay: "Hours: 37.5"."""
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
        paid = heading.kind is SectionKind.PAY and _is_sum(text, heading.end, end)
        if not paid and not _ends(fold(heading.title or ""), value.strip()):
            before = heading
            continue
        stop = len(text) if below is None else below.start
        listed = fold(heading.title or "") in OF_YEARS and text[end:stop].lstrip()[:1] in ITEMS
        if 0 <= end < stop and text[end:stop].strip() and not listed:
            yield Heading(end, end, before.kind, before.title)


def _is_sum(text: str, start: int, end: int) -> bool:
    """Tell whether a label of pay has a sum for its value, and nothing more of pay below it.

    "Compensation: $70,000 - $90,000" says all above a blank line, another label or a sentence that
    asks; a list of benefits would stand right below.
    """
    if end < 0 or text[start - 1] != ":" or end - start > LONGEST_SUM:
        return False
    ends = text.startswith("\n", end + 1) or NEXT_LABEL.match(text, end + 1)
    if not ends and OPENS_ASKING.match(text, end + 1) is None:
        return False
    return SUM.fullmatch(text[start:end].strip()) is not None


def _ends(label: str, value: str) -> bool:
    """Tell whether a label's section ends with its line: "Experience: 3-5 years" says all."""
    if label in OF_YEARS:
        return YEARS.fullmatch(value) is not None
    return label in _kinds() and value != ""


@cache
def _kinds() -> dict[str, SectionKind]:
    return {row["label"]: SectionKind(row["section"]) for row in table("line_labels")}
