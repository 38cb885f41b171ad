"""How the endpoint serves many clients while one query runs away.

    python -m tests.bench.bench_endpoint STORE [--clients 64] [--seconds 10] [--timeout 3]

Starts `kg serve` on the store, lets the clients ask named questions one after another, first
alone, then with one runaway query among them that begins again whenever it is ended. Writes
`results/endpoint.md`: answers a second, the median and 95th percentile of their times, and what
was refused.
"""

from __future__ import annotations

import argparse
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from kg.questions import questions
from kg.store import Store

RESULTS = Path(__file__).parent / "results" / "endpoint.md"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?i) }"
ASKED = ("degrees-by-level", "employers-of-skill", "postings", "work-modes")


@dataclass
class Measured:
    """Seconds of each answer, and how many of each status there were."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def get(url: str) -> int:
    try:
        with urlopen(url, timeout=120) as answer:  # noqa: S310 # loopback
            answer.read()
            return int(answer.status)
    except HTTPError as error:
        error.read()
        return error.code


def load(urls: list[str], clients: int, seconds: float) -> Measured:
    """Let so many clients ask in turns for so many seconds."""
    measured = Measured()
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        turn = number
        while time.monotonic() < end:
            began = time.monotonic()
            status = get(urls[turn % len(urls)])
            measured.seconds.append(time.monotonic() - began)
            measured.statuses[status] += 1
            turn += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return measured


def row(name: str, measured: Measured, seconds: float) -> str:
    refused = {status: n for status, n in sorted(measured.statuses.items()) if status != 200}
    return (
        f"| {name} | {measured.statuses[200] / seconds:.0f} | {median(measured.seconds):.3f} "
        f"| {quantiles(measured.seconds, n=20)[18]:.3f} | {refused or 'none'} |"
    )


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--timeout", type=float, default=3)
    given = parser.parse_args()
    with Store.open(given.store) as store:
        postings = len(store)
    command = [sys.executable, "-m", "kg", "serve", "--store", str(given.store), "--port", "0"]
    command += ["--timeout", str(given.timeout)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        if server.stderr is None:
            raise RuntimeError("the server says nothing")
        address = re.search(r"http://\S+/sparql", server.stderr.readline())
        if address is None:
            raise RuntimeError("the server did not start")
        urls = [
            f"{address.group()}?{urlencode({'query': questions()[name].sparql})}" for name in ASKED
        ]
        for url in urls:
            get(url)
        alone = load(urls, given.clients, given.seconds)
        stop = threading.Event()

        def run_away() -> None:
            while not stop.is_set():
                get(f"{address.group()}?{urlencode({'query': RUNAWAY})}")

        runaway = threading.Thread(target=run_away)
        runaway.start()
        beside = load(urls, given.clients, given.seconds)
        stop.set()
        runaway.join()
        server.send_signal(signal.SIGINT)
        server.wait(10)
    lines = [
        "# Endpoint",
        "",
        f"`python -m tests.bench.bench_endpoint STORE --clients {given.clients} "
        f"--seconds {given.seconds:g} --timeout {given.timeout:g}`, {postings:,} postings, "
        f"two workers; the clients ask {', '.join(ASKED)} in turns.",
        "",
        "| | answers/s | median s | 95th percentile s | refused |",
        "|---|---:|---:|---:|---|",
        row(f"{given.clients} clients", alone, given.seconds),
        row(f"{given.clients} clients and a runaway query", beside, given.seconds),
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
