"""How a store is opened: for writing alone, or for reading beside whoever writes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg import snapshots
from kg.iris import Iris
from kg.snapshots import Snapshot
from kg.store_folder import (
    FORMAT,
    Stamp,
    StoreBusyError,
    StoreError,
    find_folder,
    lock_folder,
    make_folder,
    no_store,
    program_version,
    read_stamp,
    stamp_of,
    unlock_folder,
    unusable,
    write_stamp,
)

if TYPE_CHECKING:
    from pathlib import Path

DATA: Final = "quads"
FIRST: Final = 10.0
"""Seconds that a reader waits for the first snapshot of a store that is just being made."""


@dataclass(frozen=True, slots=True)
class View:
    """Which state of the store a reader sees.

    It `is_latest` unless more was written since; if so, `is_written` says that a process is at
    work on it, else one was ended before it had done.
    """

    snapshot: Snapshot
    is_latest: bool
    is_written: bool

    def __str__(self) -> str:
        """Say in words what a reader sees; nothing where it is the latest state."""
        if self.is_latest:
            return ""
        when = f"as of {self.snapshot.taken.astimezone():%Y-%m-%d %H:%M:%S}"
        if self.is_written:
            return f"{when}: a build is at work on this store; its next snapshot will show more"
        return f"{when}: a build that was ended has stored more; run it again, and it is seen"


@dataclass(frozen=True, slots=True)
class Opened:
    """A store's files, open: the lock that keeps them, and the view if they are a snapshot."""

    quads: ox.Store
    lock: int
    stamp: Stamp
    view: View | None = None
    is_new: bool = False


def new_stamp(base: str) -> Stamp:
    """Return the stamp of a new store. Raises `StoreError` for a base that is no good."""
    try:
        return Stamp(FORMAT, Iris(base).base, program_version())
    except ValueError as error:
        raise StoreError(str(error)) from error


def open_for_writing(folder: Path, new: Stamp, base: str | None, *, create: bool) -> Opened:
    """Open the store itself, alone; `create` makes it where there is none. Raises `StoreError`."""
    if create:
        make_folder(folder)
    else:
        find_folder(folder)
    lock = lock_folder(folder, exclusive=True)
    try:
        stamp = read_stamp(folder, lock)
        _check(folder, stamp, base, create=create)
        quads = _quads(folder / DATA, read_only=False)
        if stamp is None:
            write_stamp(lock, new)
    except BaseException:
        unlock_folder(lock)
        raise
    return Opened(quads, lock, stamp or new, is_new=stamp is None)


def open_for_reading(folder: Path, base: str | None) -> Opened:
    """Open the newest snapshot. Raises `StoreError`.

    A store without one (a copy of a store, or one whose first build was ended) gets it now; where
    nothing can be written, the store itself is read, and nobody may write to it meanwhile.
    """
    find_folder(folder)
    stamp = stamp_of(folder)
    _check(folder, stamp, base, create=False)
    try:
        held = snapshots.hold(folder) or _first_snapshot(folder)
        if held is None:
            lock = lock_folder(folder, exclusive=False)
            return _locked(folder / DATA, lock, stamp, None)
        snapshot, lock = held
        latest = not snapshots.is_behind(folder)
        view = View(snapshot, latest, not latest and _is_written(folder))
    except OSError as error:
        raise unusable(folder, error) from error
    return _locked(snapshot.path, lock, stamp, view)


def _locked(data: Path, lock: int, stamp: Stamp, view: View | None) -> Opened:
    try:
        return Opened(_quads(data, read_only=True), lock, stamp, view)
    except BaseException:
        unlock_folder(lock)
        raise


def _first_snapshot(folder: Path) -> tuple[Snapshot, int] | None:
    """Return the first snapshot of a store; None where none can be taken, or none comes."""
    if not (folder / DATA).is_dir():
        return None
    end = time.monotonic() + FIRST
    while time.monotonic() < end:
        try:
            lock = lock_folder(folder, exclusive=True)
        except StoreBusyError:
            time.sleep(0.05)
        except StoreError:
            return None  # we may not write there
        else:
            try:
                if snapshots.newest(folder) is None:
                    snapshots.take(folder, ox.Store(folder / DATA))
            except OSError:
                return None
            finally:
                unlock_folder(lock)
        held = snapshots.hold(folder)
        if held:
            return held
    return None


def _is_written(folder: Path) -> bool:
    """Say whether a process is writing to the store."""
    try:
        unlock_folder(lock_folder(folder, exclusive=False))
    except StoreBusyError:
        return True
    return False


def _check(folder: Path, stamp: Stamp | None, base: str | None, *, create: bool) -> None:
    if stamp is None and not create:
        raise no_store(folder)
    if stamp is not None and base not in (None, stamp.base):
        raise StoreError(
            f"{folder}: its data lives below {stamp.base}, not {base}; "
            "leave the base out, or build into another folder"
        )


def _quads(data: Path, *, read_only: bool) -> ox.Store:
    try:
        return ox.Store.read_only(str(data)) if read_only else ox.Store(data)
    except OSError as error:
        raise unusable(data, error) from error
