"""Tables as text, row by row, with the line at which each ends."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Table:
    """A table's columns and rows; a row is its last line's number and its cells by column.

    A row of another length than the head has the cells that there are.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_text(path: Path) -> str:
    """Return a file's text. Raises `ValueError` where it is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error


def read_table(
    path: Path, needed: Sequence[str], what: str, *, delimiter: str = "", quoted: bool = True
) -> Table:
    """Read a table that has the columns `needed`, whatever their case.

    Without a delimiter, the head decides between comma, semicolon and tab. Raises `ValueError`
    that says what was found in place of `what`.
    """
    text = read_text(path)
    head = next((line for line in text.splitlines() if line.strip()), "")
    sign = delimiter or max(",;\t", key=head.count)
    rows = list(_rows(text, sign, quoted=quoted))
    columns = tuple(cell.strip() for cell in rows[0][1]) if rows else ()
    lowered = {column.lower() for column in columns}
    missing = [column for column in needed if column.lower() not in lowered]
    if missing:
        found = ", ".join(columns[:8]) if columns and len(head) < 400 else "no head of a table"
        raise ValueError(
            f"{path}: no column {', '.join(missing)}; found: {found or 'nothing'}. {what}"
        )
    names = {column.lower(): column for column in needed}
    keys = [names.get(column.lower(), column) for column in columns]
    body = tuple((line, dict(zip(keys, cells, strict=False))) for line, cells in rows[1:])
    return Table(tuple(keys), body)


def _rows(text: str, delimiter: str, *, quoted: bool) -> Iterator[tuple[int, list[str]]]:
    file = io.StringIO(text, newline="")
    reader = (
        csv.reader(file, delimiter=delimiter)
        if quoted
        else csv.reader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    )
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def clean(cell: str | None) -> str:
    """Return a cell on one line, without blanks at its edges."""
    return " ".join((cell or "").split())
