"""Years of work from the dates of a résumé: "Jan 2019 - present", "2016-2018"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from nlp.folding import uncased

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NAMES: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_POINT: Final = (
    r"(?:(?P<{0}name>" + _NAMES + r")\.?,? {{0,2}})?(?:(?P<{0}number>\d{{1,2}})[/.])?"
    r"(?P<{0}year>(?:19|20)\d\d)(?:-(?P<{0}iso>\d\d)(?:-\d\d)?)?"
)
RANGE: Final = re.compile(
    rf"\b{_POINT.format('from_')} {{0,3}}(?:-|\u2013|\u2014|to|until) {{0,3}}"
    rf"(?:(?P<now>present|now|today|current|ongoing)|{_POINT.format('to_')})\b",
    re.IGNORECASE,
)
NO_WORK: Final = re.compile(
    r"^[ \t#*_]{0,4}(?:academic|education\w*|school|university|publications?|certificat\w+|awards?"
    r"|honou?rs|projects|volunteer\w*|courses?|training|interests|hobbies|references)\b[^\n]{0,30}$",
    re.IGNORECASE | re.MULTILINE,
)
WORK: Final = re.compile(
    r"^[ \t#*_]{0,4}(?:(?:work|professional|relevant|employment|career)\b[^\n]{0,25}"
    r"|experience|employment)[ \t:]{0,3}$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of work: its first and its last month, counted from year 0, and its words."""

    first: int
    last: int
    start: int
    end: int


def find_spells(text: str, today: date) -> list[Spell]:
    """Return the stretches of work in a résumé's text, in its order.

    A year without a month is its January, at either end: "2016-2018" are two years. Dates below a
    heading of schooling, projects and the like are no work.
    """
    marks = sorted(
        [(one.start(), True) for one in WORK.finditer(text)]
        + [(one.start(), False) for one in NO_WORK.finditer(text)]
    )
    found = []
    for one in RANGE.finditer(text):
        before = [work for start, work in marks if start < one.start()]
        if before and not before[-1]:
            continue
        first, now = _month(one, "from_"), today.year * 12 + today.month
        last = now if one["now"] else _month(one, "to_")
        if first is not None and last is not None and first <= last <= now:
            found.append(Spell(first, last, one.start(), one.end()))
    return found


def years_of_work(spells: list[Spell]) -> float | None:
    """Return the years that the stretches cover, each month once; None where there is none."""
    if not spells:
        return None
    months = {month for one in spells for month in range(one.first, max(one.last, one.first + 1))}
    return round(len(months) / 12, 1)


def _month(found: re.Match[str], which: str) -> int | None:
    """Return the month of one end, January where none is said; None for a month that is none."""
    name, number, iso = found[which + "name"], found[which + "number"], found[which + "iso"]
    month = 1
    if name:
        month = MONTHS[uncased(name)]
    elif number or iso:
        month = int(number or iso)
    return int(found[which + "year"]) * 12 + month if 1 <= month <= 12 else None
