"""Pay that leaves an end open, or lies between two amounts: by one rule in every answer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.censored import truncated
from kg.analysis.doubts.employer import less_pay_above
from kg.analysis.doubts.market import pay_outside
from kg.analysis.ladder import ladder
from kg.analysis.pay import pay
from kg.analysis.pay_medians import pay_ranks
from kg.analysis.pay_ranges import PayRange, stated_ranges
from kg.analysis.regression import regress
from kg.analysis.turnbull import median_difference
from tests.role_graphs import corpus_of
from tests.test_pay_quantiles import paid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats
    from kg.corpus import Corpus
    from nlp.types import Facts

OPEN = math.inf


# amounts within an interval


@pytest.mark.parametrize(
    ("low", "high", "mean", "variance", "why"),
    [
        (-OPEN, OPEN, 0.0, 1.0, "nothing is known of it"),
        (0.0, OPEN, 0.797885, 0.363380, "the half-normal: sqrt(2/pi), 1 - 2/pi"),
        (-OPEN, 0.0, -0.797885, 0.363380, "and the other half"),
        (-1.0, 1.0, 0.0, 0.291125, "1 - 2 * phi(1) / 0.682689 = 1 - 0.483941 / 0.682689"),
        (9.0, OPEN, 9.1085, 0.0116, "the far tail: 9 + 1/9 and less, about 1/81"),
        (-OPEN, -9.0, -9.1085, 0.0116, "the other tail"),
        (2.0, 2.0 + 1e-9, 2.0, 0.0, "next to no width"),
    ],
)
def test_the_mean_within_an_interval(
    low: float, high: float, mean: float, variance: float, why: str
) -> None:
    found = truncated(np.array(low), np.array(high), np.array(0.0), np.array(1.0))
    assert [float(one) for one in found] == pytest.approx([mean, variance], abs=1e-4), why


@settings(deadline=None)
@given(st.floats(-30, 30), st.floats(0, 60), st.floats(-5, 5), st.floats(0.01, 10))
def test_a_mean_lies_within_its_interval(
    low: float, width: float, centre: float, spread: float
) -> None:
    ends = np.array(low), np.array(low + width)
    mean, variance = truncated(*ends, np.array(centre), np.array(spread))
    assert ends[0] - 1e-9 <= mean <= ends[1] + 1e-9
    assert 0 <= variance <= spread**2 * (1 + 1e-9)


# the regression


def test_what_is_known_to_be_anything_adds_nothing() -> None:
    """Means 1 and 3 without and with: slope 2, and as sure as without the two that say nothing."""
    low = np.array([0.0, 2, 2, 4, -OPEN, -OPEN])
    high = np.array([0.0, 2, 2, 4, OPEN, OPEN])
    having = np.array([[0.0], [0], [1], [1], [0], [1]])
    found = regress(low, having, np.ones((6, 1)), np.arange(6), upto=high)
    assert found.slopes[0] == pytest.approx(2, abs=1e-6)


def test_an_interval_by_hand() -> None:
    """0 and 2 without, 2 and 4 with, and one with from 1 to 5: it lies even about 3: slope 2.

    Then that one from 3 on. With a spread of 1 and the centre of those with at 3 + d its mean is
    the centre + h, where h = phi(d) / Phi(d), and its square's about the centre 1 - d h. The centre
    is the mean of 2, 4 and 3 + d + h: d = h / 2. So the squares are 1 + 1 without,
    (1 + d)^2 + (1 - d)^2 + 1 - 2 d^2 with: 5 of 5 amounts, and the spread is 1 as supposed.
    d = phi(d) / (2 Phi(d)) is 0.306713: 0.380613 / (2 * 0.620470). The slope is 2 + d.
    """
    low = np.array([0.0, 2, 2, 4, 1])
    having = np.array([[0.0], [0], [1], [1], [1]])
    even = regress(low, having, np.ones((5, 1)), np.arange(5), upto=np.array([0.0, 2, 2, 4, 5]))
    assert even.slopes[0] == pytest.approx(2)
    low[-1] = 3
    found = regress(low, having, np.ones((5, 1)), np.arange(5), upto=np.array([0.0, 2, 2, 4, OPEN]))
    assert found.slopes[0] == pytest.approx(2.306713, abs=1e-5)


def drawn(
    seed: int, *, firms: int = 40, open_ends: float = 0.4
) -> tuple[Floats, Floats, Floats, Floats, NDArray[np.intp]]:
    """Return low and high ends, a feature, what is held fixed, and employers, at random."""
    draw = np.random.default_rng(seed)
    employers = np.unique(draw.integers(0, firms, 3 * firms), return_inverse=True)[1]
    size = len(employers)
    having = draw.integers(0, 2, (size, 1)).astype(float)
    place = draw.integers(0, 3, size)
    fixed = np.column_stack([np.ones(size), place == 1, place == 2]).astype(float)
    amounts = 0.3 * draw.normal(size=int(employers.max()) + 1)[employers]
    amounts += 11 + 0.5 * having[:, 0] + 0.2 * place + 0.3 * draw.normal(size=size)
    kind = draw.random(size)
    low = np.where(kind < open_ends, amounts - draw.exponential(0.3, size), amounts)
    high = np.where(kind < open_ends, amounts + draw.exponential(0.3, size), amounts)
    high[kind < open_ends / 2] = OPEN
    low[kind < open_ends / 8] = -OPEN
    return low, high, having, fixed, employers


def likeliest(low: Floats, high: Floats, columns: Floats) -> Floats:
    """Return the coefficients of the greatest likelihood, by a general optimiser."""
    from scipy.optimize import minimize
    from scipy.special import ndtr

    exact = low == high

    def cost(given_: Floats) -> float:
        centre, spread = columns @ given_[:-1], math.exp(given_[-1])
        known = -(((low[exact] - centre[exact]) / spread) ** 2 / 2 + given_[-1]).sum()
        ends = [ndtr((end[~exact] - centre[~exact]) / spread) for end in (low, high)]
        return -float(known + np.log(np.maximum(ends[1] - ends[0], 1e-300)).sum())

    start = np.append(np.linalg.lstsq(columns[exact], low[exact], rcond=None)[0], -1.0)
    found: Floats = minimize(cost, start, method="L-BFGS-B", options={"ftol": 1e-13}).x
    return found


@pytest.mark.parametrize("seed", range(2))
def test_the_slope_is_the_likeliest(seed: int) -> None:
    low, high, having, fixed, employers = drawn(seed)
    found = regress(low, having, fixed, employers, upto=high)
    oracle = likeliest(low, high, np.column_stack([having, fixed]))[0]
    assert found.slopes[0] == pytest.approx(oracle, abs=1e-4)


@pytest.mark.slow
def test_the_error_is_the_jackknife_s_over_employers() -> None:
    """Against the likeliest slopes of all regressions without one employer."""
    from scipy.stats import t

    low, high, having, fixed, employers = drawn(11, firms=25)
    found = regress(low, having, fixed, employers, upto=high)
    columns = np.column_stack([having, fixed])
    count = int(employers.max()) + 1
    slopes = np.array(
        [
            likeliest(low[rest], high[rest], columns[rest])[0]
            for rest in (employers != one for one in range(count))
        ]
    )
    variance = (count - 1) / count * ((slopes - found.slopes[0]) ** 2).sum()
    half = t.ppf(0.975, count - 1) * math.sqrt(variance)
    low_end, high_end = found.intervals[0]
    assert (high_end - low_end) / 2 == pytest.approx(half, rel=0.05)


def test_features_are_regressed_each_by_itself() -> None:
    low, high, having, fixed, employers = drawn(5)
    both = np.column_stack([having[:, 0], np.roll(having[:, 0], 7)])
    together = regress(low, both, fixed, employers, upto=high)
    for number in range(2):
        alone = regress(low, both[:, [number]], fixed, employers, upto=high)
        assert together.slopes[number] == pytest.approx(alone.slopes[0], abs=1e-8)
        assert together.intervals[number] == pytest.approx(alone.intervals[0], abs=1e-7)


@pytest.mark.parametrize(
    ("firms", "open_ends", "why"),
    [
        (40, 0.4, "employers of three postings or so, as many as constants"),
        (5, 0.2, "of more than constants, some by chance of one number of postings"),
        (30, 0.0, "no open ends"),
    ],
)
def test_postings_may_come_in_any_order(firms: int, open_ends: float, why: str) -> None:
    """They are sorted by employer inside, and those of few and of many are reckoned apart."""
    low, high, having, fixed, employers = drawn(7, firms=firms, open_ends=open_ends)
    order = np.random.default_rng(1).permutation(len(low))
    found = regress(low, having, fixed, employers, upto=high)
    other = regress(low[order], having[order], fixed[order], employers[order], upto=high[order])
    assert other.slopes == pytest.approx(found.slopes, rel=1e-9), why
    assert other.intervals[0] == pytest.approx(found.intervals[0], rel=1e-9), why
    assert other.spread == pytest.approx(found.spread, rel=1e-9), why


def test_without_open_ends_it_is_least_squares() -> None:
    low, _, having, fixed, employers = drawn(3, open_ends=0.0)
    assert regress(low, having, fixed, employers, upto=low) == regress(
        low, having, fixed, employers
    )


# the rule for postings


def posting(number: int, low: float | None, high: float | None, **given_: object) -> Facts:
    stated = (low and f"{low:.0f}", high and f"{high:.0f}", "USD", "YEAR")
    return paid(number, stated, **given_)  # type: ignore[arg-type]


def ranges(facts: Sequence[Facts]) -> dict[str, PayRange]:
    """Return the range of each posting by its city, which the tests here take for its name."""
    corpus = corpus_of(facts)
    found = stated_ranges(corpus, corpus.postings, estimates=False, copies="one").ranges["USD"]
    return {corpus.label(corpus.places(one.posting)[0]).split(",")[0]: one for one in found}


def wide(count: int) -> list[Facts]:
    """Ranges from 100,000, the middles 1% to `count`% above: the n-th to 100,000 + 2,000 n."""
    return [posting(n, 100_000, 100_000 + 2_000 * n) for n in range(1, count + 1)]


def test_an_open_end_is_as_far_as_usual() -> None:
    """40 ranges with the ratios 1.01 to 1.40: a twentieth of the way 1.0295, the rest 1.3805.

    The high ends are 1 + n / (100 + n) times the middles. A twentieth of 39 steps is 1.95: from the
    second to the third 2/102 + 0.95 * (3/103 - 2/102) = 0.0286503; at the other end 38/138 + 0.05 *
    (39/139 - 38/138) = 0.2756230.
    """
    found = ranges([*wide(40), posting(41, 90_000, None, city="Dallas"),
                    posting(42, None, 90_000, city="Waco")])  # fmt: skip
    above, below = found["Dallas"], found["Waco"]
    assert (above.least, above.most) == pytest.approx((90_000 * 1.0295, 90_000 * 1.3805))
    ends = 90_000 / 1.2756230, 90_000 / 1.0286503
    assert (below.least, below.most) == pytest.approx(ends, rel=1e-6)
    assert above.open_ended
    assert below.open_ended
    assert not found["Austin"].open_ended


@pytest.mark.parametrize(
    ("others", "why"),
    [
        (wide(29), "29 ranges do not say how wide ranges are"),
        ([posting(n, 100_000, 100_000) for n in range(40)], "a single amount is no range"),
        (
            [paid(n, ("100000", "150000", "EUR", "YEAR")) for n in range(40)],
            "ranges of another currency",
        ),
        ([posting(n, 100_000, None) for n in range(40)], "none has both ends"),
    ],
    ids=["few", "amounts", "euros", "open"],
)
def test_without_ranges_to_go_by_an_open_end_has_no_bound(
    others: Sequence[Facts], why: str
) -> None:
    found = ranges([*others, posting(99, 90_000, None, city="Dallas")])["Dallas"]
    assert (found.least, found.most) == (90_000, OPEN), why
    assert found.open_ended


# premiums


def paying(*, open_with: float, premium: float = 0.0, seed: int = 1) -> Corpus:
    """50 employers of two postings each; half ask for Git, and leave the high end open so often.

    The ranges reach a fifth to either side of the middle.
    """
    draw = np.random.default_rng(seed)
    facts = []
    for number in range(100):
        asks = number // 2 % 2 == 0
        middle = 100_000 * (1 + premium * asks) * (1 + 0.05 * draw.normal())
        is_open = draw.random() < (open_with if asks else 0.1)
        skills = ("Python", "Git") if asks else ("Python",)
        high = None if is_open else 1.2 * middle
        facts.append(
            posting(number, 0.8 * middle, high, required=skills, employer=f"E{number // 2}")
        )
    return corpus_of(facts)


@pytest.mark.parametrize(
    ("open_with", "premium", "why"),
    [
        (0.5, 0.2, "half of those with it leave the end open, of the others a tenth"),
        (0.6, 0.0, "open ends are no pay"),
    ],
)
def test_open_ends_count_for_a_premium(open_with: float, premium: float, why: str) -> None:
    (git,) = pay(paying(open_with=open_with, premium=premium)).premiums or ()
    low, high = git.ends
    assert (git.postings, git.others) == (50, 50)
    assert low < premium < high, why
    assert high - low < 0.07


def test_no_premium_is_told_where_only_its_postings_leave_the_end_open() -> None:
    """The more of them the surer a naive answer: nothing bounds their pay above."""
    facts = [
        posting(n, 100_000 + 500 * (n % 40), None, required=("Git",), employer=f"E{n % 30}")
        for n in range(40)
    ]
    facts += [
        posting(n, amount, amount, required=("Java",), employer=f"E{n % 30}")
        for n in range(40, 120)
        for amount in [100_000 + 500 * (n % 40)]
    ]
    told = pay(corpus_of(facts))
    assert [one.label for one in told.premiums or ()] == []


# the ladder


def level(name: str, *amounts: tuple[float, float | None]) -> list[Facts]:
    """Return postings of a level, each by an employer of its own, from low to high thousands."""
    return [
        posting(n, 1000 * low, high and 1000 * high, level=name)
        for n, (low, high) in enumerate(amounts)
    ]


def test_a_ladder_counts_open_ends() -> None:
    """I: 110, 120, "from 115", 130: the open one goes to 120 and 130 alike, 1/4, 3/8, 3/8: 120.

    II: 150 and "from 160": half are in the open, so that its median, and the step, is not known.
    Senior: 170, 180 twice and "from 175": 1/4 at 170, 3/4 at 180.
    """
    found = ladder(
        corpus_of(
            [
                *level("I", (100, 120), (110, 130), (115, None), (120, 140)),
                *level("II", (140, 160), (160, None), (160, None)),
                *level("Senior", (160, 180), (170, 190), (170, 190), (175, None)),
            ]
        ),
        "Data Engineer",
    )
    assert [(one.level, one.pay.postings) for one in found.rungs] == [
        ("I", 4),
        ("II", 3),
        ("Senior", 4),
    ]
    assert [one.pay.median for one in found.rungs] == [120_000, None, 180_000]
    assert [one.pay.value for one in found.steps] == [None, None]
    assert found.rungs[0].pay.interval is None


def test_the_ranks_of_known_pay_are_the_usual_ones() -> None:
    """1, 2, 2, 4: below them none, a quarter, a quarter, three: with half of their equals."""
    found = pay_ranks([range_of(1, 1), range_of(2, 2), range_of(2, 2), range_of(4, 4)])
    assert found[0] == [1, 2, 2, 4]
    assert found[1] == pytest.approx([1 / 8, 4 / 8, 4 / 8, 7 / 8])


def test_the_rank_of_an_open_end_is_that_of_where_it_may_lie() -> None:
    """1, 2 or more, 3, 4: shares 1/4 at 1, 3/8 each at 3 and 4 (see Kaplan and Meier's).

    The open one lies at 3 or 4: mean 3.5; its rank is the middle of 1/4 and 1: 5/8.
    """
    found = pay_ranks([range_of(1, 1), range_of(2, OPEN), range_of(3, 3), range_of(4, 4)])
    assert found[0] == pytest.approx([1, 3.5, 3, 4], abs=1e-3)
    assert found[1] == pytest.approx([1 / 8, 5 / 8, 7 / 16, 13 / 16], abs=1e-4)


def range_of(least: float, most: float) -> PayRange:
    return PayRange("", "", "USD", None, None, least, most, ())


@pytest.mark.parametrize(
    ("lower", "expected", "why"),
    [
        (100.0, (50.0, 50.0), "each side has one amount"),
        (OPEN, (-OPEN, -OPEN), "the lower are all from 100 on: their median is in the open"),
    ],
)
def test_the_difference_of_medians(lower: float, expected: tuple[float, float], why: str) -> None:
    """12 employers at 100, or above, and 12 others at 150."""
    low = np.repeat([100.0, 150.0], 12)
    high = np.repeat([lower, 150.0], 12)
    found = median_difference(np.arange(24), low > 100, low, high, draws=100)
    assert found == expected, why


# the audit


@pytest.mark.parametrize(
    ("low", "high", "doubted", "why"),
    [
        (
            300_000,
            None,
            "from 300,000 USD a year; half of 12 postings offer 102,250 to 108,750",
            "",
        ),
        (None, 20_000, "up to 20,000 USD a year; half of 12 postings offer 102,250 to 108,750", ""),
        (20_000, None, None, "the middle may be as high as any"),
        (None, 300_000, None, "the middle may be as low as any"),
    ],
)
def test_open_pay_is_doubted_where_no_middle_fits(
    low: float | None, high: float | None, doubted: str | None, why: str
) -> None:
    """Middles 100 to 111; of 12 the quartiles are at 3.25 and 9.75: 102.25 and 108.75."""
    facts = [posting(n, 90_000 + 1000 * n, 110_000 + 1000 * n) for n in range(12)]
    corpus = corpus_of([*facts, posting(50, low, high)])
    found = [one.message for one in pay_outside(corpus, corpus.in_order)]
    assert found == ([doubted] if doubted else []), why


def test_a_level_is_paid_less_only_where_no_middle_is_more() -> None:
    """II from 90,000 may pay more than I's 100,000; II up to 90,000 may not."""
    one = posting(1, 90_000, 110_000, level="I", employer="Acme")
    for low, high, doubts in ((90_000, None, 0), (None, 90_000, 1)):
        corpus = corpus_of([one, posting(2, low, high, level="II", employer="Acme")])
        assert len(list(less_pay_above(corpus, corpus.in_order))) == doubts
