"""A text made to hang the rules takes no longer than its length."""

from __future__ import annotations

import time
from functools import cache

import pytest

from nlp import Extractor, Posting, to_record

FLOODS = [
    "required,",
    "must have ",
    "must have Python, ",
    "Python required, ",
    "nice to have:\n",
    "Java or ",
    "Python, ",
    "health insurance. ",
    "graduated from ",
    "required: ",
    "Requirements:\nPython\n",
    "((",
    "equal opportunity ",
    "Jan 5 2024 ",
    "e.g. ",
]
SMALL = 10_000
"""Code points of the shorter flood; the longer one is four times as long."""


@cache
def extractor() -> Extractor:
    made = Extractor()
    made(Posting("warm", "Python is required.", ""))
    return made


def seconds(flood: str, size: int) -> float:
    text = "Data Engineer\n\nWe are glad.\n" + flood * (size // len(flood))
    begin = time.process_time()
    extractor()(Posting("flood", text, ""))
    return time.process_time() - begin


@pytest.mark.slow
@pytest.mark.parametrize("flood", FLOODS)
def test_four_times_the_text_takes_no_ten_times_the_time(flood: str) -> None:
    """What is quadratic takes sixteen times; the best of three tries counts on a busy machine."""
    ratios = (seconds(flood, 4 * SMALL) / seconds(flood, SMALL) for _ in range(3))
    assert any(ratio < 10 for ratio in ratios)


@pytest.mark.parametrize(
    "line", ["required" + "," * 60 + "x", "Skills" + " & " * 30 + "?!", "/" * 99 + "."]
)
def test_a_line_of_joiners_is_read_at_once(line: str) -> None:
    """Each of these hung the rule for headings, whose tries doubled with every joiner."""
    text = f"Data Engineer\n\n{line}\n\nYou must know Python."
    assert to_record(extractor()(Posting("joiners", text, "")))["title"] == "Data Engineer"


def test_letters_that_only_look_like_ascii_are_read_as_such() -> None:
    """`re` takes a long s for an s without case; the tables do not know it."""
    text = "Data Engineer\n\nYou muſt have Python. Apply by Auguſt 5, 2024. A pluſ: Java."
    facts = extractor()(Posting("letters", text, ""))
    assert {(r.label, r.necessity.value) for r in facts.requirements} >= {("Python", "required")}
    assert facts.valid_through is not None
