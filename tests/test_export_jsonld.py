"""JSON-LD: the same triples again, and an object that schema.org knows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from kg.exports.jsonld import context
from kg.store import Store
from ontology import terms
from ontology.terms import RDF, SCHEMA, SKOS
from ontology.vocabulary import FOLDER
from tests.exported_jsonld import first, postings, seeds, text, two
from tests.exports import stated, written
from tests.factories import concept, make_facts
from tests.schema_org import JOB, SCHEMA_ORG, Node, many, nodes
from tests.stores import fill

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["first", "seeds", "text", "two"]

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
