"""What it takes to hold postings to their shapes: compiled, plain checks, and pyshacl beside them.

    python -m tests.bench.bench_validate STORE [--every 20] [--slow 15]

Takes every so many-th posting of a store; pyshacl gets the first few of them only. Milliseconds of
the processor a posting. Writes `results/validate.json` and `.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import shacl
from kg.conformance import shapes_of
from kg.store import Store
from kg.validate import check_plainly, validate_graph
from tests.bench.bench_extraction import RESULTS

if TYPE_CHECKING:
    import pyoxigraph as ox


def milliseconds(work: Callable[[list[ox.Quad]], object], graphs: Sequence[list[ox.Quad]]) -> float:
    """Return what a graph takes, on average; the first of all is not counted."""
    work(graphs[0])
    began = time.process_time()
    for graph in graphs:
        work(graph)
    return round(1000 * (time.process_time() - began) / len(graphs), 2)


def _both(graph: list[ox.Quad]) -> object:
    return validate_graph(graph[0].graph_name.value, graph)  # type: ignore[union-attr]


def measure(path: Path, every: int, slow: int) -> dict[str, Any]:
    """Measure each way on the same graphs."""
    with Store.open(path) as store:
        names = [store.graph_iri(name) for name in store.posting_ids()[::every]]
        began = time.process_time()
        graphs = [list(store.quads(name)) for name in names]
        reading = round(1000 * (time.process_time() - began) / len(names), 2)
        shapes = shapes_of("postings")
        return {
            "date": datetime.now(UTC).date().isoformat(),
            "load": round(os.getloadavg()[0], 1),
            "postings": len(store),
            "looked_at": len(names),
            "quads_a_posting": round(sum(map(len, graphs)) / len(graphs)),
            "reading": reading,
            "plain checks": milliseconds(check_plainly, graphs),
            "compiled shapes": milliseconds(shapes.conform, graphs),
            "both, as kg validate does": milliseconds(_both, graphs),
            "pyshacl": milliseconds(
                lambda one: list(shacl.report("g", one, "postings")), graphs[:slow]
            ),
        }


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--every", type=int, default=20)
    parser.add_argument("--slow", type=int, default=15)
    given = parser.parse_args()
    found = measure(given.store, given.every, given.slow)
    (RESULTS / "validate.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    ways = ("reading", "plain checks", "compiled shapes", "both, as kg validate does", "pyshacl")
    lines = [
        "# Validation",
        "",
        f"`python -m tests.bench.bench_validate STORE --every {given.every}`, {found['date']}, "
        f"load {found['load']}; {found['looked_at']} of {found['postings']:,} postings of "
        f"{found['quads_a_posting']} quads, pyshacl {given.slow} of them. One core.",
        "",
        "| | ms a posting | minutes for 100,000 |",
        "|---|---:|---:|",
        *(f"| {way} | {found[way]} | {found[way] * 100 / 60:.1f} |" for way in ways),
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    (RESULTS / "validate.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
