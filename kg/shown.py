"""What shows itself in a notebook: results of analyses, and lists of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

TOP: Final = 150
"""Nodes that a page shows of a graph, unless more are asked for."""


T = TypeVar("T")


class Shown:
    """A result that a notebook shows as a table (`kg.views.notebook`)."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from kg.views.notebook import result_html

        return result_html(self)


class Listing(list[T]):
    """A list of results, each of which is a row with `columns`; a notebook shows one table."""

    def __init__(self, items: Iterable[T] = (), columns: Sequence[str] = ()) -> None:
        super().__init__(items)
        self.columns = tuple(columns)

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one flat row an item, with `columns`."""
        return [self._row(item) for item in self]

    def to_frame(self) -> pl.DataFrame:
        """Return `to_rows` as a polars frame, with `columns` also where there are no rows."""
        from kg.analysis.frames import to_frame

        return to_frame(self.to_rows(), self.columns)

    def _row(self, item: Any) -> dict[str, Any]:
        row = item.to_row()
        if not isinstance(row, Mapping):
            return dict(zip(self.columns, row, strict=True))
        return {name: row[name] for name in self.columns}

    def _repr_html_(self) -> str:
        from kg.views.notebook import listing_html

        return listing_html(self)
