"""Copies found by Spark: the groups that `kg.copies` finds on one machine, whatever the number.

Postings that can have to do with one another are brought together first: those of the same words,
and those whose sketches share a band and that are of one job, or of which one has no header that
says its job. Who is in no common component with another is compared to it by neither way. Within
a component `kg.copies` itself decides, so that the groups are its groups.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any, Final

from kg.copies.comparison import Comparison
from kg.copies.likeness import Likeness, Reason
from kg.copies.shelf import Kept, Shelf
from kg.copies.sketches import are_near
from kg.copies.store_groups import group_quads
from kg.iris import Iris
from kg.spark.components import components
from kg.spark.layout import QUADS, SOUGHT, STEPS, TABLES, part_name
from kg.spark.making import packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    import pyoxigraph as ox
    from pyspark.sql import DataFrame, SparkSession

    from kg.spark.task import Task

CROWD: Final = 200
"""Postings of one band from which on they are joined to the first of them, not each to each: so
the work does not grow with the square of a template's postings. Components may then hold more than
they need, and the groups in them are the same."""
FOUND: Final = "first string, copy string, reason string, similarity double"


def group_copies(spark: SparkSession, task: Task) -> int:
    """Group the copies of all postings that are made; write their graph and table, count them."""
    sought = spark.read.parquet(task.output.address(SOUGHT))
    edges = _edges(sought)

    def kept(table: DataFrame, name: str) -> DataFrame:
        place = task.output.address(f"{STEPS}/{name}")
        table.write.mode("overwrite").parquet(place)
        return spark.read.schema(table.schema).parquet(place)

    near = components(edges, kept)
    entries = sought.join(near, sought["id"] == near["node"]).drop("node", "bands")
    found = kept(
        entries.groupBy("component").applyInArrow(lambda table: _groups(table), FOUND), "found"
    )
    for name in files_of_copies(task):
        task.output.delete(name)
    return _write(spark, task, found)


def files_of_copies(task: Task) -> list[str]:
    """Return the files that say which postings are copies."""
    output = task.output
    quads = [f"{QUADS}/{name}" for name in output.names(QUADS) if name.startswith("copies-")]
    return [*quads, *(f"{TABLES}/copies/{name}" for name in output.names(f"{TABLES}/copies"))]


def _edges(sought: DataFrame) -> DataFrame:
    """Return who must be looked at together with whom: `a` before `b`."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    same = Window.partitionBy("digest", "job")
    first = sought.withColumn("first", f.min("id").over(same)).withColumn(
        "loose", f.max(f.col("job").isNull() | ~f.col("headed")).over(same)
    )
    words = first.where("id <> first").select(f.col("first").alias("a"), f.col("id").alias("b"))
    firsts = first.where("id = first")
    bands = firsts.select(f.explode("bands").alias("band"), "id", "job", "loose")
    held = Window.partitionBy("band")
    bands = bands.withColumn("size", f.count("id").over(held)).where("size > 1")
    of_job = Window.partitionBy("band", "job")
    crowd = bands.where(f.col("size") > CROWD).select(
        f.when(f.max("loose").over(held), f.min("id").over(held))
        .otherwise(f.min("id").over(of_job))
        .alias("a"),
        f.col("id").alias("b"),
    )
    few = bands.where(f.col("size") <= CROWD)
    one, other = few.alias("one"), few.alias("other")
    meet = (
        (f.col("one.band") == f.col("other.band"))
        & (f.col("one.id") < f.col("other.id"))
        & (
            (f.col("one.job") == f.col("other.job"))
            | f.col("one.loose")
            | f.col("other.loose")
        )
    )  # fmt: skip
    pairs = one.join(other, meet).select(
        f.col("one.id").alias("a"), f.col("other.id").alias("b")
    )  # fmt: skip
    sketches = firsts.select("id", "sketches")
    likely = (
        pairs.distinct()
        .join(sketches.toDF("a", "of_a"), "a")
        .join(sketches.toDF("b", "of_b"), "b")
        .mapInArrow(_near, "a string, b string")
    )
    return words.union(crowd.where("a <> b")).union(likely).distinct()


def _near(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Keep the pairs of which one would be found by the other."""
    import pyarrow as pa

    for batch in batches:
        kept = [
            any(are_near(a, b) for a in row["of_a"] for b in row["of_b"])
            for row in batch.to_pylist()
        ]
        yield batch.filter(pa.array(kept, pa.bool_())).select(["a", "b"])


def _groups(table: pa.Table) -> pa.Table:
    """Return the copies in a component, each with the first of its group."""
    import pyarrow as pa

    rows = {row["id"]: row for row in table.to_pylist()}
    shelf = Shelf(None, "")
    for name, row in rows.items():
        sketches = tuple(row["sketches"])
        shelf.keep(name, Kept(row["digest"], row["job"], row["headed"], sketches))

    def read(name: str) -> Any:
        return pickle.loads(rows[name]["advert"])  # noqa: S301 # written by `making`

    comparison = Comparison(read, {name: name for name in rows}, shelf)
    found = []
    for first, *others in comparison.groups():
        for other in others:
            like = comparison.likeness(first, other)
            found.append((first, other, like.reason.value, like.similarity))
    columns = list(zip(*found, strict=True)) or [(), (), (), ()]
    kinds = (pa.string(), pa.string(), pa.string(), pa.float64())
    return pa.table(
        {
            name: pa.array(column, kind)
            for name, column, kind in zip(
                ("first", "copy", "reason", "similarity"), columns, kinds, strict=True
            )
        }
    )


def _write(spark: SparkSession, task: Task, found: DataFrame) -> int:
    """Write the groups, those of a part of postings in a file; count the copies."""
    from pyspark.sql import functions as f

    shared = spark.sparkContext.broadcast(task)
    part = f.conv(f.substring("first", 1, 12), 16, 10).cast("long") % task.parts
    done = (
        found.withColumn("part", part.cast("int"))
        .groupBy("part")
        .applyInArrow(lambda key, table: _write_part(shared, key, table), "copies long")
        .collect()
    )
    if not done:
        _write_table(task, part_name(0), _groups_table([]))
    return sum(row["copies"] for row in done)


def _write_part(shared: Any, key: tuple[Any, ...], table: pa.Table) -> pa.Table:
    import pyarrow as pa

    task: Task = shared.value
    iris, name = Iris(task.base), part_name(key[0].as_py())
    rows = sorted(table.to_pylist(), key=lambda row: (row["first"], row["copy"]))
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["first"], []).append(row)
    quads: list[ox.Quad] = []
    for first, copies in groups.items():
        likes = [Likeness(row["similarity"], Reason(row["reason"])) for row in copies]
        quads += group_quads(iris, [first, *(row["copy"] for row in copies)], likes)
    task.output.write(f"{QUADS}/copies-{name}.nq.gz", packed(quads))
    _write_table(task, name, _groups_table(rows))
    return pa.table({"copies": pa.array([len(rows)], pa.int64())})


def _write_table(task: Task, name: str, table: pa.Table) -> None:
    task.output.write_table(f"{TABLES}/copies/{name}.parquet", table)


def _groups_table(rows: list[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    from kg.exports.columns import schema_of
    from kg.spark.columns import COPIES

    renamed = [
        {
            "posting": row["copy"],
            "copy_of": row["first"],
            "reason": row["reason"],
            "similarity": row["similarity"],
        }
        for row in rows
    ]
    return pa.Table.from_pylist(renamed, schema=schema_of(COPIES))


def forget(task: Task) -> None:
    """Delete the steps that led to the groups."""
    place = task.output
    place.system.delete_dir_contents(place.path(STEPS), missing_dir_ok=True)
