"""Rows as frames: types, emptiness, and the extra that is named where polars is missing."""

from __future__ import annotations

import sys
from decimal import Decimal

import pytest

from kg.analysis.frames import to_frame


def test_columns_have_one_type_each() -> None:
    polars = pytest.importorskip("polars")
    rows = [
        {"a": 1, "b": Decimal("1.50"), "c": "x", "d": None, "e": 2},
        {"a": None, "b": 2, "c": None, "d": None, "e": 0.5},
    ]
    frame = to_frame(rows, list("abcde"))  # type: ignore[arg-type]
    assert frame.dtypes == [
        polars.Int64, polars.Float64, polars.String, polars.String, polars.Float64,
    ]  # fmt: skip
    assert frame.rows() == [(1, 1.5, "x", None, 2.0), (None, 2.0, None, None, 0.5)]


def test_no_rows_are_a_frame_with_columns() -> None:
    pytest.importorskip("polars")
    assert to_frame([], ["a", "b"]).shape == (0, 2)


def test_without_polars_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'rolegraph\[frames\]'"):
        to_frame([], [])
