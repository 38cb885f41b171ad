"""Rules that cannot be made to hang: time grows with the text, whatever stands in it.

An expression that looks back over what it has read takes four times as long for twice the text.
Each of `nlp` is tried on texts made from itself (`tests/adversary.py`).
"""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final

import pytest

from nlp import Extractor, Posting
from nlp.patterns import table
from tests.adversary import floods, runs
from tests.bench.postings import made_postings
from tests.expressions import expressions, hidden, scanned

TWICE: Final = 2.6
"""How much longer twice the text may take; what is quadratic takes four times as long."""
FLOOR: Final = 0.02
"""Seconds below which a clock tells nothing."""
SHORT: Final = 400
SCREEN: Final = 4_000
"""Code points of the texts on which the two slowest are found."""
SIZES: Final = (500_000, 64_000, 16_000)
"""Code points of the shorter text: the longest of these that takes no more than `PATIENCE`."""
PATIENCE: Final = 2.0
HANG: Final = 30.0

MADE_OF_DATA: Final = {
    "any_of.py": "held against a few words round a label, never against a text",
    "markup.py": "the end tag of one of eight elements: plain letters",
    "readers/job_pay.py": "a currency's code, escaped: plain letters",
}
"""Files that put an expression together where it is used, and why it is linear."""

Use = Callable[[str], object]
Record = Callable[[str, object], None]
"""What `pytest --junitxml FILE` writes beside a test."""


@contextmanager
def stopped_after(seconds: float) -> Iterator[None]:
    """Break off what takes longer: `re` looks for signals now and then."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"took longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def seconds(use: Use, text: str) -> float:
    begin = time.process_time()
    use(text)
    return time.process_time() - begin


def shapes(pattern: re.Pattern[str]) -> Iterator[Callable[[int], str]]:
    """Yield what makes a text of any length that the expression finds hard."""
    for piece in floods(pattern):
        yield lambda size, piece=piece: (piece * (size // len(piece) + 1))[:size]  # type: ignore[misc] # a default binds the piece
    for front, body in runs(pattern):
        yield lambda size, front=front, body=body: front + body * (size // len(body)) + "\0"  # type: ignore[misc] # as above
        for count in (10, 40):
            piece = front + body * count
            yield lambda size, piece=piece: (piece * (size // len(piece) + 1))[:size]  # type: ignore[misc] # as above


def assert_linear(use: Use, make: Callable[[int], str], size: int) -> str:
    """Twice the text takes about twice as long: the best of three tries counts.

    Returns what was measured: code points of the longer text, and both times.
    """
    small, large = make(size), make(2 * size)
    for _ in range(3):
        short = seconds(use, small)
        long = seconds(use, large)
        if long <= TWICE * short + FLOOR:
            return f"{2 * size} {short:.3f} {long:.3f}"
    raise AssertionError(f"{short:.2f} s, {long:.2f} s for twice of {make(60)!r}")


def test_no_expression_is_hidden_from_these_tests() -> None:
    """An expression stands at the top of a module or in a cached function without parameters."""
    assert hidden() == sorted(MADE_OF_DATA)
    assert len(expressions()) > 200


@pytest.mark.parametrize("name", expressions())
def test_an_expression_hangs_on_no_short_text(name: str) -> None:
    """What grows with a high power, or doubles with each character, needs no long text."""
    pattern = expressions()[name]
    with stopped_after(HANG):
        for make in shapes(pattern):
            text = make(SHORT)
            for _ in pattern.finditer(text):
                pass
            pattern.fullmatch(text)


@pytest.mark.timed
@pytest.mark.parametrize("name", expressions())
def test_an_expression_takes_twice_as_long_for_twice_the_text(
    name: str, record_property: Record
) -> None:
    """One that is only held against one place is tried on shorter texts at every place."""
    pattern = expressions()[name]

    def use(text: str) -> None:
        for _ in pattern.finditer(text):
            pass
        pattern.fullmatch(text)

    with stopped_after(40 * HANG):
        timed = sorted(
            (
                (seconds(use, make(SCREEN)), number, make)
                for number, make in enumerate(shapes(pattern))
            ),
            reverse=True,
        )
        for taken, _, make in timed[:2]:
            sizes = SIZES if name in scanned() else SIZES[1:]
            fits = (size for size in sizes if taken * size / SCREEN <= PATIENCE)
            record_property("measured", assert_linear(use, make, next(fits, SIZES[-1])))


@cache
def extractor() -> Extractor:
    made = Extractor()
    made(Posting("warm", "Python is required.", ""))
    return made


def extract(text: str) -> None:
    extractor()(Posting("flood", text, ""))


@pytest.mark.parametrize("sign", ["a", "-", "'", "a-"])
def test_a_long_word_behind_a_heading_s_opening_does_not_hang(sign: str) -> None:
    """Four words with blanks that may be missing between them once parted it in all ways."""
    with stopped_after(HANG):
        line = f"• What you will need to {sign * 4_000} or more than four words: now"
        extract(f"Data Engineer\n\nWe are glad.\n{line}\nMore.\n")


def test_every_ambiguous_label_has_expressions_that_are_some() -> None:
    """They are made when their label is met, so a slip in one would show late."""
    for row in table("ambiguous"):
        assert all(re.compile(row[column]) for column in ("near", "never")), row["label"]


MEGABYTE: Final = [
    ("full-time ", "each looked at the whole line"),
    ("Posted Jan 5 2024 ", "each date looked at the whole line"),
    ("Location:\n", "each label copied the rest of the text"),
    ("remote x\n", "each line was held against all that was said of the mode"),
    ("Bachelor's degree\n", "each degree was held against all others"),
    ("published in\n", "each line copied what stands behind it"),
    ("degree in ", "each degree looked back to the sentence's beginning"),
    ("in a related field or ", "each list looked for its 'in' from the sentence's beginning"),
    ("knowledge of ", "each cue read on to the sentence's end"),
    ("build and run ", "each verb looked back for whom the sentence speaks of"),
    ("builds tests, ", "each verb looked at all verbs before it, for one of its form"),
    ("Kestrel Foods bakes and sells ", "each verb looked for whom all words before it speak of"),
    ("work includes building ", "each gerund looked for its noun from the sentence's beginning"),
    ("who will build ", "each 'will' looked from the sentence's beginning for who is sought"),
    ("team player ", "each trait looked for who asks for it in the whole sentence"),
    ("must know Python\n", "each line counted the cues before it"),
    ("Austin, TX ", "each place was held against all that were found"),
    ("$50 an hour, ", "each amount was held against all others"),
    ("BS and 2 years or MS\n", "each choice looked at all years of the text"),
    ("Remote Data Analyst\n", "each line copied the text before it"),
    ("required: ", "each cue copied the rest of its sentence"),
    ("Nice to have: experience. ", "each cue read all sentences behind it that ask"),
    ("\n", "nothing but lines"),
    ("x", "one word"),
    ("\u200b", "nothing to see"),
]


@pytest.mark.timed
@pytest.mark.parametrize(("flood", "why"), MEGABYTE)
def test_a_flood_of_a_megabyte_takes_twice_as_long_as_half_of_it(
    flood: str, why: str, record_property: Record
) -> None:
    def make(size: int) -> str:
        return "Data Engineer\n\nWe are glad.\n" + flood * (size // len(flood))

    assert why
    extract(make(1_000))  # what is loaded and compiled when it is first needed is nobody's time
    taken = seconds(extract, make(SIZES[2]))
    fits = (size for size in SIZES[:2] if taken * size / SIZES[2] <= 5 * PATIENCE)
    record_property("measured", assert_linear(extract, make, next(fits, SIZES[2])))


@pytest.mark.timed
def test_a_megabyte_of_ordinary_text_takes_twice_as_long_as_half_of_it(
    record_property: Record,
) -> None:
    skills, fields = ["Python", "Go", "Rust", "machine learning", "SQL"], ["Physics", "Statistics"]
    text = "\n\n".join(made_postings(320, skills, fields))
    record_property("measured", assert_linear(extract, lambda size: text[:size], SIZES[0]))
