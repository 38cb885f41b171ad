"""A unit of files read: postings with their part, and what was set aside, once and for all.

Reading is done before extraction and apart from it, for two reasons: which posting bears which
file's name shows only when all are read, and what was read need not be read again by a build that
goes on. A unit is known by the hashes of what it holds and by how it is read.
"""

from __future__ import annotations

import ast
import hashlib
import pickle
import re
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypedDict

from kg.build_report import kind_of
from kg.ingested import IngestedFile
from kg.quarantine import Quarantine
from kg.reading import BROKEN, Reading
from kg.spark.files import Files, is_address
from kg.spark.layout import QUARANTINE, READ
from kg.spark.task import bench
from nlp.readers import SetAside, Source, formats, read_source
from nlp.readers.compose import File
from nlp.readers.raw import Input, RawPosting, Unread
from nlp.readers.reading import composed
from ontology.slugs import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from kg.spark.sources import Piece, Unit
    from kg.spark.task import Task
    from nlp.readers.raw import ReadingOptions
    from nlp.repair import IsName
    from nlp.types import Posting

AS_LINES: Final = b'{"a": 1}\n{"a": 2}\n'
"""What a slice is taken to begin with: its file was found to have an object in each line."""
LINE: Final = re.compile(r"^line (\d+)")
Row: TypeAlias = dict[str, Any]


class UnitRead(TypedDict):
    """What a unit's mark says: its files, how many postings it gave, and what was set aside."""

    key: str
    files: list[dict[str, Any]]
    postings: int
    reasons: dict[str, int]
    named: list[list[str]]


def read_unit(task: Task, unit: Unit) -> str:
    """Read a unit, unless that was done; return its key. Its mark is written last."""
    said = [(piece.path, piece.name, _hash(piece), piece.start) for piece in unit]
    key = digest(task.run, str(task.parts), repr(asdict(task.options)), repr(said))
    if task.output.exists(f"{READ}/{key}.json"):
        return key
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="rolegraph-") as folder:
        kept = Quarantine(Path(folder) / "q.jsonl", keep_contacts=task.options.keep_contacts)
        mark = UnitRead(key=key, files=[], postings=0, reasons={}, named=[])
        for piece in unit:
            _read_piece(task, piece, rows, kept, mark)
        kept.finish(lambda _path, _sha256: False)
        if kept.file is not None:
            data = kept.file.read_bytes()
            task.output.write(f"{QUARANTINE}/read-{key}.jsonl", data)
    mark["postings"] = len(rows)
    task.output.write_table(f"{READ}/{key}.parquet", _table(rows))
    task.output.write_json(f"{READ}/{key}.json", mark)
    return key


def _hash(piece: Piece) -> str:
    """Return the hash of a piece's file; empty where it cannot be read."""
    if piece.sha256:
        return piece.sha256
    files, name = Files.of(piece.path)
    try:
        with files.system.open_input_file(files.path(name)) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _read_piece(
    task: Task, piece: Piece, rows: list[Row], kept: Quarantine, mark: UnitRead
) -> None:
    with ExitStack() as held:
        try:
            path = held.enter_context(at_hand(piece))
        except OSError as error:
            reading = Reading(piece.path, piece.name, task.run, address=_address(piece))
            why = SetAside(piece.name, f"{BROKEN} {' '.join(str(error).split())}")
            set_aside(why, reading, kept, mark)
            return
        source = Source(path, piece.name)
        reading = Reading.of(source, task.run, task.options, None)
        if reading.file is not None:
            sha256 = piece.sha256 or reading.file.sha256
            reading.file = replace(reading.file, path=piece.path, sha256=sha256)
        reading.address = _address(piece)
        if piece.is_slice and not reading.address:
            reading.path = piece.path
        is_name = bench(task).extractor.is_name
        items: Iterator[Posting | SetAside] = (
            read_slice(piece, path, is_name, task.options)
            if piece.is_slice
            else read_source(source, is_name, task.options)
        )
        for item in reading.read(items):
            if isinstance(item, SetAside):
                set_aside(item, reading, kept, mark)
                continue
            file = reading.begin(item)
            rows.append(
                {
                    "part": task.part_of(item.id),
                    "id": item.id,
                    "origin": item.origin,
                    "sha256": item.document_sha256,
                    "file": repr((file.path, file.source, file.sha256, file.manner)),
                    "posting": pickle.dumps(item, protocol=5),
                }
            )
    read = reading.file
    mark["files"].append(
        {
            "path": piece.path,
            "source": piece.name,
            "sha256": piece.sha256 or (read.sha256 if read else ""),
            "manner": reading.manner,
            "begun": reading.begun,
            "ended": reading.ended,
        }
    )


def _address(piece: Piece) -> str:
    """Return what the quarantine calls a piece that is fetched from elsewhere."""
    return piece.path if is_address(piece.path) else ""


def set_aside(item: SetAside, reading: Reading, kept: Quarantine, mark: UnitRead) -> None:
    """Count what gave no posting, and keep it."""
    kept.add(item, reading)
    kind = kind_of(item.reason)
    mark["reasons"][kind] = mark["reasons"].get(kind, 0) + 1
    mark["named"].append([item.where, item.reason])


def file_of(said: str, run: str) -> IngestedFile:
    """Return the reading of a file that a row names."""
    path, source, sha256, manner = ast.literal_eval(said)
    return IngestedFile(path, source, sha256, run, manner)


@contextmanager
def at_hand(piece: Piece) -> Iterator[Path]:
    """Give a path to a file, for which what lies elsewhere is fetched; of a slice, its lines."""
    if not is_address(piece.path) and not piece.is_slice:
        yield Path(piece.path)
        return
    files, name = Files.of(piece.path)
    with tempfile.TemporaryDirectory(prefix="rolegraph-") as near:
        path = Path(near) / name
        with files.system.open_input_file(files.path(name)) as stream, path.open("wb") as copy:
            if piece.is_slice:
                stream.seek(piece.start)
                copy.write(stream.read(piece.end - piece.start))
            else:
                shutil.copyfileobj(stream, copy)
        yield path


def read_slice(
    piece: Piece, path: Path, is_name: IsName, options: ReadingOptions
) -> Iterator[Posting | SetAside]:
    """Yield the postings of a slice as reading the whole file would: with its lines and hash."""
    reader = formats.load("jsonl")
    file = File(piece.path, piece.name, piece.sha256, formats.FORMATS["jsonl"])
    with path.open("rb") as stream:
        if not any(line.strip() for line in stream):
            return
        stream.seek(0)
        source = Input(piece.name, stream, AS_LINES, options)
        for raw in reader.read(source):
            yield composed(_moved(raw, piece.line), file, is_name, options)


def _moved(raw: RawPosting | Unread, lines: int) -> RawPosting | Unread:
    """Return a record with its place in the whole file."""
    position = LINE.sub(lambda found: f"line {int(found.group(1)) + lines}", raw.position)
    if isinstance(raw, RawPosting) and raw.part == raw.position:
        return replace(raw, position=position, part=position)
    return replace(raw, position=position)


def _table(rows: Iterable[Row]) -> pa.Table:
    import pyarrow as pa

    schema = pa.schema(
        [
            ("part", pa.int32()),
            *((name, pa.string()) for name in ("id", "origin", "sha256", "file")),
            ("posting", pa.binary()),
        ]
    )
    return pa.Table.from_pylist(list(rows), schema=schema)
