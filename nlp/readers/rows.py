"""The rows of a table, one at a time, each with its lines; where rows go wrong, and begin again.

The standard `csv` reads a row; a log of the lines that it took tells where the row stands. If a
quotation mark is never closed, and swallows what follows, the row's first line is given up and
the others are read anew, until a line begins a row again.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TextIO

from nlp.readers.dialect import Dialect
from nlp.readers.streams import no_text

LONGEST_CELL: Final = 1 << 24
"""Characters of a cell, and of a line, at the most; `csv` itself stops at 131,072."""
LONGEST_KEPT: Final = 1 << 20
"""Characters that are kept of lines that make no row."""
BEGINNING: Final = "its beginning is kept"
"""What is said of a line that is set aside and not whole: the rest is in the file."""
ENOUGH_TEXT: Final = 40
"""Characters of the longest cell of a row by which, behind wrong lines, rows begin again."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, its text, the line it begins at, and what is wrong with it."""

    cells: Sequence[str]
    text: str
    line: int
    wrong: str = ""

    @property
    def position(self) -> str:
        """Say where the row stands."""
        return f"line {self.line}"

    @property
    def is_blank(self) -> bool:
        """Tell whether there is nothing in any cell."""
        return not self.wrong and not any(cell.strip() for cell in self.cells)


class _TooLongError(Exception):
    """A line is longer than any row is."""


class _Lines:
    """The lines of a stream; those that were taken can be put back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._ahead: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else self._stream.readline(LONGEST_CELL)
        if not line:
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        if len(line) >= LONGEST_CELL and not line.endswith(("\n", "\r")):
            self._skip()
            raise _TooLongError
        return line

    def put_back(self) -> str:
        """Put back all lines of the last row but its first, which is returned."""
        self._ahead.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        return self.taken[0]

    def _skip(self) -> None:
        while (more := self._stream.readline(LONGEST_KEPT)) and not more.endswith(("\n", "\r")):
            pass


class _Given:
    """Lines that were given up, until rows begin again: they make one wrong row."""

    def __init__(self, line: int, wrong: str) -> None:
        self.line, self.wrong = line, wrong
        self._parts: list[str] = []
        self._size = 0

    def add(self, text: str) -> None:
        """Keep a line, as long as they are not too many."""
        if self._size < LONGEST_KEPT:
            self._parts.append(text[:LONGEST_KEPT])
            self._size += len(text)

    def row(self) -> Row:
        """Return the lines as a row that is wrong."""
        return Row((), "".join(self._parts), self.line, self.wrong)


def read_rows(stream: TextIO, dialect: Dialect) -> Iterator[Row]:
    """Yield the rows of a table, the header first; blank lines are blank rows."""
    csv.field_size_limit(LONGEST_CELL)
    lines = _Lines(stream)
    if dialect.announced:
        next(lines)
    parsed = dialect.parse(lines, strict=True)
    width = 0
    given: _Given | None = None
    while True:
        line = lines.number + 1
        lines.taken.clear()
        cells: list[str] = []
        wrong = mismatched = ""
        try:
            cells = next(parsed)
        except StopIteration:
            break
        except csv.Error as error:
            wrong = mismatched = _why(str(error))
        except _TooLongError:
            wrong = f"a line of more than {LONGEST_CELL:,} characters; {BEGINNING}"
        text = "".join(lines.taken)
        wrong = wrong or _check(cells, text, width)
        swallowed = mismatched and len(lines.taken) > 1
        if swallowed or (given and (wrong or not _begins_anew(cells))):
            given = given or _Given(line, wrong)
            given.add(lines.put_back())
            parsed = dialect.parse(lines, strict=True)
            continue
        if given:
            yield given.row()
            given = None
        if wrong:
            parsed = dialect.parse(lines, strict=True)
        width = width or len(cells)
        yield Row(cells, text, line, wrong)
    if given:
        yield given.row()


def _check(cells: Sequence[str], text: str, width: int) -> str:
    """Return what is wrong with a row that could be parsed."""
    if reason := no_text(text):
        return reason
    if not width or not cells or len(cells) == width:
        return ""
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return ""
    return f"{len(cells)} cells, where the header has {width}"


def _begins_anew(cells: Sequence[str]) -> bool:
    """Tell a row from a line of prose with as many commas: prose has a blank behind each."""
    if any(cell.startswith(" ") for cell in cells[1:]):
        return False
    return max(map(len, cells), default=0) >= ENOUGH_TEXT


def _why(error: str) -> str:
    if "field larger" in error:
        what = "or a quotation mark never closed"
        return f"a cell of more than {LONGEST_CELL:,} characters, {what}; {BEGINNING}"
    return f"quotation marks that do not match ({error})"
