"""What came to folders and what went from them, each as soon as it holds still."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.store_folder import StoreError
from kg.watching.pace import SETTLE
from kg.watching.stillness import UNFINISHED, State, Unsettled, is_at_work, is_settled, state_of
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

    `apart` is a folder in them that is not looked into: the store's own.
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
        self._taken: dict[Path, tuple[State, str]] = {}
        self._unsettled: dict[Path, Unsettled] = {}
        self._next = 0.0

    def heed(self, paths: Iterable[Path]) -> None:
        """Take word that something happened at these paths."""
        for path in paths:
            if not self.is_ours(path):
                continue
            if path.is_dir():
                for found in self._walk(self._folder_of(path) or path, path):
                    self._note(found)
            elif path not in self._taken and state_of(path) is None:
                below = f"{path}/"
                for one in [one for one in self._taken if str(one).startswith(below)]:
                    self._note(one)
            else:
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
            state = state_of(path)
            if state != seen.state:
                self._unsettled[path] = Unsettled(state, time.monotonic())
            elif is_settled(path, seen, self._settle):
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
        wanted = set(paths)
        found = [path for path, (_, known) in self._taken.items() if known in wanted]
        return self._sources(found)

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
        for path in self._taken.keys() - there:
            self._note(path)

    def _walk(self, folder: Path, top: Path) -> Iterator[Path]:
        """Yield what a folder holds below `top`, as a build does: links to folders as they are."""
        self._check(folder)
        for place, inner, names in os.walk(top):
            below = Path(place)
            seen = [below / name for name in inner if not name.startswith(".")]
            inner[:] = [one.name for one in seen if one != self._apart]
            yield from (one for one in seen if one.is_symlink())
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
        state = state_of(path)
        taken = self._taken.get(path)
        if state == (taken[0] if taken else None):
            self._unsettled.pop(path, None)
            return
        seen = self._unsettled.get(path)
        if seen is None or seen.state != state:
            self._unsettled[path] = Unsettled(state, time.monotonic())

    def _take(self, paths: Sequence[Path]) -> Changes:
        changes, here = Changes(), []
        for path in paths:
            state = self._unsettled.pop(path).state
            if state is not None:
                self._taken[path] = state, str(path.resolve())
                here.append(path)
            elif path in self._taken:
                changes.gone.append(self._taken.pop(path)[1])
        changes.sources = self._sources(here)
        changes.gone.sort()
        return changes

    def _sources(self, paths: Iterable[Path]) -> list[Source | SetAside]:
        found = [
            source_below(folder, path)
            for path in paths
            if (folder := self._folder_of(path)) is not None
        ]
        return sorted(found, key=_order)

    def _folder_of(self, path: Path) -> Path | None:
        return next((one for one in self.folders if path.is_relative_to(one)), None)


def is_unfinished(name: str) -> bool:
    """Say whether a name is that of a file which is to be renamed when it is whole."""
    return name.lower().endswith(UNFINISHED)


def _order(source: Source | SetAside) -> tuple[str, str]:
    return (source.name, str(source.path)) if isinstance(source, Source) else (source.source, "")


def _place(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
