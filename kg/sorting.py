"""Lines sorted by their bytes, more of them than the memory holds."""

from __future__ import annotations

import heapq
import tempfile
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RUN_BYTES: Final = 64_000_000
"""Bytes of lines that are sorted in memory at once."""


def sort_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines sorted by their bytes; runs that do not fit are kept in temporary files."""
    runs = _runs(lines)
    with ExitStack() as stack:
        kept: list[Iterable[bytes]] = [next(runs, [])]
        for run in runs:
            file = stack.enter_context(tempfile.TemporaryFile())
            file.writelines(run)
            file.seek(0)
            kept.append(file)
        yield from heapq.merge(*kept)


def _runs(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    run: list[bytes] = []
    size = 0
    for line in lines:
        run.append(line)
        size += len(line)
        if size >= RUN_BYTES:
            yield sorted(run)
            run, size = [], 0
    if run:
        yield sorted(run)
