"""The files of watched folders that were handed on, each under the names that lead to it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kg.watching.stillness import is_link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.watching.stillness import State


class KnownFiles:
    """Paths, the state in which each was seen last, and the file that it is: itself, or by a link.

    A file has one name, as in a build: its own before those of links to it, and of links the least.
    `named` gives the name of a path.
    """

    def __init__(self, named: Callable[[Path], str]) -> None:
        self._named = named
        self._seen: dict[Path, tuple[State, str]] = {}
        self._paths: dict[str, tuple[Path, ...]] = {}

    def __contains__(self, path: Path) -> bool:
        """Say whether a path is known."""
        return path in self._seen

    def __iter__(self) -> Iterator[Path]:
        """Yield the paths that are known."""
        return iter(self._seen)

    def state(self, path: Path) -> State | None:
        """Return the state in which a path was seen; None for one that is not known."""
        found = self._seen.get(path)
        return found[0] if found else None

    def file(self, path: Path) -> str | None:
        """Return the file that a path was when it was seen."""
        found = self._seen.get(path)
        return found[1] if found else None

    def paths(self, file: str) -> tuple[Path, ...]:
        """Return the paths that lead to a file, the one that counts first."""
        return self._paths.get(file, ())

    def counting(self, file: str) -> Path | None:
        """Return the path whose name a file has; None for one that is not known."""
        return next(iter(self.paths(file)), None)

    def put(self, path: Path, state: State, file: str) -> None:
        """Note what a path is now."""
        self.drop(path)
        self._seen[path] = state, file
        others = self.paths(file)
        self._paths[file] = tuple(sorted((*others, path), key=self._rank)) if others else (path,)

    def drop(self, path: Path) -> None:
        """Forget a path."""
        _, file = self._seen.pop(path, (None, ""))
        left = tuple(one for one in self.paths(file) if one != path)
        if left:
            self._paths[file] = left
        else:
            self._paths.pop(file, None)

    def _rank(self, path: Path) -> tuple[bool, str, str]:
        return is_link(path), self._named(path), str(path)


def file_of(path: Path) -> str:
    """Return the file that a path is, links followed; a link to a folder is only itself."""
    real = os.path.realpath(path)
    leads_on = real != str(path)
    return str(path) if leads_on and os.path.isdir(real) else real  # noqa: PTH112 # Path.is_dir raises where a folder is closed
