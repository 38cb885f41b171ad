"""The graph behind other servers: pushed there, asked there, with the same answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Dataset

from kg import KnowledgeGraph
from kg.export import export
from kg.inference.materialising import infer
from kg.names import Names
from kg.push import PushReport, push
from kg.push_ways import ByGraphStore, ByUpdate, query_address
from kg.query_guard import QueryRefusedError
from kg.questions import questions
from kg.remote import RemoteStore
from kg.rows import from_answer
from kg.sparql_client import EndpointError, SparqlClient
from kg.store import Store, StoreError
from tests.command_line import ONE, SEEDS, TWO, Kg
from tests.question_answers import ANSWERS
from tests.servers import (
    kg_serve,
    oxigraph_command,
    oxigraph_serve,
    virtuoso_command,
    virtuoso_serve,
)
from tests.stores import two_level_store

needs_oxigraph = pytest.mark.skipif(oxigraph_command() is None, reason="pip install oxigraph")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The postings that the named questions are counted on."""
    store = two_level_store(tmp_path_factory.mktemp("words"))
    infer(store)
    return store


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph_serve(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


def send(store: Store, address: str, *, by_graph_store: bool = False, **options: Any) -> PushReport:
    way = (
        ByGraphStore(SparqlClient(f"{address}/store"))
        if by_graph_store
        else ByUpdate(SparqlClient(f"{address}/update"))
    )
    return push(store, way, SparqlClient(f"{address}/query"), **options)


def held(address: str, store: Store) -> dict[str, set[str]]:
    """What a server holds of each of a store's graphs, but for what is inferred."""
    client = SparqlClient(f"{address}/query")
    found = {}
    for graph in stated(store):
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        body = client.query(query, "application/n-triples").body
        lines = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        found[graph] = {str(quad.triple) for quad in lines}
    return found


def here(store: Store) -> dict[str, set[str]]:
    return {graph: {str(quad.triple) for quad in store.quads(graph)} for graph in stated(store)}


def stated(store: Store) -> list[str]:
    """The graphs of a store that a push sends without being told: what is stated."""
    return [graph for graph in store.graphs() if graph != store.graph_iri("inferred")]


@pytest.fixture(scope="module")
def pushed(small: Store, oxigraph: str) -> RemoteStore:
    report = send(small, oxigraph, inferred=True)
    assert (report.same, report.removed, report.extra) == (0, 0, 0)
    return RemoteStore(f"{oxigraph}/query")


@needs_oxigraph
@pytest.mark.parametrize("name", sorted(questions()))
def test_every_question_has_the_same_rows_there(
    small: Store, pushed: RemoteStore, name: str
) -> None:
    given = [params for asked, params, *_ in ANSWERS if asked == name] or [{}]
    if name == "evidence-of-posting":
        given = [{"posting": TWO}]
    for params in given:
        here, there = (questions()[name].ask(store, params) for store in (small, pushed))
        assert there.rows == here.rows
        assert there.columns == here.columns


@pytest.mark.slow
@pytest.mark.skipif(virtuoso_command() is None, reason="apt install virtuoso-opensource")
def test_virtuoso_answers_as_the_store_does(
    small: Store, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Digest authentication, updates of 2,000 lines at the most, ASK answered as a row."""
    monkeypatch.setenv("KG_PASSWORD", "dba")
    with virtuoso_serve(tmp_path) as address, KnowledgeGraph.open(store) as here:
        update = SparqlClient(f"http://dba@{address.removeprefix('http://')}/sparql-auth")
        query = SparqlClient(f"{address}/sparql")
        push(small, ByUpdate(update), query, inferred=True)
        there = RemoteStore(query.url)
        for name, params, *_ in ANSWERS:
            asked = questions()[name]
            assert asked.ask(there, params).rows == asked.ask(small, params).rows, name
        assert there.query("ASK { ?p a schema:JobPosting }").answer
        assert not there.query("ASK { ?p a <http://a.example/none> }").answer
        report = push(here.store, ByUpdate(update), query, prune=True)
        assert report.removed == len(small) + 1, "their postings, and what was inferred of them"
        crud = f"http://dba@{address.removeprefix('http://')}/sparql-graph-crud-auth"
        by_graph_store = ByGraphStore(SparqlClient(crud))
        assert push(here.store, by_graph_store, query).sent == 0
        SparqlClient(crud).send_graph("DELETE", here.store.graph_iri("ontology"))
        assert push(here.store, by_graph_store, query).sent == 1
        with KnowledgeGraph.connect(query.url) as graph:
            assert len(graph) == 4
            assert graph.compare(ONE, TWO).to_json() == here.compare(ONE, TWO).to_json()


@pytest.fixture(scope="module")
def in_rdflib(small: Store) -> Dataset:
    """The same quads in rdflib's own memory, under its own engine."""
    quads = BytesIO()
    export(small, "nquads", quads, runs=True, inferred=True)
    dataset = Dataset(default_union=True)
    dataset.parse(data=quads.getvalue(), format="nquads")
    return dataset


@pytest.mark.filterwarnings("ignore:Dataset.contexts is deprecated:DeprecationWarning:rdflib")
@pytest.mark.parametrize("name", sorted({name for name, *_ in ANSWERS}))
def test_every_question_has_the_same_rows_in_rdflib(
    small: Store, in_rdflib: Dataset, name: str
) -> None:
    names = Names.of(small)
    for params in [params for asked, params, *_ in ANSWERS if asked == name]:
        answer = in_rdflib.query(questions()[name].bind(names, params)).serialize(format="json")
        assert answer is not None
        found = from_answer(ox.parse_query_results(answer, ox.QueryResultsFormat.JSON))
        assert found.rows == questions()[name].ask(small, params).rows


@needs_oxigraph
@pytest.mark.parametrize("by_graph_store", [False, True], ids=["update", "graph store"])
def test_a_second_push_sends_nothing(
    small: Store, oxigraph: str, pushed: RemoteStore, by_graph_store: bool
) -> None:
    """What is inferred counts as here only where it is asked for."""
    assert len(pushed) == 2
    report = send(small, oxigraph, by_graph_store=by_graph_store)
    assert (report.sent, report.extra) == (0, 1)
    assert report.same == len(small.graphs()) - 1
    report = send(small, oxigraph, by_graph_store=by_graph_store, inferred=True)
    assert (report.sent, report.same, report.extra) == (0, len(small.graphs()), 0)


@needs_oxigraph
def test_what_is_inferred_is_not_pushed_unless_it_fits(tmp_path: Path) -> None:
    """Without --inferred it counts as not here: what was there no longer follows, and goes."""
    store = two_level_store(tmp_path)
    with oxigraph_serve(tmp_path / "oxigraph") as address:
        with pytest.raises(StoreError, match="is none here; `kg infer` first"):
            send(store, address, inferred=True)
        infer(store)
        send(store, address, inferred=True)
        there = RemoteStore(f"{address}/query")
        assert questions()["postings-implying"].ask(there, {"skill": "Hadoop"}).rows
        assert send(store, address, prune=True).removed == 1
        with pytest.raises(StoreError, match="nothing is inferred yet"):
            questions()["postings-implying"].ask(there, {"skill": "Hadoop"})
        store.remove(store.posting_ids()[0])
        with pytest.raises(StoreError, match="is stale here; `kg infer` first"):
            send(store, address, inferred=True)


@needs_oxigraph
@pytest.mark.parametrize("by_graph_store", [False, True], ids=["update", "graph store"])
def test_a_push_that_was_cut_short_goes_on(
    small: Store, tmp_path: Path, by_graph_store: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut after each so many triples, in the middle of graphs too; in the end all is there."""
    monkeypatch.setattr("kg.push.BATCH", 30)
    monkeypatch.setattr("kg.push_ways.BATCH", 30)
    todo = []

    def stop(sent: int, of: int) -> None:
        todo.append(of)
        if sent > of * 0.6:
            raise KeyboardInterrupt

    with oxigraph_serve(tmp_path) as address:
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                send(small, address, by_graph_store=by_graph_store, progress=stop)
        assert held(address, small) != here(small)
        assert send(small, address, by_graph_store=by_graph_store).same > 0
        assert held(address, small) == here(small)
    assert min(todo) < max(todo), "what had arrived was not sent again"


@needs_oxigraph
def test_what_was_changed_there_is_sent_again(small: Store, tmp_path: Path) -> None:
    """Also where the number of triples is the same: a label of the vocabulary that was edited."""
    vocabulary = small.graph_iri("vocabulary")
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    edit = (
        f"WITH <{vocabulary}> DELETE {{ ?s {label} ?old }} INSERT {{ ?s {label} 'Sparkle'@en }} "
        f"WHERE {{ ?s {label} ?old FILTER (STR(?old) = 'Spark') }}"
    )
    posting = small.graph_iri(small.posting_ids()[0])
    title = f"DELETE WHERE {{ GRAPH <{posting}> {{ ?s <https://schema.org/title> ?o }} }}"
    with oxigraph_serve(tmp_path) as address:
        send(small, address)
        for change in (edit, title):
            SparqlClient(f"{address}/update").update(change)
            assert held(address, small) != here(small)
            assert send(small, address).sent == 1
            assert held(address, small) == here(small)


@needs_oxigraph
def test_what_is_only_there_is_left_unless_pruned(small: Store, tmp_path: Path) -> None:
    extra, other = small.graph_iri("extra"), "http://a.example/graph"
    with oxigraph_serve(tmp_path) as address:
        for graph in (extra, other):
            SparqlClient(f"{address}/update").update(
                f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> <a:o> }} }}"
            )
        assert send(small, address).extra == 1
        assert send(small, address, prune=True, by_graph_store=True).removed == 1
        left = RemoteStore(f"{address}/query").query(
            "SELECT DISTINCT ?g { GRAPH ?g { <a:s> ?p ?o } }"
        )
        assert left.column("g") == [other], "others' graphs are nobody's business"


@pytest.mark.slow
@needs_oxigraph
def test_comparison_and_graph_are_the_same_there(store: Path, tmp_path: Path) -> None:
    with oxigraph_serve(tmp_path) as address, KnowledgeGraph.open(store) as here:
        send(here.store, address)
        with KnowledgeGraph.connect(f"{address}/query") as there:
            assert len(there) == len(here) == 4
            assert there.compare(ONE, TWO).to_json() == here.compare(ONE, TWO).to_json()
            ours, theirs = here.to_networkx(), there.to_networkx()
            assert sorted(theirs.nodes) == sorted(ours.nodes)
            assert sorted(theirs.edges) == sorted(ours.edges)


@pytest.mark.slow
def test_the_command_line_asks_an_endpoint(kg: Kg, store: Path, tmp_path: Path) -> None:
    """Through our own endpoint: the table, the comparison with its passages, the page."""
    with kg_serve(store) as endpoint:
        for words in (
            ("ask", "skills-of-role", "--role", TWO),
            ("query", "SELECT ?t { ?p schema:title ?t } ORDER BY ?t"),
            ("compare", ONE, TWO),
        ):
            here = kg(*words, "--store", store)
            there = kg(*words, "--store", tmp_path / "none", "--endpoint", endpoint)
            assert there == here
            assert here.code == 0
        page = tmp_path / "graph.html"
        assert kg("show", "graph", "-o", page, "--endpoint", endpoint).code == 0
        assert "Machine Learning Engineer" in page.read_text(encoding="utf-8")


FAULTS = {
    "no address": ("localhost:7878", "no address of an endpoint"),
    "nobody there": ("http://127.0.0.1:9/sparql", "cannot be reached"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_server_that_is_not_there_is_told(kg: Kg, name: str) -> None:
    url, words = FAULTS[name]
    answer = kg("ask", "roles", "--endpoint", url)
    assert answer.code == 2
    assert words in answer.err


def test_a_server_that_is_silent_is_told(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the query and never answers; how long that may last can be said."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/sparql"
        monkeypatch.setenv("KG_ENDPOINT_SECONDS", "0.2")
        answer = kg("ask", "roles", "--endpoint", url)
    assert answer.code == 2
    assert "no answer within 0.2 s" in answer.err
    assert "KG_ENDPOINT_SECONDS=600" in answer.err


@pytest.mark.parametrize("given", ["soon", "-1", "0", "inf", "nan"])
def test_seconds_that_are_none_are_told(
    kg: Kg, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("KG_ENDPOINT_SECONDS", given)
    answer = kg("ask", "roles", "--endpoint", "http://127.0.0.1:9/sparql")
    assert answer.code == 2
    assert f"KG_ENDPOINT_SECONDS={given}: give a number of seconds" in answer.err


@needs_oxigraph
def test_an_update_is_not_sent_there(pushed: RemoteStore) -> None:
    """Virtuoso runs what it is sent as a query, for whoever may write there."""
    with pytest.raises(QueryRefusedError, match="INSERT changes a store"):
        pushed.query("INSERT DATA { <a:a> <a:b> <a:c> }")
    with pytest.raises(QueryRefusedError, match="DROP changes a store"):
        list(pushed.stream("DROP ALL"))
    assert len(pushed) == 2


@needs_oxigraph
def test_a_server_without_a_graph_is_told(kg: Kg, tmp_path: Path) -> None:
    with oxigraph_serve(tmp_path) as address:
        answer = kg("ask", "roles", "--endpoint", f"{address}/query")
        assert answer.code == 2
        assert "push the graph first" in answer.err


@pytest.mark.usefixtures("few_skills")
def test_a_push_to_an_endpoint_that_only_reads_is_told(kg: Kg, store: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert kg("build", SEEDS / "machine-learning-engineer-i.txt", "--store", other).code == 0
    with kg_serve(store) as endpoint:
        answer = kg("push", endpoint, "--store", other)
    assert answer.code == 2
    assert "answers 415" in answer.err or "answers 403" in answer.err


def test_a_graph_behind_an_endpoint_has_no_store(store: Path) -> None:
    with kg_serve(store) as endpoint, KnowledgeGraph.connect(endpoint) as graph:
        with pytest.raises(ValueError, match="behind an endpoint"):
            graph.remove("a")
        with pytest.raises(EndpointError, match="answers 400"):
            graph.query("SELECT * { ?s ?p }")


@pytest.mark.parametrize(
    ("update", "query"),
    [
        ("http://h:7878/update", "http://h:7878/query"),
        ("http://h:8890/sparql-auth", "http://h:8890/sparql"),
        ("http://h/repositories/r/statements", "http://h/repositories/r"),
        ("http://h/sparql", "http://h/sparql"),
        ("http://h:7878/store", "http://h:7878/query"),
        ("http://h:3030/jobs/data", "http://h:3030/jobs/query"),
        ("http://h:8890/sparql-graph-crud-auth", "http://h:8890/sparql"),
        ("http://h/repositories/r/rdf-graphs/service", "http://h/repositories/r"),
    ],
)
def test_where_a_store_answers_queries(update: str, query: str) -> None:
    assert query_address(update) == query
