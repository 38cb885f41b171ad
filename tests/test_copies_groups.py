"""Which adverts are grouped as one job, and which sketches are found alike."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest

from kg.copies.adverts import Advert
from kg.copies.grouping import Entry, find_groups
from kg.copies.likeness import likeness
from kg.copies.sketches import make_sketch, make_sketches, marks_of

if TYPE_CHECKING:
    pass

from tests.adverts import (
    ASKS,
    BY_AGENCY,
    DUTIES,
    HEAD,
    LEVEL_ONE,
    MOVED,
    ORIGINAL,
    OTHER_DUTIES,
    TEXT,
    UNTITLED,
    advert,
)


def entries(*adverts: Advert) -> list[Entry]:
    found = [
        Entry(
            one.id,
            one.wording.digest,
            one.job,
            one.is_headed,
            tuple(map(marks_of, make_sketches(one.wording))),
        )
        for one in adverts
    ]
    return sorted(found, key=lambda entry: entry.id)


def groups(*adverts: Advert) -> list[tuple[str, ...]]:
    known = {one.id: one for one in adverts}
    return find_groups(entries(*adverts), lambda a, b: likeness(known[a], known[b]).similarity)


def unknown(first_line: str, name: str, text: str = TEXT) -> Advert:
    """The advert under a first line that no rule knows as a title."""
    return replace(UNTITLED, id=name, text=text.replace("Data Engineer II", first_line))


def headless(title: str, name: str, **facts: Any) -> Advert:
    """An agency's copy without a header, below a title."""
    return advert(f"{title}\n{UNTITLED.text}", id=name, title=title, **facts)


CALLED_OTHERWISE: Final = advert(HEAD + f"Grain Wizard\n{DUTIES}\n{ASKS}")
"""Below its header stands the title that the text had before a board gave it another."""


@pytest.mark.parametrize(
    ("others", "expected", "why"),
    [
        ([replace(MOVED, id="b")], [("a", "b")], "one job in two places"),
        ([replace(MOVED, id="0"), replace(BY_AGENCY, id="b")], [("0", "a", "b")], "three copies"),
        ([LEVEL_ONE], [], "level I is never a copy of level II"),
        ([replace(ORIGINAL, id="b", role="data-scientist")], [], "nor one role of another"),
        ([replace(ORIGINAL, id="b", title="Data Engineer II, Grain")], [], "nor team of team"),
        ([UNTITLED], [("a", "z")], "without a title: of the job that it resembles"),
        ([replace(UNTITLED, id="0")], [("0", "a")], "whatever its id"),
        ([UNTITLED, LEVEL_ONE], [], "but of neither where it may be of two"),
        ([UNTITLED, replace(UNTITLED, id="y")], [("a", "y", "z")], "two without a title"),
        ([], [], "alone"),
    ],
)
def test_groups(others: list[Advert], expected: list[tuple[str, ...]], why: str) -> None:
    assert groups(ORIGINAL, *others) == expected, why


@pytest.mark.parametrize(
    ("one", "other", "are_copies", "why"),
    [
        (unknown("Grain Wizard", "a"), unknown("Grain Wizard", "b"), True, "the same first line"),
        (unknown("Grain Wizard", "a"), unknown("Grain Wizard II", "b"), False, "another level"),
        (unknown("Grain Wizard", "a"), unknown("Tide Reader", "b"), False, "another name"),
        (unknown("Grain Wizard", "z"), ORIGINAL, False, "one has a title that we know"),
        (
            unknown("Grain Wizard in Duluth", "a"),
            unknown("Grain Wizard in Toledo", "b", MOVED.text),
            False,
            "a place that no rule has found may be anything",
        ),
        (
            unknown("We have barges, silos, scales and a great many questions for you", "z"),
            ORIGINAL,
            True,
            "too long for a title",
        ),
        (
            headless("Grain Wizard", "z", role="wizard", level=None, labels=()),
            CALLED_OTHERWISE,
            True,
            "the first line of one stands below the header of the other",
        ),
        (
            headless("Grain Wizard", "0", role="wizard", level=None, labels=()),
            CALLED_OTHERWISE,
            True,
            "whatever its id",
        ),
        (
            headless("Tide Reader", "z", role="reader", level=None, labels=()),
            CALLED_OTHERWISE,
            False,
            "and here it does not",
        ),
        (
            headless("Data Engineer", "z", level=None, labels=("Data Engineer",)),
            ORIGINAL,
            False,
            "nor is a part of a title all of it",
        ),
        (
            advert(HEAD.replace("Data Engineer II", "Grain Wizard") + DUTIES + ASKS,
                   id="z", title="Grain Wizard", role="wizard", level=None, labels=()),
            CALLED_OTHERWISE,
            False,
            "a title in a header is the job's",
        ),
    ],
)  # fmt: skip
def test_what_the_first_line_says(one: Advert, other: Advert, are_copies: bool, why: str) -> None:
    assert bool(groups(one, other)) is are_copies, why


def test_a_text_without_a_title_is_of_the_job_that_it_resembles_most() -> None:
    sibling = advert(
        HEAD.replace("II", "III") + "\n\n".join([OTHER_DUTIES, *TEXT.split("\n\n")[2:]]),
        id="b",
        title="Data Engineer III",
        level="iii",
        labels=("Data Engineer", "III"),
    )
    assert groups(ORIGINAL, sibling, UNTITLED) == [("a", "z")]


def test_no_postings_no_groups() -> None:
    assert groups() == []


def test_short_texts_are_copies_only_word_for_word() -> None:
    short = advert("Data Engineer II. Call Ann.")
    assert groups(short, replace(short, id="b"), advert("Data Engineer II. Call Bo.", id="c")) == [
        ("a", "b")
    ]


def test_entries_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="sorted by id"):
        find_groups(reversed(entries(ORIGINAL, LEVEL_ONE)), lambda *_: 0.0)


def test_a_thousand_copies_are_held_against_one() -> None:
    asked: list[tuple[str, str]] = []

    def similarity(a: str, b: str) -> float:
        asked.append((a, b))
        return 1.0

    marks = marks_of(make_sketch(ORIGINAL.wording.of_the_job()))
    many = [Entry(f"{n:04}", str(n).encode(), ORIGINAL.job, True, (marks,)) for n in range(1000)]
    assert find_groups(many, similarity) == [tuple(one.id for one in many)]
    assert len(asked) == 999


# Sketches


def test_a_sketch_depends_on_the_set_alone() -> None:
    words = [f"word {number}" for number in range(200)]
    mixed = words + words[:50]
    random.Random(3).shuffle(mixed)  # noqa: S311 # nothing secret
    assert make_sketch(words) == make_sketch(mixed)
