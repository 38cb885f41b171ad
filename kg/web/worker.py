"""A worker: a process that answers queries over a read-only view of the store, one at a time."""

from __future__ import annotations

import signal
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.query_guard import QueryRefusedError, names_graphs
from kg.store import Store, StoreError
from kg.web.job_loop import answer_jobs
from kg.web.negotiation import AnswerKind, choose
from kg.web.parsing import load_grammar, refuse_service
from ontology import terms

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from _typeshed import ReadableBuffer

    from kg.web.protocol import Asked

RESULT_FORMATS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True)
class Job:
    """A query for a worker, and the largest answer in bytes.

    `accept` is the Accept header of its client. `base` is what relative IRIs in the query are
    relative to where it declares no BASE: the endpoint's address.
    """

    asked: Asked
    accept: str
    largest: int
    base: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A worker's answer: a status of HTTP, the content's type, and the content."""

    status: int
    content_type: str
    body: bytes
    is_busy: bool = False
    """Whether the same request may be answered a little later."""
    state: str = ""
    """The name of the snapshot that it was answered from, where it was one."""


class _TooLargeError(Exception):
    pass


class _Bounded(BytesIO):
    """Takes bytes up to a number of them."""

    def __init__(self, largest: int) -> None:
        super().__init__()
        self._room = largest

    def write(self, data: ReadableBuffer) -> int:
        written = super().write(data)
        self._room -= written
        if self._room < 0:
            raise _TooLargeError
        return written


def work(folder: str, jobs: Connection) -> None:
    """Answer jobs until the other end of the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, which ends its workers
    try:
        store = Store.open(folder)
    except StoreError as error:
        jobs.send(str(error))
        return
    load_grammar()
    jobs.send(None)

    def answer_newest(job: Job) -> Reply:
        nonlocal store
        store = up_to_date(store)
        state = store.view.snapshot.path.name if store.view else ""
        return replace(answer(store, job), state=state)

    answer_jobs(jobs, answer_newest)


def up_to_date(store: Store) -> Store:
    """Return a store that is open for reading, or one of its newest state in its place."""
    if store.folder is None or not store.is_outdated:
        return store
    try:
        newer = Store.open(store.folder)
    except StoreError:
        return store  # it was moved, or cannot be read at the moment: what we have is whole
    store.close()
    return newer


def answer(store: Store, job: Job) -> Reply:
    """Return the answer to a query, or what is wrong with it."""
    try:
        refuse_service(job.asked.query)
        found = _query(store, job.asked, job.base)
        kind = _kind(found)
        form = choose(job.accept, kind)
        if form is None:
            return refused(406, f"no form of a {kind} answer is among {job.accept!r}")
        return Reply(200, _content_type(form), _serialized(found, form, job.largest))
    except QueryRefusedError as error:
        return refused(400, str(error))
    except SyntaxError as error:
        return refused(400, f"no valid SPARQL query: {error}")
    except ValueError as error:
        return refused(400, f"no valid graph: {error}")
    except _TooLargeError:
        return refused(413, f"the answer is larger than {job.largest:,} bytes; add a LIMIT")
    except OSError as error:
        return refused(500, f"the query failed: {error}")


def refused(status: int, message: str, *, is_busy: bool = False) -> Reply:
    """Return a reply that says in words why there is no answer."""
    return Reply(status, "text/plain; charset=utf-8", f"{message}\n".encode(), is_busy)


def _query(
    store: Store, asked: Asked, base: str
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = []
    default += map(ox.NamedNode, asked.default_graphs)
    named: list[ox.NamedNode | ox.BlankNode] = []
    named += map(ox.NamedNode, asked.named_graphs)
    if default or named:
        return store.oxigraph.query(
            asked.query,
            base_iri=base,
            prefixes=terms.PREFIXES,
            default_graph=default,
            named_graphs=named,
        )
    return store.oxigraph.query(
        asked.query,
        base_iri=base,
        prefixes=terms.PREFIXES,
        use_default_graph_as_union=not names_graphs(asked.query),
    )


def _kind(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> AnswerKind:
    if isinstance(found, ox.QueryBoolean):
        return "boolean"
    return "graph" if isinstance(found, ox.QueryTriples) else "solutions"


def _serialized(
    found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: str, largest: int
) -> bytes:
    """Return the answer in its form. Raises `_TooLargeError` as soon as it grows too large."""
    target = _Bounded(largest)
    if isinstance(found, ox.QueryTriples):
        prefixes = terms.PREFIXES if form == "text/turtle" else None
        ox.serialize(found, target, format=GRAPH_FORMATS[form], prefixes=prefixes)
    else:
        found.serialize(target, format=RESULT_FORMATS[form])
    return target.getvalue()


def _content_type(form: str) -> str:
    return f"{form}; charset=utf-8" if form.startswith("text/") else form
