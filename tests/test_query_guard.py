"""No query leaves the machine: shown with a server that counts who calls."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.query_guard import (
    QueryRefusedError,
    check_query,
    is_steady,
    makes_graph,
    names_graphs,
    refuse_update,
)
from kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

CALLS = [
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service silent <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICESILENT<{url}>{{?s ?p ?o}} }}",
    "PREFIX e: <{url}> SELECT * {{ SERVICE e: {{ ?s ?p ?o }} }}",
    "PREFIX e: <{url}> SELECT * {{ SERVICEe:{{?s ?p ?o}} }}",
    "SELECT * {{ VALUES ?there {{ <{url}> }} SERVICE ?there {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND (<{url}> AS ?x) SERVICE?x{{?s ?p ?o}} }}",
    "PREFIX e: <{url}> SELECT * {{ SERVICE # a comment <\n e: # another {{\n{{ ?s ?p ?o }} }}",
    "ASK {{ OPTIONAL {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ {{ SELECT * {{ LATERAL {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }} }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    # A pretended text around the call: the engine reads `\'` as part of a name.
    "PREFIX e: <http://e/> SELECT * {{ e:a\\'b ?p ?o . SERVICE <{url}> {{ ?s ?q e:c\\'d }} }}",
    # A pretended text: the engine reads `<` as "less than" and `#` as the start of a comment.
    "SELECT * {{ FILTER (?a<?b#>'''\n) SERVICE <{url}> {{ ?s ?p ?o }} #'''\n }}",
    "SELECT * {{ <http://e/'> ?p <http://e/x'> . SERVICE <{url}> {{ ?s ?q ?o }} }}",
]


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A server's address, and the requests it got."""
    got: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.path)
            self.send_response(500)
            self.end_headers()

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql", got
    server.shutdown()
    server.server_close()


def filled() -> Store:
    store = Store.in_memory()
    node = ox.NamedNode("http://e/'")
    store.apply(add=[ox.Quad(node, node, node, node)])
    return store


@pytest.mark.parametrize("call", CALLS)
def test_no_call_reaches_another_server(server: tuple[str, list[str]], call: str) -> None:
    url, got = server
    with pytest.raises(QueryRefusedError, match="SERVICE calls another server"):
        filled().query(call.format(url=url))
    assert got == []


def test_without_the_guard_the_engine_would_call(server: tuple[str, list[str]]) -> None:
    url, got = server
    for call in CALLS[:2]:
        try:
            list(filled().oxigraph.query(call.format(url=url)))  # type: ignore[arg-type]
        except OSError:
            continue
    assert got == ["/sparql", "/sparql"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service ?name { ?service ?name ?o }",
        "SELECT ?customerService ?x { ?customerService ?x ?o }",
        "SELECT $service ?name { $service ?name ?o }",
        "SELECT * { ?s ?p 'customer service' }",
        "SELECT * { ?s <http://e/service> ?o } # at your service",
        "PREFIX service: <http://e/> SELECT * { ?s service:is ?o }",
        "PREFIX e: <http://e/> SELECT * { ?s e:service ?o OPTIONAL { ?o ?p ?s } }",
    ],
)
def test_the_word_alone_is_no_call(query: str) -> None:
    check_query(query)
    filled().query(query)


@given(st.text(alphabet="SERVICEservice <>?$:#{}\n'\"\\ax"))
def test_the_guard_never_fails(text: str) -> None:
    try:
        check_query(text)
    except QueryRefusedError:
        assert "service" in text.lower()
    names_graphs(text)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT * FROM <http://e/g> { ?s ?p ?o }", True),
        ("SELECT *FROM<http://e/g>{ ?s ?p ?o }", True),
        ("select ?s from named <http://e/g> { ?s ?p ?o }", True),
        ("SELECT ?from { ?s ?p ?from }", False),
        ("PREFIX from: <http://e/> SELECT * { ?s from:from 'from' }", False),
        ("SELECT * { ?s <http://e/from> '''from''' } # from", False),
    ],
)
def test_from_is_told_from_the_word(query: str, names: bool) -> None:
    assert names_graphs(query) is names


@pytest.mark.parametrize(
    ("query", "makes"),
    [
        ("CONSTRUCT WHERE { ?s ?p ?o }", True),
        ("PREFIX ask: <http://e/>\ndescribe ask:one", True),
        ("# SELECT\nconstruct{?s ?p ?o}where{?s ?p ?o}", True),
        ("SELECT ?construct { ?s ?p ?construct }", False),
        ("BASE <http://e/construct> PREFIX construct: <describe> ASK { ?s ?p 'DESCRIBE' }", False),
        ("", False),
    ],
)
def test_what_makes_a_graph_is_told_by_its_form(query: str, makes: bool) -> None:
    assert makes_graph(query) is makes


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "insert { ?s <a:b> ?o } WHERE { ?s <a:c> ?o }",
        "PREFIX e: <http://e/> # a comment\nDELETE WHERE { ?s e:p ?o }",
        "WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "LOAD SILENT <http://127.0.0.1:9/x> INTO GRAPH <http://e/g>",
        "CLEAR ALL",
        "DROP GRAPH <http://e/g>",
        "CREATE GRAPH <http://e/g>",
        "COPY <http://e/a> TO <http://e/b>",
        "MOVE DEFAULT TO <http://e/b>",
        "ADD <http://e/a> TO DEFAULT",
        "SELECT * { ?s ?p ?o } ; DROP ALL",
        "\\u0049NSERT DATA { <a:a> <a:b> <a:c> }",
        "INSERT INTO GRAPH <http://e/g> { <a:a> <a:b> <a:c> }",
        "# SELECT * { }\nDROP ALL",
        "PREFIX e: <http://e/'> DROP ALL # '",
        # Pretended texts, names and comments: each way to read it is asked for the word.
        "SELECT * { FILTER (?a<?b#>'''\n) } ; DROP ALL #'''",
        "PREFIX e: <http://e/> SELECT * { e:a\\'b ?p ?o } ; CLEAR ALL # e:c\\'d",
        "SELECT * { ?s ?p 'open } ; DROP ALL",
        "SELECT * { ?s ?p 'open\n } ; DROP ALL #'",
        "# a comment\rDROP ALL",
        "ASK { ?s ?p '\\u0027 } ; DROP ALL #' }",
        "define sql:log-enable 3 INSERT INTO <http://e/g> { <a:a> <a:b> <a:c> }",
        "SELECT * { SERVICE <http://e/s> { ?s ?p ?o } } ; LOAD <http://e/x>",
    ],
)
def test_an_update_is_sent_to_nobody(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="changes a store, and a query only asks"):
        refuse_update(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o",
        'SELECT * { ?posting schema:title "Load and drop: insert, delete" }',
        "SELECT * { VALUES ?skill { skill:load-testing } ?s rg:skill ?skill }",
        "ASK {} # DROP ALL",
        "SELECT ?add ?copy { ?add <http://e/create> ?copy }",
        "CONSTRUCT { ?s <http://e/clear> ?o } WHERE { ?s ?p ?o }",
        # Another server's own words, which the engine does not read.
        "SELECT * { ?s ?p ?o . ?o bif:contains 'load AND drop' }",
        'define input:inference "add" SELECT * { ?s ?p ?o }',
        "SELECT (sql:load(?o) AS ?x) { ?s ?p ?o } # clear",
        "SELECT * { ?s ?p ?o OPTION (transitive, t_max 3) . ?o <http://e/drop> 'copy'@add }",
        "SELECT * { ?s ?p ?o ; unknown:create 'move' }",
        # That server may call others, if it likes to.
        "SELECT * { SERVICE <http://127.0.0.1:9/s> { ?s ?p ?o } } # load",
        "SELECT * { SERVICE <http://127.0.0.1:9/s> { ?s ?p 'insert' } }",
        # The one reading that shows a word is not the grammar's.
        "PREFIX e: <http://e/> SELECT * { ?s e:o <http://e/o'neil#x>, 'load', 'x' }",
    ],
)
def test_what_only_reads_like_an_update_is_asked(text: str) -> None:
    """Also what is no query at all: the server says what is wrong with it."""
    refuse_update(text)


def test_to_refuse_an_update_no_server_is_called(server: tuple[str, list[str]]) -> None:
    url, got = server
    refuse_update(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p 'load' }} }}")
    with pytest.raises(QueryRefusedError):
        refuse_update(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }} ; DROP ALL")
    assert got == []


def test_a_refusal_names_the_word_as_it_was_written() -> None:
    with pytest.raises(QueryRefusedError, match=r"^Drop changes a store"):
        refuse_update("# load\nSELECT * { ?s ?p 'add' } ; Drop ALL")


@given(st.text(alphabet="DROPdrop \"'<>#?:@\\\\u{}\n;"))
def test_a_word_that_stands_alone_is_never_overlooked(text: str) -> None:
    """Whatever comes before it on lines of its own: a text of one line ends with it."""
    if '"""' in text or "'''" in text:
        return
    with pytest.raises(QueryRefusedError):
        refuse_update(f"{text}\nDROP ALL")


@pytest.mark.parametrize(
    ("sparql", "expected", "why"),
    [
        ("SELECT ?s { ?s ?p ?o }", True, "of data alone"),
        ("SELECT ?now ?rand { ?now ?rand ?uuid }", True, "variables"),
        ("SELECT ?s { ?s rg:knownow ?o FILTER (?o > 1) }", True, "a name that ends so"),
        ("SELECT (COUNT(?s) AS ?n) { ?s ?p ?o }", True, "another function"),
        ("SELECT (NOW() AS ?now) {}", False, "the clock"),
        ("SELECT (now # when\n () AS ?now) {}", False, "with a comment between"),
        ("SELECT ?s { ?s ?p ?o } ORDER BY RAND()", False, "another order each time"),
        ("SELECT (1+RAND() AS ?n) {}", False, "in a sum"),
        ("SELECT (1||RAND() AS ?n) {}", False, "without a blank"),
        ("SELECT (STRUUID() AS ?n) (UUID () AS ?m) {}", False, "a new name each time"),
        ("SELECT (\\u004EOW() AS ?now) {}", False, "spelt in numbers"),
        ('SELECT ?s { ?s ?p "now (or later)" }', False, "a text that reads so: asked anew"),
    ],
)  # fmt: skip
def test_what_is_another_each_time_is_known(sparql: str, expected: bool, why: str) -> None:
    assert is_steady(sparql) is expected, why


@given(st.text(alphabet="nowNOW#\n ()\\u", max_size=200))
def test_any_text_is_steady_or_not(text: str) -> None:
    assert is_steady(text) or "(" in text or "#" in text or "\\" in text
