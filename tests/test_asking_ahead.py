"""Questions asked ahead are found by whoever asks them first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg import KnowledgeGraph
from kg.asking_ahead import ask_ahead
from kg.questions import Question, ask, questions
from kg.rows import Rows
from kg.store import Store, StoreError
from tests.command_line import Kg
from tests.factories import two_levels
from tests.stores import fill

if TYPE_CHECKING:
    from pathlib import Path

OPEN = [
    name
    for name, one in questions().items()
    if not one.needs_inferred and not any(param.is_required for param in one.parameters)
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of two postings, of which every answer is kept, however soon it was found."""
    monkeypatch.setattr("kg.kept_rows.SLOW", 0)
    path = tmp_path / "store"
    fill(Store.open(path, create=True), two_levels(), tmp_path).close()
    return path


def refuse(*_: object) -> Rows:
    raise AssertionError("the store was asked")


def test_what_was_asked_ahead_is_looked_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with KnowledgeGraph.open(folder) as graph:
        asked = graph.ask_ahead()
    assert asked.columns == ("question", "rows", "kept")
    assert [(row[0], row[2]) for row in asked] == [(name, True) for name in OPEN]
    monkeypatch.setattr(Question, "answer_anew", refuse)
    with Store.open(folder) as store:
        assert [len(ask(store, name)) for name in OPEN] == asked.column("rows")
        with pytest.raises(AssertionError, match="the store was asked"):
            ask(store, "skills", {"necessity": "required"})


def test_what_is_found_at_once_is_said_not_to_be_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.kept_rows.SLOW", 600)
    with Store.open(folder) as store:
        assert set(ask_ahead(store).column("kept")) == {False}


def test_nothing_can_be_asked_ahead_where_nothing_is_kept(folder: Path) -> None:
    with Store.in_memory() as store, pytest.raises(StoreError, match="in a folder"):
        ask_ahead(store)
    with (
        Store.open(folder, read_only=False) as store,
        pytest.raises(StoreError, match="open for reading"),
    ):
        ask_ahead(store)


def test_the_command_asks_all_or_one(kg: Kg, store: Path) -> None:
    asked = kg("ask", "--ahead", "--json", "--store", store)
    assert [row["question"] for row in asked.json] == OPEN
    refused = kg("ask", "skills-of-role", "--ahead", "--store", store)
    assert refused.code == 2
    assert "leave out the name" in refused.err
