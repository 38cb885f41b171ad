"""Ladders of roles: the order, the steps, the trends, and what they rest on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.analysis.groups import NoPostingsError
from kg.analysis.ladder import PLAIN, ladder
from kg.analysis.ladder_table import COLUMNS
from kg.analysis.separation import MINIMUM_POSTINGS
from kg.analysis.shares import postings_needed
from kg.names import UnknownNameError
from tests.factories import make_facts
from tests.role_graphs import corpus_of, engineers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.ladder_rows import Ladder, LadderTrend
    from nlp.types import Facts

ROLE = "Data Engineer"


def market(
    level: str | None,
    count: int,
    required: Sequence[Sequence[str]],
    *,
    years: str | None = "1",
    degree: str = "Bachelor's",
    pay: int = 100,
) -> list[Facts]:
    """One posting by each of `count` employers, which take their skills in turn."""
    return [
        make_facts(
            source=f"{level}-{number}.txt",
            level=level,
            employer=f"{level} employer {number}",
            required=required[number % len(required)],
            years=years,
            degree=degree,
            pay=(f"{pay}000", f"{pay + 20}000", "USD", "YEAR"),
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def tall() -> Ladder:
    """30 postings of I, II and Senior. Git: none, a third, two thirds; SQL: all, two thirds, one.

    Python: all of each; Java: all of I, none of the others. Years 1, 2, 5; pay 110, 110, 160.
    """
    return ladder(
        corpus_of(
            [
                *market("Senior", 30, [("Python",), ("Python", "Git", "SQL"), ("Python", "Git")],
                        years="5", degree="Master's", pay=150),
                *market("I", 30, [("Python", "SQL", "Java")]),
                *market("II", 30, [("Python", "SQL"), ("Python",), ("Python", "Git", "SQL")],
                        years="2"),
            ]
        ),
        ROLE,
    )  # fmt: skip


def trend_of(found: Ladder, label: str) -> LadderTrend:
    return next(one for one in found.trends or () if one.label == label)


def test_levels_stand_in_their_order(tall: Ladder) -> None:
    assert [rung.level for rung in tall.rungs] == ["I", "II", "Senior"]
    assert [(step.below, step.above) for step in tall.steps] == [("I", "II"), ("II", "Senior")]
    assert [(one.side.postings, one.side.employers) for one in tall.rungs] == [(30, 30)] * 3
    assert [rung.side.label for rung in tall.rungs][-1] == "Senior Data Engineer"


def test_a_step_says_what_is_added_dropped_and_kept(tall: Ladder) -> None:
    """Git: 0 and 10 of 30 by employers with one posting each: pooled 1/6, of each side 1/30:
    10 * (5/6) + 20 * (-1/6) + 30 * (1/6) = 10, over root(10 * 25/36 + 50/36) = root(8.3333):
    3.4641, p 0.00053; Fisher's 0.00077 is the larger.
    """
    first = tall.steps[0]
    assert first.enough
    assert [row.label for row in first.of("added")] == ["Git"]
    assert [row.label for row in first.of("dropped")] == ["Java", "SQL"]
    assert [row.label for row in first.of("kept")] == ["Python"]
    (git,) = first.of("added")
    assert git.finding is not None
    assert git.finding.p_employers == pytest.approx(0.00053, abs=1e-5)
    assert git.support.interval_b == pytest.approx((0.1923, 0.5122), abs=1e-4)
    assert git.needed is None


def test_the_next_step_goes_on(tall: Ladder) -> None:
    """Git: 10 and 20 of 30, SQL the other way round: Fisher's p is 0.0194, the second of three is
    3/2 of it."""
    second = tall.steps[1]
    (git,), (sql,) = second.of("added"), second.of("dropped")
    assert (git.label, sql.label) == ("Git", "SQL")
    assert git.finding is not None
    assert git.finding.q == pytest.approx(1.5 * 0.0194, abs=2e-4)


def test_a_step_that_is_tested_does_not_call_added_what_chance_explains() -> None:
    """Git: 10 and 15 of 30, Fisher's p 0.29: both levels ask for it. To show a third and a half
    apart: (1.96 * root(2 * 0.41667 * 0.58333) + 0.8416 * root(0.22222 + 0.25))^2 * 36 = 136.2."""
    facts = [
        *market("I", 30, [("Python", "Git"), ("Python",), ("Python",)]),
        *market("II", 30, [("Python", "Git"), ("Python",)]),
    ]
    (step,) = ladder(corpus_of(facts), ROLE).steps
    assert (step.enough, step.of("added")) == (True, ())
    assert [(row.label, row.needed) for row in step.of("kept")] == [("Python", None), ("Git", 137)]


def test_a_trend_runs_along_all_levels(tall: Ladder) -> None:
    """Git: shares 0, 1/3, 2/3: a third a step, which steps of 30 postings each leave beyond doubt:
    T = 20, variance 60 * 90 * (1/3 * 2/3) / 89 = 13.483; 20 / 3.672 = 5.447."""
    git = trend_of(tall, "Git")
    assert git.counts == ((0, 30), (10, 30), (20, 30))
    assert git.trend.slope == pytest.approx(1 / 3)
    assert git.trend.p_postings == pytest.approx(5.1e-8, rel=0.02)
    assert git.trend.q < 0.001
    assert trend_of(tall, "Java").trend.slope < 0
    assert trend_of(tall, "Python").trend.p == 1
    assert git.evidence[0].text == "Git"


def test_years_pay_and_degrees_by_level_and_step(tall: Ladder) -> None:
    assert [rung.years.median for rung in tall.rungs] == [1, 2, 5]
    assert [rung.pay.median for rung in tall.rungs] == [110_000, 110_000, 160_000]
    assert [step.years.value for step in tall.steps] == [1, 3]
    assert tall.steps[1].pay.value == 50_000
    assert tall.steps[1].pay.interval == (50_000, 50_000)
    assert tall.rungs[0].years.interval == (1, 1)
    assert [rung.degrees[0].label for rung in tall.rungs] == ["Bachelor's"] * 2 + ["Master's"]
    years = next(one for one in tall.trends or () if one.kind == "years")
    assert (years.middles, years.trend.slope) == ((1, 2, 5), pytest.approx(2))  # type: ignore[comparison-overlap]
    assert trend_of(tall, "Master's or higher").counts == ((0, 30), (0, 30), (30, 30))


def test_a_small_step_says_what_would_be_needed() -> None:
    """One posting of I, two of II, one of which requires Git: to see 0 and 1/2 apart, 11 a side
    would do: z 1.96 and 0.8416, mean 1/4: (1.96 * root(0.375) + 0.8416 * root(0.25))^2 / 0.25 =
    10.5. Fewer than 30 are not tested, so that 30 are needed; Java's 1 and 0 would be told by 2.
    """
    facts = [
        make_facts(source="1.txt", level="I", required=("Python", "Java")),
        make_facts(source="2.txt", level="II", required=("Python", "Git")),
        make_facts(source="3.txt", level="II", required=("Python",)),
    ]
    found = ladder(corpus_of(facts), ROLE)
    (step,) = found.steps
    assert not step.enough
    assert [row.label for row in step.of("added")] == ["Git"]
    assert [row.label for row in step.of("dropped")] == ["Java"]
    assert [row.label for row in step.of("kept")] == ["Python"]
    assert postings_needed(0, 0.5) == 11
    assert step.of("added")[0].needed == MINIMUM_POSTINGS == 30
    assert step.of("dropped")[0].needed == 30
    assert "not tested for chance" in str(step.caution)
    assert "163 postings a side are needed" in str(step.limits)
    assert (found.trends, step.years.interval) == (None, None)
    assert found.caution == "Only two levels have postings: a trend needs 3 or more."


def test_levels_with_few_postings_carry_no_trend() -> None:
    facts = [*engineers("I", 2), *engineers("II", 40), *engineers("Senior", 3)]
    found = ladder(corpus_of(facts), ROLE)
    assert found.trends is None
    assert found.caution == (
        "Not enough data for trends along the levels: 45 postings, of which 5 by 1 employer stand "
        "off the largest level; needed are 30 postings, and 10 employers off the largest level."
    )


def test_a_posting_without_a_level_has_no_place_unless_it_is_given_one() -> None:
    facts = [*engineers("I", 1), *engineers("Senior", 1), make_facts(source="p.txt", level=None)]
    corpus = corpus_of(facts)
    assert ladder(corpus, ROLE).unplaced == 1
    found = ladder(corpus, ROLE, plain=True)
    # the small vocabulary ranks I 2 and Senior 4; Mid-level's place, 90, lies above both
    assert [rung.level for rung in found.rungs] == ["I", "Senior", PLAIN]
    assert found.unplaced == 0


def test_a_level_with_too_few_postings_can_be_left_out() -> None:
    facts = [*engineers("I", 3), *engineers("II", 1), *engineers("Senior", 2)]
    found = ladder(corpus_of(facts), ROLE, least=2)
    assert [rung.level for rung in found.rungs] == ["I", "Senior"]
    assert found.left_out == (("II", 1),)


def test_copies_of_a_job_count_once() -> None:
    corpus = corpus_of([*engineers("I", 2), *engineers("II", 1)])
    first, second = [one for one in corpus.postings if corpus.title(one) == "Data Engineer I"]
    corpus.facets.copies = {second: first}
    assert [rung.side.postings for rung in ladder(corpus, ROLE).rungs] == [1, 1]
    assert ladder(corpus, ROLE).rungs[0].side.left_out == 1
    assert [rung.side.postings for rung in ladder(corpus, ROLE, copies="all").rungs] == [2, 1]


def test_a_role_without_levels_has_no_steps() -> None:
    found = ladder(corpus_of([make_facts(level=None)]), ROLE)
    assert (found.rungs, found.steps, found.unplaced) == ((), (), 1)
    assert str(found.caution).startswith("No level has postings")


@pytest.mark.parametrize(
    ("role", "error"),
    [("Plumber", UnknownNameError), ("Software Engineer", NoPostingsError)],
)
def test_a_role_that_is_not_there(role: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        ladder(corpus_of(engineers("I", 1)), role)


def test_the_shapes(tall: Ladder) -> None:
    found = json.loads(json.dumps(tall.to_json()))
    assert [one["level"] for one in found["levels"]] == ["I", "II", "Senior"]
    assert found["steps"][0]["changes"] == {
        "added": ["Git"], "dropped": ["Java", "SQL"], "kept": ["Python"],
    }  # fmt: skip
    rows = tall.to_rows()
    assert {tuple(row) for row in rows} == {COLUMNS}
    assert {row["kind"] for row in rows} == {"level", "degree", "skill", "years", "pay", "trend"}


def test_the_same_graph_gives_the_same_json() -> None:
    facts = [*engineers("I", 2), *engineers("II", 2), *engineers("Senior", 1)]
    texts = {json.dumps(ladder(corpus_of(one), ROLE).to_json()) for one in (facts, facts[::-1])}
    assert len(texts) == 1
