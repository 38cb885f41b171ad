"""What is inferred, written into a graph of its own; whether it still fits; and its removal."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.inference.rules import rules, rules_digest
from kg.store_folder import StoreError
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.inference.rules import Rule
    from kg.rows import Queryable
    from kg.store import Store

GRAPH: Final = "inferred"
"""The graph of what is inferred, among the store's own."""
ANY: Final = (
    f"ASK {{ VALUES ?inferred {{ <{terms.IMPLIES_TRANSITIVE}> <{terms.SKOS}broaderTransitive> }} "
    "?concept ?inferred ?other }"
)


class State(StrEnum):
    """How what is inferred stands to what is stated."""

    NONE = "none"
    CURRENT = "current"
    STALE = "stale"
    """The store has changed since, or inferring was cut short."""


@dataclass(frozen=True, slots=True)
class Inferred:
    """What was inferred: statements by the rule's name. `changed` says whether it was made anew."""

    statements: dict[str, int]
    changed: bool
    seconds: float

    @property
    def total(self) -> int:
        """All inferred statements."""
        return sum(self.statements.values())


def infer(store: Store) -> Inferred:
    """Write all that follows into the graph `inferred`; nothing is done where it is current.

    The whole graph is made anew: that takes seconds where taking the postings in took minutes
    (tests/bench/results/inference.md). Its mark comes last: what was cut short counts as stale.
    Raises `StoreError` for a store opened for reading.
    """
    started = time.perf_counter()
    mark = _mark(store)
    if mark in store.oxigraph:
        return Inferred(_counts(store), changed=False, seconds=time.perf_counter() - started)
    drop(store)
    graph = store.iris.graph(GRAPH)
    for rule in rules():
        store.add_in_bulk(_statements(store, rule, graph), graph.value)
    store.apply(add=[mark])
    return Inferred(_counts(store), changed=True, seconds=time.perf_counter() - started)


def drop(store: Store) -> bool:
    """Take away all that was inferred. Say whether there was anything."""
    name = store.graph_iri(GRAPH)
    marks = list(_marks(store))
    there = bool(marks) or next(store.quads(name), None) is not None
    store.apply(drop=[name], remove=marks)
    return there


def state(store: Store) -> State:
    """Return whether what is inferred follows from the store as it is."""
    if _mark(store) in store.oxigraph:
        return State.CURRENT
    if (
        next(_marks(store), None) is None
        and next(store.quads(store.graph_iri(GRAPH)), None) is None
    ):
        return State.NONE
    return State.STALE


def need_inferred(source: Queryable) -> None:
    """Raise `StoreError` where nothing was inferred, in a store or behind an endpoint."""
    if not source.query(ANY).answer:
        raise StoreError(
            "nothing is inferred yet, and this rests on it; `kg infer` does it "
            "(and `kg push --inferred` sends it to an endpoint)"
        )


def _statements(store: Store, rule: Rule, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    found = store.oxigraph.query(
        rule.sparql, prefixes=terms.PREFIXES, use_default_graph_as_union=True
    )
    if not isinstance(found, ox.QueryTriples):
        raise TypeError(f"{rule.name} is no CONSTRUCT")
    for triple in found:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _counts(store: Store) -> dict[str, int]:
    graph = store.iris.graph(GRAPH)
    return {
        rule.name: sum(
            1
            for _ in store.oxigraph.quads_for_pattern(
                None, ox.NamedNode(rule.predicate), None, graph
            )
        )
        for rule in rules()
    }


def _mark(store: Store) -> ox.Quad:
    """Return what is said of the graph while it fits: a hash of rules, vocabulary and postings."""
    from kg.copies.store_adverts import posting_states  # which reads texts, by nlp

    runs = store.iris.graph("runs")
    sha256 = ox.NamedNode(terms.SHA256)
    vocabulary = [
        str(quad.object)
        for quad in store.oxigraph.quads_for_pattern(
            store.iris.graph("vocabulary"), sha256, None, runs
        )
    ]
    said = [rules_digest(), *sorted(vocabulary), *sorted(posting_states(store).values())]
    seal = hashlib.sha256("\n".join(said).encode()).hexdigest()
    return ox.Quad(store.iris.graph(GRAPH), sha256, ox.Literal(seal), runs)


def _marks(store: Store) -> Iterator[ox.Quad]:
    graph, runs = store.iris.graph(GRAPH), store.iris.graph("runs")
    return store.oxigraph.quads_for_pattern(graph, ox.NamedNode(terms.SHA256), None, runs)
