"""Periods: "2025", "2025-03", "2025-03-15", and two of them with ".." between."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

_POINT: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
EARLIEST: Final = "0001-01-01"
LATEST: Final = "9999-12-31"


def bounds(period: str) -> tuple[str, str]:
    """Return the first and the last day of a period, both within it, as ISO 8601 dates.

    Raises `ValueError` where there is none to be read.

    >>> bounds("2024-02"), bounds("2025..2025-06"), bounds("..2024")
    (('2024-02-01', '2024-02-29'), ('2025-01-01', '2025-06-30'), ('0001-01-01', '2024-12-31'))
    """
    start, dots, end = (part.strip() for part in period.partition(".."))
    if not dots:
        end = start
    first = _day(start, period, last=False) if start or not dots else EARLIEST
    last = _day(end, period, last=True) if end or not dots else LATEST
    if first > last:
        raise ValueError(f"the period {period!r} ends before it begins; give the earlier end first")
    return first, last


def _day(point: str, period: str, *, last: bool) -> str:
    found = _POINT.fullmatch(point)
    if found:
        year, month, day = (None if part is None else int(part) for part in found.groups())
        month = (12 if last else 1) if month is None else month
        if year and 1 <= month <= 12:
            ends = monthrange(year, month)[1]
            day = (ends if last else 1) if day is None else day
            if 1 <= day <= ends:
                return date(year, month, day).isoformat()
    raise ValueError(
        f"{period!r} is no period; write 2025, 2025-03, 2025-03-15, or two of them with .. "
        "between, such as 2025-01..2025-06"
    )
