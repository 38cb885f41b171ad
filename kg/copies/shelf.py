"""The shelf: what was computed for a posting is kept beside the store, to be used the next time.

Nothing depends on it: everything there is keyed by what it was made of, and is made anew where it
is missing. A database that cannot be read is thrown away; one that cannot be written to is done
without.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.copies.likeness import Likeness, Reason

if TYPE_CHECKING:
    from pathlib import Path

    from kg.copies.sketches import Sketch

NAME: Final = "copies.sqlite"
"""The file in a store's folder."""
UNSAVED: Final = 5_000
"""Sketches that a build which is ended may lose: some ten seconds' work."""

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS made_by (version TEXT);
CREATE TABLE IF NOT EXISTS posting
  (state TEXT PRIMARY KEY, digest BLOB, job TEXT, headed INTEGER, sketch BLOB, whole BLOB)
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pair
  (a TEXT, b TEXT, similarity REAL, reason TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
"""


class Kept(NamedTuple):
    """What is kept of a posting: the hash of its words, its job as text, and its sketches.

    They are two at the most.
    """

    digest: bytes
    job: str | None
    is_headed: bool
    sketches: tuple[Sketch, ...]


class Shelf:
    """What was computed before: of postings by their state, of pairs by both states, sorted.

    A state names a posting and the run that took its facts. `version` names the rules by which
    all of it was made; what others made is forgotten. `path` is None for a store in memory.
    """

    def __init__(self, path: Path | None, version: str) -> None:
        self._path = path
        self._version = version
        self.postings: dict[str, Kept] = {}
        self.pairs: dict[tuple[str, str], Likeness] = {}
        self._new: list[str] = []
        self._known: frozenset[tuple[str, str]] = frozenset()
        if path is not None and path.exists():
            try:
                self._read(path)
            except (sqlite3.Error, ValueError, TypeError):
                self.postings, self.pairs = {}, {}
                path.unlink()
        self._known = frozenset(self.pairs)

    def keep(self, state: str, kept: Kept) -> None:
        """Keep what was computed of a posting."""
        self.postings[state] = kept
        self._new.append(state)
        if len(self._new) >= UNSAVED:
            self._write([], [])

    def tidy(self, states: set[str], pairs: set[tuple[str, str]]) -> None:
        """Write down what is new, and throw away what is neither of these postings nor pairs."""
        gone = [state for state in self.postings if state not in states]
        apart = [pair for pair in self.pairs if pair not in pairs]
        for state in gone:
            del self.postings[state]
        for pair in apart:
            del self.pairs[pair]
        self._write(gone, apart)

    def _read(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as database:
            if database.execute("SELECT version FROM made_by").fetchall() != [(self._version,)]:
                raise ValueError("made by other rules")
            for state, digest, job, headed, *found in database.execute("SELECT * FROM posting"):
                sketches = tuple(filter(None, found))
                self.postings[state] = Kept(digest, job, bool(headed), sketches)
            for a, b, similarity, reason in database.execute("SELECT * FROM pair"):
                self.pairs[a, b] = Likeness(similarity, Reason(reason))

    def _write(self, gone: list[str], apart: list[tuple[str, str]]) -> None:
        new = [_row(state, self.postings[state]) for state in self._new if state in self.postings]
        met = [(*pair, *self.pairs[pair]) for pair in self.pairs.keys() - self._known]
        self._new, self._known = [], frozenset(self.pairs)
        if self._path is None or not (new or met or gone or apart):
            return
        with suppress(sqlite3.Error), closing(sqlite3.connect(self._path)) as database, database:
            database.executescript(_TABLES)
            database.execute("DELETE FROM made_by")
            database.execute("INSERT INTO made_by VALUES (?)", (self._version,))
            database.executemany("INSERT OR REPLACE INTO posting VALUES (?, ?, ?, ?, ?, ?)", new)
            database.executemany("INSERT OR REPLACE INTO pair VALUES (?, ?, ?, ?)", met)
            database.executemany("DELETE FROM posting WHERE state = ?", [(one,) for one in gone])
            database.executemany("DELETE FROM pair WHERE a = ? AND b = ?", apart)


def copy_shelf(path: Path, to: Path) -> None:
    """Copy a shelf, if it is there, also while a build writes to it."""
    if path.exists():
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(path)) as shelf,
            closing(sqlite3.connect(to)) as copy,
        ):
            shelf.backup(copy)


def _row(state: str, kept: Kept) -> tuple[str | bytes | bool | None, ...]:
    sketch, whole = (*kept.sketches, None, None)[:2]
    return state, kept.digest, kept.job, kept.is_headed, sketch, whole
