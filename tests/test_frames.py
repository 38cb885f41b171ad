"""Rows as frames: types, emptiness, and the extra that is named where polars is missing."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kg import KnowledgeGraph
from kg.analysis.duties import COLUMNS as DUTY_COLUMNS
from kg.analysis.duties import StatedDuty
from kg.analysis.frames import to_frame
from kg.analysis.quotes import Quote
from kg.search.searching import COLUMNS
from tests.stores import two_level_store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def two_levels_graph(tmp_path: Path) -> KnowledgeGraph:
    return KnowledgeGraph(two_level_store(tmp_path))


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


def test_lists_of_results_are_rows_and_frames_too(two_levels_graph: KnowledgeGraph) -> None:
    """Every list that an analysis answers with: its rows have its columns, and so has a frame."""
    pytest.importorskip("polars")
    graph = two_levels_graph
    for listing in (
        graph.search("Spark"),
        graph.duties("Machine Learning Engineer I"),
        graph.audit(),
        graph.candidates(),
    ):
        rows, frame = listing.to_rows(), listing.to_frame()
        assert len(rows) == len(listing) == frame.height
        assert {tuple(row) for row in rows} <= {listing.columns}
        assert tuple(frame.columns) == listing.columns


def test_a_list_without_items_is_a_frame_with_columns(two_levels_graph: KnowledgeGraph) -> None:
    pytest.importorskip("polars")
    found = two_levels_graph.search("zzzz")
    assert found == []
    assert found.to_rows() == []
    assert found.to_frame().columns == list(COLUMNS)


def test_a_duty_as_a_row_has_its_share_with_an_interval() -> None:
    """3 of 10: Wilson's interval is (0.3 + 0.19207 +- 1.95996 sqrt(0.021 + 0.0096)) / 1.38415,
    that is (0.49207 +- 0.34288) / 1.38415 = 0.1078 and 0.6032.
    """
    row = StatedDuty("iri", "Lead", "leading", 3, 10, (Quote("p1", "lead a team", 0),)).to_row()
    assert tuple(row) == DUTY_COLUMNS
    assert row["share"] == 0.3
    assert row["low"] == pytest.approx(0.1078, abs=1e-4)
    assert row["high"] == pytest.approx(0.6032, abs=1e-4)
    assert row["evidence"] == "lead a team"
