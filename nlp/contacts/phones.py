"""Phone numbers: those that their form or a cue tells, and those that a country's plan allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.contacts.hints import Group, Hints

Span = tuple[int, int]

SHAPE: Final = bytes(
    48 if 48 <= code <= 57 else 45 if chr(code) in " ().-/?\xa0\xad" else 120 for code in range(256)
)
"""Digits as "0", what may part them as "-", all else as "x"; a dash of Unicode's comes as "?"."""
CANDIDATE: Final = re.compile(rb"0(?:-{0,4}0){6,40}")
FEWEST: Final = 7
MOST: Final = 15
"""Digits of a number with its country's (ITU-T E.164)."""
BEFORE: Final = re.compile(r"(?:(?<![\w+])\+|(?<!\w)00(?=\d))?\(?\+?\Z")
EXTENSION: Final = re.compile(
    r"[ ,;]{0,3}(?:x|ext|extn|extension|durchwahl)\.?[ ]?[:#]?[ ]?\d{1,6}(?!\w)", re.IGNORECASE
)
AMERICAN: Final = re.compile(
    r"(?:\+?1[-.  ‐‑–/]?[ ]?)?(?:\(\d{3}\)[ ]?[-./‐‑–]?[ ]?\d{3}(?:[-.‐‑–]|[ ]-[ ]|[ ])\d{4}"
    r"|\d{3}(?P<sign>[-.‐‑–]|[ ]-[ ])\d{3}(?P=sign)\d{4}|\d{3}/\d{3}[-.]\d{4})"
)
PARTS: Final = re.compile(r"\(?\d(?:[-. ()]{0,2}\d){6,14}(?!\d)")
"""Numbers of a row, with a stroke or wide blanks between them."""
SHORT: Final = re.compile(r"\d{3}[-.]\d{4}")
"""A number without its area, taken with an extension or a cue."""
NUMBERS: Final = re.compile(r"\d+")
DATE: Final = re.compile(
    r"(?:19|20)\d\d[-./ ]{1,3}\d{1,2}[-./ ]{1,3}\d{1,2}(?:[ ]\d{1,2})?"
    r"|\d{1,2}[-./ ]{1,3}\d{1,2}[-./ ]{1,3}(?:19|20)\d\d"
    r"|(?:\d{1,3}\.){3}\d{1,3}|\d{5}-\d{4}|\d{3}-\d{2}-\d{4}|\d{2}-\d{7}"
)
"""Dates, addresses on the internet, ZIP codes, numbers of the revenue's."""
CUE: Final = re.compile(
    r"(?:(?<![a-z])(?:call(?:ing)?|(?:tele)?phone|tel|telefon|mobile|cell|fax|whats ?app|dial|ring"
    r"|sms|hotline"
    r"|helpline|toll[- ]free|tty|tdd|contact (?:number|no)|contact details"
    r"|ph)(?![a-z])[^\n\d]{0,24}"
    r"|(?<![a-z])(?:office|main|direct|desk|contact|text|reach|cell|[tmpcfo])[ ]?(?:line|number"
    r"|no)?[.]?"
    r"(?:[ ]?:|[ ](?:us|me|him|her|them)(?: (?:at|on))?|[ ](?:at|on)|[ ]\w{2,15} (?:at"
    r"|on))[ ]?)[ \n]{0,3}\+?\(?\Z",
    re.IGNORECASE,
)
"""What announces a number; the weaker words only with a colon or "at"."""
NOT_A_PHONE: Final = re.compile(
    r"(?:(?<![a-z])(?:req(?:uisition)?|job|ref(?:erence)?|posting|vacancy|position|tracking|id|ids"
    r"|code|no|nr"
    r"|number|cage|duns|naics|licen[cs]e|serial|isbn|issn|doi|order|account|case|version|rev"
    r"|patent|iso"
    r"|iec|ieee|nist|sp|rfc|en|din|cfr|part|model|section|ein|tax|soc|zip)[ ]?(?:id|no|number"
    r"|code)?|#|§|\$|€|£|₹)[ .:#\n-]{0,3}\(?\Z",
    re.IGNORECASE,
)
"""What says that a number is something else."""
ALSO: Final = re.compile(r"[^\n\d.!?;]{0,40}[ (/,]\(?\Z")
"""What stands between the first of several numbers and the next."""
DOMESTIC: Final = ("GB", "FR", "AU", "IE", "IN")
"""Countries whose numbers begin with a zero at home and are known by the country's plan."""
VANITY: Final = re.compile(
    r"(?<![\w.-])(?:1[-. ])?\(?8(?:00|33|44|55|66|77|88)\)?[-. ](?=[A-Z\d-]{7,10}(?![\w-]))"
    r"(?=[\d-]{0,6}[A-Z]{3})[A-Z\d-]{7,10}"
)
TOLL_FREE: Final = Group("phone:free", ("800", "833", "844", "855", "866", "877", "888"))
GROUPS: Final = (TOLL_FREE,)
REACH: Final = 48
"""Code points before a number in which a cue for it may stand."""


def find_phones(text: str, hints: Hints) -> list[Span]:
    """Return the spans of phone numbers, with their extensions, in order."""
    shape = hints.signs.translate(SHAPE)
    found: list[Span] = []
    for match in CANDIDATE.finditer(shape):
        for start, end in _parts(text, *match.span()):
            last = found[-1][1] if found else -1
            span = _number(text, start, end, last)
            if span is not None and span[0] >= last:
                found.append(span)
    for at, _ in hints.of(TOLL_FREE):
        found.extend(match.span() for match in VANITY.finditer(text, max(0, at - 3), at + 16))
    return sorted(found)


def _most(*, abroad: bool) -> int:
    """Return how many digits a number may have: behind a plus also one with a slip in it."""
    return MOST + 3 * abroad


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the number that `start` begins; two American numbers in a row are two."""
    while american := AMERICAN.match(text, start, end):
        if american.end() == end:
            break
        yield american.span()
        following = NUMBERS.search(text, american.end(), end)
        if following is None:
            return
        start = following.start() - (text[following.start() - 1] == "(")
    if end - start < FEWEST:
        return
    if sum(map(str.isdigit, text[start:end])) <= _most(abroad=text[start - 1 : start] == "+"):
        yield start, end
        return
    for part in PARTS.finditer(text, start, end):
        yield part.span()


def _number(text: str, start: int, end: int, last: int) -> Span | None:
    """Return the whole number round these digits, None if they are something else."""
    if text[end : end + 1].isalnum() and not EXTENSION.match(text, end):
        return None
    head = BEFORE.search(text, max(0, start - 4), start)
    begin = head.start() if head else start
    if text[begin - 1 : begin].isalnum() or text[begin - 1 : begin] in (
        "█",
        "$",
        "€",
        "£",
        "₹",
        "_",
    ):
        return None
    extension = EXTENSION.match(text, end)
    stop = extension.end() if extension else end
    if not _is_phone(text, begin, end, last, extended=extension is not None):
        return None
    if text[begin] == "(" and ")" not in text[begin:end]:
        begin += 1
    return begin, stop


def _is_phone(text: str, start: int, end: int, last: int, *, extended: bool) -> bool:
    written = text[start:end].lstrip("(")
    digits = "".join(NUMBERS.findall(written))
    abroad = written.startswith("+")
    if not FEWEST <= len(digits) <= _most(abroad=abroad):
        return False
    before = text[max(0, start - REACH) : start]
    if abroad:
        return True
    if DATE.fullmatch(written) or _is_range(written):
        return False
    if CUE.search(before):
        return len(set(digits)) > 1
    if NOT_A_PHONE.search(before):
        return False
    if AMERICAN.fullmatch(text[start:end]) or AMERICAN.fullmatch(written):
        return True
    if extended and SHORT.fullmatch(written):
        return True
    another = last >= 0 and start - last < REACH and ALSO.fullmatch(text[last:start])
    if another and len(digits) > FEWEST + 1:
        return True
    return _by_plan(written, digits)


def _is_range(written: str) -> bool:
    """Tell whether these are years or amounts: "2015-2020", "100000 - 120000"."""
    numbers = NUMBERS.findall(written)
    if all(len(number) == 4 and number[:2] in ("19", "20") for number in numbers):
        return True
    low, high = (numbers[0], numbers[-1]) if len(numbers) == 2 else ("", "")
    return len(low) == len(high) >= 4 and low < high and "-" in written.replace("–", "-")


def _by_plan(written: str, digits: str) -> bool:
    """Ask the countries' plans of numbers, where the number is grouped as people group one."""
    sizes = [len(number) for number in NUMBERS.findall(written)]
    if len(sizes) > 1 and digits[0] == "0" and 10 <= len(digits) <= 11:
        return not re.search(r"[./]", written) and any(_valid(written, home) for home in DOMESTIC)
    if sizes == [5, 5]:
        return _valid(written, "IN")
    return sizes == [3, 3, 4] and _valid(written, "US")


def _valid(written: str, country: str) -> bool:
    import phonenumbers  # its tables take a while: only where a number needs them

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, country))
    except phonenumbers.NumberParseException:
        return False
