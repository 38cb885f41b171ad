"""Rules of work mode: each looked for by itself, they find what one expression of all finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.rules.work_mode import _matches, _patterns

PARTS = [
    "Remote",
    "remote or Austin",
    "fully remote",
    "hybrid (3 days)",
    "hybrid work model",
    "no remote work",
    "work from home options",
    "2 days in the office",
    "the role is remote",
    "on-site position",
    "must work on site",
    "hybrid",
    "office",
    "Excel",
    "and",
    "the",
]


def one_expression(text: str) -> list[tuple[str, int, int]]:
    """Return what the rules find as the branches of one expression, the first rules first."""
    rows = _patterns()
    branches = (f"(?P<m{i}>{anchored.pattern.pattern})" for i, (_, anchored) in enumerate(rows))
    found = re.compile("|".join(branches), re.IGNORECASE).finditer(text)
    return [(rows[int(str(m.lastgroup)[1:])][0]["id"], *m.span()) for m in found]


@given(st.lists(st.sampled_from(PARTS), max_size=8), st.sampled_from([" ", ", ", ". ", "\n", " ("]))
@settings(max_examples=150, deadline=None)
def test_they_find_what_one_expression_finds(parts: list[str], joint: str) -> None:
    text = joint.join(parts)
    assert [(row["id"], *m.span()) for row, m in _matches(text)] == one_expression(text)


@pytest.mark.parametrize("text", ["", "Excel and Python.", "We remotely sensed nothing hybrid."])
def test_they_find_nothing_where_nothing_is(text: str) -> None:
    assert list(_matches(text)) == []
    assert one_expression(text) == []
