"""Two ways to send graphs to another store: SPARQL 1.1 Update, and the Graph Store Protocol.

Sources: W3C Recommendations "SPARQL 1.1 Update" and "SPARQL 1.1 Graph Store HTTP Protocol", both
of 21 March 2013.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from kg.sparql_client import SparqlClient

BATCH: Final = 2_000
"""Triples of one request, some 400 kB: the parser of Virtuoso 7 has no memory for 7,000 lines."""
ENDINGS: Final = (
    # where a store is written to by its address's end, and where it answers queries
    ("/update", "/query"),  # Oxigraph, Jena Fuseki
    ("/store", "/query"),  # Oxigraph's graph store
    ("/data", "/query"),  # Fuseki's graph store
    ("/sparql-auth", "/sparql"),  # Virtuoso
    ("/sparql-graph-crud-auth", "/sparql"),  # Virtuoso's graph store
    ("/statements", ""),  # RDF4J, GraphDB
    ("/rdf-graphs/service", ""),  # their graph store
)


class Way(Protocol):
    """How graphs are sent. Every method raises `EndpointError`."""

    def replace(self, graph: ox.NamedNode, parts: Iterable[list[str]]) -> Iterator[int]:
        """Put a graph in the place of the one of that name; yield how many triples went."""
        ...

    def flush(self) -> None:
        """Send what was held back to be sent with more."""
        ...

    def remove(self, graph: ox.NamedNode) -> None:
        """Take a graph away."""
        ...


class ByUpdate:
    """SPARQL Update: each graph is dropped and inserted anew, small ones many in one request."""

    def __init__(self, client: SparqlClient) -> None:
        self._client = client
        self._steps: list[str] = []
        self._size = 0

    def replace(self, graph: ox.NamedNode, parts: Iterable[list[str]]) -> Iterator[int]:
        """Add a graph to what is to be sent, and send that as soon as it is enough."""
        self._steps.append(f"DROP SILENT GRAPH {graph}")
        for lines in parts:
            self._steps.append(f"INSERT DATA {{ GRAPH {graph} {{\n" + "\n".join(lines) + "\n} }")
            self._size += len(lines)
            if self._size >= BATCH:
                self.flush()
            yield len(lines)

    def flush(self) -> None:
        """Send what is held."""
        if self._steps:
            self._client.update(" ;\n".join(self._steps))
        self._steps, self._size = [], 0

    def remove(self, graph: ox.NamedNode) -> None:
        """Drop a graph."""
        self._client.update(f"DROP SILENT GRAPH {graph}")


class ByGraphStore:
    """The Graph Store Protocol: a graph is PUT, and what is too much for one request POSTed."""

    def __init__(self, client: SparqlClient) -> None:
        self._client = client

    def replace(self, graph: ox.NamedNode, parts: Iterable[list[str]]) -> Iterator[int]:
        """Send a graph, the first part in the place of what was there."""
        for number, lines in enumerate(parts):
            self._client.send_graph("POST" if number else "PUT", graph.value, "\n".join(lines))
            yield len(lines)

    def flush(self) -> None:
        """Do nothing: everything was sent."""

    def remove(self, graph: ox.NamedNode) -> None:
        """Delete a graph."""
        self._client.send_graph("DELETE", graph.value)


def query_address(address: str) -> str:
    """Return where the store that is written to at an address answers queries, most likely."""
    for ending, other in ENDINGS:
        if address.endswith(ending):
            return address.removesuffix(ending) + other
    return address
