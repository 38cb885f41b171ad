"""Snapshots: what readers see of a store, also while another process writes to it.

A writer works on the store itself and takes a snapshot whenever what it wrote is whole; readers
open the newest one and never meet the writer. To take one is cheap, for the engine links the files
that it never changes again. A reader holds a lock on the snapshot that it reads: the engine opens
files when it needs them, so they may not go before their reader does. Older ones that nobody reads
go when the next is taken, or when their last reader is done.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from kg.touched import Touched, carry, sync_folder
from kg.touched import read as read_touched

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox

FOLDER: Final = "snapshots"
BEHIND: Final = "behind"
"""A file that says that the store has more than the newest snapshot, and in which graphs."""
MAKING: Final = "making"
"""What the snapshot is called until it is whole. What is left of one is overwritten."""
MOMENT: Final = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True, order=True)
class Snapshot:
    """The store as it was at a moment. The number tells which is newer, whatever the clock said."""

    number: int
    taken: datetime
    path: Path

    @classmethod
    def of(cls, path: Path) -> Snapshot | None:
        """Return the snapshot in a folder, None where the name is not that of one."""
        number, _, moment = path.name.partition("-")
        try:
            taken = datetime.strptime(moment, MOMENT).replace(tzinfo=UTC)
            return cls(int(number), taken, path)
        except ValueError:
            return None


def newest(store: Path) -> Snapshot | None:
    """Return the newest snapshot of the store in a folder, None where there is none."""
    return max(_all(store), default=None)


def take(store: Path, quads: ox.Store) -> Snapshot:
    """Take a snapshot of the store, which is open for writing. Raises `OSError`.

    Killed at any moment, it leaves the older snapshot as the newest one, or the new one.
    """
    place = store / FOLDER
    place.mkdir(exist_ok=True)
    for left in place.glob(f"{MAKING}*"):
        shutil.rmtree(left, ignore_errors=True)
    quads.backup(str(place / MAKING))
    last = newest(store)
    if last:
        carry(last.path, place / MAKING, read_touched(place / BEHIND))
    number, now = last.number + 1 if last else 1, datetime.now(UTC).replace(microsecond=0)
    made = Snapshot(number, now, place / f"{number:08}-{now:{MOMENT}}")
    (place / MAKING).rename(made.path)
    (place / BEHIND).unlink(missing_ok=True)
    sync_folder(place)
    tidy(store)
    return made


def behind(store: Path) -> Touched:
    """Return what a writer names the graphs in that it is about to change.

    Once it has, the store has more than its newest snapshot. Raises `OSError`.
    """
    place = store / FOLDER
    if not place.exists():
        place.mkdir()
        sync_folder(store)
    return Touched(place / BEHIND)


def is_behind(store: Path) -> bool:
    """Say whether the store has more than its newest snapshot."""
    return (store / FOLDER / BEHIND).exists()


def hold(store: Path) -> tuple[Snapshot, int] | None:
    """Return the newest snapshot with a lock that keeps it, None where there is none.

    Closing the lock, an operating system's file, lets go of it.
    """
    while found := newest(store):
        with suppress(FileNotFoundError):  # a newer one came, and this one went
            lock = os.open(found.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            with ExitStack() as undo:
                undo.callback(os.close, lock)
                if _is_locked(lock, fcntl.LOCK_SH) and _is_at(found.path, lock):
                    undo.pop_all()
                    return found, lock
    return None


def tidy(store: Path) -> None:
    """Remove the snapshots that are not the newest and that nobody reads."""
    for old in sorted(_all(store))[:-1]:
        with suppress(OSError):  # another process tidies too, or only reading is allowed
            lock = os.open(old.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                if _is_locked(lock, fcntl.LOCK_EX):
                    gone = old.path.rename(old.path.with_name(f"{MAKING}-gone-{old.number}"))
                    shutil.rmtree(gone)
            finally:
                os.close(lock)


def _all(store: Path) -> list[Snapshot]:
    try:
        names = os.listdir(store / FOLDER)  # noqa: PTH208 # asked before every query of a server
    except FileNotFoundError:
        return []
    return [found for name in names if (found := Snapshot.of(store / FOLDER / name))]


def _is_locked(file: int, how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_at(path: Path, file: int) -> bool:
    """Say whether an open folder is still the one at its path."""
    return os.path.samestat(path.stat(), os.fstat(file))
