"""What former runs took from postings that are still in the store: so that runs can be compared.

A build that replaces a posting's graph by that of another run keeps the old facts here, beside the
store: packed, and where they are the same as the new ones a mere mark. They are no part of the
graph, go when their posting goes, and can be thrown away at any time.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.diffs.facts import facts_of, pack, unpack
from kg.store_folder import StoreError
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

    from kg.diffs.facts import Fact
    from kg.making import Made
    from kg.store import Store

NAME: Final = "former.sqlite"
"""The file in a store's folder."""
GENERATED_BY: Final = ox.NamedNode(terms.PROV + "wasGeneratedBy")
_TABLE: Final = """CREATE TABLE IF NOT EXISTS former
  (turn INTEGER PRIMARY KEY, posting TEXT, run TEXT, facts BLOB, UNIQUE (posting, run))"""


class FormerFacts:
    """The facts of former runs, by posting and run. `folder` is None for a store in memory."""

    def __init__(self, folder: Path | None) -> None:
        self._path = None if folder is None else folder / NAME
        self._database: sqlite3.Connection | None = None
        if self._path is not None and self._path.exists():
            try:
                self._database = _connect(self._path)
            except sqlite3.Error as error:
                raise StoreError(
                    f"{self._path} cannot be read ({error}); it only serves `kg diff`: remove it"
                ) from error

    def __enter__(self) -> FormerFacts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write everything down."""
        if self._database is not None:
            self._database.commit()
            self._database.close()
            self._database = None

    def keep(self, store: Store, made: Made) -> None:
        """Keep the facts of the graph that is about to be replaced, if another run made it."""
        if self._path is None:
            return
        text, graph = store.iris.text(made.posting_id), store.iris.graph(made.posting_id)
        runs = [
            quad.object.value
            for quad in store.oxigraph.quads_for_pattern(text, GENERATED_BY, None, graph)
            if isinstance(quad.object, ox.NamedNode)
        ]
        if not runs:
            return
        new = next((quad.object for quad in made.quads if quad.predicate == GENERATED_BY), None)
        if ox.NamedNode(runs[0]) == new:
            return
        old_facts, new_facts = facts_of(store.quads(graph.value)), facts_of(made.quads)
        packed = None if old_facts == new_facts else pack(old_facts)
        self._write(
            "INSERT OR REPLACE INTO former (posting, run, facts) VALUES (?, ?, ?)",
            [(made.posting_id, runs[0], packed)],
        )

    def save(self) -> None:
        """Write down what was kept: before the graphs that it is of are replaced."""
        if self._database is not None:
            self._database.commit()

    def drop(self, postings: Iterable[str]) -> None:
        """Forget postings: they are in the store no more."""
        if self._database is not None:
            self._write("DELETE FROM former WHERE posting = ?", [(one,) for one in postings])

    def forget(self, run: str | None = None) -> int:
        """Throw away what is kept of one run, or of all; return of how many postings that was.

        What was the same as in the forgotten run is kept with those facts in its place.
        """
        if self._database is None:
            return 0
        if run is not None:
            self._hand_back(run)
        gone = self._database.execute(
            "DELETE FROM former WHERE run = ? OR ? IS NULL", (run, run)
        ).rowcount
        self._database.commit()
        self._database.execute("VACUUM")
        return gone

    def runs(self) -> dict[str, int]:
        """Return the runs of which facts are kept, the latest replaced first, with postings."""
        if self._database is None:
            return {}
        found = self._database.execute(
            "SELECT run, COUNT(*) FROM former GROUP BY run ORDER BY MAX(turn) DESC, run"
        )
        return dict(found.fetchall())

    def postings(self, run: str) -> list[str]:
        """Return the postings of which facts of a run are kept, sorted."""
        if self._database is None:
            return []
        found = self._database.execute(
            "SELECT posting FROM former WHERE run = ? ORDER BY posting", (run,)
        )
        return [posting for (posting,) in found]

    def facts(self, posting: str, run: str) -> tuple[Fact, ...] | None:
        """Return what a run took from a posting; None where it is as the graph has it today."""
        if self._database is None:
            return None
        found = self._database.execute(
            "SELECT facts FROM former WHERE posting = ? AND facts IS NOT NULL AND turn >= "
            "(SELECT turn FROM former WHERE posting = ? AND run = ?) ORDER BY turn LIMIT 1",
            (posting, posting, run),
        ).fetchone()
        return None if found is None else unpack(found[0])

    def _hand_back(self, run: str) -> None:
        """Give a run's facts to the runs before it that had the same."""
        database = self._database
        if database is None:
            return
        rows = database.execute(
            "SELECT turn, posting, facts FROM former WHERE run = ? AND facts IS NOT NULL", (run,)
        ).fetchall()
        for turn, posting, facts in rows:
            database.execute(
                "UPDATE former SET facts = ? WHERE turn = (SELECT MAX(turn) FROM former "
                "WHERE posting = ? AND turn < ?) AND facts IS NULL",
                (facts, posting, turn),
            )

    def _write(self, sql: str, rows: list[tuple[object, ...]]) -> None:
        if self._database is None:
            if self._path is None:
                return
            self._database = _connect(self._path)
        try:
            self._database.executemany(sql, rows)
        except sqlite3.Error as error:
            raise StoreError(
                f"{self._path} cannot be written ({error}); it only serves `kg diff`: remove it"
            ) from error


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.execute("PRAGMA secure_delete = ON")  # what is removed from a store is removed whole
    database.execute(_TABLE)
    return database
