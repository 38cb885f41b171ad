"""Two readings of the same postings: what changed, by which rule, and how it is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.diffs.comparison import Change, compare_facts, group_changes
from kg.diffs.facts import Fact, facts_of, pack, unpack
from kg.diffs.naming import Called
from kg.iris import Iris
from kg.quads import posting_quads
from kg.views.diff_text import what_changed
from ontology import terms
from tests.factories import make_facts, two_levels

if TYPE_CHECKING:
    from nlp.types import Facts

IRIS = Iris()


def flat(facts: Facts, run: str = "a") -> tuple[Fact, ...]:
    return facts_of(posting_quads(facts, IRIS, IRIS.run(run, "", "")))


def test_every_statement_of_a_posting_is_a_fact() -> None:
    found = {(one.kind, terms.short(one.value)) for one in flat(two_levels()[0])}
    assert ("title", "Machine Learning Engineer I") in found
    assert ("role", "role:machine-learning-engineer") in found
    assert ("pay", "168237.5 - 222695 USD YEAR") in found
    assert ("skill", "skill:spark") in found
    assert ("degree", "degree:master") in found
    assert ("experience", "in the job offered") in found
    assert ("alternative", "skill:c-plus-plus or skill:java or skill:python") in found
    assert ("related posting", "Software Engineer, Programmatic Ads") in found
    assert ("flag", "truncated") in found


def test_a_fact_has_its_words_and_their_rule() -> None:
    facts = make_facts(required=["Python"], degree=None)
    (skill,) = (one for one in flat(facts) if one.kind == "skill")
    assert facts.posting.text[skill.start : skill.end] == skill.words == "Python"
    assert skill.rule == "skill:concept"
    assert skill.details == ("necessity: Required",)


def test_the_run_is_no_fact() -> None:
    assert flat(make_facts(), "a") == flat(make_facts(), "b")


def test_what_is_packed_is_unpacked() -> None:
    facts = flat(two_levels()[0])
    assert unpack(pack(facts)) == facts
    assert pack(facts) == pack(list(facts))


SPARK = Fact("skill", "skill:spark", ("necessity: Required",), "skill:concept", 5, 10, "Spark")
CASES = [
    ([], [], [], "nothing in both"),
    ([SPARK], [SPARK], [], "the same"),
    ([], [SPARK], [("added", "skill", "skill:concept")], "found by the new rules only"),
    ([SPARK], [], [("removed", "skill", "skill:concept")], "found by the old rules only"),
    (
        [SPARK],
        [replace(SPARK, details=("necessity: Preferred",))],
        [("changed", "skill", "skill:concept")],
        "asked for less strongly",
    ),
    (
        [SPARK],
        [replace(SPARK, rule="skill:bar")],
        [("changed", "skill", "skill:concept → skill:bar")],
        "taken by another rule",
    ),
    (
        [SPARK],
        [replace(SPARK, start=50, end=55)],
        [("changed", "skill", "skill:concept")],
        "other words prove it",
    ),
    (
        [replace(SPARK, kind="candidate", value="spark", rule="candidate:list")],
        [SPARK],
        [("changed", "candidate → skill", "candidate:list → skill:concept")],
        "a candidate has become a concept",
    ),
    (
        [SPARK],
        [replace(SPARK, value="skill:pyspark", start=4, end=11)],
        [("added", "skill", "skill:concept"), ("removed", "skill", "skill:concept")],
        "other words, another concept: two facts",
    ),
    ([SPARK, SPARK], [SPARK], [("removed", "skill", "skill:concept")], "one of two is gone"),
]


@pytest.mark.parametrize(("before", "after", "expected", "why"), CASES)
def test_what_changed(
    before: list[Fact], after: list[Fact], expected: list[tuple[str, str, str]], why: str
) -> None:
    found = compare_facts("p", before, after)
    assert sorted((one.how, one.kind, one.rule) for one in found) == sorted(expected), why


FACTS = st.lists(
    st.builds(
        Fact,
        st.sampled_from(["skill", "degree"]),
        st.sampled_from(["a", "b", "c"]),
        st.just(()),
        st.sampled_from(["x", "y"]),
        st.integers(-1, 3),
        st.integers(0, 3),
        st.just("w"),
    ),
    max_size=6,
)


@given(FACTS, FACTS)
def test_changes_lead_from_the_one_to_the_other(before: list[Fact], after: list[Fact]) -> None:
    """Taking away and adding what changed gives the other; the other way round as much changed."""
    changes = compare_facts("p", before, after)
    rest = [*before]
    for change in changes:
        if change.before:
            rest.remove(change.before)
    rest += [change.after for change in changes if change.after]
    assert sorted(rest) == sorted(after)
    assert len(compare_facts("p", after, before)) == len(changes)


def test_changes_are_counted_by_rule() -> None:
    changes = [
        *compare_facts("p", [], [SPARK]),
        *compare_facts("q", [], [SPARK, replace(SPARK, value="skill:git", start=1)]),
        *compare_facts("q", [SPARK], []),
    ]
    assert [
        (one.how, one.rule, len(one.changes), one.postings) for one in group_changes(changes)
    ] == [
        ("added", "skill:concept", 3, 2),
        ("removed", "skill:concept", 1, 1),
    ]


DOCKER = replace(SPARK, value="skill:docker")
BOTH = replace(SPARK, kind="alternative", value="skill:docker or skill:git or skill:spark")
IN_WORDS = [
    (SPARK, DOCKER, "Spark → skill:docker", "another concept, which has no label"),
    (SPARK, None, "Spark (necessity: Required)", "gone, and how strongly it was asked for"),
    (None, replace(SPARK, details=()), "Spark", "new, and nothing else is said of it"),
    (
        SPARK,
        replace(SPARK, details=("necessity: Preferred", "minimumYears: 3")),
        "Spark (necessity: Required → Preferred, minimumYears: none → 3)",
        "only what differs",
    ),
    (
        replace(SPARK, details=("field: a", "field: b")),
        replace(SPARK, details=("field: a", "field: c", "one of several")),
        "Spark (field: a, b → a, c, none → one of several)",
        "several of one name",
    ),
    (SPARK, replace(SPARK, start=9, words="SPARK"), "Spark (by other words)", "other words"),
    (SPARK, replace(SPARK, start=9), "Spark (elsewhere)", "the same words at another place"),
    (SPARK, replace(SPARK, rule="skill:bar"), "Spark (by another rule)", "another rule"),
    (
        BOTH,
        replace(BOTH, value="skill:docker or skill:spark"),
        "one of 2: skill:git → nothing",
        "a choice with one member less",
    ),
    (None, BOTH, "one of skill:docker, skill:git, Spark (necessity: Required)", "a new choice"),
    (
        None,
        replace(BOTH, value="a or b or c or d or e", details=()),
        "one of a, b, c and 2 more",
        "a choice of many",
    ),
]


@pytest.mark.parametrize(("before", "after", "said", "why"), IN_WORDS)
def test_a_change_is_told_in_words(
    before: Fact | None, after: Fact | None, said: str, why: str
) -> None:
    called = Called({"skill:spark": "Spark"})
    assert what_changed(Change("p", before, after), called) == said, why
