"""Years: the counts of years and months that a text states, and how many they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

from nlp.anchors import Literals
from nlp.numbers import NUMBER, to_decimal

UNITS: Final = Literals(("year", "yr", "month", "decade", "pqe"))
WIDEST: Final = 48
"""How far before its unit, in code points, a count begins: "between three (3) and five (5)"."""
LONGEST_UNIT: Final = len("decades(s)'s and upwards of")
SPENT_ON: Final = "(?:leading|managing|running|supervising|teaching|working)"
"""What years may be spent on whose word is left out: "seven years, including three *leading*"."""
YEARS: Final = re.compile(
    rf"(?<![\d.,$€£/-])(?<!option )(?<!route )(?<!path )(?<!pathway )\b(?P<between>between[ ])?"
    rf"(?P<low>{NUMBER}|an?(?=[ ](?:year|decade)\b)|(?:an?[ ])?couple(?:[ ]of)?(?=[ ](?:year|yr)s))"
    rf"(?:[ ]?\((?P<figure>{NUMBER})[ ]?\+?\))?\)?[ ]?"
    r"(?:(?P<small>months?(?=[ ]?(?:-|–|—|to\b|or\b)))|(?:years?|yrs?)(?=[ ](?:-|–|—|to\b)[ ]\w))?"
    r"(?P<plus>\+|-?plus\b|(?:or|and) (?:more|greater|above)\b)?"
    rf"(?:[ ]{{0,2}}(?:-|–|—|to\b|(?(between)and\b|or\b))[ ]{{0,2}}(?:max\.?[ ])?(?P<high>{NUMBER})"
    r"(?:[ ]?\(\d{1,2}[ ]?\+?\))?[ ]?(?P<open>\+|plus\b)?)?"
    rf"(?:[ ]of[ ](?:the|these|those)[ ]{NUMBER}(?:[ ]?\(\d{{1,2}}\))?)?"
    r"[ ]{0,2}-?(?:(?:additional|complete|full|further|solid)[ ])?"
    r"(?P<unit>(?:year|yr|month|decade)(?:s\b|\(s\)|\b)\.?|PQE\b)(?:['’]s?(?=\s))?"
    r"(?:[ ](?:(?:and|or)[ ](?:above|more|over|upwards?)\b(?![ ](?:an?|the|that)\b)|\+(?!\w)))?",
    re.IGNORECASE,
)
ALSO: Final = re.compile(
    rf"[^.;:\n\d]{{1,60}}(?:,|;|\band\b|&) ?(?:at least )?(?=[\defnost])"
    rf"(?={NUMBER}\+ (?:in|with|of|working)\b)"
    r"|[^.;:\n\d]{0,60}?(?:,|\()[ ]?(?:with |including )?(?:at least |no (?:fewer|less) than )?"
    rf"(?={NUMBER}(?:[ ]?\(\d{{1,2}}\))?[ ]of (?:which|them|those)\b)"
    r"|[^.;:\n\d]{0,60}?\b(?:including|with|of (?:which|them|those))[ ]"
    r"(?:at least |a minimum of |no (?:fewer|less) than |ideally |preferably )?"
    rf"(?={NUMBER}(?:[ ]?\(\d{{1,2}}\))?\+?[ ](?:in|as|at)\b)"
    rf"|[^.;:\n\d]{{0,60}}?\bof (?:which|them)[ ](?:at least )?(?={NUMBER}[ ]with\b)"
    rf"|[^.;:\n\d]{{0,60}}?\bincluding[ ](?:at least )?(?={NUMBER}\+?[ ]{SPENT_ON}\b)",
    re.IGNORECASE,
)
WITHOUT_UNIT: Final = re.compile(
    rf"(?P<low>{NUMBER})(?:[ ]?\((?P<figure>\d{{1,2}})\))?(?P<small>)(?P<high>)(?P<open>)(?P<unit>)"
    rf"(?:\+|(?=[ ](?:of|in|as|at|with|{SPENT_ON})\b))",
    re.IGNORECASE,
)
"""A count behind another: "5+ years of Python and 3+ in SQL", "..., two of which in sales"."""
UNCOUNTED: Final = re.compile(r"\b(?:many|multiple|several|some|a few)[ ]$", re.IGNORECASE)
"""Before years that nobody counts, but for a part of them: "*several* years, three of them in"."""
LONGEST_UNCOUNTED: Final = 10
AT_MOST: Final = re.compile(
    r"\b(?:up to|(?:(?<!no )(?<!not )(?:less|fewer)|no more|not more) than|under"
    r"|max(?:imum)?\.?(?: of)?|at most)\s*$",
    re.IGNORECASE,
)
AT_LEAST: Final = re.compile(
    r"(?:≥|>=?)\s*$|\b(?:at least|(?:more|greater|no fewer|no less|not less) than|over"
    r"|min(?:imum)?\.?(?: of)?)\s*$",
    re.IGNORECASE,
)


def find_years(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Yield the counts of years and months that begin in `text[start:end]`, in order."""
    stop = len(text) if end is None else end
    done = start
    units = _units(text)
    for unit in units[bisect_left(units, start) : bisect_left(units, stop)]:
        match = YEARS.search(text, max(done, unit - WIDEST), min(stop, unit + LONGEST_UNIT))
        if match is not None and match.start("unit") == unit:
            yield match
            done = match.end()
        elif UNCOUNTED.search(text, max(done, unit - LONGEST_UNCOUNTED), unit):
            done = unit + len("years")
        else:
            continue
        also = ALSO.match(text, done, stop)
        count = also and WITHOUT_UNIT.match(text, also.end())
        if count:
            yield count
            done = count.end()


@lru_cache(maxsize=4)
def _units(text: str) -> tuple[int, ...]:
    """Return where units of time stand: a text is asked for them at every choice of degrees."""
    return tuple(UNITS.positions(text))


def read_years(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and the most years that a match of `YEARS` states."""
    low = (match["figure"] or match["low"]).lower()
    single = Decimal(1) if low in ("a", "an") else None
    least = single or (Decimal(2) if "couple" in low else to_decimal(low))
    most = to_decimal(match["high"]) if match["high"] and not match["open"] else None
    unit = match["unit"].lower()
    if unit.startswith("month"):
        least = round(least / 12, 2)
        most = round(most / 12, 2) if most is not None else None
    elif unit.startswith("decade"):
        least, most = least * 10, most and most * 10
    elif match["small"]:  # "six months to two years"
        least = round(least / 12, 2)
    if AT_MOST.search(match.string, max(0, match.start() - 20), match.start()):
        return None, most or least
    return least, most
