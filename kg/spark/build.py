"""A build on Spark: read, make, group, write besides; each step only where it was not yet done."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.build_report import SHOWN, kind_of
from kg.iris import Iris
from kg.spark.besides import seal, write_besides, write_skills
from kg.spark.files import Files
from kg.spark.grouping import files_of_copies, forget, group_copies
from kg.spark.layout import (
    GROUPED,
    MADE,
    OF_PARTS,
    PLAN,
    QUADS,
    QUARANTINE,
    READ,
    SOUGHT,
    TABLES,
)
from kg.spark.plan import plan
from kg.spark.report import SparkReport
from kg.spark.sources import UNIT_BYTES, Piece, find_pieces, units
from kg.spark.stages import make_parts, read_units, slice_files, wanted_parts
from kg.spark.whole import broken, mark_whole, unmark
from kg.store_folder import StoreError
from nlp.readers import SetAside
from nlp.readers.raw import AS_IT_IS
from ontology.terms import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyoxigraph as ox
    from pyspark.sql import SparkSession

    from kg.spark.plan import Plan
    from kg.spark.reading import UnitRead
    from kg.spark.task import Task
    from nlp.readers.raw import ReadingOptions

NAMED: Final = 3
"""Inputs that the error names where none could be read."""


def build(
    spark: SparkSession,
    inputs: Iterable[str | Path],
    target: str | Path,
    *,
    base: str = DATA,
    vocabulary: Sequence[Path] = (),
    options: ReadingOptions = AS_IT_IS,
    parts: int | None = None,
    slice_bytes: int = UNIT_BYTES,
) -> SparkReport:
    """Build the graph of `inputs` into the folder `target`; again, and only what is new is done.

    Inputs are files and folders that every executor sees, or addresses that pyarrow knows. The
    output follows from the inputs alone: what they no longer give goes. `parts` is into how many
    parts postings are divided, else as many as before, else one for eight megabytes of input;
    `slice_bytes` is from where on a file of JSON lines is read in slices. Raises `StoreError`, also
    where nothing could be read: an output that is there stays as it was.
    """
    from nlp.extract import extractor_of
    from ontology import load

    started = time.perf_counter()
    output = Files.at(target)
    there = output.exists(PLAN)
    extractor = extractor_of(load(vocabulary))
    found = find_pieces(inputs, output)
    pieces = [one for one in found if isinstance(one, Piece)]
    size = sum(one.size for one in pieces)
    task, planned = plan(output, Iris(base), extractor, vocabulary, options, size=size, parts=parts)
    shared = spark.sparkContext.broadcast(task)
    before = set(output.names(READ))
    keys = read_units(spark, shared, units(slice_files(spark, shared, pieces, slice_bytes)))
    read: list[UnitRead] = [output.read_json(f"{READ}/{key}.json") for key in keys]
    aside = [one for one in found if isinstance(one, SetAside)]
    given = [one["key"] for one in read if one["postings"]]
    if not given:
        _forget_units(task, [key for key in keys if there and f"{key}.json" not in before])
        raise StoreError(_nothing_read(output, _set_aside(aside, read)[1], there=there))
    _begin(output, planned)
    _tidy_reading(task, keys)
    wanted = wanted_parts(spark, task, given)
    made = make_parts(spark, shared, task, given, wanted)
    _tidy_parts(task, wanted)
    sealed = seal(spark, task, extractor)
    copies = _group(spark, task, sealed)
    write_besides(task, extractor, vocabulary, read, sealed)
    write_skills(spark, task)
    marks: list[UnitRead] = [output.read_json(f"{MADE}/{name}") for name in wanted.values()]
    reasons, named = _set_aside(aside, [*read, *marks])
    output.tidy()
    mark_whole(output)
    return SparkReport(
        postings=sum(one["postings"] for one in marks),
        files=len(pieces),
        copies=copies,
        parts=len(wanted),
        parts_made=len(made),
        units=len(keys),
        units_read=sum(f"{key}.json" not in before for key in keys),
        set_aside=named,
        reasons=reasons,
        seconds=time.perf_counter() - started,
    )


def _group(spark: SparkSession, task: Task, sealed: ox.Quad) -> int:
    """Group copies, unless the postings are those of the last time; count them."""
    output, said = task.output, sealed.object.value  # type: ignore[union-attr] # it is a literal
    before: dict[str, Any] = output.read_json(GROUPED) if output.exists(GROUPED) else {}
    if before.get("seal") == said and before.get("files") == files_of_copies(task):
        return int(before["copies"])
    output.delete(GROUPED)
    copies = group_copies(spark, task)
    files = files_of_copies(task)
    output.write_json(GROUPED, {"seal": said, "copies": copies, "files": files})
    forget(task)
    return copies


def _begin(output: Files, planned: Plan) -> None:
    """Begin to change an output: it is not whole from now on, and what of it is broken goes."""
    for name in broken(output):
        output.delete(name)
    unmark(output)
    if output.read_json(PLAN) != planned:
        output.write_json(PLAN, planned)
    output.tidy()


def _forget_units(task: Task, keys: Sequence[str]) -> None:
    """Delete what was read of some units."""
    for key in keys:
        for name in (
            f"{READ}/{key}.json",
            f"{READ}/{key}.parquet",
            f"{QUARANTINE}/read-{key}.jsonl",
        ):
            task.output.delete(name)
    task.output.tidy()


def _nothing_read(output: Files, named: Sequence[tuple[str, str]], *, there: bool) -> str:
    """Say that there is nothing to build, why, and what becomes of an output that is there."""
    why = "; ".join(f"{where}: {reason}" for where, reason in named[:NAMED])
    more = f"; and {len(named) - NAMED} more" if len(named) > NAMED else ""
    kept = f"; {output.where} stays as it was" if there else ""
    return f"nothing could be read: {why or 'no input holds a posting'}{more}{kept}"


def _tidy_reading(task: Task, keys: Sequence[str]) -> None:
    """Delete what was read of inputs that are there no more, or are others now."""
    output = task.output
    for name in output.names(READ):
        if name.rpartition(".")[0] not in keys:
            output.delete(f"{READ}/{name}")
    for name in output.names(QUARANTINE):
        if name.startswith("read-") and name[5:].removesuffix(".jsonl") not in keys:
            output.delete(f"{QUARANTINE}/{name}")


def _tidy_parts(task: Task, wanted: Mapping[str, str]) -> None:
    """Delete the parts, and the marks of parts, that are none any more."""
    output = task.output
    marks = set(wanted.values())
    for name in output.names(MADE):
        if name not in marks:
            output.delete(f"{MADE}/{name}")
    for folder in (SOUGHT, QUADS, *(f"{TABLES}/{one}" for one in OF_PARTS)):
        for name in output.names(folder):
            if name.startswith("part-") and name.partition(".")[0] not in wanted:
                output.delete(f"{folder}/{name}")
    for name in output.names(QUARANTINE):
        if name.startswith("made-") and name[5:].removesuffix(".jsonl") not in wanted:
            output.delete(f"{QUARANTINE}/{name}")


def _set_aside(
    inputs: Sequence[SetAside], marks: Sequence[UnitRead]
) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, str], ...]]:
    """Return how often which kind of reason was met, and the first thousand records."""
    counts: Counter[str] = Counter(kind_of(one.reason) for one in inputs)
    named = [(one.where, one.reason) for one in inputs]
    for mark in marks:
        counts.update(mark["reasons"])
        named += [(where, reason) for where, reason in mark["named"]]
    ordered = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return ordered, tuple(sorted(named)[:SHOWN])
