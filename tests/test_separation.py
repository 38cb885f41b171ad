"""What two postings of two levels ask for, side by side, with the caution that two deserve."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kg.analysis.comparison import COLUMNS
from kg.analysis.groups import Group, find_group
from kg.analysis.separation import (
    compare,
    compare_groups,
)
from kg.corpus import Corpus
from kg.graph_model import Kind
from nlp.types import Necessity, RequirementKind
from tests.comparisons import (
    ONE,
    TWO,
    levels_compared,
    levels_corpus,
)
from tests.factories import concept, make_facts, two_levels
from tests.role_graphs import corpus_of, engineers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.analysis.comparison import Comparison
    from kg.analysis.comparison_rows import SkillRow


@pytest.fixture
def corpus() -> Corpus:
    return levels_corpus()


@pytest.fixture
def levels() -> Comparison:
    return levels_compared()


def names(rows: Iterable[SkillRow]) -> list[str]:
    return [row.label for row in rows]


def test_what_separates_the_two_levels(levels: Comparison) -> None:
    assert names(levels.only_a) == ["Data Structures", "HDFS", "Machine Learning"]
    assert names(levels.both) == ["Recommender Systems", "Spark"]
    assert names(levels.only_b) == ["Git", "Java", "Python", "SQL"]


def test_what_is_not_required_stands_apart(levels: Comparison) -> None:
    assert names(levels.asked("alternative")) == ["C++", "Java", "Python"]
    assert names(levels.asked("preferred")) == ["Publications"]
    assert names(levels.asked("mentioned", "a")) == ["Hadoop"]
    assert names(levels.asked("mentioned", "b")) == ["Microservices"]


def test_a_skill_tells_how_else_it_is_asked_for(levels: Comparison) -> None:
    java = next(row for row in levels.only_b if row.label == "Java")
    assert (java.also_a, java.also_b) == ({"alternative": 1}, {})


def test_each_skill_has_its_evidence(levels: Comparison) -> None:
    spark = next(row for row in levels.both if row.label == "Spark")
    quoted = [(quote.posting, quote.text) for quote in spark.support.evidence]
    assert quoted == sorted((facts.posting.id, "Spark") for facts in two_levels())


def test_the_alternative_has_its_members(levels: Comparison) -> None:
    (row,) = levels.alternatives
    assert (row.minimum, row.members) == (1, ("C++", "Java", "Python"))
    assert (row.necessity, row.support.side) == ("required", "a")
    assert row.support.evidence[0].text == "Java, C++, Python"


def test_degrees_with_fields_and_qualifiers(levels: Comparison) -> None:
    found = {row.support.side: row for row in levels.degrees}
    assert (found["a"].label, found["b"].label) == ("Master's", "Bachelor's")
    assert found["a"].fields_a == ("Computer Science", "Engineering")
    assert found["a"].qualifiers_a == ("or foreign equivalent",)
    assert found["a"].fields_b == found["a"].qualifiers_b == ()


def test_the_fields_of_a_degree_are_those_of_its_row_most_named_first() -> None:
    """Three require a Bachelor's, two in Engineering, one in Computer Science; one prefers Biology.

    So Biology stands at the preferred one only, and Engineering comes first.
    """
    fields = (("Computer Science", "Engineering"), ("Engineering",), (), ("Biology",))
    facts = [
        make_facts(source=f"{number}.txt", employer=f"Employer {number}", fields=names)
        for number, names in enumerate(fields)
    ]
    last = facts[3].requirements
    preferred = tuple(
        one._replace(necessity=Necessity.PREFERRED) if one.kind is RequirementKind.DEGREE else one
        for one in last
    )
    facts[3] = replace(facts[3], requirements=preferred)
    found = compare(corpus_of([*facts, *engineers("I", 1)]), "Data Engineer II", "Data Engineer I")
    fields_of = {row.necessity: row.fields_a for row in found.degrees}
    assert fields_of == {
        "required": ("Engineering", "Computer Science"),
        "preferred": ("biology",),
    }


def test_years_that_both_ask_share_a_row(levels: Comparison) -> None:
    (row,) = levels.experience
    assert (row.label, row.support.side) == ("1 year in the job offered", "both")


def test_duties_hold_what_the_duties_name(levels: Comparison) -> None:
    assert [row.label for row in levels.duties] == ["Hadoop", "Microservices"]


def test_swapping_the_groups_swaps_the_sides(corpus: Corpus, levels: Comparison) -> None:
    back = compare(corpus, TWO, ONE)
    assert (names(back.only_a), names(back.only_b)) == (names(levels.only_b), names(levels.only_a))
    assert back.pay.low_difference == Decimal("-28140.85")


def test_a_group_beside_itself_has_everything_on_both_sides(corpus: Corpus) -> None:
    same = compare(corpus, ONE, ONE)
    assert not same.only_a
    assert not same.only_b
    assert str(same.caution).startswith("Both sides hold the same postings.")


def test_shares_count_postings() -> None:
    """Of 4 postings of I, 1 requires Git: share 0.25; of 2 of II, both do: 1.0."""
    facts = [
        *engineers("I", 3, required=("Python",)),
        make_facts(source="one.txt", level="I", required=("Git",)),
        *engineers("II", 2, required=("Git",)),
    ]
    found = compare(corpus_of(facts), "Data Engineer I", "Data Engineer II")
    (git,) = found.both
    assert (git.support.a, git.support.b) == (1, 2)
    assert (git.support.share_a, git.support.share_b) == (0.25, 1.0)


def test_a_skill_named_twice_in_a_posting_counts_once() -> None:
    facts = make_facts(required=("Git", "Git"), level="I")
    found = compare(corpus_of([facts]), "Data Engineer I", "Data Engineer")
    assert [(row.label, row.support.a) for row in found.both] == [("Git", 1)]


def test_an_empty_group_has_no_shares(corpus: Corpus) -> None:
    found = compare_groups(
        corpus, find_group(corpus, ONE), Group("Nobody", Kind.POSITION, concept("role", "none"), ())
    )
    assert {row.support.share_b for row in found.skills} == {None}
    assert str(found.caution).startswith("There is no posting of Nobody: nothing can be compared.")
    assert found.pay.b is None


# caution


def test_one_posting_on_each_side_is_no_evidence_about_levels(levels: Comparison) -> None:
    assert not levels.enough
    assert str(levels.caution).startswith(
        "One posting on each side: this is the difference of these two postings, "
        "not of the two levels at large."
    )
    row = levels.skills[0]
    assert row.finding is None


def test_one_posting_against_five() -> None:
    facts = [*engineers("I", 1), *engineers("II", 5)]
    found = compare(corpus_of(facts), "Data Engineer I", "Data Engineer II")
    assert found.caution == (
        "Data Engineer I has 1 posting, Data Engineer II has 5 postings: this is the difference of "
        "these postings, not of the two levels at large. Fewer than 30 postings on a side are not "
        "tested for chance. All postings are from one employer, Lumen & Sons: what others ask is "
        "not in them."
    )


@pytest.mark.parametrize(
    ("a", "b", "things"),
    [
        ("Data Engineer II", "Software Engineer II", "the two positions"),
        ("Data Engineer", "Software Engineer", "the two roles"),
        ("Acme", "Bolt", "the two employers"),
        ("Acme", "Software Engineer", "the two groups"),
    ],
)
def test_caution_names_what_is_compared(a: str, b: str, things: str) -> None:
    facts = [
        make_facts(source="a.txt", employer="Acme"),
        make_facts(source="b.txt", employer="Bolt", role="Software Engineer"),
    ]
    assert f"not of {things} at large" in str(compare(corpus_of(facts), a, b).caution)


def test_a_side_of_one_employer_is_named() -> None:
    facts = [*engineers("I", 2, employer="Acme"), *engineers("II", 2, employer=None)]
    caution = str(compare(corpus_of(facts), "Data Engineer I", "Data Engineer II").caution)
    assert "All postings of Data Engineer I are from one employer, Acme." in caution
    assert caution.count("employer") == 1


def test_postings_on_both_sides_are_counted() -> None:
    facts = [*engineers("I", 40), *engineers("II", 40)]
    found = compare(corpus_of(facts), "Data Engineer I", "Data Engineer")
    assert not found.enough
    assert str(found.caution).startswith("40 postings stand on both sides")


# shapes


def test_json_has_the_shape_of_the_contract(levels: Comparison) -> None:
    found = json.loads(json.dumps(levels.to_json()))
    assert {
        "a",
        "b",
        "enough",
        "caution",
        "skills",
        "degrees",
        "experience",
        "pay",
        "duties",
    } <= set(found)
    assert found["a"]["label"] == ONE
    assert (found["a"]["postings"], found["a"]["employers"]) == (1, 1)
    assert set(found["skills"][0]) == {
        "concept", "label", "side", "necessity", "support_a", "support_b", "share_a", "share_b",
        "log_odds", "z", "p", "p_postings", "p_employers", "q", "interval", "evidence", "also",
        "employers_a", "employers_b", "share_interval_a", "share_interval_b",
    }  # fmt: skip
    assert set(found["skills"][0]["evidence"][0]) == {"posting", "text"}
    assert found["pay"]["difference"] == {"min": "28140.85", "max": "44577.00"}
    assert found["experience"][0]["min_years"] == "1"
    assert found["required"]["both"] == ["Recommender Systems", "Spark"]


def test_rows_are_flat_and_alike(levels: Comparison) -> None:
    rows = levels.to_rows()
    assert {tuple(row) for row in rows} == {COLUMNS}
    assert {row["kind"] for row in rows} == {
        "skill", "alternative", "degree", "experience", "duty", "verb", "work mode", "pay", "years",
    }  # fmt: skip
    low = next(row for row in rows if row["label"] == "low end")
    assert low["difference"] == Decimal("28140.85")


def test_the_same_graph_gives_the_same_json() -> None:
    texts = {
        json.dumps(compare(corpus_of(facts), ONE, TWO).to_json())
        for facts in (two_levels(), two_levels()[::-1])
    }
    assert len(texts) == 1
