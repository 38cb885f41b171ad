"""The steps of a build that Spark runs: files sliced, units read, parts made."""

from __future__ import annotations

import hashlib
import pickle
from functools import partial
from typing import TYPE_CHECKING, Any

from kg.spark.layout import READ, part_name
from kg.spark.making import make_part, marks
from kg.spark.reading import read_unit
from kg.spark.sources import Piece, slices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pyarrow as pa
    from pyspark import Broadcast
    from pyspark.sql import SparkSession

    from kg.spark.sources import Unit
    from kg.spark.task import Task


def slice_files(
    spark: SparkSession, shared: Broadcast[Task], pieces: Sequence[Piece], size: int
) -> list[Piece]:
    """Return the pieces, large files of JSON lines cut into slices: each file by one task."""
    large = [place for place, one in enumerate(pieces) if one.size > size]
    work = [pieces[place] for place in large]
    made = _each(spark, shared, work, partial(_slice, size))
    cut = dict(zip(large, made, strict=True))
    return [one for place, piece in enumerate(pieces) for one in cut.get(place, [piece])]


def _slice(size: int, task: Task, piece: Piece) -> list[Piece]:
    try:
        return slices(piece, task.options, size)
    except OSError:
        return [piece]  # who reads it sets it aside, with the reason


def read_units(spark: SparkSession, shared: Broadcast[Task], todo: Sequence[Unit]) -> list[str]:
    """Read the units that were not yet read; return the keys of all, sorted."""
    return sorted(set(_each(spark, shared, todo, read_unit)))


def wanted_parts(spark: SparkSession, task: Task, keys: Sequence[str]) -> dict[str, str]:
    """Return the mark of each part that there is to be, by what it will be made of."""
    from pyspark.sql import functions as f

    if not keys:
        return {}
    rows = spark.read.parquet(*(task.output.address(f"{READ}/{key}.parquet") for key in keys))
    said = f.sort_array(f.collect_list(f.concat_ws("\t", "id", "origin", "sha256", "file")))
    seals = rows.groupBy("part").agg(f.sha2(f.concat_ws("\n", said), 256).alias("seal")).collect()
    run = pickle.dumps((task.run, task.parts))
    return {
        part_name(row["part"]): f"{part_name(row['part'])}-{_short(row['seal'], run)}.json"
        for row in sorted(seals, key=lambda row: int(row["part"]))
    }


def _short(seal: str, run: bytes) -> str:
    return hashlib.sha256(seal.encode() + run).hexdigest()[:16]


def make_parts(
    spark: SparkSession,
    shared: Broadcast[Task],
    task: Task,
    keys: Sequence[str],
    wanted: dict[str, str],
) -> list[str]:
    """Make the parts that are not there as they are wanted; return their names."""
    from pyspark.sql import functions as f

    there = marks(task)
    todo = [name for name, mark in wanted.items() if there.get(name) != mark]
    if not todo:
        return []
    seals = {_number(name): wanted[name].removesuffix(".json")[len(name) + 1 :] for name in todo}
    rows = spark.read.parquet(*(task.output.address(f"{READ}/{key}.parquet") for key in keys))
    known = spark.sparkContext.broadcast(seals)
    done = (
        rows.where(f.col("part").isin(*seals))
        .repartition(len(todo), "part")
        .groupBy("part")
        # A lambda: of a function with annotations Spark wants to know more than they say.
        .applyInArrow(lambda key, table: _make(shared, known, key, table), "mark string")
        .collect()
    )
    missing = set(todo) - {row["mark"].rpartition("-")[0] for row in done}
    if missing:
        raise RuntimeError(f"parts were not made: {', '.join(sorted(missing))}")
    return todo


def _make(
    shared: Broadcast[Task], known: Broadcast[dict[int, str]], key: tuple[Any, ...], table: pa.Table
) -> pa.Table:
    import pyarrow as pa
    from pyspark import TaskContext

    context = TaskContext.get()
    tries = context.attemptNumber() if context else 0
    part = int(key[0].as_py())
    mark = make_part(shared.value, part, known.value[part], table.to_pylist(), tries)
    return pa.table({"mark": pa.array([mark], pa.string())})


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])


def _each(
    spark: SparkSession,
    shared: Broadcast[Task],
    items: Sequence[Any],
    work: Callable[[Task, Any], Any],
) -> list[Any]:
    """Do some work on each item, each in a task of its own; return what came of it, in order."""
    if not items:
        return []
    given = spark.sparkContext.broadcast(list(items))
    found = (
        spark.range(0, len(items), 1, len(items))
        .mapInArrow(partial(_one, shared, given, work), "number long, made binary")
        .collect()
    )
    made = {row["number"]: pickle.loads(row["made"]) for row in found}  # noqa: S301 # our own
    return [made[number] for number in range(len(items))]


def _one(
    shared: Broadcast[Task],
    given: Broadcast[list[Any]],
    work: Callable[[Task, Any], Any],
    batches: Iterator[pa.RecordBatch],
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    for batch in batches:
        for number in batch.column(0).to_pylist():
            made = pickle.dumps(work(shared.value, given.value[number]))
            yield pa.RecordBatch.from_pydict(
                {"number": pa.array([number], pa.int64()), "made": pa.array([made], pa.binary())}
            )
