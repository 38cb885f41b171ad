"""A task that dies is tried again; from the third time on what it dies of is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.iris import Iris
from kg.run import run_node
from kg.spark.files import Files
from kg.spark.layout import MADE, READ
from kg.spark.making import make_part
from kg.spark.reading import read_unit
from kg.spark.sources import Piece
from kg.spark.task import Task
from kg.workers import ENDED
from nlp.extract import extractor_of
from ontology import load
from tests.building import write
from tests.test_workers import check_or_die

pytest.importorskip("pyspark")

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.slow


def test_from_the_third_try_on_the_posting_that_ends_its_process_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyarrow import parquet

    monkeypatch.setattr("kg.spark.making.check_plainly", check_or_die)
    pieces = []
    (tmp_path / "in").mkdir()
    for name in ("Baker", "Deadly", "Nurse"):
        write(tmp_path / "in" / f"{name}.txt", name)
        file = tmp_path / "in" / f"{name}.txt"
        pieces.append(Piece(f"file://{file}", file.name, file.stat().st_size))
    output, iris = Files.at(tmp_path / "out"), Iris("https://x/")
    run = run_node(iris, extractor_of(load())).value
    task = Task(output, run, iris.base, 1)
    key = read_unit(task, tuple(pieces))
    rows = parquet.read_table(tmp_path / "out" / READ / f"{key}.parquet").to_pylist()
    mark: Any = output.read_json(f"{MADE}/{make_part(task, 0, 'seal', rows, 2)}")
    assert mark["postings"] == 2
    assert mark["named"] == [["Deadly.txt", ENDED]]
    kept = json.loads(output.read("quarantine/made-part-000000.jsonl"))
    assert (kept["path"], kept["reason"]) == (pieces[1].path, ENDED)
    assert "Deadly" in kept["record"]


def test_spark_tries_a_task_four_times_and_says_which_try_it_is(spark: SparkSession) -> None:
    def fail_twice(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow
        from pyspark import TaskContext

        context = TaskContext.get()
        tries = context.attemptNumber() if context else -1
        if tries < 2:
            raise RuntimeError("not yet")
        for _ in batches:
            yield pyarrow.RecordBatch.from_pydict({"tries": pyarrow.array([tries])})

    (row,) = spark.range(0, 1, 1, 1).mapInArrow(fail_twice, "tries long").collect()
    assert row["tries"] == 2
    assert spark.sparkContext.master == "local[2,4]"
