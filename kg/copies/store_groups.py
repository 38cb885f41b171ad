"""The groups of a store's postings that advertise one job, as a named graph of its own."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.copies.comparison import Comparison
from kg.copies.shelf import NAME, Kept, Shelf
from kg.copies.store_adverts import posting_states, read_advert, read_labels
from kg.posting_graph import decimal
from nlp.digest import rules_digest
from ontology import terms
from ontology.terms import PROV, RDF, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.copies.likeness import Likeness
    from kg.copies.sought import Sought
    from kg.iris import Iris
    from kg.store import Store

METHOD: Final = "3"
"""Raised when this package compares postings otherwise: everything is then compared anew."""


def group_copies(store: Store, made: Mapping[str, Sought] | None = None) -> bool:
    """Find the postings that advertise one job, and state it in the store's graph of copies.

    A group is named by the least id of its postings, of which the others count as copies, each
    with the reason and the similarity. The graph follows from the postings alone: it is the same
    whatever the order in which they came and went. Say whether anything had to be compared:
    nothing, where the postings are those of the last time. In one transaction. `made` has, by
    their ids, what postings are sought by whose graphs were made just now.
    """
    states = posting_states(store)
    version = method(rules_digest())
    graph, runs = store.iris.graph("copies"), store.iris.graph("runs")
    mark = seal_of(store.iris, version, sorted(states.values()))
    if mark in store.oxigraph:
        return False
    marks = store.oxigraph.quads_for_pattern(graph, mark.predicate, None, runs)
    old = {*store.quads(graph.value), *marks}
    new = {mark}
    if states:
        shelf = Shelf(store.folder / NAME if store.folder else None, version)
        labels = cache(partial(read_labels, store))

        def ready(posting_id: str) -> Kept | None:
            sought = made.get(posting_id) if made else None
            return sought.kept(labels) if sought else None

        comparison = Comparison(lambda one: read_advert(store, one, labels), states, shelf, ready)
        for group in comparison.groups():
            first, *others = group
            likes = [comparison.likeness(first, other) for other in others]
            new |= group_quads(store.iris, group, likes)
        comparison.close()
    store.apply(remove=sorted(old - new, key=str), add=sorted(new - old, key=str))
    return True


def method(rules: str) -> str:
    """Return what tells whether groups were found in the same way, by the hash of the rules."""
    return f"{METHOD} {rules}"


def seal_of(iris: Iris, version: str, states: Iterable[str]) -> ox.Quad:
    """Return what says of which states of postings (sorted) the graph of copies follows."""
    said = hashlib.sha256(version.encode())
    for state in states:
        said.update(f"\n{state}".encode())
    verb, value = ox.NamedNode(terms.SHA256), ox.Literal(said.hexdigest())
    return ox.Quad(iris.graph("copies"), verb, value, iris.graph("runs"))


def group_quads(iris: Iris, group: Sequence[str], likes: Sequence[Likeness]) -> set[ox.Quad]:
    """Return what is to be said of a group: of all its postings, and of each copy."""
    first, *others = group
    node, original = iris.copy_group(first), iris.posting(first)
    stated: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (node, RDF + "type", ox.NamedNode(terms.COPY_GROUP)),
        (node, PROV + "hadMember", original),
    ]
    for other, like in zip(others, likes, strict=True):
        copy, posting = iris.copy(first, other), iris.posting(other)
        stated += [
            (node, PROV + "hadMember", posting),
            (node, terms.HAS_COPY, copy),
            (copy, RDF + "type", ox.NamedNode(terms.COPY)),
            (copy, SCHEMA + "item", posting),
            (copy, terms.REASON, ox.Literal(like.reason.value)),
            (copy, terms.SIMILARITY, similarity_of(like)),
            (posting, terms.COPY_OF, original),
        ]
    graph = iris.graph("copies")
    return {ox.Quad(subject, ox.NamedNode(verb), value, graph) for subject, verb, value in stated}


def similarity_of(like: Likeness) -> ox.Literal:
    """Return a similarity as the store keeps it: a decimal without zeros at its end."""
    made = decimal(Decimal(f"{like.similarity:.4f}"))
    if made is None:
        raise TypeError("a similarity is never unknown")
    return made
