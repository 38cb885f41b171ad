"""How a table is written: what stands between its cells, and how quotation marks are used.

Each way there is is tried on the head; that which finds the most usual names in the header and
then the most rows of the header's length is the table's.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from io import StringIO
from typing import Final

from nlp.readers.columns import known_names

DELIMITERS: Final = (",", "\t", ";", "|")
ROWS_LOOKED_AT: Final = 50
ANNOUNCED: Final = re.compile(r'"?sep=[,;\t|]"?\r?\n', re.IGNORECASE)
"""The line by which spreadsheets are told what stands between cells: "sep=;"."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A way to write tables, and what it finds in the head of one.

    `announced` tells whether a line before the header says what stands between cells.
    `rows` are the rows below the header, `alike` those of its length; `quoted_header` and
    `quoted_rows` tell whether the first cell of the header, and of the row below it, is in
    quotation marks.
    """

    delimiter: str
    quoting: bool
    escapes: bool
    announced: bool = False
    header: tuple[str, ...] = ()
    rows: int = 0
    alike: int = 0
    quoted_header: bool = False
    quoted_rows: bool = False

    def parse(self, lines: Iterator[str], *, strict: bool) -> Iterator[list[str]]:
        """Yield the cells of each row; raises `csv.Error`, where `strict`, for wrong quotes."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.quoting else csv.QUOTE_NONE,
            escapechar="\\" if self.escapes else None,
            strict=strict,
        )


@lru_cache(maxsize=4)
def dialect_of(head: str) -> Dialect | None:
    """Return how a table is written, by its first 64 KiB; None where there is no first line."""
    announced = ANNOUNCED.match(head)
    table = head[announced.end() :] if announced else head
    tried = [_tried(table, replace(way, announced=announced is not None)) for way in _ways(table)]
    found = [dialect for dialect in tried if dialect is not None]
    return max(found, key=_rank, default=None)


def first_row(head: str) -> tuple[str, ...]:
    """Return the names of a table's columns."""
    dialect = dialect_of(head)
    return tuple(name.strip() for name in dialect.header) if dialect else ()


def _ways(head: str) -> Iterator[Dialect]:
    for delimiter in DELIMITERS:
        if delimiter in head:
            yield Dialect(delimiter, quoting=True, escapes=False)
            if '\\"' in head:
                yield Dialect(delimiter, quoting=True, escapes=True)
            if delimiter == "\t":
                yield Dialect(delimiter, quoting=False, escapes=False)
    yield Dialect(",", quoting=True, escapes=False)


def _rank(dialect: Dialect) -> tuple[int, float, int]:
    share = dialect.alike / dialect.rows if dialect.rows else 1.0
    return known_names(dialect.header), share if len(dialect.header) > 1 else 0.0, dialect.alike


def _tried(head: str, way: Dialect) -> Dialect | None:
    """Return a way with what it finds; the last row of the head may be cut off and is left out."""
    rows: list[list[str]] = []
    try:
        for cells in way.parse(StringIO(head, newline=""), strict=False):
            if any(cell.strip() for cell in cells):
                rows.append(cells)
            if len(rows) > ROWS_LOOKED_AT:
                break
    except csv.Error:
        pass
    if not rows:
        return None
    header, below = tuple(rows[0]), rows[1:-1] if len(rows) > 2 else rows[1:]
    quoted_header, quoted_rows = _quoted(head)
    return replace(
        way,
        header=header,
        rows=len(below),
        alike=sum(len(cells) == len(header) for cells in below),
        quoted_header=quoted_header,
        quoted_rows=quoted_rows,
    )


def _quoted(head: str) -> tuple[bool, bool]:
    first, second, *_ = [*(line for line in head.splitlines()[:10] if line.strip()), "", ""]
    return first.startswith('"'), second.startswith('"')
