"""How long the named questions take: pyoxigraph at full size, rdflib beside it on a part.

    python -m tests.bench.bench_questions STORE... [--times 9] [--part 100] [--limit 60]

Each question is asked with the commonest role, skill, employer and so on, with one of the middle
and with a rare one, again and again; "names" is what it takes to find these by their labels, the
first time in a process. The part is that of so many postings, with the whole vocabulary, which both
engines are asked in turns. Every question runs in a process of its own that is ended after `limit`
seconds. Times are of the clock; those of the processor stand beside them, for a busy machine.
Writes `results/questions.json` and `.md`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, Final, NoReturn

import pyoxigraph as ox
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
LABEL: Final = "SELECT ?label { <%s> skos:prefLabel|schema:name ?label } LIMIT 1"


def arguments(store: Store) -> list[dict[str, str]]:
    """Return what to ask with: the commonest of each kind, one of the middle, a rare one."""
    found: list[dict[str, str]] = [{}, {}, {}]
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


def parameters(question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """Return what a question needs; of two levels the second is another than the first."""
    params = {one.name: given[one.type] for one in question.parameters if one.is_required}
    if "level_b" in params:
        params["level_b"] = "Senior" if params["level_a"] != "Senior" else "II"
    return params


def measured(ask: Callable[[], object], times: int) -> tuple[list[float], list[float]]:
    """Return seconds by the clock and of the processor; the first time does not count."""
    clock, processor = [], []
    for _ in range(times + 1):
        began, spent = time.perf_counter(), time.process_time()
        ask()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - spent)
    return clock[1:], processor[1:]


def of_question(
    path: str, name: str, every: Sequence[Mapping[str, str]], times: int, to: Connection
) -> None:
    """Measure one question in a process of its own."""
    question = questions()[name]
    with Store.open(path) as store:
        clock, processor, rows, naming = [], [], 0, 0.0
        for given in every:
            began = time.process_time()
            bound = question.bind(Names.of(store), parameters(question, given))
            naming = max(naming, time.process_time() - began)
            one, other = measured(partial(store.query, bound), times)
            clock += one
            processor += other
            rows = max(rows, len(store.query(bound)))
    to.send(figures(clock, processor) | {"rows": rows, "names": round(naming, 4)})


def of_rdflib(path: str, given: Mapping[str, str], times: int, limit: float) -> dict[str, Any]:
    """Measure all questions as rdflib's own engine answers them, from its own memory."""
    found: dict[str, Any] = {}
    with Store.open(path) as store:
        held = rdflib.Dataset(default_union=True)
        for subject, predicate, value, name in dataset(store).quads():
            held.get_context(name).add((subject, predicate, value))
        names = Names.of(store)
        for called, question in questions().items():
            sparql = question.bind(names, parameters(question, given))
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
    return {
        "median": round(median(clock), 5),
        "p95": round(quantiles(clock, n=20)[18], 5),
        "cpu_median": round(median(processor), 5),
        "cpu_p95": round(quantiles(processor, n=20)[18], 5),
    }


def alone(work: Callable[..., None], limit: float, *given: object) -> dict[str, Any]:
    """Run a measurement in a process that is ended when it takes too long."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(*given, theirs))
    process.start()
    theirs.close()
    try:
        return dict(ours.recv()) if ours.poll(limit) else {"over": limit}
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
    for name in questions():
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
        cells += [f"{1000 * one['pyoxigraph'].get('names', 0):.1f}"]
    return f"| {' | '.join(cells)} |"


def table(report: Mapping[str, Any]) -> list[str]:
    both = "rdflib" in next(iter(report["questions"].values()))
    head = ["question", *("median ms", "p95 ms", "p95 ms of processor")]
    head += ["rdflib: median ms", "p95 ms", "p95 ms of processor"] if both else ["names ms"]
    return [
        f"## {report['postings']:,} postings, {report['quads']:,} quads",
        "",
        f"| {' | '.join(head)} |",
        f"|---{'|---:' * (len(head) - 1)}|",
        *(row(name, one) for name, one in report["questions"].items()),
        "",
    ]


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stores", type=Path, nargs="+")
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--part", type=int, default=100)
    parser.add_argument("--limit", type=float, default=60)
    given = parser.parse_args()
    reports = []
    if given.part:
        with tempfile.TemporaryDirectory() as place:
            part = part_of(given.stores[0], given.part, Path(place) / "part")
            reports.append(measure(part, given.times, given.limit, rdflib_too=True))
    reports += [measure(path, given.times, given.limit) for path in given.stores]
    host = machine()
    said = {"date": datetime.now(UTC).date().isoformat(), "machine": host, "reports": reports}
    (RESULTS / "questions.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    command = f"`python -m tests.bench.bench_questions STORE --times {given.times}`"
    lines = ["# Questions", "", f"{command}, {said['date']}, {host}; {ox.__name__}.", ""]
    for report in reports:
        lines += table(report)
    text = "\n".join(lines)
    sys.stdout.write(text)
    (RESULTS / "questions.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
