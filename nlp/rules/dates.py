"""Dates: when a posting was published, until when it stands, when applicants graduate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from nlp.anchors import Anchored
from nlp.document import Document
from nlp.folding import uncased
from nlp.types import SectionKind, Stated

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
DATE: Final = Anchored(
    rf"(?P<m1>{_MONTH}) (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>\d{{4}})\b"
    rf"|(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{_MONTH}),? (?P<y2>\d{{4}})\b"
    r"|(?<!\d)(?P<y3>\d{4})-(?P<m3>\d{1,2})-(?P<d3>\d{1,2})(?![\d-])"
    r"|(?<![\d/.])(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<y4>20\d{2})(?![\d/])"
    r"|(?<![\d/.])(?P<d5>\d{1,2})\.(?P<m5>\d{1,2})\.(?P<y5>20\d{2})(?!\d)",
    re.IGNORECASE,
)
WINDOW: Final = Anchored(
    rf"\bgraduat(?:e|ed|es|ing|ion)\b[^.\n]{{0,40}}?\b(?:between|from)\s+"
    rf"(?P<m1>{_MONTH}),? (?P<y1>\d{{4}})\s+(?:and|to|through|until|-|–)\s+"
    rf"(?P<m2>{_MONTH}),? (?P<y2>\d{{4}})\b",
    re.IGNORECASE,
)
LONGEST_LINE: Final = 80
LONGEST_LABEL: Final = 40
CLOSES: Final = re.compile(
    r"(?:apply by|clos(?:es|ing)(?: date)?|deadline|valid (?:through|until)|expires?(?: on)?"
    r"|applications? (?:close|due))(?:[^\n.]|(?<=\d)\.(?=\d)){0,40}$"
    r"|\b(?:applications?|apply|cvs?|cover letters?|r[eé]sum[eé]s?)\b(?:[^\n.]|\.(?=\w)){0,50}"
    r"\b(?:before|by|(?:no|not) later than|until)(?: (?:the end of )?[a-z]{3,9}day,?)? (?:the )?$",
    re.IGNORECASE,
)
DAY_FIRST: Final = ("£", "€")
"""Money of where 02/09/2024 is the second of September; elsewhere nobody can tell."""
MONTHS_OF_YEAR: Final = 12
POSTED: Final = re.compile(r"(?:posted|published|date listed|listed)[^\n.]{0,15}$", re.IGNORECASE)


def find_dates(document: Document) -> tuple[Stated[date] | None, Stated[date] | None]:
    """Return the day of publication and the last day.

    A date says when the posting was published where "Posted" stands before it, or alone on a
    line of the header or of the board's card. A day that no calendar has is no date.
    """
    posted: Stated[date] | None = None
    closes: Stated[date] | None = None
    day_first = _is_day_first(document.text)
    for start, end, day in _dates(document.text, day_first=day_first):
        section = document.section(start)
        if section is SectionKind.RELATED:
            continue
        line_start, _ = document.line(start)
        before = document.text[max(line_start, start - 60) : start]
        label = _label_above(document.text, line_start) if not before.strip() else ""
        before = label or before
        if CLOSES.search(before):  # below "How to apply", too
            closes = closes or Stated(day, (document.evidence(start, end, "date:closes"),))
        elif section is SectionKind.BOILERPLATE:
            continue
        elif POSTED.search(before):
            posted = posted or Stated(day, (document.evidence(start, end, "date:posted"),))
        elif (
            not label
            and _alone(document, start, end)
            and section
            in (
                SectionKind.HEADER,
                SectionKind.FURNITURE,
            )
        ):
            posted = posted or Stated(day, (document.evidence(start, end, "date:line"),))
    return posted, closes


def find_graduation_window(document: Document) -> Stated[tuple[str, str]] | None:
    """Return the months between which applicants must graduate, as ("2023-12", "2024-09")."""
    for match in WINDOW.finditer(document.text):
        if document.asks(match.start()):
            months = (
                _month(match["m1"], match["y1"]),
                _month(match["m2"], match["y2"]),
            )
            evidence = document.evidence(match.start(), match.end(), "date:graduation")
            return Stated(months, (evidence,))
    return None


def read_date(text: str) -> date | None:
    """Return the first date in `text`, or None."""
    return next((day for _, _, day in _dates(text)), None)


def _is_day_first(text: str) -> bool | None:
    """Tell how the text writes days in figures: by one that can be read one way, or its money."""
    for match in DATE.finditer(text):
        if match["y4"] and max(int(match["first"]), int(match["second"])) > MONTHS_OF_YEAR:
            return int(match["first"]) > MONTHS_OF_YEAR
    return True if any(sign in text for sign in DAY_FIRST) else None


def _dates(text: str, *, day_first: bool | None = None) -> Iterator[tuple[int, int, date]]:
    """Yield the dates of a text; `day_first` tells how to read what can be read in two ways."""
    for match in DATE.finditer(text):
        year = match["y1"] or match["y2"] or match["y3"] or match["y4"] or match["y5"]
        month = match["m1"] or match["m2"] or match["m3"] or match["m5"]
        day = match["d1"] or match["d2"] or match["d3"] or match["d5"]
        if match["y4"]:
            day, month = match["first"], match["second"]
            if day_first is None and max(int(day), int(month)) <= MONTHS_OF_YEAR and day != month:
                continue
            if int(month) > MONTHS_OF_YEAR or (int(day) <= MONTHS_OF_YEAR and day_first is False):
                day, month = month, day  # 06/28/2024
        number = int(month) if month.isdigit() else MONTHS[uncased(month).rstrip(".")]
        try:
            yield match.start(), match.end(), date(int(year), number, int(day))
        except ValueError:  # 31 February
            continue


def _label_above(text: str, start: int) -> str:
    """Return the line above one that begins at `start`, if it is a label: "Closing Date:"."""
    above = text[max(0, start - LONGEST_LABEL) : start].rstrip("\n")
    above = above[above.rfind("\n") + 1 :].rstrip()
    return above if above.endswith(":") else ""


def _alone(document: Document, start: int, end: int) -> bool:
    low, high = document.line(start)
    if high - low > LONGEST_LINE:
        return False
    return document.text[low:high].strip() == document.text[start:end]


def _month(name: str, year: str) -> str:
    return f"{int(year):04}-{MONTHS[uncased(name).rstrip('.')]:02}"
