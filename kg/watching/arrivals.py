"""What came to folders and what went from them, each as soon as it holds still."""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.store_folder import StoreError
from kg.watching.known_files import KnownFiles, file_of
from kg.watching.pace import SETTLE
from kg.watching.stillness import (
    UNFINISHED,
    Unsettled,
    is_at_work,
    is_gone,
    is_link,
    is_settled,
    state_of,
)
from nlp.readers import SetAside, Source, source_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

RESCAN: Final = 60.0
"""Seconds between two looks at everything at the least: the kernel may lose word of a change."""
SHARE: Final = 50
"""Such looks take one part in so many of the time at the most."""


class FolderGoneError(StoreError):
    """A folder that is watched is no more, or another is in its place."""


@dataclass(slots=True)
class Changes:
    """What is to be read, in the order of its names, and which paths are no more."""

    sources: list[Source | SetAside] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.sources or self.gone)


class Arrivals:
    """Folders, and the state in which each of their files was handed on last.

    `apart` is a folder in them that is not looked into: the store's own. What the system gives no
    word of, such as a file on a disk that fails, is set aside once, and stays as it was known.
    """

    def __init__(
        self, folders: Sequence[Path], *, apart: Path | None = None, settle: float = SETTLE
    ) -> None:
        self.folders = [folder.resolve() for folder in folders]
        for folder in self.folders:
            if not folder.is_dir():
                raise StoreError(f"{folder}: no such folder; name one, or - for a stream")
        self._apart = apart.resolve() if apart else None
        self._settle = settle
        self._places = {folder: _place(folder) for folder in self.folders}
        self._known = KnownFiles(self._name)
        self._unsettled: dict[Path, Unsettled] = {}
        self._closed: dict[Path, SetAside | None] = {}
        """What cannot be looked at, and what is yet to be said of it."""
        self._next = 0.0

    def heed(self, paths: Iterable[Path]) -> None:
        """Take word that something happened at these paths."""
        for path in paths:
            folder = self._folder_of(path)
            if folder is None or not self.is_ours(path) or _is_behind_link(folder, path):
                continue
            if _is_folder(path):
                for found in (path, *self._walk(folder, path)):
                    self._note(found)
                continue
            if path not in self._known and is_gone(path):
                below = f"{path}/"
                for one in [one for one in self._known if str(one).startswith(below)]:
                    self._note(one)
            self._note(path)

    def look(self) -> Changes:
        """Return what holds still by now. Raises `FolderGoneError`."""
        began = time.monotonic()
        for folder in self.folders:
            self._check(folder)
        if began >= self._next:
            self._look_at_all()
            spent = time.monotonic() - began
            self._next = began + max(RESCAN, SHARE * spent)
        ready = []
        for path, seen in list(self._unsettled.items()):
            self._note(path)
            if self._unsettled.get(path) is seen and is_settled(path, seen, self._settle):
                ready.append(path)
        return self._take(ready)

    def take_all(self) -> Changes:
        """Return all that is there, still or not, but what is being written: for a single look."""
        self._look_at_all()
        still = [path for path, seen in self._unsettled.items() if seen.state]
        return self._take([path for path in still if not is_at_work(path)])

    @property
    def is_waiting(self) -> bool:
        """Say whether there is something that does not hold still yet."""
        return bool(self._unsettled)

    def again(self, paths: Iterable[str]) -> list[Source | SetAside]:
        """Return files, by the paths that the store knows, that are to be read once more."""
        found = [self._known.counting(path) for path in set(paths)]
        return self._sources(path for path in found if path is not None)

    def holds(self, folder: Path) -> bool:
        """Say whether there is anything in one of the folders, still or not."""
        there = (path for path, seen in self._unsettled.items() if seen.state)
        return any(path.is_relative_to(folder) for path in (*self._known, *there, *self._closed))

    def is_ours(self, path: Path) -> bool:
        """Say whether a path is one that may be read: in a folder, not hidden, not the store's."""
        folder = self._folder_of(path)
        if folder is None or (self._apart and path.is_relative_to(self._apart)):
            return False
        parts = path.relative_to(folder).parts
        return not any(part.startswith(".") for part in parts) and not is_unfinished(path.name)

    def _look_at_all(self) -> None:
        there = {path for folder in self.folders for path in self._walk(folder, folder)}
        for path in there:
            self._note(path)
        for path in {*self._known, *self._closed} - there:
            self._note(path)

    def _walk(self, folder: Path, top: Path) -> Iterator[Path]:
        """Yield what a folder holds below `top`, as a build does: links to folders as they are."""
        self._check(folder)

        def refused(error: OSError) -> None:
            place = Path(error.filename)
            reason = f"cannot be read: {error.strerror}"
            self._closed.setdefault(place, SetAside(self._name(place), reason))

        for place, inner, names in os.walk(top, onerror=refused):
            below = Path(place)
            self._closed.pop(below, None)
            seen = [below / name for name in inner if not name.startswith(".")]
            inner[:] = [one.name for one in seen if one != self._apart]
            yield from filter(is_link, seen)
            for name in names:
                if not name.startswith(".") and not is_unfinished(name):
                    yield below / name

    def _check(self, folder: Path) -> None:
        if _place(folder) != self._places[folder]:
            raise FolderGoneError(
                f"{folder} is no more, or another folder is in its place; nothing was taken away. "
                "Watch again when it is there"
            )

    def _note(self, path: Path) -> None:
        """Note that a file may have changed, unless it is as it was handed on."""
        try:
            state = state_of(path)
        except OSError:
            self._unsettled.pop(path, None)
            self._set_aside(path)
            return
        if path in self._closed and not _is_folder(path):
            del self._closed[path]  # of a folder that is decided where it is walked
        if state == self._known.state(path):
            self._unsettled.pop(path, None)
            return
        seen = self._unsettled.get(path)
        if seen is None or seen.state != state:
            self._unsettled[path] = Unsettled(state, time.monotonic())

    def _set_aside(self, path: Path) -> None:
        """Keep what is to be said of a path; of one in a folder that is closed nothing is."""
        if not any(one in self._closed for one in (path, *path.parents)):
            (found,) = self._sources([path])
            if isinstance(found, SetAside):
                self._closed[path] = found

    def _take(self, paths: Sequence[Path]) -> Changes:
        """Return what is to be read of these, and what is gone: the files that have no name left.

        A file whose name is another now goes, and is read again under that.
        """
        states = {path: self._unsettled.pop(path).state for path in paths}
        files = {path: file_of(path) for path, state in states.items() if state is not None}
        former = [self._known.file(path) for path in states]
        touched = {*files.values(), *(file for file in former if file is not None)}
        before = {file: self._known.counting(file) for file in touched}
        for path, state in states.items():
            self._known.drop(path)
            if state is not None:
                self._known.put(path, state, files[path])
        changes, here = Changes(), []
        for file in sorted(touched):
            for path in self._known.paths(file):
                if path not in states and is_gone(path):
                    self._known.drop(path)
            was, now = before[file], self._known.counting(file)
            if was is not None and was != now:
                changes.gone.append(file)
            if now is not None and (now in files or now != was):
                here.append(now)
        changes.sources = sorted([*self._sources(here), *self._unsaid()], key=_order)
        return changes

    def _unsaid(self) -> Iterator[SetAside]:
        """Yield what cannot be looked at, unless that was said."""
        for path, aside in self._closed.items():
            if aside is not None:
                self._closed[path] = None
                yield aside

    def _sources(self, paths: Iterable[Path]) -> list[Source | SetAside]:
        found = [
            source_below(folder, path)
            for path in paths
            if (folder := self._folder_of(path)) is not None
        ]
        return sorted(found, key=_order)

    def _folder_of(self, path: Path) -> Path | None:
        return next((one for one in self.folders if path.is_relative_to(one)), None)

    def _name(self, path: Path) -> str:
        folder = self._folder_of(path)
        return path.relative_to(folder).as_posix() if folder else str(path)


def is_unfinished(name: str) -> bool:
    """Say whether a name is that of a file which is to be renamed when it is whole."""
    return name.lower().endswith(UNFINISHED)


def _is_folder(path: Path) -> bool:
    """Say whether a path is a folder itself, and no link to one."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def _is_behind_link(folder: Path, path: Path) -> bool:
    """Say whether a path goes through a link to a folder: it lies elsewhere."""
    between = path.relative_to(folder).parents
    return any(is_link(folder / one) for one in between)


def _order(source: Source | SetAside) -> tuple[str, str]:
    return (source.name, str(source.path)) if isinstance(source, Source) else (source.source, "")


def _place(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
