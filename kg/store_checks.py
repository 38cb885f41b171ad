"""What no graph shows by itself: names that the vocabulary lacks, graphs and statements astray."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.checks import Fault, text_of
from kg.iris import local_name
from ontology import terms
from ontology.terms import RDF, SKOS

if TYPE_CHECKING:
    from kg.store import Store

Found: TypeAlias = tuple[str, Fault]
"""The graph in which a fault is, and the fault."""
StoreCheck: TypeAlias = "Callable[[Store], Iterator[Found]]"

SCHEMES: Final = {
    terms.DUTY: "duties",
    terms.ROLE: "roles",
    terms.LEVEL: "levels",
    terms.SKILL: "skills",
    terms.DEGREE: "degrees",
    terms.FIELD: "fields",
}
"""Where the concepts of a property are. Short edges repeat rg:skill: `kg.checks` holds them so."""
NEEDED: Final = {
    "ontology": "http://www.w3.org/2002/07/owl#Class",
    "vocabulary": SKOS + "Concept",
}
"""The graphs of its own that a store of postings cannot do without, and what they describe."""


def nothing_outside(store: Store) -> Iterator[Found]:
    """Report statements that stand in no graph: no posting says them, no export has them."""
    loose = store.oxigraph.quads_for_pattern(None, None, None, ox.DefaultGraph())
    for node in sorted({text_of(quad.subject) for quad in loose}):
        message = "has statements in the default graph"
        remedy = "Remove them; `kg build` writes every posting to a graph of its own."
        yield "", Fault(node, "NothingOutside", None, message, remedy)


def needed_graphs(store: Store) -> Iterator[Found]:
    """Report a store of postings without the vocabulary that they name, or without the ontology."""
    if not len(store):
        return
    kind = ox.NamedNode(RDF + "type")
    for name, described in NEEDED.items():
        graph = store.iris.graph(name)
        # A graph that was cleared is still there by name.
        found = store.oxigraph.quads_for_pattern(None, kind, ox.NamedNode(described), graph)
        if next(found, None) is None:
            message = f"describes no {local_name(described)}"
            remedy = "Build again, into a new folder: `kg build PATH --store DIR`."
            yield graph.value, Fault(graph.value, "NeededGraphs", None, message, remedy)


def known_concepts(store: Store) -> Iterator[Found]:
    """Report roles, levels, skills, degrees and fields that are no concepts of that scheme.

    A posting's own graph may describe a concept that the vocabulary lacks. Where there is no
    vocabulary at all, `needed_graphs` says it once.
    """
    known = _schemes(store, store.iris.graph("vocabulary"))
    if not known:
        return
    for path, scheme in SCHEMES.items():
        wanted = terms.VOCABULARY + scheme
        for quad in store.oxigraph.quads_for_pattern(None, ox.NamedNode(path), None, None):
            value, graph = quad.object, quad.graph_name
            if not isinstance(value, ox.NamedNode) or not isinstance(graph, ox.NamedNode):
                continue  # the shapes and `nothing_outside` report these
            if wanted in known.get(value.value, ()) or wanted in _own(store, value, graph):
                continue
            message = f"{terms.short(value.value)} is no concept of the scheme of {scheme}"
            remedy = "Correct the IRI, or add the concept to the vocabulary; then build again."
            node = text_of(quad.subject)
            yield graph.value, Fault(node, "KnownConcepts", path, message, remedy)


STORE_CHECKS: Final[tuple[StoreCheck, ...]] = (nothing_outside, needed_graphs, known_concepts)


def _schemes(store: Store, graph: ox.NamedNode) -> dict[str, set[str]]:
    """Return the schemes of each concept that a graph describes."""
    found: dict[str, set[str]] = defaultdict(set)
    in_scheme, concept = ox.NamedNode(SKOS + "inScheme"), ox.NamedNode(SKOS + "Concept")
    kind = ox.NamedNode(RDF + "type")
    for quad in store.oxigraph.quads_for_pattern(None, kind, concept, graph):
        for scheme in store.oxigraph.quads_for_pattern(quad.subject, in_scheme, None, graph):
            found[text_of(quad.subject)].add(text_of(scheme.object))
    return found


def _own(store: Store, concept: ox.NamedNode, graph: ox.NamedNode) -> set[str]:
    """Return the schemes into which a posting's graph puts a concept."""
    in_scheme = ox.NamedNode(SKOS + "inScheme")
    found = store.oxigraph.quads_for_pattern(concept, in_scheme, None, graph)
    return {text_of(quad.object) for quad in found}
