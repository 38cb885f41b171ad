"""The folder of a store: its stamp, which says what it is, and its lock.

One may write to a store; whoever reads the store itself, and no snapshot of it, keeps that one
off. The lock is the kernel's, on the stamp file itself, and ends with the process that holds it.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

FORMAT: Final = 1
"""Raised whenever an older program would misread what a newer one wrote."""

USUAL: Final = "kg-store"
"""The folder of a store that nobody names."""
STAMP: Final = "rolegraph.json"
QUARANTINE: Final = "quarantine.jsonl"
"""What was set aside; it may be there before the store is, and stay when the store goes."""


class StoreError(ValueError):
    """A store that cannot be used as asked. The message is one line and says what to do."""


class StoreBusyError(StoreError):
    """A store that another process keeps from being used this way, for now."""


class DiskFullError(StoreError):
    """The disk has no room for what was to be stored. What was stored before is whole."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a store's folder says of itself."""

    format: int
    base: str
    version: str


def program_version() -> str:
    """Return the version of the installed distribution."""
    from importlib import metadata  # takes longer to load than a store to open

    try:
        return metadata.version("rolegraph")
    except metadata.PackageNotFoundError:
        return "unknown"


def find_folder(folder: Path) -> None:
    """Raise `StoreError` where there is no store to open."""
    try:
        found = (folder / STAMP).is_file()
    except OSError as error:
        raise unusable(folder, error) from error
    if not found:
        raise no_store(folder)


def make_folder(folder: Path) -> None:
    """Make the folder of a new store. One that holds something else is left alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = {entry.name for entry in folder.iterdir()}
    except OSError as error:
        raise unusable(folder, error) from error
    if names - {QUARANTINE} and STAMP not in names:
        raise StoreError(
            f"{folder} holds other files and no rolegraph store; name a new or an empty folder"
        )


def lock_folder(folder: Path, *, exclusive: bool) -> int:
    """Lock the stamp file, shared or exclusive, and return it open: an operating system's file."""
    flags = os.O_RDWR | os.O_CREAT if exclusive else os.O_RDONLY
    try:
        lock = os.open(folder / STAMP, flags | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise unusable(folder, error) from error
    for patience in (0.02, 0.05, 0.1, None):  # a reader that looks whether somebody writes
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            break
        except OSError as error:
            if patience and exclusive:
                time.sleep(patience)
                continue
            os.close(lock)
            does = "using" if exclusive else "writing to"
            raise StoreBusyError(
                f"{folder}: another process is {does} this store; try again when it is done"
            ) from error
    return lock


def unlock_folder(lock: int) -> None:
    """Let go of a lock, also where a forked process still holds the file open."""
    with suppress(OSError):
        fcntl.flock(lock, fcntl.LOCK_UN)
    os.close(lock)


def read_stamp(folder: Path, lock: int) -> Stamp | None:
    """Return the stamp, or None where the store was never finished. Raises `StoreError`."""
    text = os.pread(lock, 65536, 0)
    if not text:
        return None
    try:
        found = json.loads(text)
        stamp = Stamp(int(found["format"]), str(found["base"]), str(found["version"]))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{folder / STAMP} is damaged; build into another folder") from error
    if stamp.format != FORMAT:
        raise StoreError(
            f"{folder} is a store of format {stamp.format}, made by rolegraph {stamp.version}; "
            f"rolegraph {program_version()} reads format {FORMAT}: "
            "use the other version, or build into another folder"
        )
    return stamp


def stamp_of(folder: Path) -> Stamp:
    """Return the stamp of a store that is there. Raises `StoreError` where it is not."""
    try:
        file = os.open(folder / STAMP, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise unusable(folder, error) from error
    try:
        stamp = read_stamp(folder, file)
    finally:
        os.close(file)
    if stamp is None:
        raise no_store(folder)
    return stamp


def write_stamp(lock: int, stamp: Stamp) -> None:
    """Write the stamp of a new store: last, so that a stamp means that the store is there."""
    os.pwrite(lock, (json.dumps(asdict(stamp), indent=1) + "\n").encode(), 0)


def no_store(folder: Path) -> StoreError:
    """Return the error for a folder without a store."""
    return StoreError(f"{folder} is no rolegraph store; `kg build PATH` makes one")


def is_full(error: OSError) -> bool:
    """Say whether a disk or a quota is full. The store's engine says it in words only."""
    said = error.strerror or str(error)
    return any(os.strerror(number) in said for number in (errno.ENOSPC, errno.EDQUOT))


def unusable(path: Path, error: OSError) -> StoreError:
    """Return the error for a path that the operating system refuses, in one line."""
    if is_full(error):
        return DiskFullError(
            f"{path}: the disk is full; what was stored is whole: make room, then do it again"
        )
    reason = " ".join((error.strerror or str(error)).split())
    return StoreError(f"{path} cannot be used as a store: {reason}; name a folder that can")
