"""A watch that is killed at random moments: what is in the store in the end.

    python -m tests.bench.bench_watch_kills [--postings N] [--kills N] [--seed N] [--json]

Twice: `kg watch -` reads postings from a pipe, one a line, and `kg watch FOLDER` a folder into
which they are put, one a file, while it runs. Each gets SIGKILL at random moments, and is started
again; the stream is then played from its start or from any line before the one that it had come to.
In the end it is let through, and its store is held against that of a run that nobody killed:
posting by posting, and as a whole. Alerts are told meanwhile for a profile that fits every posting,
and counted. Writes `results/watch_kills.json` and `.md`, or prints the figures with `--json`. It
forks, so it wants a process to itself.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
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
from tests.bench.bench_kills import AREAS, RESULTS
from tests.bench.killable_build import Whole, in_child, is_store, look_at, short_postings
from tests.bench.killable_watch import begin_watch

PROFILE: Final = """\
name: anybody
years: 20
wishes: {met: 0}
"""
BATCH: Final = 20
"""Lines of a batch."""
LONGEST: Final = 120.0
"""Seconds that a watch may take to come to its end."""


@dataclass
class Findings:
    """What was found of one kind of watch."""

    kills: int = 0
    restarts: int = 0
    postings: int = 0
    looks: int = 0
    broken_postings: int = 0
    same_postings: bool = False
    same_store: bool = False
    alerts: int = 0
    told_twice: int = 0
    not_told: int = 0
    stored_at_kills: list[int] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


class Bench:
    """The postings, and a place for stores."""

    def __init__(self, place: Path, postings: int, kills: int, seed: int) -> None:
        self.place = place
        self.kills = kills
        self.draw = random.Random(seed)  # noqa: S311 # moments of a kill
        self.texts = list(short_postings(postings))
        self.lines = [
            json.dumps(
                {"id": f"n{number}", "title": text.split("\n")[0], "description": text}
            ).encode()
            for number, text in enumerate(self.texts)
        ]
        self.profile = place / "anybody.yaml"
        self.profile.write_text(PROFILE, encoding="utf-8")

    def words(self, what: str, store: Path) -> list[str]:
        """Return the words of the command, with alerts in JSON on its output."""
        return [
            *(what, "--store", str(store), "--match", str(self.profile), "--json"),
            *("--most", str(BATCH), "--seconds", "0.2", "--settle", "0.05"),
        ]

    def stream(self) -> Findings:
        """Kill the watch of a stream, play it again, and compare."""
        found, store = Findings(), self.place / "stream"
        whole = self.place / "whole-stream"
        self.run_stream(whole, 0, None, Findings(), Counter())
        told: Counter[str] = Counter()
        came = 0
        while found.kills < self.kills:
            start = self.draw.choice((0, self.draw.randint(0, came)))
            batches = self.draw.randint(0, 3)
            self.run_stream(store, start, batches, found, told)
            came = self.look(store, whole, found)
        self.run_stream(store, 0, None, found, told)
        return self.compare(store, whole, found, told)

    def run_stream(
        self,
        store: Path,
        start: int,
        batches: int | None,
        found: Findings,
        told: Counter[str],
    ) -> None:
        """Play the lines from one on; kill some moments after so many batches, or let it end."""
        reading, writing = os.pipe()
        log = self.place / "log"
        child, telling = begin_watch(self.words("-", store), log, reading)
        os.close(reading)
        data = b"".join(line + b"\n" for line in self.lines[start:])
        if batches is None:
            data += self.lines[-1]  # as a writer that was ended leaves it

        def feed() -> None:
            with suppress(BrokenPipeError), os.fdopen(writing, "wb") as stream:
                stream.write(data)

        feeding = threading.Thread(target=feed, daemon=True)
        feeding.start()
        self.end(child, telling, batches, found)
        feeding.join()
        self.hear(log, told, found)

    def folder(self) -> Findings:
        """Kill the watch of a folder that fills, start it again, and compare."""
        found, store = Findings(), self.place / "folder"
        filling = self.place / "in"
        filling.mkdir()
        told: Counter[str] = Counter()
        left = list(enumerate(self.texts))
        share = max(1, len(left) // self.kills)
        child, telling = begin_watch(self.words(str(filling), store), self.place / "log")
        while found.kills < self.kills:
            for _ in range(share):
                self.put(filling, *left.pop(0)) if left else None
            self.end(child, telling, self.draw.randint(0, 1), found)
            self.hear(self.place / "log", told, found)
            self.look(store, None, found)
            child, telling = begin_watch(self.words(str(filling), store), self.place / "log")
        for number, text in left:
            self.put(filling, number, text)
        self.end(child, telling, 0, found)
        found.kills -= 1
        self.hear(self.place / "log", told, found)
        self.run_once(filling, store)
        self.hear(self.place / "log", told, found)
        whole = self.place / "whole-folder"
        self.run_once(filling, whole)
        return self.compare(store, whole, found, told)

    def put(self, folder: Path, number: int, text: str) -> None:
        """Write a posting in one go, under a name to be changed, or in two halves."""
        file = folder / f"{number:05}.txt"
        way = self.draw.randrange(3)
        if way == 0:
            (folder / f"{number:05}.tmp").write_text(text, encoding="utf-8")
            (folder / f"{number:05}.tmp").rename(file)
        elif way == 1:
            file.write_text(text, encoding="utf-8")
        else:
            with file.open("w", encoding="utf-8") as stream:
                stream.write(text[: len(text) // 2])
                stream.flush()
                time.sleep(self.draw.random() / 50)
                stream.write(text[len(text) // 2 :])

    def run_once(self, folder: Path, store: Path) -> None:
        """Take up what is in a folder, and end."""
        child, telling = begin_watch(
            [*self.words(str(folder), store), "--once"], self.place / "log"
        )
        os.close(telling)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code:
            said = (self.place / "log").read_text(encoding="utf-8")[-2000:]
            raise RuntimeError(f"the watch ended with {code}: {said}")

    def end(self, child: int, telling: int, batches: int | None, found: Findings) -> None:
        """Kill a watch a moment after so many batches were stored, or see it end by itself."""
        found.restarts += 1
        seen, deadline = 0, time.monotonic() + LONGEST
        while batches is None or seen < batches:
            if not select.select([telling], [], [], max(0.0, deadline - time.monotonic()))[0]:
                found.complaints.append("nothing came to an end")
                break
            heard = os.read(telling, 1 << 16)
            if not heard:
                break
            seen += heard.count(b"\n")
        if batches is not None:
            time.sleep(self.draw.random() * 0.3)
            done, status = os.waitpid(child, os.WNOHANG)
            if not done:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                found.kills += 1
        else:
            done, status = os.waitpid(child, 0)
        if done and (code := os.waitstatus_to_exitcode(status)):
            said = (self.place / "log").read_text(encoding="utf-8")[-2000:]
            found.complaints.append(f"exit {code}: {said}")
        os.close(telling)

    def hear(self, log: Path, told: Counter[str], found: Findings) -> None:
        """Count what was told in a run."""
        for line in log.read_text(encoding="utf-8").splitlines():
            if line.startswith('{"event": "alert"') and line.endswith("}"):
                told[json.loads(line)["posting"]] += 1
            elif "Traceback" in line:
                found.complaints.append(line)

    def look(self, store: Path, whole: Path | None, found: Findings) -> int:
        """Look at what a kill left; return how many postings are there."""
        held = in_child(lambda: look_at(store) if is_store(store) else None)
        if held is None:
            found.stored_at_kills.append(0)
            return 0
        found.looks += 1
        found.stored_at_kills.append(len(held.graphs))
        if whole is not None:
            right = in_child(lambda: look_at(whole))
            found.broken_postings += sum(
                right.graphs.get(name) != graph for name, graph in held.graphs.items()
            )
        return len(held.graphs)

    def compare(self, store: Path, whole: Path, found: Findings, told: Counter[str]) -> Findings:
        """Hold a store that was killed against one that was not."""
        if not is_store(store):
            raise RuntimeError("; ".join(found.complaints))
        left: Whole = in_child(lambda: look_at(store))
        right: Whole = in_child(lambda: look_at(whole))
        found.postings = len(left.graphs)
        found.same_postings = left.graphs == right.graphs
        found.same_store = left.total == right.total
        found.alerts = len(told)
        found.told_twice = sum(count > 1 for count in told.values())
        found.not_told = len(left.graphs) - len(told)
        return found


def run_bench(place: Path, postings: int, kills: int, seed: int) -> dict[str, Any]:
    """Return the figures of both kinds of watch."""
    few = [
        file
        for file in ontology.vocabulary.own_files()
        if file.parent.name != "skills" or file.name in AREAS
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ontology.vocabulary.own_files", lambda: few)
        patch.setattr("ontology.vocabulary.alignment_files", list)
        extractor = Extractor(ontology.load())
        for text in short_postings(100):
            extractor(Posting("warm", text, ""))
        patch.setattr(nlp.extract, "extractor_of", lambda *_: extractor)
        patch.setattr(ontology, "load", lambda *_: extractor.vocabulary)
        bench = Bench(place, postings, kills, seed)
        kinds = {"stream": asdict(bench.stream()), "folder": asdict(bench.folder())}
    return {"date": datetime.now(UTC).date().isoformat(), "sent": postings, "seed": seed, **kinds}


def to_markdown(found: dict[str, Any]) -> str:
    """Return the figures as a page."""
    lines = [
        "# A watch that is killed",
        "",
        f"`python -m tests.bench.bench_watch_kills --postings {found['sent']} --kills "
        f"{found['stream']['kills']} --seed {found['seed']}`, {found['date']}. SIGKILL at random "
        "moments; a stream is then played again, from its start or from an earlier line. Held "
        "against a run that nobody killed.",
        "",
        "| | stream | folder |",
        "|---|---:|---:|",
    ]
    for name, label in {
        "kills": "kills",
        "postings": "postings in the end",
        "broken_postings": "postings that were not whole after a kill",
        "same_postings": "the same graphs of postings",
        "same_store": "the same store, all but clock times",
        "alerts": "postings told of",
        "told_twice": "told of twice (killed between telling and noting it)",
        "not_told": "not told of",
        "complaints": "complaints",
    }.items():
        shown = [found[kind][name] for kind in ("stream", "folder")]
        cells = [len(one) if isinstance(one, list) else one for one in shown]
        lines.append(f"| {label} | {cells[0]} | {cells[1]} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the bench, and write or print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--postings", type=int, default=400)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        found = run_bench(Path(place), given.postings, given.kills, given.seed)
    if given.json:
        print(json.dumps(found))  # noqa: T201 # what was asked for
        return
    (RESULTS / "watch_kills.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "watch_kills.md").write_text(to_markdown(found), encoding="utf-8")
    print(to_markdown(found), file=sys.stderr)  # noqa: T201 # the bench's own voice


if __name__ == "__main__":
    main()
