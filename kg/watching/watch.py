"""Watching over folders or a stream: batch after batch, until it is told to stop."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.interrupts import held_interrupts
from kg.plurals import counted
from kg.store_folder import StoreError
from kg.watching.arrivals import Arrivals
from kg.watching.forgetting import known_below
from kg.watching.pace import MOST, SECONDS, SETTLE
from kg.watching.stillness import is_gone
from kg.watching.stream import LineReader

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from kg.build_report import BuildReport
    from kg.watching.arrivals import Changes
    from kg.watching.intake import Intake
    from kg.watching.stream import Lines

TICK: Final = 0.1
"""Seconds between two looks at what does not hold still yet."""
IDLE: Final = 1.0
"""Seconds between two looks where nothing is expected."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a batch. Of a stream, `lines` is the number of the last line in it."""

    report: BuildReport
    lines: int | None = None

    @property
    def did_something(self) -> bool:
        """Say whether the batch is worth telling of."""
        report = self.report
        return bool(report.added or report.replaced or report.removed or report.refused)

    def to_json(self) -> dict[str, object]:
        """Return the batch as JSON has it."""
        said = self.report.to_json()
        return said if self.lines is None else {**said, "lines": self.lines}


def watch_folders(
    intake: Intake,
    folders: Sequence[Path],
    *,
    once: bool = False,
    settle: float = SETTLE,
    emptied: bool = False,
    progress: Callable[[int], None] | None = None,
    watch: Callable[[int, int], None] | None = None,
    idle: Callable[[], None] = lambda: None,
) -> Generator[Batch, None, None]:
    """Yield what became of what was changed in folders: first while nobody watched, then as it is.

    A file is read when it has held still for `settle` seconds. With `once` it ends when it has
    taken up what was there. `idle` is called now and then. Of folders that are empty, nothing is
    taken away at the start unless they are known to have been `emptied`: a disk may be missing.
    Raises `StoreError` for a folder that is not there, or no more.
    """
    arrivals = Arrivals(folders, apart=intake.store.folder, settle=settle)
    events = None if once else _events(arrivals)
    try:
        # Whoever writes from now on is heard of: nothing falls between this look and the next.
        first = arrivals.take_all()
        first.gone = _gone(intake, arrivals, emptied=emptied)
        yield _taken(intake, arrivals, first, progress, watch)
        intake.publish_when_due()
        if events is None:
            return
        intake.prepare()
        for paths in events:
            arrivals.heed(paths)
            if changes := arrivals.look():
                yield _taken(intake, arrivals, changes, None, None)
            intake.publish_when_due()
            idle()
    finally:
        intake.close()


def watch_stream(
    intake: Intake,
    file: int,
    *,
    most: int = MOST,
    seconds: float = SECONDS,
    idle: Callable[[], None] = lambda: None,
) -> Generator[Batch, None, None]:
    """Yield what became of the lines of an open file, batch by batch, until it ends.

    Each line is a source of its own, known by its bytes: a stream that is played again, from its
    start or from anywhere, adds nothing that is there. What was taken out of the file nobody could
    read again: told to stop, by Ctrl-C, SIGTERM or `close`, it stores that first. A line that has
    not ended has not come.
    """
    intake.prepare()
    lines = LineReader(file, most=most, seconds=seconds)
    with held_interrupts() as held:
        try:
            while not lines.is_done and (lines.has_lines or not held.came):
                with held.back():
                    batch = _lines_taken(intake, lines.next_batch(held), most)
                if batch:
                    yield batch
                intake.publish_when_due()
                idle()
            held.raise_again()
        except (KeyboardInterrupt, GeneratorExit):
            with held.back():
                while lines.has_lines:
                    _lines_taken(intake, lines.taken(), most)
            raise
        finally:
            intake.close()


def _lines_taken(intake: Intake, lines: Lines, most: int) -> Batch | None:
    """Take lines in, unless there are none."""
    if not lines.records:
        return None
    return Batch(intake.take(lines.records, size=most), lines.number)


def _taken(
    intake: Intake,
    arrivals: Arrivals,
    changes: Changes,
    progress: Callable[[int], None] | None,
    watch: Callable[[int, int], None] | None,
) -> Batch:
    report = intake.take(
        changes.sources, gone=changes.gone, again=arrivals.again, progress=progress, watch=watch
    )
    return Batch(report)


def _gone(intake: Intake, arrivals: Arrivals, *, emptied: bool) -> list[str]:
    """Return the files that went while nobody watched.

    Each folder is looked at for itself: each may be the one whose disk is missing.
    """
    gone = []
    for folder in arrivals.folders:
        known = known_below(intake.store, [folder])
        missing = [path for path in known if is_gone(Path(path))]
        is_empty = len(missing) == len(known) and not arrivals.holds(folder)
        if known and is_empty and not emptied:
            raise StoreError(
                f"{folder} is empty, and the store has {counted(len(known), 'file')} from it; is "
                "its disk there? If it was emptied on purpose, say --emptied"
            )
        gone += missing
    return sorted(set(gone))


def _events(arrivals: Arrivals) -> Iterator[set[Path]]:
    """Return where word of changes comes from; it is listened to when this returns.

    Raises `StoreError` where the library is not installed.
    """
    try:
        from watchfiles import watch
    except ImportError as error:
        raise StoreError(
            "watching a folder needs watchfiles: pip install 'rolegraph[watch]'; "
            "without it, --once takes up what changed"
        ) from error

    def changed() -> Iterator[set[Path]]:
        wait = int(1000 * TICK)
        heard = watch(
            *arrivals.folders,
            watch_filter=lambda _, path: arrivals.is_ours(Path(path)),
            debounce=wait,
            step=wait // 4,
            rust_timeout=wait,
            yield_on_timeout=True,
            recursive=True,
            ignore_permission_denied=True,
        )
        next(heard)  # it listens from here on
        yield set()
        last = time.monotonic()
        for changes in heard:
            now = time.monotonic()
            if changes or arrivals.is_waiting or now - last >= IDLE:
                last = now
                yield {Path(path) for _, path in changes}

    events = changed()
    next(events)
    return events
