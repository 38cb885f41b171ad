"""What the graph has besides postings: vocabulary, ontology, the run and its files; the skills."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.copies.store_groups import method, seal_of
from kg.exports.columns import schema
from kg.exports.tables import describe_tables, skill_rows
from kg.iris import local_name
from kg.run import ENDED, STARTED, Run
from kg.spark.columns import COPIES
from kg.spark.layout import QUADS, SOUGHT, TABLES, part_name
from kg.spark.making import packed
from kg.spark.reading import file_of
from kg.store import Store
from ontology.vocabulary import FOLDER, stored_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pyspark.sql import SparkSession

    from kg.spark.reading import UnitRead
    from kg.spark.task import Task
    from nlp.extract import Extractor

OWN: Final = ("vocabulary", "ontology", "runs")


def seal(spark: SparkSession, task: Task, extractor: Extractor) -> ox.Quad:
    """Return what says of which postings the groups of copies follow, as every build states it.

    The ids pass through the driver one after the other; they are not held.
    """
    from kg.iris import Iris

    ids = spark.read.parquet(task.output.address(SOUGHT)).select("id").sort("id")
    run = local_name(task.run)
    states = (f"{row['id']} {run}" for row in ids.toLocalIterator())
    return seal_of(Iris(task.base), method(extractor.rules_digest), states)


def write_besides(
    task: Task,
    extractor: Extractor,
    vocabulary: Sequence[Path],
    units: Sequence[UnitRead],
    sealed: ox.Quad,
) -> None:
    """Write the graphs that are no posting's, each if there is something new to be said.

    The times of the run are those of the last build that had something to do.
    """
    from kg.ingested import Ingested

    store = Store.in_memory(base=task.base)
    store.load("vocabulary", stored_files(vocabulary))
    store.load("ontology", [FOLDER / "rolegraph.ttl"])
    index = Ingested(store)
    for said, whole in _files(units).items():
        file = file_of(said, task.run)
        store.apply(add=[*index.head(file), *([index.mark(file)] if whole else [])])
    store.apply(add=[sealed])
    stated = _lasting(list(store.quads(store.graph_iri("runs"))))
    there = {f"{name}.nq.gz" for name in OWN}.issubset(task.output.names(QUADS))
    if there and _lasting(_written(task, "runs")) == stated:
        return
    run = Run(store, extractor)
    _, times = run.begin()
    store.apply(add=times)
    run.end()
    for name in OWN:
        data = packed(store.quads(store.graph_iri(name)))
        task.output.write(f"{QUADS}/{name}.nq.gz", data)


def write_skills(spark: SparkSession, task: Task) -> None:
    """Write the table of skills, with how many postings name each, and what the columns mean."""
    import pyarrow as pa
    from pyspark.sql import functions as f

    asked = spark.read.parquet(task.output.address(f"{TABLES}/requirements"))
    counted = (
        asked.where("kind = 'skill' AND concept IS NOT NULL")
        .groupBy("concept")
        .agg(f.countDistinct("posting").alias("postings"))
    )
    named = {row["concept"]: row["postings"] for row in counted.collect()}
    rows = list(skill_rows(_written(task, "vocabulary"), named))
    table = pa.Table.from_pylist(rows, schema=schema("skills"))
    task.output.write_table(f"{TABLES}/skills/{part_name(0)}.parquet", table)
    said = describe_tables({"copies": COPIES})
    task.output.write(f"{TABLES}/README.md", said.replace(".parquet\n", "/\n").encode())


def _written(task: Task, name: str) -> list[ox.Quad]:
    if not task.output.exists(f"{QUADS}/{name}.nq.gz"):
        return []
    data = gzip.decompress(task.output.read(f"{QUADS}/{name}.nq.gz"))
    return list(ox.parse(data, format=ox.RdfFormat.N_QUADS))


def _lasting(quads: Sequence[ox.Quad]) -> set[str]:
    """Return what the graph of runs says of anything but the run, which has times."""
    runs = {quad.subject for quad in quads if quad.predicate in (STARTED, ENDED)}
    return {str(quad) for quad in quads if quad.subject not in runs}


def _files(units: Sequence[UnitRead]) -> dict[str, bool]:
    """Return the readings of files that gave a posting, and whether each was read to its end."""
    found: dict[str, list[dict[str, Any]]] = {}
    for unit in units:
        for file in unit["files"]:
            said = repr((file["path"], file["source"], file["sha256"], file["manner"]))
            found.setdefault(said, []).append(file)
    return {
        said: all(one["ended"] for one in slices)
        for said, slices in found.items()
        if any(one["begun"] for one in slices)
    }
