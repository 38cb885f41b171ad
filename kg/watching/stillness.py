"""When a file holds still: nobody writes to it any more, as far as can be known."""

from __future__ import annotations

import fcntl
import os
import signal
import stat
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.watching.pace import SETTLE

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE: Final = 30.0
"""Seconds after which a file is read though somebody keeps it open for writing, as logs are."""
UNFINISHED: Final = (".crdownload", ".download", ".part", ".partial", ".swp", ".tmp", "~")
"""How the names of files end that a program means to rename when they are whole."""


class State(NamedTuple):
    """What tells that a file has changed."""

    inode: int
    size: int
    modified: int


@dataclass(slots=True)
class Unsettled:
    """A file that changed, the state it was seen in, and since when (monotonic)."""

    state: State | None
    since: float


def state_of(path: Path) -> State | None:
    """Return a file's state; None where there is none: a folder is none, a link to one is.

    Raises `OSError` where that cannot be known, for the folder is closed to us or the disk fails:
    such a file may be there, and is not to be taken for one that was deleted.
    """
    try:
        found = os.stat(path)  # noqa: PTH116 # a hundred thousand files: no object for each
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISDIR(found.st_mode) and not is_link(path):
        return None
    return State(found.st_ino, found.st_size, found.st_mtime_ns)


def is_link(path: Path) -> bool:
    """Say whether a path is a link; False where that cannot be known."""
    return os.path.islink(path)  # noqa: PTH114 # Path.is_symlink raises where a folder is closed


def is_gone(path: Path) -> bool:
    """Say whether it is known that there is no file."""
    try:
        return state_of(path) is None
    except OSError:
        return False


def is_settled(path: Path, seen: Unsettled, settle: float = SETTLE) -> bool:
    """Say whether a file is as it was for `settle` seconds, and nobody has it open to write to it.

    What was moved here, and was written long ago, need not wait. A file that is gone waits too: it
    may be about to be replaced.
    """
    waited = time.monotonic() - seen.since
    if seen.state is None:
        return waited >= settle
    old = time.time() - seen.state.modified / 1e9
    if waited < settle and not settle <= old:
        return False
    return waited >= PATIENCE or not is_being_written(path)


def is_at_work(path: Path) -> bool:
    """Say whether a file has changed lately, and somebody has it open to change it further.

    False where that cannot be known.
    """
    try:
        state = state_of(path)
    except OSError:
        return False
    if state is None or time.time() - state.modified / 1e9 >= PATIENCE:
        return False
    return is_being_written(path)


def is_being_written(path: Path) -> bool:
    """Say whether a process has a file open to write to it; False where that cannot be known.

    A lease for reading is refused then, by the kernel; it is let go of at once. It is given for
    one's own files only, and not on every file system.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        # A writer that comes in this moment is told of by a signal, which is to end nobody.
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(file)
    return False
