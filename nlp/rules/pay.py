"""Pay as a posting states it: base pay, and what is stated beside it, each with what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from nlp.document import Document
from nlp.rules.currencies import HARD, currency, doubtful, is_shared, of_country
from nlp.rules.money import PERIOD_OF, Amount, Money, find_money, worth
from nlp.rules.pay_words import NO_PAY, sense
from nlp.types import Evidence, Pay, SectionKind, StatedPay, Stated

BASE: Final = "base"
LEAST: Final = Decimal(1000)
"""Without a period, an amount is pay only from here on: "$5 - $10" is a price."""
PLAUSIBLE: Final = {
    "HOUR": (Decimal(3), Decimal(1000)),
    "DAY": (Decimal(20), Decimal(10_000)),
    "WEEK": (Decimal(100), Decimal(20_000)),
    "MONTH": (Decimal(300), Decimal(100_000)),
    "YEAR": (Decimal(8000), Decimal(3_000_000)),
    "": (LEAST, Decimal(3_000_000)),
}
"""What pay of a hard currency can be: "$1,500 a year" is an allowance, "$7 per day" a fare."""
YEARLY_FROM: Final = Decimal(15_000)
"""Nobody writes an hour's, a day's or a month's pay in thousands: "$80K" is a year's."""

LONGEST_LOOK: Final = 150
LONGEST_LABEL: Final = 60
FEW_WORDS: Final = 9
"""Words that stand beside an amount in a line of facts; more of them are prose."""
FROM: Final = re.compile(
    r"(?:\bfrom|\bstart(?:s|ing)?(?: (?:salary|pay|wage|rate))?(?: (?:at|from))|\b(?:a )?min(?:imum)?\.?(?: \w+){0,3}?(?: of| is)?"
    r"|\bat least|\b(?:no|not) less than|\bupwards? of|\bnorth of|\bbegin(?:s|ning)? at|\bover|\bmore than)\s?:?\s*$",
    re.IGNORECASE,
)
UP_TO: Final = re.compile(
    r"(?:\bup to|\bmax(?:imum)?\.?(?: \w+){0,3}?(?: of| is)?|\bas (?:much|high) as|\bnot to exceed|\b(?:no|not) more than|\bcapped at"
    r"|\bless than)\s?:?\s*$",
    re.IGNORECASE,
)
OR_MORE: Final = re.compile(
    r"[ ]?\+(?![ ]?[$€£\d\w])|[ ]?\((?:min(?:imum)?)\)|[ ](?:and up|or (?:more|above|higher)|and (?:above|over)|min(?:imum)?)\b", re.I
)
AT_MOST: Final = re.compile(r"[ ]?\(?(?:max(?:imum)?|or less)\b", re.I)
PERIOD_BEFORE: Final = re.compile(
    r"\b(?P<word>hourly|annual(?:ly|i[sz]ed)?|yearly|monthly|weekly|daily|day(?= rate)|per (?:hour|year|annum|month|day|week)"
    r"|p\.a)\b",
    re.IGNORECASE,
)
STOP: Final = re.compile(r"(?<=[a-z]{4})[.!?][ ](?=[$€£₹])|[.!?]\n")
"""A sentence may begin with a sign of money, which other rules do not expect of one."""
PAY_TYPE: Final = re.compile(
    r"\b(?:pay|salary|rate|wage|compensation) ?(?:type|frequency|basis|period|unit|interval)[ ]?[:\n][ ]?"
    r"(?P<word>hourly|annual(?:ly)?|yearly|monthly|weekly|daily)\b",
    re.IGNORECASE,
)
ESTIMATE: Final = re.compile(r"[ ]?\(?(?:glassdoor|indeed|linkedin|zippia|payscale|salary\.com)? ?est(?:\.|imate)", re.I)
"""A board's own guess: it stands back where the employer states pay."""
NAME: Final = r"(?:the )?[A-Z][\w.’'/-]*(?:,? (?:and |or |& |of |the )?[A-Z][\w.’'/-]*){0,7}"
LABELLED: Final = re.compile(
    r"(?:^|[;•*|\n)]|[.\d]\s)\s*(?P<name>[A-Z][^:;$€£\d\n]{0,50}\d?)\s?(?::|[-–—]|\()\s*$"
)
PLACED: Final = re.compile(rf"\b(?:in|for|within|across|throughout|outside(?: of)?) (?P<name>{NAME})")
BEHIND: Final = re.compile(
    rf"[ ]?(?:\((?P<aside>[A-Z][^()\d$\n]{{1,60}})\)|,? ?(?:in|for|within) (?P<name>{NAME}))"
)
TITLED: Final = re.compile(r"(?:^|[-–—|:,(•*)]|\b[A-Z][A-Za-z]*|only)\s*$")
"""Before an amount in a line of facts: a sign, or a title, but no "of" or "from"."""
LEAST_WORD: Final = re.compile(r"\bmin(?:imum)?\b|\bfrom\b|\blow\b", re.IGNORECASE)
MOST_WORD: Final = re.compile(r"\bmax(?:imum)?\b|\bhigh\b", re.IGNORECASE)
BARE_END: Final = re.compile(
    r"[ ]?(?:$|[\n.,;()+|/–-]|(?:DO[EQ]|depending|based|commensurate|plus|and|with|in)\b)", re.IGNORECASE
)
"""What follows a bare number that is pay; "up to 25,000 points" is none."""
PAY_NAME: Final = re.compile(
    r"\b(?:salary|pay|compensation|rate|range|wages?|base|bonus|min|max|OTE|CTC)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PayFound:
    """What a posting says of pay. `stated` has every statement, in the order of the text."""

    base: Stated[Pay] | None
    stated: tuple[Stated[StatedPay], ...]
    disputed: bool
    """Base pay is stated more than once, and not as one fact."""


@dataclass(frozen=True, slots=True)
class _Mention:
    pay: Pay
    kind: str
    step: Decimal  # how finely it is stated: 1000 for "168k", 0.01 for "168,237.50"
    shared: bool  # several currencies are written with its mark, or it has none
    single: bool
    estimate: bool
    applies_to: str | None
    evidence: Evidence


def find_pay(document: Document, country: str | None) -> PayFound:
    """Return the pay, all that is stated, and whether statements of base pay contradict it.

    Mentions that agree within their rounding ("168k - 223k" and "$168,237.50 - $222,695.00")
    are one fact: the most exact gives the amounts, any of them the currency and the period, and
    all are its evidence. Of several facts the pay is the first range by the year; the flag says
    that there are others. `country` decides which dollar "$" is.
    """
    mentions = list(_mentions(document, country))
    base = [m for m in mentions if m.kind == BASE]
    stated = tuple(
        Stated(StatedPay(m.pay, m.kind, m.applies_to), (m.evidence,)) for m in mentions
    )
    if not base:
        return PayFound(None, stated, disputed=False)
    first = min(base, key=_rank)
    same = [m for m in base if _agree(first, m)]
    best = min(same, key=lambda m: (m.step, m.evidence.start))
    same.sort(key=lambda m: (m.step, m.evidence.start))
    sure = next((m.pay.currency for m in same if m.pay.currency and not m.shared), None)
    pay = Pay(
        best.pay.low,
        best.pay.high,
        sure or next((m.pay.currency for m in same if m.pay.currency), None),
        next((m.pay.period for m in same if m.pay.period), None),
    )
    others = [m for m in base if m not in same and not _within(m, same) and not m.estimate]
    return PayFound(Stated(pay, tuple(m.evidence for m in same)), stated, disputed=bool(others))


def _rank(mention: _Mention) -> tuple[bool, bool, bool, int]:
    by_the_hour = mention.pay.period in ("HOUR", "DAY", "WEEK", "MONTH")
    return mention.estimate, mention.single, by_the_hour, mention.evidence.start


def _within(mention: _Mention, same: Sequence[_Mention]) -> bool:
    """Tell whether a single amount is an end of the range: "from $90,000 ... $90,000-$120,000"."""
    ends = {end for m in same for end in (m.pay.low, m.pay.high) if end is not None}
    return mention.single and {mention.pay.low, mention.pay.high} - {None} <= ends


def _mentions(document: Document, country: str | None) -> Iterator[_Mention]:
    found = [
        one
        for one in find_money(document.text)
        if one.mark or one.low.scale > 1 or one.period or one.low.value >= 10_000
    ]
    found = list(_paired(document.text, found))
    for one in found:
        mention = _read(document, one, country)
        if mention is not None:
            yield mention


def _paired(text: str, found: Sequence[Money]) -> Iterator[Money]:
    """Join "Minimum: $18.35" and "Maximum: $22.93" into a range; a midpoint between is left out."""
    index = 0
    while index < len(found):
        one = found[index]
        step = 1
        for behind, other in enumerate(found[index + 1 : index + 3], start=index + 1):
            between = text[found[behind - 1].end : other.start]
            if not (one.single and other.single and one.mark and one.mark == other.mark):
                break
            if len(between) > LONGEST_LABEL or not LEAST_WORD.search(_label(text, found, index)):
                break
            if MOST_WORD.search(between):
                one, step = Money(one.low, other.low), behind - index + 1
                break
        yield one
        index += step


def _label(text: str, found: Sequence[Money], index: int) -> str:
    """Return the words before an amount, back to the amount before."""
    start = found[index].start
    return text[max(start - LONGEST_LABEL, found[index - 1].end if index else 0) : start]


def _read(document: Document, money: Money, country: str | None) -> _Mention | None:
    text = document.text
    if money.high.odd or money.low.odd:
        return None
    section = document.section(money.start)
    if section is SectionKind.RELATED:
        return None
    before, after, few = _around(document, money)
    found = sense(before, after)
    if found is None:
        return None
    mark = money.mark
    period = money.period or _period_before(before) or _period_beside(text, money)
    (low, low_step), (high, high_step) = worth(money.low), worth(money.high)
    code = currency(mark, country) if mark else of_country(country)
    hard = mark is None or code in HARD or code is None
    if period is None and money.low.scale == 1000 and hard and low >= YEARLY_FROM:
        period = "YEAR"
    if low > high:
        return None
    if found.kind == BASE:
        titled = few and TITLED.search(before) is not None
        titled = titled or (before.rstrip()[-1:] == ":" and found.sure == 1 and not money.single)
        if not _is_pay(text, money, max(found.sure, int(titled)), section, titled=titled):
            return None
        least, most = PLAUSIBLE[period or ""]
        if hard and not (least <= low and high <= most):
            return None
    start = money.start
    ends: tuple[Decimal | None, Decimal | None] = (low, high)
    if money.single:
        line = text[max(0, start - 40) : start]
        if bound := UP_TO.search(line):
            ends = (None, low)
        elif (bound := FROM.search(line)) or money.low.more or OR_MORE.match(text, money.end):
            ends = (low, None)
        elif AT_MOST.match(text, money.end):
            ends = (None, low)
        if bound:
            start -= len(line) - bound.start()
    return _Mention(
        pay=Pay(*ends, code, period),
        kind=found.kind,
        step=min(low_step, high_step),
        shared=mark is None or is_shared(mark),
        single=money.single,
        estimate=ESTIMATE.match(text, money.end) is not None,
        applies_to=_applies_to(before, after),
        evidence=document.evidence(start, money.end, "pay:amount" if money.single else "pay:range"),
    )


def _is_pay(
    text: str, money: Money, sure: int, section: SectionKind, *, titled: bool
) -> bool:
    """Tell whether an amount that no word speaks against is pay.

    With a label before it ("Salary:") it is. Else it needs a mark, and a period or a line of its
    own; `sure` is 0 where the words round it are about others.
    """
    if sure == 2:
        if money.mark is not None or money.period is not None or money.low.scale > 1:
            return True
        return money.low.value >= 10_000 and BARE_END.match(text, money.end) is not None
    if money.mark is None or section in (SectionKind.BOILERPLATE, SectionKind.ABOUT) or not sure:
        return False
    if money.mark in doubtful():
        return money.period is not None and money.low.value >= LEAST
    if money.period is not None:
        return True
    alone = titled and len(text[text.rfind("\n", 0, money.start) + 1 : money.start].split()) < 3
    return (alone and money.low.scale > 1) if money.single else titled or section is SectionKind.PAY


def _around(document: Document, money: Money) -> tuple[str, str, bool]:
    """Return the words before and behind, and whether they are few: a line of facts, no prose.

    A label on the line above counts as before.
    """
    text = document.text
    start, end = document.sentence(money.start)
    end = max(end, money.end)
    line = text.rfind("\n", 0, money.start) + 1
    rest = text.find("\n", money.end)
    rest = len(text) if rest < 0 else rest
    own = text[line : money.start]
    for stop in STOP.finditer(text, start, money.start + 1):
        start = stop.end()
    own_words = min(own, text[start : money.start], key=len)
    rest_words = text[money.end : min(rest, end)]
    few = len(own_words.split()) + len(rest_words.split()) < FEW_WORDS
    if not own.strip(" \t•*-–·+|:"):
        above = text.rfind("\n", 0, max(0, line - 1)) + 1
        while above > 0 and not text[above : line - 1].strip():
            above = text.rfind("\n", 0, above - 1) + 1
        if len(text[above : line].strip()) <= LONGEST_LABEL:
            start = above
    if few and len(own) <= LONGEST_LABEL and not STOP.search(text, line, money.start + 1):
        start = min(start, line)
    start = max(start, money.start - LONGEST_LOOK)
    return text[start : money.start], text[money.end : min(max(end, money.end), money.end + 80)], few


def _period_before(before: str) -> str | None:
    found = None
    for found in PERIOD_BEFORE.finditer(_since_last_number(before)):
        pass
    return PERIOD_OF.get(found["word"].lower().split()[-1]) if found else None


def _since_last_number(before: str) -> str:
    """Return the end of `before` that speaks of the amount behind it, not of one further back."""
    near = before[-LONGEST_LOOK:]
    last = max((near.rfind(digit) for digit in "0123456789"), default=-1)
    return near[last + 1 :]


def _period_beside(text: str, money: Money) -> str | None:
    """Return the period of a card of facts: "Pay Type: Hourly" near the amount."""
    beside = PAY_TYPE.search(text, max(0, money.start - 120), money.end + 120)
    return PERIOD_OF.get(beside["word"].lower()) if beside else None


def _applies_to(before: str, after: str) -> str | None:
    """Return the words that say whom the amount is for: a place, a level."""
    names = [label["name"]] if (label := LABELLED.search(before)) else []
    if behind := BEHIND.match(after):
        names.append(behind["aside"] or behind["name"])
    names += [place["name"] for place in PLACED.finditer(_since_last_number(before))][-1:]
    return next((name.strip(" ,-–—") for name in names if not PAY_NAME.search(name)), None)


def _agree(a: _Mention, b: _Mention) -> bool:
    """Tell whether two mentions can be one fact stated more and less exactly."""
    tolerance = max(a.step, b.step) / 2
    for x, y in ((a.pay.low, b.pay.low), (a.pay.high, b.pay.high)):
        if (x is None) is not (y is None):
            return False
        if x is not None and y is not None and abs(x - y) > tolerance:
            return False
    currencies = {m.pay.currency for m in (a, b) if m.pay.currency and not m.shared}
    periods = {m.pay.period for m in (a, b) if m.pay.period}
    return len(currencies) < 2 and len(periods) < 2
