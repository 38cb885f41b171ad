"""Pay by the year: the one place where an annual figure is derived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from decimal import Decimal

    from nlp.types import Pay

PERIODS_A_YEAR: Final[dict[str, int]] = {
    "HOUR": 2080,
    "DAY": 260,
    "WEEK": 52,
    "BIWEEKLY": 26,
    "SEMIMONTHLY": 24,
    "MONTH": 12,
    "YEAR": 1,
}
"""A full-time year: 52 weeks of 5 days of 8 hours, 26 of two weeks; 12 months, 24 halves of one.

The rule, published in `rolegraph.ttl`, is that of the US Bureau of Labor Statistics, whose
Occupational Employment and Wage Statistics multiply an hourly wage by a "year-round, full-time"
figure of 2,080 hours. Of a part-time job the figure is what a full year would come to, so that pay
can be compared.
"""


def annual(pay: Pay) -> tuple[Decimal | None, Decimal | None]:
    """Return the lower and the upper amount by the year, in the currency stated.

    The product is exact, nothing is rounded. Both are None when the period is unknown: 124,300
    a year is likely, but nobody said so. An amount that is not stated stays None.

    >>> from decimal import Decimal
    >>> from nlp.types import Pay
    >>> annual(Pay(low=Decimal("62.50"), high=None, currency="USD", period="HOUR"))
    (Decimal('130000.00'), None)
    """
    times = PERIODS_A_YEAR.get(pay.period or "")
    if times is None:
        return None, None
    return (
        None if pay.low is None else pay.low * times,
        None if pay.high is None else pay.high * times,
    )
