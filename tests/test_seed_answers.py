"""The seeds, built and asked: what the store answers is what a careful reader wrote down."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from kg import KnowledgeGraph
from tests.test_seeds import SAME_NAME, SETS

ROLE = "Machine Learning Engineer"
THERE = [name for name, (_, expected) in SETS.items() if expected.exists()]


@cache
def graph(name: str) -> KnowledgeGraph:
    return KnowledgeGraph.build(SETS[name][0])


@cache
def expected(name: str) -> Any:
    return json.loads(SETS[name][1].read_text(encoding="utf-8"))


def labels(names: list[str]) -> set[str]:
    return {SAME_NAME.get(name, name).lower() for name in names}


def posting(name: str, file: str) -> str:
    """The identifier of the posting that was read from a file."""
    rows = graph(name).ask("postings").to_dicts()
    (found,) = (row["id"] for row in rows if row["source"] == file)
    return str(found)


CASES = [(name, file) for name in THERE for file in expected(name)["postings"]]


@pytest.mark.parametrize("name", THERE)
def test_what_one_level_requires_and_the_other_does_not(name: str) -> None:
    rows = graph(name).ask("level-difference", role=ROLE, level_a="I", level_b="II").to_dicts()
    want = expected(name)["separation_I_II"]
    for level in ("I", "II"):
        found = {str(row["skill"]).lower() for row in rows if row["level"] == level}
        assert found == labels(want[f"only_{level}"])
        assert {row["postings"] for row in rows} == {1}


@pytest.mark.parametrize("name", THERE)
def test_what_both_levels_require(name: str) -> None:
    one, two = (
        {
            str(skill).lower()
            for skill in graph(name)
            .skills(role=ROLE, level=level, necessity="required")
            .column("skill")
        }
        for level in ("I", "II")
    )
    assert one & two == labels(expected(name)["separation_I_II"]["both"])


@pytest.mark.parametrize("name", THERE)
def test_the_difference_in_pay(name: str) -> None:
    rows = graph(name).ask("pay-by-role-and-level", role=ROLE).to_dicts()
    pay = {row["level"]: row for row in rows if row["period"] == "YEAR"}
    want = expected(name)["separation_I_II"]
    for column, key in (("lowest", "salary_min"), ("highest", "salary_max")):
        low, high = pay["I"][column], pay["II"][column]
        assert isinstance(low, Decimal)
        assert isinstance(high, Decimal)
        assert high - low == Decimal(want[f"{key}_difference"])


@pytest.mark.parametrize(("name", "file"), CASES)
def test_required_skills_of_each_posting(name: str, file: str) -> None:
    rows = graph(name).ask("evidence-of-posting", posting=posting(name, file)).to_dicts()
    skills = [row for row in rows if row["statement"] == "SkillRequirement"]
    required = {str(row["value"]).lower() for row in skills if row["necessity"] == "required"}
    assert required == labels(expected(name)["postings"][file]["skills_required"])


@pytest.mark.parametrize(("name", "file"), CASES)
def test_choices_of_each_posting(name: str, file: str) -> None:
    rows = graph(name).ask("alternatives-of-posting", posting=posting(name, file)).to_dicts()
    found: dict[Any, set[str]] = {}
    for row in rows:
        if str(row["alternative"]).startswith("any-"):
            found.setdefault(row["alternative"], set()).add(str(row["member"]).lower())
            assert (row["minimum"], row["necessity"]) == (1, "required")
            assert row["of"] == 6
    want = [labels(one["members"]) for one in expected(name)["postings"][file].get("any_of", [])]
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, want))


@pytest.mark.parametrize(("name", "file"), CASES)
def test_links_of_each_posting(name: str, file: str) -> None:
    rows = graph(name).ask("related-postings", posting=posting(name, file)).to_dicts()
    keys = ("title", "role", "level", "specialisation")
    want = expected(name)["postings"][file].get("other_postings", [])
    found = {tuple(row[key] for key in keys) for row in rows}
    assert found == {tuple(one[key] for key in keys) for one in want}


DUTIES = {
    "I": {"Build": 1, "Learn": 1, "Research": 1},
    "II": {"Build": 1, "Design": 1, "Improve": 1, "Maintain": 1},
    "University Graduate": {"Analyse": 2, "Assist": 2, "Build": 2, "Specify": 2, "Test": 2},
}
"""Counted by hand in the restated seeds: "set up", "keep up with", "run experiments"; ..."""


def test_duties_by_level() -> None:
    rows = graph("restated").ask("duties-by-level", role=ROLE).to_dicts()
    found = {
        level: {row["duty"]: row["postings"] for row in rows if row["level"] == level}
        for level in DUTIES
    }
    assert found == DUTIES
    assert {(row["level"], row["of"]) for row in rows} == {
        *(("I", 1), ("II", 1), ("University Graduate", 2))
    }


@pytest.mark.parametrize("name", THERE)
def test_degrees_and_years_by_level(name: str) -> None:
    want = expected(name)["separation_I_II"]
    degrees = graph(name).ask("degrees-by-level", role=ROLE).to_dicts()
    years = graph(name).ask("experience-by-level", role=ROLE).to_dicts()
    for level in ("I", "II"):
        (degree,) = {row["degree"] for row in degrees if row["level"] == level}
        assert str(degree).lower().startswith(want["degree"][level])
        assert [row["minimum_years"] for row in years if row["level"] == level] == [
            want["years"][level]
        ]


@pytest.mark.parametrize("name", THERE)
def test_every_graph_is_valid(name: str) -> None:
    assert graph(name).validate() == []


@pytest.mark.parametrize("name", THERE)
def test_every_question_answers_on_the_seeds(name: str) -> None:
    example = {
        "role": ROLE,
        "skill": "Spark",
        "posting": f"{ROLE} I",
        "level": "I",
        "employer": "Pinterest",
        "degree": "Bachelor's degree",
        "text": "francisco",
        "integer": "5",
    }
    silent = {"copies", "years-of-skill"}  # no seed repeats another, none counts a skill's years
    graph(name).infer()
    for question in graph(name).questions.values():
        given = {
            one.name: ("II" if one.name == "level_b" else example[one.type])
            for one in question.parameters
            if one.is_required
        }
        rows = graph(name).ask(question.name, **given).rows
        assert bool(rows) == (question.name not in silent), question.name
    graph(name).drop_inferred()
