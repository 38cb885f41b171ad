from __future__ import annotations

from importlib.resources import files
from typing import Final

import pyoxigraph as ox
import pytest

from kg.iris import Iris
from kg.pay import PERIODS_A_YEAR
from kg.quads import posting_quads
from ontology import terms
from tests.factories import two_levels

ONTOLOGY: Final = "https://rolegraph.example/ontology"
OWL: Final = "http://www.w3.org/2002/07/owl#"
DCTERMS: Final = "http://purl.org/dc/terms/"
QUADS: Final = list(
    ox.parse(files("ontology").joinpath("rolegraph.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
)


def values(subject: str, predicate: str) -> set[str]:
    return {
        getattr(quad.object, "value", "")
        for quad in QUADS
        if (getattr(quad.subject, "value", ""), quad.predicate.value) == (subject, predicate)
    }


DEFINED: Final = sorted(
    {
        quad.subject.value
        for quad in QUADS
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(terms.RG)
    }
)
CONSTANTS: Final = {
    value: name
    for name, value in vars(terms).items()
    if name.isupper() and isinstance(value, str) and value.startswith(terms.RG) and name != "RG"
}
PROPERTIES: Final = [
    iri
    for iri in DEFINED
    if values(iri, terms.RDF + "type")
    & {OWL + "ObjectProperty", OWL + "DatatypeProperty", terms.RDF + "Property"}
]


def test_constants_and_ontology_define_the_same_terms() -> None:
    assert sorted(CONSTANTS) == DEFINED


def test_no_term_has_two_constants() -> None:
    names = [
        name
        for name, value in vars(terms).items()
        if name.isupper() and isinstance(value, str) and value.startswith(terms.RG)
    ]
    assert len(names) == len(CONSTANTS) + 1  # RG itself


@pytest.mark.parametrize("iri", DEFINED)
def test_every_term_is_documented(iri: str) -> None:
    for predicate in (
        terms.RDFS + "label",
        terms.RDFS + "comment",
        terms.RDFS + "isDefinedBy",
        terms.SKOS + "example",
    ):
        assert len(values(iri, predicate)) == 1, predicate
    assert values(iri, terms.RDFS + "comment").pop().endswith(".")


@pytest.mark.parametrize("iri", PROPERTIES)
def test_every_property_has_a_domain_and_a_range(iri: str) -> None:
    assert len(values(iri, terms.RDFS + "domain")) == 1
    assert len(values(iri, terms.RDFS + "range")) == 1
    is_data = OWL + "DatatypeProperty" in values(iri, terms.RDF + "type")
    assert values(iri, terms.RDFS + "range").pop().startswith(terms.XSD) == is_data


def test_every_term_is_a_class_a_property_or_a_necessity() -> None:
    for iri in set(DEFINED) - set(PROPERTIES):
        kinds = values(iri, terms.RDF + "type")
        assert kinds & {OWL + "Class", terms.NECESSITY_CLASS}, iri
        if OWL + "Class" in kinds:
            assert values(iri, terms.RDFS + "subClassOf"), iri


def test_domains_and_ranges_in_our_namespace_exist() -> None:
    for iri in PROPERTIES:
        for predicate in ("domain", "range"):
            for found in values(iri, terms.RDFS + predicate):
                assert not found.startswith(terms.RG) or found in DEFINED, iri


def test_the_ontology_says_what_it_is() -> None:
    assert values(ONTOLOGY, terms.RDF + "type") == {OWL + "Ontology"}
    for predicate in ("versionIRI", "versionInfo"):
        assert len(values(ONTOLOGY, OWL + predicate)) == 1
    for predicate in ("title", "description", "license"):
        assert len(values(ONTOLOGY, DCTERMS + predicate)) == 1
    version = values(ONTOLOGY, OWL + "versionInfo").pop()
    assert values(ONTOLOGY, OWL + "versionIRI") == {f"{ONTOLOGY}/{version}"}


def test_the_ontology_has_no_blank_nodes() -> None:
    terms_used = [term for quad in QUADS for term in (quad.subject, quad.object)]
    assert not [term for term in terms_used if isinstance(term, ox.BlankNode)]


def test_three_kinds_of_requirement_are_kept_apart() -> None:
    kinds = [terms.SKILL_REQUIREMENT, terms.DEGREE_REQUIREMENT, terms.EXPERIENCE_REQUIREMENT]
    for kind in kinds:
        parents = values(kind, terms.RDFS + "subClassOf")
        assert {one for one in parents if one.startswith(terms.RG)} == {terms.REQUIREMENT}
    apart = {(one, other) for one in kinds for other in values(one, OWL + "disjointWith")}
    assert len(apart) == 3


def test_necessities_have_an_order() -> None:
    order = [terms.REQUIRED, terms.PREFERRED, terms.MENTIONED]
    assert [values(iri, terms.RANK) for iri in order] == [{"1"}, {"2"}, {"3"}]


def test_everything_a_posting_states_is_defined_or_borrowed() -> None:
    iris = Iris()
    known = {getattr(quad.subject, "value", "") for quad in QUADS}
    plain = {terms.RDF + "type", terms.RDF + "value", terms.RDFS + "label"}
    for facts in two_levels():
        for quad in posting_quads(facts, iris, iris.run("0.1.0", "ab", "ef")):
            used = {quad.predicate.value}
            if quad.predicate.value == terms.RDF + "type":
                used.add(getattr(quad.object, "value", ""))
            assert used <= known | plain


@pytest.mark.parametrize("iri", [terms.ANNUAL_MINIMUM, terms.ANNUAL_MAXIMUM])
def test_the_rule_of_annual_pay_is_published_as_it_is_computed(iri: str) -> None:
    comment = values(iri, terms.RDFS + "comment").pop()
    for period, times in PERIODS_A_YEAR.items():
        assert f"{times} ({period})" in comment


def test_short_names_have_the_prefix_of_their_namespace() -> None:
    assert terms.short(terms.SKILL) == "rg:skill"
    assert terms.short(terms.SCHEMA + "title") == "schema:title"
    assert terms.short("https://me.example/x") == "https://me.example/x"
