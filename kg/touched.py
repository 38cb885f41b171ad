"""Which graphs changed since the newest snapshot, and what of its answers the next one may keep.

A writer names the graphs before it changes them, so that one that is cut short has named too many
and never too few. Where they are too many to name, or some cannot be known, all count as changed.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COLUMNS: Final = "columns"
"""The folder in a snapshot for answers that it gave."""
FORMER: Final = "former"
"""The folder in a snapshot for answers that an older one gave, with the graphs changed since."""
CHANGED: Final = "changed"
"""The file in `FORMER` that names these graphs."""
MOST: Final = 2000
"""Graphs that are named. Where more have changed it is as fast to ask for everything anew."""
HEAD: Final = "graphs that changed since the newest snapshot:"
ALL: Final = "*"
"""Stands for all graphs."""


class Touched:
    """The graphs that changed since the newest snapshot, named in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._named: set[str] | None = set()

    def add(self, graphs: Iterable[str] | None) -> None:
        """Name graphs that are about to change; None are all. Raises `OSError`.

        They are on the disk when this returns.
        """
        if not self._file.exists():
            self._write(f"{HEAD}\n", "x")
            sync_folder(self._file.parent)
            self._named = set()
        elif not self._named:
            found = read(self._file)
            self._named = None if found is None else set(found)
        if self._named is None:
            return
        new = {ALL} if graphs is None else set(graphs) - self._named
        if len(self._named) + len(new) > MOST:
            new = {ALL}
        if not new:
            return
        named, self._named = self._named, set()  # a write that fails is read again, cut or whole
        self._write("".join(f"{graph}\n" for graph in sorted(new)), "a")
        self._named = None if ALL in new else named | new

    def _write(self, text: str, mode: str) -> None:
        with self._file.open(mode, encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk: a file's own sync does not promise that."""
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def read(file: Path) -> frozenset[str] | None:
    """Return the graphs that a file of `Touched` names; None where any graph may have changed."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    head, *graphs = text.split("\n")
    if head != HEAD or graphs.pop() or ALL in graphs:  # the last line is cut short
        return None
    return frozenset(graphs)


def carry(old: Path, new: Path, graphs: frozenset[str] | None) -> None:
    """Let a snapshot have the answers of an older one, which differ by the graphs that changed.

    The files are shared, not copied. Where it cannot be done there are none.
    """
    files = {file.name: file for folder in (FORMER, COLUMNS) for file in _kept(old / folder)}
    if FORMER in {file.parent.name for file in files.values()}:
        before = changed_in(old)
        graphs = None if graphs is None or before is None else graphs | before
    if not files or graphs is None or len(graphs) > MOST:
        return
    try:
        (new / FORMER).mkdir()
        for name, file in files.items():
            with suppress(FileNotFoundError):  # what is kept may be taken away at any time
                os.link(file, new / FORMER / name)
        (new / FORMER / CHANGED).write_text(json.dumps(sorted(graphs)), encoding="utf-8")
    except OSError:
        shutil.rmtree(new / FORMER, ignore_errors=True)


def changed_in(snapshot: Path) -> frozenset[str] | None:
    """Return the graphs that changed since a snapshot's former answers; None where none are."""
    try:
        return frozenset(json.loads((snapshot / FORMER / CHANGED).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _kept(folder: Path) -> list[Path]:
    """Return the answers in a folder: no description, and nothing that is being written."""
    if not folder.is_dir():
        return []
    return [one for one in folder.iterdir() if one.name != CHANGED and not one.suffix]
