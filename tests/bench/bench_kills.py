"""A build that is killed, again and again: what is in the store then, and what it becomes.

    python -m tests.bench.bench_kills [--postings N] [--kills N] [--seed N] [--json]

Postings of our own, half of them a file each, half of them in one file, are built by `kg build`
in a process that gets SIGKILL. The moments are spread evenly over the whole of a build: of so many
kills each has its own stretch of the unbroken build's time and a random moment in it, and comes
when the build has done as much as that one had by then. Some come each to a new store; most one
after another to the same store, which goes on after each, from its start to its end. After each
kill the store is opened, every posting in it is held against the unbroken build's, and what it
takes to end in the same bytes is run. Writes `results/kills.json` and `.md`, or prints the
figures with `--json`. It forks, so it wants a process to itself: a store that was opened in it
before would leave its threads' locks shut in the children.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

import nlp.extract
import ontology
import ontology.vocabulary
from nlp.extract import Extractor
from nlp.types import Posting
from tests.bench.killable_build import (
    COMPARING,
    Course,
    begin_build,
    in_child,
    is_store,
    look_at,
    short_postings,
    write_postings,
)

RESULTS: Final = Path(__file__).parent / "results"
AREAS: Final = {"programming-languages.ttl", "machine-learning.ttl"}
"""The part of the vocabulary that is loaded: the whole takes longer than a kill should wait."""
CHAIN: Final = 49
"""Kills that one store goes through at the most before its build is let through."""
FRESH: Final = 40
"""Of so many kills, one is the first and only one of its store."""


@dataclass
class Findings:
    """What was found in the stores, by how many kills."""

    kills: int = 0
    opened: int = 0
    no_store_yet: int = 0
    broken_postings: int = 0
    resumed: int = 0
    same_bytes: int = 0
    complaints: list[str] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    stored: list[int] = field(default_factory=list)


class Bench:
    """The postings, the unbroken build's store, and what has been found so far."""

    def __init__(self, place: Path, postings: int, seed: int) -> None:
        self.place = place
        self.folder = place / "postings"
        self.folder.mkdir()
        self.postings = postings
        write_postings(self.folder, postings)
        self.draw = random.Random(seed)  # noqa: S311 # moments of a kill
        self.found = Findings()
        self.course = self.run_to_end(place / "unbroken")
        self.idle = self.run_to_end(place / "unbroken").end
        self.unbroken = in_child(lambda: look_at(place / "unbroken"))

    def run_to_end(self, store: Path) -> Course:
        """Build without a kill."""
        started = time.perf_counter()
        course = Course()
        child, told = begin_build(self.folder, store, self.place / "log")
        with told:
            for line in told:
                if line == COMPARING:
                    course.comparing = time.perf_counter() - started
                else:
                    course.seconds.append(time.perf_counter() - started)
                    course.stored.append(int(line))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code:
            said = (self.place / "log").read_text(encoding="utf-8")[-2000:]
            raise RuntimeError(f"the build ended with {code}: {said}")
        course.end = time.perf_counter() - started
        return course

    def kill_at(self, store: Path, moment: float, held: int) -> bool:
        """Build on where `held` postings are stored, and kill when the build has come to what the
        unbroken one had done at a moment. Say whether there was something left to kill."""
        stored, later = self.course.at(moment)
        child, told = begin_build(self.folder, store, self.place / "log")
        ended = os.WNOHANG
        with told:
            if stored is not None and stored <= held:
                time.sleep(self.idle * held / self.postings + later)
            else:
                for line in told:
                    if line == COMPARING or (stored is not None and held + int(line) >= stored):
                        time.sleep(later)
                        break
                else:
                    ended = 0
        done, status = os.waitpid(child, ended)
        if done:
            if os.waitstatus_to_exitcode(status):
                self.found.complaints.append(
                    (self.place / "log").read_text(encoding="utf-8")[-2000:]
                )
            return False
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        self.found.kills += 1
        self.found.moments.append(round(moment / self.course.end, 4))
        self.inspect(store)
        return True

    def inspect(self, store: Path) -> None:
        """Look at what a kill left."""
        try:
            held = in_child(lambda: look_at(store) if is_store(store) else None)
            seen = in_child(lambda: look_at(store, as_reader=True)) if held else None
        except Exception as error:
            self.found.complaints.append(f"does not open: {error!r}")
            return
        if held is None or seen is None:
            self.found.no_store_yet += 1
            self.found.stored.append(0)
            return
        self.found.opened += 1
        self.found.stored.append(len(held.graphs))
        for graphs in (held.graphs, seen.graphs):
            broken = [
                name for name, total in graphs.items() if self.unbroken.graphs.get(name) != total
            ]
            self.found.broken_postings += len(broken)

    def resume(self, store: Path) -> None:
        """Build to the end in a store that was left by a kill, and compare."""
        self.run_to_end(store)
        held = in_child(lambda: look_at(store))
        self.found.resumed += 1
        self.found.same_bytes += held.total == self.unbroken.total
        shutil.rmtree(store)

    def run(self, kills: int) -> None:
        """Kill so many times: some in new stores, the others in chains.

        A moment at which the build was done already is tried again, in another store.
        """
        step = self.course.end / kills
        moments = [(number + self.draw.random()) * step for number in range(kills)]
        self.draw.shuffle(moments)
        fresh = max(2, kills // FRESH)
        chains = [[moment] for moment in moments[:fresh]]
        many = math.ceil((kills - fresh) / CHAIN)
        chains += [sorted(moments[fresh + first :: many]) for first in range(many)]
        while chains:
            store = self.place / "chain"
            held, missed = 0, []
            for moment in chains.pop(0):
                if self.kill_at(store, moment, held):
                    held = self.found.stored[-1]
                    self.say()
                else:
                    missed.append(moment)
            self.resume(store)
            chains += [missed] if missed else []
            self.say()

    def say(self) -> None:
        found = self.found
        print(  # noqa: T201 # the bench's own voice
            f"{found.kills} kills, {found.opened} opened, {found.no_store_yet} before the store, "
            f"{found.broken_postings} broken postings, {found.same_bytes} of {found.resumed} "
            f"ended in the same bytes, {len(found.complaints)} complaints; "
            f"by tenths {tenths(found.moments)}, of postings "
            f"{tenths(stored / self.postings for stored in found.stored)}",
            file=sys.stderr,
            flush=True,
        )


def tenths(shares: Iterable[float]) -> list[int]:
    """Return how many of the shares of a whole fall into each tenth of it."""
    counted = Counter(min(int(share * 10), 9) for share in shares)
    return [counted[tenth] for tenth in range(10)]


def run_bench(place: Path, postings: int, kills: int, seed: int) -> dict[str, Any]:
    """Return the figures of `kills` kills over builds of `postings` postings."""
    few = [
        file
        for file in ontology.vocabulary.own_files()
        if file.parent.name != "skills" or file.name in AREAS
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ontology.vocabulary, "own_files", lambda: few)
        patch.setattr(ontology.vocabulary, "alignment_files", list)
        extractor = Extractor(ontology.load())
        # The rules' expressions are compiled when they are first needed: once, not after each kill.
        for text in short_postings(200):
            extractor(Posting("warm", text, ""))
        patch.setattr(nlp.extract, "Extractor", lambda *_: extractor)
        patch.setattr(ontology, "load", lambda *_: extractor.vocabulary)
        bench = Bench(place, postings, seed)
        bench.run(kills)
    found = asdict(bench.found)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "postings": postings,
        "stored_unbroken": len(bench.unbroken.graphs),
        "seconds_unbroken": round(bench.course.end, 1),
        "seconds_until_comparing": round(bench.course.comparing, 1),
        "kills_in_each_tenth_of_the_time": tenths(bench.found.moments),
        "kills_by_tenth_of_postings_stored": tenths(
            [stored / postings for stored in bench.found.stored]
        ),
        "seed": seed,
        **found,
    }


def main() -> None:
    """Run the bench and write its results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print the figures, write no file")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        figures = run_bench(Path(place), given.postings, given.kills, given.seed)
    if given.json:
        print(json.dumps(figures))  # noqa: T201 # for the one who ran it
        return
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "kills.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    rows = [f"| {words} | {figures[name]} |" for name, words in ROWS.items()]
    text = "\n".join(["# Builds that were killed", "", "| | |", "|---|---|", *rows, ""])
    (RESULTS / "kills.md").write_text(text, encoding="utf-8")


ROWS: Final = {
    "postings": "postings in the build",
    "seconds_unbroken": "seconds of the unbroken build",
    "seconds_until_comparing": "seconds until all were stored and copies were looked for",
    "kills": "kills with SIGKILL",
    "kills_in_each_tenth_of_the_time": "of them in each tenth of the build's time",
    "kills_by_tenth_of_postings_stored": "of them by the tenth of the postings stored by then",
    "no_store_yet": "of them before there was a store",
    "opened": "of them with a store, which opened",
    "broken_postings": "postings in those stores that were not whole",
    "resumed": "builds that went on after kills, to the end",
    "same_bytes": "of them that ended in the bytes of the unbroken build",
}

if __name__ == "__main__":
    main()
