"""Rows as a frame, for those who reckon on: one way for every result."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

Cell: TypeAlias = str | int | float | Decimal | None

MISSING: Final = "to_frame needs polars: pip install 'rolegraph[frames]'"


def to_frame(rows: Sequence[Mapping[str, Cell]], columns: Sequence[str]) -> pl.DataFrame:
    """Return rows as a polars frame with `columns`, also where there are no rows.

    Decimals become floats, for one column holds pay and years; `to_rows` has them as they are. A
    column without any value is one of texts. Raises `ModuleNotFoundError`, which names the extra
    to install, without polars.
    """
    try:
        import polars as pl
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(MISSING, name=error.name) from error

    data = {name: [_plain(row[name]) for row in rows] for name in columns}
    series = []
    for name, cells in data.items():
        kinds = {type(cell) for cell in cells if cell is not None}
        kind: type[pl.DataType] = pl.String
        if kinds == {int}:
            kind = pl.Int64
        elif kinds and kinds <= {int, float}:
            kind = pl.Float64
        elif kinds - {str}:
            cells = [None if cell is None else str(cell) for cell in cells]
        series.append(pl.Series(name, cells, dtype=kind, strict=False))
    return pl.DataFrame(series)


def _plain(cell: Cell) -> str | int | float | None:
    return float(cell) if isinstance(cell, Decimal) else cell
