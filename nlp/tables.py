"""Tables in text: a row a line, and tables whose columns are headings a column at a time.

"Skill | Level" with "SQL | Advanced" below it is read along its rows. A person specification with
the columns "Essential" and "Desirable" is read down each column, under that column's heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.headings import heading_kind
from nlp.types import SectionKind

LONGEST_LABEL: Final = 30
LONGEST_ROW: Final = 400
"""Code points of a row at the most; the cells of a longer one are paragraphs of their own."""
BULLET: Final = "• "
ASKING: Final = frozenset(
    {SectionKind.REQUIREMENTS, SectionKind.PREFERRED, SectionKind.SKILLS, SectionKind.DUTIES}
)
"""What a column is a list of where its first cell is a heading."""
TICKS: Final = frozenset("✓ ✔ ☑ ■ ● • x X * y Y yes Yes YES".split())
"""Cells that only mark that what the row names stands in that column."""
DELIMITER: Final = re.compile(
    r"[ \t]{0,20}\|?(?:[ \t]{0,20}:?-{1,60}:?[ \t]{0,20}\|){1,40}"
    r"(?:[ \t]{0,20}:?-{1,60}:?)?[ \t]{0,20}"
)
"""The line below the first row of a table in Markdown."""

Rows = Sequence[Sequence[Sequence[str]]]
"""The rows of a table: of each its cells, of each cell its lines."""


def row(cells: Sequence[str]) -> str:
    """Return a row of a table as a line: "Label: value" for two cells, else with strokes."""
    match cells:
        case [label, value] if len(label) <= LONGEST_LABEL:
            return f"{label.rstrip(' :')}: {value}"
    return " | ".join(cells)


def by_columns(rows: Rows) -> list[str]:
    """Return the lines of a table whose first row heads lists: "Essential" beside "Desirable".

    Empty where the first row is none of headings of at least two kinds. What a row is called that
    only ticks its column stands in the place of the tick.
    """
    if len(rows) < 2:
        return []
    kinds = [_kind(cell) for cell in rows[0]]
    if any(_is_tick(cell) for cells in rows[1:] for cell in cells[1:]):
        kinds[:1] = [None]  # "Criteria": what the ticks behind it speak of
    if len({kind for kind in kinds if kind}) < 2:
        return []
    lines: list[str] = []
    for index, kind in enumerate(kinds):
        if kind is None:
            continue
        lines.append(" ".join(rows[0][index]))
        for cells in rows[1:]:
            cell = cells[index] if index < len(cells) else ()
            if kinds[0] is None and _is_tick(cell):
                cell = cells[0]
            lines += [BULLET + line.removeprefix(BULLET) for line in cell if line.strip()]
        lines.append("")
    return lines


def _is_tick(cell: Sequence[str]) -> bool:
    return len(cell) == 1 and cell[0].strip() in TICKS


def _kind(cell: Sequence[str]) -> SectionKind | None:
    kind = heading_kind(cell[0]) if len(cell) == 1 else None
    return kind if kind in ASKING else None


def markdown_tables(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield where tables in Markdown stand, their words, and what they are as lines."""
    if "|" not in text or "-" not in text:
        return
    start = 0
    block: list[tuple[int, str]] = []
    for line in [*text.split("\n"), ""]:
        if _has_bars(line) or (block and DELIMITER.fullmatch(line)):
            block.append((start, line))
        else:
            if len(block) > 1 and DELIMITER.fullmatch(block[1][1]):
                yield _as_lines(block)
            block = []
        start += len(line) + 1


def _has_bars(line: str) -> bool:
    """Tell whether a line begins and ends with a bar, as a row does."""
    bare = line.strip(" \t")
    return len(bare) > 1 and bare[0] == bare[-1] == "|"


def _as_lines(block: Sequence[tuple[int, str]]) -> tuple[int, str, str]:
    before = "\n".join(line for _, line in block)
    rows = [_cells(line) for _, line in block if not DELIMITER.fullmatch(line)]
    lines = by_columns(rows) or [row([cell[0] for cell in cells if cell]) for cells in rows]
    return block[0][0], before, "\n".join(lines)


def _cells(line: str) -> list[list[str]]:
    cells = line.strip().strip("|").split("|")
    return [[part] if (part := cell.strip(" \t*`")) else [] for cell in cells]
