"""Graphs made in processes of their own, in the order in which the postings came.

The processes are started anew, not forked: a fork would hold the store's lock and its memory.
Each loads the extractor once. One that is killed, or runs out of memory, takes no other posting
with it: what it had is given to a fresh process, at last one by one, until the guilty one shows.
"""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.copies.sought import Sought
from kg.corpus.gathering import is_new
from kg.iris import Iris
from kg.making import Check, ExtractorLike, Made, make_graphs
from kg.updates import pattern_of
from kg.written import WrittenGraph

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from kg.store import Store
    from nlp.types import Posting

AHEAD: Final = 4
"""Parts of batches for each process: one at work, the others wait while a batch is stored."""
ENDED: Final = "extraction failed: it ended its process (killed, crashed, or out of memory)"

Packed = tuple[str, bytes, int, str | None, Sought | None, bytes | None]
"""What comes back of a posting: its id, its graph's lines and their number, why it has none, what
it is sought by, and what it adds to the columns of a new store."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker needs to know: all that makes its graphs those of this build."""

    vocabulary: tuple[Path, ...]
    check: Check | None
    base: str
    run: str
    with_rows: bool = False


def worker_maker(
    vocabulary: Sequence[Path], check: Check | None, jobs: int
) -> Callable[[Store, ox.NamedNode], WorkerMaker]:
    """Return what a build makes its `workers` of: `jobs` processes.

    `vocabulary` are the user's own files, `check` is a function of a module.
    """

    def make(store: Store, run: ox.NamedNode) -> WorkerMaker:
        task = Task(tuple(vocabulary), check, store.base, run.value, is_new(store))
        return WorkerMaker(task, jobs)

    return make


class WorkerMaker:
    """A `kg.making.Maker` whose graphs are made by other processes."""

    def __init__(self, task: Task, jobs: int) -> None:
        self._task = task
        self._jobs = jobs
        self._iris = Iris(task.base)
        self._pool: ProcessPoolExecutor | None = None
        self.ahead: Final = AHEAD * jobs

    def submit(self, postings: Sequence[Posting]) -> Callable[[], Sequence[Made]]:
        """Give a batch to a process; what is returned waits for its graphs."""
        if not postings:
            return list
        return partial(self._wait, self._begin(list(postings)), postings)

    def close(self) -> None:
        """End the processes; what they have begun is not waited for longer than a batch takes."""
        self._drop_pool()

    def _begin(self, postings: Sequence[Posting]) -> Future[list[Packed]]:
        try:
            return self._any_pool().submit(_work, postings)
        except BrokenProcessPool:  # noticed only now
            self._drop_pool()
            return self._any_pool().submit(_work, postings)

    def _wait(self, future: Future[list[Packed]], postings: Sequence[Posting]) -> list[Made]:
        try:
            return _unpack(future.result(), self._iris)
        except BrokenProcessPool:
            self._drop_pool()
            return self._make_alone(postings)

    def _make_alone(self, postings: Sequence[Posting]) -> list[Made]:
        """Make a batch's graphs in one process beside which none runs: if it ends, it is these."""
        made: list[Made] = []
        todo = [list(postings)]
        while todo:
            batch = todo.pop(0)
            pool = _start(self._task, 1)
            try:
                while batch:
                    made += _unpack(pool.submit(_work, batch).result(), self._iris)
                    batch = todo.pop(0) if todo else []
            except BrokenProcessPool:
                if len(batch) == 1:
                    made.append(Made(batch[0].id, refused=ENDED))
                else:
                    todo = [[posting] for posting in batch]
            finally:
                pool.shutdown()
        return made

    def _any_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = _start(self._task, self._jobs)
        return self._pool

    def _drop_pool(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _start(task: Task, jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, get_context("spawn"), _prepare, (task,))


def _unpack(found: Sequence[Packed], iris: Iris) -> list[Made]:
    return [
        Made(name, WrittenGraph(iris.graph(name).value, data, size), refused, sought, rows)
        for name, data, size, refused, sought, rows in found
    ]


# What follows runs in the worker.

_ready: list[tuple[ExtractorLike, Task]] = []
"""The extractor of this process and its task, from the moment at which it is ready."""


def _prepare(task: Task) -> None:
    """Get ready. A worker leaves Ctrl-C to its parent, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()

    from nlp.extract import Extractor
    from ontology import load

    _ready.append((Extractor(load(task.vocabulary)), task))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(postings: Sequence[Posting]) -> list[Packed]:
    ((extractor, task),) = _ready
    iris, run = Iris(task.base), ox.NamedNode(task.run)
    made = make_graphs(
        extractor, postings, iris, run, task.check, seek=True, with_rows=task.with_rows
    )
    return [(one.posting_id, *_lines(one.quads), one.refused, one.sought, one.rows) for one in made]


def _lines(quads: Sequence[ox.Quad]) -> tuple[bytes, int]:
    if isinstance(quads, WrittenGraph):
        return quads.data, quads.size
    return pattern_of(quads).encode(), len(quads)
