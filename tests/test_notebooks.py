"""The notebooks run from top to bottom, and what is stored is what they show today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import notebooks
from tests.shared_data import DATA

ALL = notebooks.notebooks()
BOARD = DATA / "postings" / "glassdoor_open.csv"
COMPARE = "03-compare-levels"


@pytest.mark.slow
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_what_is_stored(path: Path) -> None:
    run, stored = notebooks.run(path), notebooks.read(path)
    if path.stem != COMPARE or BOARD.exists():
        assert notebooks.shown(run) == notebooks.shown(stored) != []


@pytest.mark.slow
def test_levels_are_compared_on_a_made_board_where_there_is_no_real_one(tmp_path: Path) -> None:
    (path,) = (one for one in ALL if one.stem == COMPARE)
    run = notebooks.run(path, tmp_path, {"ROLEGRAPH_SHARED": str(tmp_path)})
    shown = str(notebooks.shown(run))
    assert "a made board: these postings are nobody's" in shown.replace('"', "'")
    assert "PyTorch" in shown, "what the board was made to differ in is found"


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_notebook_is_stored_as_it_ran_and_tells_nothing_of_the_run(path: Path) -> None:
    stored = notebooks.read(path)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"object at 0x|/tmp/|/home/|Traceback", text)
    assert stored.metadata == notebooks.METADATA
    assert len(text) < 400_000, "a code host shows it"
    assert [cell.id for cell in stored.cells] == [f"cell-{n + 1}" for n in range(len(stored.cells))]


def test_no_posting_of_the_board_is_quoted() -> None:
    """Eight words in a row that stand in a posting of the board are a quotation."""
    if not BOARD.exists():
        pytest.skip("the board is not on this machine")
    from tests.bench.postings import real_postings

    (path,) = (one for one in ALL if one.stem == COMPARE)
    outputs = " ".join(str(one) for one in notebooks.shown(notebooks.read(path)))
    shown = eights(re.sub(r"<[^>]+>", " ", outputs))
    assert shown
    for posting in real_postings():
        assert not shown & eights(posting)


def eights(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z]+", text.lower())
    return {tuple(words[place : place + 8]) for place in range(len(words) - 7)}


def test_there_are_the_four() -> None:
    assert [path.stem[:2] for path in ALL] == ["01", "02", "03", "04"]
