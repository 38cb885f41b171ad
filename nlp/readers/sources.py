"""Paths in, files to read out: folders walked, globs filled in, what is no file set aside."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Final

STDIN: Final = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: `path` on disk, and `name`, by which the graph knows it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Piped:
    """A record of a stream that has no end, such as a line: a source of its own, by its bytes."""

    data: bytes
    name: str = "stdin"


@dataclass(frozen=True, slots=True)
class SetAside:
    """Input that gave no posting: what it was, and why.

    Of a record in a file, `position` says where it stands and `record` is the record itself, so
    that somebody can mend it. Of a file that is read no further both are empty: `path` (absolute,
    "-" for standard input) and `sha256` say which bytes it was.
    """

    source: str
    reason: str
    position: str = ""
    record: str = ""
    path: str = ""
    sha256: str = ""

    @property
    def where(self) -> str:
        """Where it stands, for people: "feed.jsonl, line 12".

        A record that was composed names its place in its source too: it is said once.
        """
        if not self.position:
            return self.source
        return f"{self.source.removesuffix(f'#{self.position}')}, {self.position}"


def source_below(folder: Path, path: Path) -> Source | SetAside:
    """Return a file of a folder as walking that folder gives it: known by its path below it."""
    known_as = path.relative_to(folder).as_posix()
    return _look(path, known_as, known_as)


def find_sources(paths: Iterable[str | Path]) -> Iterator[Source | SetAside]:
    """Yield the files to read, sorted by name: files as given, folders walked, "-" for stdin.

    A file in a folder is known by its path below that folder, so that the same folder gives the
    same graph wherever it lies. Hidden files are passed over. Set aside is what is no file: a
    path that does not exist, an empty folder, a link that leads nowhere or to another folder, a
    pipe, a device. None of them is opened.
    """
    found: dict[Path, Source] = {}
    aside: list[SetAside] = []
    for given in _expand(paths):
        path = Path(given)
        if given == STDIN:
            found[path] = Source(path, "stdin")
            continue
        for item in _walk(path) if _is_folder(path) else [_look(path, given, path.name)]:
            if isinstance(item, SetAside):
                aside.append(item)
            else:
                file = item.path.resolve()
                found[file] = min(found.get(file, item), item, key=_rank)
    yield from sorted(aside, key=lambda item: item.source)
    yield from sorted(found.values(), key=lambda source: (source.name, str(source.path)))


def _rank(source: Source) -> tuple[bool, str]:
    """Put a file before the links to it, which give it other names."""
    return source.path.is_symlink(), source.name


def _walk(folder: Path) -> Iterator[Source | SetAside]:
    """Yield what a folder holds, near and far; links to folders are not followed."""
    empty = True
    refused: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=refused.append):
        below = Path(place)
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if (below / name).is_symlink()]
        for name in [*files, *links]:
            if not name.startswith("."):
                empty = False
                path = below / name
                known_as = path.relative_to(folder).as_posix()
                yield _look(path, known_as, known_as)
    for error in refused:
        yield SetAside(str(error.filename), f"cannot be read: {error.strerror}")
    if empty and not refused:
        yield SetAside(str(folder), "the folder holds no files")


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _look(path: Path, given: str, name: str) -> Source | SetAside:
    """Return the file at `path`, or why it is none; `given` is how the user knows it."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if os.path.islink(path):  # noqa: PTH114 # Path.is_symlink raises where a folder is closed
            return SetAside(given, f"a link that leads nowhere: {path.readlink()}")
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return SetAside(given, "no such file or folder", path=os.path.abspath(path))  # noqa: PTH100 # no link is followed
        return SetAside(given, f"cannot be read: {error.strerror}")
    if stat.S_ISREG(mode):
        return Source(path, name)
    if stat.S_ISDIR(mode):
        return SetAside(given, "a link to a folder; name that folder itself")
    if stat.S_ISFIFO(mode):
        return SetAside(given, "a pipe, not a file; for piped text give - and pipe it in")
    return SetAside(given, "a device or a socket, not a file")


def _expand(paths: Iterable[str | Path]) -> Iterator[str]:
    """Yield the paths, patterns such as "jobs/*.txt" replaced by the files they match."""
    for path in map(str, paths):
        matched = [] if os.path.lexists(path) else glob(path, recursive=True)  # noqa: PTH207 # Path.glob takes no absolute pattern
        yield from matched or [path]
