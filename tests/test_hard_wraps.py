"""Hard wraps: which breaks the width of a text made, and which its author."""

from __future__ import annotations

import textwrap
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.hard_wraps import hard_wraps
from nlp.repair import repair, replay

SENTENCE = (
    "You keep the books of forty growers, answer what the auditors ask and write to the banks "
    "that lend to them, and you tell the growers what came of it, in words that they understand."
)
ITEMS = (
    "- You have kept books before, for a shop or for a farm, and liked it well enough to go on;",
    "- You know what an auditor asks for, and have it at hand before the letter of the firm comes;",
)
WIDTHS = (60, 66, 72, 78, 90)


def no_name(word: str) -> bool:
    return not word


def filled(*paragraphs: str, width: int = 72) -> str:
    return "\n".join(textwrap.fill(p, width, break_on_hyphens=False) for p in paragraphs)


def joined(text: str) -> str:
    return repair(text, no_name)[0]


@pytest.mark.parametrize("width", WIDTHS)
def test_paragraphs_and_items_are_lines_again(width: int) -> None:
    assert joined(filled(SENTENCE, *ITEMS, SENTENCE, width=width)).split("\n") == [
        SENTENCE,
        *ITEMS,
        SENTENCE,
    ]


def test_labels_and_rules_begin_lines() -> None:
    parts = (SENTENCE, "REQUIRED QUALIFICATIONS: " + SENTENCE, "-" * 30, SENTENCE)
    assert joined(filled(*parts)).split("\n") == list(parts)


def test_a_hyphen_at_the_end_belongs_to_its_word() -> None:
    made = "\n".join(["x" * 66 + " non-", "profit " + "y" * 60, *filled(SENTENCE).split("\n")])
    assert "non-profit" in joined(made)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one line",
        SENTENCE,
        "\n".join([SENTENCE, SENTENCE.lower(), SENTENCE.lower()]),
        "\n".join(["excel", "word", "sage", "xero", "sap", "visio"]),
        "\n".join(item.removeprefix("- You ") for item in ITEMS),
        "Skills\nexcel and what belongs to it\nword\nsage, of which the older one\nxero\n",
    ],
)
def test_other_texts_stay(text: str) -> None:
    assert list(hard_wraps(text)) == []


@given(st.text(alphabet="ab .,-\n•:A1", max_size=400))
def test_edits_replay(text: str) -> None:
    repaired, edits = repair(text, no_name)
    assert replay(text, edits) == repaired


def test_words_stay_whatever_the_width() -> None:
    for width in WIDTHS:
        text = filled(SENTENCE, *ITEMS, width=width)
        assert joined(text).split() == text.split()


@pytest.mark.timed
def test_linear() -> None:
    def seconds(lines: int) -> float:
        text = ("word " * 13 + "\n") * lines
        start = perf_counter()
        sum(1 for _ in hard_wraps(text))
        return perf_counter() - start

    seconds(1000)
    assert seconds(16_000) < 24 * max(seconds(2000), 0.001)
