"""Which sketches an index finds: those that are near, by bands and values, and no others."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from rensa import RMinHash, RMinHashLSH

from kg.copies.sketches import (
    BANDS,
    LEAST,
    SEED,
    SIZE,
    VALUES,
    Sketch,
    are_near,
    make_sketch,
    marks_of,
)
from tests.sketched import index_of


def overlapping(count: int, shared: int, *, seed: int = 1) -> list[list[str]]:
    """Sets of 200 shingles, each drawn from as many as make any two share some."""
    draw = random.Random(seed)  # noqa: S311 # nothing secret
    every = [f"word {number}" for number in range(200 * 200 // shared)]
    return [draw.sample(every, 200) for _ in range(count)]


def by_rensa(sets: list[list[str]]) -> set[tuple[int, int]]:
    """The pairs that rensa's own index finds, and whose sketches it holds to be alike."""
    index = RMinHashLSH(LEAST, VALUES, BANDS)
    made = []
    for number, one in enumerate(sets):
        made.append(RMinHash(VALUES, SEED))
        made[-1].update(one)
        index.insert(number, made[-1])
    return {
        (number, other)
        for number, one in enumerate(made)
        for other in index.query(one)
        if number < other and one.jaccard(made[other]) >= LEAST
    }


@pytest.mark.parametrize("shared", [60, 100, 120, 140, 180])
def test_an_index_finds_what_an_index_of_hash_tables_finds(shared: int) -> None:
    sets = overlapping(60, shared)
    sketches = [make_sketch(one) for one in sets]
    near = {
        pair
        for pair in combinations(range(len(sets)), 2)
        if are_near(*(sketches[one] for one in pair))
    }
    assert near == by_rensa(sets)
    assert bool(near) == (shared > 100)
    index = index_of(sketches)
    for number in range(len(sets)):
        found = {other for other in index.near(number) if other != number}
        assert {tuple(sorted((number, other))) for other in found} >= {
            pair for pair in near if number in pair
        }


BASE = [f"word {number}" for number in range(300)]
LIKE = make_sketch(BASE[:280])
FAR = make_sketch([f"else {number}" for number in range(300)])
SOUGHT = make_sketch(BASE)


@pytest.mark.parametrize(
    ("sketches", "kinds", "within", "found", "why"),
    [
        ([SOUGHT, LIKE, FAR], [0, 0, 0], [1, 2], [1], "the like, and not the rest"),
        ([SOUGHT, LIKE, LIKE], [0, 0, 0], [2, 1], [1, 2], "sorted, in whatever order they came"),
        ([SOUGHT, LIKE, LIKE], [0, 1, 0], [1, 2], [2], "of its kind alone"),
        ([SOUGHT, LIKE, LIKE], [0, 1, 1], [1, 2], [], "of another kind there is none"),
        ([SOUGHT, LIKE], [0, 0], [], [], "what is not put in is not found"),
        ([SOUGHT, FAR], [0, 0], [1], [], "nothing like it"),
        ([SOUGHT], [0], [], [], "nothing at all"),
        ([SOUGHT, LIKE], [0, 0], [0, 1], [0, 1], "itself, where it is in"),
    ],
)
def test_an_index_finds_the_like_and_leaves_the_rest(
    sketches: list[Sketch], kinds: list[int], within: list[int], found: list[int], why: str
) -> None:
    assert index_of(sketches, kinds, within).near(0) == found, why


def test_an_index_may_have_no_sketches() -> None:
    index_of([]).add([])


def changed(sketch: Sketch, values: range, byte: int) -> Sketch:
    """The sketch with other values at some places: one byte of each is another."""
    made = bytearray(sketch)
    for value in values:
        made[4 * value + byte] ^= 1
    return bytes(made)


@pytest.mark.parametrize(
    ("other", "near", "marked", "why"),
    [
        (SOUGHT, True, True, "the same"),
        (changed(SOUGHT, range(138), 0), True, True, "114 values of 252 are 0.452"),
        (changed(SOUGHT, range(139), 0), False, False, "113 are 0.448"),
        (changed(SOUGHT, range(0, VALUES, 6), 0), False, False, "210 values, and none of a band"),
        (changed(SOUGHT, range(139), 3), False, True, "marks do not tell it, sketches do"),
        (changed(SOUGHT, range(0, VALUES, 6), 3), False, True, "nor that no band is shared"),
    ],
)
def test_near_are_sketches_that_share_a_band_and_enough_values(
    other: Sketch, near: bool, marked: bool, why: str
) -> None:
    assert are_near(SOUGHT, other) is near, why
    assert are_near(other, SOUGHT) is near, why
    assert index_of([SOUGHT, other], within=[1]).near(0) == ([1] if marked else []), why


def test_marks_are_a_quarter_of_a_sketch() -> None:
    assert len(SOUGHT) == SIZE == 4 * len(marks_of(SOUGHT))
    assert len(set(marks_of(SOUGHT))) > 100  # they are spread over what a byte can say
