"""The inputs of a build, and how far they are read, in bytes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

from nlp.readers import STDIN, Piped, SetAside, Source, find_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


Found: TypeAlias = Source | Piped | SetAside
"""What was looked for already: nothing is walked for it."""


class Inputs:
    """Files to read, one after the other. What is piped in has a size when it was read.

    They are found at `paths`, or were found by the caller and come in the caller's order.
    """

    def __init__(self, paths: Iterable[str | Path | Found]) -> None:
        given = list(paths)
        named = [one for one in given if isinstance(one, str | Path)]
        found = [one for one in given if not isinstance(one, str | Path)]
        self._sources: list[Found] = [*find_sources(sorted(named, key=str)), *found]
        self._sizes = [_size(one) for one in self._sources]
        self.total = sum(self._sizes)
        self._before = 0
        self._size = 0
        self._stream: IO[bytes] | None = None

    def __iter__(self) -> Iterator[Found]:
        for source, size in zip(self._sources, self._sizes, strict=True):
            self._size = size
            yield source
            self._before += self._size
            self._stream = None

    def begin(self, stream: IO[bytes]) -> None:
        """Take the stream of the file that is read now, with the size that it has now."""
        stream.seek(0, os.SEEK_END)
        size = stream.tell()
        stream.seek(0)
        self.total += size - self._size
        self._size, self._stream = size, stream

    @property
    def read(self) -> int:
        """The bytes that are read: as they lie on disk, packed or not."""
        if self._stream is None or self._stream.closed:
            return self._before
        return self._before + self._stream.tell()


def _size(source: Found) -> int:
    if isinstance(source, Piped):
        return len(source.data)
    if isinstance(source, SetAside) or str(source.path) == STDIN:
        return 0
    try:
        return os.stat(source.path).st_size  # noqa: PTH116 # a million files: no object for each
    except OSError:
        return 0
