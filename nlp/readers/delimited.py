"""CSV, TSV and their like: a header, and a posting a row, whatever stands between the cells.

Rows are read one at a time. A row that is none (of another length, with a quotation mark that is
never closed) is set aside with its line, and reading goes on where rows begin again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nlp.readers import columns
from nlp.readers.dialect import dialect_of, first_row
from nlp.readers.raw import Input, RawPosting, Unread
from nlp.readers.rows import Row, read_rows
from nlp.readers.streams import decode_head, flagged, open_text

KNOWN_NEEDED: Final = 2
ROWS_NEEDED: Final = 4
COLUMNS_NEEDED: Final = 3
LONGEST_NAME: Final = 60


def recognises(head: bytes) -> bool:
    """Tell whether an input is a table: by the names in its first line, or by rows all alike.

    A text's first line may have commas too; what it does not have is the names that tables of
    postings have, cells in quotation marks, or four further lines with as many commas.
    """
    text = decode_head(head)
    if "\0" in text.partition("\n")[0]:
        return False
    dialect = dialect_of(text)
    if dialect is None or any(len(name) > LONGEST_NAME for name in dialect.header):
        return False
    guessed = columns.guess(dialect.header)
    if len(dialect.header) == 1:
        return guessed.has_text and dialect.quoted_rows
    known = columns.known_names(dialect.header)
    if known >= KNOWN_NEEDED and (guessed.has_text or dialect.alike):
        return True
    if dialect.quoted_header and dialect.quoted_rows:
        return dialect.alike == dialect.rows > 0
    return (
        len(dialect.header) >= COLUMNS_NEEDED
        and dialect.rows >= ROWS_NEEDED
        and dialect.alike == dialect.rows
    )


def read(source: Input) -> Iterator[RawPosting | Unread]:
    """Yield the posting in each row, or why there is none; empty lines are passed over."""
    yield from flagged(source, _read(source))


def _read(source: Input) -> Iterator[RawPosting | Unread]:
    dialect = dialect_of(decode_head(source.head))
    if dialect is None:
        yield Unread("no table: its first line has no columns", "line 1")
        return
    with open_text(source) as text:
        rows = (row for row in read_rows(text, dialect) if not row.is_blank)
        header = next(rows, None)
        if header is None:
            yield Unread("the table is empty")
            return
        guessed = columns.guess(_names(header), columns.pairs(source.options.columns))
        if header.wrong or not guessed.has_text:
            yield Unread(header.wrong or guessed.complaint(), header.position, header.text)
            return
        source.tell(f"{source.name}: {guessed.describe()}")
        empty = True
        for row in rows:
            empty = False
            yield _posting(row, header, guessed)
        if empty:
            yield Unread("the table has no rows below its header", header.position, header.text)


def describe(source: Input) -> str:
    """Return in a sentence which columns are taken for what."""
    header = first_row(decode_head(source.head))
    return columns.guess(header, columns.pairs(source.options.columns)).describe()


def _names(header: Row) -> tuple[str, ...]:
    return tuple(name.strip() for name in header.cells)


def _posting(row: Row, header: Row, guessed: columns.Columns) -> RawPosting | Unread:
    """Return a row's posting; its record has the header too, so that it can be read alone."""
    record = f"{header.text.rstrip()}\n{row.text.rstrip()}\n"
    if row.wrong:
        return Unread(row.wrong, row.position, record)
    return guessed.posting(row.cells, row.position, record)
