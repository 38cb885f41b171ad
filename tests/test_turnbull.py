"""Turnbull's estimate of a distribution whose amounts are partly unknown: by hand and by others."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.clusters import SEED
from kg.analysis.pay_rows import LEVELS
from kg.analysis.turnbull import Turnbull, _beyond, innermost, quantiles

OPEN = math.inf


def fitted(*ranges: tuple[float, float]) -> tuple[Turnbull, list[float]]:
    low, high = np.array(ranges).T
    found = Turnbull(low, high)
    return found, found.fit(np.ones((1, len(ranges))))[0].tolist()


def test_without_open_ends_it_is_the_plain_distribution() -> None:
    found, shares = fitted((1, 1), (2, 2), (2, 2), (4, 4))
    assert found.left.tolist() == [1, 2, 4]
    assert shares == pytest.approx([0.25, 0.5, 0.25])


def test_open_high_ends_are_kaplan_and_meier_s() -> None:
    """1, 2 or more, 3, 4: the one in the open goes to 3 and 4 alike: 1/4, 3/8, 3/8."""
    found, shares = fitted((1, 1), (2, OPEN), (3, 3), (4, 4))
    assert found.left.tolist() == [1, 3, 4]
    assert shares == pytest.approx([1 / 4, 3 / 8, 3 / 8], abs=1e-4)


def test_it_agrees_with_scipy_s_kaplan_meier() -> None:
    from scipy.stats import CensoredData, ecdf

    draw = np.random.default_rng(7)
    values = draw.integers(50, 90, 60).astype(float)
    censored = draw.random(60) < 0.3
    censored[values.argmax()] = False
    values[censored] += (
        0.5  # of equal values scipy takes "from 60" for more than 60, we for as much
    )
    oracle = ecdf(CensoredData.right_censored(values, censored)).cdf
    found = Turnbull(values, np.where(censored, OPEN, values))
    shares = found.fit(np.ones((1, 60)))[0]
    known = np.isfinite(found.right)
    ours = dict(zip(found.left[known].tolist(), shares.cumsum()[known].tolist(), strict=True))
    theirs = dict(zip(oracle.quantiles.tolist(), oracle.probabilities.tolist(), strict=True))
    for value, share in ours.items():
        assert share == pytest.approx(theirs[value], abs=1e-3)


def test_innermost_intervals_touch_at_equal_ends() -> None:
    left, right = innermost(np.array([1.0, 2, 0]), np.array([2.0, 3, 1]))
    assert (left.tolist(), right.tolist()) == ([1, 2], [1, 2])


NEARLY_EVEN = [
    *[(120, 120), (85, OPEN), (0, 85), (135, 135), (55, OPEN), (90, 100), (85, OPEN), (0, 90)],
    *[(90, OPEN), (65, 65), (105, OPEN), (70, OPEN), (130, OPEN), (0, 95), (50, 65), (105, 105)],
    *[(0, 125), (125, 125), (80, 100)],
]


def test_a_median_that_is_reached_nearly_between_two_amounts_is_their_middle() -> None:
    """Half are at 90 or less, and half at 105 or more, but for what the steps leave open (1e-6).

    So it is 97.50, as with exact shares, and not one of the two by what is left of the steps.
    """
    low, high = np.array(NEARLY_EVEN).T
    found = Turnbull(low, high)
    shares = found.fit(np.ones((1, len(NEARLY_EVEN))))[0]
    at_most = shares[found.right <= 90].sum()
    assert 1e-9 < abs(at_most - 0.5) < 1e-5
    assert found.quantiles(shares, [0.5]) == pytest.approx([97.5])


@pytest.mark.parametrize(
    ("ranges", "expected", "why"),
    [
        ([(1, 1), (2, 2), (3, 3)], 2, "the middle one"),
        ([(1, 1), (2, 2), (3, 3), (6, 6)], 2.5, "between the two in the middle"),
        ([(1, 1), (5, OPEN), (6, OPEN)], OPEN, "half are in the open"),
        ([(0, 3), (0, 2), (9, 9)], -OPEN, "nobody states a low end"),
        ([(1, 1), (2, OPEN), (3, 3), (4, 4), (5, 5)], 4, "1/5 at 1, 4/15 each at 3, 4, 5"),
    ],
)
def test_the_median(ranges: list[tuple[float, float]], expected: float, why: str) -> None:
    low, high = np.array(ranges).T
    found, _ = quantiles(np.arange(len(ranges)), low, high, [0.5], draws=0)
    assert found[0] == pytest.approx(expected), why


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 9)), min_size=1, max_size=25))
def test_shares_sum_to_one_and_quantiles_rise(pairs: list[tuple[int, int]]) -> None:
    low = np.array([float(start) for start, _ in pairs])
    high = low + np.array([float(width) for _, width in pairs])
    found = Turnbull(low, high)
    shares = found.fit(np.ones((1, len(pairs))))
    assert shares.sum() == pytest.approx(1)
    values = found.quantiles(shares, LEVELS)[0]
    assert (np.diff(values) >= -1e-9).all()
    assert low.min() <= values[0] <= values[-1] <= high.max()


def test_the_interval_of_a_median_resamples_employers() -> None:
    """30 employers at 100 and one with 30 postings at 200: it is in some 63% of the draws."""
    amounts = np.array([100.0] * 30 + [200.0] * 30)
    employers = np.array([*range(30), *[30] * 30])
    found, ends = quantiles(employers, amounts, amounts, [0.5], draws=300)
    assert found[0] == 150
    assert ends[0].tolist() == [100, 200]


def test_intervals_are_of_what_is_stated_open_ends_among_them() -> None:
    """Each draw of employers estimated anew from its own ranges, a third without a high end."""
    draw = np.random.default_rng(6)
    employers = np.repeat(np.arange(25), 2)
    low = draw.integers(60, 160, 50).astype(float)
    high = np.where(draw.random(50) < 1 / 3, OPEN, low)
    levels, draws = (0.25, 0.5), 200
    values, ends = quantiles(employers, low, high, levels, draws=draws)
    weights = np.random.default_rng(SEED).multinomial(25, np.full(25, 1 / 25), size=draws)
    each = []
    for times in weights[:, employers]:
        found = Turnbull(np.repeat(low, times), np.repeat(high, times))
        each.append(found.quantiles(found.shares[None], levels)[0])
    drawn = np.sort(np.array(each), axis=0)
    beyond = _beyond(np.full(25, 2.0))
    places = [round(beyond * (draws - 1)), round((1 - beyond) * (draws - 1))]
    assert ends == pytest.approx(drawn[places].T, abs=1)
    closed = quantiles(employers[high == low], low[high == low], low[high == low], levels, draws=0)
    assert (values > closed[0]).all()  # who leaves the open ones out takes pay for lower
