"""What each analysis costs on stores of 1,000, 10,000 and 100,000 postings.

    python -m tests.bench.bench_analyses STORE [STORE ...]

Each store is a folder that `kg build` made, such as from `python -m tests.bench.market`; nothing
but the columns that a snapshot keeps is written to it. Each analysis runs in a process of its own,
twice: the first finds nothing kept, the second finds what the first read (`kg.corpus.keeping`).
Seconds are processor time without the start of Python, memory is the highest that the process
held. The roles are the two that most postings are of. The exponent is that of the second seconds
between the smallest and the largest store. Writes `results/analyses.json` and `.md`.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg import KnowledgeGraph
from kg.corpus.keeping import FOLDER
from kg.snapshots import newest

if TYPE_CHECKING:
    from collections.abc import Callable

RESULTS: Final = Path(__file__).parent / "results"

Roles = tuple[str, str]
ANALYSES: Final[dict[str, Callable[[KnowledgeGraph, Roles], Any]]] = {
    "who asks for what": lambda graph, _: graph.corpus().asks,
    "separation": lambda graph, roles: graph.compare(*roles),
    "co-occurrence": lambda graph, _: graph.cooccurrence(),
    "communities": lambda graph, _: graph.communities(),
    "centrality of a role": lambda graph, roles: graph.central(role=roles[0]),
    "ladder": lambda graph, roles: graph.ladder(roles[0], plain=True),
    "trends": lambda graph, _: graph.trends(),
    "pay of a role": lambda graph, roles: graph.pay(role=roles[0]),
    "path": lambda graph, roles: graph.path(*roles),
    "audit": lambda graph, _: graph.audit(),
    "networkx graph": lambda graph, _: graph.to_networkx(),
}


def biggest(graph: KnowledgeGraph) -> Roles:
    """Return the two roles that most postings are of."""
    corpus = graph.corpus()
    counts = Counter(role for role in corpus.facets.roles if role)
    first, second = sorted(counts, key=lambda role: (-counts[role], role))[:2]
    return corpus.label(first), corpus.label(second)


def measure(store: Path, analysis: str, roles: Roles) -> dict[str, float]:
    """Run one analysis in this process."""
    with KnowledgeGraph.open(store) as graph:
        began = time.process_time()
        ANALYSES[analysis](graph, roles)
        seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": round(seconds, 2), "megabytes": round(peak / 1024, 1)}


def forget(store: Path) -> None:
    """Take away what the newest snapshot keeps."""
    snapshot = newest(store)
    if snapshot:
        shutil.rmtree(snapshot.path / FOLDER, ignore_errors=True)


def apart(store: Path, analysis: str, roles: Roles) -> dict[str, float]:
    """Run one analysis in a process of its own."""
    words = [sys.executable, "-m", "tests.bench.bench_analyses", str(store), "--one", analysis]
    done = subprocess.run([*words, *roles], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def exponent(found: dict[int, dict[str, Any]]) -> float | None:
    """Return how the seconds grow with the postings; None for one size."""
    small, large = min(found), max(found)
    if small == large:
        return None
    ratio = found[large]["again"]["seconds"] / max(0.01, found[small]["again"]["seconds"])
    return round(math.log(max(ratio, 0.01)) / math.log(large / small), 2)


def main() -> None:
    """Run each analysis on each store and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stores", type=Path, nargs="+")
    parser.add_argument("--one", nargs=3, metavar=("ANALYSIS", "ROLE", "ROLE"))
    parser.add_argument("--only", nargs="*", default=list(ANALYSES))
    given = parser.parse_args()
    if given.one:
        analysis, first, second = given.one
        print(json.dumps(measure(given.stores[0], analysis, (first, second))))  # noqa: T201
        return
    found: dict[str, dict[int, dict[str, Any]]] = {}
    for store in given.stores:
        with KnowledgeGraph.open(store) as graph:
            size, roles = len(graph), biggest(graph)
        for name in given.only:
            forget(store)
            both = {time_: apart(store, name, roles) for time_ in ("first", "again")}
            found.setdefault(name, {})[size] = both
            print(size, name, both, flush=True)  # noqa: T201
    write(found)


def write(found: dict[str, dict[int, dict[str, Any]]]) -> None:
    """Write the figures and their table."""
    sizes = sorted({size for by_size in found.values() for size in by_size})
    lines = [
        "# What each analysis costs",
        "",
        "Processor seconds at first, and again with what the first reading kept; the memory of the "
        "process. `python -m tests.bench.bench_analyses STORE ...`, on stores of "
        "`tests.bench.market`.",
        "",
        f"| analysis | {' | '.join(f'{size:,} postings' for size in sizes)} | exponent |",
        f"|---|{'---|' * (len(sizes) + 1)}",
    ]
    for name, by_size in found.items():
        cells = [
            f"{one['first']['seconds']:.1f} s, again {one['again']['seconds']:.1f} s, "
            f"{one['again']['megabytes']:.0f} MB"
            for one in (by_size[size] for size in sizes if size in by_size)
        ]
        lines.append(f"| {name} | {' | '.join(cells)} | {exponent(by_size) or '-'} |")
    (RESULTS / "analyses.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "analyses.md").write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
