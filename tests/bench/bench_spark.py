"""What a posting costs on Spark beside the build in one process, and what 100 million would.

    python -m tests.bench.bench_spark [--postings 1000] [--workers 2] [--no-spark]

What is compared is processor time, for the machine may be busy: of `kg build`, of what an executor
does of a build on Spark, and of the whole of one in its own process, with Java and the workers.
Writes `results/spark.json` and `.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, Final

from pyarrow import parquet

from kg import KnowledgeGraph
from kg.iris import Iris
from kg.run import run_node
from kg.spark.files import Files
from kg.spark.layout import READ
from kg.spark.making import make_part
from kg.spark.reading import read_unit
from kg.spark.sources import Piece
from kg.spark.task import Task, bench
from nlp.extract import extractor_of
from ontology import load
from tests.bench.bench_extraction import RESULTS, machine
from tests.bench.market import market

MANY: Final = 100_000_000
BAND_BYTES: Final = 40
"""Of a band's row in the shuffle that finds copies: the band, an id, a job's name, packed."""


@dataclass(frozen=True)
class Run:
    """A build: what it took, and how many postings it has."""

    name: str
    seconds: float
    processor: float
    postings: int


def measured(name: str, *words: str) -> Run:
    """Run a command line and measure it."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words], capture_output=True, text=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(name, time.perf_counter() - began, used, json.loads(done.stdout)["postings"])


def alone(feed: Path, store: Path) -> Run:
    """Build as ever, in this process."""
    began, started = time.process_time(), time.perf_counter()
    with KnowledgeGraph.build(feed, store) as graph:
        used, seconds = time.process_time() - began, time.perf_counter() - started
        return Run("kg build", seconds, used, len(graph))


def as_executor(feed: Path, output: Path, parts: int) -> tuple[Run, Run]:
    """Read and make in this process as the executors of `kg spark build` do."""
    iris, extractor = Iris(), extractor_of(load())
    task = Task(Files.at(output), run_node(iris, extractor).value, iris.base, parts)
    bench(task)
    began, started = time.process_time(), time.perf_counter()
    key = read_unit(task, (Piece(str(feed), feed.name, feed.stat().st_size),))
    read, half = time.process_time(), time.perf_counter()
    rows: dict[int, list[dict[str, Any]]] = {}
    for row in parquet.read_table(output / READ / f"{key}.parquet").to_pylist():
        rows.setdefault(row["part"], []).append(row)
    for part, found in sorted(rows.items()):
        make_part(task, part, "measured", found, 0)
    made, end = time.process_time(), time.perf_counter()
    count = sum(map(len, rows.values()))
    return (
        Run("an executor: read", half - started, read - began, count),
        Run("an executor: make", end - half, made - read, count),
    )


def write_market(file: Path, count: int) -> None:
    """Write postings as JSON lines."""
    with file.open("w", encoding="utf-8") as stream:
        for number, one in enumerate(islice(market(), count)):
            row = {"id": f"m{number}", "title": one.title, "company": one.employer,
                   "location": one.place, "description": one.text}  # fmt: skip
            stream.write(json.dumps(row) + "\n")


def sizes(output: Path) -> dict[str, int]:
    """Return the bytes of each folder of an output."""
    found: dict[str, int] = {}
    for file in output.rglob("*"):
        if file.is_file():
            place = file.relative_to(output)
            name = (
                "/".join(place.parts[:2])
                if place.parts[0] in ("work", "tables")
                else place.parts[0]
            )
            found[name] = found.get(name, 0) + file.stat().st_size
    return found


def main() -> None:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-spark", action="store_true", help="the executors' work alone")
    given = parser.parse_args()
    os.environ.pop("KG_STORE", None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        feed, few = folder / "feed.jsonl", folder / "few.jsonl"
        write_market(feed, given.postings)
        write_market(few, 10)
        parts = 2 * given.workers
        first = alone(few, folder / "s10")
        runs = [first, alone(feed, folder / "s"), *as_executor(feed, folder / "e", parts)]
        if not given.no_spark:
            local = f"local[{given.workers}]"
            spark = ("spark", "build", "--json", "--master", local, "--parts", str(parts))
            runs += [
                measured("kg spark build", *spark, str(few), str(folder / "o10")),
                measured("kg spark build", *spark, str(feed), str(folder / "o")),
            ]
        write(given, runs, sizes(folder / "e"), feed.stat().st_size)


def write(given: argparse.Namespace, runs: list[Run], held: dict[str, int], read: int) -> None:
    """Write the results, and what follows from them for `MANY` postings."""
    count = runs[2].postings
    one = marginal(runs[0], runs[1])
    executor = (runs[2].processor + runs[3].processor) / count
    spark = marginal(runs[4], runs[5]) if len(runs) > 4 else executor
    plan = planned(spark, {name: size / count for name, size in held.items()}, read / count)
    rates = {"kg build": one, "an executor": executor, "kg spark build": spark}
    said: dict[str, Any] = {
        "machine": machine(),
        "pyspark": version("pyspark"),
        "runs": [asdict(run) for run in runs],
        "seconds_a_posting": {name: rates[name] for name in list(rates)[: len(runs) // 2]},
        "bytes_a_posting": {name: round(size / count) for name, size in sorted(held.items())},
        "plan": plan,
    }
    (RESULTS / "spark.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    rows = [
        "# Spark beside one process",
        "",
        "{processor}, {cores} cores, load {load}; Python {python}, ".format(**said["machine"])
        + "pyspark {pyspark}; {date}.".format(**{**said, **said["machine"]}),
        f"`python -m tests.bench.bench_spark --postings {given.postings}"
        f"{' --no-spark' if given.no_spark else ''}`",
        "",
        "| | postings | processor seconds | seconds by the clock |",
        "|---|---|---|---|",
        *(
            f"| {run.name} | {run.postings:,} | {run.processor:.1f} | {run.seconds:.1f} |"
            for run in runs
        ),
        "",
        "| what a further posting takes of a processor | ms | postings a second |",
        "|---|---|---|",
        *(
            f"| {name} | {1000 * seconds:.1f} | {1 / seconds:.0f} |"
            for name, seconds in said["seconds_a_posting"].items()
        ),
        "",
        "An executor reads, makes quads, tables and sketches, and packs them; `kg build` stores "
        "the quads and groups copies. What Spark itself adds is in `kg spark build`, where it was "
        "run.",
        "",
        "| output | bytes a posting |",
        "|---|---|",
        *(f"| {name} | {size / count:,.0f} |" for name, size in sorted(held.items())),
        "",
        f"## {MANY:,} postings, from these figures",
        "",
        "| | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in plan.items()),
        "",
    ]
    (RESULTS / "spark.md").write_text("\n".join(rows), encoding="utf-8")


def marginal(few: Run, many: Run) -> float:
    """Return the processor's seconds that a further posting takes."""
    return (many.processor - few.processor) / (many.postings - few.postings)


def planned(spark: float, held: dict[str, float], read: float) -> dict[str, str]:
    """Return what `MANY` postings take, by what one takes."""
    hours = spark * MANY / 3600
    quads = held.get("quads", 0)
    tables = sum(size for name, size in held.items() if name.startswith("tables/"))
    work = sum(size for name, size in held.items() if name.startswith("work/"))
    shuffle = held.get("work/read", 0) + 2 * 42 * BAND_BYTES

    def tera(size: float) -> str:
        return f"{size * MANY / 1e12:.2f} TB"

    return {
        "input": tera(read),
        "core-hours": f"{hours:,.0f}",
        "hours on 200 cores": f"{hours / 200:.1f}",
        "parts (8 MB of input each)": f"{read * MANY / 8e6:,.0f}",
        "shuffled": tera(shuffle),
        "quads, gzipped": tera(quads),
        "tables": tera(tables),
        "work, which may go when all is done": tera(work),
    }


if __name__ == "__main__":
    main()
