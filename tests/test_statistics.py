from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from kg.analysis.statistics import PRIOR_POSTINGS, benjamini_hochberg, fisher, log_odds


def test_log_odds_by_hand() -> None:
    """10 of 30 against 25 of 30, half of the corpus; the prior adds 5 to each count.

    a: 15 require it, 25 do not; b: 30 and 10.
    log-odds = ln(30/10) - ln(15/25) = ln 3 - ln 0.6 = ln 5 = 1.6094379
    variance = 1/15 + 1/25 + 1/30 + 1/10 = 0.24; sigma = 0.4898979; z = 3.2852494
    interval = 1.6094379 -+ 1.9599640 * 0.4898979 = 1.6094379 -+ 0.9601823
    """
    effect = log_odds(10, 30, 25, 30, corpus_share=0.5)
    assert effect is not None
    assert effect.log_odds == pytest.approx(1.6094379)
    assert effect.z == pytest.approx(3.2852494)
    assert effect.interval == pytest.approx((0.6492556, 2.5696202))


def test_the_prior_draws_a_skill_that_one_side_never_asks_to_a_finite_value() -> None:
    """0 of 30 against 3 of 30, 5 in 100 of the corpus: a 0.5 and 39.5, b 3.5 and 36.5.

    ln(3.5/36.5) - ln(0.5/39.5) = -2.3445487 + 4.3694478 = 2.0248991
    """
    effect = log_odds(0, 30, 3, 30, corpus_share=0.05)
    assert effect is not None
    assert effect.log_odds == pytest.approx(2.0248991)


def test_equal_counts_differ_by_nothing() -> None:
    effect = log_odds(12, 40, 12, 40, corpus_share=0.2)
    assert effect is not None
    assert (effect.log_odds, effect.z) == (0, 0)


@pytest.mark.parametrize(("count", "share"), [(0, 0.0), (30, 1.0)])
def test_without_odds_there_is_no_effect(count: int, share: float) -> None:
    assert log_odds(count, 30, count, 30, corpus_share=share) is None


@given(st.integers(0, 50), st.integers(0, 50), st.floats(0.01, 0.99))
def test_swapping_the_sides_turns_the_sign(count_a: int, count_b: int, share: float) -> None:
    there = log_odds(count_a, 50, count_b, 50, corpus_share=share)
    back = log_odds(count_b, 50, count_a, 50, corpus_share=share)
    assert there is not None
    assert back is not None
    assert there.log_odds == pytest.approx(-back.log_odds)


def test_log_odds_agree_with_draws_from_the_posterior() -> None:
    """Oracle: the log-odds ratio of 400,000 draws from the two Beta posteriors."""
    counts, share = (60, 200, 110, 220), 0.3
    rng = np.random.default_rng(20080901)

    def draws(count: int, size: int) -> np.ndarray:
        yes = count + PRIOR_POSTINGS * share
        p = rng.beta(yes, size + PRIOR_POSTINGS - yes, size=400_000)
        return np.asarray(np.log(p / (1 - p)))

    sample = draws(110, 220) - draws(60, 200)
    effect = log_odds(*counts, corpus_share=share)
    assert effect is not None
    assert effect.log_odds == pytest.approx(sample.mean(), abs=0.01)
    assert effect.log_odds / effect.z == pytest.approx(sample.std(), rel=0.01)


def test_fisher_by_hand() -> None:
    """2 of 2 against 0 of 2: of the C(4,2) = 6 tables, the 2 extreme ones are as unlikely: 2/6."""
    assert fisher(2, 2, 0, 2) == pytest.approx(1 / 3)


def test_fisher_by_hand_on_whole_groups() -> None:
    """30 of 30 against 0 of 30: 2 / C(60,30)."""
    assert fisher(0, 30, 30, 30) == pytest.approx(2 / math.comb(60, 30))


def test_fisher_of_equal_counts_is_one() -> None:
    assert fisher(7, 20, 7, 20) == pytest.approx(1)


def test_benjamini_hochberg_by_hand() -> None:
    """Sorted 0.01, 0.03, 0.04: times 3/1, 3/2, 3/3 is 0.03, 0.045, 0.04; never above a later one.

    So 0.01 has 0.03, 0.03 has 0.04, 0.04 has 0.04.
    """
    assert benjamini_hochberg([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.04, 0.04])


def test_equal_p_values_have_equal_q_values() -> None:
    """0.02 twice: the second is 0.02 * 3/2 = 0.03, and the first takes it over."""
    assert benjamini_hochberg([0.02, 0.5, 0.02]) == pytest.approx([0.03, 0.5, 0.03])


def test_nothing_to_adjust() -> None:
    assert benjamini_hochberg([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_benjamini_hochberg_agrees_with_scipy(p_values: list[float]) -> None:
    found = benjamini_hochberg(p_values)
    assert found == pytest.approx(list(false_discovery_control(p_values)))
    ordered = [q for _, q in sorted(zip(p_values, found, strict=True))]
    assert all(low <= high for low, high in pairwise(ordered))
