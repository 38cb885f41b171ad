"""How long the named questions take: pyoxigraph at full size, rdflib beside it on a part.

    python -m tests.bench.bench_questions STORE [--times 9] [--part N] [--limit 60] [--add]

Each question is asked with the commonest role, skill, employer and so on, with one of the middle
and with a rare one, again and again; where it takes a role or a posting without needing one, it is
also asked of these ("of a role"), and without of all postings. "names" is what it takes to find
these by their labels, the first time in a process. A question is measured twice: asked anew, as who
asks it first of a state of the store; and asked again, when its rows are kept with the snapshot
that gave them (`kg.kept_rows`; what is found at once is not kept, and is asked anew). With
`--part`, a part of so many postings, with the whole vocabulary, is asked instead, by rdflib's own
engine as well. Every question runs in a process of its own that is ended after `limit` seconds for
each time it is asked. Times are of the clock; those of the processor stand beside them, for a busy
machine: so long a question takes on one with nothing else to do. Writes `results/questions.json`
and `.md`; with `--add` what stands there of other sizes stays. The rows that are kept stay with the
store, too.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, Final, NoReturn

import rdflib

from kg.names import Names
from kg.questions import Question, questions
from kg.rdflib_view import dataset
from kg.store import Store
from tests.bench.bench_extraction import RESULTS, machine

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

COMMON: Final = {
    "role": "?p a schema:JobPosting ; rg:role ?it",
    "level": "?p a schema:JobPosting ; rg:level ?it",
    "skill": "?p rg:requiresSkill ?it",
    "degree": "?p rg:hasRequirement/rg:degree ?it",
    "employer": "?p schema:hiringOrganization ?it",
}
NARROWING: Final = ("role", "posting")
"""What a question is narrowed by, where it need not be."""
LABEL: Final = "SELECT ?label { <%s> skos:prefLabel|schema:name ?label } LIMIT 1"


def arguments(store: Store) -> list[dict[str, str]]:
    """Return what to ask with: the commonest of each kind, one of the middle, a rare one."""
    found: list[dict[str, str]] = [{}, {}, {}]
    for given in found:
        given |= {"integer": "3", "text": "TX"}
    for kind, pattern in COMMON.items():
        counted = store.query(
            f"SELECT ?it (COUNT(?p) AS ?n) {{ {pattern} }} GROUP BY ?it ORDER BY DESC(?n) ?it"
        )
        names = [str(row[0]) for row in counted]
        chosen = names[0], names[len(names) // 4], names[-1]
        for given, iri in zip(found, chosen, strict=True):
            given[kind] = str(store.query(LABEL % iri)[0][0])
    ids = store.posting_ids()
    for given, place in zip(found, (0, len(ids) // 2, -1), strict=True):
        given["posting"] = ids[place]
    return found


def cases() -> dict[str, tuple[Question, str]]:
    """Return all questions, and once more those that a role or a posting narrows, with which."""
    found = {}
    for name, question in questions().items():
        found[name] = question, ""
        offered = [one.type for one in question.parameters if not one.is_required]
        found |= {f"{name} of a {one}": (question, one) for one in NARROWING if one in offered}
    return found


def parameters(question: Question, given: Mapping[str, str], narrowed: str = "") -> dict[str, str]:
    """Return what a question needs; of two levels the second is another than the first."""
    params = {
        one.name: given[one.type]
        for one in question.parameters
        if one.is_required or one.type == narrowed
    }
    if "level_b" in params:
        params["level_b"] = "Senior" if params["level_a"] != "Senior" else "II"
    return params


def measured(ask: Callable[[], object], times: int) -> tuple[list[float], list[float]]:
    """Return seconds by the clock and of the processor."""
    clock, processor = [], []
    for _ in range(times):
        began, spent = time.perf_counter(), time.process_time()
        ask()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - spent)
    return clock, processor


def of_question(
    path: str, name: str, every: Sequence[Mapping[str, str]], times: int, to: Connection
) -> None:
    """Measure one question in a process of its own."""
    question, narrowed = cases()[name]
    with Store.open(path) as store:
        clock, processor, rows, naming = [], [], 0, 0.0
        clock_again, processor_again = [], []
        asked: list[dict[str, str]] = []
        for given in every:
            began = time.process_time()
            params = parameters(question, given, narrowed)
            if params in asked:
                continue  # it takes nothing: three times the same is asked once
            asked.append(params)
            bound = question.bind(Names.of(store), params, store)
            naming = max(naming, time.process_time() - began)
            one, other = measured(partial(question.answer_anew, store, bound), times)
            clock += one
            processor += other
            rows = max(rows, len(question.answer(store, bound)))  # and they are kept
            one, other = measured(partial(question.answer, store, bound), times)
            clock_again += one
            processor_again += other
    again = figures(clock_again, processor_again)
    to.send(figures(clock, processor) | {"again": again, "rows": rows, "names": round(naming, 4)})


def of_rdflib(path: str, given: Mapping[str, str], times: int, limit: float) -> dict[str, Any]:
    """Measure all questions as rdflib's own engine answers them, from its own memory."""
    found: dict[str, Any] = {}
    with Store.open(path) as store:
        held = rdflib.Dataset(default_union=True)
        for subject, predicate, value, name in dataset(store).quads():
            held.get_context(name).add((subject, predicate, value))
        names = Names.of(store)
        for called, (question, narrowed) in cases().items():
            sparql = question.bind(names, parameters(question, given, narrowed))
            signal.signal(signal.SIGALRM, _too_late)
            signal.setitimer(signal.ITIMER_REAL, limit)
            try:
                found[called] = figures(*measured(partial(_all_rows, held, sparql), times))
            except TimeoutError:
                found[called] = {"over": limit}
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
            sys.stderr.write(f"rdflib {called} {found[called]}\n")
    return found


def _all_rows(held: rdflib.Dataset, sparql: str) -> list[object]:
    return list(held.query(sparql))


def _too_late(*_: object) -> NoReturn:
    raise TimeoutError


def figures(clock: list[float], processor: list[float]) -> dict[str, Any]:
    """Return median and 95th percentile."""
    clock, processor = (times if len(times) > 1 else 2 * times for times in (clock, processor))
    return {
        "median": round(median(clock), 5),
        "p95": round(quantiles(clock, n=20)[18], 5),
        "cpu_median": round(median(processor), 5),
        "cpu_p95": round(quantiles(processor, n=20)[18], 5),
    }


def alone(
    work: Callable[..., None], limit: float, path: str, name: str, every: object, times: int
) -> dict[str, Any]:
    """Run a measurement in a process that is ended when one asking takes too long on average."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(path, name, every, times, theirs))
    process.start()
    theirs.close()
    try:
        return dict(ours.recv()) if ours.poll(limit * (times + 1)) else {"over": limit}
    except EOFError:
        return {"failed": True}
    finally:
        process.kill()
        process.join()


def part_of(path: Path, postings: int, folder: Path) -> Path:
    """Write a store of so many of the postings, with all that is not of a posting."""
    with Store.open(path) as store, Store.open(folder, create=True) as part:
        ids = store.posting_ids()
        names = [*ids[:: max(1, len(ids) // postings)]][:postings]
        kept = [store.graph_iri(name) for name in [*names, "ontology", "vocabulary"]]
        for graph in kept:
            part.apply(add=list(store.quads(graph)))
    return folder


def measure(path: Path, times: int, limit: float, *, rdflib_too: bool = False) -> dict[str, Any]:
    """Measure all questions on one store."""
    with Store.open(path) as store:
        every, report = arguments(store), {"postings": len(store), "quads": len(store.oxigraph)}
    theirs = of_rdflib(str(path), every[0], max(2, times // 3), limit) if rdflib_too else {}
    found: dict[str, Any] = {}
    for name in cases():
        found[name] = {"pyoxigraph": alone(of_question, limit, str(path), name, every, times)}
        if rdflib_too:
            found[name]["rdflib"] = theirs[name]
        sys.stderr.write(f"{report['postings']} {name} {found[name]}\n")
    return report | {"questions": found}


def row(name: str, one: Mapping[str, Any]) -> str:
    cells = [name]
    for engine in one.values():
        if "median" in engine:
            cells += [f"{1000 * engine[key]:.1f}" for key in ("median", "p95", "cpu_p95")]
        else:
            cells += [f"over {engine['over']:g} s" if "over" in engine else "failed", "", ""]
    if "rdflib" not in one:
        again = one["pyoxigraph"].get("again", {})
        cells += [
            f"{1000 * again[key]:.1f}" if again else "" for key in ("median", "p95", "cpu_p95")
        ]
        cells += [
            f"{one['pyoxigraph'].get('rows', '')}",
            f"{1000 * one['pyoxigraph'].get('names', 0):.1f}",
        ]
    else:
        cells += [f"{times:.0f}" if (times := slower(one)) else ""]
    return f"| {' | '.join(cells)} |"


def slower(one: Mapping[str, Any]) -> float:
    """Return how many times the processor rdflib takes; at the least, where it was ended."""
    ours, theirs = one["pyoxigraph"].get("cpu_median", 0), one["rdflib"]
    return float(theirs.get("cpu_median", theirs.get("over", 0)) / ours) if ours else 0.0


def said_of(report: Mapping[str, Any]) -> str:
    """Return in one line how many questions are fast, or how many times faster than rdflib's."""
    every = report["questions"].values()
    if any("rdflib" in one for one in every):
        many = sum(slower(one) >= 10 for one in every)
        return f"{many} of {len(every)} take at most a tenth of what rdflib takes."
    anew = [one["pyoxigraph"] for one in every]
    again = [one["again"] for one in anew if "again" in one]
    said = f"Asked anew, {_within(anew, len(anew))} (95th percentile, processor)."
    return f"{said} Asked again, {_within(again, len(anew))}." if again else said


def _within(every: Sequence[Mapping[str, Any]], of: int) -> str:
    """Return how many took how long at the most."""
    took = [one.get("cpu_p95", float("inf")) for one in every]
    ends = (0.1, 0.5, 1.5, 5)
    return "; ".join(f"{sum(one <= end for one in took)} of {of} within {end:g} s" for end in ends)


def table(report: Mapping[str, Any]) -> list[str]:
    both = "rdflib" in next(iter(report["questions"].values()))
    head = ["question", *("median ms", "p95 ms", "p95 ms of processor")]
    head += (
        ["rdflib: median ms", "p95 ms", "p95 ms of processor", "times slower"]
        if both
        else ["again: median ms", "p95 ms", "p95 ms of processor", "rows", "names ms"]
    )
    return [
        f"## {report['postings']:,} postings, {report['quads']:,} quads",
        "",
        f"`{report['command']}`, {report['date']}, load at the end {report['load']}.",
        said_of(report),
        "",
        f"| {' | '.join(head)} |",
        f"|---{'|---:' * (len(head) - 1)}|",
        *(row(name, one) for name, one in report["questions"].items()),
        "",
    ]


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--part", type=int)
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--add", action="store_true")
    given = parser.parse_args()
    if given.part:
        with tempfile.TemporaryDirectory() as place:
            part = part_of(given.store, given.part, Path(place) / "part")
            report = measure(part, given.times, given.limit, rdflib_too=True)
    else:
        report = measure(given.store, given.times, given.limit)
    reports = [report]
    command = f"python -m tests.bench.bench_questions STORE --times {given.times}"
    command += f" --part {given.part}" if given.part else ""
    report |= {"date": datetime.now(UTC).date().isoformat(), "command": command}
    report |= {"load": round(os.getloadavg()[0], 1)}
    file = RESULTS / "questions.json"
    before = json.loads(file.read_text(encoding="utf-8"))["reports"] if given.add else []
    sizes = {report["postings"] for report in reports}
    reports = [*(one for one in before if one["postings"] not in sizes), *reports]
    reports.sort(key=lambda report: int(report["postings"]))
    on = machine()
    host = f"{on['processor']}, {on['cores']} cores, Python {on['python']}"
    host += "".join(f", {name} {version(name)}" for name in ("pyoxigraph", "rdflib"))
    said = {"machine": host, "reports": reports}
    file.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    lines = ["# Questions", "", f"{host}.", ""]
    for report in reports:
        lines += table(report)
    text = "\n".join(lines)
    sys.stdout.write(text)
    (RESULTS / "questions.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
