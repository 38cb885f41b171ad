"""Pay as quantiles and premiums: by hand, against simple cases, and what is refused."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from kg.analysis.clusters import SEED
from kg.analysis.pay import check_pay_by, pay
from kg.analysis.pay_ranges import stated_ranges
from kg.analysis.pay_rows import COLUMNS, LEVELS
from kg.analysis.regression import regress
from kg.analysis.turnbull import Turnbull, _beyond, innermost, quantiles
from kg.names import UnknownNameError
from nlp.types import Place
from tests.factories import make_facts
from tests.role_graphs import corpus_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.corpus import Corpus
    from nlp.types import Facts

PayText: TypeAlias = tuple[str | None, str | None, str | None, str | None] | None
OPEN = math.inf


def fitted(*ranges: tuple[float, float]) -> tuple[Turnbull, list[float]]:
    low, high = np.array(ranges).T
    found = Turnbull(low, high)
    return found, found.fit(np.ones((1, len(ranges))))[0].tolist()


# Turnbull's estimate


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


# the regression


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
    assert (found.p, found.spread[0]) == ((1.0,), pytest.approx(0))  # type: ignore[comparison-overlap]


# pay of postings


def paid(
    number: int,
    pay_: PayText,
    *,
    level: str = "II",
    required: Sequence[str] = ("Python",),
    employer: str | None = None,
    city: str = "Austin",
) -> Facts:
    return make_facts(
        source=f"{level}-{number}.txt",
        level=level,
        employer=employer or f"Employer {level} {number}",
        required=required,
        pay=pay_,
        places=(Place(city, "TX", "US"),),
    )


def yearly(low: int | None, high: int | None) -> PayText:
    return low and f"{low}000", high and f"{high}000", "USD", "YEAR"  # type: ignore[return-value]


@pytest.fixture(scope="module")
def facts() -> list[Facts]:
    """Twelve postings of II with middles 100 to 111, one more from 120; three of Senior; euros."""
    facts = [paid(n, yearly(90 + n, 110 + n)) for n in range(12)]
    facts += [paid(12, yearly(120, None)), paid(13, ("50", None, "USD", None)), paid(14, None)]
    facts += [paid(n, yearly(150, 170), level="Senior", city="Dallas") for n in range(3)]
    return [*facts, paid(20, ("60000", "70000", "EUR", "YEAR"))]


@pytest.fixture(scope="module")
def corpus(facts: list[Facts]) -> Corpus:
    return corpus_of(facts)


def test_quantiles_of_a_role_by_level(corpus: Corpus) -> None:
    """II: 13 postings, the median is the 7th, 106; 90% of 13 is 11.7, the 12th: 111. All: 16, the
    8th and 9th: 107.5. The one "from 120" counts above 111; with the Seniors' 160 it is there."""
    found = pay(corpus, role="Data Engineer")
    assert (found.currency, found.basis, found.by) == ("USD", "stated", "level")
    assert (found.whole.postings, found.whole.of, found.whole.open_ended) == (16, 19, 1)
    assert (found.unusable, found.others) == (1, (("EUR", 1),))
    two, senior = found.groups
    values = {one.level: one.value for one in two.quantiles}
    assert (two.label, values[0.5], values[0.9]) == ("II", 106_000, 111_000)
    assert two.quantiles[2].low is not None
    assert two.quantiles[-1].high is None  # the interval of 90% ends in the open
    assert found.whole.quantiles[2].value == 107_500
    assert found.whole.quantiles[-1].value == 160_000
    assert (senior.quantiles, senior.note) == (
        (),
        "Pay is stated by 3 postings of 3 employers: too few for quantiles, which need 10 of each",
    )
    assert two.evidence[0].text == "90000 - 110000 USD YEAR"


@pytest.mark.parametrize(
    ("given_", "postings"),
    [
        ({"level": "Senior"}, 3),
        ({"place": "Dallas, TX"}, 3),
        ({"place": "Austin", "level": "Senior"}, 0),
        ({"currency": "eur"}, 1),
        ({"currency": "GBP"}, 0),
        ({"estimates": True}, 0),
        ({"period": "2025"}, 0),
    ],
)
def test_only_what_is_asked_for(corpus: Corpus, given_: dict[str, object], postings: int) -> None:
    assert pay(corpus, **given_).whole.postings == postings  # type: ignore[arg-type]


def test_stated_pay_and_estimates_are_never_mixed(facts: list[Facts]) -> None:
    estimated = replace(facts[0], pay=None, pay_estimate=facts[0].pay)
    other = corpus_of([estimated, *facts[1:]])
    assert pay(other).whole.postings == 15
    found = pay(other, estimates=True)
    assert (found.whole.postings, found.basis) == (1, "estimated")


def test_a_job_in_two_places_has_a_middle_between_theirs() -> None:
    corpus = corpus_of(
        [paid(1, yearly(90, 110)), paid(2, yearly(110, 150)), paid(3, yearly(80, 90))]
    )
    first, second, _ = postings = corpus.postings
    corpus.facets.copies = {second: first}
    found = stated_ranges(corpus, postings, estimates=False, copies="one").ranges["USD"]
    job = next(one for one in found if one.posting in (first, second))
    lows = [float(corpus.pay(one).annual_low) for one in (first, second)]  # type: ignore[arg-type, union-attr]
    assert job.low == min(lows)
    assert job.least < job.most
    assert len(found) == 2
    assert pay(corpus).left_out == 1
    assert pay(corpus, copies="all").whole.postings == 3


def test_by_place_and_by_role(corpus: Corpus) -> None:
    assert [one.label for one in pay(corpus, by="place").groups] == [
        "Austin, TX, US", "Dallas, TX, US",
    ]  # fmt: skip
    assert [(one.label, one.of) for one in pay(corpus).groups] == [("Data Engineer", 19)]
    assert [one.label for one in pay(corpus, by="year").groups] == ["no date"]


# premiums


def market(premium: float, *, employers: int = 40, asking: int = 20) -> Corpus:
    """Two postings by each employer; those that ask for Git pay so much more."""
    draw = np.random.default_rng(4)
    facts = []
    for number in range(2 * employers):
        firm = number // 2
        asks = firm < asking
        level = "II" if number % 2 else "Senior"
        middle = 100 * (1.3 if level == "Senior" else 1) * (1 + premium * asks)
        middle *= 1 + 0.05 * draw.normal()
        pay_ = (f"{1000 * middle * 0.9:.0f}", f"{1000 * middle * 1.1:.0f}", "USD", "YEAR")
        skills = ("Python", "Git") if asks else ("Python",)
        facts.append(paid(number, pay_, level=level, required=skills, employer=f"E{firm}"))
    return corpus_of(facts)


@pytest.fixture(scope="module")
def paying() -> Corpus:
    return market(0.2)


def test_a_premium_is_found_with_level_held_fixed(paying: Corpus) -> None:
    found = pay(paying, role="Data Engineer")
    (git,) = found.premiums or ()
    assert (git.label, git.postings, git.others) == ("Git", 40, 40)
    assert (git.employers, git.employers_of_others) == (20, 20)
    low, high = git.ends
    assert low < 0.2 < high
    assert low > 0.1
    assert git.q < 0.001
    assert found.refusal is None
    assert pay(paying, skill="git").premiums == (git,)


@pytest.mark.parametrize(
    ("skill", "words"),
    [
        (
            "Python",
            "No premium of Python is told: 0 postings of 0 employers with pay do not require",
        ),
        (None, None),
    ],
)
def test_a_premium_that_the_postings_do_not_carry(
    paying: Corpus, skill: str | None, words: str | None
) -> None:
    found = pay(paying, skill=skill)
    assert (found.refusal is None) == (words is None)
    assert (words or "") in str(found.refusal)


def test_few_postings_carry_no_premium(corpus: Corpus) -> None:
    found = pay(corpus)
    assert found.premiums is None
    assert found.refusal == (
        "No premium of a skill is told: 15 postings state both ends of their pay, 60 are needed."
    )


def test_what_does_not_exist(corpus: Corpus) -> None:
    with pytest.raises(UnknownNameError):
        pay(corpus, place="Paris")
    with pytest.raises(ValueError, match="role, level, place"):
        check_pay_by("shoe size")


def test_the_shapes(corpus: Corpus, paying: Corpus) -> None:
    found = pay(corpus, role="Data Engineer")
    said = json.loads(json.dumps(found.to_json()))
    assert said["all"]["quantiles"][2]["value"] == 107_500
    assert said["all"]["quantiles"][2]["interval"][0] >= 100_000
    assert {tuple(row) for row in found.to_rows()} == {COLUMNS}
    assert {row["kind"] for row in pay(paying).to_rows()} == {"all", "role", "premium"}
