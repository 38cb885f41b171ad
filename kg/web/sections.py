"""Sections: rows as tables for people, each thing in them leading to its page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.necessities import STRENGTHS
from kg.rows import Rows
from kg.views.stored_marks import statement_name
from kg.web.addresses import address_of, posting_id, with_fields, words_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.rows import Value

LEADS: Final = {
    "role": "role",
    "level": "level",
    "skill": "skill",
    "broader": "skill",
    "member": "skill",
    "employer": "employer",
}
"""Columns whose cells are called as a thing is that has a page."""
NAMES: Final = frozenset({"title", "words", "id", "copy_of"})
"""Columns whose cells lead to the row's posting."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, where it leads, and the share of a whole that a bar beside it shows."""

    text: str
    href: str | None = None
    share: float | None = None
    mark: str | None = None
    """The necessity that it names, which has a colour."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: what stands above it, what it means, and whether its cells are numbers."""

    text: str
    is_number: bool = False
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table. `total` counts the rows there are, `more` is the address of all of them."""

    name: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    more: str | None = None
    note: str = ""

    def of_all(self, total: int, more: str) -> Section:
        """Return the same as the first rows of `total`, of which all are at `more`."""
        return replace(self, total=total, more=more)

    @property
    def left(self) -> int:
        """How many rows are not shown."""
        return self.total - len(self.rows)


def section_of(
    name: str,
    title: str,
    rows: Rows | Sequence[Mapping[str, Value]],
    columns: Mapping[str, str],
    *,
    limit: int | None = None,
    of: str | int | None = None,
    more: str | None = None,
    note: str = "",
    meanings: Mapping[str, str] | None = None,
) -> Section:
    """Return a section of the rows; `columns` are those shown, each with what stands above it.

    `of` is what a count of postings is a share of: a column, or a number.
    """
    found = rows.to_dicts() if isinstance(rows, Rows) else rows
    shown = found[:limit]
    heads = tuple(
        Head(
            head,
            any(_is_number(row[column]) for row in shown)
            and all(row[column] is None or _is_number(row[column]) for row in shown),
            (meanings or {}).get(column, ""),
        )
        for column, head in columns.items()
    )
    cells = tuple(tuple(_cell(column, row, of) for column in columns) for row in shown)
    return Section(name, title, heads, cells, len(found), more, note)


def question_address(name: str, **given: str | None) -> str:
    """Return the address of a named question with its parameters."""
    return with_fields(f"/questions/{name}", {key: value or "" for key, value in given.items()})


def shown(value: Value) -> str:
    """Return a value as people read it: numbers with commas, cents where there are some."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Decimal):
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    return value


def _cell(column: str, row: Mapping[str, Value], of: str | int | None) -> Cell:
    value = row[column]
    # Identifiers, years and ranks that are numbers are no quantities: they have no commas.
    text = str(value) if column in ("rank", "start", "end") and value is not None else shown(value)
    if column == "statement":
        text = statement_name(text)
    whole = row.get(of) if isinstance(of, str) else of
    share = None
    if column == "postings" and isinstance(value, int) and isinstance(whole, int) and whole:
        share = min(1.0, value / whole)
    mark = text if column == "necessity" and text in STRENGTHS else None
    return Cell(text, _lead(column, text, row), share, mark)


def _lead(column: str, text: str, row: Mapping[str, Value]) -> str | None:
    if not text:
        return None
    if column == "level" and row.get("role"):
        return address_of("role", str(row["role"]), level=text)
    if column in LEADS:
        return address_of(LEADS[column], text)
    if column == "copy_of":
        return address_of("posting", text)
    if column in NAMES and row.get("posting"):
        start = row.get("start")
        at = None if start is None else int(str(start))
        return words_address(posting_id(str(row["posting"])), at)
    return None


def _is_number(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
