"""Graphs made in other processes: the same bytes, whatever becomes of a process."""

from __future__ import annotations

import os
import shutil
import signal
from typing import TYPE_CHECKING

import pytest

from kg.build import build
from kg.store import Store
from kg.validate import Violation, check_plainly
from kg.workers import ENDED, worker_maker
from nlp.extract import Extractor
from tests.building import counts, nquads, write
from tests.command_line import SEEDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyoxigraph as ox

pytestmark = pytest.mark.slow  # each process loads an extractor


def check_or_die(quads: Sequence[ox.Quad]) -> Sequence[Violation]:
    """Die of one posting, find fault with another."""
    said = " ".join(getattr(quad.object, "value", "") for quad in quads)
    if "Deadly" in said:
        os.kill(os.getpid(), signal.SIGKILL)
    if "Faulty" in said:
        return [Violation("g", "n", "Shape", None, "found", "mend it")]
    return check_plainly(quads)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def test_two_processes_make_the_same_bytes_as_one(extractor: Extractor, tmp_path: Path) -> None:
    for number in range(12):
        write(tmp_path / f"{number}.txt", f"Data Engineer {number}")
    for seed in SEEDS.glob("*.txt"):
        shutil.copy(seed, tmp_path)
    found = []
    for jobs in (0, 2):
        store = Store.in_memory()
        workers = worker_maker([], check_plainly, jobs) if jobs else None
        report = build(store, [tmp_path], extractor, check=check_plainly, batch=3, workers=workers)
        assert counts(report) == (16, 0, 0, 0)
        found.append(nquads(store))
    assert found[0] == found[1]


def test_a_posting_that_kills_its_process_is_set_aside(
    extractor: Extractor, tmp_path: Path
) -> None:
    names = ["Baker", "Chemist", "Deadly", "Faulty", "Nurse", "Welder"]
    for name in names:
        write(tmp_path / f"{name}.txt", name)
    store = Store.in_memory()
    report = build(store, [tmp_path], extractor, batch=3, workers=worker_maker([], check_or_die, 2))
    assert counts(report) == (4, 0, 0, 0)
    assert report.set_aside == (
        ("Deadly.txt", ENDED),
        ("Faulty.txt", "its graph breaks Shape: n: mend it"),
    )
    # The files of both are read again next time; the others are known.
    assert counts(build(store, [tmp_path], extractor)) == (2, 0, 4, 0)
