"""What was computed for an advert is kept, and changes nothing of the groups."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.copies.adverts import Advert
from kg.copies.comparison import Comparison
from kg.copies.shelf import NAME, Kept, Shelf
from kg.copies.sketches import make_sketches

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

from tests.adverts import (
    ABOUT,
    BENEFITS,
    BY_AGENCY,
    FEWER,
    HEAD,
    LEVEL_ONE,
    MOVED,
    ORIGINAL,
    OTHER_DUTIES,
    UNTITLED,
    advert,
)
from tests.sketched import all_kept

# The whole: order does not matter, and what is kept changes nothing

FAMILY: Final = [
    replace(one, id=f"{number:02}")
    for number, one in enumerate(
        [ORIGINAL, MOVED, BY_AGENCY, LEVEL_ONE, UNTITLED, advert(FEWER),
         advert(HEAD + "\n\n".join([ABOUT, OTHER_DUTIES, BENEFITS])),
         advert(HEAD + OTHER_DUTIES.replace("three mills", "four mills"))]
    )
]  # fmt: skip


def compare(adverts: Iterable[Advert], shelf: Shelf) -> list[tuple[str, ...]]:
    known = {one.id: one for one in adverts}
    comparison = Comparison(known.__getitem__, {name: f"{name} run" for name in known}, shelf)
    found = comparison.groups()
    comparison.close()
    return found


@settings(max_examples=40, deadline=None)
@given(
    st.permutations(FAMILY),
    st.lists(st.sets(st.integers(0, len(FAMILY) - 1)), min_size=1, max_size=4),
)
def test_what_was_there_before_and_in_which_order_does_not_show(
    family: list[Advert], rounds: list[set[int]]
) -> None:
    """Postings come and go; with what is kept of each round, the last is as a fresh one."""
    shelf = Shelf(None, "1")
    for some in rounds:
        held = [one for number, one in enumerate(family) if number in some]
        assert compare(held, shelf) == compare(
            sorted(held, key=lambda one: one.id), Shelf(None, "")
        )


def test_every_order_of_reading_gives_one_answer() -> None:
    answers = {str(compare(order, Shelf(None, "1"))) for order in permutations(FAMILY[:4])}
    assert len(answers) == 1


# The shelf


def test_what_is_kept_comes_back_and_is_used(tmp_path: Path) -> None:
    first = compare(FAMILY, Shelf(tmp_path / NAME, "1"))

    def refuse(name: str) -> Advert:
        raise AssertionError(f"{name} is read again")

    states = {one.id: f"{one.id} run" for one in FAMILY}
    assert Comparison(refuse, states, Shelf(tmp_path / NAME, "1")).groups() == first


def test_what_is_gone_is_not_kept(tmp_path: Path) -> None:
    compare(FAMILY, Shelf(tmp_path / NAME, "1"))
    compare(FAMILY[:1], Shelf(tmp_path / NAME, "1"))
    shelf = Shelf(tmp_path / NAME, "1")
    assert list(shelf.states()) == ["00 run"]
    assert list(shelf.pairs()) == []


@pytest.mark.parametrize("damage", [b"no database", b"", None])
def test_a_shelf_that_cannot_be_read_is_filled_anew(tmp_path: Path, damage: bytes | None) -> None:
    path = tmp_path / NAME
    expected = compare(FAMILY, Shelf(path, "1"))
    if damage is None:
        path.write_bytes(path.read_bytes()[:-5000])
    else:
        path.write_bytes(damage)
    assert compare(FAMILY, Shelf(path, "1")) == expected
    assert len(all_kept(Shelf(path, "1"))) == len(FAMILY)


def test_other_rules_forget_what_was_kept(tmp_path: Path) -> None:
    compare(FAMILY, Shelf(tmp_path / NAME, "1"))
    assert all_kept(Shelf(tmp_path / NAME, "2")) == {}


def test_a_shelf_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "nowhere" / NAME, "1")
    shelf.keep("a run", Kept(b"1", None, is_headed=False, sketches=()))
    shelf.tidy({"a run"}, set())
    assert list(shelf.states()) == ["a run"]


def test_a_shelf_of_other_tables_is_filled_anew(tmp_path: Path) -> None:
    """An older program's has the same name, and its postings other columns."""
    path = tmp_path / NAME
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE made_by (version TEXT)")
        database.execute("INSERT INTO made_by VALUES ('1')")
        database.execute("CREATE TABLE posting (state TEXT PRIMARY KEY, digest BLOB)")
    assert compare(FAMILY, Shelf(path, "1")) == compare(FAMILY, Shelf(None, ""))
    assert len(all_kept(Shelf(path, "1"))) == len(FAMILY)


def test_more_than_is_held_in_memory_is_on_the_shelf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = compare(FAMILY, Shelf(None, ""))
    monkeypatch.setattr("kg.copies.shelf.UNSAVED", 2)
    shelf = Shelf(tmp_path / NAME, "1")
    assert compare(FAMILY, shelf) == expected
    assert len(all_kept(shelf)) == len(FAMILY)
    assert compare(FAMILY, shelf) == expected


def test_what_speaks_of_the_job_is_not_sought_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sketched by one and compared by another, a text is divided into sections once."""
    known = {one.id: one for one in FAMILY}
    states = {name: f"{name} run" for name in known}
    with Shelf(tmp_path / NAME, "1") as shelf:
        for name, one in known.items():
            kept = Kept(
                one.wording.digest,
                one.job.to_text() if one.job else None,
                one.is_headed,
                make_sketches(one.wording),
                one.wording.stretches,
            )
            shelf.keep(states[name], kept)
        shelf.save()
    expected = compare(FAMILY, Shelf(None, ""))
    monkeypatch.setattr("kg.copies.wording.split_sections", None)
    fresh = {name: replace(one) for name, one in known.items()}
    with Shelf(tmp_path / NAME, "1") as shelf:
        assert Comparison(fresh.__getitem__, states, shelf).groups() == expected
