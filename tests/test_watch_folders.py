"""A folder that is watched: what comes is taken in, what goes is taken out, what is half waits."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from kg.build import build
from kg.store import Store, StoreError
from kg.watching.arrivals import Arrivals, FolderGoneError
from kg.watching.intake import Intake
from kg.watching.stillness import is_being_written
from kg.watching.watch import Batch, watch_folders
from tests.building import FakeExtractor, names, nquads, titles, words, write, write_feed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["words"]

OLD = 1_600_000_000
"""A moment long ago: what was written then holds still."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    return place


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s", create=True) as opened:
        yield opened


def intake(store: Store, words: list[Path]) -> Intake:
    return Intake(store, extractor=FakeExtractor(), vocabulary_files=words)


def once(store: Store, folder: Path, words: list[Path], *, emptied: bool = False) -> Batch:
    (batch,) = watch_folders(intake(store, words), [folder], once=True, emptied=emptied)
    return batch


def counted(batch: Batch) -> tuple[int, int, int, int]:
    report = batch.report
    return report.added, report.replaced, report.unchanged, report.removed


def as_built(folder: Path, words: list[Path]) -> bytes:
    fresh = Store.in_memory()
    build(fresh, [folder], FakeExtractor(), vocabulary_files=words)
    return nquads(fresh)


def test_what_changed_while_nobody_watched_is_taken_up_first(
    folder: Path, store: Store, words: list[Path]
) -> None:
    for name in ("Chemist", "Baker", "Pilot"):
        write(folder / f"{name}.txt", name)
    assert counted(once(store, folder, words)) == (3, 0, 0, 0)
    assert counted(once(store, folder, words)) == (0, 0, 3, 0)
    write(folder / "Baker.txt", "Senior Baker")
    (folder / "Pilot.txt").unlink()
    (folder / "sub").mkdir()
    write(folder / "sub" / "Nurse.txt", "Nurse")
    # Another text is another posting: the old one goes with the file that is gone.
    assert counted(once(store, folder, words)) == (2, 0, 1, 2)
    assert titles(store) == ["Chemist", "Nurse", "Senior Baker"]
    assert nquads(store) == as_built(folder, words)


def test_a_file_that_moves_is_known_by_its_new_place(
    folder: Path, store: Store, words: list[Path]
) -> None:
    write(folder / "a.txt", "Chemist")
    once(store, folder, words)
    (folder / "sub").mkdir()
    (folder / "a.txt").rename(folder / "sub" / "a.txt")
    once(store, folder, words)
    assert nquads(store) == as_built(folder, words)


@pytest.mark.parametrize("gone", ["one", "two"])
def test_what_two_files_state_stays_when_one_goes(
    gone: str, folder: Path, store: Store, words: list[Path]
) -> None:
    for name in ("one", "two"):
        (folder / name).mkdir()
        write_feed(folder / name / "feed.jsonl", ["Chemist", "Baker"])
    once(store, folder, words)
    shutil.rmtree(folder / gone)
    once(store, folder, words)
    assert titles(store) == ["Baker", "Chemist"]
    assert nquads(store) == as_built(folder, words)


def test_what_cannot_be_read_is_set_aside_as_a_build_does(
    folder: Path, store: Store, words: list[Path]
) -> None:
    write(folder / "a.txt", "Chemist")
    (folder / "b.txt").write_text("Lunch at noon.", encoding="utf-8")
    report = once(store, folder, words).report
    assert (report.added, report.refused) == (1, 1)
    assert report.quarantine is not None
    assert "Lunch at noon." in report.quarantine.read_text(encoding="utf-8")


def test_an_empty_folder_takes_nothing_away_unless_that_is_meant(
    folder: Path, store: Store, words: list[Path]
) -> None:
    write(folder / "a.txt", "Chemist")
    once(store, folder, words)
    (folder / "a.txt").unlink()
    with pytest.raises(StoreError, match="is its disk there"):
        once(store, folder, words)
    assert titles(store) == ["Chemist"]
    assert counted(once(store, folder, words, emptied=True)) == (0, 0, 0, 1)


def test_each_of_several_folders_may_be_the_one_whose_disk_is_missing(
    folder: Path, store: Store, tmp_path: Path, words: list[Path]
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write(folder / "a.txt", "Chemist")
    write(other / "b.txt", "Baker")

    def both(*, emptied: bool = False) -> Batch:
        folders = [folder, other]
        (batch,) = watch_folders(intake(store, words), folders, once=True, emptied=emptied)
        return batch

    both()
    (other / "b.txt").unlink()
    with pytest.raises(StoreError, match=r"other is empty, and the store has 1 file from it"):
        both()
    assert titles(store) == ["Baker", "Chemist"]
    assert counted(both(emptied=True)) == (0, 0, 1, 1)
    write(other / "c.txt", "Pilot")
    both()
    (other / "c.txt").rename(other / "d.txt")  # what is known is gone, but the folder has files
    assert counted(both()) == (1, 0, 1, 1)


def test_a_file_that_cannot_be_looked_at_is_not_taken_for_one_that_is_gone(
    folder: Path, store: Store, words: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "a.txt", "Chemist")
    write(folder / "b.txt", "Baker")
    once(store, folder, words)
    real = os.stat

    def stat(path: Any, *args: Any, **more: Any) -> os.stat_result:
        if str(path).endswith(".txt"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, *args, **more)

    with monkeypatch.context() as patch:
        patch.setattr("os.stat", stat)
        assert counted(once(store, folder, words)) == (0, 0, 0, 0)
    assert titles(store) == ["Baker", "Chemist"]


def test_a_folder_that_goes_ends_the_watch_and_takes_nothing_away(
    folder: Path, tmp_path: Path
) -> None:
    write(folder / "a.txt", "Chemist")
    arrivals = Arrivals([folder], settle=0)
    arrivals.take_all()
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(FolderGoneError, match="nothing was taken away"):
        arrivals.look()
    folder.mkdir()  # another one: the disk that is mounted in its place is not there
    with pytest.raises(FolderGoneError):
        arrivals.look()


def test_no_folder_is_no_watch(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder"):
        Arrivals([tmp_path / "none"])


def looked(arrivals: Arrivals) -> list[str]:
    changes = arrivals.look()
    return [getattr(one, "name", "?") for one in changes.sources]


def test_a_file_is_read_when_it_holds_still(folder: Path) -> None:
    arrivals = Arrivals([folder], settle=1000)
    write(folder / "new.txt", "Chemist")
    write(folder / "old.txt", "Baker")
    os.utime(folder / "old.txt", (OLD, OLD))
    # What was moved here was written long ago: it is whole.
    assert looked(arrivals) == ["old.txt"]
    assert arrivals.is_waiting
    os.utime(folder / "new.txt", (OLD, OLD))
    assert looked(arrivals) == [], "it has just changed"
    assert looked(arrivals) == ["new.txt"]
    assert looked(arrivals) == []
    assert not arrivals.is_waiting


def test_a_file_that_is_open_for_writing_is_not_read_half(folder: Path) -> None:
    arrivals = Arrivals([folder], settle=0)
    file = folder / "a.txt"
    with file.open("w", encoding="utf-8") as stream:
        stream.write("Half of a posting\n")
        stream.flush()
        if not is_being_written(file):
            pytest.skip("this file system tells of no writers")
        assert looked(arrivals) == []
        assert not arrivals.take_all()
        with file.open(encoding="utf-8"):
            assert looked(arrivals) == []
    assert looked(arrivals) == ["a.txt"]


def test_who_reads_a_file_does_not_write_to_it(folder: Path) -> None:
    write(folder / "a.txt", "Chemist")
    with (folder / "a.txt").open(encoding="utf-8"):
        assert not is_being_written(folder / "a.txt")
    assert not is_being_written(folder / "none.txt")


@pytest.mark.parametrize(
    "name", [".hidden.txt", "a.txt.part", "a.txt.tmp", "a.txt~", ".sub/a.txt", "A.CRDOWNLOAD"]
)
def test_what_is_not_meant_to_be_read_yet_is_passed_over(name: str, folder: Path) -> None:
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    write(file, "Chemist")
    arrivals = Arrivals([folder], settle=0)
    assert not arrivals.take_all()
    arrivals.heed([file])
    assert looked(arrivals) == []
    file.rename(folder / "whole.txt")
    arrivals.heed([folder / "whole.txt"])
    assert looked(arrivals) == ["whole.txt"]


def test_a_folder_that_is_moved_in_or_out_is_all_that_is_in_it(
    folder: Path, tmp_path: Path
) -> None:
    arrivals = Arrivals([folder], settle=0)
    arrivals.look()
    more = tmp_path / "more"
    (more / "deep").mkdir(parents=True)
    write(more / "a.txt", "Chemist")
    write(more / "deep" / "b.txt", "Baker")
    more.rename(folder / "more")
    arrivals.heed([folder / "more"])
    assert looked(arrivals) == ["more/a.txt", "more/deep/b.txt"]
    (folder / "more").rename(tmp_path / "more")
    arrivals.heed([folder / "more"])
    gone = [*arrivals.look().gone, *arrivals.look().gone]  # it may be about to come back
    assert gone == [str(folder / "more" / "a.txt"), str(folder / "more" / "deep" / "b.txt")]
    assert not arrivals.is_waiting


def test_a_file_that_is_replaced_is_never_missing(folder: Path) -> None:
    arrivals = Arrivals([folder], settle=0)
    write(folder / "a.txt", "Chemist")
    arrivals.take_all()
    write(folder / "new.tmp", "Senior Chemist")
    (folder / "new.tmp").replace(folder / "a.txt")
    arrivals.heed([folder / "a.txt"])
    changes = arrivals.look()
    assert ([one.name for one in changes.sources], changes.gone) == (["a.txt"], [])  # type: ignore[union-attr]


def test_the_store_in_the_folder_is_not_looked_into(folder: Path, words: list[Path]) -> None:
    write(folder / "a.txt", "Chemist")
    with Store.open(folder / "kg-store", create=True) as store:
        assert counted(once(store, folder, words)) == (1, 0, 0, 0)
        assert counted(once(store, folder, words)) == (0, 0, 1, 0)


def test_changes_are_taken_in_while_it_is_watched(
    folder: Path, store: Store, words: list[Path]
) -> None:
    write(folder / "a.txt", "Chemist")
    batches = watch_folders(intake(store, words), [folder], settle=0)
    assert counted(next(batches)) == (1, 0, 0, 0)
    write(folder / "b.tmp", "Baker")
    (folder / "b.tmp").rename(folder / "b.txt")
    assert counted(next(batches)) == (1, 0, 0, 0)
    write_feed(folder / "feed.jsonl", names(0, 5))
    assert counted(next(batches)) == (5, 0, 0, 0)
    (folder / "a.txt").unlink()
    assert counted(next(batches)) == (0, 0, 0, 1)
    batches.close()
    with Store.open(store.folder or "") as reader:
        assert len(reader) == 6
        assert not str(reader.view)
    assert nquads(store) == as_built(folder, words)


def test_readers_see_what_came_without_the_watch_ending(
    folder: Path, store: Store, words: list[Path]
) -> None:
    write(folder / "a.txt", "Chemist")
    seen: list[int] = []

    def look() -> None:
        if not store.is_published:
            return
        with Store.open(store.folder or "") as reader:
            seen.append(len(reader))
        if seen[-1]:
            raise KeyboardInterrupt

    batches = watch_folders(intake(store, words), [folder], settle=0, idle=look)
    with pytest.raises(KeyboardInterrupt):
        list(batches)
    assert seen[-1] == 1
