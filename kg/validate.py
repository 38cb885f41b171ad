"""Graphs held to their shapes: SHACL, and the checks that go beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.checks import POSTING_CHECKS, VOCABULARY_CHECKS, Check, Index, no_blank_nodes
from kg.iris import local_name
from kg.store_checks import STORE_CHECKS
from ontology import terms
from ontology.vocabulary import alignment_files, inference_files, own_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from rdflib import Graph, Literal, URIRef
    from rdflib.term import IdentifiedNode, Node

    from kg.checks import Fault
    from kg.store import Store

SH: Final = "http://www.w3.org/ns/shacl#"
PART_OF: Final = terms.SCHEMA + "isPartOf"
GRAPHS: Final = {
    "copies": "copies",
    "inferred": None,
    "vocabulary": "vocabulary",
    "runs": "runs",
    "ontology": None,
}
"""Which shapes hold a graph, by the last part of its name; any other graph is a posting's."""
CHECKS: Final[dict[str, tuple[Check, ...]]] = {
    "postings": POSTING_CHECKS,
    "copies": (no_blank_nodes,),
    "vocabulary": VOCABULARY_CHECKS,
    "runs": (),
}

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


def validate(quads: Iterable[ox.Quad]) -> list[Violation]:
    """Return what is wrong with the graphs in `quads`, sorted by graph, node and shape.

    Each graph is looked at by itself: a posting's needs no vocabulary to pass. The ontology's
    graph is left alone. No quads, nothing wrong.
    """
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        graphs.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad)
    return [found for name in sorted(graphs) for found in validate_graph(name, graphs[name])]


def validate_store(store: Store) -> list[Violation]:
    """Return what is wrong with a store: with each graph, and with what they say of each other.

    Sorted by graph, node and shape. An empty store is valid. A vocabulary that is to the letter
    the one this program comes with is not held to its shapes again: its own tests do that, and it
    takes a quarter of a minute.
    """
    found = {_violation_of(name, fault) for check in STORE_CHECKS for name, fault in check(store)}
    for name in store.graphs():
        quads = list(store.quads(name))
        if not _is_ours(name, quads):
            found.update(validate_graph(name, quads))
    return sorted(found, key=lambda item: (item.graph, *_place(item)))


def _is_ours(name: str, quads: Collection[ox.Quad]) -> bool:
    """Tell whether a graph is the vocabulary that comes with the program, and nothing else."""
    if GRAPHS.get(name.rsplit("/", 1)[-1]) != "vocabulary":
        return False
    held = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    ours = {
        (quad.subject, quad.predicate, quad.object)
        for path in (*own_files(), *alignment_files(), *inference_files())
        for quad in ox.parse(path=path)
    }
    return held == ours


def check_plainly(quads: Iterable[ox.Quad]) -> list[Violation]:
    """Return what the plain checks alone find wrong in one posting's graph; SHACL is left out.

    They cost a hundredth of `validate`: a build can afford them for every posting.
    """
    held = list(quads)
    name = getattr(held[0].graph_name, "value", "") if held else ""
    return sorted(_plain(name, Index.of(name, held), "postings"), key=_place)


def validate_graph(name: str, quads: Iterable[ox.Quad]) -> list[Violation]:
    """Return what is wrong with one graph, all of whose quads are given."""
    kind = GRAPHS.get(name.rsplit("/", 1)[-1], "postings")
    if kind is None:
        return []
    held = list(quads)
    found = {*_shacl(name, held, kind), *_plain(name, Index.of(name, held), kind)}
    return sorted(found, key=_place)


def _plain(name: str, index: Index, kind: str) -> Iterator[Violation]:
    for check in CHECKS[kind]:
        for fault in check(index):
            yield _violation_of(name, fault)


def _violation_of(graph: str, fault: Fault) -> Violation:
    path = terms.short(fault.path) if fault.path else None
    return Violation(graph, fault.node, fault.shape, path, fault.message, fault.remedy)


def _place(item: Violation) -> tuple[str, str, str, str]:
    return item.node, item.shape, item.path or "", item.message


def _shacl(name: str, quads: list[ox.Quad], kind: str) -> Iterator[Violation]:
    # pyshacl brings rdflib and owlrl: half a second that only validation pays.
    import pyshacl
    import rdflib

    shapes = _shapes(kind)
    data = rdflib.Graph()
    for quad in quads:
        data.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    _, report, text = pyshacl.validate(
        data, shacl_graph=shapes, inference="none", advanced=False, do_owl_imports=False
    )
    if not isinstance(report, rdflib.Graph):
        raise TypeError(f"{name}: pyshacl gave no report: {text}")
    for result in report.objects(None, rdflib.URIRef(SH + "result")):
        yield _violation(name, report, result, shapes)


def _violation(graph: str, report: Graph, result: Node, shapes: Graph) -> Violation:
    def one(local: str) -> Node | None:
        return report.value(result, _sh(local))

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
