"""Columns of a new store, gathered while it is built, so that the first analysis finds them.

To ask the store for them costs ten seconds at ten thousand postings; here each process that makes
graphs reads off what its postings say. Only what a build has made from the beginning is known
whole: of a store that was there before, the snapshots carry what was kept (`kg.touched`).
"""

from __future__ import annotations

import os
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Final

from kg.coded import Coding
from kg.corpus import queries
from kg.corpus.keeping import LEAST, Kept
from kg.corpus.rows import QUERIES, unpacked
from kg.snapshots import newest
from kg.store import OWN_GRAPHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kg.making import Made
    from kg.store import Store

AT_ONCE: Final = 20_000
"""Postings whose rows are made all columns of in one go, some 6 KB of each. Those of more are gone
through once for each part of the columns, so that no more is held of them."""


def is_new(store: Store) -> bool:
    """Tell whether a store on disk is built from the beginning."""
    return store.folder is not None and not store.is_published


class _Rows:
    """Packed rows of postings, in a file without a name in a folder.

    Nothing of it waits in this process: a fork would write that again.
    """

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 # closed with its last use
        self._size = 0
        self._places: dict[str, tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, posting: str) -> bool:
        return posting in self._places

    def hold(self, posting: str, rows: bytes) -> None:
        """Hold the rows of a posting in place of those it had. Raises `OSError`."""
        done = 0
        while done < len(rows):
            done += os.pwrite(self._file.fileno(), rows[done:], self._size + done)
        self._places[posting] = self._size, len(rows)
        self._size += len(rows)

    def of(self, posting: str) -> bytes:
        """Return the rows of a posting."""
        start, size = self._places[posting]
        return os.pread(self._file.fileno(), size, start)


def _parts(postings: int) -> list[Sequence[str]]:
    """Return the queries in as many parts as the rows of so many postings are gone through.

    In the first is one with a row for each posting: where any column is kept, its longest is.
    """
    count = min(len(QUERIES), 1 + postings // AT_ONCE)
    first = queries.in_graphs(queries.POSTINGS, "?posting")
    ordered = sorted(QUERIES, key=lambda query: query != first)
    return [ordered[start::count] for start in range(count)]


class Gathered:
    """The rows of the postings of one build, packed, in a file without a name beside the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows = _Rows(store.folder) if store.folder and is_new(store) else None

    def gather(self, made: Iterable[Made]) -> None:
        """Hold the rows of postings that were stored just now, in place of those they had."""
        if self._rows is None:
            return
        for one in made:
            if one.rows is None:
                self._rows = None  # they were made by somebody who reads no rows off
                return
            try:
                self._rows.hold(one.posting_id, one.rows)
            except OSError:  # there is no room: the store does without columns
                self._rows = None
                return

    def keep(self) -> None:
        """Keep the columns with the newest snapshot, if it is of what was gathered and no more.

        Once: what comes after has other postings.
        """
        rows, self._rows = self._rows, None
        snapshot = newest(self._store.folder) if rows and self._store.folder else None
        if not rows or snapshot is None or self._store.is_behind:
            return
        postings = self._store.posting_ids()
        if any(posting not in rows for posting in postings):
            return
        kept = Kept(snapshot.path)
        own = [self._store.graph_iri(name) for name in OWN_GRAPHS]
        for number, part in enumerate(_parts(len(postings))):
            by_query = self._by_query(rows, postings, part)
            longest_first = sorted(part, key=lambda one: -len(by_query[one]))
            if not number and len(by_query[longest_first[0]]) < LEAST:
                return
            for query in longest_first:
                coding = by_query.pop(query)
                coding.add(self._store.stream(queries.limited(query, own)))
                kept.keep(query, coding.coded())

    def _by_query(
        self, rows: _Rows, postings: Sequence[str], part: Sequence[str]
    ) -> dict[str, Coding]:
        """Return the rows of postings; those of the store's own graphs it is asked for."""
        width = {query: query.partition(" WHERE ")[0].count("?") for query in part}
        found = {query: Coding(width[query]) for query in part}
        for posting in postings:
            graph = self._store.graph_iri(posting)
            for query, of_posting in unpacked(rows.of(posting)).items():
                if query in found:
                    found[query].extend([[graph] * len(of_posting[0]), *of_posting])
        return found
