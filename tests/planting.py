"""Ways to plant a fault in a graph, and the nodes that faults are planted in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import pyoxigraph as ox

from ontology import terms
from ontology.terms import SCHEMA, XSD
from tests.factories import concept
from tests.passing_graphs import (
    IRIS,
    posting_graph,
    rich_facts,
)

Value: TypeAlias = ox.NamedNode | ox.Literal | ox.BlankNode
Fault = Callable[[list[ox.Quad]], list[ox.Quad]]


def matches(quad: ox.Quad, node: str, predicate: str) -> bool:
    subject = getattr(quad.subject, "value", "")
    return subject.endswith(node) and quad.predicate.value == predicate


def drop(node: str, predicate: str) -> Fault:
    """Take all values of a property away; `node` is the end of the node's IRI."""

    def plant(quads: list[ox.Quad]) -> list[ox.Quad]:
        left = [quad for quad in quads if not matches(quad, node, predicate)]
        assert len(left) < len(quads), f"nothing to drop: {node} {predicate}"
        return left

    return plant


def put(node: str, predicate: str, *values: Value) -> Fault:
    """Add values to a property."""

    def plant(quads: list[ox.Quad]) -> list[ox.Quad]:
        found = next(quad for quad in quads if getattr(quad.subject, "value", "").endswith(node))
        verb, graph = ox.NamedNode(predicate), found.graph_name
        return [*quads, *(ox.Quad(found.subject, verb, value, graph) for value in values)]

    return plant


def swap(node: str, predicate: str, *values: Value) -> Fault:
    """Put other values in the place of those there are."""
    return lambda quads: put(node, predicate, *values)(drop(node, predicate)(quads))


def without(node: str) -> Fault:
    """Take a node away: all that it states, and all that leads to it."""

    def plant(quads: list[ox.Quad]) -> list[ox.Quad]:
        left = [
            quad
            for quad in quads
            if not any(
                getattr(end, "value", "").endswith(node) for end in (quad.subject, quad.object)
            )
        ]
        assert len(left) < len(quads), f"nothing to take away: {node}"
        return left

    return plant


def undescribed(node: str) -> Fault:
    """Take away all that a node states, but not what leads to it."""
    return lambda quads: [
        quad for quad in quads if not getattr(quad.subject, "value", "").endswith(node)
    ]


def emptied(name: str) -> Fault:
    """Take one of the store's own graphs away."""
    return lambda quads: [quad for quad in quads if quad.graph_name != IRIS.graph(name)]


def instead(old: str, new: str) -> Fault:
    """Put a concept in the place of another, wherever the posting's graph names it."""
    graph = IRIS.graph(rich_facts().posting.id)

    def plant(quads: list[ox.Quad]) -> list[ox.Quad]:
        found = [quad for quad in quads if quad.graph_name == graph and quad.object == node(old)]
        assert found, f"nothing to replace: {old}"
        return [
            ox.Quad(quad.subject, quad.predicate, node(new), graph) if quad in found else quad
            for quad in quads
        ]

    return plant


def word(text: str) -> ox.Literal:
    return ox.Literal(text)


def number(text: str, datatype: str = "integer") -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


def node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


ME: Final = f"posting/{rich_facts().posting.id}"
SKILL: Final = "requirement/skill-spark-required"
ZIG: Final = "requirement/skill-zig-required-a1"
DEGREE: Final = "requirement/degree-master-required"
YEARS: Final = "requirement/experience-in-the-job-offered-required"
PHRASE: Final = "candidate/zig-tooling"
ANY_OF: Final = "alternative/a1"
PLACE: Final = "place/san-francisco,ca,us"
PROOF: Final = f"{rich_facts().requirements[0].evidence.start}-"


def proof_of(predicate: str) -> str:
    """The evidence of one of the posting's facts."""
    return next(
        str(quad.subject).strip("<>")
        for quad in posting_graph()
        if quad.predicate.value == terms.FOR_PROPERTY and quad.object == node(predicate)
    )


def plain_evidence() -> list[str]:
    """All evidence that hangs on the posting itself."""
    return [
        str(quad.object).strip("<>")
        for quad in posting_graph()
        if matches(quad, ME, terms.EVIDENCE)
    ]


WORDS: Final = proof_of(SCHEMA + "title")
RELATED: Final = next(
    quad.object.value.rsplit("/", 1)[-1]
    for quad in posting_graph()
    if quad.predicate.value == terms.RELATED and isinstance(quad.object, ox.NamedNode)
)
SPARK: Final = "skill/spark"
FILE: Final = "file/1"
GROUP: Final = "copies/1"
COPY: Final = "copies/1/2"
COPIED: Final = "posting/2"
JAVA: Final = node(concept("skill", "Java"))
LINK: Final = f"related/{RELATED}"
