"""A build on Spark, run for real: the graph, the tables and the copies of a build without it."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg import KnowledgeGraph
from kg.spark import build as building
from kg.spark.build import build
from kg.spark.load import load
from kg.store_folder import StoreError
from tests.sparks import snapshot, stated, write_inputs, written

pytest.importorskip("pyspark")

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import SparkSession

pytestmark = pytest.mark.slow

PARTS = 6
SLICE = 9_000
"""Bytes of a slice: the feed has several."""


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_inputs(tmp_path_factory.mktemp("inputs") / "in")


@pytest.fixture(scope="module")
def alone(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.build(inputs, tmp_path_factory.mktemp("alone") / "store") as graph:
        yield graph


@pytest.fixture(scope="module")
def output(spark: SparkSession, inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build wrote whose workers were killed when the first part was whole."""
    folder = tmp_path_factory.mktemp("output") / "graph"
    with Killer(lambda: any((folder / "work" / "made").glob("*.json"))) as killer:
        report = build(spark, [inputs], folder, parts=PARTS, slice_bytes=SLICE)
    assert killer.killed
    assert report.parts_made == report.parts
    return folder


def test_killed_workers_change_nothing(output: Path, alone: KnowledgeGraph) -> None:
    """The quads are those of every build, and of each part once."""
    assert alone.count_copies() >= 3
    assert written(output) == stated(alone.store)


def test_its_tables_are_those_of_the_export(
    output: Path, alone: KnowledgeGraph, tmp_path: Path
) -> None:
    from pyarrow import parquet

    alone.export("parquet", tmp_path / "tables")
    for name in ("postings", "requirements", "evidence", "skills"):
        known = parquet.read_table(tmp_path / "tables" / f"{name}.parquet")
        found = parquet.read_table(output / "tables" / name)
        assert found.schema.equals(known.schema, check_metadata=True), name
        assert sorted(map(repr, found.to_pylist())) == sorted(map(repr, known.to_pylist())), name
    copies = parquet.read_table(output / "tables" / "copies")
    assert len(copies) == alone.count_copies()


def test_what_it_set_aside_is_what_every_build_sets_aside(
    spark: SparkSession, inputs: Path, output: Path, alone: KnowledgeGraph
) -> None:
    before = snapshot(output)
    report = build(spark, [inputs], output, slice_bytes=SLICE)
    assert alone.report is not None
    assert report.reasons == alone.report.reasons
    assert sorted(report.set_aside) == sorted(alone.report.set_aside)
    assert report.postings == len(alone)
    # Once more, and nothing was done: the same files, byte for byte.
    assert (report.parts_made, report.units_read) == (0, 0)
    assert snapshot(output) == before
    lines = b"".join(data for name, data in before.items() if name.startswith("quarantine/"))
    assert lines.count(b"\n") == report.refused


def test_a_store_is_loaded_from_it_and_the_next_build_goes_on(
    output: Path, inputs: Path, alone: KnowledgeGraph, tmp_path: Path
) -> None:
    assert load(output, tmp_path / "store") == len(alone)
    with KnowledgeGraph.build(inputs, tmp_path / "store") as graph:
        assert graph.report is not None
        assert (graph.report.added, graph.report.replaced, graph.report.removed) == (0, 0, 0)
        assert stated(graph.store) == stated(alone.store)


def test_what_was_half_written_is_done_again_and_nothing_else(
    spark: SparkSession, inputs: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(output)
    mark = next((output / "work" / "made").iterdir())
    part = mark.name.rpartition("-")[0]
    mark.unlink()
    (output / "quads" / f"{part}.nq.gz").write_bytes(b"half of it")
    (output / ".unfinished").mkdir(exist_ok=True)
    (output / ".unfinished" / "left").write_bytes(b"by a killed task")
    (output / "work" / "grouped.json").unlink()

    def end(*_: object) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as ended:
        ended.setattr(building, "group_copies", end)
        with pytest.raises(KeyboardInterrupt):
            build(spark, [inputs], output, slice_bytes=SLICE)
    report = build(spark, [inputs], output, slice_bytes=SLICE)
    assert (report.parts_made, report.units_read) == (0, 0)  # the ended build made the part
    assert snapshot(output) == before


def test_what_cannot_be_read_leaves_an_output_as_it_was(
    spark: SparkSession, output: Path, tmp_path: Path
) -> None:
    before = snapshot(output)
    (tmp_path / "empty").mkdir()
    (tmp_path / "few").mkdir()
    (tmp_path / "few" / "few.txt").write_text("Few words.")
    for given, why in [("nowhere", "no such file"), ("empty", "holds no files"), ("few", "few")]:
        with pytest.raises(StoreError, match=f"nothing could be read.*{why}.*stays as it was"):
            build(spark, [tmp_path / given], output)
        assert snapshot(output) == before


def test_what_was_lost_is_made_again(spark: SparkSession, inputs: Path, output: Path) -> None:
    """A file of a part, of copies, of the rest; and one that was copied in part."""
    before = snapshot(output)
    part = sorted((output / "quads").glob("part-*"))[0]
    copies = sorted((output / "quads").glob("copies-*"))[0]
    part.unlink()
    copies.unlink()
    (output / "quads" / "ontology.nq.gz").unlink()
    (output / "tables" / "evidence" / f"{part.name.partition('.')[0]}.parquet").write_bytes(b"PA")
    with pytest.raises(StoreError, match=r"not whole: .*copies-part.* missing or cut off"):
        load(output, output.parent / "store")
    report = build(spark, [inputs], output, slice_bytes=SLICE)
    assert (report.parts_made, report.units_read) == (1, 0)
    after = snapshot(output)
    runs = "quads/runs.nq.gz"  # the run has done something: it has other times
    sizes = "whole.json"
    assert {name for name in before if before[name] != after.get(name)} <= {runs, sizes}
    assert set(before) == set(after)


def test_what_the_inputs_no_longer_give_goes(
    spark: SparkSession, inputs: Path, output: Path, tmp_path: Path
) -> None:
    shutil.copytree(output, tmp_path / "graph")
    left = inputs / "jobs.parquet"
    report = build(spark, [left], tmp_path / "graph")
    with KnowledgeGraph.build(left) as alone:
        assert report.postings == len(alone) == 4
        assert written(tmp_path / "graph") == stated(alone.store)
    assert not list((tmp_path / "graph" / "quarantine").iterdir())


class Killer:
    """Kills each process in which Spark runs Python, once, as soon as something `is_time`."""

    def __init__(self, is_time: Callable[[], bool]) -> None:
        self._is_time = is_time
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._kill)
        self.killed: list[int] = []

    def __enter__(self) -> Killer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _kill(self) -> None:
        while not self._done.wait(0.05):
            if self._is_time():
                for worker in workers(os.getpid()):
                    with suppress(ProcessLookupError):
                        os.kill(worker, signal.SIGKILL)
                        self.killed.append(worker)
                return


def workers(pid: int) -> list[int]:
    """Return the processes in which Spark runs Python: those that its daemons have begun."""
    below = children(pid)
    daemons = [one for one in below if b"pyspark.daemon" in command(one)]
    return [one for one in daemons if parent(one) in daemons]


def children(pid: int) -> list[int]:
    everyone = [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]
    found, todo = [], [pid]
    while todo:
        above = todo.pop()
        below = [one for one in everyone if parent(one) == above]
        found += below
        todo += below
    return found


def parent(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
