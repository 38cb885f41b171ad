"""Push: the graph to another SPARQL 1.1 store, graph by graph, and only what differs there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.inference.materialising import GRAPH, State, state
from kg.rows import from_answer
from kg.sparql_client import EndpointError, SparqlClient
from kg.store_folder import StoreError
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.store import Store

BATCH: Final = 2_000
"""Quads of one update, some 400 kB: the parser of Virtuoso 7 has no memory for 7,000 lines."""
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
"""How much each graph holds and by which run it was made: alike on both sides, it is the same."""
ACCEPT: Final = "application/sparql-results+json"

Mark = tuple[int, str]


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did, in graphs: sent, found the same, taken away; `extra` were left there."""

    sent: int
    same: int
    removed: int
    extra: int

    def summary(self) -> str:
        """Return the report in one line."""
        counts = [f"{self.sent} graphs sent", f"{self.same} the same already"]
        counts += [f"{self.removed} removed"] if self.removed else []
        counts += [f"{self.extra} there that are not here (--prune)"] if self.extra else []
        return ", ".join(counts)


def push(
    store: Store,
    update: SparqlClient,
    query: SparqlClient,
    *,
    prune: bool = False,
    inferred: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> PushReport:
    """Make the other store's graphs below our base like ours. Raises `EndpointError`.

    What is inferred is sent only where `inferred` asks for it, and counts as not here otherwise:
    it would no longer follow from what is stated there. Raises `StoreError` where there is none
    that fits.

    Each update drops a graph and inserts it anew, as SPARQL 1.1 Update says; a graph of more than
    `BATCH` triples goes in several.

    A push that was cut short goes on where it was: a graph of as many triples by the same run is
    not sent again. `prune` takes away what is there and not here. `progress` is told how many
    graphs of how many were sent.
    """
    start = store.graph_iri("")
    ours = _marks(store.query(SEEN % start).rows)
    theirs = _marks(_ask(query, SEEN % start))
    always = {store.graph_iri("runs"), store.graph_iri(GRAPH)}  # no run says which is the newer
    if not inferred:
        ours.pop(store.graph_iri(GRAPH), None)
    elif (found := state(store)) is not State.CURRENT:
        raise StoreError(f"what is inferred is {found} here; `kg infer` first, then push it")
    todo = [name for name in sorted(ours) if name in always or theirs.get(name) != ours[name]]
    stale = sorted(set(theirs) - set(ours))
    for batch in _batches(store, todo):
        update.update(batch.text)
        if progress:
            progress(batch.finished, len(todo))
    if prune:
        for name in stale:
            update.update(f"DROP SILENT GRAPH {ox.NamedNode(name)}")
    return PushReport(
        len(todo), len(ours) - len(todo), len(stale) if prune else 0, 0 if prune else len(stale)
    )


@dataclass(frozen=True, slots=True)
class _Batch:
    text: str
    finished: int


def _batches(store: Store, graphs: Iterable[str]) -> Iterator[_Batch]:
    """Yield updates of some thousand quads; a graph is dropped before it is sent anew."""
    steps: list[str] = []
    size = finished = 0
    for name in graphs:
        node = ox.NamedNode(name)
        steps.append(f"DROP SILENT GRAPH {node}")
        for lines in _parts(store, name):
            steps.append(_insert(node, lines))
            size += len(lines)
            if size >= BATCH:
                yield _Batch(" ;\n".join(steps), finished)
                steps, size = [], 0
        finished += 1
    if steps:
        yield _Batch(" ;\n".join(steps), finished)


def _parts(store: Store, graph: str) -> Iterator[list[str]]:
    """Yield a graph's triples in parts of one update; one with blank nodes is one part.

    A blank node's name counts within its update only.
    """
    quads = list(store.quads(graph))
    blank = any(isinstance(end, ox.BlankNode) for quad in quads for end in (quad[0], quad[2]))
    size = len(quads) if blank else BATCH
    for first in range(0, len(quads), max(1, size)):
        yield [f"{s} {p} {o} ." for s, p, o, _ in quads[first : first + size]]


def _insert(graph: ox.NamedNode, lines: Iterable[str]) -> str:
    return f"INSERT DATA {{ GRAPH {graph} {{\n" + "\n".join(lines) + "\n} }"


def _ask(client: SparqlClient, sparql: str) -> list[tuple[object, ...]]:
    reply = client.query(sparql, ACCEPT)
    try:
        found = ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON)
        return [tuple(row) for row in from_answer(found).rows]
    except (SyntaxError, ValueError) as error:
        raise EndpointError(
            f"{client.url} answers with {reply.content_type or 'no type'}; name its query endpoint"
        ) from error


def _marks(rows: Iterable[tuple[object, ...]]) -> dict[str, Mark]:
    return {str(graph): (int(str(count)), str(run or "")) for graph, count, run in rows}


def query_address(update: str) -> str:
    """Return where the store that takes updates at an address answers queries, most likely."""
    for ending, other in (
        ("/update", "/query"),
        ("/sparql-auth", "/sparql"),
        ("/statements", ""),
    ):
        if update.endswith(ending):
            return update.removesuffix(ending) + other
    return update
