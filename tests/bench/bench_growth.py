"""How time, memory and disk grow with the postings, from a file of them to an answer.

    python -m tests.bench.bench_growth [--sizes 1000 10000 100000] [--jobs 1] [--folder DIR]

The postings are those of `tests.bench.market`, copies among them, written as a stream of JSONL.
Every step is a command of its own, as a user would give it; time is the processor's, of the
command and all its processes, and memory that of its largest process. The exponent says how a
step grew from the size before: 1 is in proportion, and 1.05 is held to be that. Writes
`results/growth.json`, `.md` and `.svg`.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import altair as alt

from kg.views.plots import write_picture
from tests.bench.bench_extraction import RESULTS, machine
from tests.bench.market import market, write

if TYPE_CHECKING:
    from collections.abc import Sequence

GOAL: Final = 1.05
ROOM: Final = {"left": 16, "top": 16, "right": 48, "bottom": 16}
"""Pixels round the picture: a browser's letters are wider than those that it is drawn with."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one command took at one size: seconds of the clock and processor, megabytes."""

    name: str
    postings: int
    clock: float
    processor: float
    megabytes: float

    def exponent(self, smaller: Step) -> float:
        """Return how processor time grew: 1 is in proportion to the postings."""
        grown = math.log(self.processor / smaller.processor)
        return grown / math.log(self.postings / smaller.postings)


def step(name: str, postings: int, *words: str) -> Step:
    """Run a command of ours and measure it. Raises `RuntimeError` where it fails."""
    began = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        command = [sys.executable, "-m", "kg", *words]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(words)}: {said.read()}")
    return Step(
        name=name,
        postings=postings,
        clock=round(time.monotonic() - began, 2),
        processor=round(used.ru_utime + used.ru_stime, 2),
        megabytes=round(used.ru_maxrss / 1024),
    )


def roles(postings: int) -> list[str]:
    """Return the two roles that the most of the first postings are for."""
    counted = Counter(one.role for one in islice(market(), postings))
    return [role for role, _ in counted.most_common(2)]


def steps(postings: int, folder: Path, jobs: int) -> tuple[list[Step], float]:
    """Measure all steps at one size; return them, and the megabytes of the store on disk."""
    file, store = folder / f"{postings}.jsonl", folder / f"store-{postings}"
    write(postings, file)
    at = ("--store", str(store))
    one, other = roles(postings)
    found = [
        step("build", postings, "build", str(file), "--jobs", str(jobs), *at),
        step("build again, nothing changed", postings, "build", str(file), *at),
        step("first comparison", postings, "compare", one, other, "--json", *at),
        step("next comparison", postings, "compare", one, other, "--json", *at),
        step("named question", postings, "ask", "skills-of-role", "--role", one, *at),
    ]
    # what a snapshot shares with the store is one file by two names
    held = {(is_.st_dev, is_.st_ino): is_.st_size for is_ in map(os.stat, _files(store))}
    return found, round(sum(held.values()) / 2**20)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def table(sizes: Sequence[int], found: Sequence[Sequence[Step]], disk: Sequence[float]) -> str:
    """Return the figures as Markdown: a line for each step and size."""
    lines = [
        "| step | postings | s | s of processor | exponent | ms a posting | largest process, MB |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for place, first in enumerate(found[0]):
        for size, at_size in enumerate(found):
            one = at_size[place]
            grown = f"{one.exponent(found[size - 1][place]):.2f}" if size else ""
            lines.append(
                f"| {first.name} | {one.postings:,} | {one.clock:.1f} | {one.processor:.1f} | "
                f"{grown} | {1000 * one.processor / one.postings:.1f} | {one.megabytes:,.0f} |"
            )
    lines += ["", "| postings | store, MB | KB a posting |", "|---:|---:|---:|"]
    for size, held in zip(sizes, disk, strict=True):
        lines.append(f"| {size:,} | {held:,.0f} | {1024 * held / size:.0f} |")
    return "\n".join(lines)


def picture(found: Sequence[Sequence[Step]], path: Path) -> None:
    """Draw processor time by postings, both in powers of ten, a line for each step."""
    rows = [asdict(one) for at_size in found for one in at_size]
    sizes = sorted({one.postings for at_size in found for one in at_size})
    values = alt.InlineData(values=rows)
    chart = alt.Chart(values, width=460, height=300, background="white", padding=ROOM)
    drawn = chart.mark_line(point=True).encode(
        x=alt.X(
            "postings:Q",
            scale=alt.Scale(type="log", nice=False, padding=16),
            axis=alt.Axis(values=sizes, format=",d", grid=False),
            title="postings",
        ),
        y=alt.Y(
            "processor:Q",
            scale=alt.Scale(type="log"),
            axis=alt.Axis(values=[0.1, 1, 10, 100, 1000, 10_000], format="~g"),
            title="seconds of processor",
        ),
        color=alt.Color("name:N", title=None, sort=None, legend=alt.Legend(labelLimit=300)),
    )
    write_picture(drawn.configure_axis(titleFontWeight="normal"), path)


def main() -> None:
    """Measure, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="Where the stores go, and stay.")
    given = parser.parse_args()
    found: list[list[Step]] = []
    disk: list[float] = []
    with tempfile.TemporaryDirectory() as place:
        folder = given.folder or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        for size in given.sizes:
            at_size, held = steps(size, folder, given.jobs)
            found.append(at_size)
            disk.append(held)
            print(table(given.sizes[: len(found)], found, disk))  # noqa: T201
    on: dict[str, Any] = machine()
    asked = f"--sizes {' '.join(map(str, given.sizes))} --jobs {given.jobs}"
    lines = [
        "# Growth",
        "",
        f"`python -m tests.bench.bench_growth {asked}`, {on['date']}, {on['processor']}, "
        f"{on['cores']} cores, Python {on['python']}; load at the end {on['load']}.",
        "",
        table(given.sizes, found, disk),
        "",
        f"An exponent of up to {GOAL} is held to be in proportion.",
        "",
    ]
    (RESULTS / "growth.md").write_text("\n".join(lines), encoding="utf-8")
    kept = {
        "machine": on,
        "steps": [asdict(one) for at_size in found for one in at_size],
        "store_megabytes": dict(zip(map(str, given.sizes), disk, strict=True)),
    }
    (RESULTS / "growth.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    picture(found, RESULTS / "growth.svg")


if __name__ == "__main__":
    main()
