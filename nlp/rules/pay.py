"""Pay as a posting states it: base pay, and what is stated beside it, each with what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.document import Document
from nlp.rules.pay_reading import Mention, mentions
from nlp.rules.pay_words import BASE
from nlp.types import Pay, Stated, StatedPay


@dataclass(frozen=True, slots=True)
class PayFound:
    """What a posting says of pay. `stated` has every statement, in the order of the text."""

    base: Stated[Pay] | None
    stated: tuple[Stated[StatedPay], ...]
    disputed: bool
    """Base pay is stated more than once, and not as one fact."""


def find_pay(document: Document, country: str | None) -> PayFound:
    """Return the pay, all that is stated, and whether statements of base pay contradict it.

    Mentions that agree within their rounding ("168k - 223k" and "$168,237.50 - $222,695.00")
    are one fact: the most exact gives the amounts, any of them the currency and the period, and
    all are its evidence. Of several facts the pay is the first range by the year; the flag says
    that there are others. `country` decides which dollar "$" is.
    """
    found = list(mentions(document, country))
    base = [m for m in found if m.kind == BASE]
    stated = tuple(Stated(StatedPay(m.pay, m.kind, m.applies_to), (m.evidence,)) for m in found)
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


def _rank(mention: Mention) -> tuple[bool, bool, bool, int]:
    by_the_hour = mention.pay.period in ("HOUR", "DAY", "WEEK", "MONTH")
    return mention.estimate, mention.single, by_the_hour, mention.evidence.start


def _within(mention: Mention, same: Sequence[Mention]) -> bool:
    """Tell whether a single amount is an end of the range: "from $90,000 ... $90,000-$120,000"."""
    ends = {end for m in same for end in (m.pay.low, m.pay.high) if end is not None}
    return mention.single and {mention.pay.low, mention.pay.high} - {None} <= ends


def _agree(a: Mention, b: Mention) -> bool:
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
