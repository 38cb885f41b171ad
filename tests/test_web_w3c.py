"""The W3C's protocol tests for SPARQL 1.1, each by its name in their manifest.

A request goes through what reads requests and what answers them; only the network is left out.
The endpoint reads and never writes, so that each test of an update is here as a refusal.

Source: w3c/rdf-tests, sparql/sparql11/protocol/manifest.ttl.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from kg.store import Store
from kg.web.protocol import FORM, QUERY, UPDATE, RawRequest, RequestRefusedError, read_request
from kg.web.worker import Job, Reply, answer, refused
from ontology.terms import RDF

if TYPE_CHECKING:
    from collections.abc import Sequence

BASE: Final = "http://www.example/sparql/"
DATA: Final = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
ONE, TWO, THREE = (DATA.format(number) for number in (1, 2, 3))
DOCUMENT: Final = "http://xmlns.com/foaf/0.1/Document"
BOTH: Final = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type . }}"
NAMED: Final = f"ASK {{ GRAPH ?g1 {{ <{ONE}> a ?type }} GRAPH ?g2 {{ <{TWO}> a ?type }} }}"
FULL: Final = NAMED.replace("{", f"{{ <{THREE}> a ?type .", 1)
FROM: Final = NAMED.replace("ASK", f"ASK FROM <{THREE}>")
INSERT: Final = "INSERT DATA { <http://a.example/s> <http://a.example/p> 1 }"
EMPTY: Final = "default-graph-uri=" + quote(DATA.format(0), safe="")


@pytest.fixture(scope="module")
def documents() -> Store:
    """Three graphs, each of which says of itself that it is a document."""
    store = Store.in_memory()
    store.apply(
        add=[
            ox.Quad(name, ox.NamedNode(RDF + "type"), ox.NamedNode(DOCUMENT), name)
            for name in map(ox.NamedNode, (ONE, TWO, THREE))
        ]
    )
    return store


def respond(store: Store, request: RawRequest, accept: str = "") -> Reply:
    """Answer as the endpoint does."""
    try:
        asked = read_request(request)
    except RequestRefusedError as refusal:
        return refused(refusal.status, refusal.message)
    assert asked is not None
    return answer(store, Job(asked, accept, 1_000_000, BASE))


def get(query: str, *more: tuple[str, str]) -> RawRequest:
    return RawRequest("GET", urlencode([("query", query), *more]))


def form(body: str, address: str = "") -> RawRequest:
    return RawRequest("POST", address, FORM, body.encode())


def direct(query: str, address: str | Sequence[tuple[str, str]] = "") -> RawRequest:
    words = address if isinstance(address, str) else urlencode(address)
    return RawRequest("POST", words, QUERY, query.encode())


def default(*graphs: str) -> list[tuple[str, str]]:
    return [("default-graph-uri", graph) for graph in graphs]


def named(*graphs: str) -> list[tuple[str, str]]:
    return [("named-graph-uri", graph) for graph in graphs]


TRUE: Final = {
    "query_post_form": form("query=ASK%20%7B%7D", EMPTY),
    "query_dataset_default_graphs_get": get(BOTH, *default(ONE, TWO)),
    "query_dataset_default_graphs_post": direct(BOTH, default(ONE, TWO)),
    "query_dataset_named_graphs_post": direct(NAMED, named(ONE, TWO)),
    "query_dataset_named_graphs_get": get(NAMED, *named(ONE, TWO)),
    "query_dataset_full": direct(FULL, [*default(THREE), *named(ONE, TWO)]),
    "query_multiple_dataset": direct(FROM, named(ONE, TWO)),
    "query_get": RawRequest("GET", f"query=ASK%20%7B%7D&{EMPTY}"),
    "query_post_direct": direct("ASK {}", EMPTY),
}
"""Requests that are answered with "true"."""


@pytest.mark.parametrize("name", TRUE)
def test_the_answer_is_true(documents: Store, name: str) -> None:
    reply = respond(documents, TRUE[name])
    assert (reply.status, reply.content_type) == (200, "application/sparql-results+json")
    assert json.loads(reply.body)["boolean"] is True


OTHER_GRAPHS: Final = {
    "one of both": get(BOTH, *default(ONE)),
    "named, not default": get(BOTH, *named(ONE, TWO)),
    "default, not named": direct(NAMED, default(ONE, TWO)),
    "the request counts, not the query's FROM": direct(
        f"ASK FROM <{ONE}> {{ <{ONE}> a ?type }}", default(THREE)
    ),
}


@pytest.mark.parametrize("name", OTHER_GRAPHS)
def test_the_dataset_is_that_of_the_request(documents: Store, name: str) -> None:
    assert json.loads(respond(documents, OTHER_GRAPHS[name]).body)["boolean"] is False


TABLES: Final = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv; charset=utf-8",
    "text/tab-separated-values; charset=utf-8",
)
GRAPHS: Final = (
    "text/turtle; charset=utf-8",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
)
CONTENT_TYPES: Final = {
    "query_content_type_select": ("SELECT (1 AS ?value) {}", TABLES),
    "query_content_type_ask": ("ASK {}", TABLES[:2]),
    "query_content_type_describe": ("DESCRIBE <http://example.org/>", GRAPHS),
    "query_content_type_construct": ("CONSTRUCT { <s> <p> 1 } WHERE {}", GRAPHS),
}


@pytest.mark.parametrize("name", CONTENT_TYPES)
def test_the_content_is_of_the_type_that_is_said(documents: Store, name: str) -> None:
    query, types = CONTENT_TYPES[name]
    assert respond(documents, direct(query, EMPTY)).content_type == types[0]
    for content_type in types:
        reply = respond(documents, direct(query, EMPTY), content_type.partition(";")[0])
        assert (reply.status, reply.content_type) == (200, content_type)


def test_relative_names_are_relative_to_the_endpoint(documents: Store) -> None:
    query, _ = CONTENT_TYPES["query_content_type_construct"]
    assert (
        f"<{BASE}s> <{BASE}p>".encode()
        in respond(documents, direct(query), "application/n-triples").body
    )
    based = f"BASE <http://b.example/> {query}"
    assert b"<http://b.example/s>" in respond(documents, get(based), "application/n-triples").body


REFUSED: Final = {
    "bad_query_method": (RawRequest("PUT", "query=ASK%20%7B%7D"), 405),
    "bad_multiple_queries": (
        RawRequest("GET", "query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"),
        400,
    ),
    "bad_query_wrong_media_type": (RawRequest("POST", "", "text/plain", b"ASK {}"), 415),
    "bad_query_missing_form_type": (RawRequest("POST", "", "", b"query=ASK%20%7B%7D"), 415),
    "bad_query_missing_direct_type": (RawRequest("POST", "", "", b"ASK {}"), 415),
    "bad_query_non_utf8": (
        RawRequest("POST", "", f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16")),
        415,
    ),
    "bad_query_syntax": (direct("ASK {"), 400),
    # Updates: what would be done elsewhere, and what would be an error there
    "update_dataset_default_graph": (
        RawRequest("POST", urlencode({"using-graph-uri": ONE}), UPDATE, INSERT.encode()),
        403,
    ),
    "update_dataset_default_graphs": (
        RawRequest(
            "POST",
            urlencode([("using-graph-uri", ONE), ("using-graph-uri", TWO)]),
            UPDATE,
            INSERT.encode(),
        ),
        403,
    ),
    "update_dataset_named_graphs": (
        RawRequest("POST", urlencode({"using-named-graph-uri": ONE}), UPDATE, INSERT.encode()),
        403,
    ),
    "update_dataset_full": (
        RawRequest(
            "POST",
            urlencode([("using-graph-uri", THREE), ("using-named-graph-uri", ONE)]),
            UPDATE,
            INSERT.encode(),
        ),
        403,
    ),
    "update_post_form": (form(urlencode({"update": "CLEAR ALL"})), 403),
    "update_post_direct": (RawRequest("POST", "", UPDATE, b"CLEAR ALL"), 403),
    "update_base_uri": (
        RawRequest("POST", "", UPDATE, b"CLEAR GRAPH <http://e/> ; INSERT DATA { <s> <p> 1 }"),
        403,
    ),
    "bad_update_get": (RawRequest("GET", urlencode({"update": "CLEAR ALL"})), 403),
    "bad_multiple_updates": (form("update=CLEAR%20NAMED&update=CLEAR%20DEFAULT"), 403),
    "bad_update_wrong_media_type": (RawRequest("POST", "", "text/plain", b"CLEAR NAMED"), 415),
    "bad_update_missing_form_type": (RawRequest("POST", "", "", b"update=CLEAR%20NAMED"), 415),
    "bad_update_non_utf8": (
        RawRequest("POST", "", f"{UPDATE}; charset=UTF-16", "CLEAR NAMED".encode("utf-16")),
        403,
    ),
    "bad_update_syntax": (form("update=CLEAR%20XYZ"), 403),
    "bad_update_dataset_conflict": (
        form(urlencode({"using-named-graph-uri": ONE, "update": f"WITH <{ONE}> {INSERT}"})),
        403,
    ),
    # ours: an update where a query is wanted is no query
    "update_as_query": (direct(INSERT), 400),
    "load_as_query": (direct(f"LOAD <{ONE}>"), 400),
    "update_after_query": (direct("ASK {} ; DROP ALL"), 400),
    "no_query": (direct(""), 400),
    "graph_that_is_no_iri": (get("ASK {}", *default("no iri")), 400),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_request_is_refused(documents: Store, name: str) -> None:
    request, status = REFUSED[name]
    held = len(documents.oxigraph)
    reply = respond(documents, request)
    assert (reply.status, reply.content_type) == (status, "text/plain; charset=utf-8")
    assert reply.body.strip(), "and the client is told why"
    assert len(documents.oxigraph) == held


MANIFEST: Final = """
query_post_form query_dataset_default_graphs_get query_dataset_default_graphs_post
query_dataset_named_graphs_post query_dataset_named_graphs_get query_dataset_full
query_multiple_dataset query_get query_content_type_select query_content_type_ask
query_content_type_describe query_content_type_construct update_dataset_default_graph
update_dataset_default_graphs update_dataset_named_graphs update_dataset_full update_post_form
update_post_direct update_base_uri query_post_direct bad_query_method bad_multiple_queries
bad_query_wrong_media_type bad_query_missing_form_type bad_query_missing_direct_type
bad_query_non_utf8 bad_query_syntax bad_update_get bad_multiple_updates
bad_update_wrong_media_type bad_update_missing_form_type bad_update_non_utf8 bad_update_syntax
bad_update_dataset_conflict
"""


def test_every_test_of_the_manifest_is_here() -> None:
    assert set(MANIFEST.split()) <= {*TRUE, *CONTENT_TYPES, *REFUSED}
