"""What pyshacl reports of a graph, in our words: node, shape, what was found, the remedy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.iris import local_name
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph, Literal, URIRef
    from rdflib.term import IdentifiedNode, Node

SH: Final = "http://www.w3.org/ns/shacl#"
PART_OF: Final = terms.SCHEMA + "isPartOf"
PHRASES: Final = {
    "Closed": "is no property of such a node",
    "MaxCount": "too many values",
    "MinCount": "too few values",
    "UniqueLang": "several values in one language",
}


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that does not have the shape it should: what was found, and what to do about it.

    `shape` is a name in `ontology/shapes.ttl`, or that of a check in `kg/checks.py` or
    `kg/store_checks.py`; `path` is the property concerned, with its prefix, or None when it is
    about the node. `graph` is "" for statements that stand in none.
    """

    graph: str
    node: str
    shape: str
    path: str | None
    message: str
    remedy: str


def report(name: str, quads: list[ox.Quad], kind: str) -> Iterator[Violation]:
    """Yield what breaks the shapes of its kind of graph in one graph, as pyshacl finds it."""
    # pyshacl brings rdflib and owlrl: half a second that only validation pays.
    import pyshacl
    import rdflib

    shapes = _shapes(kind)
    data = rdflib.Graph()
    for quad in quads:
        data.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    _, found, text = pyshacl.validate(
        data, shacl_graph=shapes, inference="none", advanced=False, do_owl_imports=False
    )
    if not isinstance(found, rdflib.Graph):
        raise TypeError(f"{name}: pyshacl gave no report: {text}")
    for result in found.objects(None, rdflib.URIRef(SH + "result")):
        yield _violation(name, found, result, shapes)


def _violation(graph: str, found: Graph, result: Node, shapes: Graph) -> Violation:
    def one(local: str) -> Node | None:
        return found.value(result, _sh(local))

    node, path, value, source = map(one, ("focusNode", "resultPath", "value", "sourceShape"))
    component = local_name(str(one("sourceConstraintComponent")))
    if value == node and path is None:
        value = None  # a constraint on the node itself
    return Violation(
        graph,
        str(node),
        _shape_name(shapes, source),
        _path(shapes, path),
        _found(component.removesuffix("ConstraintComponent"), value),
        str(one("resultMessage")),
    )


@cache
def _shapes(kind: str) -> Graph:
    """Return the shapes of one kind of graph, read once."""
    import rdflib

    every = rdflib.Graph()
    every.parse(data=files("ontology").joinpath("shapes.ttl").read_text("utf-8"), format="turtle")
    held = rdflib.Graph()
    for shape in every.subjects(rdflib.URIRef(PART_OF), rdflib.URIRef(terms.SHAPES + kind)):
        held += every.cbd(shape)
    return held


def _shape_name(shapes: Graph, source: Node | None) -> str:
    """Return the name of a node shape, or of the one that has a property shape."""
    import rdflib

    if isinstance(source, rdflib.BNode):
        source = shapes.value(None, _sh("property"), source)
    return str(source).removeprefix(terms.SHAPES)


def _path(shapes: Graph, path: Node | None) -> str | None:
    """Return a path as SPARQL writes it."""
    import rdflib
    from rdflib.collection import Collection

    if path is None:
        return None
    if isinstance(path, rdflib.URIRef):
        return terms.short(str(path))
    inverse = shapes.value(path, _sh("inversePath"))
    if inverse is not None:
        return f"^{_path(shapes, inverse)}"
    return "/".join(filter(None, (_path(shapes, step) for step in Collection(shapes, path))))


def _found(component: str, value: Node | None) -> str:
    """Say in words what a constraint met."""
    if component in PHRASES:
        return PHRASES[component]
    if value is None:
        return {
            "Or": "none of the choices holds",
            "Xone": "not exactly one of the choices holds",
        }.get(component, "does not conform")
    return f"is {terms.short(str(value))!r}"


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> IdentifiedNode | Literal:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        if term.datatype.value == terms.XSD + "string":
            # rdflib takes a string with and one without its datatype for two literals.
            return rdflib.Literal(term.value)
        # Not normalised: "05"^^xsd:integer is to be seen as it was written.
        datatype = rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, datatype=datatype, normalize=False)
    raise TypeError(f"{term}: a quoted triple has no place in a graph of postings")


def _sh(local: str) -> URIRef:
    import rdflib

    return rdflib.URIRef(SH + local)
