"""The shelf: what was computed for a posting is kept beside the store, to be used the next time.

It lies on the disk and is asked one by one, for of a hundred thousand postings it is larger than
what may be held in memory. Nothing depends on it: everything there is keyed by what it was made of,
and is made anew where it is missing. A database that cannot be read is thrown away; where none can
be written, what is computed stays in memory.
"""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing, suppress
from struct import Struct
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.copies.likeness import Likeness, Reason
from kg.copies.openings import SIZE as BYTES
from kg.copies.openings import Opening
from kg.copies.sketches import SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from kg.copies.sketches import Sketch
    from kg.copies.wording import Stretches

NAME: Final = "copies.sqlite"
"""The file in a store's folder."""
UNSAVED: Final = 5_000
"""Sketches that a build which is ended may lose: some ten seconds' work, and 15 MB of memory."""
FORMAT: Final = "2"
"""Of the tables and sketches: what was kept otherwise is forgotten."""
PATIENCE: Final = 60.0
"""Seconds for which somebody who copies the shelf is waited for."""
CACHE: Final = 16_000
"""Kilobytes of the database that are held in memory: where each of 100,000 states stands."""
IN_MEMORY: Final = ":memory:"

_TABLES: Final = """
PRAGMA page_size = 16384;
CREATE TABLE made_by (version TEXT);
CREATE TABLE posting
  (state TEXT PRIMARY KEY, digest BLOB, job TEXT, headed INTEGER, sketches BLOB, stretches BLOB);
CREATE TABLE opening (state TEXT PRIMARY KEY, digest BLOB, begins BLOB, has BLOB);
CREATE TABLE pair
  (a TEXT, b TEXT, similarity REAL, reason TEXT, near INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;
"""
"""A page holds seven postings, of which one takes more than half a page of the usual size."""

_STRETCH: Final = Struct("<II")

Pair = tuple[str, str]
"""Two states, in the order of their postings' ids."""


class Kept(NamedTuple):
    """What is kept of a posting: the hash of its words, its job as text, and its sketches.

    They are two at the most. `stretches` are those of its wording, if they are known: most of the
    time that it takes to read one goes into them.
    """

    digest: bytes
    job: str | None
    is_headed: bool
    sketches: tuple[Sketch, ...]
    stretches: Stretches | None = None


class Compared(NamedTuple):
    """How two postings compared, and whether their sketches are near, as far as that is known."""

    likeness: Likeness
    are_near: bool


class Shelf:
    """What was computed before: of postings by their state, of pairs by both states.

    A state names a posting and the run that took its facts. `version` names the rules by which
    all of it was made; what others made is forgotten. `path` is None for a store in memory.
    Its methods raise `sqlite3.Error` where the disk is full or the file damaged.
    """

    def __init__(self, path: Path | None, version: str) -> None:
        self._database = _opened(path, f"{FORMAT} {version}")
        self._new: dict[str, Kept] = {}
        self._met: dict[Pair, Compared] = {}
        self._opened: dict[str, Opening] = {}

    def __enter__(self) -> Shelf:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def states(self) -> Iterator[str]:
        """Yield the states of the postings of which something is kept."""
        self.save()
        return (state for (state,) in self._database.execute("SELECT state FROM posting"))

    def pairs(self) -> Iterator[Pair]:
        """Yield the pairs that were compared."""
        self.save()
        yield from self._database.execute("SELECT a, b FROM pair")

    def look(self, state: str) -> Kept | None:
        """Return what is kept of a posting, None where nothing is."""
        if found := self._new.get(state):
            return found
        sql = "SELECT * FROM posting WHERE state = ?"
        rows = self._database.execute(sql, (state,)).fetchall()
        return next((kept for _, kept in map(_kept, rows)), None)

    def every(self) -> Iterator[tuple[str, Kept]]:
        """Yield what is kept of all postings, sorted by state; of those kept meanwhile, maybe."""
        self.save()
        yield from map(_kept, self._database.execute("SELECT * FROM posting ORDER BY state"))

    def keep(self, state: str, kept: Kept) -> None:
        """Keep what was computed of a posting."""
        self._new[state] = kept
        if len(self._new) >= UNSAVED:
            self.save()

    def compared(self, pair: Pair) -> Compared | None:
        """Return how two postings compared, None where they never were."""
        if found := self._met.get(pair):
            return found
        sql = "SELECT similarity, reason, near FROM pair WHERE a = ? AND b = ?"
        for similarity, reason, near in self._database.execute(sql, pair).fetchall():
            return Compared(Likeness(similarity, Reason(reason)), bool(near))
        return None

    def keep_pair(self, pair: Pair, compared: Compared) -> None:
        """Keep how two postings compared."""
        self._met[pair] = compared
        if len(self._met) >= UNSAVED:
            self.save()

    def opening(self, state: str) -> Opening | None:
        """Return the opening of a posting, None where it was never asked for."""
        if found := self._opened.get(state):
            return found
        sql = "SELECT digest, begins, has FROM opening WHERE state = ?"
        for digest, begins, has in self._database.execute(sql, (state,)).fetchall():
            return Opening(digest, None if begins is None else _number(begins), _number(has))
        return None

    def keep_opening(self, state: str, opening: Opening) -> None:
        """Keep the opening of a posting."""
        self._opened[state] = opening
        if len(self._opened) >= UNSAVED:
            self.save()

    def save(self) -> None:
        """Write down what is new."""
        new = [_row(state, kept) for state, kept in self._new.items()]
        met = [(*pair, *likeness, near) for pair, (likeness, near) in self._met.items()]
        opened = [(state, *_opening_row(one)) for state, one in self._opened.items()]
        if new or met or opened:
            with self._database as database:
                database.executemany(
                    "INSERT OR REPLACE INTO posting VALUES (?, ?, ?, ?, ?, ?)", new
                )
                database.executemany("INSERT OR REPLACE INTO pair VALUES (?, ?, ?, ?, ?)", met)
                database.executemany("INSERT OR REPLACE INTO opening VALUES (?, ?, ?, ?)", opened)
        self._new.clear()
        self._opened.clear()
        self._met.clear()

    def tidy(self, states: set[str], pairs: set[Pair]) -> None:
        """Write down what is new, and throw away what is neither of these postings nor pairs."""
        gone = [(state,) for state in self.states() if state not in states]
        apart = [pair for pair in self.pairs() if pair not in pairs]
        if gone or apart:
            with self._database as database:
                database.executemany("DELETE FROM posting WHERE state = ?", gone)
                database.executemany("DELETE FROM opening WHERE state = ?", gone)
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


def _opened(path: Path | None, version: str) -> sqlite3.Connection:
    """Return the database at a path, an empty one where that cannot be used, or one in memory."""
    if path is not None:
        for make_anew in (False, True):
            with suppress(sqlite3.Error, OSError):
                if make_anew:
                    path.unlink(missing_ok=True)
                database = sqlite3.connect(path, timeout=PATIENCE)
                if _is_usable(database, version):
                    return database
    database = sqlite3.connect(IN_MEMORY)
    _is_usable(database, version)
    return database


def _is_usable(database: sqlite3.Connection, version: str) -> bool:
    """Tell whether a database was made by these rules, as an empty one is now; else close it."""
    with ExitStack() as undo:
        undo.callback(database.close)
        database.execute(f"PRAGMA cache_size = -{CACHE}")
        if not database.execute("SELECT name FROM sqlite_master").fetchall():
            database.executescript(_TABLES)
            with database:
                database.execute("INSERT INTO made_by VALUES (?)", (version,))
        if database.execute("SELECT version FROM made_by").fetchall() == [(version,)]:
            undo.pop_all()
            return True
    return False


def _kept(row: tuple[str, bytes, str | None, int, bytes, bytes | None]) -> tuple[str, Kept]:
    state, digest, job, headed, joined, ends = row
    sketches = tuple([joined[start : start + SIZE] for start in range(0, len(joined), SIZE)])
    stretches = None if ends is None else tuple(_STRETCH.iter_unpack(ends))
    return state, Kept(digest, job, bool(headed), sketches, stretches)


def _number(bits: bytes) -> int:
    return int.from_bytes(bits, "little")


def _opening_row(opening: Opening) -> tuple[bytes, bytes | None, bytes]:
    digest, begins, has = opening
    bits = [None if one is None else one.to_bytes(BYTES, "little") for one in (begins, has)]
    return digest, bits[0], bits[1] or b""


def _row(state: str, kept: Kept) -> tuple[str | bytes | bool | None, ...]:
    digest, job, is_headed, sketches, stretches = kept
    ends = None if stretches is None else b"".join(_STRETCH.pack(*one) for one in stretches)
    return state, digest, job, is_headed, b"".join(sketches), ends
