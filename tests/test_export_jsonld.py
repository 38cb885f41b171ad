"""JSON-LD: the same triples again, and an object that schema.org knows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from kg.exports.jsonld import context
from kg.store import Store
from nlp.types import Necessity, RequirementKind
from ontology import terms
from ontology.terms import RDF, SCHEMA, SKOS
from ontology.vocabulary import FOLDER
from tests.exports import stated, written
from tests.factories import concept, make_facts, two_levels
from tests.stores import fill, two_level_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Node = dict[str, Any]

OWN_PREFIXES = ("rg:", "oa:", "prov:", "rdf:", "rdfs:", "skos:", "xsd:")
DERIVED = {
    SCHEMA + name
    for name in (
        *("description", "skills", "educationRequirements", "experienceRequirements"),
        *("experienceInPlaceOfEducation", "monthsOfExperience", "jobLocationType", "name"),
        "responsibilities",
    )
}
"""What the export says beside what the store states; `type` of an experience comes to it."""

JOB = {
    "applicantLocationRequirements": {"Country"},
    "baseSalary": {"MonetaryAmount"},
    "datePosted": {"Date"},
    "description": {"Text"},
    "educationRequirements": {"Text"},
    "employmentType": {"Text"},
    "estimatedSalary": {"MonetaryAmount"},
    "experienceInPlaceOfEducation": {"Boolean"},
    "experienceRequirements": {"OccupationalExperienceRequirements"},
    "hiringOrganization": {"Organization"},
    "identifier": {"Text"},
    "industry": {"Text"},
    "jobLocation": {"Place"},
    "jobLocationType": {"Text"},
    "responsibilities": {"Text"},
    "skills": {"Text"},
    "title": {"Text"},
    "validThrough": {"Date"},
}
SCHEMA_ORG: Mapping[str, Mapping[str, set[str]]] = {
    "JobPosting": JOB,
    "RelatedPosting": JOB,
    "Country": {"identifier": {"Text"}, "name": {"Text"}},
    "MonetaryAmount": {"currency": {"Text"}, "value": {"QuantitativeValue"}},
    "OccupationalExperienceRequirements": {"monthsOfExperience": {"Number"}},
    "Organization": {"name": {"Text"}},
    "Place": {"address": {"PostalAddress"}, "name": {"Text"}},
    "PostalAddress": {
        name: {"Text"} for name in ("addressCountry", "addressLocality", "addressRegion")
    },
    "QuantitativeValue": {
        "maxValue": {"Number"},
        "minValue": {"Number"},
        "unitText": {"Text"},
    },
}
"""What schema.org's definitions let us say of each type, and what the values may be."""


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return two_level_store(tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="module")
def text(two: Store) -> str:
    return written(two, "jsonld").decode()


@pytest.fixture(scope="module")
def seeds(store: Path) -> Iterator[Store]:
    with Store.open(store) as opened:
        yield opened


@pytest.fixture(scope="module")
def first(text: str) -> Node:
    return next(one for one in postings(text) if one["title"] == "Machine Learning Engineer I")


def postings(text: str) -> list[Node]:
    found: list[Node] = json.loads(text)["@graph"]
    return found


def refuse(url: str, _: object) -> Node:
    raise AssertionError(f"{url} was asked for")


def expected(store: Store) -> set[ox.Triple]:
    """What the postings state, and the labels of what they name."""
    found = stated(store, store.posting_ids())
    named = {triple.object for triple in found}
    label, graph = ox.NamedNode(SKOS + "prefLabel"), store.iris.graph("vocabulary")
    labels = store.oxigraph.quads_for_pattern(None, label, None, graph)
    return found | {quad.triple for quad in labels if quad.subject in named}


def is_derived(triple: ox.Triple) -> bool:
    kind = ox.NamedNode(SCHEMA + "OccupationalExperienceRequirements")
    return triple.predicate.value in DERIVED or triple.object == kind


@pytest.mark.parametrize("which", ["two", "seeds"])
def test_it_says_the_same_and_what_schema_org_needs(
    which: str, request: pytest.FixtureRequest
) -> None:
    store = request.getfixturevalue(which)
    text = written(store, "jsonld")
    found = {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD)}
    stored = expected(store)
    assert stored <= found
    assert all(is_derived(triple) for triple in found - stored)
    assert len({triple.predicate for triple in found - stored}) >= 5


def test_other_readers_find_the_same_triples(text: str) -> None:
    """rdflib and pyld: as sets of N-Quads, so that datatypes and languages count."""
    first = {str(quad.triple) for quad in ox.parse(text.encode(), format=ox.RdfFormat.JSON_LD)}
    lines = jsonld.to_rdf(
        json.loads(text), {"format": "application/n-quads", "documentLoader": refuse}
    )
    again = ox.parse(lines, format=ox.RdfFormat.N_QUADS)
    assert {str(quad.triple) for quad in again} == first
    graph = rdflib.Graph().parse(data=text, format="json-ld")
    triples = ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
    assert {str(quad.triple) for quad in triples} == first


def test_a_posting_is_one_object_in_one_array(text: str, two: Store) -> None:
    record = json.loads(text)
    assert sorted(record) == ["@context", "@graph"]
    assert [one["identifier"] for one in record["@graph"]] == two.posting_ids()
    assert all(one["@type"] == "JobPosting" for one in record["@graph"])
    assert list(record["@graph"][0])[:4] == ["@id", "@type", "identifier", "title"]


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


def test_requirements_alternatives_and_evidence_stand_beside(first: Node) -> None:
    asked = {node["@id"]: node for node in first["requirements"]}
    (spark,) = (
        node for node in asked.values() if node.get("skill", {}).get("prefLabel") == "Spark"
    )
    assert (spark["@type"], spark["necessity"]) == ("SkillRequirement", "Required")
    evidence = spark["evidence"][0]
    assert first["description"][evidence["start"] : evidence["end"]] == evidence["exact"] == "Spark"
    (choice,) = first["alternatives"]
    assert choice["minimum"] == 1
    assert sorted(asked[member]["skill"]["prefLabel"] for member in choice["members"]) == [
        *("C++", "Java", "Python"),
    ]
    (years,) = (asked[reference] for reference in first["experienceRequirements"])
    assert years["@type"] == ["ExperienceRequirement", "OccupationalExperienceRequirements"]
    assert (years["minimumYears"], years["monthsOfExperience"]) == ("1", "12")
    starts = [node["evidence"][0]["start"] for node in first["requirements"]]
    assert starts == sorted(starts)


def nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


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


def test_what_is_unknown_is_no_key(tmp_path: Path) -> None:
    bare = make_facts(
        title=None,
        role=None,
        level=None,
        employer=None,
        required=(),
        degree=None,
        years=None,
        pay=None,
        places=(),
        work_modes=("onsite",),
        applicant_countries=(),
        industries=(),
    )
    store = fill(Store.in_memory(), [bare], tmp_path)
    (posting,) = postings(written(store, "jsonld").decode())
    absent = {"title", "role", "baseSalary", "skills", "educationRequirements", "jobLocationType"}
    assert not absent & set(posting)
    assert all(value not in (None, [], "") for value in posting.values())


def test_no_key_of_the_seeds_needs_a_prefix(seeds: Store) -> None:
    names = {
        name
        for posting in postings(written(seeds, "jsonld").decode())
        for node in nodes(posting)
        for name in (*node, *many(node.get("@type", [])))
    }
    assert [name for name in names if name.startswith((*OWN_PREFIXES, "http"))] == [
        *(name for name in names if name.startswith("xsd:")),
    ]


def test_every_term_of_the_context_is_defined_somewhere() -> None:
    ontology = (FOLDER / "rolegraph.ttl").read_text(encoding="utf-8")
    for name, meaning in context().items():
        iri = meaning["@id"] if isinstance(meaning, dict) and "@id" in meaning else meaning
        if isinstance(iri, str) and iri.startswith("rg:"):
            assert f"\n{iri} a " in ontology, name
        elif isinstance(meaning, dict) and "@id" not in meaning:
            assert (
                name in JOB
                or name in SCHEMA_ORG["QuantitativeValue"]
                or name == ("monthsOfExperience")
            )


def test_an_empty_store_has_no_postings() -> None:
    assert postings(written(Store.in_memory(), "jsonld").decode()) == []


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.sampled_from(["string", "integer", "decimal", "boolean", "date", "gYearMonth", "double"]),
    st.sampled_from(["rg:note", "rg:minimum", "rg:equity", "rg:minimumYears", "schema:title"]),
)
def test_any_literal_survives(text: str, datatype: str, name: str) -> None:
    store = Store.in_memory()
    prefix, local = name.split(":")
    node, graph = store.iris.posting("p"), store.iris.graph("p")
    kind, of = ox.NamedNode(SCHEMA + "JobPosting"), ox.NamedNode(terms.PREFIXES[prefix] + local)
    literal = ox.Literal(text, datatype=ox.NamedNode(terms.XSD + datatype))
    stated = ox.Quad(node, ox.NamedNode(RDF + "type"), kind, graph)
    store.apply(add=[stated, ox.Quad(node, of, literal, graph)])
    kept = {quad.triple for quad in store.quads()}
    lines = ox.parse(written(store, "jsonld"), format=ox.RdfFormat.JSON_LD)
    assert {quad.triple for quad in lines} == kept


@pytest.mark.parametrize("language", ["en", "de", None])
def test_labels_keep_their_language(language: str | None, tmp_path: Path) -> None:
    store = fill(Store.in_memory(), [make_facts(required=["Spark"])], tmp_path)
    label = ox.Literal("Funke", language=language) if language else ox.Literal("Funke")
    about = ox.NamedNode(concept("skill", "Spark")), ox.NamedNode(SKOS + "prefLabel"), label
    store.apply(add=[ox.Quad(*about, store.iris.graph("vocabulary"))])
    found = ox.parse(written(store, "jsonld"), format=ox.RdfFormat.JSON_LD)
    assert ox.Triple(*about) in {quad.triple for quad in found}
