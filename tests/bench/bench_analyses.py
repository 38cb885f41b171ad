"""What each analysis costs on stores of 1,000, 10,000 and 100,000 postings.

    python -m tests.bench.bench_analyses STORE [STORE ...] [--columns FOLDER]
    python -m tests.bench.bench_analyses --columns FOLDER --vocabulary STORE --only separation

Each store is a folder that `kg build` made, such as from `python -m tests.bench.market`; nothing
but the columns that a snapshot keeps is written to it. `--columns` is a folder that
`tests.bench.columns` made, the same market without a store: what reads the store itself, at first,
is not measured there. Each analysis runs in a process of its own, twice: the first finds what a
build of a new store keeps (`kg.corpus.gathering`), if this one did, and no more; the second finds
what the first read, too (`kg.corpus.keeping`). Seconds are processor time without
the start of Python, memory is the highest that the process held. The roles are the two that most
postings are of, the skills the two that most require. The exponent is that of the second seconds
between the smallest and the largest store. Writes `results/analyses.json` and `.md`.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg import KnowledgeGraph
from kg.analyses import Analyses
from kg.corpus.keeping import name_of
from kg.corpus.rows import QUERIES
from kg.snapshots import newest
from kg.store import Store
from kg.touched import COLUMNS, FORMER
from nlp.resumes.profile import Profile, Shown
from ontology.terms import VOCABULARY
from tests.bench.columns import corpus_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.corpus import Corpus
    from kg.store import Rows

RESULTS: Final = Path(__file__).parent / "results"
PATIENCE: Final = 900
"""Seconds of the clock after which an analysis is given up."""
ONE_THREAD: Final = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
"""As `kg` has it: two that wait for one another count as processor time."""


class Asked(NamedTuple):
    """What the analyses are asked about: two roles, and two skills with their concepts."""

    roles: tuple[str, str]
    skills: tuple[str, str]
    concepts: tuple[str, str]

    @property
    def candidate(self) -> Profile:
        """Who is set beside postings; reading a résumé starts the extractor: no analysis."""
        shown = [Shown(*one, ()) for one in zip(self.concepts, self.skills, strict=True)]
        degree = Shown(f"{VOCABULARY}degree/bachelors", "Bachelor's degree", ())
        return Profile("A candidate", "", tuple(shown), (degree,), 3.0)


ANALYSES: Final[dict[str, Callable[[Any, Asked], Any]]] = {
    "who asks for what": lambda graph, _: graph.corpus().asks,
    "separation": lambda graph, asked: graph.compare(*asked.roles),
    "co-occurrence": lambda graph, _: graph.cooccurrence(),
    "communities": lambda graph, _: graph.communities(),
    "centrality of a role": lambda graph, asked: graph.central(role=asked.roles[0]),
    "ladder": lambda graph, asked: graph.ladder(asked.roles[0], plain=True),
    "trends": lambda graph, _: graph.trends(),
    "pay of all": lambda graph, _: graph.pay(),
    "pay of a role": lambda graph, asked: graph.pay(role=asked.roles[0]),
    "path": lambda graph, asked: graph.path(*asked.roles),
    "audit": lambda graph, _: graph.audit(),
    "duties of a role": lambda graph, asked: graph.duties(asked.roles[0]),
    "similar roles": lambda graph, asked: graph.similar(asked.roles[0]),
    "similar skills": lambda graph, asked: graph.similar(asked.skills[0]),
    "next skills": lambda graph, asked: graph.recommend(asked.skills),
    "gap to a role": lambda graph, asked: graph.gap(asked.candidate, asked.roles[0]),
    "postings for a candidate": lambda graph, asked: graph.match(asked.candidate, limit=20),
    "search": lambda graph, _: graph.search("python data engineer"),
    "networkx graph": lambda graph, _: graph.to_networkx(),
}
OF_STORES: Final = frozenset({"search", "networkx graph"})
"""What reads the store itself, and not its columns."""


class Columns(Analyses):
    """The analyses on a corpus without a store."""

    def __init__(self, folder: Path, vocabulary: Path) -> None:
        self.source = self._store = Store.open(vocabulary)
        self._folder = folder

    def corpus(self) -> Corpus:
        """Return the corpus that the columns make up."""
        return corpus_of(self._folder, self._store)

    def query(self, sparql: str) -> Rows:
        """Answer a query from the vocabulary's store."""
        return self._store.query(sparql)

    def __len__(self) -> int:
        return len(self.corpus().postings)


def opened(store: Path, vocabulary: Path) -> KnowledgeGraph | Columns:
    """Open a store, or the columns in a folder."""
    return Columns(store, vocabulary) if (store / COLUMNS).is_dir() else KnowledgeGraph.open(store)


def biggest(graph: Analyses) -> Asked:
    """Return the two roles that most postings are of, and the skills that most ask for."""
    corpus = graph.corpus()
    roles = _most(Counter(role for role in corpus.facets.roles if role))
    skills = _most(
        Counter(
            skill
            for posting in corpus.postings
            for skill in corpus.required(posting)
            if corpus.concept(skill)
        )
    )
    names = [(corpus.label(one), corpus.label(other)) for one, other in (roles, skills)]
    return Asked(names[0], names[1], skills)


def _most(counts: Counter[str]) -> tuple[str, str]:
    first, second = sorted(counts, key=lambda one: (-counts[one], one))[:2]
    return first, second


def measure(store: Path, vocabulary: Path, analysis: str, asked: Asked) -> dict[str, float]:
    """Run one analysis in this process."""
    graph = opened(store, vocabulary)
    began = time.process_time()
    ANALYSES[analysis](graph, asked)
    seconds = time.process_time() - began
    return {"seconds": round(seconds, 2), "megabytes": round(_peak() / 1024, 1)}


def _peak() -> int:
    """Return the most memory that this process held, in kB; `getrusage` adds its parent's."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def forget(store: Path) -> None:
    """Take away what the newest snapshot keeps, but for what a build gathers."""
    snapshot = newest(store)
    if snapshot:
        shutil.rmtree(snapshot.path / FORMER, ignore_errors=True)
        gathered = {name_of(query) for query in QUERIES}
        for file in (snapshot.path / COLUMNS).glob("*"):
            if file.name not in gathered:
                file.unlink()


def apart(store: Path, vocabulary: Path, analysis: str, asked: Asked) -> dict[str, float] | None:
    """Run one analysis in a process of its own; None where it took too long."""
    words = [sys.executable, "-m", "tests.bench.bench_analyses", str(store), "--one", analysis]
    words += [json.dumps(asked), "--vocabulary", str(vocabulary)]
    try:
        done = subprocess.run(
            words, capture_output=True, text=True, check=True, timeout=PATIENCE, env=ONE_THREAD
        )
    except subprocess.TimeoutExpired:
        return None
    found: dict[str, float] = json.loads(done.stdout)
    return found


def exponent(found: dict[int, dict[str, Any]]) -> float | None:
    """Return how the seconds grow with the postings; None for one size."""
    known = [size for size, one in found.items() if one["again"]]
    if len(known) < 2:
        return None
    small, large = min(known), max(known)
    ratio = found[large]["again"]["seconds"] / max(0.01, found[small]["again"]["seconds"])
    return round(math.log(max(ratio, 0.01)) / math.log(large / small), 2)


def main() -> None:
    """Run each analysis on each store and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stores", type=Path, nargs="*")
    parser.add_argument("--columns", type=Path, nargs="*", default=[])
    parser.add_argument("--vocabulary", type=Path)
    parser.add_argument("--one", nargs=2, metavar=("ANALYSIS", "ASKED"))
    parser.add_argument("--only", nargs="*", default=list(ANALYSES))
    given = parser.parse_args()
    vocabulary = given.vocabulary or given.stores[0]
    if given.one:
        analysis, about = given.one
        asked = Asked(*map(tuple, json.loads(about)))
        found = measure(given.stores[0], vocabulary, analysis, asked)
        print(json.dumps(found))  # noqa: T201
        return
    kept = RESULTS / "analyses.json"
    figures: dict[str, dict[int, dict[str, Any]]] = {
        name: {int(size): one for size, one in by_size.items()}
        for name, by_size in (json.loads(kept.read_text()) if kept.exists() else {}).items()
    }
    for store in (*given.stores, *given.columns):
        graph = opened(store, vocabulary)
        size, asked = len(graph), biggest(graph)
        del graph
        for name in given.only:
            if store in given.columns and name in OF_STORES:
                continue
            times = ("again",) if store in given.columns else ("first", "again")
            if "first" in times:
                forget(store)
            one = {time_: apart(store, vocabulary, name, asked) for time_ in times}
            figures.setdefault(name, {})[size] = one
            print(size, name, one, flush=True)  # noqa: T201
            write(figures)


def write(found: dict[str, dict[int, dict[str, Any]]]) -> None:
    """Write the figures and their table."""
    sizes = sorted({size for by_size in found.values() for size in by_size})
    lines = [
        "# What each analysis costs",
        "",
        "Processor seconds at first, of a store that is built anew with the columns that the build "
        "keeps, and again with what the first reading kept, the import of the "
        "libraries that an analysis needs among them; the memory of the process. `python -m "
        "tests.bench.bench_analyses STORE ... --columns FOLDER`, on stores of `tests.bench.market`;"
        " 100,000 are columns without a store (`tests.bench.columns`), which have dates and duties "
        "for all postings, and the stores have few. The exponent is that of the second seconds, "
        "from the smallest to the largest.",
        "",
        f"| analysis | {' | '.join(f'{size:,} postings' for size in sizes)} | exponent |",
        f"|---|{'---|' * (len(sizes) + 1)}",
    ]
    loads = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    lines[4:4] = [
        f"{os.cpu_count()} cores, load averages when this was written: {loads}. Where it is above "
        "the number of cores, processor seconds are too high by what processes contend for.",
        "",
    ]
    for name, by_size in found.items():
        cells = [_cell(by_size.get(size)) for size in sizes]
        lines.append(f"| {name} | {' | '.join(cells)} | {exponent(by_size) or '-'} |")
    (RESULTS / "analyses.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "analyses.md").write_text("\n".join([*lines, ""]), encoding="utf-8")


def _cell(one: dict[str, Any] | None) -> str:
    if one is None:
        return "-"
    if one["again"] is None:
        return f"over {PATIENCE:,} s of the clock"
    first = f"{one['first']['seconds']:.1f} s, again " if one.get("first") else ""
    return f"{first}{one['again']['seconds']:.1f} s, {one['again']['megabytes']:.0f} MB"


if __name__ == "__main__":
    main()
