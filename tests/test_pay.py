from __future__ import annotations

from decimal import Decimal

import pytest

from kg.pay import PERIODS_A_YEAR, annual
from nlp.types import Pay


@pytest.mark.parametrize(
    ("low", "period", "expected"),
    [
        ("168237.50", "YEAR", "168237.50"),
        ("10000", "MONTH", "120000"),
        ("2000.10", "WEEK", "104005.20"),
        ("2145.60", "BIWEEKLY", "55785.60"),
        ("2145.60", "SEMIMONTHLY", "51494.40"),
        ("400", "DAY", "104000"),
        ("62.50", "HOUR", "130000.00"),
    ],
)
def test_an_amount_is_multiplied_by_its_periods(low: str, period: str, expected: str) -> None:
    """52 weeks of 5 days of 8 hours: 2000.10 * 52 = 104005.20, 62.50 * 2080 = 130000."""
    assert annual(Pay(Decimal(low), None, "USD", period)) == (Decimal(expected), None)


def test_both_ends_are_derived() -> None:
    pay = Pay(Decimal(50), Decimal("60.5"), None, "HOUR")
    assert annual(pay) == (Decimal(104000), Decimal(125840))


@pytest.mark.parametrize("period", [None, "FORTNIGHT", ""])
def test_an_unknown_period_gives_nothing(period: str | None) -> None:
    assert annual(Pay(Decimal(1), Decimal(2), "USD", period)) == (None, None)


def test_the_periods_are_those_of_one_full_time_year() -> None:
    assert PERIODS_A_YEAR["DAY"] == PERIODS_A_YEAR["WEEK"] * 5
    assert PERIODS_A_YEAR["HOUR"] == PERIODS_A_YEAR["DAY"] * 8
