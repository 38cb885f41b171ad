"""How much of what two groups ask for is the same: by hand, as properties, and where it is true."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.special import erf, stdtrit

from kg.analysis.angle import cosine
from kg.analysis.measured import Measured, ends, too_few
from kg.analysis.overlap import Side, align, covered, jaccard, smaller, total
from tests.bench.bench_overlap import MARKETS, Market, coverage
from tests.bench.overlapping_skills import coverage_of_skills


def side(*witnesses: tuple[int, ...]) -> Side:
    """Witnesses as (postings, postings with the first skill, with the second, ...)."""
    table = np.array(witnesses, float)
    return Side(csr_array(table[:, 1:]), table[:, 0])


def apart(a: Side, b: Side) -> tuple[Side, Side]:
    """Two sides without a witness in common."""
    first = np.arange(len(a.sizes))
    return align(a, b, first, np.arange(len(b.sizes)) + len(first))


A = side((1, 1, 1), (1, 1, 0))
B = side((1, 0, 1), (1, 1, 1))


def test_the_overlap_by_hand() -> None:
    """A: 1, 1/2; B: 1/2, 1. Smaller: 1/2 + 1/2; larger: 1 + 1; a covers 1 of the 3/2 of b."""
    a, b = apart(A, B)
    assert smaller(a, b).value == 1.0
    assert (total(a).value, total(b).value) == (1.5, 1.5)
    assert jaccard(a, b).value == 0.5
    assert covered(a, b).value == pytest.approx(2 / 3)


def test_the_scores_by_hand() -> None:
    """Of the first skill b's share is the smaller, of the second a's.

    A's witnesses have 1 and 0 of what counts, 1/2 on average, off by 1/2 and -1/2, each over 2
    postings; B's 0 and 1. The variance is 4 (1/4)^2 = 1/4, times 2/1 for two witnesses.
    """
    found = smaller(*apart(A, B))
    assert found.scores.tolist() == [0.25, -0.25, -0.25, 0.25]
    assert found.error(2) == pytest.approx(math.sqrt(0.5))


def test_what_one_witness_named_is_shared_by_half() -> None:
    """Ten of a, ten of b; one of a names a skill: the nineteen others say nothing of it.

    As counted it is in a only: 0. Its share is 1/10, and half of that 1/20.
    """
    alone = side((1, 1), *[(1, 0)] * 9), side(*[(1, 0)] * 10)
    a, b = apart(*alone)
    assert smaller(a, b).value == 0
    assert smaller(a, b, unseen=True).value == pytest.approx(0.05)


def test_what_two_witnesses_named_is_shared_by_less() -> None:
    """Two of ten of a name a skill. For each the nine others have a share of 1/9.

    Their variance is 1/9 * 8/9 / 9 = 8/729, so the difference is 1/9 / sqrt(8/729) = 1.0607
    standard errors; 2 Phi(1.0607) - 1 = 0.7112. Of the share of 1/5 counts (1 - 0.7112) / 2.
    """
    a, b = apart(side((1, 1), (1, 1), *[(1, 0)] * 8), side(*[(1, 0)] * 10))
    assert smaller(a, b).value == 0
    believed = erf((1 / 9) / math.sqrt(8 / 729) / math.sqrt(2))
    assert believed == pytest.approx(0.7112, abs=1e-4)
    assert smaller(a, b, unseen=True).value == pytest.approx(0.2 * (1 - believed) / 2)


def test_what_all_of_one_side_ask_for_and_none_of_the_other_is_shared_by_none() -> None:
    a, b = apart(side(*[(1, 1, 1)] * 10), side(*[(1, 0, 1)] * 10))
    assert smaller(a, b, unseen=True).value == pytest.approx(1.0)
    assert jaccard(a, b, unseen=True).value == pytest.approx(0.5)
    assert jaccard(a, b, unseen=True).error(10) == pytest.approx(0.0)


def test_a_witness_of_both_sides_is_one() -> None:
    """Its two groups move together: of the same postings on both sides nothing can differ."""
    both = side((1, 1, 0), (2, 1, 1), (1, 0, 1))
    numbers = np.array([4, 7, 9])
    a, b = align(both, both, numbers, numbers)
    assert len(a.sizes) == 3
    assert jaccard(a, b).value == jaccard(a, b, unseen=True).value == 1.0
    assert jaccard(a, b).error(3) == pytest.approx(0.0)


COUNTS = st.lists(
    st.integers(1, 4).flatmap(lambda size: st.tuples(st.just(size), *[st.integers(0, size)] * 4)),
    min_size=2,
    max_size=8,
).filter(lambda rows: sum(sum(row[1:]) for row in rows) > 0)


@given(COUNTS, COUNTS)
def test_the_index_is_that_of_the_profiles_and_the_sides_may_be_exchanged(
    one: list[tuple[int, ...]], other: list[tuple[int, ...]]
) -> None:
    """Scores add up to 0, and the interval has what was counted."""
    a, b = apart(side(*one), side(*other))
    p, q = a.profile, b.profile
    plain = jaccard(a, b)
    assert plain.value == pytest.approx(np.minimum(p, q).sum() / np.maximum(p, q).sum())
    for unseen in (False, True):
        found, back = jaccard(a, b, unseen=unseen), jaccard(b, a, unseen=unseen)
        assert found.value == pytest.approx(back.value)
        assert found.scores.tolist() == pytest.approx(back.scores.tolist())
        assert found.scores.sum() == pytest.approx(0.0, abs=1e-9)
    low, high = ends(plain, jaccard(a, b, unseen=True), 2)
    assert 0 <= low <= plain.value <= high <= 1


@given(COUNTS, COUNTS, st.integers(2, 5))
def test_more_postings_of_the_same_witnesses_prove_nothing_more(
    one: list[tuple[int, ...]], other: list[tuple[int, ...]], times: int
) -> None:
    once = apart(side(*one), side(*other))
    often = apart(*(Side(csr_array(each * times), sizes * times) for each, sizes in (
        (side(*one).hits, side(*one).sizes), (side(*other).hits, side(*other).sizes)
    )))  # fmt: skip
    for unseen in (False, True):
        few, many = jaccard(*once, unseen=unseen), jaccard(*often, unseen=unseen)
        assert few.value == pytest.approx(many.value)
        assert few.scores.tolist() == pytest.approx(many.scores.tolist(), abs=1e-9)


def test_the_error_is_that_of_a_bootstrap_of_witnesses() -> None:
    """Shares that are far apart for their errors: drawing employers comes to the same error."""
    draw = np.random.default_rng(1)
    sizes = draw.integers(1, 5, 60).astype(float)
    shares = np.array([0.9, 0.7, 0.5, 0.2]), np.array([0.4, 0.3, 0.9, 0.7])
    hits = [draw.binomial(sizes[:, None].astype(int), one).astype(float) for one in shares]
    a, b = apart(*(Side(csr_array(each), sizes) for each in hits))
    found = jaccard(a, b)
    times = draw.multinomial(60, np.full(60, 1 / 60), (2, 4000)).astype(float)
    p, q = (each @ one / (each @ sizes)[:, None] for each, one in zip(times, hits, strict=True))
    drawn = np.minimum(p, q).sum(axis=1) / np.maximum(p, q).sum(axis=1)
    assert found.error(60) == pytest.approx(drawn.std(), rel=0.06)
    vectors = draw.normal(1, 1, (4, 6))
    first, second = (np.asarray(each.hits @ vectors) for each in (a, b))
    angle = cosine(first, second, a.sizes, b.sizes)
    u, v = p @ vectors, q @ vectors
    turned = (u * v).sum(axis=1) / np.linalg.norm(u, axis=1) / np.linalg.norm(v, axis=1)
    assert angle.error(60) == pytest.approx(turned.std(), rel=0.06)
    both = (found * angle).root()
    assert both.error(60) == pytest.approx(np.sqrt(drawn * turned).std(), rel=0.06)


def test_the_cosine_by_hand() -> None:
    """Averages (1, 1) and (1, 0): cosine 1/sqrt(2).

    Of a the two witnesses differ from the average by (1, 0) and (-1, 0), over two postings: the
    squares add up to 1/2, so the square of the length is 2 - 1/2; b's do not differ. Then the
    cosine is 1 / sqrt(3/2).
    """
    a, b = np.array([[2.0, 1.0], [0, 1], [0, 0]]), np.array([[0.0, 0.0], [0, 0], [1, 0]])
    sizes = np.array([1.0, 1, 0]), np.array([0.0, 0, 1])
    assert cosine(a, b, sizes[0], sizes[1]).value == pytest.approx(1 / math.sqrt(2))
    assert cosine(a, b, sizes[0], sizes[1], unseen=True).value == pytest.approx(1 / math.sqrt(1.5))


def test_numbers_made_of_numbers() -> None:
    """x = 4 off by 0.4, y = 2 off by 0.1: the product by 1.2, the ratio by 0.1, the root by 0.1."""
    x, y = Measured(4.0, np.array([0.4, -0.4])), Measured(2.0, np.array([0.1, -0.1]))
    assert ((x * y).value, (x * y).scores.tolist()) == (8.0, pytest.approx([1.2, -1.2]))
    assert ((x / y).value, (x / y).scores.tolist()) == (2.0, pytest.approx([0.1, -0.1]))
    assert (x.root().value, x.root().scores.tolist()) == (2.0, pytest.approx([0.1, -0.1]))
    assert (x - y).scores.tolist() == pytest.approx([0.3, -0.3])


def test_the_ends_by_hand() -> None:
    """Ten witnesses, t with 9 degrees of freedom 2.2622; errors 0.1 and 0.2, times sqrt(10/9)."""
    wide = stdtrit(9, 0.975) * math.sqrt(10 / 9)
    least = Measured(0.5, np.array([0.1, 0.0]))
    most = Measured(0.6, np.array([0.0, 0.2]))
    assert ends(least, most, 10) == pytest.approx((0.5 - 0.1 * wide, 1.0))
    assert ends(least, Measured(0.4, np.zeros(2)), 10)[1] == 0.5
    assert ends(Measured(0.1, np.array([1.0])), most, 10)[0] == 0.0


@pytest.mark.parametrize(
    ("witnesses", "said"),
    [
        (1, "not enough data: 1 employer; an interval takes 10"),
        (9, "not enough data: 9 employers; an interval takes 10"),
        (10, None),
    ],
)
def test_too_few_witnesses_are_counted(witnesses: int, said: str | None) -> None:
    assert too_few(witnesses) == said


@pytest.mark.parametrize("market", MARKETS[:6], ids=lambda one: one.name)
def test_the_interval_has_what_is_true(market: Market) -> None:
    """Of 200 corpora whose truth is known a 95% interval may miss 10.

    Where it misses 5 of 100, more than 16 of 200 have a chance of 0.02.
    """
    found = coverage(market, 200)
    assert found.overlap_missed <= 16
    assert found.gap_missed <= 16
    assert found.likeness_missed <= 16


def test_the_interval_of_skills_has_what_is_true() -> None:
    """Pairs of eight skills, twenty times a hundred employers: one in twenty may be missed."""
    found = coverage_of_skills(100, 20)
    assert found.pairs > 500
    assert found.missed <= found.pairs / 20


def test_bootstraps_have_not() -> None:
    """The same role drawn twice: neither the percentile interval nor the reflected one has it."""
    found = coverage(MARKETS[0], 40, bootstraps=True)
    assert (found.percentile_missed, found.reflected_missed) == (40, 40)
    assert found.likeness_missed <= 5
