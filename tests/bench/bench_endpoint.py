"""How the endpoint serves many clients while one query runs away, beside Oxigraph's own server.

    python -m tests.bench.bench_endpoint STORE [--clients 64] [--seconds 20] [--timeout 3]

Serves the store with `kg serve` and then with `oxigraph serve-read-only`, both with the same
deadline. The clients ask named questions one after another, first alone, then with one runaway
query among them that begins again whenever it is ended. Writes `results/endpoint.json` and `.md`:
answers a second, the median and 95th percentile of the seconds that they took, what was refused,
and what became of the runaway.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from kg.names import Names
from kg.questions import questions
from kg.snapshots import newest
from kg.store import Store
from tests.bench.bench_extraction import RESULTS
from tests.bench.bench_questions import arguments, parameters
from tests.servers import oxigraph_command

RUNAWAY: Final = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?i) }"
ASKED: Final = ("employers-of-skill", "levels-of-role", "postings-asking-for", "skills-of-role")
JSON: Final = "application/sparql-results+json"
PATIENCE: Final = 30.0
"""Seconds after which a client gives up."""


@dataclass
class Measured:
    """Seconds of each answer, and how many of each status there were; 0 is none at all."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def get(self, url: str) -> None:
        """Ask, and note how long the answer took."""
        began = time.monotonic()
        status = _status(url)
        self.seconds.append(time.monotonic() - began)
        self.statuses[status] += 1

    def figures(self, seconds: float) -> dict[str, Any]:
        """Return what is written down."""
        enough = len(self.seconds) > 1
        return {
            "answers_a_second": round(self.statuses[200] / seconds, 1),
            "median": round(median(self.seconds), 3) if self.seconds else None,
            "p95": round(quantiles(self.seconds, n=20)[18], 3) if enough else None,
            "longest": round(max(self.seconds), 1) if self.seconds else None,
            "statuses": {str(status): n for status, n in sorted(self.statuses.items())},
        }


def _status(url: str) -> int:
    try:
        with urlopen(Request(url, headers={"Accept": JSON}), timeout=PATIENCE) as answer:  # noqa: S310 # loopback
            answer.read()
            return int(answer.status)
    except HTTPError as error:
        error.read()
        return error.code
    except (URLError, OSError, http.client.HTTPException):
        return 0


def load(urls: Sequence[str], clients: int, seconds: float) -> Measured:
    """Let so many clients ask in turns for so many seconds."""
    measured = Measured()
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        turn = number
        while time.monotonic() < end:
            measured.get(urls[turn % len(urls)])
            turn += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return measured


@contextmanager
def kg_server(store: Path, timeout: float) -> Iterator[tuple[str, int]]:
    """Run `kg serve`; yield its address and its process."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0"]
    command += ["--timeout", str(timeout)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            address = re.search(
                r"http://\S+/sparql", server.stderr.readline() if server.stderr else ""
            )
            if address is None:
                raise RuntimeError("the server did not start")
            yield address.group(), server.pid
            server.send_signal(signal.SIGINT)
            server.wait(10)
        finally:
            server.kill()


@contextmanager
def oxigraph_server(store: Path, timeout: float) -> Iterator[tuple[str, int]]:
    """Run Oxigraph's server on the store's snapshot; yield its address and its process."""
    command, snapshot = oxigraph_command(), newest(store)
    if command is None or snapshot is None:
        raise RuntimeError("Oxigraph's server is not installed (PyPI: oxigraph)")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [command, "serve-read-only", "--location", str(snapshot.path), "--union-default-graph"]
    words += ["--bind", f"127.0.0.1:{port}", "--timeout-s", str(max(1, round(timeout)))]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as server:
        try:
            while not _status(f"http://127.0.0.1:{port}/"):
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/query", server.pid
        finally:
            server.kill()


SERVERS: Final = {"kg serve": kg_server, "oxigraph serve-read-only": oxigraph_server}


def measure(
    server: str, store: Path, queries: Sequence[str], given: argparse.Namespace
) -> dict[str, Any]:
    """Measure one server: the clients alone, and beside the runaway query."""
    with SERVERS[server](store, given.timeout) as (address, process):
        urls = [f"{address}?{urlencode({'query': query})}" for query in queries]
        for url in urls:
            _status(url)
        alone = load(urls, given.clients, given.seconds)
        stop, runaway = threading.Event(), Measured()

        def run_away() -> None:
            while not stop.is_set():
                runaway.get(f"{address}?{urlencode({'query': RUNAWAY})}")

        thread = threading.Thread(target=run_away)
        thread.start()
        beside = load(urls, given.clients, given.seconds)
        stop.set()
        thread.join(2 * given.timeout)
        went_on = thread.is_alive()
        if went_on:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            thread.join()
    return {
        "alone": alone.figures(given.seconds),
        "beside": beside.figures(given.seconds),
        "runaway": runaway.figures(given.seconds) | {"went_on": went_on},
    }


def rows(server: str, found: Mapping[str, Any], clients: int) -> list[str]:
    made = []
    for key, name in (("alone", f"{clients} clients"), ("beside", "the same and a runaway query")):
        one = found[key]
        other = {status: n for status, n in one["statuses"].items() if status != "200"}
        made.append(
            f"| {server}: {name} | {one['answers_a_second']} | {one['median']} | {one['p95']} "
            f"| {one['longest']} | {other or 'none'} |"
        )
    return made


def told(server: str, found: Mapping[str, Any]) -> str:
    one = found["runaway"]
    if one["went_on"]:
        return f"- {server}: the runaway query was still running when its server was killed."
    if set(one["statuses"]) == {"0"}:
        return (
            f"- {server}: the runaway query was never ended; its client gave up "
            f"{one['statuses']['0']} times, after {PATIENCE:g} s."
        )
    return (
        f"- {server}: the runaway query was ended {sum(one['statuses'].values())} times "
        f"(statuses {one['statuses']}), after {one['median']} s in the median."
    )


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--timeout", type=float, default=3)
    given = parser.parse_args()
    with Store.open(given.store) as store:
        postings, names, usual = len(store), Names.of(store), arguments(store)[1]
        queries = [
            questions()[name].bind(names, parameters(questions()[name], usual)) for name in ASKED
        ]
    busy = round(os.getloadavg()[0], 1)
    found = {name: measure(name, given.store, queries, given) for name in SERVERS}
    said = {
        "date": datetime.now(UTC).date().isoformat(),
        "postings": postings,
        "clients": given.clients,
        "seconds": given.seconds,
        "timeout": given.timeout,
        "load_before": busy,
        "servers": found,
    }
    (RESULTS / "endpoint.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    lines = [
        "# Endpoint",
        "",
        f"`python -m tests.bench.bench_endpoint STORE --clients {given.clients} "
        f"--seconds {given.seconds:g} --timeout {given.timeout:g}`, {said['date']}, "
        f"{postings:,} postings, two cores (load before: {busy}); the clients ask "
        f"{', '.join(ASKED)} in turns, of a role and a skill of middling frequency.",
        "",
        "| | answers/s | median s | 95th percentile s | longest s | other statuses |",
        "|---|---:|---:|---:|---:|---|",
        *(line for name in found for line in rows(name, found[name], given.clients)),
        "",
        *(told(name, found[name]) for name in found),
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    (RESULTS / "endpoint.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
