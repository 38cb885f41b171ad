"""The pool of workers: queries wait, run and are ended at their deadline.

Neither pyoxigraph nor Oxigraph's own server ends a query that runs too long, and Python cannot
interrupt one: only ending its process does. So each runs in a process of its own, and another
takes the place of one that was ended, while other clients are served by the rest.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import anyio
import anyio.to_thread

from kg.store import StoreError
from kg.web.worker import Job, Reply, refused, work

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from kg.web.protocol import Asked

START: Final = 60.0
"""Seconds that a worker may take to open the store."""
LOOK: Final = 0.25
"""Seconds between two looks whether the client of a running query is still there."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may cost: seconds from its arrival, bytes of its answer; how many may wait."""

    seconds: float = 10.0
    largest: int = 64_000_000
    workers: int = 2
    waiting: int = 64


class Worker:
    """One process with its pipe."""

    def __init__(self, folder: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe: Connection
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=work, args=(folder, theirs), daemon=True, name="kg-serve-worker"
        )
        self._process.start()
        theirs.close()
        self._is_open = False

    def wait_until_open(self) -> None:
        """Return when the worker has the store open. Raises `StoreError` where it has not."""
        if self._is_open:
            return
        try:
            fault = self._pipe.recv() if self._pipe.poll(START) else "the store does not open"
        except EOFError:
            fault = "a worker ended before it had opened the store"
        if fault:
            self.end()
            raise StoreError(str(fault))
        self._is_open = True

    def ask(self, job: Job, seconds: float, gone: threading.Event) -> Reply | None:
        """Return the reply; None at the deadline, or soon after the client is `gone`.

        Raises `EOFError` or `OSError` where the process has ended.
        """
        self.wait_until_open()
        self._pipe.send(job)
        end = time.monotonic() + seconds
        while not gone.is_set():
            left = end - time.monotonic()
            if self._pipe.poll(max(0.0, min(left, LOOK))):
                reply: Reply = self._pipe.recv()
                return reply
            if left <= 0:
                break
        return None

    def end(self) -> None:
        """End the process, whatever it does."""
        self._pipe.close()
        self._process.kill()
        self._process.join()


class Workers:
    """The workers of a store, for reading. Use it as an asynchronous context manager."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = str(folder)
        self.limits = limits
        self._idle: list[Worker] = []
        self._free = anyio.Semaphore(limits.workers)
        self._places = anyio.to_thread.current_default_thread_limiter
        self._waiting = 0

    async def __aenter__(self) -> Workers:
        """Start the workers. Raises `StoreError` where the store does not open."""
        limiter = self._places()
        limiter.total_tokens = max(limiter.total_tokens, self.limits.workers + 8)
        workers = [Worker(self._folder) for _ in range(self.limits.workers)]
        self._idle = workers
        for worker in workers:
            await anyio.to_thread.run_sync(worker.wait_until_open)
        return self

    async def __aexit__(self, *_: object) -> None:
        for worker in self._idle:
            worker.end()
        self._idle = []

    async def ask(self, asked: Asked, accept: str, base: str, gone: threading.Event) -> Reply:
        """Return the answer to a query; 503 where too many wait, or at the deadline.

        A client that is `gone` is waited for no longer, and its query is ended.
        """
        if self._waiting >= self.limits.waiting:
            said = f"{self._waiting} queries wait already; ask again later"
            return refused(503, said, is_busy=True)
        began = time.monotonic()
        with anyio.move_on_after(self.limits.seconds):
            self._waiting += 1
            try:
                await self._free.acquire()
            finally:
                self._waiting -= 1
            try:
                left = max(0.0, self.limits.seconds - (time.monotonic() - began))
                job = Job(asked, accept, self.limits.largest, base)
                with anyio.CancelScope(shield=True):  # the worker is told, or ended, in any case
                    return await anyio.to_thread.run_sync(self._run, job, left, gone)
            finally:
                self._free.release()
        said = f"no worker was free for {self.limits.seconds:g} s; ask later"
        return refused(503, said, is_busy=True)

    def _run(self, job: Job, seconds: float, gone: threading.Event) -> Reply:
        worker = self._idle.pop()
        try:
            reply = worker.ask(job, seconds, gone)
        except (EOFError, OSError):
            reply = refused(500, "the query ended its worker, perhaps for want of memory")
        except StoreError as error:
            reply = refused(500, str(error))
        else:
            if reply is not None:
                self._idle.append(worker)
                return reply
            reply = refused(
                503,
                f"the query ran into its deadline of {self.limits.seconds:g} s and was ended; "
                "narrow it, or add a LIMIT",
            )
        worker.end()
        self._idle.append(Worker(self._folder))  # opens the store while nobody waits for it
        return reply
