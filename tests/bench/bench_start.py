"""How long a command takes to begin, beside what it cannot do without.

    python -m tests.bench.bench_start STORE [--times 15]

Each is a process of its own, all of them in turns; times are of the processor, the system's
included, so that what else runs counts little. The store should be small: what is asked is next
to nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).parent / "results"
BARE: Final = "python -c 'import pyoxigraph'"
FRAMEWORK: Final = "python -c 'import typer, typer._adapters'"


def commands(store: str) -> dict[str, list[str]]:
    """Return what is measured, by the name it has in the table."""
    kg = [sys.executable, "-m", "kg"]
    at = ["--store", store]
    return {
        BARE: [sys.executable, "-c", "import pyoxigraph"],
        FRAMEWORK: [sys.executable, "-c", "import typer, typer._adapters"],
        "kg query --csv": [*kg, "query", "SELECT * { ?s ?p ?o } LIMIT 1", "--csv", *at],
        "kg query": [*kg, "query", "SELECT * { ?s ?p ?o } LIMIT 1", *at],
        "kg ask": [*kg, "ask", "employers", *at],
        "kg --help": [*kg, "--help"],
    }


def seconds(command: list[str]) -> float:
    """Run it, and return the processor's seconds that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store")
    parser.add_argument("--times", type=int, default=15)
    given = parser.parse_args()
    asked = commands(given.store)
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(given.times):
        for name, command in asked.items():
            taken[name].append(seconds(command))
    found = {name: round(statistics.median(times), 3) for name, times in taken.items()}
    lines = [
        "# Start",
        "",
        f"`python -m tests.bench.bench_start STORE --times {given.times}`, medians of the "
        f"processor's seconds; load at the end {os.getloadavg()[0]:.1f}.",
        "",
        "| | s | times `import pyoxigraph` |",
        "|---|---:|---:|",
        *(f"| `{name}` | {took:.3f} | {took / found[BARE]:.1f} |" for name, took in found.items()),
        "",
        "The second row is the command line's framework with what it loads to read a command's",
        "options (pydantic): no command that is read by it starts sooner. `kg query` is read",
        "without it where it names a store and a form at the most; a table loads what draws it.",
        "",
    ]
    text = "\n".join(lines)
    print(text)  # noqa: T201
    (RESULTS / "start.md").write_text(text, encoding="utf-8")
    (RESULTS / "start.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
