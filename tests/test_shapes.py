"""Each constraint of each shape, broken by itself: no line of `ontology/shapes.ttl` is idle.

`test_validate` plants faults as they come about and reads the reports; here every `sh:minCount`,
`sh:datatype` and so on is held to the one thing that it forbids.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import pyshacl
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import SH

from ontology import terms
from ontology.terms import SCHEMA
from tests.passing_graphs import GRAPHS
from tests.test_validate import SHAPES

if TYPE_CHECKING:
    from rdflib.term import Node

EXTRA: Final = rdflib.URIRef("https://me.example/extra")
PARAMETERS: Final = {
    # the constraint: the component that reports it
    SH.minCount: SH.MinCountConstraintComponent,
    SH.maxCount: SH.MaxCountConstraintComponent,
    SH.datatype: SH.DatatypeConstraintComponent,
    SH.nodeKind: SH.NodeKindConstraintComponent,
    SH["class"]: SH.ClassConstraintComponent,
    SH["in"]: SH.InConstraintComponent,
    SH["or"]: SH.OrConstraintComponent,
    SH.pattern: SH.PatternConstraintComponent,
    SH.minLength: SH.MinLengthConstraintComponent,
    SH.minInclusive: SH.MinInclusiveConstraintComponent,
    SH.minExclusive: SH.MinExclusiveConstraintComponent,
    SH.maxInclusive: SH.MaxInclusiveConstraintComponent,
    SH.lessThan: SH.LessThanConstraintComponent,
    SH.lessThanOrEquals: SH.LessThanOrEqualsConstraintComponent,
    SH.uniqueLang: SH.UniqueLangConstraintComponent,
    SH.disjoint: SH.DisjointConstraintComponent,
}
OF_NODES: Final = {
    SH.closed: SH.ClosedConstraintComponent,
    SH["or"]: SH.OrConstraintComponent,
    SH.xone: SH.XoneConstraintComponent,
    SH.nodeKind: SH.NodeKindConstraintComponent,
}
NEITHER: Final = {
    *(SH.path, SH.message, SH.property, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf),
    *(SH.ignoredProperties, rdflib.RDF.type, rdflib.URIRef(SCHEMA + "isPartOf")),
}


@dataclass(frozen=True)
class Constraint:
    """One line of the shapes: `prop` is the property shape, or the node shape itself."""

    shape: str
    prop: Node
    path: str
    name: rdflib.URIRef
    value: Node

    def __str__(self) -> str:
        return " ".join(filter(None, (self.shape, self.path, self.name.fragment)))


def constraints() -> list[Constraint]:
    found = []
    for shape in SHAPES.subjects(rdflib.RDF.type, SH.NodeShape):
        name = str(shape).removeprefix(terms.SHAPES)
        for prop in SHAPES.objects(shape, SH.property):
            path = terms.short(str(shown(SHAPES.value(prop, SH.path))))
            found += [
                Constraint(name, prop, path, parameter, value)
                for parameter in PARAMETERS
                for value in SHAPES.objects(prop, parameter)
            ]
        found += [
            Constraint(name, shape, "", parameter, value)
            for parameter in OF_NODES
            for value in SHAPES.objects(shape, parameter)
        ]
    return sorted(found, key=lambda one: (one.shape, one.path, one.name, str(one.value)[:20]))


def shown(path: Node | None) -> str:
    inverse = SHAPES.value(path, SH.inversePath)
    if inverse is not None:
        return f"^{inverse}"
    return str(path) if isinstance(path, rdflib.URIRef) else "sequence"


EVERY: Final = constraints()


@cache
def good(kind: str) -> rdflib.Graph:
    lines = "\n".join(f"{quad.triple} ." for quad in GRAPHS[kind]())
    return rdflib.Graph().parse(data=lines, format="nt")


def kind_of(constraint: Constraint) -> str:
    shape = rdflib.URIRef(terms.SHAPES + constraint.shape)
    return str(SHAPES.value(shape, rdflib.URIRef(SCHEMA + "isPartOf"))).rsplit("#", 1)[-1]


def targets(constraint: Constraint, data: rdflib.Graph) -> list[Node]:
    """The nodes at which a shape looks, those that have the property first."""
    shape = rdflib.URIRef(terms.SHAPES + constraint.shape)
    found: set[Node] = set()
    for kind in SHAPES.objects(shape, SH.targetClass):
        found |= set(data.subjects(rdflib.RDF.type, kind))
    for name in SHAPES.objects(shape, SH.targetSubjectsOf):
        found |= set(data.subjects(name, None))
    for name in SHAPES.objects(shape, SH.targetObjectsOf):
        found |= set(data.objects(None, name))
    path = SHAPES.value(constraint.prop, SH.path)
    return sorted(found, key=lambda node: ((node, path, None) not in data, str(node)))


def broken(constraint: Constraint) -> tuple[rdflib.Graph, Node]:
    """The good graph, broken at one node in the one way that the constraint forbids."""
    data = rdflib.Graph()
    data += good(kind_of(constraint))
    focus = targets(constraint, data)[0]
    path = SHAPES.value(constraint.prop, SH.path)
    inverse = SHAPES.value(path, SH.inversePath)
    if inverse is not None:
        break_links(data, focus, inverse, constraint)
    elif isinstance(path, rdflib.URIRef):
        break_values(data, focus, path, constraint)
    elif path is not None:  # a sequence: the second step is taken away, or doubled
        first, second = Collection(SHAPES, path)
        (between, *_) = data.objects(focus, first)
        if constraint.name == SH.minCount:
            data.remove((between, second, None))
        else:
            data.add((between, second, EXTRA if constraint.name == SH.maxCount else WORD))
            if constraint.name != SH.maxCount:
                data.set((between, second, WORD))
    else:
        return break_node(data, focus, constraint)
    return data, focus


WORD: Final = rdflib.Literal("§")


def break_links(data: rdflib.Graph, focus: Node, inverse: Node, constraint: Constraint) -> None:
    if constraint.name == SH.minCount:
        data.remove((None, inverse, focus))
    else:
        data.add((EXTRA, inverse, focus))


def break_values(
    data: rdflib.Graph, focus: Node, path: rdflib.URIRef, constraint: Constraint
) -> None:
    name, limit = constraint.name, constraint.value
    kind = SHAPES.value(constraint.prop, SH.datatype)
    held = next(iter(data.objects(focus, path)), None)
    if name == SH.minCount:
        data.remove((focus, path, None))
        for number in range(int(str(limit)) - 1):
            data.add((focus, path, rdflib.URIRef(f"{EXTRA}{number}")))
    elif name == SH.maxCount:
        data.add((focus, path, EXTRA))
        data.add((focus, path, held or rdflib.URIRef(f"{EXTRA}-2")))
    elif name == SH.uniqueLang:
        for words in "ab":
            data.add((focus, path, rdflib.Literal(words, lang="en")))
    elif name == SH.disjoint:
        data.add((focus, limit, held or WORD))
    elif name in (SH.lessThan, SH.lessThanOrEquals):
        data.set((focus, path, rdflib.Literal(2)))
        data.set((focus, limit, rdflib.Literal(1)))
    else:
        data.set((focus, path, wrong_value(name, limit, kind)))


def wrong_value(name: rdflib.URIRef, limit: Node, kind: Node | None) -> Node:
    datatype = None if kind is None else str(kind)
    if name == SH.nodeKind:
        kinds = {SH.Literal: EXTRA, SH.IRIOrLiteral: rdflib.BNode()}
        return kinds.get(rdflib.URIRef(str(limit)), WORD)
    if name in (SH.minInclusive, SH.maxInclusive):
        step = -1 if name == SH.minInclusive else 1
        return rdflib.Literal(str(int(str(limit)) + step), datatype=datatype)
    if name == SH.minExclusive:
        return rdflib.Literal(str(limit), datatype=datatype)
    if name == SH.datatype:
        return rdflib.Literal("1.5", datatype=rdflib.XSD.double)
    if name == SH.minLength:
        return rdflib.Literal("")
    return EXTRA if name in (SH["class"], SH["or"]) else WORD


def break_node(
    data: rdflib.Graph, focus: Node, constraint: Constraint
) -> tuple[rdflib.Graph, Node]:
    if constraint.name == SH.closed:
        data.add((focus, rdflib.URIRef("https://me.example/tilte"), WORD))
    elif constraint.name == SH.nodeKind:
        focus = rdflib.BNode()
        data.add((focus, rdflib.RDF.type, rdflib.SKOS.Concept))
    else:  # a choice: none of what the branches want, where the node is at all concerned
        about = one_for(constraint, data)
        focus = about or focus
        for branch in Collection(SHAPES, constraint.value):
            path = SHAPES.value(branch, SH.path)
            inverse = SHAPES.value(path, SH.inversePath)
            if inverse is not None:
                data.remove((None, inverse, focus))
            elif path is not None:
                data.remove((focus, path, None))
    return data, focus


def one_for(constraint: Constraint, data: rdflib.Graph) -> Node | None:
    """The node that a choice with a condition ("not in this scheme, or ...") is about."""
    for branch in Collection(SHAPES, constraint.value):
        denied = SHAPES.value(branch, SH["not"])
        if denied is not None:
            path, value = SHAPES.value(denied, SH.path), SHAPES.value(denied, SH.hasValue)
            return min(data.subjects(path, value), key=str)
    return None


def reports(constraint: Constraint, data: rdflib.Graph) -> set[tuple[Node, Node, Node]]:
    """What the one shape reports: node, shape or property shape, component."""
    shape = SHAPES.cbd(rdflib.URIRef(terms.SHAPES + constraint.shape))
    _, report, _ = pyshacl.validate(data, shacl_graph=shape, inference="none")
    assert isinstance(report, rdflib.Graph)
    found = set()
    for result in report.objects(None, SH.result):
        node, source, component = (
            report.value(result, name)
            for name in (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent)
        )
        assert node is not None
        assert source is not None
        assert component is not None
        found.add((node, source, component))
    return found


@pytest.mark.parametrize("constraint", EVERY, ids=map(str, EVERY))
def test_a_constraint_reports_what_it_forbids(constraint: Constraint) -> None:
    data, focus = broken(constraint)
    component = (PARAMETERS if constraint.path else OF_NODES)[constraint.name]
    found = {(node, kind) for node, _, kind in reports(constraint, data)}
    assert (focus, component) in found


@pytest.mark.parametrize("shape", sorted({one.shape for one in EVERY}))
def test_a_good_graph_breaks_none_of_a_shape(shape: str) -> None:
    constraint = next(one for one in EVERY if one.shape == shape)
    assert targets(constraint, good(kind_of(constraint))), "and there is something to look at"
    assert reports(constraint, good(kind_of(constraint))) == set()


def test_no_constraint_is_left_out() -> None:
    nodes = set(SHAPES.subjects(rdflib.RDF.type, SH.NodeShape))
    of_nodes = {name for node in nodes for name in SHAPES.predicates(node)}
    props = {prop for node in nodes for prop in SHAPES.objects(node, SH.property)}
    of_properties = {name for prop in props for name in SHAPES.predicates(prop)}
    assert of_nodes - NEITHER == set(OF_NODES)
    assert of_properties - NEITHER == set(PARAMETERS)
    assert len(EVERY) > 200
