"""What the docstrings of `to_networkx` and `to_rdflib` say is in a graph, held to a graph."""

from __future__ import annotations

import inspect
import re
from itertools import takewhile
from typing import TYPE_CHECKING

import pytest
import rdflib

from kg import KnowledgeGraph, StoreError
from kg.graph_model import Kind, Relation
from ontology import terms
from tests.stores import two_level_store

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx

TEXT = inspect.getdoc(KnowledgeGraph.to_networkx) or ""


@pytest.fixture
def small(tmp_path: Path) -> KnowledgeGraph:
    return KnowledgeGraph(two_level_store(tmp_path))


@pytest.fixture
def graph(small: KnowledgeGraph) -> nx.MultiDiGraph:
    return small.to_networkx()


def table(heading: str) -> list[list[list[str]]]:
    """The rows of the table below a heading: cells, each a list of words."""
    lines = TEXT.split(heading)[1].splitlines()[2:]
    rows = takewhile(lambda line: "|" in line, lines)
    return [
        [re.findall(r"\w+", cell) for cell in line.strip().strip("|").split("|")] for line in rows
    ]


def documented() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kinds, attributes in table("| kind | attributes |"):
        for kind in kinds:
            found.setdefault(kind, {"kind", "label"}).update(attributes)
    return found


def test_every_kind_of_node_is_documented_with_its_attributes(graph: nx.MultiDiGraph) -> None:
    said = documented()
    assert set(said) == set(Kind)
    assert {data["kind"] for _, data in graph.nodes(data=True)} == set(Kind)
    for _, data in graph.nodes(data=True):
        assert set(data) == said[data["kind"]], data["kind"]


def test_every_relation_is_documented_with_its_ends(graph: nx.MultiDiGraph) -> None:
    said = {
        (source, relation, target)
        for sources, relations, targets in table("| from | relation | to |")
        for source in sources
        for relation in relations
        for target in targets
    }
    found = {
        (graph.nodes[source]["kind"], data["relation"], graph.nodes[target]["kind"])
        for source, target, data in graph.edges(data=True)
    }
    assert {relation for _, relation, _ in said} == set(Relation)
    assert {relation for _, relation, _ in found} == set(Relation)
    assert found <= said


def test_what_is_said_of_an_edge_to_a_skill(graph: nx.MultiDiGraph) -> None:
    words = TEXT.split("and: ")[1].split(". ")[0]
    said = {*re.findall(r"\w+", words), "relation", "evidence"}
    for source, _, key, data in graph.edges(keys=True, data=True):
        if "strength" in data:
            assert set(data) == said
            assert "/requirement/" in key
            choices = graph.nodes[source]["alternatives"]
            assert (data["alternative"] in choices) == (data["relation"] == Relation.ACCEPTS)
        else:
            assert set(data) == {"relation", "evidence"}
            assert key == data["relation"]


def test_the_example_of_the_networkx_graph(graph: nx.MultiDiGraph) -> None:
    assert graph.nodes["https://rolegraph.example/vocabulary/skill/spark"]["label"] == "Spark"
    assert set(graph.graph) == {"names"}


def test_the_dataset_has_the_graphs_that_are_named(small: KnowledgeGraph) -> None:
    dataset = small.to_rdflib()
    graphs = {
        str(one.identifier).removeprefix(small.store.graph_iri("")) for one in dataset.graphs()
    }
    ids = set(small.store.posting_ids())
    assert {*ids, "ontology", "vocabulary"} <= graphs
    assert not any(isinstance(one.identifier, rdflib.BNode) for one in dataset.graphs())
    bound = {prefix: str(name) for prefix, name in dataset.namespaces()}
    assert terms.PREFIXES.items() <= bound.items()
    with pytest.raises(StoreError):
        dataset.add((rdflib.RDF.type, rdflib.RDF.type, rdflib.RDF.type))


def test_the_example_of_the_dataset(small: KnowledgeGraph) -> None:
    kind = rdflib.URIRef("https://schema.org/JobPosting")
    assert len(list(small.to_rdflib().subjects(rdflib.RDF.type, kind))) == len(small) == 2
