"""Tables for people: no character of a cell is ever left out."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from kg.printing import print_wide
from kg.table import draw_records, draw_table, fit, full_width

CELL = st.text("ab é日-/_.", max_size=60)


def drawn(columns: list[str], rows: list[list[str]], width: int) -> list[str]:
    out = io.StringIO()
    to = Console(file=out, width=width, highlight=False)
    print_wide(to, draw_table(columns, rows, width))
    return out.getvalue().splitlines()


@given(
    rows=st.integers(1, 9).flatmap(
        lambda count: st.lists(st.lists(CELL, min_size=count, max_size=count), max_size=4)
    ),
    width=st.sampled_from([10, 40, 80, 120, 200]),
)
def test_no_character_is_lost(rows: list[list[str]], width: int) -> None:
    columns = ["#"] * (len(rows[0]) if rows else 1)
    lines = drawn(columns, rows, width)
    shown = sorted("".join(lines).replace("#", "").replace("─", "").replace(" ", ""))
    assert shown == sorted("".join(cell for row in rows for cell in row).replace(" ", ""))


@pytest.mark.parametrize("width", [24, 40, 80, 120])
def test_the_joined_lines_of_a_cell_are_its_value(width: int) -> None:
    values = ["machine-learning-engineer-i.txt", "2eff5903b63b07aef85e", "Data Engineer"]
    for value in values:
        lines = drawn(["value"], [[value]], width)[3:-1]
        joined = ("" if " " not in value else " ").join(line.strip() for line in lines)
        assert joined == value


def test_a_table_is_no_wider_than_it_may_be() -> None:
    words = ["machine-learning-engineer-i.txt and more words in the same cell"] * 5
    for width in (60, 80, 120, 200):
        assert max(map(len, drawn(["a", "b", "c", "d", "e"], [words], width))) <= width


def test_a_table_of_too_many_columns_is_wider_than_the_screen() -> None:
    lines = drawn(["#"] * 20, [["abcdefghijkl"] * 20], 80)
    assert len(lines[1]) > 80
    assert "".join(lines).count("abcdefgh") == 20


def test_wide_columns_give_way_first() -> None:
    """Of 40 columns, 7 go to the frame; the short column keeps its 5, the long one gets 28."""
    assert fit([[Text("short")], [Text("a long text of many words, all of them short")]], 40) == [
        5,
        28,
    ]
    assert full_width([5, 28]) == 40


def test_long_words_are_parted_at_their_seams() -> None:
    lines = drawn(["source", "id"], [["machine-learning-engineer-i.txt", "x" * 20]], 44)
    assert [line.split()[0] for line in lines[3:-1]] == ["machine-learning-", "engineer-i.txt"]


def test_an_empty_table_has_its_heads() -> None:
    assert drawn(["a", "b"], [], 80)[1].split() == ["a", "b"]


def records(columns: list[str], rows: list[list[str]], width: int) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width, highlight=False).print(draw_records(columns, rows, width))
    return [line.rstrip() for line in out.getvalue().splitlines()]


@settings(deadline=None)
@given(
    rows=st.lists(st.lists(CELL, min_size=12, max_size=12), min_size=1, max_size=3),
    width=st.sampled_from([30, 40, 60]),
)
def test_records_lose_nothing_and_fit_the_screen(rows: list[list[str]], width: int) -> None:
    lines = records(["#"] * 12, rows, width)
    shown = sorted("".join(lines).replace("#", "").replace("─", "").replace(" ", ""))
    assert shown == sorted("".join(cell for row in rows for cell in row).replace(" ", ""))
    assert max(map(cell_len, lines)) <= width


def test_a_record_has_a_line_a_cell_and_leaves_out_the_empty_ones() -> None:
    lines = records(["title", "level", "employer"], [["Baker", "", "Mill"], ["Cook", "I", ""]], 30)
    assert [line.split() for line in lines if "─" not in line and line] == [
        ["title", "Baker"],
        ["employer", "Mill"],
        ["title", "Cook"],
        ["level", "I"],
    ]
