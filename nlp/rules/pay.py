"""Pay as a posting states it: ranges and single amounts, with currency and period."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from nlp.document import Document
from nlp.types import Evidence, Pay, SectionKind, Stated

SIGNS: Final = {
    "US$": "USD",
    "CA$": "CAD",
    "C$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "S$": "SGD",
    "HK$": "HKD",
    "£": "GBP",
    "€": "EUR",
    "₹": "INR",
    "¥": "JPY",
}
DOLLARS: Final = {"CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD"}
"""Which dollar a bare "$" is, by the country of the job; the US dollar elsewhere."""
CODES: Final = (
    "(?-i:(?:USD|EUR|GBP|CAD|AUD|NZD|SGD|HKD|INR|CHF|JPY|SEK|NOK|DKK|PLN|ZAR|BRL|MXN|AED)"
    "(?![a-z]{2}))"
)
"""ISO 4217 codes, in capitals; "USDOur Commitment" lost its line break and still says USD."""
PERIODS: Final = {
    "year": "YEAR",
    "yr": "YEAR",
    "annum": "YEAR",
    "annual": "YEAR",
    "annually": "YEAR",
    "yearly": "YEAR",
    "pa": "YEAR",
    "month": "MONTH",
    "mo": "MONTH",
    "monthly": "MONTH",
    "week": "WEEK",
    "wk": "WEEK",
    "weekly": "WEEK",
    "day": "DAY",
    "daily": "DAY",
    "hour": "HOUR",
    "hr": "HOUR",
    "hourly": "HOUR",
}

_SIGN = "|".join(sorted(map(re.escape, [*SIGNS, "$"]), key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,7}(?:\.\d{1,2})?"
_PERIOD = rf"(?:(?:per|an?|/|p\.)[ ]?)?(?:{'|'.join(sorted(PERIODS, key=len, reverse=True))})\b"
AMOUNTS: Final = re.compile(
    rf"(?P<code_before>(?:{CODES})[ ])?(?P<sign>{_SIGN})?[ ]?(?P<low>{_NUMBER})(?P<low_k>[kK]\b)?"
    rf"(?:[ ]?(?:{CODES}))?(?:[ ]?/?[ ]?(?:{_PERIOD}))?"
    rf"(?:[ ]{{0,2}}(?:-|–|—|\bto\b|\band\b)[ ]{{0,2}}|(?=[$£€₹]\d))"
    rf"(?P<sign_high>{_SIGN})?[ ]?(?P<high>{_NUMBER})(?P<high_k>[kK]\b)?"
    rf"(?:[ ]?(?P<code>{CODES}))?(?:[ ]?(?P<period>{_PERIOD}))?",
    re.IGNORECASE,
)
SINGLE: Final = re.compile(
    rf"(?P<bound>\bup to|\bfrom|\bstarting at)?[ ]?(?P<code_before>(?:{CODES})[ ])?"
    rf"(?P<sign>{_SIGN})[ ]?(?P<low>{_NUMBER})(?P<low_k>[kK]\b)?(?P<plus>\+)?"
    rf"(?:[ ]?(?P<code>{CODES}))?(?:[ ]?(?P<period>{_PERIOD}))?",
    re.IGNORECASE,
)
PAY_WORD: Final = re.compile(
    r"\b(?:salary|pay|compensation|wage|rate|remuneration|earn|base|stipend|OTE)\b", re.IGNORECASE
)
NOT_PAY: Final = re.compile(
    r"\b(?:revenue|funding|raised|valuation|sales|budget|assets|portfolio|401|saved|savings|"
    r"invest\w*|fund|worth|bonus|sign-on|reimburse\w*|allowance|referral|deductible|coverage|"
    r"tuition|donat\w*|grants?|contracts?|customers?|users?)\b",
    re.IGNORECASE,
)
NOT_PAY_NEXT: Final = re.compile(
    r"[ ]+(?:\w+[ ]+){0,2}(?:revenue|funding|sales|budget|assets|valuation|investments?|bonus"
    r"|allowance|stipend|reimbursement|credit)\b",
    re.IGNORECASE,
)
LEAST_YEARLY: Final = Decimal(1000)
"""A range without a period and without "k" is pay only from here on: "$5 - $10" is a price."""


@dataclass(frozen=True, slots=True)
class _Mention:
    pay: Pay
    step: Decimal  # how finely it is stated: 1000 for "168k", 0.01 for "168,237.50"
    dollar: bool  # the currency was a bare "$"
    evidence: Evidence


def find_pay(document: Document, country: str | None) -> tuple[Stated[Pay] | None, bool]:
    """Return the pay and whether the text states others that contradict it.

    Mentions that agree within their rounding ("168k - 223k" and "$168,237.50 - $222,695.00")
    are one fact: the most exact gives the amounts, any of them the currency and the period, and
    all are its evidence. `country` decides which dollar "$" is.
    """
    mentions = sorted(_mentions(document), key=lambda m: (m.step, m.evidence.start))
    if not mentions:
        return None, False
    best = mentions[0]
    same = [mention for mention in mentions if _agree(best, mention)]
    coded = next((m.pay.currency for m in same if m.pay.currency and not m.dollar), None)
    currency = coded or (DOLLARS.get(country or "", "USD") if any(m.dollar for m in same) else None)
    period = next((m.pay.period for m in same if m.pay.period), None)
    pay = Pay(best.pay.low, best.pay.high, currency, period)
    return Stated(pay, tuple(m.evidence for m in same)), len(same) < len(mentions)


def _mentions(document: Document) -> Iterator[_Mention]:
    taken: list[tuple[int, int]] = []
    for pattern, rule in ((AMOUNTS, "pay:range"), (SINGLE, "pay:amount")):
        for match in pattern.finditer(document.text):
            section = document.section(match.start())
            if section in (SectionKind.BOILERPLATE, SectionKind.RELATED):
                continue
            if _overlaps(taken, match):
                continue
            mention = _read(document, match, rule)
            if pattern is AMOUNTS or mention is not None:  # half of a broken range is no amount
                insort(taken, match.span())
            if mention is not None:
                yield mention


def _overlaps(taken: list[tuple[int, int]], match: re.Match[str]) -> bool:
    """Tell whether the match overlaps one of the spans, which are in order and disjoint."""
    index = bisect_left(taken, match.span())
    return (index > 0 and taken[index - 1][1] > match.start()) or (
        index < len(taken) and taken[index][0] < match.end()
    )


def _read(document: Document, match: re.Match[str], rule: str) -> _Mention | None:
    group = match.groupdict()
    sign = group["sign"] or group.get("sign_high")
    code = group["code"] or (group["code_before"] or "").strip() or None
    if sign is None and code is None:
        return None
    is_range = group.get("high") is not None
    thousands = bool(group["low_k"] or group.get("high_k"))
    low, low_step = _amount(group["low"], thousands=thousands)
    high, high_step = _amount(group["high"], thousands=thousands) if is_range else (None, low_step)
    # Nobody writes an hour's, a day's or a month's pay in thousands: "$80K" is a year's.
    period = _period(group["period"]) or ("YEAR" if thousands else None)
    start, end = document.sentence(match.start())
    around = document.text[max(start, match.start() - 60) : match.start()]
    if NOT_PAY.search(around) or NOT_PAY_NEXT.match(document.text, match.end(), end):
        return None
    if high is not None and low > high:
        return None
    if period is None and max(low, high or low) < LEAST_YEARLY:
        return None
    if not is_range:
        if period is None and PAY_WORD.search(document.text, start, end) is None:
            return None
        bound = (group["bound"] or "").lower()
        if bound == "up to":
            low_or_none, high = None, low
        else:
            low_or_none, high = low, (None if bound or group["plus"] else low)
    else:
        low_or_none = low
    currency = code.upper() if code else SIGNS.get((sign or "").upper())
    pay = Pay(low_or_none, high, currency, period)
    evidence = document.evidence(match.start(), match.end(), rule)
    return _Mention(pay, min(low_step, high_step), sign == "$" and code is None, evidence)


def _amount(text: str, *, thousands: bool) -> tuple[Decimal, Decimal]:
    """Return the amount and the step in which it is stated."""
    value = Decimal(text.replace(",", ""))
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    if thousands and value < LEAST_YEARLY:
        return value * 1000, step * 1000
    return value, step


def _period(text: str | None) -> str | None:
    if text is None:
        return None
    words: Sequence[str] = re.findall(r"[a-z]+", text.lower())
    return PERIODS.get(words[-1]) if words else None


def _agree(a: _Mention, b: _Mention) -> bool:
    """Tell whether two mentions can be one fact stated more and less exactly."""
    tolerance = max(a.step, b.step) / 2
    for x, y in ((a.pay.low, b.pay.low), (a.pay.high, b.pay.high)):
        if (x is None) is not (y is None):
            return False
        if x is not None and y is not None and abs(x - y) > tolerance:
            return False
    currencies = {m.pay.currency for m in (a, b) if m.pay.currency}
    periods = {m.pay.period for m in (a, b) if m.pay.period}
    return len(currencies) < 2 and len(periods) < 2
