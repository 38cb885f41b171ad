"""A store's figures, its copy and its order: hand-counted, whole, and nothing changed by them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kg.copies.store_groups import group_copies
from kg.store import Store, StoreError
from kg.store_folder import QUARANTINE, STAMP
from kg.upkeep import back_up, optimize, room_of, store_figures
from tests.factories import make_facts, two_levels
from tests.stores import fill

if TYPE_CHECKING:
    from pathlib import Path

    from tests.command_line import Kg


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store on disk with the seeds' I and II in miniature, five postings."""
    made = tmp_path / "store"
    with Store.open(made, create=True) as store:
        fill(store, two_levels(), tmp_path)
        group_copies(store)
    return made


def dump(folder: Path) -> list[str]:
    with Store.open(folder) as store:
        return sorted(map(str, store.quads()))


def test_things_are_counted_by_hand(tmp_path: Path) -> None:
    """Two skills asked for by both, a third by one: 3 skills in 5 requirements, with degrees 7."""
    facts = [
        make_facts(source="a.txt", title="Data Engineer I", level="I", required=("Python", "SQL")),
        make_facts(source="b.txt", title="Data Engineer II", required=("Python", "SQL", "Git")),
    ]
    store = fill(Store.in_memory(), facts, tmp_path)
    figures = store_figures(store)
    asked = sum(len(one.requirements) for one in facts)
    assert figures.postings == 2
    assert figures.counts["requirements"] == asked
    assert {name: figures.counts[name] for name in ("employers", "roles", "levels", "skills")} == {
        "employers": 1,
        "roles": 1,
        "levels": 2,
        "skills": 3,
    }
    assert figures.bytes is None, "a store in memory takes no room on the disk"


def test_quads_are_counted_by_kind_of_graph_and_none_is_left_out(folder: Path) -> None:
    with Store.open(folder) as store:
        figures = store_figures(store)
        postings = [sum(1 for _ in store.quads(store.graph_iri(i))) for i in store.posting_ids()]
        assert figures.quads["postings"] == sum(postings)
        assert sum(figures.quads.values()) == len(store.oxigraph)
        average = Decimal(sum(postings)) / len(postings)
        assert figures.quads_a_posting == average.quantize(Decimal("0.1"))


def test_an_empty_store_has_zeros_and_no_average() -> None:
    figures = store_figures(Store.in_memory())
    assert figures.postings == 0
    assert set(figures.counts.values()) == {0}
    assert set(figures.quads.values()) == {0}
    assert figures.quads_a_posting is None


def test_a_copy_opens_as_a_store_with_the_same_quads(folder: Path, tmp_path: Path) -> None:
    (folder / QUARANTINE).write_text("{}\n", encoding="utf-8")
    copy = tmp_path / "new" / "copy"
    with Store.open(folder) as store:
        copied = back_up(store, copy)
        stamp = store.stamp
    assert copied == len(dump(copy))
    assert dump(copy) == dump(folder)
    assert (copy / QUARANTINE).read_bytes() == b"{}\n"
    with Store.open(copy) as opened:
        assert opened.stamp == stamp


def test_copy_and_original_go_their_own_ways(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder) as store:
        back_up(store, tmp_path / "copy")
    before = dump(folder)
    with Store.open(tmp_path / "copy", read_only=False) as copy:
        assert copy.remove(copy.posting_ids()[0])
    assert dump(folder) == before
    assert dump(tmp_path / "copy") != before


def test_what_is_there_already_is_never_written_over(folder: Path, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("dear", encoding="utf-8")
    with Store.open(folder) as store:
        for taken in (full, folder, full / "letter.txt"):
            with pytest.raises(StoreError, match="is there already; name a new or an empty folder"):
                back_up(store, taken)
    assert [path.name for path in full.iterdir()] == ["letter.txt"]


def test_a_copy_that_fails_leaves_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "empty").mkdir()
    monkeypatch.setattr("kg.upkeep.write_stamp", full_disk)
    with Store.open(folder) as store:
        for place in ("new", "empty"):
            with pytest.raises(StoreError, match="the disk is full"):
                back_up(store, tmp_path / place)
    assert not (tmp_path / "new").exists()
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_store_in_memory_is_no_file_to_copy(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="in memory"):
        back_up(Store.in_memory(), tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_order_changes_no_quad(folder: Path) -> None:
    before = dump(folder)
    done = optimize(folder)
    assert done.before > 0
    assert done.after == room_of(folder)
    assert dump(folder) == before


def test_a_store_that_is_written_is_not_put_in_order(folder: Path) -> None:
    writing = Store.open(folder, read_only=False)
    with writing, pytest.raises(StoreError, match="another process is using"):
        optimize(folder)


def test_a_store_that_is_read_is_put_in_order(folder: Path) -> None:
    before = dump(folder)
    with Store.open(folder) as reader:
        optimize(folder)
        assert len(reader.oxigraph) == len(before)
    assert dump(folder) == before


def test_commands_print_figures_and_paths(kg: Kg, folder: Path, tmp_path: Path) -> None:
    shown = kg("stats", "--store", folder, "--json").json
    with Store.open(folder) as store:
        assert shown["postings"] == len(store)
        assert shown["quads"]["all"] == len(store.oxigraph)
    table = kg("stats", "--store", folder)
    assert table.code == 0
    assert "quads: vocabulary" in table.out
    copied = kg("backup", tmp_path / "copy", "--store", folder)
    assert (copied.code, copied.out) == (0, f"{tmp_path / 'copy'}\n")
    assert (tmp_path / "copy" / STAMP).is_file()
    again = kg("backup", tmp_path / "copy", "--store", folder)
    assert again.code == 2
    assert "is there already" in again.err
    sizes = kg("optimize", "--store", folder, "--json").json
    assert set(sizes) == {"before", "after"}


@pytest.mark.parametrize("words", [["stats"], ["backup", "copy"], ["optimize"]])
def test_no_store_is_said(kg: Kg, tmp_path: Path, words: list[str]) -> None:
    answer = kg(*words, "--store", tmp_path / "none")
    assert answer.code == 2
    assert "is no rolegraph store; `kg build PATH` makes one" in answer.err
    assert not (tmp_path / "none").exists()
