"""Pay as quantiles and premiums of postings, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest

from kg.analysis.pay import check_pay_by, pay
from kg.analysis.pay_ranges import stated_ranges
from kg.analysis.pay_rows import COLUMNS
from kg.names import UnknownNameError
from nlp.types import Place
from tests.factories import make_facts
from tests.role_graphs import corpus_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.corpus import Corpus
    from nlp.types import Facts

PayText: TypeAlias = tuple[str | None, str | None, str | None, str | None] | None

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
