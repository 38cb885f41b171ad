"""A build in a process of its own that can be killed, and what is found in its store."""

from __future__ import annotations

import json
import os
import pickle
import random
import sys
import tempfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final, TypeVar

import pytest
from pyoxigraph import RdfFormat

import kg.publishing
from kg import KnowledgeGraph
from kg.cli import main as kg_main
from kg.copies.sought import Sought
from kg.copies.store_groups import group_copies
from kg.store import Store
from tests.bench.postings import TITLES

SKILLS: Final = ("Python", "SQL", "Kafka", "Excel", "Tableau", "Kubernetes", "Spark", "Rust")
CLOCK: Final = (b"prov#startedAtTime>", b"prov#endedAtTime>")
COMPARING: Final = b"comparing\n"
"""What a build tells when all is stored and it looks for copies."""

T = TypeVar("T")


@dataclass(frozen=True)
class Whole:
    """What a store holds: a sum of hashes for each posting's graph, and one for everything.

    Clock times are left out. The order of the lines does not count: an export sorts them.
    """

    graphs: dict[str, int]
    total: int


@dataclass
class Course:
    """What a build has done by when: seconds since its start, with the postings stored by then.

    `comparing` is when all were stored, and the search for copies began.
    """

    seconds: list[float] = field(default_factory=list)
    stored: list[int] = field(default_factory=list)
    comparing: float = 0.0
    end: float = 0.0

    def at(self, moment: float) -> tuple[int | None, float]:
        """Return how much was stored at a moment, None in the search for copies, and the seconds
        since it was."""
        if moment >= self.comparing:
            return None, moment - self.comparing
        place = bisect_right(self.seconds, moment) - 1
        return (self.stored[place], moment - self.seconds[place]) if place >= 0 else (0, moment)


def short_postings(count: int, *, seed: int = 1) -> Iterator[str]:
    """Yield postings of some 30 words, no two alike: quick to extract, and whole."""
    draw = random.Random(seed)  # noqa: S311 # nothing secret: the same postings every time
    for number in range(count):
        one, two = draw.sample(SKILLS, 2)
        yield (
            f"{draw.choice(TITLES)}\n\nWe are looking for somebody to join team {number}.\n\n"
            f"Requirements:\n- {draw.randrange(2, 9)}+ years of experience with {one}\n"
            f"- Knowledge of {two} is a plus\n\nApply now.\n"
        )


def write_postings(folder: Path, count: int) -> None:
    """Write one half of the postings as files, the other as the lines of one file."""
    texts = list(short_postings(count))
    for number, text in enumerate(texts[: count // 2]):
        file = folder / f"{number % 20:02}" / f"{number:05}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    lines = [
        json.dumps({"title": text.split("\n")[0], "description": text.split("\n", 1)[1]})
        for text in texts[count // 2 :]
    ]
    (folder / "more.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def in_child(work: Callable[[], T]) -> T:
    """Return what `work` returns in a process of its own: stores are opened nowhere else."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with os.fdopen(writing, "wb") as stream:
            pickle.dump(work(), stream)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        data = stream.read()
    os.waitpid(child, 0)
    return pickle.loads(data)  # type: ignore[no-any-return]  # noqa: S301 # our own child's


def begin_build(folder: Path, store: Path, log: Path) -> tuple[int, IO[bytes]]:
    """Start `kg build`; return the process and what it tells: postings stored so far, line by line,
    and `COMPARING` when it begins to look for copies. Its extractor is loaded already.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, os.fdopen(reading, "rb", buffering=0)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)

    def compare(store: Store, made: Mapping[str, Sought]) -> bool:
        os.write(writing, COMPARING)
        return group_copies(store, made)

    def build(*given: Any, progress: Callable[[int], None], **named: Any) -> KnowledgeGraph:
        def tell(stored: int) -> None:
            os.write(writing, b"%d\n" % stored)
            progress(stored)

        return whole(*given, progress=tell, **named)

    whole = KnowledgeGraph.build
    patch = pytest.MonkeyPatch()  # never undone: the process ends here
    try:
        patch.setattr(kg.publishing, "group_copies", compare)
        patch.setattr(KnowledgeGraph, "build", build)
        kg_main(["build", str(folder), "--store", str(store)])
    except SystemExit as stopped:
        sys.stdout.flush()
        os._exit(stopped.code if isinstance(stopped.code, int) else 1)
    finally:
        os._exit(70)


def look_at(store: Path, *, as_reader: bool = False) -> Whole:
    """Return what a store holds, or what a reader sees of it: the newest snapshot, which may be
    of long before. Raises `StoreError` where it does not open."""
    graphs: Counter[str] = Counter()
    opened = Store.open(store, read_only=as_reader)
    with tempfile.TemporaryFile() as file:
        postings = {f"<{opened.graph_iri(name)}>".encode() for name in opened.posting_ids()}
        opened.oxigraph.dump(file, format=RdfFormat.N_QUADS)
        file.seek(0)
        whole = 0
        for line in file:
            name = line[line.rindex(b"<") : line.rindex(b">") + 1]
            if name in postings:
                graphs[name.decode()] += hash(line)
            elif any(verb in line for verb in CLOCK):
                continue
            whole += hash(line)
    opened.close(publish=False)  # a look changes nothing
    return Whole(dict(graphs), whole)


def is_store(store: Path) -> bool:
    """Say whether a store was begun: a kill may come before its stamp is written."""
    stamp = store / "rolegraph.json"
    return stamp.exists() and stamp.stat().st_size > 0
