"""Spans of a repaired text, led back to where they stood before the repair."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.repair import repair, replay
from nlp.scoring.unrepaired import led_back
from nlp.types import Edit


def is_name(word: str) -> bool:
    return word in {"Hadoop", "Spark"}


@pytest.mark.parametrize(
    ("text", "found", "before", "why"),
    [
        ("a master\x92s degree", "master’s degree", "master\x92s degree", "one sign for another"),
        ("soft\u00adware tests", "software tests", "soft\u00adware tests", "a sign was taken out"),
        ("HadoopSpark, SQL", "SQL", "SQL", "a sign was put in before it"),
        ("HadoopSpark, SQL", "Hadoop", "Hadoop", "nothing was changed before its end"),
        ("\u00adx Java", "Java", "Java", "the change lies before it"),
        ("plain Java", "Java", "Java", "nothing was changed"),
    ],
)
def test_a_span_is_led_back(text: str, found: str, before: str, why: str) -> None:
    repaired, edits = repair(text, is_name)
    start = repaired.index(found)
    ((low, high),) = led_back([(start, start + len(found))], edits)
    assert text[low:high] == before, why


def test_what_an_edit_put_in_is_led_back_to_what_stood_there() -> None:
    edits = (Edit("repair:mojibake", 2, "xy", "wide"),)
    assert replay("a xy b", edits) == "a wide b"
    assert led_back([(2, 6), (3, 5), (7, 8)], edits) == [(2, 4), (3, 4), (5, 6)]


@given(st.text(alphabet="aé\x92\u00ad -HadoopSpark", max_size=60), st.integers(0, 60))
def test_a_place_led_back_lies_in_the_text_and_keeps_the_order(text: str, offset: int) -> None:
    repaired, edits = repair(text, is_name)
    places = sorted({0, min(offset, len(repaired)), len(repaired)})
    back = [low for low, _ in led_back([(place, place) for place in places], edits)]
    assert back == sorted(back)
    assert back[0] >= 0
    assert back[-1] <= len(text)
