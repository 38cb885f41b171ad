"""kg show and kg plot: each writes its file, names it on stdout, and says what does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.command_line import ONE, SEEDS, TWO

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import Kg

ROLE: Final = "Machine Learning Engineer"
WORDS: Final = [
    ("compare", ONE, TWO),
    ("ladder", ROLE),
    ("pay", "--role", ROLE),
    ("trends",),
    ("communities",),
    ("skill", "Spark"),
    ("role", ROLE),
    ("employer", "Pinterest"),
]


@pytest.mark.slow
@pytest.mark.parametrize("words", WORDS, ids=lambda words: words[0])
def test_show_writes_a_page(kg: Kg, store: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    page = tmp_path / "page.html"
    shown = kg("show", *words, "--store", store, "-o", page)
    assert (shown.code, shown.out) == (0, f"{page}\n")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "</html>" in text


@pytest.mark.slow
def test_a_gap_is_a_page(kg: Kg, store: Path, tmp_path: Path) -> None:
    resume, page = tmp_path / "resume.txt", tmp_path / "page.html"
    resume.write_text("Ada\n\nSkills\nPython, SQL, Spark\n", encoding="utf-8")
    shown = kg("show", "gap", resume, "--role", ROLE, "--level", "II", "--store", store, "-o", page)
    assert shown.code == 0
    assert "Python" in page.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_posting_is_a_page_without_a_store(kg: Kg, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    path = SEEDS / "machine-learning-engineer-i.txt"
    assert kg("show", "posting", path, "-o", page).code == 0
    assert "<mark" in page.read_text(encoding="utf-8")


@pytest.mark.slow
def test_what_is_unknown_is_said_and_no_page_is_written(
    kg: Kg, store: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    said = kg("show", "role", "Astronaut", "--store", store, "-o", page)
    assert said.code == 2
    assert "Astronaut" in said.err
    assert not page.exists()


def test_a_picture_of_another_kind_is_refused_before_anything_is_read(kg: Kg) -> None:
    said = kg("plot", "pay", "--store", "no-such-store", "-o", "pay.pdf")
    assert said.code == 2
    assert "pay.pdf: a picture is a .png or a .svg" in said.err


@pytest.mark.slow
def test_a_plot_of_small_groups_says_why_there_is_none(kg: Kg, store: Path, tmp_path: Path) -> None:
    said = kg("plot", "compare", ONE, TWO, "--store", store, "-o", tmp_path / "a.svg")
    assert said.code == 2
    assert "no differences were tested" in said.err
    drawn = kg("plot", "ladder", ROLE, "--store", store, "-o", tmp_path / "b.svg")
    assert drawn.code == 0
    assert (tmp_path / "b.svg").read_text(encoding="utf-8").startswith("<svg")
