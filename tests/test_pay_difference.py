"""The difference in pay between two groups, and why some have none."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest

from kg.analysis.separation import (
    compare,
)
from tests.comparisons import (
    levels_compared,
)
from tests.factories import make_facts
from tests.role_graphs import corpus_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.comparison import Comparison

PayText: TypeAlias = tuple[str | None, str | None, str | None, str | None] | None
USD = ("100", "200", "USD", "YEAR")


@pytest.fixture
def levels() -> Comparison:
    return levels_compared()


def test_the_pay_difference(levels: Comparison) -> None:
    """196,378.35 - 168,237.50 = 28,140.85 and 267,272.00 - 222,695.00 = 44,577.00."""
    pay = levels.pay
    assert (str(pay.low_difference), str(pay.high_difference)) == ("28140.85", "44577.00")
    assert pay.basis == "stated"


def pay_of(
    *sides: Sequence[PayText],
) -> Comparison:
    facts = [
        make_facts(source=f"{level}{number}.txt", level=level, pay=pay)
        for level, stated in zip(("I", "II"), sides, strict=True)
        for number, pay in enumerate(stated)
    ]
    return compare(corpus_of(facts), "Data Engineer I", "Data Engineer II")


def test_several_postings_are_compared_by_their_medians() -> None:
    """Lows 100, 110, 150: median 110. Lows 120 and 161: median 140.50. 140.50 - 110 = 30.50.

    Highs 200 each against 200 and 300: 250 - 200 = 50.
    """
    lows = [(low, "200", "USD", "YEAR") for low in ("100", "150", "110")]
    pay = pay_of(lows, [("120", "200", "USD", "YEAR"), ("161", "300", "USD", "YEAR")]).pay
    assert (str(pay.low_difference), str(pay.high_difference)) == ("30.50", "50.00")


def test_other_periods_are_compared_by_the_year() -> None:
    """10 USD an hour is 10 * 2080 = 20,800 a year; 30,000 - 20,800 = 9,200."""
    pay = pay_of([("10", None, "USD", "HOUR")], [("30000", None, "USD", "YEAR")]).pay
    assert (pay.basis, str(pay.low_difference), pay.high_difference) == ("annual", "9200.00", None)
    assert pay.a is not None
    assert (str(pay.a.low), pay.a.period) == ("20800.00", "YEAR")


@pytest.mark.parametrize(
    ("a", "b", "note"),
    [
        ([USD], [None], "no posting of Data Engineer II states pay"),
        ([None], [None], "no posting on either side states pay"),
        (
            [USD],
            [("1", "2", "EUR", "YEAR")],
            "Data Engineer I states USD a year, Data Engineer II EUR a year",
        ),
        (
            [USD],
            [("1", "2", "USD", None)],
            "Data Engineer I states USD a year, Data Engineer II USD without a period",
        ),
        (
            [("1", "2", None, None)],
            [("1", "2", None, None)],
            "Data Engineer I states an amount without a currency without a period, "
            "Data Engineer II an amount without a currency without a period",
        ),
    ],
)
def test_pay_that_cannot_be_compared_says_why(
    a: Sequence[PayText],
    b: Sequence[PayText],
    note: str,
) -> None:
    found = pay_of(a, b)
    assert found.pay.note == note
    assert f"Pay is not compared: {note}." in str(found.caution)
    assert found.to_json()["pay"]["difference"] is None  # type: ignore[index,call-overload]


def test_the_currency_that_most_postings_share_is_compared() -> None:
    euros = ("1", "2", "EUR", "YEAR")
    found = pay_of([USD, euros], [USD, USD, euros])
    assert found.pay.b is not None
    assert (found.pay.b.currency, found.pay.b.postings) == ("USD", 2)
    assert "Pay rests on 1 of 2 postings of Data Engineer I and 2 of 3" in str(found.caution)


def test_the_medians_of_annual_pay_lie_apart_by_the_rule_of_ranges() -> None:
    """Middles 100,000 and 140,000, and one from 110,000 on, which is at the 140,000: 2/3 of three.

    The others' middle is 160,000; fewer than ten a side have no interval.
    """
    a = [("90000", "110000", "USD", "YEAR"), ("130000", "150000", "USD", "YEAR"),
         ("110000", None, "USD", "YEAR")]  # fmt: skip
    found = pay_of(a, [("150000", "170000", "USD", "YEAR")]).pay.middles
    assert found is not None
    assert (found.value, found.interval, found.currency) == (20_000, None, "USD")


def test_a_median_in_the_open_is_not_compared() -> None:
    pay = pay_of([("10", None, "USD", "HOUR")], [("30000", "40000", "USD", "YEAR")]).pay
    assert pay.middles is None
