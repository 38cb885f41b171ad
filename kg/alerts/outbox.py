"""The box beside a store: which postings were looked at for whom, and what is yet to be told.

A posting is noted as looked at in one transaction with what is to be told of it, and taken out when
it was told: whatever ends the program, nothing is lost. Who is ended between telling and taking out
tells it once more; who receives it knows it by its id.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from kg.store_folder import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NAME: Final = "alerts.sqlite"
"""The file in a store's folder."""
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS profile (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (profile TEXT, posting TEXT, PRIMARY KEY (profile, posting))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alert
  (turn INTEGER PRIMARY KEY, profile TEXT, posting TEXT, said TEXT,
   UNIQUE (profile, posting));
CREATE TABLE IF NOT EXISTS refused
  (turn INTEGER PRIMARY KEY, profile TEXT, posting TEXT, said TEXT, reason TEXT,
   UNIQUE (profile, posting));
"""


class Outbox:
    """What is kept for one profile, by its name. `folder` is None for a store in memory."""

    def __init__(self, folder: Path | None, profile: str) -> None:
        self._profile = profile
        path = ":memory:" if folder is None else folder / NAME
        try:
            self._database = sqlite3.connect(path)
            self._database.executescript(_TABLES)
        except sqlite3.Error as error:
            raise StoreError(
                f"{path} cannot be used ({error}); it only serves alerts: remove it"
            ) from error

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def begin(self, postings: Iterable[str]) -> bool:
        """Note, for a profile that is new here, what is there already: it is no news.

        Say whether the profile was new.
        """
        with self._database as database:
            new = database.execute(
                "INSERT OR IGNORE INTO profile VALUES (?)", (self._profile,)
            ).rowcount
            if new:
                self._see(postings)
        return bool(new)

    def unseen(self, postings: Iterable[str]) -> list[str]:
        """Return those that were not looked at yet, sorted."""
        given = sorted(set(postings))
        with closing(self._database.cursor()) as cursor:
            asked = "SELECT 1 FROM seen WHERE profile = ? AND posting = ?"
            return [
                one for one in given if not cursor.execute(asked, (self._profile, one)).fetchone()
            ]

    def put(self, seen: Iterable[str], alerts: Mapping[str, Mapping[str, object]]) -> None:
        """Note postings as looked at, and what is to be told of some of them."""
        rows = [
            (self._profile, posting, json.dumps(said, ensure_ascii=False))
            for posting, said in alerts.items()
        ]
        with self._database as database:
            self._see(seen)
            database.executemany(
                "INSERT OR IGNORE INTO alert (profile, posting, said) VALUES (?, ?, ?)", rows
            )

    def waiting(self) -> list[tuple[str, dict[str, object]]]:
        """Return what is yet to be told, in the order in which it came: posting, and alert."""
        found = self._database.execute(
            "SELECT posting, said FROM alert WHERE profile = ? ORDER BY turn", (self._profile,)
        )
        return [(posting, json.loads(said)) for posting, said in found]

    def told(self, posting: str) -> None:
        """Take an alert out: it was told."""
        with self._database as database:
            database.execute(
                "DELETE FROM alert WHERE profile = ? AND posting = ?", (self._profile, posting)
            )

    def set_aside(self, posting: str, reason: str) -> None:
        """Put an alert that was refused where it holds up no other, with the reason."""
        with self._database as database:
            database.execute(
                "INSERT OR REPLACE INTO refused (profile, posting, said, reason) "
                "SELECT profile, posting, said, ? FROM alert WHERE profile = ? AND posting = ?",
                (reason, self._profile, posting),
            )
            database.execute(
                "DELETE FROM alert WHERE profile = ? AND posting = ?", (self._profile, posting)
            )

    def refused(self) -> list[tuple[str, str]]:
        """Return what was set aside, in the order in which it was: posting, and reason."""
        found = self._database.execute(
            "SELECT posting, reason FROM refused WHERE profile = ? ORDER BY turn", (self._profile,)
        )
        return [(posting, reason) for posting, reason in found]

    def take_up_refused(self) -> None:
        """Put what was set aside behind what waits: whoever refused it may be mended now."""
        with self._database as database:
            database.execute(
                "INSERT OR IGNORE INTO alert (profile, posting, said) "
                "SELECT profile, posting, said FROM refused WHERE profile = ? ORDER BY turn",
                (self._profile,),
            )
            database.execute("DELETE FROM refused WHERE profile = ?", (self._profile,))

    def __len__(self) -> int:
        """Count what is yet to be told."""
        asked = "SELECT COUNT(*) FROM alert WHERE profile = ?"
        return int(self._database.execute(asked, (self._profile,)).fetchone()[0])

    def _see(self, postings: Iterable[str]) -> None:
        self._database.executemany(
            "INSERT OR IGNORE INTO seen VALUES (?, ?)", ((self._profile, one) for one in postings)
        )
