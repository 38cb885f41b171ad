"""Parquet, with pyarrow: batch after batch, so that a large file needs the memory of a small one.

What is damaged is told by its group of rows; the other groups are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from nlp.readers import columns
from nlp.readers.json_records import flat
from nlp.readers.raw import Input, NotThisFormat, RawPosting, Unread
from nlp.readers.wording import Json

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

MAGIC: Final = b"PAR1"
BATCH: Final = 256
"""Rows that are in memory at once."""
MISSING: Final = "Parquet is read with pyarrow: pip install 'rolegraph[tables]'"


def recognises(head: bytes) -> bool:
    """Tell whether an input is Parquet: it begins with "PAR1"."""
    return head.startswith(MAGIC)


def read(source: Input) -> Iterator[RawPosting | Unread]:
    """Yield the posting in each row, or why there is none.

    Raises `NotThisFormat` for a file that does not begin as Parquet does.
    """
    if not recognises(source.head):
        raise NotThisFormat(f'it begins with {source.head[:4]!r}, not with "PAR1"')
    try:
        from pyarrow import ArrowException
    except ImportError:
        yield Unread(MISSING)
        return
    try:
        file = _open(source)
        guessed = _columns(file, source)
    except (ArrowException, OSError, ValueError) as error:  # a damaged name is no UTF-8
        yield Unread(f"Parquet that cannot be read: {_line(error)}")
        return
    if not guessed.has_text:
        yield Unread(guessed.complaint())
        return
    source.tell(f"{source.name}: {guessed.describe()}")
    before = 0
    for group in range(file.num_row_groups):
        size = file.metadata.row_group(group).num_rows
        done = before
        try:
            for batch in file.iter_batches(BATCH, row_groups=[group]):
                for row in batch.to_pylist():
                    done += 1
                    yield _posting(row, f"row {done}", source)
        except (ArrowException, OSError, ValueError) as error:
            yield Unread(f"damaged: {_line(error)}", f"rows {done + 1}-{before + size}")
        before += size
    if not before:
        yield Unread("the table has no rows")


def describe(source: Input) -> str:
    """Return in a sentence which columns are taken for what."""
    return _columns(_open(source), source).describe()


def _open(source: Input) -> ParquetFile:
    from pyarrow.parquet import ParquetFile

    source.stream.seek(0)
    return ParquetFile(source.stream)


def _columns(file: ParquetFile, source: Input) -> columns.Columns:
    """Return what the columns hold; those in a structure are called by dotted names."""
    paths = (file.schema.column(at).path for at in range(len(file.schema)))
    names = dict.fromkeys(path.split(".list.")[0] for path in paths)
    return columns.guess(tuple(names), columns.pairs(source.options.columns))


def _posting(row: Mapping[str, object], position: str, source: Input) -> RawPosting | Unread:
    plain = {name: _plain(value) for name, value in row.items()}
    values = flat(plain)
    guessed = columns.guess(tuple(values), columns.pairs(source.options.columns))
    record = json.dumps(plain, ensure_ascii=False)
    return guessed.posting(list(values.values()), position, record)


def _plain(value: object) -> Json:
    """Return a value of Arrow's as one of a record's; pictures and other bytes are left out."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return None if isinstance(value, bytes) else str(value)


def _line(error: Exception) -> str:
    return str(error).split("\n")[0][:200]
