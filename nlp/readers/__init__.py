"""Files in, postings out. A file that cannot be read is set aside with its reason, never lost."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Final

from nlp.readers.text import NotAPosting, read_text
from nlp.repair import IsName
from nlp.types import Posting

STDIN: Final = "-"
DOCUMENTATION: Final = frozenset({"README", "LICENSE", "LICENCE", "CHANGELOG", "NOTICE"})
"""Names under which folders explain themselves; nobody calls a posting so."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: `path` on disk, and `name`, by which the graph knows it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """Input that gave no posting: what it was, and why."""

    source: str
    reason: str


def find_sources(paths: Iterable[str | Path]) -> Iterator[Source | SetAside]:
    """Yield the files to read, sorted by name: files as given, folders walked, "-" for stdin.

    A file in a folder is known by its path below that folder, so that the same folder gives the
    same graph wherever it lies. Hidden files are passed over. A path that does not exist, or an
    empty folder, is set aside.
    """
    found: dict[Path, Source] = {}
    aside: list[SetAside] = []
    for given in _expand(paths):
        path = Path(given)
        if str(given) == STDIN:
            found[path] = Source(path, "stdin")
        elif path.is_dir():
            files = [
                file
                for file in path.rglob("*")
                if file.is_file()
                and not any(part.startswith(".") for part in file.relative_to(path).parts)
            ]
            if not files:
                aside.append(SetAside(str(given), "the folder holds no files"))
            for file in files:
                found.setdefault(file.resolve(), Source(file, file.relative_to(path).as_posix()))
        elif path.exists():
            found[path.resolve()] = Source(path, path.name)
        else:
            aside.append(SetAside(str(given), "no such file or folder"))
    yield from sorted(aside, key=lambda item: item.source)
    yield from sorted(found.values(), key=lambda source: (source.name, str(source.path)))


def _expand(paths: Iterable[str | Path]) -> Iterator[str]:
    """Yield the paths, patterns such as "jobs/*.txt" replaced by the files they match."""
    for path in map(str, paths):
        matched = [] if Path(path).exists() else glob(path, recursive=True)  # noqa: PTH207 # Path.glob takes no absolute pattern
        yield from matched or [path]


def read_source(source: Source, is_name: IsName) -> Posting | SetAside:
    """Return the posting in a file, or the reason why there is none."""
    if source.path.stem.upper() in DOCUMENTATION:
        return SetAside(source.name, "documentation of the folder, not a posting")
    try:
        data = sys.stdin.buffer.read() if str(source.path) == STDIN else source.path.read_bytes()
    except OSError as error:
        return SetAside(source.name, f"cannot be read: {error.strerror or error}")
    try:
        text, edits = read_text(data, is_name)
    except NotAPosting as reason:
        return SetAside(source.name, str(reason))
    return Posting(source.name, text, hashlib.sha256(data).hexdigest(), edits)


def read_postings(paths: Iterable[str | Path], is_name: IsName) -> Iterator[Posting | SetAside]:
    """Yield a posting for each file under `paths`, or the reason why there is none.

    `is_name` is the extractor's: it tells the names of tools, so that two that run together can
    be parted.
    """
    for source in find_sources(paths):
        yield source if isinstance(source, SetAside) else read_source(source, is_name)
