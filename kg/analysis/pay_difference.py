"""How far the pay of two groups lies apart, where their units allow a difference."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kg.analysis.comparison_rows import PayRow, PaySide
from kg.analysis.pay_medians import pay_difference
from kg.analysis.pay_ranges import stated_ranges
from kg.analysis.quotes import Quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.groups import Group
    from kg.analysis.ladder_rows import Difference
    from kg.corpus.model import Pay
    from kg.corpus.paying import Paying
    from nlp.types import Evidence

Unit: TypeAlias = tuple[str | None, str | None]
"""Currency and period."""
SAID: Final = {"BIWEEKLY": "by two weeks", "SEMIMONTHLY": "by half a month"}
"""Periods whose names are no nouns."""

CENTS: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Figure:
    """One posting's pay in one unit."""

    posting: str
    unit: Unit
    low: Decimal | None
    high: Decimal | None
    pay: Pay


def compare_pay(corpus: Paying, a: Group, b: Group) -> PayRow:
    """Compare the pay of two groups: medians of the low and of the high ends, and b minus a.

    The figures as stated are compared where all postings of both sides state them in one currency
    and one known period; otherwise the annual figures in the currency that most postings share;
    otherwise nothing, and `note` says why. A side that states no pay is None.
    """
    stated = [_stated(corpus, group) for group in (a, b)]
    units = {figure.unit for side in stated for figure in side}
    if all(stated) and len(units) == 1 and None not in next(iter(units)):
        middles = _middles(corpus, a, b, next(iter(units))[0])
        return replace(_row(corpus, *stated, basis="stated"), middles=middles)
    annual = [_annual(side) for side in stated]
    shared = _shared_currency(annual[0], annual[1])
    if shared is not None:
        kept = [[one for one in side if one.unit[0] == shared] for side in annual]
        middles = _middles(corpus, a, b, shared)
        return replace(_row(corpus, *kept, basis="annual"), middles=middles)
    sides = [_side(corpus, _most_usual(side)) for side in stated]
    return PayRow(sides[0], sides[1], None, None, None, _reason(a, b, sides))


def _middles(corpus: Paying, a: Group, b: Group, currency: str | None) -> Difference | None:
    """Return how far b's median of annual pay lies over a's; None where a side has none."""
    both = dict.fromkeys((*a.postings, *b.postings))
    ranges = stated_ranges(corpus, both, estimates=False, copies="all").ranges.get(
        currency or "", ()
    )
    sides = [
        [one for one in ranges if one.posting in members]
        for members in (frozenset(a.postings), frozenset(b.postings))
    ]
    found = pay_difference(sides[0], sides[1], currency)
    return None if found.value is None else found


def _stated(corpus: Paying, group: Group) -> list[Figure]:
    found = ((one, corpus.pay(one)) for one in group.postings)
    return [
        Figure(one, (pay.currency, pay.period), pay.low, pay.high, pay)
        for one, pay in found
        if pay is not None
    ]


def _annual(stated: Sequence[Figure]) -> list[Figure]:
    return [
        Figure(one.posting, (one.unit[0], "YEAR"), one.pay.annual_low, one.pay.annual_high, one.pay)
        for one in stated
        if one.pay.annual_low is not None or one.pay.annual_high is not None
    ]


def _shared_currency(a: Sequence[Figure], b: Sequence[Figure]) -> str | None:
    """Return the currency on both sides that most postings state; the first by name on a tie."""
    both = {one.unit[0] for one in a} & {one.unit[0] for one in b}
    counts = Counter(one.unit[0] for one in (*a, *b) if one.unit[0] is not None)
    known = sorted(one for one in both if one is not None)
    return max(known, key=lambda one: counts[one], default=None)


def _most_usual(figures: Sequence[Figure]) -> list[Figure]:
    counts = Counter(one.unit for one in figures)
    best = min(counts, key=lambda unit: (-counts[unit], str(unit)), default=None)
    return [one for one in figures if one.unit == best]


def _digits(text: str) -> int:
    """Count the digits: the most exact of several statements of one pay has the most."""
    return sum(char.isdigit() for char in text)


def _side(corpus: Paying, figures: Sequence[Figure]) -> PaySide | None:
    if not figures:
        return None
    nodes = {figure.posting: figure.pay.node for figure in figures}

    def words(posting: str) -> list[Evidence]:
        found = corpus.words_of(posting, nodes[posting])
        return sorted(found, key=lambda one: -_digits(one.text))

    said = Quotes(corpus, nodes, words)
    low = _median([one.low for one in figures])
    high = _median([one.high for one in figures])
    currency, period = figures[0].unit
    return PaySide(len(figures), currency, period, low, high, said)


def _median(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return _cents(median(known)) if known else None


def _cents(amount: Decimal) -> Decimal:
    """Return an amount with two decimals where it has fewer: 44577 becomes 44577.00."""
    exponent = amount.as_tuple().exponent
    return amount.quantize(CENTS) if isinstance(exponent, int) and exponent > -2 else amount


def _row(
    corpus: Paying, a: Sequence[Figure], b: Sequence[Figure], *, basis: Literal["stated", "annual"]
) -> PayRow:
    left, right = _side(corpus, a), _side(corpus, b)
    if left is None or right is None:
        return PayRow(left, right, None, None, None, None)
    low, high = _minus(right.low, left.low), _minus(right.high, left.high)
    return PayRow(left, right, basis, low, high, None)


def _minus(b: Decimal | None, a: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else _cents(b - a)


def _reason(a: Group, b: Group, sides: Sequence[PaySide | None]) -> str:
    silent = [group.label for group, side in zip((a, b), sides, strict=True) if side is None]
    if len(silent) == 2:
        return "no posting on either side states pay"
    if silent:
        return f"no posting of {silent[0]} states pay"
    units = [_unit_text(side) for side in sides if side is not None]
    return f"{a.label} states {units[0]}, {b.label} {units[1]}"


def _unit_text(side: PaySide) -> str:
    currency = side.currency or "an amount without a currency"
    if side.period is None:
        return f"{currency} without a period"
    return f"{currency} {SAID.get(side.period, f'a {side.period.lower()}')}"
