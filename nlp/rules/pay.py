"""Pay as a posting states it: base pay, and what is stated beside it, each with what it is."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Final

from nlp.document import Document
from nlp.rules.pay_reading import Mention, mentions
from nlp.rules.pay_words import BASE
from nlp.types import Pay, Stated, StatedPay

MOST_STATED: Final = 500
"""Statements of pay that are read; a text with more of them is a list of prices."""


@dataclass(frozen=True, slots=True)
class PayFound:
    """What a posting says of pay. `stated` has all that is said, once, in the order of the text."""

    base: Stated[Pay] | None
    stated: tuple[Stated[StatedPay], ...]
    disputed: bool
    """Base pay is stated more than once, and not as one fact."""
    differs: bool = False
    """The text states base pay, and nowhere that which the source's own field gives."""


def find_pay(document: Document, country: str | None, hinted: Sequence[Mention] = ()) -> PayFound:
    """Return the pay, all that is stated, and whether statements of base pay contradict it.

    Mentions that agree within their rounding ("168k - 223k" and "$168,237.50 - $222,695.00")
    are one fact: the most exact gives the amounts, any of them the currency and the period, and
    all are its evidence. Of several facts the pay is the first range by the year; the flag says
    that there are others. `country` decides which dollar "$" is. What a field of the source
    gives, `hinted`, is the pay whatever the text says.
    """
    found = [*hinted, *islice(mentions(document, country), MOST_STATED)]
    base = [m for m in found if m.kind == BASE]
    stated = _facts(found)
    if not base:
        return PayFound(None, stated, disputed=False)
    sure = [m for m in hinted if m.kind == BASE]
    first = min(sure or base, key=_rank)
    same = [m for m in base if _agree(first, m)]
    pay = _as_one(same)
    ends = {end for m in same for end in (m.pay.low, m.pay.high) if end is not None}
    others = any(
        not (_agree(first, m) or _within(m, ends) or m.estimate) for m in base if m not in sure
    )
    told = any(_agree(first, m) or _within(m, ends) for m in base if m not in sure)
    differs = bool(sure) and others and not told
    return PayFound(pay, stated, disputed=others and not differs, differs=differs)


def _as_one(same: Sequence[Mention]) -> Stated[Pay]:
    """Return agreeing mentions as one fact, the most exact first."""
    same = sorted(same, key=lambda m: (m.step, m.evidence.start))
    sure = next((m.pay.currency for m in same if m.pay.currency and not m.shared), None)
    pay = Pay(
        same[0].pay.low,
        same[0].pay.high,
        sure or next((m.pay.currency for m in same if m.pay.currency), None),
        next((m.pay.period for m in same if m.pay.period), None),
    )
    return Stated(pay, tuple(m.evidence for m in same))


def _facts(found: Sequence[Mention]) -> tuple[Stated[StatedPay], ...]:
    """Return what is stated, once each: a later mention that agrees is more evidence."""
    groups: list[list[Mention]] = []
    for mention in found:
        what = (mention.kind, mention.applies_to)
        group = next(
            (g for g in groups if what == (g[0].kind, g[0].applies_to) and _agree(g[0], mention)),
            None,
        )
        if group is None:
            groups.append([mention])
        else:
            group.append(mention)
    facts = [(group[0], _as_one(group)) for group in groups]
    return tuple(
        Stated(StatedPay(pay.value, first.kind, first.applies_to), pay.evidence)
        for first, pay in facts
    )


def _rank(mention: Mention) -> tuple[bool, bool, bool, int]:
    shorter = mention.pay.period not in ("YEAR", None)
    return mention.estimate, mention.single, shorter, mention.evidence.start


def _within(mention: Mention, ends: AbstractSet[Decimal]) -> bool:
    """Tell whether a single amount is an end of the range: "from $90,000 ... $90,000-$120,000"."""
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
