"""What it costs that readers work while a build writes.

    python -m tests.bench.bench_reading [--postings 3000] [--every 5]

One process stores postings, 64 at a time, their graphs made beforehand: without extraction, which
would hide what the store does. It publishes a snapshot every so many seconds, or never; two others
open the store, ask a question and close it, again and again, or not. Writes `results/reading.json`
and `.md`: postings a second, how long a snapshot took, the room on the disk at its most, and how
long the readers waited.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, Final

from kg.quads import posting_quads
from kg.questions import ask
from kg.store import Store, StoreError
from kg.upkeep import room_of
from tests.bench.bench_extraction import RESULTS
from tests.factories import make_facts
from tests.stores import fill

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from nlp.types import Facts

SKILLS: Final = ("Python", "SQL", "Git", "Spark", "Java", "Hadoop", "Machine Learning", "C++")
BATCH: Final = 64


def facts(number: int) -> Facts:
    """Return a posting with some 250 quads."""
    return make_facts(
        source=f"{number}.txt",
        title=f"Data Engineer II, team {number}",
        employer=f"Lumen {number % 500}",
        required=SKILLS[:5],
        preferred=SKILLS[5:],
        years=str(1 + number % 9),
    )


def write(folder: str, postings: int, every: float, to: Connection) -> None:
    """Store postings; publish as often as is said, at 0 never before the end."""
    taken: list[float] = []
    most, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            most[0] = max(most[0], room_of(Path(folder)))

    watching = threading.Thread(target=watch)
    watching.start()
    with Store.open(folder, read_only=False) as store:
        run = store.iris.run("0", "", "ef")
        stored, spent, due = 0, 0.0, time.monotonic() + every
        while stored < postings:
            batch = [facts(number) for number in range(stored, stored + BATCH)]
            quads = [quad for one in batch for quad in posting_quads(one, store.iris, run)]
            drop = [store.graph_iri(one.posting.id) for one in batch]
            began = time.monotonic()
            store.apply(drop=drop, add=quads)
            if every and began > due:
                before = time.monotonic()
                store.publish()
                taken.append(time.monotonic() - before)
                due = time.monotonic() + every
            spent += time.monotonic() - began
            stored += BATCH
    done.set()
    watching.join()
    to.send(
        {
            "postings": stored,
            "postings_a_second": round(stored / spent),
            "snapshots": len(taken),
            "snapshot_median": round(median(taken), 2) if taken else None,
            "snapshot_longest": round(max(taken), 2) if taken else None,
            "most_mb": most[0] // 10**6,
            "end_mb": room_of(Path(folder)) // 10**6,
        }
    )


def read(folder: str, to: Connection) -> None:
    """Open, ask, close, until told to end; tell how long each took, and what was refused."""
    seconds: list[float] = []
    refused, states = 0, set()
    while not to.poll():
        began = time.monotonic()
        try:
            with Store.open(folder) as store:
                ask(store, "levels-of-role", {"role": "Data Engineer"})
                states.add(store.view and store.view.snapshot.number)
        except StoreError:
            refused += 1
        seconds.append(time.monotonic() - began)
    to.send(
        {
            "asked": len(seconds),
            "refused": refused,
            "states": len(states),
            "median": round(median(seconds), 3),
            "p95": round(quantiles(seconds, n=20)[18], 3),
        }
    )


def measure(postings: int, every: float, readers: int) -> dict[str, Any]:
    """Let one write and others read."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as place:
        folder = f"{place}/store"
        with Store.open(folder, create=True) as store:
            fill(store, [facts(0)], Path(place))
        ours, theirs = context.Pipe()
        writing = context.Process(target=write, args=(folder, postings, every, theirs))
        ends = [context.Pipe() for _ in range(readers)]
        reading = [context.Process(target=read, args=(folder, end)) for _, end in ends]
        for process in (writing, *reading):
            process.start()
        report = {"every": every, "readers": readers, "writer": ours.recv(), "read": []}
        for end, _ in ends:
            end.send("enough")
            report["read"].append(end.recv())
        for process in (writing, *reading):
            process.join()
    return report


def row(one: dict[str, Any]) -> str:
    wrote, name = one["writer"], f"a snapshot every {one['every']:g} s" if one["every"] else "none"
    if one["readers"]:
        name += f", {one['readers']} readers"
    first = one["read"][0] if one["read"] else {}
    shown = [
        wrote["postings_a_second"],
        wrote["snapshots"],
        wrote["snapshot_median"],
        wrote["snapshot_longest"],
        wrote["most_mb"],
        wrote["end_mb"],
        first.get("median"),
        first.get("p95"),
        first.get("refused"),
    ]
    return f"| {name} | {' | '.join('' if one is None else str(one) for one in shown)} |"


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=3000)
    parser.add_argument("--every", type=float, default=5)
    given = parser.parse_args()
    busy = round(os.getloadavg()[0], 1)
    found = [
        measure(given.postings, every, readers)
        for every, readers in ((0, 0), (given.every, 0), (given.every, 2))
    ]
    said = {"date": datetime.now(UTC).date().isoformat(), "load_before": busy, "runs": found}
    (RESULTS / "reading.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    lines = [
        "# Reading while a build writes",
        "",
        f"`python -m tests.bench.bench_reading --postings {given.postings} --every "
        f"{given.every:g}`, {said['date']}, two cores (load before: {busy}); storing alone.",
        "",
        "| | postings/s | snapshots | median s | longest s | most MB | MB at the end "
        "| reader median s | 95th percentile s | refused |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        *map(row, found),
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    (RESULTS / "reading.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
