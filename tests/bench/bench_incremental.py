"""What a build costs where little or nothing has changed, beside the first one.

    python -m tests.bench.bench_incremental [--files N] [--lines N] [--store N]

Each is a command in a process of its own, from its start to its end, one after the other in one
run: a folder of made postings, one a file, and a file of JSON lines, built by `kg build`, built
again unchanged, and with one posting changed. Then the same change while `kg watch` runs, from the
moment at which the file is there to the moment at which it is committed: in that store, and in one
of many small postings, for what a batch costs must not grow with the store. Writes
`results/incremental.json` and `.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import ontology
from kg.making import ExtractorLike
from kg.quads import posting_quads
from kg.store import Store
from kg.watching.intake import Intake
from kg.watching.watch import watch_folders
from nlp.extract import extractor_of
from ontology.vocabulary import FOLDER
from tests.bench.killable_build import short_postings
from tests.bench.postings import made_postings
from tests.building import FakeExtractor

RESULTS: Final = Path(__file__).parent / "results"
TIMES: Final = 5
"""Changes that are measured; the median is told."""
KEPT: Final = 500
"""Postings of the large store that go into it at once."""


def command(*words: str | Path) -> tuple[float, float, dict[str, Any]]:
    """Return the seconds that a command takes, by the clock and of the processor, and its JSON."""
    began, before = time.perf_counter(), os.times()
    done = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, words), "--json"], capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-2000:])
    after = os.times()
    spent = after.children_user + after.children_system
    return (
        time.perf_counter() - began,
        spent - before.children_user - before.children_system,
        json.loads(done.stdout),
    )


def labels() -> tuple[list[str], list[str]]:
    """Return the names that postings are made of."""
    vocabulary = ontology.load()
    skills = [concept.label for concept in vocabulary.scheme("skills") if concept.kind == "tool"]
    return skills[:500], [concept.label for concept in vocabulary.scheme("fields")]


def rows_of(name: str, source: Path, store: Path, change: Callable[[], None]) -> Iterator[Any]:
    """Yield the figures of an input: built, built again, and with one posting changed."""
    for what in ("first", "unchanged", "one changed"):
        if what == "one changed":
            change()
        clock, spent, report = command("build", source, "--store", store)
        yield {
            "input": name,
            "build": what,
            "seconds": round(clock, 2),
            "processor": round(spent, 2),
            "added": report["added"],
            "replaced": report["replaced"],
            "unchanged": report["unchanged"],
        }


def large_store(folder: Path, count: int) -> Store:
    """Return a store of many small graphs, opened for writing."""
    store = Store.open(folder, create=True)
    extractor = FakeExtractor()
    store.load("ontology", [FOLDER / "rolegraph.ttl"])
    run = store.iris.run("0", "", "")
    from nlp.types import Posting

    quads = []
    for number, text in enumerate(short_postings(count)):
        (facts,) = extractor.pipe([Posting(f"{number}.txt", text, "0")])
        quads += posting_quads(facts, store.iris, run)
        if len(quads) > KEPT * 20:
            store.add_in_bulk(quads)
            quads = []
    store.add_in_bulk(quads)
    return store


def watched_change(store: Store, extractor: ExtractorLike, folder: Path, text: str) -> list[float]:
    """Return the seconds from a file that is there to its posting that is committed."""
    folder.mkdir(exist_ok=True)
    began = 0.0
    found: list[float] = []
    intake = Intake(
        store,
        extractor=extractor,
        stored=lambda made: found.append(time.perf_counter() - began) if made else None,
    )
    batches = watch_folders(intake, [folder], emptied=True)
    next(batches)
    for number in range(TIMES + 1):
        file = folder / "changed.tmp"
        file.write_text(f"{text}\nReference number: R-{number}\n", encoding="utf-8")
        began = time.perf_counter()
        file.rename(folder / "changed.txt")
        next(batches)
    store.oxigraph.flush()
    return sorted(found[1:])  # the first one wakes everything up


def run_bench(place: Path, files: int, lines: int, many: int) -> dict[str, Any]:
    """Return all figures."""
    texts = list(made_postings(max(files, lines), *labels()))
    folder, feed = place / "folder", place / "feed.jsonl"
    folder.mkdir()
    for number, text in enumerate(texts[:files]):
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    records = [
        {"id": str(number), "title": text.split("\n")[0], "description": text}
        for number, text in enumerate(texts[:lines])
    ]

    def write() -> None:
        feed.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")

    def change_file() -> None:
        (folder / "00001.txt").write_text(texts[1] + "\nCall us.\n", encoding="utf-8")

    def change_line() -> None:
        records[1]["description"] += "\nCall us.\n"
        write()

    write()
    rows = [
        *rows_of(f"{files} files", folder, place / "s", change_file),
        *rows_of(f"{lines} lines", feed, place / "t", change_line),
    ]
    extractor = extractor_of(ontology.load())
    with Store.open(place / "s", read_only=False) as store:
        small = watched_change(store, extractor, place / "in", texts[0])
    with large_store(place / "large", many) as store:
        large = watched_change(store, extractor, place / "in-large", texts[0])
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "load": round(os.getloadavg()[0], 1),
        "rows": rows,
        "watch": {str(files): small, str(many): large},
    }


def to_markdown(found: dict[str, Any]) -> str:
    """Return the figures as a page."""
    lines = [
        "# Builds where little has changed",
        "",
        f"`python -m tests.bench.bench_incremental`, {found['date']}, two cores (load "
        f"{found['load']}). Each build is a process of its own, from its start to its end; "
        "`processor` is what does not depend on the load.",
        "",
        "| input | build | s | processor s | times faster | added | replaced | unchanged |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    first: dict[str, float] = {}
    for row in found["rows"]:
        first.setdefault(row["input"], row["processor"])
        ratio = first[row["input"]] / row["processor"]
        cells = [row[name] for name in ("input", "build", "seconds", "processor")]
        cells += [f"{ratio:.1f}", row["added"], row["replaced"], row["unchanged"]]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    lines += ["", "One changed posting while `kg watch` runs, from rename to committed:", ""]
    lines += ["| postings in the store | median s | slowest s |", "|---:|---:|---:|"]
    for count, seconds in found["watch"].items():
        median, worst = seconds[len(seconds) // 2], seconds[-1]
        lines.append(f"| {int(count):,} | {median:.2f} | {worst:.2f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the bench, and write what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--store", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        found = run_bench(Path(place), given.files, given.lines, given.store)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "incremental.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "incremental.md").write_text(to_markdown(found), encoding="utf-8")
    print(to_markdown(found))  # noqa: T201 # the bench's own voice


if __name__ == "__main__":
    main()
