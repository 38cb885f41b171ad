"""What the grouping of copies takes of memory and processor, the texts left out.

    python -m tests.bench.made_sketches [COUNT]

The sketches are made, two a posting; four postings in ten are copies, with a twentieth of their
values changed, of some 20,000 roles. Whatever is near counts as like. Fills a shelf in a process of
its own, groups twice, each time in another, and prints what each takes, as JSON.
"""

from __future__ import annotations

import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final
from unittest.mock import patch

import numpy as np

from kg.copies.adverts import Advert, Job
from kg.copies.comparison import Comparison
from kg.copies.likeness import Likeness, Reason
from kg.copies.shelf import NAME, Kept, Shelf
from kg.copies.sketches import VALUES

COPIED: Final = 0.4
CHANGED: Final = VALUES // 20
ROLES: Final = 20_000


def states(count: int) -> dict[str, str]:
    """Return the states of so many postings by their ids."""
    names = (hashlib.sha256(str(number).encode()).hexdigest()[:20] for number in range(count))
    return {name: f"{name} 0123456789abcdef" for name in names}


def fill(path: Path, count: int) -> None:
    """Put what so many postings are sought by on a shelf."""
    draw, dice = np.random.default_rng(1), random.Random(1)  # noqa: S311 # nothing secret
    made: list[tuple[np.ndarray, str]] = []
    with Shelf(path, "") as shelf:
        for name, state in states(count).items():
            if made and dice.random() < COPIED:
                sketches, job = dice.choice(made)
                sketches = sketches.copy()
                sketches[:, draw.integers(0, VALUES, CHANGED)] += 1
            else:
                sketches = draw.integers(0, 2**32, (2, VALUES), np.uint32)
                job = Job(f"role/{dice.randrange(ROLES)}", None, ("made",)).to_text()
                made.append((sketches, job))
            both = tuple(one.astype("<u4").tobytes() for one in sketches)
            named = job if dice.random() > 0.03 else None
            digest = hashlib.sha256(name.encode()).digest()[:16]
            shelf.keep(state, Kept(digest, named, dice.random() < 0.9, both))
        shelf.save()


def group(path: Path, count: int) -> dict[str, float]:
    """Group them; return the seconds, and the megabytes before and at most."""
    known, before = states(count), _megabytes()
    began = time.process_time()
    like = patch("kg.copies.comparison.likeness", return_value=Likeness(0.9, Reason.NEAR))
    with like, Shelf(path, "") as shelf:
        comparison = Comparison(lambda name: Advert(name, ""), known, shelf)
        copies = sum(len(one) - 1 for one in comparison.groups())
        comparison.close()
    seconds = round(time.process_time() - began, 1)
    return {"copies": copies, "seconds": seconds, "mb_before": before, "mb_at_most": _megabytes()}


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure and print, or do one of the steps."""
    count, *step = [*sys.argv[1:], "100000"] if len(sys.argv) < 2 else sys.argv[1:]
    if step:
        what, place = step
        found = (fill if what == "fill" else group)(Path(place), int(count))
        sys.stdout.write(f"{json.dumps(found)}\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        for what in ("fill", "group", "group"):
            command = [sys.executable, "-m", "tests.bench.made_sketches", count, what]
            done = subprocess.run(
                [*command, str(Path(folder, NAME))], check=True, capture_output=True, text=True
            )
            if what == "group":
                sys.stdout.write(done.stdout)


if __name__ == "__main__":
    main()
