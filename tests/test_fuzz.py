"""Any text gives facts whose evidence stands in it; what once did not is kept as a case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.fragments import BEGINNING, FRAGMENTS
from tests.fuzz.invariants import check_parts, check_repair, check_text

CASES: list[Any] = json.loads((Path(__file__).parent / "fuzz" / "cases.json").read_text("utf-8"))

pieces = st.sampled_from(FRAGMENTS) | st.text(max_size=8)
repeated = st.tuples(pieces, st.integers(2, 40)).map(lambda pair: pair[0] * pair[1])
texts = st.tuples(
    st.sampled_from(["", BEGINNING]), st.lists(pieces | repeated, max_size=25).map("".join)
).map("".join)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_what_once_failed(case: Any) -> None:
    """A part of a case's text is itself, or a pair of a piece and how often it stands there."""
    text = "".join(part if isinstance(part, str) else part[0] * part[1] for part in case["text"])
    check_text(text)


@unhurried
@given(texts)
def test_any_text_gives_facts_that_stand_in_it(text: str) -> None:
    check_text(text)


@settings(unhurried, max_examples=300)
@given(texts)
def test_repair_can_be_replayed_and_sections_lie_inside(raw: str) -> None:
    check_parts(check_repair(raw))


@pytest.mark.slow
@settings(unhurried, max_examples=5000)
@given(texts)
def test_many_more_texts(text: str) -> None:
    check_text(text)
