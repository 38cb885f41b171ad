"""The groups of a store's postings that advertise one job, as a named graph of its own."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import suppress
from decimal import Decimal
from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.copies.comparison import Comparison
from kg.copies.shelf import NAME, Kept, Shelf
from kg.copies.store_adverts import posting_state, posting_states, read_advert, read_labels
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

Group: TypeAlias = "tuple[tuple[str, ...], list[Likeness]]"
"""The postings of a group, the first of which the others are copies of, and how alike they are."""

METHOD: Final = "3"
"""Raised when this package compares postings otherwise: everything is then compared anew."""
AT_ONCE: Final = 50_000
"""Statements that are added in one transaction, for which they take 1.5 KB of memory each."""


def group_copies(store: Store, made: Mapping[str, Sought] | None = None) -> bool:
    """Find the postings that advertise one job, and state it in the store's graph of copies.

    A group is named by the least id of its postings, of which the others count as copies, each
    with the reason and the similarity. The graph follows from the postings alone: it is the same
    whatever the order in which they came and went. Say whether anything had to be compared:
    nothing, where the postings are those of the last time. In one transaction, or in several where
    more than `AT_ONCE` statements are new; the last seals it, so that a build that is ended between
    them groups anew. `made` has, by their ids, what postings are sought by whose graphs were made
    just now.
    """
    states = posting_states(store)
    version = method(rules_digest())
    mark = seal_of(store.iris, version, sorted(states.values()))
    if mark in store.oxigraph:
        return False
    groups = _found(store, states, version, made or {}) if states else []
    gone = _outdated(store, groups, mark)
    quads = (quad for group in groups for quad in sorted(group_quads(store.iris, *group), key=str))
    new = chain((quad for quad in quads if quad not in store.oxigraph), [mark])
    while some := list(islice(new, AT_ONCE)):
        store.apply(remove=gone, add=some)
        gone = []
    return True


def _outdated(store: Store, groups: Sequence[Group], mark: ox.Quad) -> list[ox.Quad]:
    """Return what the store says of copies and is not so any more, sorted; the seals too."""
    graph, runs = mark.subject, mark.graph_name
    found = [*store.oxigraph.quads_for_pattern(graph, mark.predicate, None, runs)]
    if store.oxigraph.contains_named_graph(store.iris.graph("copies")):
        # By their hashes: the statements themselves take half a kilobyte each.
        stated = {_hash(quad) for group in groups for quad in group_quads(store.iris, *group)}
        found += (
            quad for quad in store.quads(store.graph_iri("copies")) if _hash(quad) not in stated
        )
    return sorted(found, key=str)


def _hash(quad: ox.Quad) -> bytes:
    return hashlib.blake2b(str(quad).encode(), digest_size=16).digest()


def keep_sought(store: Store, made: Mapping[str, Sought]) -> None:
    """Keep on the shelf what postings of the store are sought by whose graphs were made just now.

    Where it cannot be kept, it will be taken from the store.
    """
    labels = cache(partial(read_labels, store))
    with suppress(sqlite3.Error), _shelf_of(store, method(rules_digest())) as shelf:
        for posting_id, sought in made.items():
            state = posting_state(store, posting_id)
            if state is not None:
                shelf.keep(state, sought.kept(labels))
        shelf.save()


def _shelf_of(store: Store, version: str) -> Shelf:
    return Shelf(store.folder / NAME if store.folder else None, version)


def _found(
    store: Store, states: Mapping[str, str], version: str, made: Mapping[str, Sought]
) -> list[Group]:
    """Return all groups; they are found without a shelf on the disk where that fails."""
    try:
        with _shelf_of(store, version) as shelf:
            return _compared(store, states, shelf, made)
    except sqlite3.Error:
        if store.folder:
            with suppress(OSError):
                (store.folder / NAME).unlink()
        with Shelf(None, version) as shelf:
            return _compared(store, states, shelf, made)


def _compared(
    store: Store, states: Mapping[str, str], shelf: Shelf, made: Mapping[str, Sought]
) -> list[Group]:
    labels = cache(partial(read_labels, store))

    def ready(posting_id: str) -> Kept | None:
        sought = made.get(posting_id)
        return sought.kept(labels) if sought else None

    comparison = Comparison(lambda one: read_advert(store, one, labels), states, shelf, ready)
    found = [
        (group, [comparison.likeness(group[0], other) for other in group[1:]])
        for group in comparison.groups()
    ]
    comparison.close()
    return found


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
