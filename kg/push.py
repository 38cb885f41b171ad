"""Push: the graph to another SPARQL 1.1 store, graph by graph, and only what differs there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.inference.materialising import GRAPH, State, state
from kg.push_ways import BATCH
from kg.rows import from_answer
from kg.sparql_client import EndpointError
from kg.store_folder import StoreError
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.push_ways import Way
    from kg.sparql_client import SparqlClient
    from kg.store import Store

SEEN: Final = f"""
SELECT ?graph ?triples (STR(?by) AS ?run) WHERE {{
  {{
    SELECT ?graph (COUNT(*) AS ?triples) WHERE {{
      GRAPH ?graph {{ ?s ?p ?o }}
      FILTER (STRSTARTS(STR(?graph), "%s"))
    }}
    GROUP BY ?graph
  }}
  OPTIONAL {{ GRAPH ?graph {{ ?text <{terms.PROV}wasGeneratedBy> ?by }} }}
}}
"""
"""How much each graph holds and by which run it was made: a posting's graph of which both are
alike on both sides is the same. Other graphs are made by no run; those are compared whole."""
WHOLE: Final = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
ROWS: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples, text/turtle;q=0.5"
GRAPHS: Final = {"text/turtle": ox.RdfFormat.TURTLE}
"""What a graph may come as; anything else is read as N-Triples."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How many triples a graph has, and which run made it; "" where none did."""

    triples: int
    run: str


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did, in graphs: sent, found the same, taken away; `extra` were left there."""

    sent: int
    same: int
    removed: int
    extra: int

    def counts(self) -> dict[str, int]:
        """Return what a summary counts, by what became of it."""
        return {
            "sent": self.sent,
            "the same already": self.same,
            "removed": self.removed,
            "there and not here": self.extra,
        }

    def summary(self) -> str:
        """Return the report in one line."""
        counts = [f"{self.sent} graphs sent", f"{self.same} the same already"]
        counts += [f"{self.removed} removed"] if self.removed else []
        counts += [f"{self.extra} there that are not here (--prune)"] if self.extra else []
        return ", ".join(counts)


def push(
    store: Store,
    way: Way,
    query: SparqlClient,
    *,
    prune: bool = False,
    inferred: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> PushReport:
    """Make the other store's graphs below our base like ours. Raises `EndpointError`.

    `way` is how graphs are sent there (`kg.push_ways`), `query` asks what is there already. A push
    that was cut short goes on where it was: what is the same is not sent again. `prune` takes away
    what is there and not here. `progress` is told how many triples of how many were sent.

    What is inferred is sent only where `inferred` asks for it, and counts as not here otherwise:
    it would no longer follow from what is stated there. Raises `StoreError` where there is none
    that fits.
    """
    start = store.graph_iri("")
    ours = _marks(store.query(SEEN % start).rows)
    theirs = _marks(_ask(query, SEEN % start))
    if not inferred:
        ours.pop(store.graph_iri(GRAPH), None)
    elif (found := state(store)) is not State.CURRENT:
        raise StoreError(f"what is inferred is {found} here; `kg infer` first, then push it")
    todo = [
        name
        for name in sorted(ours)
        if theirs.get(name) != ours[name] or not (ours[name].run or _is_same(store, query, name))
    ]
    stale = sorted(set(theirs) - set(ours))
    total, sent = sum(ours[name].triples for name in todo), 0
    for name in todo:
        for size in way.replace(ox.NamedNode(name), _parts(store, name)):
            sent += size
            if progress:
                progress(sent, total)
    way.flush()
    if prune:
        for name in stale:
            way.remove(ox.NamedNode(name))
    return PushReport(
        len(todo), len(ours) - len(todo), len(stale) if prune else 0, 0 if prune else len(stale)
    )


def _parts(store: Store, graph: str) -> Iterator[list[str]]:
    """Yield a graph's triples in parts of one request; one with blank nodes is one part.

    A blank node's name counts within its request only.
    """
    quads = list(store.quads(graph))
    blank = any(isinstance(end, ox.BlankNode) for quad in quads for end in (quad[0], quad[2]))
    size = len(quads) if blank else BATCH
    for first in range(0, len(quads), max(1, size)):
        yield [f"{s} {p} {o} ." for s, p, o, _ in quads[first : first + size]]


def _is_same(store: Store, client: SparqlClient, graph: str) -> bool:
    """Tell whether a graph is there to the letter; one that cannot be read whole is not."""
    reply = client.query(WHOLE.format(graph=ox.NamedNode(graph)), TRIPLES)
    form = GRAPHS.get(reply.content_type, ox.RdfFormat.N_TRIPLES)
    try:
        there = {str(quad.triple) for quad in ox.parse(reply.body, format=form)}
    except (SyntaxError, ValueError):
        return False
    return there == {str(quad.triple) for quad in store.quads(graph)}


def _ask(client: SparqlClient, sparql: str) -> list[tuple[object, ...]]:
    reply = client.query(sparql, ROWS)
    try:
        found = ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON)
        return [tuple(row) for row in from_answer(found).rows]
    except (SyntaxError, ValueError) as error:
        raise EndpointError(
            f"{client.url} answers with {reply.content_type or 'no type'}; name its query endpoint"
        ) from error


def _marks(rows: Iterable[tuple[object, ...]]) -> dict[str, Mark]:
    return {str(graph): Mark(int(str(count)), str(run or "")) for graph, count, run in rows}
