"""How well and how fast copies are found among planted ones.

    python -m tests.bench.bench_copies [--sizes 10000 20000 50000 100000] [--real-seeds 1 2]

Extraction is left out: title, role, level, place and employer are those that were planted; the
real postings beside the project go the whole way. Times are processor time of one core. Writes
`results/copies.json` and `.md`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from itertools import combinations, islice
from pathlib import Path
from typing import Any, Final

from rensa import RMinHash, RMinHashLSH

import ontology
from kg import KnowledgeGraph
from kg.copies.adverts import Advert
from kg.copies.comparison import Comparison
from kg.copies.shelf import Shelf
from kg.copies.sketches import BANDS, VALUES
from tests.bench.bench_extraction import RESULTS, machine
from tests.bench.planted import Planted, made_originals, plant, real_originals, reworded

PER_ORIGINAL: Final = 2.5
"""Postings that come of one original, on average."""


def advert_of(posting_id: str, planted: Planted) -> Advert:
    """Return a planted posting as extraction would have it, were it without fault."""
    if not planted.header:
        return Advert(posting_id, planted.text)
    return Advert(
        posting_id,
        planted.text,
        planted.title,
        planted.role,
        planted.level or None,
        (planted.role, planted.level),
        (planted.place,),
        (planted.employer,),
    )


def planted_adverts(count: int, *, seed: int = 1) -> dict[str, Planted]:
    """Return so many planted postings by ids that say nothing of their order."""
    vocabulary = ontology.load()
    skills = [concept.label for concept in vocabulary.scheme("skills")]
    fields = [concept.label for concept in vocabulary.scheme("fields")]
    many = int(count / PER_ORIGINAL) + 1
    originals = made_originals(many, skills, fields, seed=seed)
    reserve = made_originals(many, skills, fields, seed=seed + 1000)
    found: dict[str, Planted] = {}
    for number, one in enumerate(plant(originals, reserve, reworded(skills, fields), seed=seed)):
        found[hashlib.sha256(f"{seed} {number}".encode()).hexdigest()[:20]] = one
        if len(found) == count:
            break
    return found


def score(groups: Iterable[Sequence[str]], planted: Mapping[str, Planted]) -> dict[str, Any]:
    """Return precision and recall over pairs of postings, and where the faults are by kind."""
    jobs: dict[str, list[str]] = defaultdict(list)
    for name, one in planted.items():
        jobs[one.job].append(name)
    true = {pair for members in jobs.values() for pair in combinations(sorted(members), 2)}
    found = {pair for group in groups for pair in combinations(sorted(group), 2)}

    def kinds(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
        counted = Counter(" / ".join(sorted(planted[name].kind for name in pair)) for pair in pairs)
        return dict(counted.most_common(12))

    hits = len(true & found)
    return {
        "pairs": len(true),
        "found": len(found),
        "recall": round(hits / len(true), 4) if true else None,
        "precision": round(hits / len(found), 4) if found else None,
        "missed": kinds(true - found),
        "spurious": kinds(found - true),
    }


def measure(every: Mapping[str, Planted], count: int) -> dict[str, Any]:
    """Group the first so many planted postings; then with what is on the shelf, and 100 more."""
    planted = dict(islice(every.items(), count))
    states = {name: f"{name} run" for name in planted}
    report: dict[str, Any] = {"postings": count}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shelf"

        def read(name: str) -> Advert:
            return advert_of(name, planted[name])

        some = dict(islice(states.items(), count - 100))
        report["seconds"], _ = _timed(read, some, path)
        report["seconds_for_100_more"], groups = _timed(read, states, path)
        report["shelf_mb"] = round(path.stat().st_size / 10**6)
    report["ms_a_posting"] = round(1000 * report["seconds"] / count, 2)
    report["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    return report | score(groups, planted)


def measure_real(reserved: int = 66, *, seed: int = 1) -> dict[str, Any]:
    """Plant among real postings and build them as `kg build` does, facts and all."""
    every = real_originals()
    if not every:
        return {}
    vocabulary = ontology.load()
    skills = [concept.label for concept in vocabulary.scheme("skills")]
    fields = [concept.label for concept in vocabulary.scheme("fields")]
    originals, reserve = every[:-reserved], every[-reserved:]
    made = list(plant(originals, reserve, reworded(skills, fields), seed=seed))
    with tempfile.TemporaryDirectory() as folder:
        for number, one in enumerate(made):
            Path(folder, f"{number:05}.txt").write_text(one.text, encoding="utf-8")
        with KnowledgeGraph.build(folder) as graph:
            sources = {row["id"]: row["source"] for row in graph.ask("postings").to_dicts()}
            groups: dict[str, list[str]] = defaultdict(list)
            for row in graph.ask("copies").to_dicts():
                groups[str(row["copy_of"])].append(str(row["id"]))
    planted = {str(name): made[int(str(file).split(".")[0])] for name, file in sources.items()}
    found = [[first, *others] for first, others in groups.items()]
    return {"postings": len(planted), "read": len(made)} | score(found, planted)


def _timed(
    read: Callable[[str], Advert], states: Mapping[str, str], path: Path
) -> tuple[float, list[tuple[str, ...]]]:
    begin = time.process_time()
    comparison = Comparison(read, states, Shelf(path, "1"))
    groups = comparison.groups()
    comparison.close()
    return round(time.process_time() - begin, 1), groups


def libraries(sets: int = 1_000, size: int = 300) -> list[dict[str, Any]]:
    """Return what rensa and datasketch make of the same sets; only rensa where it is alone."""
    draw = random.Random(1)  # noqa: S311 # nothing secret: the same sets every time
    shingles = [" ".join(str(draw.randrange(5_000)) for _ in range(3)) for _ in range(60_000)]
    pairs = [_overlapping(draw, shingles, size, share) for share in (0.3, 0.5, 0.7, 0.9)] * 10
    made = [draw.sample(shingles, size) for _ in range(sets)]
    rows = [_measured("rensa", _Rensa(), made, pairs)]
    with suppress(ImportError):
        rows.append(_measured("datasketch", _Datasketch(), made, pairs))
    return rows


class _Rensa:
    def __init__(self) -> None:
        self.index = RMinHashLSH(0.5, VALUES, BANDS)

    def sketch(self, shingles: Sequence[str]) -> Any:
        made = RMinHash(VALUES, 1)
        made.update(shingles)
        return made

    def look_up(self, key: int, sketch: Any) -> None:
        self.index.query(sketch)
        self.index.insert(key, sketch)


class _Datasketch:
    def __init__(self) -> None:
        from datasketch import MinHash, MinHashLSH

        self.kind = MinHash
        self.index = MinHashLSH(num_perm=VALUES, params=(BANDS, VALUES // BANDS))

    def sketch(self, shingles: Sequence[str]) -> Any:
        made = self.kind(num_perm=VALUES, seed=1)
        made.update_batch([shingle.encode() for shingle in shingles])
        return made

    def look_up(self, key: int, sketch: Any) -> None:
        self.index.query(sketch)
        self.index.insert(str(key), sketch)


Sets = tuple[list[str], list[str]]


def _overlapping(draw: random.Random, shingles: list[str], size: int, share: float) -> Sets:
    """Return two sets whose Jaccard similarity is `share`."""
    common = round(2 * size * share / (1 + share))
    drawn = draw.sample(shingles, 2 * size - common)
    return drawn[:size], drawn[size - common :]


def _measured(
    name: str, library: Any, made: Sequence[list[str]], pairs: Sequence[Sets]
) -> dict[str, Any]:
    errors = []
    for a, b in pairs:
        exact = len(set(a) & set(b)) / len(set(a) | set(b))
        errors.append(abs(library.sketch(a).jaccard(library.sketch(b)) - exact))
    begin = time.process_time()
    sketches = [library.sketch(one) for one in made]
    middle = time.process_time()
    for key, sketch in enumerate(sketches):
        library.look_up(key, sketch)
    end = time.process_time()
    return {
        "library": f"{name} {version(name)}",
        "sketches_per_second": round(len(made) / (middle - begin)),
        "look_ups_per_second": round(len(made) / (end - middle)),
        "mean_error": round(sum(errors) / len(errors), 4),
    }


def as_markdown(report: dict[str, Any]) -> str:
    """Return the report as tables."""
    host = report["machine"]
    lines = [
        "# Copies",
        "",
        f"{host['date']}, {host['processor']}, {host['cores']} cores (load {host['load']}), "
        f"Python {host['python']}. Planted copies and look-alikes; processor time of one core.",
        "",
        "| postings | s | ms a posting | s for 100 more | pairs | recall | precision | MB |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row['postings']} | {row['seconds']} | {row['ms_a_posting']} "
        f"| {row['seconds_for_100_more']} | {row['pairs']} | {row['recall']} "
        f"| {row['precision']} | {row['peak_mb']} |"
        for row in report["sizes"]
    ]
    if real := report.get("real"):
        lines += [
            "",
            "Copies planted among real postings, built with their facts as `kg build` does. "
            "Seed 1 was looked at while the rules were made, seed 2 was not.",
            "",
            "| seed | postings | pairs | recall | precision |",
            "|---:|---:|---:|---:|---:|",
        ]
        lines += [
            f"| {seed} | {row['postings']} | {row['pairs']} | {row['recall']} "
            f"| {row['precision']} |"
            for seed, row in real.items()
        ]
    lines += ["", "| library | sketches/s | look-ups/s | mean error |", "|---|---:|---:|---:|"]
    lines += [
        f"| {row['library']} | {row['sketches_per_second']} | {row['look_ups_per_second']} "
        f"| {row['mean_error']} |"
        for row in report["libraries"]
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 20_000, 50_000, 100_000])
    parser.add_argument("--seed", type=int, default=1, help="of the planted texts alone")
    parser.add_argument("--real-seeds", type=int, nargs="*", default=[1, 2])
    given = parser.parse_args()
    report: dict[str, Any] = {"machine": machine(), "libraries": libraries(), "sizes": []}
    report["real"] = {
        str(seed): measured for seed in given.real_seeds if (measured := measure_real(seed=seed))
    }
    sys.stderr.write(json.dumps(report["real"], indent=1) + "\n")
    every = planted_adverts(max(given.sizes), seed=given.seed)
    for size in sorted(given.sizes):
        report["sizes"].append(measure(every, size))
        sys.stderr.write(json.dumps(report["sizes"][-1], indent=1) + "\n")
        text = json.dumps(report, ensure_ascii=False, indent=1, sort_keys=True)
        (RESULTS / "copies.json").write_text(text + "\n", encoding="utf-8")
        (RESULTS / "copies.md").write_text(as_markdown(report), encoding="utf-8")
    sys.stdout.write(as_markdown(report))


if __name__ == "__main__":
    main()
