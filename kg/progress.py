"""Long work shows itself: a bar with rate and time left, on a terminal and nowhere else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, TypeAlias

Told: TypeAlias = Callable[[int, int], None]
"""Is told how much is done, and of how much; of 0, where that is not known."""

DUMB: Final = frozenset({"dumb", "unknown"})
"""Terminals that cannot draw over what they have drawn."""


def untold(_done: int, _of: int) -> None:
    """Take no notice."""


class Watched:
    """What a bar is told. `told` measures the work; `count` counts what people count, if another.

    A build's work is measured in bytes, of which all are known, and counted in postings, whose
    number shows only in the end.
    """

    def told(self, done: int, of: int) -> None:
        """Take how much is done, and of how much."""

    def count(self, things: int) -> None:
        """Take how many things that was."""


@contextmanager
def watched(doing: str, unit: str, *, quiet: bool = False) -> Iterator[Watched]:
    """Show a bar on stderr while the block runs, where that is a terminal, and take it away after.

    Nothing is shown where `quiet` says so, or where nobody would see it.
    """
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM", "") in DUMB:
        yield Watched()
        return
    from kg.views.bar import bar

    with bar(doing, unit) as drawn:
        yield drawn


def summarise(
    columns: Sequence[str], rows: Mapping[str, int] | Sequence[tuple[str, int | str]]
) -> None:
    """Talk of what was done in a small table on stderr, numbers on the right."""
    from rich.console import Console

    from kg.printing import hush, print_table, width_of

    class Ours(Console):
        def on_broken_pipe(self) -> None:
            hush()

    listed = list(rows.items() if isinstance(rows, Mapping) else rows)
    to = Ours(stderr=True, highlight=False, width=width_of(sys.stderr))
    shown = [[name, f"{value:,}" if isinstance(value, int) else value] for name, value in listed]
    print_table(to, columns, shown, right=(1,))
