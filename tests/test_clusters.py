"""Employers as witnesses: tests by hand, against simulation, and against other libraries."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis import clusters
from kg.analysis.clusters import (
    ByEmployer,
    count_by_employer,
    draw_employers,
    employer_p,
    ends_of,
    log_odds_intervals,
    median_difference_interval,
    median_interval,
)
from kg.analysis.shares import least_difference, postings_needed, wilson


def test_postings_are_summed_up_to_employers() -> None:
    """Employer 0: one posting on a with the feature, two on b, one of which has it; 1: one on b."""
    counts = count_by_employer(
        np.array([0, 0, 0, 1]),
        np.array([False, True, True, True]),
        np.array([[True], [True], [False], [False]]),
    )
    assert counts.sizes_a.tolist() == [1, 0]
    assert counts.sizes_b.tolist() == [2, 1]
    assert (counts.hits_a.tolist(), counts.hits_b.tolist()) == ([[1], [0]], [[1], [0]])


def counts_of(*employers: tuple[int, int, int, int]) -> ByEmployer:
    """Employers as (postings on a, of them with it, postings on b, of them with it)."""
    table = np.array(employers, float)
    return ByEmployer(table[:, 0], table[:, 2], table[:, 1:2], table[:, 3:4])


def test_the_employers_p_by_hand() -> None:
    """4 employers on a without, 4 on b with, one posting each: pooled 1/2.

    Each adds 1/8 to the difference: 8 * 1/8 over sqrt(8 * 1/64) = 2.8284; p = 0.0046777.
    """
    counts = counts_of(*[(1, 0, 0, 0)] * 4, *[(0, 0, 1, 1)] * 4)
    assert employer_p(counts).tolist() == pytest.approx([0.0046777], rel=1e-4)


def test_more_postings_of_the_same_employers_prove_nothing_more() -> None:
    once = counts_of(*[(1, 0, 0, 0)] * 4, *[(0, 0, 1, 1)] * 4)
    often = counts_of(*[(50, 0, 0, 0)] * 4, *[(0, 0, 50, 50)] * 4)
    assert employer_p(often).tolist() == pytest.approx(employer_p(once).tolist())


@pytest.mark.parametrize("all_have", [True, False])
def test_what_all_or_none_have_differs_in_nothing(all_have: bool) -> None:
    have = 3 if all_have else 0
    assert employer_p(counts_of((3, have, 0, 0), (0, 0, 3, have))).tolist() == [1.0]


@given(st.lists(st.tuples(*[st.integers(0, 5)] * 2), min_size=4, max_size=30))
def test_swapping_the_sides_changes_no_p(sizes: list[tuple[int, int]]) -> None:
    rows = [(a, min(a, 2), b, min(b, 1)) for a, b in sizes] + [(1, 0, 1, 1)]
    there = employer_p(counts_of(*rows))
    back = employer_p(counts_of(*[(b, y, a, x) for a, x, b, y in rows]))
    assert there.tolist() == pytest.approx(back.tolist())


def test_the_interval_is_as_wide_as_employers_are_unlike() -> None:
    """30 employers a side, 10 postings each, half of all with the feature.

    Alike: each employer half, so that no draw of employers changes anything. Unlike: half of the
    employers always, half never; the log-odds ratio of shares has then the standard error of 30
    independent witnesses, sqrt(2 / (30 * 0.25)) = 0.516, and the interval is some 2.0 wide.
    """
    alike = counts_of(*[(10, 5, 0, 0)] * 30, *[(0, 0, 10, 5)] * 30)
    unlike = counts_of(*[(10, 10, 0, 0), (10, 0, 0, 0)] * 15, *[(0, 0, 10, 10), (0, 0, 10, 0)] * 15)
    share = np.array([0.5])
    for counts, low, high in ((alike, 0, 1e-9), (unlike, 1.7, 2.3)):
        ((left, right),) = log_odds_intervals(counts, share, 10)
        assert low <= right - left <= high
    assert (log_odds_intervals(unlike, share, 10) == log_odds_intervals(unlike, share, 10)).all()


def test_the_interval_of_a_difference_of_medians() -> None:
    """a: 1 by 20 employers; b: 3 by 20 employers: whoever is drawn, the difference is 2."""
    employers = np.arange(40)
    values = np.array([1.0] * 20 + [3.0] * 20)
    assert median_difference_interval(employers, employers >= 20, values) == (2, 2)


def test_the_median_of_two_values_lies_between() -> None:
    """b's median is 2, 3 or 4, as the draw falls; a's is always 1."""
    employers = np.arange(40)
    values = np.array([1.0] * 20 + [2.0, 4.0] * 10)
    assert median_difference_interval(employers, employers >= 20, values) == (1, 3)


def test_wilson_by_hand() -> None:
    """5 of 10: (0.5 + 0.19208) / 1.38416 = 0.5; half 1.95996/1.38416 * sqrt(0.025 + 0.0096039)."""
    found = wilson(5, 10)
    assert found == pytest.approx((0.2366, 0.7634), abs=1e-4)


@pytest.mark.parametrize(("count", "size"), [(0, 10), (10, 10), (3, 7), (250, 1000)])
def test_wilson_agrees_with_scipy(count: int, size: int) -> None:
    from scipy.stats import binomtest

    oracle = binomtest(count, size).proportion_ci(method="wilson")
    assert wilson(count, size) == pytest.approx((oracle.low, oracle.high), abs=1e-9)


def test_a_share_of_nothing_has_no_interval() -> None:
    assert wilson(0, 0) is None


def test_as_many_postings_as_are_needed_find_a_difference_four_times_in_five() -> None:
    """By simulation: 93 a side, shares 0.3 and 0.5, tested as two proportions at 0.05."""
    size = postings_needed(0.3, 0.5)
    assert size == 93
    draw = np.random.default_rng(1)
    a, b = draw.binomial(size, 0.3, 20_000) / size, draw.binomial(size, 0.5, 20_000) / size
    mean = (a + b) / 2
    z = np.abs(b - a) / np.sqrt(2 * mean * (1 - mean) / size)
    assert (z > 1.959964).mean() == pytest.approx(0.8, abs=0.02)


def test_equal_shares_cannot_be_told_apart() -> None:
    with pytest.raises(ValueError, match="no difference"):
        postings_needed(0.3, 0.3)


@pytest.mark.parametrize(
    ("a", "b", "least"),
    [(93, 93, 0.20), (163, 163, 0.15), (3, 2, 0.7), (0, 50, 0.7)],
)
def test_the_least_difference_that_groups_show(a: int, b: int, least: float) -> None:
    assert least_difference(a, b, 0.3) == pytest.approx(least, abs=0.005)


@pytest.mark.parametrize("block", [1, 70, 4_000_000])
def test_draws_in_parts_are_those_of_one_call(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "BLOCK", block)
    whole = np.random.default_rng(9).multinomial(7, np.full(7, 1 / 7), size=30)
    assert draw_employers(7, 30, 9).tolist() == whole.tolist()


def test_the_ends_of_an_interval_are_numpy_s() -> None:
    draw = np.random.default_rng(2)
    drawn = draw.normal(size=(5, 1000))
    drawn[3] = 1.0
    drawn[4, 17] = np.nan
    expected = np.percentile(drawn, [2.5, 97.5], axis=1).T
    found = ends_of(drawn)
    assert found[:4] == pytest.approx(expected[:4], rel=1e-15)
    assert np.isnan(found[4]).all()


def test_medians_are_those_of_plain_resamples() -> None:
    """Each posting as often as its employer is drawn; the median of all of these."""
    draw = np.random.default_rng(8)
    employers, values = draw.integers(0, 12, 60), draw.integers(0, 9, 60).astype(float)
    employers = np.unique(employers, return_inverse=True)[1]
    count = int(employers.max()) + 1
    weights = draw_employers(count).astype(int)[:, employers]
    medians = [np.median(np.repeat(values, one)) for one in weights]
    assert median_interval(employers, values) == pytest.approx(np.percentile(medians, [2.5, 97.5]))
