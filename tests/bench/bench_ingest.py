"""From texts to a store that can be asked: ours, the naive way, and the least there is to do.

    python -m tests.bench.bench_ingest [--postings N] [--rounds N]

All are measured in one run, in turns, in processor time of all threads, on the same postings: the
board's export where it lies beside the project, made ones otherwise. What counts are the ratios.

- "rolegraph": a build into a store on disk that has the vocabulary: reading, every fact, checks,
  the graph, copies grouped, and the snapshot that readers see.
- "naive": spaCy's EntityRuler with the same vocabulary, then our own finished statements added to
  an rdflib graph one by one, and Turtle written: no rules, no checks, nothing that can be asked
  before it is parsed again.
- "bulk load": nothing but our finished N-Quads, loaded by Oxigraph's bulk loader.

Beside them, what a posting's quads are and what the store takes on disk. Writes
`results/ingest.json` and `.md`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

import pyoxigraph as ox
import rdflib

import ontology
from kg.build import build
from kg.store import Store
from kg.validate import check_plainly
from nlp.extract import Extractor, patterns
from ontology import terms
from ontology.vocabulary import stored_files
from tests.bench.bench_extraction import RESULTS, Contestant, entity_ruler, machine
from tests.bench.postings import made_postings, real_postings

OURS: Final = "rolegraph, text to a store with a snapshot"
NAIVE: Final = "naive: EntityRuler, rdflib, Turtle"
LEAST: Final = "bulk load of the finished N-Quads"
NAIVE_GOAL: Final = 8
LEAST_GOAL: Final = 2.5
QUADS_GOAL: Final = 120
PARTS: Final = {
    "/evidence/": "evidence: words, offsets, rule, section",
    "/requirement/": "requirements: class, concept, necessity, years, fields",
    "/alternative/": "alternatives and their members",
    "/candidate/": "candidates",
    "/pay": "pay",
    "/text": "text, document and run",
}
"""What a node's quads are, by what its IRI has behind the posting's own."""
LINKS: Final = {
    terms.EVIDENCE: "links to evidence",
    terms.HAS_REQUIREMENT: "links to requirements",
    terms.HAS_CANDIDATE: "candidates",
    terms.HAS_ALTERNATIVE: "alternatives and their members",
    terms.REQUIRES_SKILL: "short edges to skills",
    terms.PREFERS_SKILL: "short edges to skills",
    terms.MENTIONS_SKILL: "short edges to skills",
    terms.ACCEPTS_SKILL: "short edges to skills",
}


@dataclass(frozen=True, slots=True)
class Bench:
    """What every turn begins with, below a folder of its own."""

    folder: Path
    postings: Path
    texts: Sequence[str]
    prepared: Path
    extractor: Extractor

    @classmethod
    def prepare(cls, folder: Path, texts: Sequence[str]) -> Bench:
        """Write the postings, and a store that has the vocabulary and nothing else."""
        postings = folder / "postings.jsonl"
        with postings.open("w", encoding="utf-8") as file:
            for number, text in enumerate(texts):
                record = {"id": f"made-{number}", "description": text}
                file.write(json.dumps(record) + "\n")
        prepared = folder / "prepared"
        extractor = Extractor()
        with Store.open(prepared, create=True) as store:
            build(store, [], extractor, vocabulary_files=stored_files())
        return cls(folder, postings, texts, prepared, extractor)

    def ours(self, place: Path) -> float:
        """Build; return the seconds."""
        shutil.copytree(self.prepared, place)
        with Store.open(place, read_only=False) as store:
            began = time.process_time()
            report = build(
                store,
                [self.postings],
                self.extractor,
                vocabulary_files=stored_files(),
                check=check_plainly,
            )
            seconds = time.process_time() - began
        if report.added + report.unchanged + report.refused != len(self.texts):
            raise RuntimeError(f"{report.added} of {len(self.texts)} postings were stored")
        return seconds

    def least(self, place: Path, quads: bytes) -> float:
        """Bulk-load finished N-Quads; return the seconds."""
        shutil.copytree(self.prepared, place)
        with Store.open(place, read_only=False) as store:
            began = time.process_time()
            store.oxigraph.bulk_load(quads, format=ox.RdfFormat.N_QUADS)
            return time.process_time() - began

    def naive(self, place: Path, find: Contestant, quads: Sequence[ox.Quad]) -> float:
        """Look for the skills, add the statements one by one, write Turtle; return the seconds."""
        began = time.process_time()
        find(self.texts)
        graph = rdflib.Graph()
        for quad in quads:
            graph.add(tuple(map(_rdflib, (quad.subject, quad.predicate, quad.object))))
        graph.serialize(place, format="turtle", encoding="utf-8")
        return time.process_time() - began


def _rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Any:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if not isinstance(term, ox.Literal):
        raise TypeError(f"a posting's graph has no {term}")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def part_of(quad: ox.Quad) -> str:
    """Return what a quad of a posting's graph is there for."""
    if link := LINKS.get(quad.predicate.value):
        return link
    subject = str(getattr(quad.subject, "value", ""))
    after = subject.partition("/posting/")[2].partition("/")
    found = next((name for mark, name in PARTS.items() if mark in f"{after[1]}{after[2]}/"), None)
    return found or ("the posting itself" if after[0] else "employers, places, related postings")


def _postings_quads(store: Store) -> list[ox.Quad]:
    return [quad for name in store.posting_ids() for quad in store.quads(store.graph_iri(name))]


def _disk(folder: Path) -> int:
    """Return the bytes of a folder's files; one with two names counts once."""
    files = [file.stat() for file in folder.rglob("*") if file.is_file()]
    return sum({(one.st_dev, one.st_ino): one.st_size for one in files}.values())


def measure(texts: Sequence[str], rounds: int) -> dict[str, Any]:
    """Measure everything and return it as one record."""
    with tempfile.TemporaryDirectory() as place:
        bench = Bench.prepare(Path(place), texts)
        find = entity_ruler(patterns(ontology.load()))
        seconds: dict[str, list[float]] = {OURS: [], NAIVE: [], LEAST: []}
        bench.ours(bench.folder / "first")  # the first of a process also warms what is kept
        with Store.open(bench.folder / "first") as store:
            quads = _postings_quads(store)
        disk = [_disk(bench.prepared), _disk(bench.folder / "first")]
        lines = "".join(f"{quad} .\n" for quad in quads).encode()
        for turn in range(rounds):
            at = bench.folder / str(turn)
            at.mkdir()
            seconds[OURS].append(bench.ours(at / "ours"))
            seconds[NAIVE].append(bench.naive(at / "graph.ttl", find, quads))
            seconds[LEAST].append(bench.least(at / "least", lines))
            shutil.rmtree(at)
    parts = Counter(map(part_of, quads))
    count = len(texts)
    return {
        "machine": machine(),
        "postings": count,
        "characters": round(sum(map(len, texts)) / count),
        "milliseconds_a_posting": {
            name: [round(1000 * one / count, 2) for one in all_] for name, all_ in seconds.items()
        },
        "times_naive": round(_ratio(seconds[NAIVE], seconds[OURS]), 2),
        "times_bulk_load": round(_ratio(seconds[OURS], seconds[LEAST]), 2),
        "quads_a_posting": round(len(quads) / count, 1),
        "parts": {name: round(number / count, 1) for name, number in parts.most_common()},
        "kilobytes_a_posting": round((disk[1] - disk[0]) / count / 1000, 1),
    }


def _ratio(one: Sequence[float], other: Sequence[float]) -> float:
    return median(first / second for first, second in zip(one, other, strict=True))


def as_markdown(report: dict[str, Any]) -> str:
    """Return the report as tables."""
    host = report["machine"]
    lines = [
        "# Ingest",
        "",
        f"{host['date']}, {host['processor']}, {host['cores']} cores (load {host['load']}), Python "
        f"{host['python']}; {report['postings']} postings of {report['characters']} characters, "
        "processor time.",
        "",
        "| | ms a posting | postings/s |",
        "|---|---:|---:|",
    ]
    for name, each in report["milliseconds_a_posting"].items():
        lines.append(f"| {name} | {median(each):.1f} | {1000 / median(each):.0f} |")
    lines += [
        "",
        f"{report['times_naive']} times as fast as the naive way (to reach: {NAIVE_GOAL}); "
        f"{report['times_bulk_load']} times what bulk loading alone takes (to reach: at most "
        f"{LEAST_GOAL}).",
        "",
        f"{report['quads_a_posting']} quads a posting (to reach: at most {QUADS_GOAL}), "
        f"{report['kilobytes_a_posting']} KB of disk a posting with its snapshot:",
        "",
        "| what they say | quads a posting |",
        "|---|---:|",
        *(f"| {name} | {number} |" for name, number in report["parts"].items()),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print the tables and write them to `results/`."""
    parser = argparse.ArgumentParser(description="Measure a build beside the naive way.")
    parser.add_argument("--postings", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    skills = [concept.label for concept in ontology.load().scheme("skills")]
    fields = [concept.label for concept in ontology.load().scheme("fields")]
    texts = real_postings()[: asked.postings]
    texts = texts or list(made_postings(asked.postings, skills, fields))
    report = measure(texts, asked.rounds)
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(report, indent=2, sort_keys=True) + "\n"
    (RESULTS / "ingest.json").write_text(text, encoding="utf-8")
    (RESULTS / "ingest.md").write_text(as_markdown(report), encoding="utf-8")
    print(as_markdown(report), end="")  # noqa: T201 # what it is run for


if __name__ == "__main__":
    main()
