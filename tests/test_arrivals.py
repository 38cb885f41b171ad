"""What comes to a watched folder under several names, and what cannot be looked at for a while."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.build import build
from kg.store import Store
from kg.watching import stillness
from kg.watching.arrivals import Arrivals, Changes
from kg.watching.intake import Intake
from kg.watching.watch import watch_folders
from nlp.readers import SetAside, Source
from tests.building import FakeExtractor, nquads, titles, words, write

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["words"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    return place


def names(changes: Changes) -> list[str]:
    return [one.name if isinstance(one, Source) else one.source for one in changes.sources]


def looked(arrivals: Arrivals, *paths: Path) -> tuple[list[str], list[str]]:
    """What is to be read, and what is gone, after word of these paths."""
    arrivals.heed(paths)
    changes = [arrivals.look(), arrivals.look()]  # what is gone may be about to come back
    return [name for one in changes for name in names(one)], [
        Path(path).name for one in changes for path in one.gone
    ]


def test_a_file_is_read_once_under_its_own_name_whatever_links_lead_to_it(folder: Path) -> None:
    write(folder / "z.txt", "Chemist")
    (folder / "a.txt").symlink_to(folder / "z.txt")
    assert names(Arrivals([folder]).take_all()) == ["z.txt"]


def test_of_links_alone_the_one_with_the_least_name_counts(folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "outside.txt", "Chemist")
    for name in ("b.txt", "a.txt"):
        (folder / name).symlink_to(tmp_path / "outside.txt")
    assert names(Arrivals([folder]).take_all()) == ["a.txt"]


def linked(folder: Path, tmp_path: Path) -> None:
    """Two files, one of them outside; two links to each."""
    write(folder / "own.txt", "Chemist")
    write(tmp_path / "outside.txt", "Baker")
    for name in ("a", "b"):
        (folder / f"{name}-own.txt").symlink_to(folder / "own.txt")
        (folder / f"{name}-out.txt").symlink_to(tmp_path / "outside.txt")


def remove(*gone: str) -> Callable[[Path, Path], list[Path]]:
    def act(folder: Path, _: Path) -> list[Path]:
        for name in gone:
            (folder / name).unlink()
        return [folder / name for name in gone]

    return act


def retarget(folder: Path, tmp_path: Path) -> list[Path]:
    write(tmp_path / "other.txt", "Pilot")
    for name in ("a-out.txt", "b-out.txt"):
        (folder / name).unlink()
        (folder / name).symlink_to(tmp_path / "other.txt")
    return [folder / "a-out.txt", folder / "b-out.txt"]


def add_a_link(folder: Path, _: Path) -> list[Path]:
    (folder / "c.txt").symlink_to(folder / "own.txt")
    return [folder / "c.txt"]


@pytest.mark.parametrize(
    ("change", "read", "gone", "left"),
    [
        pytest.param(remove("a-own.txt"), [], [], ["Baker", "Chemist"], id="a link of several"),
        pytest.param(
            remove("a-own.txt", "b-own.txt"), [], [], ["Baker", "Chemist"], id="all links, not it"
        ),
        pytest.param(
            remove("own.txt"), [], ["own.txt"], ["Baker"], id="the file, its links lead nowhere"
        ),
        pytest.param(
            remove("a-out.txt"),
            ["b-out.txt"],
            ["outside.txt"],
            ["Baker", "Chemist"],
            id="the name it had: it is read by the next",
        ),
        pytest.param(remove("b-out.txt"), [], [], ["Baker", "Chemist"], id="a name it had not"),
        pytest.param(
            remove("a-out.txt", "b-out.txt"), [], ["outside.txt"], ["Chemist"], id="every name"
        ),
        pytest.param(
            retarget,
            ["a-out.txt"],
            ["outside.txt"],
            ["Chemist", "Pilot"],
            id="links that lead elsewhere now",
        ),
        pytest.param(add_a_link, [], [], ["Baker", "Chemist"], id="one more link"),
    ],
)
def test_links_come_and_go_and_the_store_is_as_it_would_be_built(
    change: Callable[[Path, Path], list[Path]],
    read: list[str],
    gone: list[str],
    left: list[str],
    folder: Path,
    tmp_path: Path,
    words: list[Path],
) -> None:
    linked(folder, tmp_path)
    store = Store.in_memory()
    intake = Intake(store, extractor=FakeExtractor(), vocabulary_files=words)
    arrivals = Arrivals([folder], settle=0)
    intake.take(arrivals.take_all().sources)
    assert titles(store) == ["Baker", "Chemist"]
    arrivals.look()
    arrivals.heed(change(folder, tmp_path))
    seen: tuple[list[str], list[str]] = ([], [])
    for _ in range(2):
        changes = arrivals.look()
        intake.take(changes.sources, gone=changes.gone, again=arrivals.again)
        seen[0].extend(names(changes))
        seen[1].extend(Path(path).name for path in changes.gone)
    assert seen == (read, gone)
    assert titles(store) == left
    fresh = Store.in_memory()
    build(fresh, [folder], FakeExtractor(), vocabulary_files=words)
    assert nquads(store) == nquads(fresh)


def test_a_link_that_goes_while_it_is_watched_takes_nothing_with_it(
    folder: Path, words: list[Path]
) -> None:
    write(folder / "own.txt", "Chemist")
    (folder / "link.txt").symlink_to(folder / "own.txt")
    store = Store.in_memory()
    intake = Intake(store, extractor=FakeExtractor(), vocabulary_files=words)
    batches = watch_folders(intake, [folder], settle=0)
    assert next(batches).report.added == 1
    (folder / "link.txt").unlink()
    write(folder / "more.txt", "Baker")
    next(batches)
    assert titles(store) == ["Baker", "Chemist"]
    batches.close()


def test_a_folder_that_is_linked_is_not_walked_as_a_build_does_not(
    folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write(elsewhere / "a.txt", "Chemist")
    arrivals = Arrivals([folder], settle=0)
    arrivals.look()
    (folder / "link").symlink_to(elsewhere)
    arrivals.heed([folder / "link"])
    (aside,) = arrivals.look().sources
    assert aside == SetAside("link", "a link to a folder; name that folder itself")
    # Whoever tells of changes follows links: what lies behind one is no file of the folder.
    assert looked(arrivals, folder / "link" / "a.txt") == ([], [])


class Closed:
    """Makes the system refuse to look at a path, as a disk that fails or a closed folder does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths: set[Path] = set()
        real = os.stat

        def stat(path: Any, *args: Any, **more: Any) -> os.stat_result:
            if not isinstance(path, int) and Path(path) in self.paths:
                raise OSError(errno.EIO, "Input/output error", str(path))
            return real(path, *args, **more)

        monkeypatch.setattr("os.stat", stat)


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Closed:
    return Closed(monkeypatch)


def test_only_what_is_known_to_be_gone_is_gone(folder: Path, closed: Closed) -> None:
    assert stillness.state_of(folder / "none.txt") is None
    write(folder / "a.txt", "Chemist")
    assert stillness.state_of(folder / "a.txt" / "below") is None
    closed.paths.add(folder / "a.txt")
    with pytest.raises(OSError, match="Input/output error"):
        stillness.state_of(folder / "a.txt")


def test_what_cannot_be_looked_at_stays_and_is_said_once(folder: Path, closed: Closed) -> None:
    write(folder / "a.txt", "Chemist")
    write(folder / "b.txt", "Baker")
    arrivals = Arrivals([folder], settle=0)
    assert names(arrivals.take_all()) == ["a.txt", "b.txt"]
    closed.paths.add(folder / "a.txt")
    arrivals.heed([folder / "a.txt", folder])
    changes = arrivals.look()
    assert changes.gone == []
    assert changes.sources == [SetAside("a.txt", "cannot be read: Input/output error")]
    assert looked(arrivals, folder / "a.txt") == ([], []), "it was said"
    assert not arrivals.is_waiting
    closed.paths.clear()
    assert looked(arrivals, folder / "a.txt") == ([], []), "it is as it was"
    closed.paths.add(folder / "a.txt")
    assert looked(arrivals, folder / "a.txt") == (["a.txt"], []), "it is news again"
    closed.paths.clear()
    (folder / "a.txt").unlink()
    assert looked(arrivals, folder / "a.txt") == ([], ["a.txt"]), "and now it is gone"


def test_what_comes_while_it_cannot_be_looked_at_is_read_when_it_can(
    folder: Path, closed: Closed
) -> None:
    arrivals = Arrivals([folder], settle=0)
    arrivals.look()
    write(folder / "a.txt", "Chemist")
    closed.paths.add(folder / "a.txt")
    arrivals.heed([folder / "a.txt"])
    assert [type(one) for one in arrivals.look().sources] == [SetAside]
    closed.paths.clear()
    assert looked(arrivals, folder / "a.txt") == (["a.txt"], [])


def test_a_folder_that_cannot_be_listed_is_said_once_and_keeps_what_was_in_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "below").mkdir()
    write(folder / "below" / "a.txt", "Chemist")
    arrivals = Arrivals([folder], settle=0)
    assert names(arrivals.take_all()) == ["below/a.txt"]
    real = os.scandir

    def scandir(path: str) -> Any:
        if Path(path) == folder / "below":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr("os.scandir", scandir)
        changes = arrivals.take_all()
        assert changes.sources == [SetAside("below", "cannot be read: Permission denied")]
        assert changes.gone == []
        assert not arrivals.take_all()
        assert looked(arrivals, folder / "below") == ([], []), "it was said"
    write(folder / "below" / "b.txt", "Baker")
    assert looked(arrivals, folder / "below") == (["below/b.txt"], [])


@pytest.mark.parametrize("heard_of", [True, False])
def test_a_folder_in_the_place_of_a_file_is_that_file_gone(heard_of: bool, folder: Path) -> None:
    write(folder / "a.txt", "Chemist")
    arrivals = Arrivals([folder], settle=0)
    assert names(arrivals.look()) == ["a.txt"]
    (folder / "a.txt").unlink()
    (folder / "a.txt").mkdir()
    write(folder / "a.txt" / "below.txt", "Baker")
    if heard_of:
        assert looked(arrivals, folder / "a.txt") == (["a.txt/below.txt"], ["a.txt"])
    else:
        assert names(arrivals.take_all()) == ["a.txt/below.txt"]
        assert looked(arrivals) == ([], ["a.txt"])


def test_a_folder_in_the_place_of_a_file_that_nobody_saw_come_is_that_file_gone(
    folder: Path, words: list[Path]
) -> None:
    store = Store.in_memory()
    for number in range(2):
        intake = Intake(store, extractor=FakeExtractor(), vocabulary_files=words)
        if number:
            (folder / "a.txt").unlink()
            (folder / "a.txt").mkdir()
        else:
            write(folder / "a.txt", "Chemist")
            write(folder / "b.txt", "Baker")
        list(watch_folders(intake, [folder], once=True))
    assert titles(store) == ["Baker"]


def test_a_link_in_a_circle_ends_no_watch(folder: Path) -> None:
    (folder / "a.txt").symlink_to(folder / "b.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    changes = Arrivals([folder], settle=0).take_all()
    assert names(changes) == ["a.txt", "b.txt"]
    assert all(isinstance(one, SetAside) for one in changes.sources)
