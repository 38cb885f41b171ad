"""A quarantine that stays open over many builds, as those of a watch: it grows at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.quarantine import Quarantine, entries_of, short_digest, unless_outdated

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.quarantine import Entry


class OpenQuarantine(Quarantine):
    """The file `path` for as long as builds go on; whoever opened it closes it.

    What a build sets aside is appended to the file at its end, if it is not in it. So a build costs
    what it sets aside, however much is there already. The file is put in order only where something
    is to leave it, and by `close`. Who changes it meanwhile is heeded.
    """

    def __init__(self, path: Path | None, *, keep_contacts: bool = False) -> None:
        self._lines: set[bytes] = set()
        self._is_in_order = True
        super().__init__(path, keep_contacts=keep_contacts)
        self._left = self._state()

    def finish(self, is_outdated: Callable[[str, str], bool]) -> None:
        """Put what came into the file, which has all by then."""
        if self.path is None:
            return
        if self._state() != self._left:
            self._learn(self.path)
        if self._begun or self._mended:
            self._put_in_order(is_outdated)
        else:
            self._close()
            self._append(self.path, is_outdated)
        self._left = self._state()

    def close(self, is_outdated: Callable[[str, str], bool]) -> None:
        """Put the file in order, as a build leaves it."""
        if self.path is None:
            return
        is_as_left = self._left == self._state() and not self._new.exists()
        if not (self._is_in_order and is_as_left):
            self._put_in_order(is_outdated)

    def _put_in_order(self, is_outdated: Callable[[str, str], bool]) -> None:
        super().finish(is_outdated)
        self._begun.clear()
        self._mended.clear()
        self._is_in_order = True
        if self.path is not None:
            self._learn(self.path)

    def _append(self, path: Path, is_outdated: Callable[[str, str], bool]) -> None:
        if not self._new.exists():
            return
        self._is_in_order = False
        with path.open("ab") as stream:
            for entry in entries_of(self._new):
                for kept in unless_outdated(entry, is_outdated):
                    if short_digest(kept.line) not in self._lines:
                        stream.write(kept.line)
                        self._note(kept)
        self._new.unlink()

    def _learn(self, path: Path) -> None:
        for known in (self._lines, self._files, self._places):
            known.clear()
        super()._learn(path)

    def _note(self, entry: Entry) -> None:
        super()._note(entry)
        self._lines.add(short_digest(entry.line))

    def _state(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat() if self.path is not None else None
        except OSError:
            return None
        return None if found is None else (found.st_ino, found.st_size, found.st_mtime_ns)
