"""A worker whose server is gone: it may be in the middle of a query that never ends."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from kg.web.job_loop import GRACE
from kg.web.protocol import Asked
from kg.web.worker import Job, Reply, work

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?i) }"


def job(query: str) -> Job:
    return Job(Asked(query), "application/json", 1_000_000, "http://127.0.0.1/sparql")


@pytest.fixture
def worker(store: Path) -> Iterator[tuple[SpawnProcess, Connection]]:
    """A worker over the seeds, which has said that it is open, and the server's end of its pipe."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(str(store), theirs), daemon=True)
    process.start()
    theirs.close()
    assert ours.recv() is None
    yield process, ours
    process.kill()
    process.join()


@pytest.mark.slow
def test_a_query_that_nobody_ends_is_ended_by_the_system(
    worker: tuple[SpawnProcess, Connection],
) -> None:
    """A server that was killed left workers that took all memory, query after query."""
    process, pipe = worker
    pipe.send((job(RUNAWAY), 0.1))
    process.join(GRACE + 20)
    assert process.exitcode == -signal.SIGALRM


@pytest.mark.slow
def test_an_answered_query_leaves_no_alarm(worker: tuple[SpawnProcess, Connection]) -> None:
    process, pipe = worker
    pipe.send((job("ASK { ?s ?p ?o }"), 0.1))
    assert isinstance(pipe.recv(), Reply)
    process.join(GRACE + 1)
    assert process.is_alive()
    pipe.send((job("ASK { ?s ?p ?o }"), 0.1))
    assert isinstance(pipe.recv(), Reply)


@pytest.mark.slow
def test_without_a_job_a_worker_ends_with_its_server(
    worker: tuple[SpawnProcess, Connection],
) -> None:
    process, pipe = worker
    pipe.close()
    process.join(20)
    assert process.exitcode == 0
