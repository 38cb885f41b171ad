"""What stands in the cells of a comparison and below its tables."""

from __future__ import annotations

import pytest

from kg.analysis.comparison_rows import YearsRow
from kg.views.comparison_cells import fields_text, years_line

SIZES = (40, 12)


@pytest.mark.parametrize(
    ("fields", "text", "why"),
    [
        (("Physics",), "Physics", "one"),
        (tuple("ABCDEF"), "A, B, C, D, E, F", "six are all named"),
        (tuple("ABCDEFG"), "A, B, C, D, E, F and 1 other", "a seventh is counted"),
        (tuple("ABCDEFGHI"), "A, B, C, D, E, F and 3 others", "and so are more"),
    ],
)
def test_fields(fields: tuple[str, ...], text: str, why: str) -> None:
    assert fields_text(fields) == text, why


@pytest.mark.parametrize(
    ("years", "text", "why"),
    [
        (YearsRow(0, 0, None, None), None, "nobody requires any"),
        (
            YearsRow(0, 3, None, 4.5),
            "median of the years required: b: 4.5 (in 3 of 12)",
            "nothing to take it from",
        ),
        (
            YearsRow(20, 10, 3.0, 5.0, (1.0, 2.5)),
            "median of the years required: a: 3 (in 20 of 40), "
            "b: 5 (in 10 of 12); b less a: +2 [1, 2.5]",
            "both, with the interval of the difference",
        ),
        (
            YearsRow(2, 1, 3.0, 3.0),
            "median of the years required: a: 3 (in 2 of 40), "
            "b: 3 (in 1 of 12); b less a: 0; too few postings for an interval",
            "too few for an interval",
        ),
    ],
)
def test_the_years_of_both_sides(years: YearsRow, text: str | None, why: str) -> None:
    assert years_line(years, *SIZES) == text, why
