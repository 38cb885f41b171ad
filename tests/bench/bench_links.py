"""What the analyses of links cost: seconds and memory at 1,000, 10,000 and 100,000 postings.

    python -m tests.bench.bench_links [--sizes 1000 10000]

Postings are drawn as a matrix, without a store: each of an employer with three postings on
average, of one of twelve fields, asking for some 25 of 1,000 skills, which are the more frequent
the lower their number, and five times as much where they are of its field. Each analysis runs in a
process of its own; seconds are processor time, memory is the highest that the process ever held,
less what it held before. Writes `results/links.json` and `.md`.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array

from kg.analysis.centrality import centrality
from kg.analysis.communities import communities
from kg.analysis.cooccurrence import cooccurrence
from kg.analysis.embedding import embed
from kg.analysis.incidence import Incidence
from kg.analysis.recommend import recommend

if TYPE_CHECKING:
    from collections.abc import Callable

RESULTS: Final = Path(__file__).parent / "results"
SKILLS: Final = 1000
FIELDS: Final = 12
ASKED: Final = 25


def draw_incidence(count: int, seed: int = 1) -> Incidence:
    """Draw postings and what they ask for."""
    draw = np.random.default_rng(seed)
    employers = np.repeat(np.arange(count), draw.geometric(1 / 3, count))[:count]
    base = 1 / (np.arange(SKILLS) + 10.0)
    of = draw.integers(0, FIELDS, SKILLS)
    weights = np.stack([np.where(of == field, 5, 1) * base for field in range(FIELDS)])
    shares = np.minimum(ASKED * weights / weights.sum(axis=1, keepdims=True), 0.9)
    fields = draw.integers(0, FIELDS, count)
    rows, columns = [], []
    for start in range(0, count, 10_000):
        part = fields[start : start + 10_000]
        row, column = np.nonzero(draw.random((len(part), SKILLS)) < shares[part])
        rows.append(row + start)
        columns.append(column)
    where = np.concatenate(rows), np.concatenate(columns)
    names = tuple(f"s{number:04}" for number in range(SKILLS))
    postings = tuple(f"p{number}" for number in range(count))
    return Incidence(
        label=f"{count} postings",
        postings=postings,
        identifiers=postings,
        skills=names,
        labels=names,
        employers=employers.astype(np.intp),
        asks=csr_array((np.ones(len(where[0])), where), shape=(count, SKILLS)),
        choices=csr_array((0, SKILLS)),
        choosers=np.zeros(0, np.intp),
    )


ANALYSES: Final[dict[str, Callable[[Incidence], object]]] = {
    "co-occurrence": cooccurrence,
    "communities": lambda made: communities(cooccurrence(made)),
    "centrality": centrality,
    "vectors": embed,
    "vectors and recommendation": lambda made: recommend(made, embed(made), ["s0050", "s0100"]),
}


def measure(analysis: str, size: int) -> dict[str, float]:
    """Run one analysis in this process."""
    made = draw_incidence(size)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    ANALYSES[analysis](made)
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": round(seconds, 2), "megabytes": round((peak - held) / 1024, 1)}


def main() -> None:
    """Run each analysis at each size and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--one", nargs=2, metavar=("ANALYSIS", "SIZE"))
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.one[0], int(given.one[1]))))  # noqa: T201
        return
    found: dict[str, dict[int, dict[str, float]]] = {}
    for name in ANALYSES:
        for size in given.sizes:
            command = [sys.executable, "-m", "tests.bench.bench_links", "--one", name, str(size)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found.setdefault(name, {})[size] = json.loads(done.stdout)
            print(name, size, done.stdout.strip(), flush=True)  # noqa: T201
    head = " | ".join(f"{size:,} postings" for size in given.sizes)
    lines = [
        "# What the analyses of links cost",
        "",
        "Processor seconds and memory beyond the matrix; `python -m tests.bench.bench_links`. "
        "Postings are drawn as a matrix of 1,000 skills, some 25 a posting, three an employer.",
        "",
        f"| analysis | {head} |",
        f"|---|{'---|' * len(given.sizes)}",
    ]
    for name, by_size in found.items():
        cells = [f"{one['seconds']:.1f} s, {one['megabytes']:.0f} MB" for one in by_size.values()]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    (RESULTS / "links.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "links.md").write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
