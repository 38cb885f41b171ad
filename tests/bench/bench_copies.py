"""How well and how fast copies are found among planted ones.

    python -m tests.bench.bench_copies [--sizes 10000 20000 50000 100000]

Extraction is left out: title, role, level, place and employer are those that were planted; the
real postings beside the project go the whole way. Times are processor time of one core. Writes
`results/copies.json` and `.md`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import ontology
from kg.copies.adverts import Advert
from kg.copies.comparison import Comparison
from kg.copies.shelf import Shelf
from tests.bench.bench_extraction import RESULTS, machine
from tests.bench.planted import Planted, made_originals, plant, reworded

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


def measure(count: int, *, seed: int = 1) -> dict[str, Any]:
    """Group so many planted postings; again, with all on the shelf; and with 100 more."""
    planted = planted_adverts(count, seed=seed)
    states = {name: f"{name} run" for name in planted}
    report: dict[str, Any] = {"postings": count}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shelf"
        read: Callable[[str], Advert] = lambda name: advert_of(name, planted[name])  # noqa: E731
        some = dict(sorted(states.items())[: count - 100])
        report["seconds"], _ = _timed(read, some, path)
        report["seconds_for_100_more"], groups = _timed(read, states, path)
        report["shelf_mb"] = round(path.stat().st_size / 10**6)
    report["ms_a_posting"] = round(1000 * report["seconds"] / count, 2)
    report["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    return report | score(groups, planted)


def _timed(
    read: Callable[[str], Advert], states: Mapping[str, str], path: Path
) -> tuple[float, list[tuple[str, ...]]]:
    begin = time.process_time()
    comparison = Comparison(read, states, Shelf(path, "1"))
    groups = comparison.groups()
    comparison.close()
    return round(time.process_time() - begin, 1), groups


def main() -> None:
    """Measure, print and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 20_000, 50_000, 100_000])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for size in given.sizes:
        print(json.dumps(measure(size, seed=given.seed), indent=1), flush=True)


if __name__ == "__main__":
    main()
