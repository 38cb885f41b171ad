"""Results on stdout: a readable table, JSON or CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ontology.terms import DATA, PREFIXES

if TYPE_CHECKING:
    from rich.console import Console

WIDTH: Final = 120
"""Columns of a table that is not printed on a terminal."""
LONGEST_WORD: Final = 20
"""Up to here a table's column is wide enough for its longest word."""
SHORT: Final = {**PREFIXES, "id": DATA}
"""Prefixes for IRIs in a table."""


class Form(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def console(*, stderr: bool = False) -> Console:
    """Return a console for people; it draws no colours where nobody sees them."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else WIDTH
    return Console(stderr=stderr, highlight=False, width=width, soft_wrap=False)


def say(text: str) -> None:
    """Talk to the user: on stderr, so that results can be piped."""
    print(text, file=sys.stderr)  # noqa: T201 # the command line's own voice


def out(text: str) -> None:
    """Write a result to stdout."""
    print(text)  # noqa: T201 # results go to stdout


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
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(["" if cell is None else _plain(cell) for cell in row] for row in rows)
    else:
        _print_table(columns, list(rows), title)


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], title: str) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title) if title else None, title_justify="left", box=box.SIMPLE_HEAD)
    columns_shown = [_shown([row[index] for row in rows]) for index in range(len(columns))]
    for index, column in enumerate(columns):
        shown = columns_shown[index]
        cells = [row[index] for row in rows if row[index] is not None]
        numbers = bool(cells) and all(_is_number(cell) for cell in cells)
        words = [word for cell in (column, *shown) for word in cell.split()]
        table.add_column(
            Text(column),
            justify="right" if numbers else "left",
            overflow="fold",
            min_width=min(LONGEST_WORD, max(map(len, words), default=1)),
        )
    for cells_shown in zip(*columns_shown, strict=True):
        table.add_row(*map(Text, cells_shown))
    if rows:
        console().print(table)
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
        else _short(_plain(cell))
        for cell in cells
    ]


def _short(value: object) -> str:
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
