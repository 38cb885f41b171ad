"""Duties as verbs of scope in a comparison and on a ladder: counted, tested, shown.

With 40 postings a side and 20 employers: `Lead` in 4 of a and 30 of b (shares 0.1 and 0.75), so
b's odds are 3 / (1/9) = 27 times a's; `Design` in all; `Mentor` in 3 and 3, too few to be tested.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.analysis.ladder import ladder
from kg.analysis.separation import compare
from tests.factories import make_facts, two_levels
from tests.role_graphs import corpus_of

if TYPE_CHECKING:
    from kg.analysis.comparison import Comparison
    from kg.corpus import Corpus
    from nlp.types import Facts

ONE, TWO = "Data Engineer I", "Data Engineer II"


def facts_of(level: str, number: int, duties: tuple[str, ...]) -> Facts:
    return make_facts(
        source=f"{level}-{number}.txt",
        title=f"Data Engineer {level} {number}",
        level=level,
        employer=f"{level} Employer {number % 20}",
        reference=f"{level}-{number}",
        duties=duties,
    )


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    facts = []
    for number in range(40):
        mentor = ("Mentor",) if number < 3 else ()
        lead_one = ("Lead",) if number % 10 == 0 else ()
        lead_two = ("Lead",) if number % 4 else ()
        facts.append(facts_of("I", number, ("Design", *lead_one, *mentor)))
        facts.append(facts_of("II", number, ("Design", *lead_two, *mentor)))
    return corpus_of(facts)


@pytest.fixture(scope="module")
def found(corpus: Corpus) -> Comparison:
    return compare(corpus, ONE, TWO, copies="all")


def test_duties_are_counted_on_both_sides(found: Comparison) -> None:
    counts = {row.label: (row.support.a, row.support.b) for row in found.verbs}
    assert counts == {"Design": (40, 40), "Lead": (4, 30), "Mentor": (3, 3)}


def test_a_duty_that_one_level_states_more_often_is_told_from_chance(found: Comparison) -> None:
    lead = next(row for row in found.verbs if row.label == "Lead")
    assert lead.finding is not None
    assert lead.finding.effect is not None
    assert lead.finding.effect.log_odds > 1
    assert lead.finding.q < 0.001
    assert lead.finding.interval is not None
    assert lead.finding.interval[0] > 0


def test_q_is_over_the_duties_alone(found: Comparison) -> None:
    """Two duties are tested, Lead with p and Design with 1: q of Lead is 2 p, whatever skills."""
    lead = next(row for row in found.verbs if row.label == "Lead")
    assert lead.finding is not None
    assert lead.finding.q == pytest.approx(2 * lead.finding.p)


def test_what_all_state_and_what_few_state_shows_no_difference(found: Comparison) -> None:
    rows = {row.label: row for row in found.verbs}
    assert rows["Mentor"].finding is None
    assert rows["Design"].finding is not None
    assert rows["Design"].finding.q > 0.5


def test_rows_and_json_have_the_duties(found: Comparison) -> None:
    rows = [row for row in found.to_rows() if row["kind"] == "verb"]
    assert [row["label"] for row in rows] == ["Lead", "Design", "Mentor"]
    assert rows[0]["evidence"] == "Lead things"
    told = found.to_json()["verbs"]
    assert isinstance(told, list)
    assert len(told) == 3


def test_a_step_of_the_ladder_adds_the_duty(corpus: Corpus) -> None:
    (step,) = ladder(corpus, "Data Engineer", copies="all").steps
    assert {row.label: row.change for row in step.verbs} == {
        "Lead": "added",
        "Design": "kept",
        "Mentor": "kept",
    }


def test_two_postings_are_shown_and_not_tested() -> None:
    """Level I states Design and Maintain, level II Design, Lead and Mentor."""
    role = "Machine Learning Engineer"
    few = compare(corpus_of(two_levels()), f"{role} I", f"{role} II")
    assert not few.enough
    assert {row.label: row.support.side for row in few.verbs} == {
        "Maintain": "a",
        "Design": "both",
        "Lead": "b",
        "Mentor": "b",
    }
    assert all(row.finding is None for row in few.verbs)
