"""Openings: whatever they hold to be apart, the texts hold to be apart; and what is remembered."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import pytest

from kg.copies.comparison import Comparison
from kg.copies.likeness import likeness
from kg.copies.openings import are_apart, opening_of
from kg.copies.remembering import Memory
from kg.copies.shelf import NAME, Kept, Shelf
from tests.adverts import BY_AGENCY, LEVEL_ONE, MOVED, ORIGINAL, TEXT, UNTITLED

if TYPE_CHECKING:
    from pathlib import Path

    from kg.copies.adverts import Advert

BODY: Final = TEXT.split("\n\n", 1)[1]


def bare(title: str | None, first: str, **facts: Any) -> Advert:
    """The advert without a header, below a first line."""
    known = replace(UNTITLED, id=first, title=title, text=f"{first}\n{BODY}")
    return replace(known, **facts)


ONE: Final = bare("Engineer 1", "Engineer 1")
TWO: Final = bare("Engineer 2", "Engineer 2")
NUMBERED: Final = bare("Engineer 2", "Engineer 2\nfor our plant 1")


@pytest.mark.parametrize(
    ("one", "other", "apart", "why"),
    [
        (ONE, TWO, True, "neither has the other's number"),
        (ONE, ORIGINAL, True, "the one with a header has no engineer 1"),
        (LEVEL_ONE, ORIGINAL, True, "both have a header that says another job"),
        (ONE, NUMBERED, False, "the other has all words of its first line, though not in one"),
        (bare(None, "Data Engineer II"), ORIGINAL, False, "its first line is the other's title"),
        (bare(None, "Data Engineer II!"), TWO, False, "what it begins with is no title"),
        (bare(None, "Duluth", places=("Duluth",)), TWO, False, "it begins with a place alone"),
        (bare(None, "Engineer 2 in Lima"), replace(TWO, places=("Lima",)), False, "its place"),
        (replace(ONE, text=TEXT), replace(TWO, text=TEXT), False, "they say the same"),
    ],
)
def test_texts_are_apart_where_neither_may_begin_in_the_other(
    one: Advert, other: Advert, apart: bool, why: str
) -> None:
    openings = opening_of(one), opening_of(other)
    assert are_apart(*openings) is apart, why
    assert are_apart(*reversed(openings)) is apart, why


def test_what_is_apart_has_no_likeness() -> None:
    adverts = [ORIGINAL, MOVED, BY_AGENCY, LEVEL_ONE, UNTITLED, ONE, TWO, NUMBERED]
    adverts += [bare(None, f"Data Engineer {level}") for level in ("I", "II", "III")]
    pairs = [pair for pair in combinations(adverts, 2) if pair[0].job != pair[1].job]
    apart = [pair for pair in pairs if are_apart(*map(opening_of, pair))]
    assert 10 < len(apart) < len(pairs)
    assert {likeness(*pair).similarity for pair in apart} == {0.0}


def test_an_opening_is_kept_and_its_text_not_read_again(tmp_path: Path) -> None:
    known = {one.id: one for one in (ONE, TWO)}
    read: list[str] = []

    def reading(name: str) -> Advert:
        read.append(name)
        return known[name]

    states = {name: f"{name} run" for name in known}
    for _ in range(2):
        with Shelf(tmp_path / NAME, "1") as shelf:
            comparison = Comparison(reading, states, shelf)
            assert comparison.groups() == []
            comparison.close()
            assert list(shelf.pairs()) == []
            assert [shelf.opening(states[one.id]) for one in (ONE, TWO)] == [
                opening_of(ONE),
                opening_of(TWO),
            ]
    assert sorted(read) == ["Engineer 1", "Engineer 1", "Engineer 2", "Engineer 2"]


def test_a_shelf_forgets_the_openings_of_what_is_gone(tmp_path: Path) -> None:
    with Shelf(tmp_path / NAME, "1") as shelf:
        one, other = opening_of(ORIGINAL), opening_of(ONE)
        for state, opening in (("one", one), ("other", other)):
            shelf.keep(state, Kept(b"", None, is_headed=False, sketches=()))
            shelf.keep_opening(state, opening)
        shelf.tidy({"one"}, set())
        assert (shelf.opening("one"), shelf.opening("other")) == (one, None)


@pytest.mark.parametrize(
    ("asked", "read", "why"),
    [
        ("aba", "ab", "what fits is read once"),
        ("abcba", "abca", "the one that was asked for longest ago is forgotten"),
        ("abaca", "abc", "to be asked for again is to stay"),
        ("aXaX", "aXaX", "what is larger than the room leaves none for another"),
        ("aXX", "aX", "and is itself remembered"),
        ("", "", "nothing is asked for, nothing is read"),
    ],
)
def test_a_memory_has_room_for_so_much(asked: str, read: str, why: str) -> None:
    calls: list[str] = []

    def upper(name: str) -> str:
        calls.append(name)
        return name.upper()

    memory = Memory(upper, lambda one: 9 if one == "X" else 2, 4)
    assert [memory(name) for name in asked] == list(asked.upper())
    assert "".join(calls) == read, why
