"""Least squares with employers for the witnesses: by hand, and what cannot be told apart."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.sparse import csr_array

from kg.analysis.regression import regress


def test_a_regression_by_hand() -> None:
    """Means 1 and 3 without and with: slope 2; each employer a posting. Residuals -1, 1 a side.

    CR3 of a mean of two: the jackknife: leaving one out the means become 2, 0 and 4, 2, so the
    slope 1, 3, 3, 1: 3/4 * 4 * 1 = 3, error 1.7321. CR1: scores -+1/2 of spread 1: 1 * 4/3 * 3/2
    = 2, error 1.4142. Student's 97.5% with 3 degrees of freedom is 3.18245.
    """
    amounts = np.array([0.0, 2, 2, 4])
    having = np.array([[0.0], [0], [1], [1]])
    jackknife = regress(amounts, having, np.ones((4, 1)), np.arange(4))
    assert jackknife.slopes[0] == pytest.approx(2)
    assert jackknife.intervals[0][1] - 2 == pytest.approx(3.18245 * 1.7320508, rel=1e-5)
    usual = regress(amounts, having, np.ones((4, 1)), np.arange(4), "CR1")
    assert usual.intervals[0][1] - 2 == pytest.approx(3.18245 * 1.4142136, rel=1e-5)


@pytest.mark.parametrize(
    ("firms", "places", "why"),
    [
        (12, 2, "employers of more postings than there are constants"),
        (60, 9, "employers of fewer"),
        (12, 9, "of both kinds"),
        (60, 40, "some employers alone decide a constant"),
    ],
)
def test_the_jackknife_leaves_each_employer_out(firms: int, places: int, why: str) -> None:
    """Against the slopes of all regressions without one employer, which is what CR3 is."""
    from scipy.stats import t

    draw = np.random.default_rng(2)
    employers = np.unique(draw.integers(0, firms, 120), return_inverse=True)[1]
    having = draw.integers(0, 2, (120, 3)).astype(float)
    place = draw.integers(0, places, 120)
    fixed = np.column_stack([np.ones(120), place[:, None] == np.arange(places)])
    amounts = draw.normal(size=120)
    found = regress(amounts, having, csr_array(fixed), employers)
    count = int(employers.max()) + 1
    for number, column in enumerate(having.T):
        slopes = []
        for one in range(count):
            rest = employers != one
            columns = np.column_stack([column[rest], fixed[rest]])
            slopes.append(np.linalg.lstsq(columns, amounts[rest], rcond=None)[0][0])
        variance = (count - 1) / count * ((np.array(slopes) - found.slopes[number]) ** 2).sum()
        half = t.ppf(0.975, count - 1) * math.sqrt(variance)
        low, high = found.intervals[number]
        assert (high - low) / 2 == pytest.approx(half, rel=1e-6), why


def test_what_is_held_fixed_wholly_is_not_told_apart() -> None:
    having = np.array([[0.0], [0], [1], [1]])
    fixed = np.column_stack([np.ones(4), having])
    found = regress(np.arange(4.0), having, fixed, np.arange(4))
    assert found.p == (1.0,)
    assert found.spread[0] == pytest.approx(0)
