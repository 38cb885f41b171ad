"""What a posting costs as JSON-LD: our framing beside pyld's, over the same triples.

    python -m tests.bench.bench_jsonld

The seeds are framed in turn by either, in one process; the figure is processor time, the median
of the rounds. Writes `results/jsonld.json` and `.md`.
"""

from __future__ import annotations

import json
import platform
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg import KnowledgeGraph
from kg.exports.framing import Framing
from kg.exports.jsonld import context, frame, statements
from kg.exports.labels import Labels
from kg.exports.part import choose
from tests.test_framing import framed_by_pyld

RESULTS: Final = Path(__file__).parent / "results"
SEEDS: Final = Path(__file__).parents[2] / "seeds"
ROUNDS: Final = 7


def main() -> None:
    """Measure and write the results."""
    with KnowledgeGraph.build(SEEDS) as graph:
        labels, part = Labels(graph.store), choose(graph.store)
        nodes = [graph.store.iris.posting(one).value for one in part.ids]
        asked = [
            (list(statements(part.posting(one), node, labels)), node)
            for one, node in zip(part.ids, nodes, strict=True)
        ]
    ours = Framing(context(), frame())
    found = {
        "triples_a_posting": round(statistics.mean(len(triples) for triples, _ in asked)),
        "framing_ms": _median(ours.frame, asked),
        "pyld_ms": _median(framed_by_pyld, asked),
        "pyld": version("pyld"),
        "python": platform.python_version(),
        "date": datetime.now(UTC).date().isoformat(),
    }
    (RESULTS / "jsonld.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "jsonld.md").write_text(
        "# A posting as JSON-LD\n\nMade by `python -m tests.bench.bench_jsonld`, "
        f"{found['date']}: the four seeds, {found['triples_a_posting']} triples each on average, "
        f"processor time a posting, median of {ROUNDS} rounds, both in one process. The objects "
        "are the same.\n\n| | ms a posting |\n|---|---|\n"
        f"| `kg.exports.framing` | {found['framing_ms']} |\n"
        f"| pyld {found['pyld']} | {found['pyld_ms']} |\n",
        encoding="utf-8",
    )


def _median(
    framed: Callable[[list[ox.Triple], str], object], asked: list[tuple[list[ox.Triple], str]]
) -> float:
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for triples, node in asked:
            framed(triples, node)
        spent.append((time.process_time() - began) * 1000 / len(asked))
    return round(statistics.median(spent), 1)


if __name__ == "__main__":
    main()
