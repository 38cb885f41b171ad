"""JSON-LD as schema.org and Google read it: their terms, by their definitions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from kg.exports.jsonld import context
from kg.store import Store
from nlp.types import Necessity, RequirementKind
from tests.exported_jsonld import first, postings, seeds, text, two
from tests.exports import written
from tests.factories import concept, make_facts, two_levels
from tests.schema_org import SCHEMA_ORG, Node, many, nodes
from tests.stores import fill

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["first", "seeds", "text", "two"]


def test_what_schema_org_calls_it(first: Node) -> None:
    facts = two_levels()[0]
    assert first["description"] == facts.posting.text
    assert first["hiringOrganization"]["name"] == "Pinterest"
    assert first["datePosted"] == "2025-09-19"
    assert first["employmentType"] == "FULL_TIME"
    assert first["jobLocationType"] == "TELECOMMUTE"
    assert first["applicantLocationRequirements"][0]["name"] == "US"
    pay = first["baseSalary"]
    assert (pay["@type"], pay["currency"]) == ("MonetaryAmount", "USD")
    assert (pay["value"]["minValue"], pay["value"]["maxValue"]) == ("168237.5", "222695")
    assert pay["value"]["unitText"] == "YEAR"
    address = {"addressLocality": "San Francisco", "addressRegion": "CA", "addressCountry": "US"}
    assert any(address.items() <= place["address"].items() for place in first["jobLocation"])
    assert first["educationRequirements"] == [
        "Master's degree in Computer Science, Engineering or its foreign equivalent"
    ]


GOOGLE_REQUIRES = ("datePosted", "description", "hiringOrganization", "jobLocation", "title")
GOOGLE_KNOWS = {
    "employmentType": {
        *("FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER"),
        *("PER_DIEM", "OTHER"),
    },
    "jobLocationType": {"TELECOMMUTE"},
}
"""What Google's job search wants of a JobPosting: "Job posting structured data", its document."""


def test_google_finds_what_it_requires(first: Node) -> None:
    """All that the posting states is there in the form that is required; nothing is made up."""
    assert all(first.get(name) for name in GOOGLE_REQUIRES)
    assert first["hiringOrganization"]["@type"] == "Organization"
    assert first["hiringOrganization"]["name"]
    for place in first["jobLocation"]:
        assert place["@type"] == "Place"
        assert place["address"]["@type"] == "PostalAddress"
        assert place["address"]["addressCountry"]
    # TELECOMMUTE wants to know from where
    assert all(one["name"] for one in first["applicantLocationRequirements"])
    assert first["baseSalary"]["value"]["unitText"] in {"HOUR", "DAY", "WEEK", "MONTH", "YEAR"}
    assert all(Decimal(first["baseSalary"]["value"][end]) for end in ("minValue", "maxValue"))


@pytest.mark.parametrize("which", ["two", "seeds"])
def test_google_knows_the_values(which: str, request: pytest.FixtureRequest) -> None:
    for posting in postings(written(request.getfixturevalue(which), "jsonld").decode()):
        for name, values in GOOGLE_KNOWS.items():
            assert set(many(posting.get(name, []))) <= values
        if posting.get("jobLocationType"):
            assert posting.get("jobLocation") or posting.get("applicantLocationRequirements")
        if posting.get("experienceInPlaceOfEducation"):
            assert posting["educationRequirements"]


def test_skills_are_what_is_asked_for_and_not_what_is_only_named(first: Node) -> None:
    assert {"Spark", "Publications", "Java", "C++"} <= set(first["skills"])  # also one of several
    assert "Hadoop" not in first["skills"]
    assert {concept("skill", "Hadoop")} == set(first["mentionsSkill"])


@pytest.mark.parametrize(
    ("necessity", "says_equivalent", "expected"),
    [
        (Necessity.REQUIRED, False, {"educationRequirements", "experienceRequirements"}),
        (
            Necessity.REQUIRED,
            True,
            {"educationRequirements", "experienceRequirements", "experienceInPlaceOfEducation"},
        ),
        (Necessity.PREFERRED, True, set()),  # what is welcome is not needed
        (Necessity.MENTIONED, True, set()),
    ],
    ids=lambda value: "-".join(sorted(value)) if isinstance(value, set) else str(value),
)
def test_schema_org_names_the_education_and_experience_that_are_needed(
    necessity: Necessity, says_equivalent: bool, expected: set[str], tmp_path: Path
) -> None:
    facts = make_facts()
    asked = tuple(
        one._replace(necessity=necessity, equivalent_experience=says_equivalent)
        if one.kind is not RequirementKind.SKILL
        else one
        for one in facts.requirements
    )
    store = fill(Store.in_memory(), [replace(facts, requirements=asked)], tmp_path)
    (posting,) = postings(written(store, "jsonld").decode())
    assert {name for name in posting if "ducation" in name or "experienceR" in name} == expected


def is_a(value: Any, kind: str, described: Mapping[str, Node]) -> bool:
    if kind == "Text":
        return isinstance(value, str) and value != ""
    if kind == "Boolean":
        return isinstance(value, bool)
    if kind == "Number":
        return bool(Decimal(value).is_finite())
    if kind == "Date":
        return date.fromisoformat(value).isoformat() == str(value)
    node = described[value] if isinstance(value, str) else value
    kinds: list[str] = many(node["@type"])
    return kind in kinds


@pytest.mark.parametrize("which", ["two", "seeds"])
def test_each_term_of_schema_org_is_used_by_its_definition(
    which: str, request: pytest.FixtureRequest
) -> None:
    ours = {name for name, meaning in context().items() if "rg:" in str(meaning)}
    seen = set()
    for posting in postings(written(request.getfixturevalue(which), "jsonld").decode()):
        described = {
            node["@id"]: node for node in nodes(posting) if len(node) > 1 and "@id" in node
        }
        for node in nodes(posting):
            kinds = [kind for kind in many(node.get("@type", [])) if kind in SCHEMA_ORG]
            allowed = {name: values for kind in kinds for name, values in SCHEMA_ORG[kind].items()}
            for name, value in node.items():
                meaning = context().get(name, {})
                if not kinds or name.startswith("@") or name in ours or "prov:" in str(meaning):
                    continue
                if name in ("evidence", "label"):
                    continue
                assert name in allowed, f"{name} of {kinds}"
                for one in many(value):
                    assert any(is_a(one, kind, described) for kind in allowed[name]), (name, one)
                seen.add(name)
    assert seen >= {"title", "description", "baseSalary", "minValue", "skills", "name"}
