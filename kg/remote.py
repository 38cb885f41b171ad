"""A store behind a SPARQL 1.1 endpoint: the same questions over the network, for reading.

Where servers differ from the standard or from each other, and what is done about it:

| server | differs | done |
|---|---|---|
| Oxigraph | its default graph is the nameless one | `union-default-graph` is sent |
| Jena Fuseki | as well | `default-graph-uri=urn:x-arq:UnionGraph` is sent |
| Virtuoso 7 | answers ASK as a table, `__ASK_RETVAL` | read as a boolean |
| Virtuoso 7 | answers a boolean that is stored as 1 or 0 | read as true or false |
| Virtuoso 7 | computes booleans as whole numbers | our questions make theirs with STRDT |
| Virtuoso 7 | takes what is not bound for an empty text | our questions ask with BOUND |
| Virtuoso 7 | sorts texts of more than 20 characters first | `kg.dialects` sorts by others |
| Virtuoso 7 | writes only with digest authentication | `kg.sparql_client` knows it, and basic |
| Virtuoso 7 | its parser fails at an update of 7,000 lines | `kg.push_ways` sends 2,000 |
| Virtuoso 7 | answers at most `ResultSetMaxRows` rows | raise it in virtuoso.ini |
| all | come to other postings first | of many, pages quote "some", and these differ |
| all | know none of our prefixes | they are declared before the query |
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.dialects import for_virtuoso, from_virtuoso
from kg.query_guard import makes_graph, names_graphs, refuse_update
from kg.rows import Rows, from_answer, from_boolean, from_triples, texts_from
from kg.sparql_client import EndpointError, Reply, SparqlClient
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from kg.rows import Reading

ACCEPT: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
ACCEPT_GRAPH: Final = "application/n-triples, text/turtle;q=0.8"
"""Of a CONSTRUCT, Virtuoso gives a table with the columns s, p and o where it may."""
RESULTS: Final = {
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}
GRAPHS: Final = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
}
UNIONS: Final[tuple[tuple[tuple[str, str], ...], ...]] = (
    (),
    (("union-default-graph", "true"),),
    (("default-graph-uri", "urn:x-arq:UnionGraph"),),
)
"""How servers are asked to take all graphs for the default one: as most do by themselves; as
Oxigraph does when told; as Jena does."""
PROBE: Final = f"SELECT ?concept {{ ?concept a <{terms.SKOS}Concept> }} LIMIT 1"
PREFIX: Final = re.compile(r"\bPREFIX\s+([A-Za-z][\w.-]*)?:", re.IGNORECASE)
VIRTUOSO_ASK: Final = "__ASK_RETVAL"
"""The column in which Virtuoso 7 answers ASK: a row with 1, or no row."""
COUNT: Final = "SELECT (COUNT(DISTINCT ?p) AS ?n) { GRAPH ?g { ?p a schema:JobPosting } }"


class RemoteStore:
    """The graph that a SPARQL 1.1 server holds; `query` answers as `Store.query` does.

    Updates are not sent there, whoever may do what at its address.

    Raises `EndpointError` where the server cannot be asked, and where it holds no rolegraph or
    shows its graphs only one by one.
    """

    read_only: Final = True

    def __init__(self, url: str, *, seconds: float = 120.0) -> None:
        self._client = SparqlClient(url, seconds)
        self._is_virtuoso = False
        self._read: Reading | None = None
        self._union = self._find_union()

    def query(self, sparql: str) -> Rows:
        """Answer one query over the union of all graphs, or over those that it names with FROM."""
        reply = self._ask(sparql)
        with self._reading():
            if reply.content_type in RESULTS:
                return _rows(reply, self._read)
            if reply.content_type in GRAPHS:
                return from_triples(ox.parse(reply.body, format=GRAPHS[reply.content_type]))
        raise self._unknown(reply)

    def stream(self, sparql: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a SELECT query as texts, as `Store.stream` does."""
        reply = self._ask(sparql)
        if reply.content_type not in RESULTS:
            raise self._unknown(reply)
        with self._reading():
            answer = ox.parse_query_results(reply.body, RESULTS[reply.content_type])
            yield from texts_from(answer, self._read)

    def _ask(self, sparql: str) -> Reply:
        refuse_update(sparql)
        fields = () if names_graphs(sparql) else self._union
        asked = for_virtuoso(sparql) if self._is_virtuoso else sparql
        accept = ACCEPT_GRAPH if makes_graph(sparql) else ACCEPT
        return self._client.query(_with_prefixes(asked), accept, fields)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (SyntaxError, ValueError) as error:
            raise EndpointError(
                f"{self._client.url}: an answer that breaks off: {error}"
            ) from error

    def _unknown(self, reply: Reply) -> EndpointError:
        return EndpointError(
            f"{self._client.url} answers with {reply.content_type or 'no type'}, "
            "which is no form of SPARQL's results; is it an endpoint?"
        )

    def _find_union(self) -> tuple[tuple[str, str], ...]:
        refused: EndpointError | None = None
        for fields in UNIONS:
            try:
                reply = self._client.query(PROBE, ACCEPT, fields)
                if reply.content_type not in RESULTS:
                    continue
                if len(_rows(reply)):
                    self._is_virtuoso = reply.server.startswith("Virtuoso")
                    self._read = from_virtuoso if self._is_virtuoso else None
                    return fields
            except (EndpointError, SyntaxError, ValueError) as error:
                if isinstance(error, EndpointError) and error.status is None:
                    raise  # nobody is there: asking otherwise would not help
                refused = refused or EndpointError(str(error))
        raise refused or EndpointError(
            f"{self._client.url} shows no concepts in its default graph: push the graph first "
            "(`kg push`), or let the server take the union of its graphs for the default one"
        )

    def __len__(self) -> int:
        """Count the postings."""
        return int(str(self.query(COUNT)[0][0]))

    def close(self) -> None:
        """Do nothing: no connection stays open."""

    def __enter__(self) -> RemoteStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _rows(reply: Reply, read: Reading | None = None) -> Rows:
    found = from_answer(ox.parse_query_results(reply.body, RESULTS[reply.content_type]), read)
    return from_boolean(found.rows == [(1,)]) if found.columns == (VIRTUOSO_ASK,) else found


def _with_prefixes(sparql: str) -> str:
    """Declare our prefixes before a query, all but those that it declares itself."""
    declared = {match[1] or "" for match in PREFIX.finditer(sparql)}
    return (
        "".join(
            f"PREFIX {name}: <{iri}>\n"
            for name, iri in terms.PREFIXES.items()
            if name not in declared
        )
        + sparql
    )
