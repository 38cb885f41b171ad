"""A build that is ended: by Ctrl-C, by SIGTERM, by SIGKILL, by a full disk."""

from __future__ import annotations

import errno
import json
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from kg.build import build
from kg.failures import exit_code, message
from kg.snapshots import is_behind, newest
from kg.store import Store
from kg.store_folder import DiskFullError, StoreError
from tests.building import FakeExtractor, counts, nquads, words, write_feed
from tests.command_line import ROOT, Kg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["words"]

KG = [sys.executable, "-m", "kg"]
"""The command line in a process of its own."""
FULL = OSError("IO error: No space left on device: While appending to file: s/quads/000008.log")
"""As the engine says it: in words, without a number."""


def start(*words: str | int | Path) -> subprocess.Popen[str]:
    """Start a command of its own; it hears Ctrl-C, since whoever tests does."""
    return subprocess.Popen(
        [*KG, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def feed(folder: Path, count: int) -> Path:
    file = folder / "feed.jsonl"
    write_feed(file, [f"Engineer {number}" for number in range(count)])
    return file


def written(store: Path) -> int:
    """Return how much the engine has written: to its log, and to the files that it takes in."""
    size = 0
    for part in (store / "quads").iterdir():
        with suppress(FileNotFoundError):  # the engine takes its own files away
            size += part.stat().st_size
    return size


def wait_for_postings(running: subprocess.Popen[str], store: Path) -> None:
    """Wait until a build has read the first records, and stored some."""
    assert running.stderr
    assert "columns" in running.stderr.readline()
    before, deadline = written(store), time.monotonic() + 60
    while written(store) < before + 100_000 and time.monotonic() < deadline:
        time.sleep(0.02)


def wait_until_behind(store: Path) -> None:
    """Wait until a build has published a snapshot and stored more: for 30 s there is no other."""
    deadline = time.monotonic() + 60
    while not (newest(store) and is_behind(store)) and time.monotonic() < deadline:
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)]
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_that_is_told_to_stop_goes_on_later(
    number: signal.Signals, code: int, jobs: int, tmp_path: Path
) -> None:
    file, store = feed(tmp_path, 5000), tmp_path / "s"
    running = start("build", file, "--store", store, "--jobs", jobs)
    wait_for_postings(running, store)
    wait_until_behind(store)
    asked = subprocess.run(
        [*KG, "ask", "postings", "--json", "--store", store], capture_output=True, cwd=ROOT
    )
    assert asked.returncode == 0, asked.stderr
    assert b"a build is at work on this store" in asked.stderr
    assert len(json.loads(asked.stdout)) < 5000
    running.send_signal(number)
    _, said = running.communicate(timeout=60)
    assert running.returncode == code, said
    assert "Traceback" not in said
    assert ("goes on from there" in said) == (code > 0)
    with Store.open(store) as half:
        seen, state = len(half), str(half.view)
    with Store.open(store, read_only=False) as half:
        there = len(half)
    assert 0 < seen <= there < 5000
    assert (seen == there) == (state == "")
    assert (state == "") == (number != signal.SIGKILL)
    report = json.loads(start("build", file, "--store", store, "--json").communicate()[0])
    assert (report["added"], report["unchanged"]) == (5000 - there, there)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Mounts a disk of so many kilobytes; called again, gives it another size."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(size: int) -> Path:
        options = f"size={size}k" + (",remount" if place.is_mount() else "")
        mounting = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        done = subprocess.run(mounting, capture_output=True)
        if done.returncode:
            pytest.skip("no right to mount a small disk here")
        return place

    yield mount
    if place.is_mount():
        subprocess.run(["umount", str(place)], check=True)  # noqa: S607 # wherever it is


@pytest.mark.parametrize(
    ("batch", "room"), [(4, 1000), (64, 2000)], ids=["in transactions", "in bulk"]
)
@pytest.mark.parametrize("size", [700, 1200, 2500])
def test_on_a_full_disk_the_store_stays_whole(
    size: int, batch: int, room: int, disk: Callable[[int], Path], tmp_path: Path, words: list[Path]
) -> None:
    store = disk(size) / "s"
    file = feed(tmp_path, 200)
    whole = Store.in_memory()
    build(whole, [file], FakeExtractor(), vocabulary_files=words)
    with (
        pytest.raises(DiskFullError, match="the disk is full; what was stored is whole"),
        Store.open(store, create=True) as opened,
    ):
        build(opened, [file], FakeExtractor(), vocabulary_files=words, batch=batch)
    with Store.open(store) as left:  # also while there is still no room
        there = len(left)
        for name in left.posting_ids():
            graph = left.graph_iri(name)
            assert set(left.quads(graph)) == set(whole.quads(graph))
    assert (size > room) <= there < 200
    disk(200_000)
    with Store.open(store, create=True) as opened:
        report = build(opened, [file], FakeExtractor(), vocabulary_files=words)
        assert counts(report) == (200 - there, 0, there, 0)
        assert nquads(opened) == nquads(whole)


@pytest.mark.slow
@pytest.mark.usefixtures("few_skills")
def test_a_full_disk_has_exit_code_1(disk: Callable[[int], Path], tmp_path: Path, kg: Kg) -> None:
    file = feed(tmp_path, 300)
    store = disk(8_000) / "s"
    answer = kg("build", file, "--store", store)
    assert answer.code == 1
    assert "the disk is full; what was stored is whole: make room" in answer.err
    assert "Traceback" not in answer.err
    disk(200_000)
    assert kg("build", file, "--store", store).code == 0
    assert len(kg("ask", "postings", "--json", "--store", store).json) == 300


def test_a_new_store_on_a_full_disk(disk: Callable[[int], Path]) -> None:
    place = disk(16)
    with pytest.raises(DiskFullError):
        Store.open(place / "s", create=True)
    disk(200_000)
    with Store.open(place / "s", create=True) as opened:
        assert len(opened) == 0


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (FULL, 1),
        (OSError(errno.ENOSPC, "No space left on device"), 1),
        (OSError(errno.ENOSPC, "No space left on device", "page.html"), 1),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), 1),
        (DiskFullError("s: the disk is full"), 1),
        (OSError(errno.EACCES, "Permission denied", "page.html"), 2),
        (StoreError("s is no store"), 2),
        (ValueError("No space left on device"), 2),
    ],
)
def test_want_of_room_is_no_wrong_usage(error: Exception, code: int) -> None:
    assert exit_code(error) == code
    if code == 1:
        assert "full" in message(error) or "make room" in message(error)


@pytest.mark.parametrize(
    "words",
    [
        ["ask", "postings"],
        ["ask", "postings", "--json"],
        ["ask", "postings", "--csv"],
        ["export", "--format", "nquads"],
        ["query", "SELECT * { ?s ?p ?o } LIMIT 3"],
        ["--version"],
    ],
    ids=" ".join,
)
def test_a_result_that_cannot_be_written_is_said(
    words: list[str], store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE", str(store))
    with open("/dev/full", "wb") as full:  # noqa: PTH123 # a device
        done = subprocess.run([*KG, *words], stdout=full, stderr=subprocess.PIPE, cwd=ROOT)
    said = done.stderr.decode()
    assert done.returncode == 1, said
    assert "the disk is full" in said
    assert "Traceback" not in said
    assert "Exception ignored" not in said
