"""Labels in their order, whatever order they came in."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.label_order import in_label_order


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["Scala", "python", "Java"], ("Java", "python", "Scala")),
        (["Sas", "SAS", "sas"], ("SAS", "Sas", "sas")),
        (["Go", "Go"], ("Go",)),
        ([], ()),
    ],
    ids=["as in a dictionary", "that differ in capitals alone", "the same", "none"],
)
def test_order(labels: list[str], expected: tuple[str, ...]) -> None:
    assert in_label_order(labels) == expected


@given(st.lists(st.text(alphabet="aAbBäÄ", max_size=3)), st.randoms())
def test_the_order_in_which_they_come_does_not_show(labels: list[str], draw: random.Random) -> None:
    mixed = labels[:]
    draw.shuffle(mixed)
    assert in_label_order(mixed) == in_label_order(labels)
