"""Tails of tables of two by two: by hand, exactly by fractions, and against scipy."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.hypergeometric import two_sided, upper_tail

TABLES = st.tuples(*[st.integers(0, 25)] * 4)


def chances(size: int, having: int, drawn: int) -> dict[int, Fraction]:
    """Return the chance of each count, exactly."""
    possible = range(max(0, having + drawn - size), min(having, drawn) + 1)
    whole = comb(size, drawn)
    return {
        one: Fraction(comb(having, one) * comb(size - having, drawn - one), whole)
        for one in possible
    }


@settings(deadline=None)
@given(TABLES)
def test_both_are_exact(table: tuple[int, int, int, int]) -> None:
    a, without_a, b, without_b = table
    size_a, size_b = a + without_a, b + without_b
    each = chances(size_a + size_b, a + b, size_a)
    above = sum((chance for count, chance in each.items() if count >= a), Fraction())
    unlikely = sum((chance for chance in each.values() if chance <= each[a]), Fraction())
    assert upper_tail(a, size_a + size_b, a + b, size_a) == pytest.approx(float(above), rel=1e-9)
    assert two_sided(a, size_a, b, size_b) == pytest.approx(float(unlikely), rel=1e-9)


def test_many_large_tables_agree_with_scipy() -> None:
    from scipy.stats import fisher_exact, hypergeom

    draw = np.random.default_rng(5)
    size_a, size_b = 41_000, 59_000
    shares = draw.beta(0.5, 5, 60)
    a, b = draw.binomial(size_a, shares), draw.binomial(size_b, shares * draw.uniform(0.9, 1.1, 60))
    ours = two_sided(a, size_a, b, size_b)
    scipy = [
        fisher_exact([[one, size_a - one], [other, size_b - other]]).pvalue
        for one, other in zip(a.tolist(), b.tolist(), strict=True)
    ]
    assert ours == pytest.approx(np.array(scipy), rel=1e-6, abs=1e-250)
    tails = upper_tail(a, size_a + size_b, a + b, size_a)
    expected = hypergeom.sf(a - 1, size_a + size_b, a + b, size_a)
    assert tails == pytest.approx(expected, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(
    ("count", "expected", "why"),
    [
        (0, 1.0, "none or more is sure"),
        (5, comb(20, 5) / comb(40, 5), "all five of 5 drawn: C(20, 5) / C(40, 5)"),
        (6, 0.0, "more than are drawn"),
    ],
)
def test_the_ends_of_a_tail(count: int, expected: float, why: str) -> None:
    assert upper_tail(count, 40, 20, 5) == pytest.approx(expected), why


def test_tables_that_are_equally_likely_count_alike() -> None:
    """3 of 6 against 6 of 6 and its mirror, and 7 of 20 against 7 of 20: all tables, hence 1."""
    assert two_sided(3, 6, 6, 6) == two_sided(6, 6, 3, 6)
    assert two_sided(7, 20, 7, 20) == 1
    assert two_sided([1, 2], 2, [1, 0], 2).tolist() == pytest.approx([1, 1 / 3])


def test_nothing_to_count() -> None:
    assert two_sided(0, 0, 0, 0) == 1
    assert two_sided([], 3, [], 3).shape == (0,)
    assert upper_tail([], 3, [], 3).shape == (0,)
