"""The endpoint as its users meet it: a real server on loopback, and the clients they have."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON as WRAPPER_JSON
from SPARQLWrapper import SPARQLWrapper

from kg import KnowledgeGraph
from tests.command_line import Kg
from tests.servers import kg_serve

DEADLINE = 2.0
POSTINGS = "SELECT ?posting WHERE { ?posting a schema:JobPosting } ORDER BY ?posting"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?i) }"


@pytest.fixture(scope="module")
def endpoint(store: Path) -> Iterator[str]:
    with kg_serve(store, "--timeout", str(DEADLINE), "--max-result", "1") as address:
        yield address


def get(url: str, accept: str = "*/*", **headers: str) -> tuple[int, str, bytes]:
    """Return status, content type and body of a GET."""
    request = Request(url, headers={"Accept": accept, **headers})  # noqa: S310 # loopback
    try:
        with urlopen(request, timeout=30) as answer:  # noqa: S310 # loopback
            return answer.status, answer.headers["content-type"], answer.read()
    except HTTPError as error:
        return error.code, error.headers["content-type"], error.read()


def ask(endpoint: str, query: str, accept: str = "*/*") -> tuple[int, str, bytes]:
    return get(f"{endpoint}?{urlencode({'query': query})}", accept)


def test_rows_are_those_of_the_store(endpoint: str, store: Path) -> None:
    status, kind, body = ask(endpoint, POSTINGS)
    rows = [row["posting"]["value"] for row in json.loads(body)["results"]["bindings"]]
    with KnowledgeGraph.open(store) as graph:
        assert (status, kind) == (200, "application/sparql-results+json")
        assert rows == [row[0] for row in graph.query(POSTINGS)]
        assert len(rows) == 4


def test_sparqlwrapper_asks(endpoint: str) -> None:
    client = SPARQLWrapper(endpoint)
    client.setQuery("PREFIX schema: <https://schema.org/> " + POSTINGS)
    client.setReturnFormat(WRAPPER_JSON)
    for method in ("GET", "POST"):
        client.setMethod(method)
        answer = client.queryAndConvert()
        assert isinstance(answer, dict)
        assert len(answer["results"]["bindings"]) == 4


def test_rdflib_asks(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint))
    rows = graph.query("SELECT ?p { ?p a <https://schema.org/JobPosting> }")
    assert len(list(rows)) == 4
    # and a graph, of which its store takes RDF/XML alone
    made = graph.query("CONSTRUCT WHERE { ?p a <https://schema.org/JobPosting> }")
    assert made.graph is not None
    assert len(made.graph) == 4


def test_sparqlwrapper_asks_for_a_graph(endpoint: str) -> None:
    client = SPARQLWrapper(endpoint)
    client.setQuery("CONSTRUCT WHERE { ?p a <https://schema.org/JobPosting> }")
    graph = client.queryAndConvert()  # in the form that it takes by itself: RDF/XML
    assert isinstance(graph, Graph)
    assert len(graph) == 4


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine")
def test_curl_asks(endpoint: str) -> None:
    command = ["curl", "-s", "-H", "Accept: text/csv", "--data-urlencode", f"query={POSTINGS}"]
    found = subprocess.run([*command, endpoint], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[0] == "posting"
    assert len(found.stdout.splitlines()) == 5


GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("accept", GRAPHS)
def test_construct_answers_with_a_graph(endpoint: str, accept: str) -> None:
    query = "CONSTRUCT { ?p a schema:JobPosting } WHERE { ?p a schema:JobPosting }"
    status, kind, body = ask(endpoint, query, accept)
    assert (status, kind.split(";")[0]) == (200, accept)
    assert len(list(ox.parse(body, format=GRAPHS[accept]))) == 4


@pytest.mark.parametrize("accept", ["application/sparql-results+xml", "text/csv"])
def test_select_answers_in_other_forms(endpoint: str, accept: str) -> None:
    status, kind, body = ask(endpoint, POSTINGS, accept)
    assert (status, kind.split(";")[0]) == (200, accept)
    assert body.count(b"https://rolegraph.example/id/posting/") == 4


def test_the_request_chooses_the_dataset(endpoint: str, store: Path) -> None:
    """A posting's graph as the default graph holds that posting alone; named, the same."""
    with KnowledgeGraph.open(store) as graph:
        name = graph.store.graph_iri(graph.store.posting_ids()[0])
    inside = "SELECT ?posting { GRAPH ?g { ?posting a schema:JobPosting } }"
    counts = [
        ({"query": POSTINGS, "default-graph-uri": name}, 1),
        ({"query": POSTINGS, "default-graph-uri": "http://a.example/none"}, 0),
        ({"query": inside, "named-graph-uri": name}, 1),
        ({"query": inside, "default-graph-uri": name}, 0),  # then no graph has a name
        ({"query": inside}, 4),
    ]
    for fields, rows in counts:
        _, _, body = get(f"{endpoint}?{urlencode(fields)}")
        assert len(json.loads(body)["results"]["bindings"]) == rows, fields


REFUSED = {
    "syntax": ("SELECT * { ?s ?p }", "*/*", 400, b"expected"),
    "update": ("DROP ALL", "*/*", 400, b"no valid SPARQL"),
    "load": ("LOAD <http://a.example/>", "*/*", 400, b"no valid SPARQL"),
    "service": ("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", "*/*", 400, b"SERVICE"),
    "form": (POSTINGS, "image/png", 406, b"image/png"),
    "form of this answer": (POSTINGS, "text/turtle", 406, b"text/turtle"),
    "size": ("SELECT * { ?s ?p ?o }", "*/*", 413, b"add a LIMIT"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_query_is_refused_with_its_reason(endpoint: str, name: str) -> None:
    query, accept, status, words = REFUSED[name]
    found, kind, body = ask(endpoint, query, accept)
    assert (found, kind) == (status, "text/plain; charset=utf-8")
    assert words in body


def test_a_runaway_query_is_ended_while_others_are_served(endpoint: str) -> None:
    found: list[tuple[int, str, bytes]] = []
    runaway = threading.Thread(target=lambda: found.append(ask(endpoint, RUNAWAY)))
    began = time.monotonic()
    runaway.start()
    time.sleep(0.2)
    for _ in range(3):
        assert ask(endpoint, POSTINGS)[0] == 200
    assert not found, "the others were answered while it ran"
    runaway.join()
    assert found[0][0] == 503
    assert b"deadline" in found[0][2]
    assert DEADLINE <= time.monotonic() - began < DEADLINE + 5
    for _ in range(2):  # both workers answer again
        assert ask(endpoint, POSTINGS)[0] == 200


def test_the_service_describes_itself(endpoint: str) -> None:
    status, kind, body = get(endpoint, "text/turtle")
    graph = Graph().parse(data=body, format="turtle")
    assert (status, kind) == (200, "text/turtle; charset=utf-8")
    assert graph.query(
        "ASK { ?s a sd:Service ; sd:endpoint ?s ; sd:supportedLanguage sd:SPARQL11Query }",
        initNs={"sd": "http://www.w3.org/ns/sparql-service-description#"},
    ).askAnswer


def test_void_counts_what_is_there(endpoint: str) -> None:
    status, _, body = get(endpoint.replace("/sparql", "/.well-known/void"), "text/turtle")
    graph = Graph().parse(data=body, format="turtle")
    counted = graph.query(
        """SELECT ?n { ?d void:sparqlEndpoint ?e ; void:classPartition
                       [ void:class <https://schema.org/JobPosting> ; void:entities ?n ] }""",
        initNs={"void": "http://rdfs.org/ns/void#"},
    )
    assert status == 200
    assert [str(row[0]) for row in counted] == ["4"]  # type: ignore[index] # a row of a SELECT


def test_a_query_that_is_asked_again_has_the_answer_of_its_state(
    store: Path, tmp_path: Path
) -> None:
    """The same bytes as long as the store is the same, and other ones as soon as it is not."""
    own = tmp_path / "store"
    shutil.copytree(store, own)
    moment = "SELECT (NOW() AS ?now) (STRUUID() AS ?one) {}"
    with kg_serve(own) as address:
        first = ask(address, POSTINGS, "text/csv")
        assert ask(address, POSTINGS, "text/csv") == first
        other_form = ask(address, POSTINGS, "text/tab-separated-values")
        assert (other_form[0], other_form[1]) == (200, "text/tab-separated-values; charset=utf-8")
        assert ask(address, "SELECT", "text/csv")[0] == ask(address, "SELECT", "text/csv")[0] == 400
        assert ask(address, moment)[2] != ask(address, moment)[2]
        with KnowledgeGraph.open(own, read_only=False) as graph:
            graph.remove(graph.store.posting_ids()[0])
        after = ask(address, POSTINGS, "text/csv")
        assert len(after[2].splitlines()) == len(first[2].splitlines()) - 1
        assert ask(address, POSTINGS, "text/csv") == after


def test_a_stranger_in_a_browser_reads_nothing(endpoint: str) -> None:
    """Another host's name (DNS rebinding) is refused; no page of another origin is let in."""
    assert get(endpoint, Host="evil.example")[0] == 400
    request = Request(endpoint, headers={"Origin": "https://evil.example"})  # noqa: S310
    with urlopen(request, timeout=30) as answer:  # noqa: S310 # loopback
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers


def test_a_missing_store_is_told(kg: Kg, tmp_path: Path) -> None:
    answer = kg("serve", "--store", tmp_path / "none")
    assert answer.code == 2
    assert "`kg build PATH` makes one" in answer.err


def test_a_taken_port_is_told(kg: Kg, store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = kg("serve", "--store", store, "--port", str(port))
    assert answer.code == 2
    assert f"127.0.0.1:{port}" in answer.err
    assert "choose another --port" in answer.err
