"""Figures as people read them: shares with their intervals, amounts, q-values, counts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from kg.analysis.shares import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.findings import Finding
    from kg.analysis.ladder_rows import Difference
    from kg.analysis.support import Support

BARS: Final = "▁▂▃▄▅▆▇█"


def share(count: int, size: int) -> str:
    """Return a share with its interval and what it is of, on two lines; nothing of nothing."""
    ends = wilson(count, size)
    if ends is None:
        return ""
    return f"{count / size:.0%} [{ends[0]:.0%}, {ends[1]:.0%}]\n{count} of {size}"


def shares(support: Support) -> list[str]:
    """Return the shares of both sides."""
    return [share(support.a, support.size_a), share(support.b, support.size_b)]


def interval(low: float | None, high: float | None, digits: int = 0) -> str:
    """Return the ends of an interval in brackets; an end that is not known is a blank."""
    return f"[{amount(low, digits)}, {amount(high, digits)}]"


def amount(value: float | None, digits: int = 0) -> str:
    """Return a number with thousands apart; whole ones without decimals.

    >>> amount(1500.0), amount(2.5, 1), amount(3.0, 1), amount(-0.04, 1)
    ('1,500', '2.5', '3', '0')
    """
    if value is None:
        return ""
    text = f"{value:z,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(value: float, digits: int = 0) -> str:
    """Return a difference with its sign.

    >>> signed(1500.0), signed(-0.5, 1)
    ('+1,500', '-0.5')
    """
    text = amount(abs(value), digits)
    return text if text == "0" else f"{'-' if value < 0 else '+'}{text}"


def percents(value: float, low: float, high: float) -> str:
    """Return a change as per cent with the ends of its interval, all with one decimal.

    >>> percents(-0.062, -0.121, -0.0004)
    '-6.2% [-12.1, 0.0]'
    """
    ends = [f"{100 * end:z.1f}" for end in (low, high)]
    return f"{value:+z.1%} [{', '.join(ends)}]"


def points(value: float) -> str:
    """Return a difference of shares in percentage points.

    >>> points(0.123)
    '+12.3'
    """
    return signed(100 * value, 1)


def q_text(value: float) -> str:
    """Return a q- or p-value with three decimals."""
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def odds(finding: Finding | None) -> list[str]:
    """Return the odds ratio of b to a with its interval, and q."""
    if finding is None or finding.effect is None or finding.interval is None:
        return ["", "" if finding is None else q_text(finding.q)]
    low, high = finding.interval
    ratio = [_times(math.exp(one)) for one in (finding.effect.log_odds, low, high)]
    return ["{} times\n[{}, {}]".format(*ratio), q_text(finding.q)]


def _times(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.2g}"


def sparkline(values: Sequence[float | None]) -> str:
    """Return shares as a row of bars, the highest being the largest; a blank where none is known.

    >>> sparkline([0.0, 0.25, None, 0.5])
    '▁▅ █'
    """
    top = max((value for value in values if value is not None), default=0.0)
    return "".join(
        " " if value is None else BARS[round((len(BARS) - 1) * (value / top if top else 0.0))]
        for value in values
    )


TOO_FEW: Final = "; too few postings for an interval"
"""Why a difference of medians has no interval."""
TOO_OPEN: Final = "; no interval: too few postings, or its end lies in what they leave open"
"""Why one of pay has none, whose ranges may be open."""


def difference(one: Difference, digits: int) -> str:
    """Return a difference of medians with its interval, or why it has none."""
    unit = f" {one.currency} a year" if one.currency else ""
    if one.interval is None:
        why = TOO_OPEN if one.currency else TOO_FEW
        return f"{signed(one.value or 0.0, digits)}{unit}{why}"
    low, high = one.interval
    return (
        f"{signed(one.value or 0.0, digits)}{unit} [{signed(low, digits)}, {signed(high, digits)}]"
    )
