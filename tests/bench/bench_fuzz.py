"""How many inputs chosen by atheris readers, repair, sections and rules have stood.

    python -m tests.bench.bench_fuzz [--runs N] [--seed N]

Each target of `tests.fuzz.run` gets its share of the runs in a process of its own. Writes
`results/fuzz.json` and `.md`, and ends with 1 where an input broke an invariant.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from tests.fuzz.invariants import formats

RESULTS: Final = Path(__file__).parent / "results"
SHARES: Final = {"text": 0.2, "parts": 0.25, "repair": 0.25}
"""Of all runs; what remains is shared by the readers."""
TOLD: Final = "no failure"


def shares(runs: int) -> dict[str, int]:
    """Return how often each target runs; together at least `runs`."""
    given = {name: round(runs * share) for name, share in SHARES.items()}
    readers = [f"reader:{name}" for name in formats()]
    each = -(-(runs - sum(given.values())) // len(readers))
    return given | dict.fromkeys(readers, each)


def fuzzed(share: tuple[str, int], seed: int, place: Path) -> dict[str, Any]:
    """Run one target so many times and return what became of it."""
    target, runs = share
    name = target.replace(":", "-")
    begin = time.monotonic()
    options: dict[str, object] = {"target": target, "runs": runs, "seed": seed}
    options |= {"corpus": place / name, "found": place / f"{name}.input"}
    run = subprocess.run(
        [
            *(sys.executable, "-m", "tests.fuzz.run", "--plain"),
            *(f"--{option}={value}" for option, value in options.items()),
        ],
        capture_output=True,
        text=True,
        errors="replace",
    )
    stood = run.returncode == 0 and TOLD in run.stdout
    figures: dict[str, Any] = {
        "target": target,
        "inputs": runs if stood else None,
        "seconds": round(time.monotonic() - begin),
    }
    if not stood:
        figures["failure"] = run.stderr[-2000:]
    return figures


def as_markdown(report: dict[str, Any]) -> str:
    """Return the figures as a table."""
    rows = [
        f"| {row['target']} | {row['inputs'] or 'failed'} | {row['seconds']} |"
        for row in report["targets"]
    ]
    return "\n".join(
        [
            "# Fuzzing",
            "",
            f"`python -m tests.bench.bench_fuzz --runs {report['runs']} --seed {report['seed']}`, "
            f"{report['date']}, atheris {report['atheris']}.",
            "",
            f"{report['inputs']:,} inputs, {report['failures']} failures. Each is held to: no "
            "exception but the named ones, offsets inside the text, evidence that stands there.",
            "",
            "| target | inputs | s |",
            "|---|---:|---:|",
            *rows,
            "",
        ]
    )


def main() -> None:
    """Fuzz every target and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(2) as pool:
        run = partial(fuzzed, seed=given.seed, place=Path(place))
        found = list(pool.map(run, shares(given.runs).items()))
    report = {
        "date": datetime.now(UTC).date().isoformat(),
        "atheris": version("atheris"),
        "runs": given.runs,
        "seed": given.seed,
        "inputs": sum(row["inputs"] or 0 for row in found),
        "failures": sum("failure" in row for row in found),
        "targets": found,
    }
    (RESULTS / "fuzz.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "fuzz.md").write_text(as_markdown(report), encoding="utf-8")
    print(as_markdown(report), end="")  # noqa: T201 # what it is run for
    sys.exit(1 if report["failures"] else 0)


if __name__ == "__main__":
    main()
