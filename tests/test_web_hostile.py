"""The endpoint under clients that are slow, rude or gone; and its workers when they die."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import anyio
import pytest

from kg.web.patience import patient_for
from kg.web.protocol import Asked
from kg.web.worker import Reply
from kg.web.workers import Limits, Workers
from tests.servers import kg_serve

DEADLINE: Final = 1.5
RUNAWAY: Final = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?i) }"
BASE: Final = "http://a.example/sparql"
ASK: Final = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n"
POST: Final = (
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
)


@pytest.fixture(scope="module")
def endpoint(store: Path) -> Iterator[str]:
    with kg_serve(store, "--timeout", str(DEADLINE), "--workers", "1") as address:
        yield address


def send(endpoint: str, *parts: bytes, pause: float = 0.0) -> bytes:
    """Send bytes as they are, with pauses between the parts; return all that comes back."""
    there = urlsplit(endpoint)
    with socket.create_connection((there.hostname, there.port), timeout=20) as connection:
        received = b""
        with suppress(ConnectionError):  # the server has heard enough
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
            while more := connection.recv(65536):
                received += more
        return received


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


CLOSE: Final = b"Connection: close\r\n\r\n"
REQUESTS: Final = {
    "as it should be": (ASK + CLOSE, 200),
    "no HTTP": (b"\x16\x03\x01 hello\r\n\r\n", 400),
    "a method that nobody knows": (ASK.replace(b"GET", b"BREW") + CLOSE, 405),
    "trace": (ASK.replace(b"GET", b"TRACE") + CLOSE, 405),
    "options": (ASK.replace(b"GET", b"OPTIONS") + CLOSE, 204),
    "head": (ASK.replace(b"GET", b"HEAD") + CLOSE, 200),
    "an address with a hole": (ASK.replace(b"ASK%7B%7D", b"ASK%7B%7") + CLOSE, 400),
    "bytes that are no UTF-8": (ASK.replace(b"ASK%7B%7D", b"%C3%28") + CLOSE, 400),
    "a zero byte": (ASK.replace(b"ASK%7B%7D", b"ASK%00%7B%7D") + CLOSE, 400),
    "two queries": (ASK.replace(b"?", b"?query=ASK%7B%7D&") + CLOSE, 400),
    "an empty query": (ASK.replace(b"ASK%7B%7D", b"") + CLOSE, 400),
    "no host": (b"GET /sparql HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
    "another's host": (ASK.replace(b"localhost", b"evil.example") + CLOSE, 400),
    "an address that is nobody's": (ASK.replace(b"/sparql", b"/admin") + CLOSE, 404),
    "a header of 3 MB": (ASK + b"X: " + b"a" * 3_000_000 + b"\r\n" + CLOSE, 400),
    "a body of 600 kB, its length told": (
        POST + b"Content-Length: 600000\r\n" + CLOSE + b"a" * 600_000,
        413,
    ),
    "a body of 600 kB in chunks": (
        POST
        + b"Transfer-Encoding: chunked\r\n"
        + CLOSE
        + b"186A0\r\n%b\r\n" % (b"a" * 100_000) * 6,
        413,
    ),
    "two lengths": (POST + b"Content-Length: 6\r\nContent-Length: 7\r\n" + CLOSE + b"ASK {}", 400),
    "a WebSocket": (ASK + b"Upgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n", 200),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_every_request_gets_an_answer(endpoint: str, name: str) -> None:
    request, expected = REQUESTS[name]
    answer = send(endpoint, request)
    assert not answer or status(answer) == expected  # who sends too much may hear nothing
    assert answer or len(request) > 500_000
    assert status(send(endpoint, ASK + CLOSE)) == 200


def test_methods_that_work_are_told(endpoint: str) -> None:
    for method in (b"OPTIONS", b"BREW"):
        answer = send(endpoint, ASK.replace(b"GET", method) + CLOSE)
        assert b"\r\nallow: GET, HEAD, OPTIONS, POST\r\n" in answer


SLOW: Final = {
    "nothing comes": (b"",),
    "the head comes byte by byte": tuple(ASK[place : place + 1] for place in range(10)),
    "the body stops": (POST + b"Content-Length: 6\r\n\r\nASK",),
    "a second request stops": (ASK + b"\r\n", b"GET /spa"),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_slow_client_is_not_waited_for(endpoint: str, name: str) -> None:
    began = time.monotonic()
    answer = send(endpoint, *SLOW[name], pause=0.1)
    assert b"HTTP/1.1 408 " in answer
    assert time.monotonic() - began < DEADLINE + 3
    assert status(send(endpoint, ASK + CLOSE)) == 200


def test_slow_clients_hold_nobody_else_up(endpoint: str) -> None:
    there = urlsplit(endpoint)
    address = (there.hostname, there.port)
    held = [socket.create_connection(address, timeout=20) for _ in range(100)]
    try:
        for connection in held:
            connection.sendall(ASK)
        assert status(send(endpoint, ASK + CLOSE)) == 200
    finally:
        for connection in held:
            connection.close()


class Written:
    """A connection with bytes that its client has not taken."""

    def __init__(self, left: int) -> None:
        self.left, self.is_cut = left, False

    def get_write_buffer_size(self) -> int:
        return self.left

    def abort(self) -> None:
        self.is_cut = True


@pytest.mark.parametrize(("left", "is_cut"), [(10, True), (0, False)])
def test_a_client_that_takes_no_answer_is_cut_off(left: int, is_cut: bool) -> None:
    protocol = object.__new__(patient_for(1.0))
    protocol.transport = connection = Written(left)  # type: ignore[assignment] # all that it needs
    protocol._cut()
    assert connection.is_cut is is_cut


# Workers by themselves


def ask(folder: Path, seconds: float, happen: str) -> tuple[Reply | None, float, Reply]:
    """Run away, let something happen, and ask again: both replies, and how long the first took."""

    async def both() -> tuple[Reply | None, float, Reply]:
        gone = threading.Event()
        async with Workers(folder, Limits(seconds=seconds, workers=1)) as workers:
            (worker,) = workers._idle
            began, first = time.monotonic(), None

            async def run_away() -> None:
                nonlocal first
                first = await workers.ask(Asked(RUNAWAY), "", BASE, gone)

            async with anyio.create_task_group() as group:
                group.start_soon(run_away)
                await anyio.sleep(0.3)
                if happen == "the client goes":
                    gone.set()
                elif happen == "the worker is killed":
                    assert worker._process.pid is not None
                    os.kill(worker._process.pid, signal.SIGKILL)
            took = time.monotonic() - began
            return first, took, await workers.ask(Asked("ASK {}"), "", BASE, threading.Event())

    return anyio.run(both)


def test_the_query_of_a_client_that_is_gone_is_ended(store: Path) -> None:
    _, took, after = ask(store, 60, "the client goes")
    assert took < 10, "long before the deadline of 60 s"
    assert after.status == 200


def test_a_worker_that_is_killed_is_replaced_and_its_client_told(store: Path) -> None:
    reply, took, after = ask(store, 60, "the worker is killed")
    assert reply is not None
    assert reply.status == 500
    assert b"ended its worker" in reply.body
    assert took < 10
    assert after.status == 200
