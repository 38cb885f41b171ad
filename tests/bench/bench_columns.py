"""What a comparison reads of a store: at first, again, and after one posting went.

    python -m tests.bench.bench_columns STORE FOLDER

STORE is a folder that `kg build` made, such as from `python -m tests.bench.market`; it is copied to
FOLDER, for one of its postings is removed. Seconds are processor time in one process, in this
order: nothing kept; all of it kept; the snapshot after a removal, which has the former answers and
the names of the graphs that changed; the same snapshot with nothing kept, whose comparison must be
the same. The roles are the two that most postings are of. Writes `results/columns.json` and `.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg import KnowledgeGraph
from kg.corpus.source import Source
from kg.snapshots import newest
from kg.store import Store
from kg.touched import COLUMNS, FORMER
from tests.bench.bench_analyses import biggest, forget

if TYPE_CHECKING:
    from kg.coded import Coded

RESULTS: Final = Path(__file__).parent / "results"
WAYS: Final = ("first", "again", "after one posting went", "that from scratch")


def compared(folder: Path, roles: tuple[str, str]) -> tuple[dict[str, float], str]:
    """Return the seconds of a comparison, those of reading its columns, and what it says."""
    reading = 0.0
    source_class: Any = Source
    coded = source_class.coded

    def timed(source: Source, sparql: str) -> Coded:
        nonlocal reading
        began = time.process_time()
        found: Coded = coded(source, sparql)
        reading += time.process_time() - began
        return found

    source_class.coded = timed
    try:
        with KnowledgeGraph.open(folder) as graph:
            began = time.process_time()
            found = graph.compare(*roles)
            whole = time.process_time() - began
            said = json.dumps(found.to_json(), default=str)
    finally:
        source_class.coded = coded
    return {"comparison": round(whole, 2), "columns": round(reading, 2)}, said


def kept(folder: Path, name: str) -> float:
    """Return the megabytes that the newest snapshot keeps."""
    snapshot = newest(folder)
    files = (snapshot.path / name).glob("*") if snapshot else ()
    return round(sum(one.stat().st_size for one in files) / 1e6, 1)


def measure(folder: Path) -> dict[str, Any]:
    """Compare, again, after a removal, and that from scratch."""
    with KnowledgeGraph.open(folder) as graph:
        roles, postings = biggest(graph).roles, len(graph)
    forget(folder)
    found: dict[str, Any] = {"postings": postings}
    found["first"], _ = compared(folder, roles)
    found["again"], _ = compared(folder, roles)
    found["kept megabytes"] = kept(folder, COLUMNS)
    with Store.open(folder, read_only=False) as store:
        names = store.posting_ids()
        store.remove(names[len(names) // 2])
    found["former megabytes"] = kept(folder, FORMER)
    found["after one posting went"], renewed = compared(folder, roles)
    forget(folder)
    found["that from scratch"], fresh = compared(folder, roles)
    found["the same answer"] = renewed == fresh
    return found


def write(found: dict[str, Any]) -> None:
    """Write the figures and their table."""
    loads = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    lines = [
        "# What a comparison reads of a store",
        "",
        f"Processor seconds on {found['postings']:,} postings, of `kg compare` on the two largest "
        "roles and, of these, of reading columns. `python -m tests.bench.bench_columns STORE "
        f"FOLDER`; {os.cpu_count()} cores, load averages when this was written: {loads}. Where "
        "these are above the number of cores, seconds are too high by what processes contend for; "
        "the ratios are of one run.",
        "",
        "| | comparison | reading columns |",
        "|---|---|---|",
        *(
            f"| {way} | {found[way]['comparison']:.2f} s | {found[way]['columns']:.2f} s |"
            for way in WAYS
        ),
        "",
        f"The answers kept are {found['kept megabytes']:.1f} MB; those that the next snapshot has "
        f"of them, {found['former megabytes']:.1f} MB, are the same files while both are there. "
        f"After the removal the answer is {'' if found['the same answer'] else 'NOT '}that from "
        "scratch.",
        "",
    ]
    (RESULTS / "columns.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "columns.md").write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    """Measure a copy of a store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    shutil.copytree(given.store, given.folder)
    write(measure(given.folder))


if __name__ == "__main__":
    main()
