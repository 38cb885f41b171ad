"""A large store from a smaller one: its postings again and again, each time under other names.

    python -m tests.bench.many STORE TARGET [--times 10]

For measuring questions at a size that extraction would take an hour for. Names of postings are
drawn anew, so every repetition has graphs, requirements and evidence of its own; roles, skills,
employers and places stay, and grow by as many postings. Copies are not grouped: each would be one
of all its repetitions.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.store import Store

WHOLE = ("ontology", "vocabulary", "runs")
"""Graphs that are there once, however many postings there are."""


def lines(store: Store, times: int) -> Iterator[str]:
    """Yield the large store as N-Quads."""
    for name in WHOLE:
        for quad in store.quads(store.graph_iri(name)):
            yield f"{quad} .\n"
    for posting in store.posting_ids():
        graph = "".join(f"{quad} .\n" for quad in store.quads(store.graph_iri(posting)))
        yield graph
        for turn in range(1, times):
            name = hashlib.sha256(f"{posting} {turn}".encode()).hexdigest()[: len(posting)]
            yield graph.replace(posting, name)


def multiply(source: Path, target: Path, times: int) -> tuple[int, int]:
    """Write the large store; return its postings and quads. Nothing but a pipe is between."""
    with tempfile.TemporaryDirectory() as place, Store.open(source) as store:
        pipe = Path(place) / "quads.nq"
        os.mkfifo(pipe)

        def send() -> None:
            with pipe.open("w", encoding="utf-8") as end:
                for part in lines(store, times):
                    end.write(part)

        sending = threading.Thread(target=send)
        sending.start()
        with Store.open(target, create=True, base=store.base) as large:
            large.oxigraph.bulk_load(path=str(pipe), format=ox.RdfFormat.N_QUADS)
            sending.join()
            return len(large), len(large.oxigraph)


def main() -> None:
    """Write the store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--times", type=int, default=10)
    given = parser.parse_args()
    began = time.perf_counter()
    postings, quads = multiply(given.store, given.target, given.times)
    print(f"{postings:,} postings, {quads:,} quads, {time.perf_counter() - began:.0f} s")  # noqa: T201


if __name__ == "__main__":
    main()
