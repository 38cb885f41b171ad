"""Values of feeds and tables in the words that people use, so that one set of rules reads both.

`{"min": "120000", "currency": "USD", "interval": "per-year-salary"}` becomes "from 120000 USD per
year", a count of milliseconds a date, "FULL_TIME" "Full time". What says nothing is "".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from html import escape, unescape
from typing import Final, TypeAlias

from nlp.markup import TAG, has_markup

Json: TypeAlias = "str | bool | list[Json] | dict[str, Json] | None"
"""A value of a record; numbers stay as they were written, for "120000.50" is not 120000.5."""

ABSENT: Final = frozenset(
    "- -- -1 -1.0 n/a n.a. na nan <na> nil none null undefined unknown unspecified".split()
) | {"", "not available", "not specified", "unknown / non-applicable"}
"""How exports write that they do not know, in lower case."""
LONGEST_ABSENT: Final = max(map(len, ABSENT))
PERIODS: Final = (
    ("per two weeks", re.compile(r"\bbi ?week(?:ly)?\b|\bfortnight(?:ly)?\b|\b(?:two|2) weeks?\b")),
    (
        "per half month",
        re.compile(r"\bsemi ?month(?:ly)?\b|\b(?:half|twice)(?: an?)? month(?:ly)?\b"),
    ),
    ("per hour", re.compile(r"\b(?:hour|hourly|hr)\b")),
    ("per day", re.compile(r"\b(?:day|daily|diem)\b")),
    ("per week", re.compile(r"\b(?:week|weekly|wk)\b")),
    ("per month", re.compile(r"\b(?:month|monthly|mo)\b")),
    ("per year", re.compile(r"\b(?:year|yearly|yr|annum|annual|annually)\b")),
)
TWO: Final = ("per two weeks", "per half month")
ODD_PERIOD: Final = re.compile(
    r"\b(?:bi|half|semi|twice|two|2|one time)\b|\b(?:bi|semi)(?:week|month|annual)"
)
"""Two months, half a year, once: no period that amounts are compared by."""
YES: Final = frozenset({"1", "1.0", "t", "true", "y", "yes"})
MODES: Final = {
    "hybrid": "Hybrid",
    "inoffice": "On-site",
    "inperson": "On-site",
    "onsite": "On-site",
    "remote": "Remote",
    "telecommute": "Remote",
}
EARLIEST: Final = datetime(1995, 1, 1, tzinfo=UTC).timestamp()
LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
MILLISECONDS: Final = 1000
ISO: Final = re.compile(r"\d{4}-\d\d-\d\d(?![\d-])")
PLAIN_NUMBER: Final = re.compile(r"\d{1,12}(?:[.,]\d{3}){0,4}(?:\.\d{1,6})?")
CURRENCY: Final = re.compile(r"[A-Za-z]{3}")
HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def at(record: Json, path: str) -> Json:
    """Return what a record holds at a dotted path; None where there is nothing."""
    for key in path.split("."):
        record = record.get(key) if isinstance(record, dict) else None
    return record


def said(value: Json) -> str:
    """Return a value as text, a list's with commas; "" for what is absent or no plain value."""
    if isinstance(value, list):
        return ", ".join(filter(None, (said(item) for item in value if isinstance(item, str))))
    if not isinstance(value, str):
        return ""
    text = value.strip()
    if len(text) <= LONGEST_ABSENT and text.casefold() in ABSENT:
        return ""
    return whole(text)


def whole(text: str) -> str:
    r"""Return the text without halves of code points, which JSON can write ("\ud83d")."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def first(*values: Json) -> str:
    """Return the first value that says something."""
    return next(filter(None, map(said, values)), "")


def is_yes(value: Json) -> bool:
    """Tell whether a flag is set; "false", 0 and an absent flag are the same."""
    return value is True or (isinstance(value, str) and value.strip().casefold() in YES)


def place(*parts: Json) -> str:
    """Return the parts of a place, small to large: "Austin, TX, US"; a repeated part once."""
    known = (said(part) for part in parts)
    return ", ".join(dict.fromkeys(part for part in known if part))


def country_code(value: Json) -> str:
    """Return a country's code in capitals; a country's name as it is."""
    text = said(value)
    return text.upper() if len(text) == len("us") else text


def work_mode(value: Json) -> str:
    """Return "Remote", "Hybrid" or "On-site" for a code; other words as they came."""
    text = said(value)
    return MODES.get(re.sub(r"[\W_]", "", text).casefold(), text)


def spelled(value: Json) -> str:
    """Return a code as words: "FULL_TIME", "FullTime" and "fulltime" are "Full time"."""
    text = said(value)
    if " " in text or "-" in text:
        return text
    words = HUMP.sub(" ", text.replace("_", " ")).casefold()
    words = re.sub(r"\b(full|part)time\b", r"\1 time", words)
    changed = words != text.casefold() or text.isupper()
    return words.capitalize() if changed else text


def day(value: Json) -> str:
    """Return the ISO date of a date with a time, or of seconds or milliseconds since 1970 (UTC).

    Anything else, such as "5 May 2026" or "31 February", is returned as it came.
    """
    text = said(value)
    if ISO.match(text):
        return text[: len("2026-03-01")]
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    for unit in (MILLISECONDS, 1):
        if EARLIEST * unit <= number <= LATEST * unit:
            return datetime.fromtimestamp(float(number / unit), UTC).date().isoformat()
    return text


def pay(low: Json, high: Json, currency: Json = None, period: Json = None) -> str:
    """Return pay as a range or a bound: "120000 - 150000 USD per year", "up to 50 EUR per hour".

    0 is no pay but a form left empty. An odd period ("bimonthly") gives "": read without it, the
    amount would be taken for another period's.
    """
    least, most = _amount(low), _amount(high)
    per = per_period(period)
    if per is None or not (least or most):
        return ""
    if least and most:
        amount = least if least == most else f"{least} - {most}"
    else:
        amount = f"from {least}" if least else f"up to {most}"
    return " ".join(filter(None, [amount, said(currency).upper(), per]))


def per_period(value: Json) -> str | None:
    """Return "per year" for "YEARLY", "1 YEAR", "per-year-salary"; "" if none is named.

    None is a period that amounts cannot be compared by.
    """
    text = said(value).casefold().replace("_", " ").replace("-", " ")
    period = next((words for words, pattern in PERIODS if pattern.search(text)), "")
    return None if period not in TWO and ODD_PERIOD.search(text) else period


def is_amount(text: str) -> bool:
    """Tell whether a text is a number and nothing else."""
    return PLAIN_NUMBER.fullmatch(text) is not None


def _amount(value: Json) -> str:
    text = said(value)
    if not is_amount(text):
        return text if any(map(str.isdigit, text)) and not text.startswith("-") else ""
    whole_part, dot, cents = text.partition(".")
    if dot and not cents.strip("0"):
        text = whole_part
    return text if text.strip("0.,") else ""


def unescaped(html: str) -> str:
    """Return HTML whose signs were escaped, once or twice, as HTML."""
    for _ in range(2):
        if TAG.search(html) or ("&lt;" not in html and "&amp;" not in html):
            break
        html = unescape(html)
    return html


def body(parts: Iterable[tuple[str, Json]]) -> str:
    """Join the parts of a posting, each with its heading ("" for none), text or HTML as it is.

    Where one part has markup, the lines of a plain part are kept by `<br>`.
    """
    known = [(heading, text) for heading, value in parts if (text := said(value))]
    if not any(has_markup(text) for _, text in known):
        return "\n\n".join(f"{heading}\n{text}" if heading else text for heading, text in known)
    return "\n".join(
        (f"<h3>{escape(heading, quote=False)}</h3>\n" if heading else "") + _as_html(text)
        for heading, text in known
    )


def _as_html(text: str) -> str:
    if has_markup(text):
        return text
    return f"<p>{escape(text, quote=False).replace(chr(10), '<br>')}</p>"
