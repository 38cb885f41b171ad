"""Tables: rows as lines, columns with headings as lists, and no cell lost or read twice."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.markup import to_text
from nlp.repair import repair
from nlp.tables import by_columns, row

LINES = [
    (
        "<p>A</p><table><tr><td>Location</td><td>Leeds</td></tr></table>",
        "A\n\nLocation: Leeds",
        "a label and its value",
    ),
    (
        "<p>A</p><table><tr><th>Pay:</th><td><p>£40,000</p></td></tr></table>",
        "A\n\nPay: £40,000",
        "a paragraph in a cell, a colon of its own",
    ),
    (
        "<p>A</p><table><tr><td>SQL</td><td>good</td><td>3 years</td></tr></table>",
        "A\n\nSQL | good | 3 years",
        "more than two cells",
    ),
    (
        "<p>A</p><table><tr><td>SQL</td><td></td><td>3 years</td></tr></table>",
        "A\n\nSQL: 3 years",
        "an empty cell is none",
    ),
    (
        "<p>A</p><table><tr><th></th><th>Essential</th><th>Desirable</th></tr>"
        "<tr><td>Skills</td><td><ul><li>SAP</li><li>VAT</li></ul></td><td>SQL</td></tr></table>",
        "A\n\nEssential\n• SAP\n• VAT\n\nDesirable\n• SQL",
        "columns with headings are lists",
    ),
    (
        "<p>A</p><table><tr><th>Criteria</th><th>Essential</th><th>Desirable</th></tr>"
        "<tr><td>SAP</td><td>x</td><td></td></tr><tr><td>SQL</td><td></td><td>✓</td></tr></table>",
        "A\n\nEssential\n• SAP\n\nDesirable\n• SQL",
        "a tick stands for what its row names",
    ),
]
KEPT = [
    (
        "<p>A</p><table><tr><td><p>We buy.</p><p>We sell.</p></td><td>You too.</td></tr></table>",
        "A\n\nWe buy.\n\nWe sell.\n\nYou too.",
        "paragraphs side by side: a page's layout",
    ),
    (
        "<p>A</p><table><tr><td><table><tr><td>Pay</td><td>£9</td></tr></table></td>"
        "<td>B</td></tr></table>",
        "A\n\nPay: £9\n\nB",
        "a table in a cell: only the inner one has rows",
    ),
    ("<p>A</p><table><tr><td>B</td></tr></table>", "A\n\nB", "one cell is a line"),
]


@pytest.mark.parametrize(("html", "expected", "why"), LINES + KEPT)
def test_a_table_of_html_reads_along_its_rows(html: str, expected: str, why: str) -> None:
    assert to_text(html).strip() == expected, why


MARKDOWN = [
    ("A\n\n| Place | Leeds |\n|---|---|\n| Pay | £9 |\n\nB", "A\n\nPlace: Leeds\nPay: £9\n\nB"),
    ("| A | B | C |\n|:-:|--:|:--|\n| 1 | 2 | 3 |", "A | B | C\n1 | 2 | 3"),
    (
        "| What | Essential | Desirable |\n|-|-|-|\n| SAP | ✓ | |\n| SQL | | ✓ |",
        "Essential\n• SAP\n\nDesirable\n• SQL\n",
    ),
    ("A\nSQL | R | Java\n--\nB", "A\nSQL | R | Java\n--\nB"),
    ("| no delimiter | below |\n| it | is text |", "| no delimiter | below |\n| it | is text |"),
    ("Use a | b -- or |c|", "Use a | b -- or |c|"),
]


@pytest.mark.parametrize(("text", "expected"), MARKDOWN)
def test_a_table_of_markdown_reads_along_its_rows(text: str, expected: str) -> None:
    repaired, edits = repair(text, lambda _: False)
    assert repaired == expected
    assert all(edit.rule == "repair:table" for edit in edits)
    assert bool(edits) is (text != expected)


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["Location", "Leeds"], "Location: Leeds"),
        (["Location:", "Leeds"], "Location: Leeds"),
        (["What we look for in the person who joins", "SQL"], None),
        (["SQL", "good", "3 years"], "SQL | good | 3 years"),
        (["SQL"], "SQL"),
        ([], ""),
    ],
)
def test_a_row_is_a_label_with_its_value_or_its_cells(cells: list[str], line: str | None) -> None:
    assert row(cells) == (" | ".join(cells) if line is None else line)


def test_columns_of_one_kind_or_none_are_no_lists() -> None:
    rows = [[["Essential"], ["Must have"]], [["SAP"], ["SQL"]]]
    assert by_columns(rows) == []
    assert by_columns([[["Skill"], ["Level"]], [["SQL"], ["good"]]]) == []
    assert by_columns([[["Essential"], ["Desirable"]]]) == []
    assert by_columns([]) == []


WORDS = st.text("abcdefghij", min_size=3, max_size=8)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_no_cell_is_lost_or_read_twice(rows: list[list[str]]) -> None:
    """Whatever the table, each word of it stands in the text as often as in the table."""
    written = [[f"{word}{y}x{x}" for x, word in enumerate(cells)] for y, cells in enumerate(rows)]
    html = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
        for cells in written
    )
    read = to_text(f"<p>A</p><table>{html}</table>").replace(":", "").replace("|", "").split()
    assert sorted(read) == sorted(["A", *(cell for cells in written for cell in cells)])
    width = max(map(len, written))
    lines = ["| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |" for cells in written]
    lines.insert(1, "|" + "---|" * width)
    read = repair("\n".join(lines), lambda _: False)[0].replace(":", "").replace("|", "").split()
    assert sorted(read) == sorted(cell for cells in written for cell in cells)
