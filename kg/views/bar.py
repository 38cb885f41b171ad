"""The bar of long work: what is done, how fast, and how long it will take."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Column
from rich.text import Text

from kg.progress import Watched

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDING = "finishing"
"""What is done when all was read: what was written is put in order."""


WIDE = 60
"""Columns from which on there is room for the rate."""


class Counted(ProgressColumn):
    """How many things there are so far."""

    def render(self, task: Task) -> Text:
        """Return "1,280 postings"."""
        return Text(f"{int(task.fields['count']):,} {task.fields['unit']}")


class Rate(ProgressColumn):
    """How many things a second there were so far."""

    def render(self, task: Task) -> Text:
        """Return "148.2/s"."""
        count, elapsed = int(task.fields["count"]), task.elapsed
        return Text(f"{count / elapsed:,.1f}/s" if count and elapsed else "")


class Left(TimeRemainingColumn):
    """How long it will take, where that can be said."""

    def render(self, task: Task) -> Text:
        """Return "00:12 left"."""
        found = super().render(task)
        return found.append(" left") if found.plain else found


def whole() -> Column:
    """Return a column that is not folded."""
    return Column(no_wrap=True)


class Drawn(Watched):
    """A bar that is drawn. What is told is what is counted, unless it is counted apart."""

    def __init__(self, progress: Progress, doing: str, unit: str) -> None:
        self._progress = progress
        self._doing = doing
        self._apart = False
        self._task = progress.add_task(doing, total=None, unit=unit, count=0)

    def told(self, done: int, of: int) -> None:
        """Draw how much is done."""
        said = ENDING if of and done >= of else self._doing
        self._progress.update(self._task, completed=done, total=of or None, description=said)
        if not self._apart:
            self._progress.update(self._task, count=done)

    def count(self, things: int) -> None:
        """Draw how many things that was."""
        self._apart = True
        self._progress.update(self._task, count=things)


@contextmanager
def bar(doing: str, unit: str) -> Iterator[Drawn]:
    """Draw a bar on stderr while the block runs. What is said meanwhile stands above it."""
    console = Console(stderr=True)
    rate = (Rate(whole()),) if console.width >= WIDE else ()
    progress = Progress(
        TextColumn("{task.description}", table_column=whole()),
        BarColumn(bar_width=None),
        TaskProgressColumn(table_column=whole()),
        Counted(whole()),
        *rate,
        Left(compact=True, table_column=whole()),
        console=console,
        transient=True,
        redirect_stdout=False,
        expand=True,
    )
    with progress:
        yield Drawn(progress, doing, unit)
