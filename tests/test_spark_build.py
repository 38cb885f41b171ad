"""A build on Spark, run for real: the graph, the tables and the copies of a build without it."""

from __future__ import annotations

import os
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
from tests.sparks import snapshot, stated, write_inputs, written

pytest.importorskip("pyspark")

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.slow

PARTS = 6
SLICE = 9_000
"""Bytes of a slice: the feed has several."""


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    from kg.spark.session import session

    with session("local[2]") as begun:
        begun.conf.set("spark.sql.shuffle.partitions", "2")
        yield begun


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_inputs(tmp_path_factory.mktemp("inputs") / "in")


@pytest.fixture(scope="module")
def alone(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.build(inputs, tmp_path_factory.mktemp("alone") / "store") as graph:
        yield graph


@pytest.fixture(scope="module")
def output(spark: SparkSession, inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output") / "graph"
    build(spark, [inputs], folder, parts=PARTS, slice_bytes=SLICE)
    return folder


def test_its_quads_are_those_of_every_build(output: Path, alone: KnowledgeGraph) -> None:
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


def test_a_killed_worker_changes_nothing(
    spark: SparkSession, inputs: Path, output: Path, tmp_path: Path
) -> None:
    """Each worker that was at work when the first part was whole is killed, once."""
    target, killed = tmp_path / "graph", []
    done = threading.Event()

    def kill() -> None:
        while not done.wait(0.05):
            if any((target / "work" / "made").glob("*.json")):
                for worker in workers(os.getpid()):
                    with suppress(ProcessLookupError):
                        os.kill(worker, signal.SIGKILL)
                        killed.append(worker)
                return

    watcher = threading.Thread(target=kill)
    watcher.start()
    try:
        report = build(spark, [inputs], target, parts=PARTS, slice_bytes=SLICE)
    finally:
        done.set()
        watcher.join()
    assert killed
    assert report.parts_made == report.parts
    assert written(target) == written(output)


def test_what_the_inputs_no_longer_give_goes(spark: SparkSession, tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path / "in")
    build(spark, [inputs], tmp_path / "graph", parts=2)
    for name in ("feed.jsonl", "again/feed.jsonl", "jobs.csv"):
        (inputs / name).unlink()
    report = build(spark, [inputs], tmp_path / "graph")
    with KnowledgeGraph.build(inputs) as alone:
        assert report.postings == len(alone) == 4
        assert written(tmp_path / "graph") == stated(alone.store)
    assert not list((tmp_path / "graph" / "quarantine").iterdir())


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
