"""Trends along an order: by hand, and against another library."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.clusters import count_by_employer, employer_p
from kg.analysis.ordered import find_trends, trend_p


def test_the_trend_by_hand() -> None:
    """Nine employers with a posting each; of three on each of steps 0, 1, 2 none, one, all have it.

    Mean step 1, share 4/9. The sum: step 0: -1 * (0 - 4/9) * 3 = 4/3; step 2: 1 * (1 - 4/9) * 3 =
    5/3; together 3. Postings: sum of squares of the steps 6, of the feature 4 - 16/9 = 20/9, over
    8: variance 6 * (20/9) / 8 = 1.6667, statistic 3 / 1.29099 = 2.32379, p 0.020137. Employers:
    3 * (4/9)^2 + 3 * (5/9)^2 = 1.518519, statistic 3 / 1.232282 = 2.434507, p 0.014912. The slope
    is 3 / 6.
    """
    steps = np.repeat([0.0, 1, 2], 3)
    having = np.array([0, 0, 0, 1, 0, 0, 1, 1, 1.0])[:, None]
    (trend,) = find_trends(np.arange(9), steps, having)
    assert trend.p_postings == pytest.approx(0.020137, abs=1e-6)
    assert trend.p_employers == pytest.approx(0.014912, abs=1e-6)
    assert (trend.slope, trend.p, trend.q) == (pytest.approx(0.5), trend.p_postings, trend.p)  # type: ignore[comparison-overlap]
    low, high = trend.interval
    assert 0 < low < 0.5 < high <= 1


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.booleans()), max_size=40))
def test_on_two_steps_it_is_the_test_of_a_comparison(rows: list[tuple[int, bool, bool]]) -> None:
    rows = [*rows, (0, True, True), (1, False, False)]
    names, sides, having = (np.array(column) for column in zip(*rows, strict=True))
    employers = np.unique(names, return_inverse=True)[1]
    _, (found,) = trend_p(employers, sides.astype(float), having[:, None].astype(float))
    (compared,) = employer_p(count_by_employer(employers, sides, having[:, None])).tolist()
    assert found == pytest.approx(compared, abs=1e-6)


def test_postings_alone_are_mantel_s_correlation() -> None:
    """(n - 1) r^2 is chi-squared with one degree of freedom: scipy's r as the oracle."""
    from scipy.stats import chi2, pearsonr, rankdata

    draw = np.random.default_rng(3)
    steps = draw.integers(0, 5, 60).astype(float)
    values = draw.normal(size=60) + 0.2 * steps
    (trend,) = find_trends(np.arange(60), steps, values[:, None], ranked=True)
    r = pearsonr(steps, rankdata(values)).statistic
    assert trend.p_postings == pytest.approx(chi2.sf(59 * r * r, 1))


def test_one_employer_s_climb_is_no_trend() -> None:
    """Twenty postings a step. On the last all ten that have it are one employer's."""
    employers = np.concatenate([np.arange(50), np.full(10, 50)])
    steps = np.repeat([0.0, 1, 2], 20)
    having = (employers == 50).astype(float)[:, None]
    (trend,) = find_trends(employers, steps, having)
    assert trend.p_postings < 0.001
    assert trend.p_employers > 0.05
    assert trend.q == trend.p_employers


@pytest.mark.parametrize(
    ("steps", "values", "why"),
    [
        ([0.0, 1, 2, 0, 1, 2], [1.0] * 6, "all have it"),
        ([0.0, 1, 2, 0, 1, 2], [0.0] * 6, "none has it"),
        ([1.0] * 6, [0.0, 1, 0, 1, 0, 1], "one step only"),
    ],
)
def test_what_does_not_vary_has_no_trend(steps: list[float], values: list[float], why: str) -> None:
    (trend,) = find_trends(np.arange(6), np.array(steps), np.array(values)[:, None])
    assert (trend.p, trend.slope) == (1, pytest.approx(0)), why  # type: ignore[comparison-overlap]


def test_nothing_to_test() -> None:
    assert find_trends(np.arange(3), np.arange(3.0), np.zeros((3, 0))) == []


def test_turning_the_order_round_turns_the_slope() -> None:
    draw = np.random.default_rng(5)
    steps, having = np.repeat([0.0, 1, 2, 3], 10), draw.integers(0, 2, (40, 1)).astype(float)
    employers = np.arange(40) // 2
    (there,) = find_trends(employers, steps, having)
    (back,) = find_trends(employers, 3 - steps, having)
    assert there.slope == pytest.approx(-back.slope)
    assert there.p == pytest.approx(back.p)
    assert there.interval == pytest.approx((-back.interval[1], -back.interval[0]))
