from __future__ import annotations

import dataclasses
import inspect
import re
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import SH

from kg import checks
from kg.quads import posting_quads
from kg.store import Store
from kg.store_checks import STORE_CHECKS
from kg.validate import Violation, validate, validate_graph, validate_store
from nlp.extract import extract_files
from nlp.types import Facts, Term
from ontology import terms
from ontology.terms import PROV, RDF, SCHEMA, SKOS
from ontology.vocabulary import own_files
from tests.factories import concept, make_facts, two_levels
from tests.faults import FAULTS, STORE_FAULTS
from tests.passing_graphs import GRAPHS, IRIS, RUN, posting_graph, vocabulary_graph, whole_store
from tests.planting import ME, Fault, drop, instead, matches, node, put, swap, word

ROOT: Final = Path(__file__).parent.parent
SEEDS: Final = (ROOT / "seeds", ROOT.parent / "shared" / "seeds")
SHAPES: Final = rdflib.Graph().parse(
    data=files("ontology").joinpath("shapes.ttl").read_text("utf-8"), format="turtle"
)
NODE_SHAPES: Final = sorted(
    str(shape).removeprefix(terms.SHAPES)
    for shape in SHAPES.subjects(rdflib.RDF.type, SH.NodeShape)
    if isinstance(shape, rdflib.URIRef)
)
EVERY_CHECK: Final[set[Callable[..., object]]] = {
    *checks.POSTING_CHECKS,
    *checks.VOCABULARY_CHECKS,
    *STORE_CHECKS,
}
CHECKS: Final = sorted(
    {
        name
        for check in EVERY_CHECK
        for name in re.findall(r'Fault\(\w+(?:\.\w+)?, "(\w+)"', inspect.getsource(check))
    }
    | {"ShortEdges"}
)


def reported(violations: list[Violation]) -> list[tuple[str, str]]:
    return sorted((violation.node, violation.shape) for violation in violations)


@pytest.mark.parametrize("kind", GRAPHS)
def test_a_good_graph_passes(kind: str) -> None:
    assert validate(GRAPHS[kind]()) == []


def test_the_two_levels_pass_together_and_each_by_itself() -> None:
    quads = [posting_quads(facts, IRIS, RUN) for facts in two_levels()]
    assert validate([quad for graph in quads for quad in graph]) == []
    assert [validate(graph) for graph in quads] == [[], []]


def test_a_posting_of_which_little_is_known_passes() -> None:
    facts = make_facts(
        title=None,
        role=None,
        level=None,
        employer=None,
        required=(),
        degree=None,
        years=None,
        pay=None,
        places=(),
        work_modes=(),
        applicant_countries=(),
    )
    assert validate(posting_quads(facts, IRIS, RUN)) == []


@pytest.mark.slow
def test_our_own_vocabulary_passes() -> None:
    quads = [
        ox.Quad(quad.subject, quad.predicate, quad.object, IRIS.graph("vocabulary"))
        for path in own_files()
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    ]
    assert len(quads) > 1000
    assert validate(quads) == []


@pytest.mark.parametrize("folder", SEEDS, ids=["restated", "original"])
def test_the_seeds_pass(folder: Path) -> None:
    if not folder.exists():
        pytest.skip("the originals lie beside the checkout only where CI runs")
    facts = [item for item in extract_files([folder]) if isinstance(item, Facts)]
    assert len(facts) == 4
    assert [validate(posting_quads(item, IRIS, RUN)) for item in facts] == [[]] * 4


def test_nothing_is_valid_and_the_ontology_is_left_alone() -> None:
    assert validate([]) == []
    a = node("https://me.example/a")
    assert validate([ox.Quad(a, a, a, IRIS.graph("ontology"))]) == []
    assert validate([ox.Quad(a, a, a, IRIS.graph("ab"))]) != []


@pytest.mark.parametrize(
    ("kind", "plant", "expected"),
    [fault[1:] for fault in FAULTS],
    ids=[fault[0] for fault in FAULTS],
)
def test_a_planted_fault_is_reported(
    kind: str, plant: Fault, expected: list[tuple[str, str]]
) -> None:
    hold(validate(plant(GRAPHS[kind]())), expected)


def test_a_good_store_passes_and_so_does_an_empty_one() -> None:
    assert validate_store(store_of(whole_store())) == []
    assert validate_store(Store.in_memory()) == []


@pytest.mark.parametrize(
    ("plant", "expected"),
    [fault[1:] for fault in STORE_FAULTS],
    ids=[fault[0] for fault in STORE_FAULTS],
)
def test_a_fault_planted_in_a_store_is_reported(
    plant: Fault, expected: list[tuple[str, str]]
) -> None:
    hold(validate_store(store_of(plant(whole_store()))), expected)


def test_a_graph_that_was_cleared_counts_as_missing() -> None:
    store = store_of(whole_store())
    store.oxigraph.clear_graph(store.iris.graph("vocabulary"))
    hold(validate_store(store), [("graph/vocabulary", "NeededGraphs")])


def test_a_fault_between_graphs_names_its_graph_and_its_property() -> None:
    plant = instead(concept("skill", "Spark"), concept("skill", "Nonsense"))
    assert validate_store(store_of(plant(whole_store()))) == [
        Violation(
            graph=f"{terms.DATA}graph/{ME.removeprefix('posting/')}",
            node=f"{terms.DATA}{ME}/requirement/skill-spark-required",
            shape="KnownConcepts",
            path="rg:skill",
            message="skill:nonsense is no concept of the scheme of skills",
            remedy="Correct the IRI, or add the concept to the vocabulary; then build again.",
        )
    ]


def test_a_new_concept_is_known_in_its_own_graph_only() -> None:
    """Two postings name a role that the vocabulary lacks; only one of them describes it."""
    facts = make_facts()
    assert facts.role
    wizards = dataclasses.replace(facts.role, value=Term("Data Wizard"))
    other = dataclasses.replace(facts, role=wizards)
    quads = [*whole_store(), *posting_quads(other, IRIS, RUN)]
    assert validate_store(store_of(quads)) == []
    graph = IRIS.graph(other.posting.id)
    wizard = node(f"{terms.DATA}role/data-wizard")
    broken = [quad for quad in quads if (quad.graph_name, quad.subject) != (graph, wizard)]
    hold(validate_store(store_of(broken)), [(f"posting/{other.posting.id}", "KnownConcepts")])


def store_of(quads: list[ox.Quad]) -> Store:
    store = Store.in_memory()
    store.apply(add=quads)
    return store


def hold(violations: list[Violation], expected: list[tuple[str, str]]) -> None:
    """Hold violations to the nodes and shapes that are expected: all of them, and no others."""
    found = reported(violations)
    wanted = sorted(expected, key=lambda item: item[::-1])
    for item in wanted:
        assert [hit for hit in found if hit[0].endswith(item[0]) and hit[1] == item[1]], item
    assert {shape for _, shape in found} == {shape for _, shape in wanted}
    nodes = {end for end, _ in wanted}
    assert all(any(hit.endswith(end) for end in nodes) for hit, _ in found)


def test_every_shape_and_every_check_has_a_fault_in_the_table() -> None:
    tables = [*(fault[3] for fault in FAULTS), *(fault[2] for fault in STORE_FAULTS)]
    assert {shape for table in tables for _, shape in table} == {*NODE_SHAPES, *CHECKS}
    assert len(CHECKS) == len(EVERY_CHECK)


def wrong_values() -> list[tuple[str, str, str, str]]:
    """Every property of every shape: kind of graph, shape, predicate, and how it is broken."""
    found = []
    for shape, _, prop in SHAPES.triples((None, SH.property, None)):
        path = SHAPES.value(prop, SH.path)
        inverse = SHAPES.value(path, SH.inversePath)
        if inverse is None and not isinstance(path, rdflib.URIRef):
            continue  # the sequence prov:wasDerivedFrom/rdf:value has its line in the table
        kind = str(SHAPES.value(shape, rdflib.URIRef(SCHEMA + "isPartOf")))
        name = str(shape).removeprefix(terms.SHAPES)
        how = "unlinked" if inverse else "wrong"
        found.append((kind.removeprefix(terms.SHAPES), name, str(inverse or path), how))
    return sorted(found)


@pytest.mark.parametrize(("kind", "shape", "predicate", "how"), wrong_values())
def test_every_property_of_every_shape_can_fail(
    kind: str, shape: str, predicate: str, how: str
) -> None:
    """A value that is neither text nor node of the right sort, or links that are gone."""
    quads = GRAPHS[kind]()
    if how == "unlinked":
        broken = drop("", predicate)(quads)
    else:
        wrong = wrong_value(shape, predicate)
        broken = swap(a_node_of(shape, predicate, quads), predicate, wrong)(quads)
    path = f"^{terms.short(predicate)}" if how == "unlinked" else terms.short(predicate)
    assert (shape, path) in {(found.shape, found.path) for found in validate(broken)}


def wrong_value(shape: str, predicate: str) -> ox.NamedNode | ox.Literal | ox.BlankNode:
    for prop in SHAPES.objects(rdflib.URIRef(terms.SHAPES + shape), SH.property):
        if SHAPES.value(prop, SH.path) == rdflib.URIRef(predicate):
            kind = SHAPES.value(prop, SH.nodeKind)
            if kind == SH.IRIOrLiteral:
                return ox.BlankNode("b")
            return word("nothing") if kind == SH.IRI else node("https://me.example/nothing")
    raise AssertionError(predicate)


def a_node_of(shape: str, predicate: str, quads: list[ox.Quad]) -> str:
    """A node at which the shape looks and which has the property."""
    iri = rdflib.URIRef(terms.SHAPES + shape)
    classes = {str(found) for found in SHAPES.objects(iri, SH.targetClass)}
    targets = {str(found) for found in SHAPES.objects(iri, SH.targetSubjectsOf)}
    objects = {str(found) for found in SHAPES.objects(iri, SH.targetObjectsOf)}
    held = {
        quad.object.value
        for quad in quads
        if isinstance(quad.object, ox.NamedNode) and quad.predicate.value in objects
    }
    held |= {
        quad.subject.value
        for quad in quads
        if isinstance(quad.subject, ox.NamedNode)
        and (
            quad.predicate.value in targets
            or (
                quad.predicate.value == RDF + "type"
                and isinstance(quad.object, ox.NamedNode)
                and quad.object.value in classes
            )
        )
    }
    return next(name for name in sorted(held) if any(matches(q, name, predicate) for q in quads))


def test_a_violation_says_where_what_and_what_to_do() -> None:
    broken = swap("/pay", SCHEMA + "currency", word("usd"))(posting_graph())
    assert validate(broken) == [
        Violation(
            graph=f"{terms.DATA}graph/{ME.removeprefix('posting/')}",
            node=f"{terms.DATA}{ME}/pay",
            shape="Pay",
            path="schema:currency",
            message="is 'usd'",
            remedy="State the currency as three capital letters (ISO 4217), or leave it out.",
        )
    ]


@pytest.mark.parametrize(
    ("plant", "path", "message"),
    [
        (drop(ME, SCHEMA + "identifier"), "schema:identifier", "too few values"),
        (put(ME, SCHEMA + "title", word("B")), "schema:title", "too many values"),
        (put(ME, SCHEMA + "tilte", word("B")), "schema:tilte", "is no property of such a node"),
        (
            drop("/text", RDF + "value"),
            "prov:wasDerivedFrom/rdf:value",
            "too few values",
        ),
    ],
)
def test_messages_say_what_was_found(plant: Fault, path: str, message: str) -> None:
    found = validate(plant(posting_graph()))
    assert (path, message) in {(violation.path, violation.message) for violation in found}


def test_every_shape_says_what_to_do() -> None:
    for prop in SHAPES.objects(None, SH.property):
        assert str(SHAPES.value(prop, SH.message)).endswith("."), SHAPES.value(prop, SH.path)
    for shape in SHAPES.subjects(SH.closed, None):
        assert SHAPES.value(shape, SH.message), shape


def test_order_of_quads_and_of_graphs_changes_nothing() -> None:
    broken = drop("skill/spark", SKOS + "prefLabel")(vocabulary_graph())
    quads = [*broken, *drop(ME, SCHEMA + "identifier")(posting_graph())]
    assert validate(quads) == validate(quads[::-1])
    assert len({violation.graph for violation in validate(quads)}) == 2


def test_a_fault_in_one_posting_is_not_hidden_by_another() -> None:
    """Both graphs describe the employer; only the broken one is reported."""
    one, other = (posting_quads(facts, IRIS, RUN) for facts in two_levels())
    broken = drop("employer/pinterest", SCHEMA + "name")(one)
    found = validate([*broken, *other])
    assert [violation.graph for violation in found] == [one[0].graph_name.value]  # type: ignore[union-attr]


def test_four_postings_take_no_more_than_a_few_seconds() -> None:
    quads = [posting_quads(make_facts(source=f"{n}.txt"), IRIS, RUN) for n in range(4)]
    begun = time.perf_counter()
    assert [validate_graph(graph[0].graph_name.value, graph) for graph in quads] == [[]] * 4  # type: ignore[union-attr]
    assert time.perf_counter() - begun < 3


def test_a_store_is_validated_as_it_stands() -> None:
    store = ox.Store()
    store.extend([*posting_graph(), *vocabulary_graph()])
    assert validate(store) == []
    store.extend(put(ME, PROV + "wasDerivedFrom", RUN)(posting_graph()))
    assert {violation.shape for violation in validate(store)} == {"Posting"}
