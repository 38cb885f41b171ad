"""A part made: its postings' quads, their rows in the tables, and what their copies are sought by.

A part has the postings whose ids fall to it. It is known by them: where one comes, goes or changes
its file, the part is made again, and no other.
"""

from __future__ import annotations

import gzip
import pickle
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.copies.store_adverts import read_advert
from kg.exports.columns import schema
from kg.exports.records import evidence_rows, posting_row, requirement_rows
from kg.exports.statements import Statements
from kg.making import Made, make_graphs
from kg.quarantine import Quarantine
from kg.reading import Reading
from kg.spark.files import is_address
from kg.spark.layout import MADE, OF_PARTS, QUADS, QUARANTINE, SOUGHT, TABLES, files_of, part_name
from kg.spark.reading import UnitRead, file_of, set_aside
from kg.spark.sketching import sought_row, sought_table
from kg.spark.task import bench, written
from kg.validate import check_plainly
from nlp.readers import SetAside

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.spark.task import Bench, Task
    from nlp.types import Posting

BATCH: Final = 64
ALONE: Final = 2
"""Tries of a task after which its postings are extracted in a process of their own: one that ends
the process it is in is found so, and set aside."""


def make_part(task: Task, part: int, seal: str, rows: Sequence[dict[str, Any]], tries: int) -> str:
    """Make a part of its rows, as they were read; return the name of its mark.

    Of files that state the same posting, the one with the least name counts.
    """
    tools = bench(task)
    postings: dict[str, Posting] = {}
    files: dict[str, str] = {}
    for row in sorted(rows, key=lambda one: (one["id"], one["origin"], one["sha256"])):
        if row["id"] not in postings:
            postings[row["id"]] = pickle.loads(row["posting"])  # noqa: S301 # written by `reading`
            files[row["id"]] = row["file"]
    made = _made(task, tools, list(postings.values()), tries)
    refused = {one.posting_id: one.refused for one in made if one.refused is not None}
    name = part_name(part)
    mark = _refuse(task, name, postings, files, refused)
    whole = [one for one in made if one.refused is None]
    claims = _claims(task, tools, rows, refused)
    _write_quads(task, name, whole, claims)
    _write_tables(task, tools, name, whole)
    _write_sought(task, tools, name, whole)
    mark["key"], mark["postings"] = seal, len(whole)
    task.output.write_json(f"{MADE}/{name}-{seal}.json", mark)
    return f"{name}-{seal}.json"


def _made(task: Task, tools: Bench, postings: Sequence[Posting], tries: int) -> list[Made]:
    run = ox.NamedNode(task.run)
    if tries >= ALONE:
        from kg.workers import worker_maker

        with written(task.vocabulary) as theirs:
            maker = worker_maker(theirs, check_plainly, 1)(tools.store, run)
            try:
                return list(maker.submit(postings)())
            finally:
                maker.close()
    made: list[Made] = []
    for start in range(0, len(postings), BATCH):
        batch = postings[start : start + BATCH]
        made += make_graphs(tools.extractor, batch, tools.iris, run, check_plainly)
    return made


def _refuse(
    task: Task,
    name: str,
    postings: dict[str, Posting],
    files: dict[str, str],
    refused: dict[str, str],
) -> UnitRead:
    """Keep what was read well and could not be made; return the part's mark so far."""
    mark = UnitRead(key="", files=[], postings=0, reasons={}, named=[])
    target = f"{QUARANTINE}/made-{name}.jsonl"
    if not refused:
        task.output.delete(target)
        return mark
    with tempfile.TemporaryDirectory(prefix="rolegraph-") as folder:
        kept = Quarantine(Path(folder) / "q.jsonl", keep_contacts=task.options.keep_contacts)
        for posting_id, reason in refused.items():
            posting, file = postings[posting_id], file_of(files[posting_id], task.run)
            address = file.path if is_address(file.path) else ""
            reading = Reading(file.path, file.source, task.run, file.manner, file, address=address)
            set_aside(SetAside(posting.origin, reason, record=posting.text), reading, kept, mark)
        kept.finish(lambda _path, _sha256: False)
        if kept.file is not None:
            task.output.write(target, kept.file.read_bytes())
    return mark


def _claims(
    task: Task, tools: Bench, rows: Iterable[dict[str, Any]], refused: dict[str, str]
) -> list[ox.Quad]:
    """Return what the graph of runs says of the files that gave the postings."""
    from kg.ingested import Ingested

    index = Ingested(tools.store)
    return [
        index.claim(index.node(file_of(row["file"], task.run)), row["id"])
        for row in rows
        if row["id"] not in refused
    ]


def packed(quads: Iterable[ox.Quad]) -> bytes:
    """Return quads as gzipped N-Quads, sorted, each once: the same quads give the same bytes."""
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    lines = sorted(set(data.splitlines(keepends=True)))
    return gzip.compress(b"".join(lines), compresslevel=4, mtime=0)


def _write_quads(task: Task, name: str, made: Sequence[Made], claims: Sequence[ox.Quad]) -> None:
    quads = [quad for one in made for quad in one.quads]
    task.output.write(f"{QUADS}/{name}.nq.gz", packed([*quads, *claims]))


def _write_tables(task: Task, tools: Bench, name: str, made: Sequence[Made]) -> None:
    """Write the rows that `kg export --format parquet` has of these postings."""
    import pyarrow as pa

    rows: dict[str, list[dict[str, object]]] = {table: [] for table in OF_PARTS}
    for one in made:
        said = Statements(one.quads)
        node = tools.iris.posting(one.posting_id).value
        rows["postings"].append(posting_row(said, node, tools.labels))
        rows["requirements"] += requirement_rows(said, node, tools.labels)
        rows["evidence"] += evidence_rows(said, node)
    for table, found in rows.items():
        made_table = pa.Table.from_pylist(found, schema=schema(table))
        task.output.write_table(f"{TABLES}/{table}/{name}.parquet", made_table)


def _write_sought(task: Task, tools: Bench, name: str, made: Sequence[Made]) -> None:
    """Write what copies are sought by: each posting's job and sketches, and the advert itself."""
    rows = []
    store = tools.store
    for one in made:
        store.oxigraph.extend(one.quads)
        rows.append(sought_row(read_advert(store, one.posting_id, tools.label_of)))
        store.oxigraph.remove_graph(tools.iris.graph(one.posting_id))
    task.output.write_table(f"{SOUGHT}/{name}.parquet", sought_table(rows))


def marks(task: Task) -> dict[str, str]:
    """Return the names of the marks of parts that are whole, by part."""
    output = task.output
    marked = (name.removesuffix(".json") for name in output.names(MADE))
    found = {name.rpartition("-")[0]: f"{name}.json" for name in marked}
    folders = {name.rpartition("/")[0] for name in files_of("part")}
    there = {f"{folder}/{name}" for folder in folders for name in output.names(folder)}
    return {part: mark for part, mark in found.items() if there.issuperset(files_of(part))}
