"""Pools of workers: queries and pages wait, run and are ended at their deadline.

Neither pyoxigraph nor Oxigraph's own server ends a query that runs too long, and Python cannot
interrupt one: only ending its process does. So each runs in a process of its own, and another
takes the place of one that was ended, while other clients are served by the rest.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self

import anyio
import anyio.to_thread

from kg.store import StoreError
from kg.web.worker import Job, Reply, refused, work

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from kg.web.protocol import Asked

LOOK: Final = 0.25
"""Seconds between two looks whether the client of a running query is still there."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may cost: seconds from its arrival, bytes of its answer; how many may wait."""

    seconds: float = 10.0
    largest: int = 64_000_000
    workers: int = 2
    waiting: int = 64


@dataclass(frozen=True, slots=True)
class Trade:
    """What a pool calls one of its jobs and many, and what a client may do about a slow one."""

    one: str = "query"
    many: str = "queries"
    advice: str = "narrow it, or add a LIMIT"
    start: float = 60.0
    """Seconds that a worker may take to open the store."""


class StillOpeningError(Exception):
    """A worker that is not ready: it goes on, and so is not ended for it."""


class Worker:
    """One process with its pipe: it runs `target` over what it is given and its end of the pipe."""

    def __init__(
        self, target: Callable[[Any, Connection], None], given: object, start: float
    ) -> None:
        self._latest = time.monotonic() + start
        context = multiprocessing.get_context("spawn")
        self._pipe: Connection
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=target, args=(given, theirs), daemon=True, name="kg-serve-worker"
        )
        self._process.start()
        theirs.close()
        self._is_open = False

    def wait_until_open(self, seconds: float | None = None) -> bool:
        """Say whether the worker has the store open, after so many seconds at the most.

        Raises `StoreError` where it cannot, or not in the time that it may take from its start.
        """
        if self._is_open:
            return True
        left = self._latest - time.monotonic()
        wait = max(0.0, left if seconds is None else min(left, seconds))
        try:
            if self._pipe.poll(wait):
                fault = self._pipe.recv()
            elif wait < left:
                return False
            else:
                fault = "the store does not open"
        except EOFError:
            fault = "a worker ended before it had opened the store"
        if fault:
            self.end()
            raise StoreError(str(fault))
        self._is_open = True
        return True

    def ask(self, job: object, seconds: float, gone: threading.Event) -> object:
        """Return the reply; None at the deadline, or soon after the client is `gone`.

        Raises `EOFError` or `OSError` where the process has ended, and `StillOpeningError` where it
        is not ready by then: it counts from now on, ready or not.
        """
        end = time.monotonic() + seconds
        while not self.wait_until_open(max(0.0, min(end - time.monotonic(), LOOK))):
            if gone.is_set() or time.monotonic() >= end:
                raise StillOpeningError("the store is still being opened; ask again in a while")
        self._pipe.send((job, max(0.0, end - time.monotonic())))
        while not gone.is_set():
            left = end - time.monotonic()
            if self._pipe.poll(max(0.0, min(left, LOOK))):
                reply: object = self._pipe.recv()
                return reply
            if left <= 0:
                break
        return None

    def end(self) -> None:
        """End the process, whatever it does."""
        self._pipe.close()
        self._process.kill()
        self._process.join()


class Pool:
    """Workers that do the same job. Use it as an asynchronous context manager."""

    def __init__(
        self,
        target: Callable[[Any, Connection], None],
        given: object,
        limits: Limits,
        trade: Trade | None = None,
    ) -> None:
        self.limits = limits
        self._trade = trade or Trade()
        self._make = partial(Worker, target, given, self._trade.start)
        self._idle: list[Worker] = []
        self._free = anyio.Semaphore(limits.workers)
        self._places = anyio.to_thread.current_default_thread_limiter
        self._waiting = 0

    async def __aenter__(self) -> Self:
        """Start the workers; each opens the store before its first job."""
        limiter = self._places()
        limiter.total_tokens += self.limits.workers
        self._idle = [self._make() for _ in range(self.limits.workers)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for worker in self._idle:
            worker.end()
        self._idle = []

    async def run(self, job: object, gone: threading.Event) -> object:
        """Return what a worker answers; a `Reply` of 503 where too many wait, or at the deadline.

        A client that is `gone` is waited for no longer, and its job is ended.
        """
        said = self._trade
        if self._waiting >= self.limits.waiting:
            found = f"{self._waiting} {said.many} wait already; ask again later"
            return refused(503, found, is_busy=True)
        began = time.monotonic()
        with anyio.move_on_after(self.limits.seconds):
            self._waiting += 1
            try:
                await self._free.acquire()
            finally:
                self._waiting -= 1
            try:
                left = max(0.0, self.limits.seconds - (time.monotonic() - began))
                with anyio.CancelScope(shield=True):  # the worker is told, or ended, in any case
                    return await anyio.to_thread.run_sync(self._run, job, left, gone)
            finally:
                self._free.release()
        found = f"no worker was free for {self.limits.seconds:g} s; ask later"
        return refused(503, found, is_busy=True)

    def _run(self, job: object, seconds: float, gone: threading.Event) -> object:
        worker = self._idle.pop()
        said = self._trade
        try:
            reply = worker.ask(job, seconds, gone)
        except (EOFError, OSError):
            reply = refused(500, f"the {said.one} ended its worker, perhaps for want of memory")
        except StillOpeningError as error:
            self._idle.append(worker)
            return refused(503, str(error), is_busy=True)
        except StoreError as error:
            reply = refused(500, str(error))
        else:
            if reply is not None:
                self._idle.append(worker)
                return reply
            reply = refused(
                503,
                f"the {said.one} ran into its deadline of {self.limits.seconds:g} s and was ended; "
                f"{said.advice}",
            )
        worker.end()
        self._idle.append(self._make())  # opens the store while nobody waits for it
        return reply


class Workers(Pool):
    """The workers that answer queries over a store, for reading."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        super().__init__(work, str(folder), limits)

    async def __aenter__(self) -> Self:
        """Start the workers. Raises `StoreError` where the store does not open."""
        await super().__aenter__()
        for worker in self._idle:
            await anyio.to_thread.run_sync(worker.wait_until_open)
        return self

    async def ask(self, asked: Asked, accept: str, base: str, gone: threading.Event) -> Reply:
        """Return the answer to a query; 503 where too many wait, or at the deadline."""
        reply = await self.run(Job(asked, accept, self.limits.largest, base), gone)
        if not isinstance(reply, Reply):
            raise TypeError(f"a worker answered with {type(reply).__name__}")
        return reply
