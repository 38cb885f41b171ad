"""Results on stdout: a readable table, JSON or CSV."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol, TextIO

from kg.table import full_width
from ontology.terms import DATA, PREFIXES

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

WIDTH: Final = 120
"""Columns of a table that is not printed on a terminal."""
NARROWEST: Final = 20
"""Columns below which COLUMNS says nothing that can be meant."""
SHORT: Final = {**PREFIXES, "id": DATA}
"""Prefixes for IRIs in a table."""


class Form(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Result(Protocol):
    """What an analysis hands on: the whole, and one flat table."""

    def to_json(self) -> Mapping[str, object]:
        """Return the whole."""
        ...

    def to_rows(self) -> Sequence[Mapping[str, object]]:
        """Return the rows of the table."""
        ...


class Item(Protocol):
    """One of a list of results: the whole, and one flat row."""

    def to_json(self) -> Mapping[str, object]:
        """Return the whole."""
        ...

    def to_row(self) -> Mapping[str, object]:
        """Return the row."""
        ...


def console() -> Console:
    """Return a console for people; it draws no colours where nobody sees them."""
    from rich.console import Console

    class Ours(Console):
        def on_broken_pipe(self) -> None:
            hush()

    return Ours(highlight=False, width=width_of(sys.stdout), soft_wrap=False)


def width_of(stream: TextIO) -> int | None:
    """Return how wide a table is to be: what COLUMNS says; else None for a terminal's own width."""
    asked = columns_asked()
    if asked is not None:
        return asked
    return None if stream.isatty() else WIDTH


def columns_asked() -> int | None:
    """Return what COLUMNS says, where it says something that can be meant."""
    asked = os.environ.get("COLUMNS", "")
    return int(asked) if asked.isdecimal() and int(asked) >= NARROWEST else None


def print_wide(to: Console, table: Table) -> None:
    """Print a table whole, also where it is wider than the console."""
    width = to.width
    to.width = max(width, full_width([column.width or 0 for column in table.columns]))
    to.print(table)
    to.width = width


def print_table(
    to: Console,
    columns: Sequence[str],
    rows: Sequence[Sequence[str | Text]],
    *,
    title: str = "",
    right: Iterable[int] = (),
) -> None:
    """Print rows as a table, or where a screen is too narrow for one, as records."""
    from kg.table import draw_records, draw_table

    table = draw_table(columns, rows, to.width, title=title, right=right)
    wide = full_width([column.width or 0 for column in table.columns]) > to.width
    if wide and rows and is_screen():
        to.print(draw_records(columns, rows, to.width, title=title))
    else:
        print_wide(to, table)


def is_screen() -> bool:
    """Tell whether results go to somebody whose screen has a width: a terminal, or COLUMNS."""
    return sys.stdout.isatty() or columns_asked() is not None


def hush() -> None:
    """Stop printing: whoever read our results ("| head") has seen enough.

    The command goes on to its own end, and its exit code says what it always says.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@contextmanager
def results() -> Iterator[TextIO]:
    """Give stdout to write to, flush it, and take it well when its reader leaves."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        hush()


def say(text: str) -> None:
    """Talk to the user: on stderr, so that results can be piped."""
    print(text, file=sys.stderr)  # noqa: T201 # the command line's own voice


def out(text: str) -> None:
    """Write a result to stdout."""
    with results() as stdout:
        stdout.write(f"{text}\n")


def print_json(value: object) -> None:
    """Print a value as JSON; decimals become texts."""
    out(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def print_rows(
    columns: Sequence[str], rows: Iterable[Sequence[object]], form: Form, *, title: str = ""
) -> None:
    """Print rows in the form asked for; a table says how many there are, on stderr.

    In a table IRIs are shortened ("skill:spark"); JSON and CSV have them whole.
    """
    if form is Form.JSON:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif form is Form.CSV:
        with results() as stdout:
            writer = csv.writer(stdout, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(["" if cell is None else _plain(cell) for cell in row] for row in rows)
    else:
        _print_table(columns, list(rows), title)


def print_result(
    form: Form, result: Result, columns: Sequence[str], table: Callable[[], None]
) -> None:
    """Print a result in the form asked for; `table` prints it for people, in its own words."""
    if form is Form.JSON:
        print_json(result.to_json())
    elif form is Form.CSV:
        print_rows(columns, [[row[name] for name in columns] for row in result.to_rows()], form)
    else:
        table()


def print_items(
    form: Form, items: Sequence[Item], columns: Sequence[str], table: Callable[[], None]
) -> None:
    """Print a list of results, each a row, in the form asked for."""
    if form is Form.JSON:
        print_json([item.to_json() for item in items])
    elif form is Form.CSV:
        rows = (item.to_row() for item in items)
        print_rows(columns, [[row[name] for name in columns] for row in rows], form)
    else:
        table()


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], title: str) -> None:
    shown = [_shown([row[place] for row in rows]) for place in range(len(columns))]
    numbers = [
        place
        for place in range(len(columns))
        if all(_is_number(row[place]) for row in rows if row[place] is not None)
    ]
    if rows:
        print_table(console(), columns, list(zip(*shown, strict=True)), title=title, right=numbers)
    say(f"{len(rows)} row{'' if len(rows) == 1 else 's'}")


def _shown(cells: Sequence[object]) -> list[str]:
    """Return a column as a table shows it: decimals with two places where one has any."""
    decimals = [cell for cell in cells if isinstance(cell, Decimal)]
    cents = any(cell != cell.to_integral_value() for cell in decimals)
    return [
        ""
        if cell is None
        else (f"{cell:.2f}" if cents else f"{cell:.0f}")
        if isinstance(cell, Decimal)
        else short(_plain(cell))
        for cell in cells
    ]


def short(value: object) -> str:
    """Return an IRI with its prefix; any other text as it is."""
    text = str(value)
    for prefix, start in SHORT.items():
        if text.startswith(start):
            return f"{prefix}:{text.removeprefix(start)}"
    return text


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str | int | float) else str(value)
