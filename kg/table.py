"""A table for people: as wide as it needs to be, folded where it must be, nothing left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

LONGEST_WORD: Final = 20
"""Up to here a column is wide enough for its longest word, where the width allows."""
SEAMS: Final = re.compile(r"(?<=[-/_.:])")
"""Where a word that is too long for its column is parted, where that helps."""
NARROWEST: Final = 8
"""Folded words have lines of this length; a table that needs more room is wider than the screen."""
GAP: Final = 3
"""What a column costs besides its text: a blank on either side, and one between columns."""


def draw_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str | Text]],
    width: int,
    *,
    title: str = "",
    right: Iterable[int] = (),
) -> Table:
    """Return the table, at most `width` wide unless its columns are too many for that.

    `right` are the places of the columns whose cells stand on the right. Every character of a
    cell is shown: long lines are folded, between words where that is possible.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    cells = [[_text(cell) for cell in row] for row in rows]
    heads = [Text(column) for column in columns]
    widths = fit([[head, *column] for head, *column in zip(heads, *cells, strict=True)], width)
    table = Table(
        title=Text(title, style="bold") if title else None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    numbers = set(right)
    for place, head in enumerate(heads):
        table.add_column(
            head,
            justify="right" if place in numbers else "left",
            overflow="fold",
            width=widths[place],
        )
    for row in cells:
        table.add_row(*map(_part_words, row, widths))
    return table


def draw_records(
    columns: Sequence[str], rows: Iterable[Sequence[str | Text]], width: int, *, title: str = ""
) -> Table:
    """Return the rows one below the other, a line a cell: for a screen too narrow for the table.

    Empty cells are left out.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    records = [
        [(Text(name), cell) for name, cell in zip(columns, map(_text, row), strict=True) if cell]
        for row in rows
    ]
    pairs = [pair for record in records for pair in record]
    widths = fit([[name for name, _ in pairs], [cell for _, cell in pairs]], width)
    table = Table(
        title=Text(title, style="bold") if title else None,
        title_justify="left",
        box=box.HORIZONTALS,
        pad_edge=False,
        show_header=False,
    )
    for place in range(2):
        table.add_column(overflow="fold", width=widths[place], style="" if place else "bold")
    for record in records:
        for name, cell in record:
            table.add_row(name, _part_words(cell, widths[1]))
        table.add_section()
    return table


def fit(columns: Sequence[Sequence[Text]], width: int) -> list[int]:
    """Return the width of each column's text, so that the table is at most `width` wide.

    Columns that are wide give way first, down to their longest word; then all that are wider
    than `NARROWEST`. Below that none goes: the table is wider than `width` then.
    """
    room = width - full_width([0] * len(columns))
    whole = [max((_longest_line(text) for text in column), default=1) for column in columns]
    words = [
        min(LONGEST_WORD, max((_longest_word(text) for text in column), default=1))
        for column in columns
    ]
    least = [min(NARROWEST, word) for word in words]
    for low, high in ((words, whole), (least, words)):
        if sum(low) <= room:
            return _level(low, high, room)
    return least


def full_width(widths: Sequence[int]) -> int:
    """Return the width of a table whose columns' texts have these widths."""
    return sum(widths) + GAP * len(widths) + 1


def _level(low: Sequence[int], high: Sequence[int], room: int) -> list[int]:
    """Raise the lowest columns from `low` towards `high` until the room is filled."""
    widths = list(low)
    for _ in range(min(room, sum(high)) - sum(low)):
        place = min(
            (place for place in range(len(widths)) if widths[place] < high[place]),
            key=lambda place: widths[place],
        )
        widths[place] += 1
    return widths


def _text(cell: str | Text) -> Text:
    from rich.text import Text

    return cell if isinstance(cell, Text) else Text(cell)


def _part_words(text: Text, width: int) -> Text:
    """Break the words that are longer than a line at their seams; styled text stays as it is."""
    from rich.text import Text

    if text.spans or _longest_word(text) <= width:
        return text
    return Text(re.sub(r"\S+", lambda word: _parted(word.group(), width), text.plain))


def _parted(word: str, width: int) -> str:
    from rich.cells import cell_len

    if cell_len(word) <= width:
        return word
    lines = [""]
    for piece in SEAMS.split(word):
        if lines[-1] and cell_len(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines)


def _longest_line(text: Text) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, text.plain.splitlines()), default=1) or 1


def _longest_word(text: Text) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, text.plain.split()), default=1)
