"""One table of what the benches found, beside what is to be reached.

    python -m tests.bench.summary

Reads the newest `results/*.json` and writes `results/summary.json` and `.md`. `make bench` runs
the benches and then this: each row says on which day it was measured and how busy the machine was,
for what was measured on a busy one is too slow. What was never measured is not in it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from tests.bench.bench_extraction import RESULTS, machine

LARGE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """A figure, what is to be reached, and when it was measured on how busy a machine."""

    what: str
    found: str
    goal: str
    reached: bool
    bench: str
    date: str | None = None
    load: float | None = None


def at_least(what: str, found: float, goal: float, **about: Any) -> Row:
    """Return a row of which more is better."""
    return Row(what, f"{found:,}", f"at least {goal:,}", found >= goal, **about)


def at_most(what: str, found: float, goal: float, **about: Any) -> Row:
    """Return a row of which less is better."""
    return Row(what, f"{found:,}", f"at most {goal:,}", found <= goal, **about)


def extraction(found: Any) -> Iterator[Row]:
    """Yield how fast facts are taken, beside a bare EntityRuler."""
    host = found["machine"]
    about = {"bench": "bench_extraction", "date": host["date"], "load": host["load"]}
    for name, corpus in found["corpora"].items():
        what = f"every fact of {name} postings, times a bare EntityRuler"
        yield at_least(what, corpus["rates"][0]["times_entity_ruler"], 1.5, **about)
    two = found["processes"]["ratio_by_processor_time"]
    yield at_least("two processes, times one", two, 1.8, **about)
    if found["memory"]:
        first, last = found["memory"][0], found["memory"][-1]
        what = f"memory after {last['postings']:,} postings, MB more than after a quarter of them"
        yield at_most(what, last["mb"] - first["mb"], 10, **about)


def ingest(found: Any) -> Iterator[Row]:
    """Yield what a build costs, beside the naive way and bulk loading alone."""
    host = found["machine"]
    about = {"bench": "bench_ingest", "date": host["date"], "load": host["load"]}
    yield at_least("text to a store on disk, times the naive way", found["times_naive"], 8, **about)
    yield at_most("the same, times bulk loading alone", found["times_bulk_load"], 2.5, **about)
    yield at_most("quads a posting", found["quads_a_posting"], 120, **about)
    yield at_most("KB of disk a posting", found["kilobytes_a_posting"], 20, **about)


def start(found: Any) -> Iterator[Row]:
    """Yield how long a command takes to begin."""
    ratio = found["kg query --csv"] / found["python -c 'import pyoxigraph'"]
    yield at_most("start of kg query, times a bare import", round(ratio, 1), 3, bench="bench_start")


def incremental(found: Any) -> Iterator[Row]:
    """Yield what little changes cost."""
    about = {"bench": "bench_incremental", "date": found.get("date"), "load": found.get("load")}
    first: dict[str, float] = {}
    for row in found["rows"]:
        first.setdefault(row["input"], row["processor"])
        if row["build"] == "unchanged":
            ratio = round(first[row["input"]] / row["processor"], 1)
            yield at_least(f"build again, unchanged ({row['input']}), times", ratio, 20, **about)
    for count, seconds in found["watch"].items():
        what = f"one changed posting beside {int(count):,}, seconds while kg watch runs"
        yield at_most(what, round(median(seconds), 2), 1, **about)


def questions(found: Any) -> Iterator[Row]:
    """Yield how many named questions keep to their time, and how they stand to rdflib."""
    for report in found["reports"]:
        about = {
            "bench": "bench_questions",
            "date": report.get("date"),
            "load": report.get("load"),
        }
        asked = report["questions"].values()
        goal = 1.5 if report["postings"] > LARGE // 2 else 0.1
        known = [one["pyoxigraph"] for one in asked]
        again = [one["again"] for one in known if "again" in one]
        size = f"{report['postings']:,} postings"
        for said, every in (("asked anew", known), ("asked again", again)):
            in_time = sum(one.get("p95", goal + 1) <= goal for one in every)
            what = f"questions {said} within {goal * 1000:,.0f} ms in 95 of 100, {size}"
            if every:
                reached = in_time == len(known)
                yield Row(what, f"{in_time} of {len(known)}", "all", reached, **about)
        pairs = [(one["pyoxigraph"], one["rdflib"]) for one in asked if "rdflib" in one]
        if pairs:
            faster = sum(_times_faster(ours, theirs) >= 10 for ours, theirs in pairs)
            what = f"questions ten times as fast as rdflib, {size}"
            reached = faster * 4 >= 3 * len(pairs)
            yield Row(what, f"{faster} of {len(pairs)}", "three of four", reached, **about)


def _times_faster(ours: Any, theirs: Any) -> float:
    if "median" not in ours:
        return 0
    return float(theirs.get("median", theirs.get("over")) / max(ours["median"], 1e-6))


def analyses(found: Any) -> Iterator[Row]:
    """Yield what analyses of 100,000 postings cost."""
    for name, goal in {"separation": 5, "co-occurrence": 3, "communities": 10}.items():
        one = found.get(name, {}).get(str(LARGE))
        if one and one["again"]:
            what = f"{name} of {LARGE:,} postings, processor seconds"
            yield at_most(what, one["again"]["seconds"], goal, bench="bench_analyses")


def growth(found: Any) -> Iterator[Row]:
    """Yield how a build grows with the postings."""
    host = found["machine"]
    about = {"bench": "bench_growth", "date": host["date"], "load": host["load"]}
    steps: dict[str, list[Any]] = {}
    for one in found["steps"]:
        steps.setdefault(one["name"], []).append(one)
    for name, sizes in steps.items():
        if len(sizes) > 1:
            small, large = sizes[-2:]
            grown = math.log(large["processor"] / small["processor"])
            exponent = round(grown / math.log(large["postings"] / small["postings"]), 2)
            what = f"{name}: exponent from {small['postings']:,} to {large['postings']:,}"
            yield at_most(what, exponent, 1.05, **about)


def explorer(found: Any) -> Iterator[Row]:
    """Yield how many of the explorer's pages are there in time."""
    pages = {name: one for name, one in found.items() if isinstance(one, dict) and "first" in one}
    pages.pop("store", None)
    in_time = sum(one["first"] <= 300 for one in pages.values())
    what = f"explorer: pages within 300 ms at the median, {found['store']['postings']:,} postings"
    yield Row(what, f"{in_time} of {len(pages)}", "all", in_time == len(pages), "bench_explorer")


def kills(found: Any) -> Iterator[Row]:
    """Yield what a killed build leaves."""
    about = {"bench": "bench_kills", "date": found["date"]}
    what = f"broken postings after {found['kills']} kills"
    yield at_most(what, found["broken_postings"], 0, **about)


READERS: Final[dict[str, Callable[[Any], Iterator[Row]]]] = {
    "extraction": extraction,
    "ingest": ingest,
    "start": start,
    "incremental": incremental,
    "questions": questions,
    "analyses": analyses,
    "growth": growth,
    "explorer": explorer,
    "kills": kills,
}


def rows(folder: Path) -> list[Row]:
    """Return a row for each figure that was measured, bench by bench."""
    found: list[Row] = []
    for name, read in READERS.items():
        file = folder / f"{name}.json"
        if file.exists():
            found += read(json.loads(file.read_text(encoding="utf-8")))
    return found


def as_markdown(found: Sequence[Row], host: dict[str, Any]) -> str:
    """Return the table."""
    versions = ", ".join(f"{name} {number}" for name, number in host["versions"].items())
    lines = [
        "# What is measured, and what is to be reached",
        "",
        f"{host['processor']}, {host['cores']} cores, Python {host['python']}, {versions}. Written "
        f"{host['date']} by `make bench`; where load is above the number of cores, times are too "
        "long by what processes contend for.",
        "",
        "| what | found | to reach | | bench | measured | load |",
        "|---|---:|---:|---|---|---|---:|",
    ]
    for row in found:
        mark = "yes" if row.reached else "no"
        when, load = row.date or "", "" if row.load is None else row.load
        cells = [row.what, row.found, row.goal, mark, f"`{row.bench}`", when, load]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the table, and print it."""
    found, host = rows(RESULTS), machine()
    text = json.dumps({"machine": host, "rows": [asdict(row) for row in found]}, indent=1) + "\n"
    (RESULTS / "summary.json").write_text(text, encoding="utf-8")
    table = as_markdown(found, host)
    (RESULTS / "summary.md").write_text(table, encoding="utf-8")
    print(table, end="")  # noqa: T201 # what it is run for


if __name__ == "__main__":
    main()
