"""Columns of a new store, gathered while it is built, so that the first analysis finds them.

To ask the store for them costs ten seconds at ten thousand postings; here each process that makes
graphs reads off what its postings say. Only what a build has made from the beginning is known
whole: of a store that was there before, the snapshots carry what was kept (`kg.touched`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.coded import Coding
from kg.corpus import queries
from kg.corpus.keeping import LEAST, Kept
from kg.corpus.rows import QUERIES, unpacked
from kg.snapshots import newest
from kg.store import OWN_GRAPHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.making import Made
    from kg.store import Store

MOST: Final = 20_000
"""Postings whose rows are held, some 2 KB of each, at the end three times that. A larger store is
asked for them when the first analysis is."""


def is_new(store: Store) -> bool:
    """Tell whether a store on disk is built from the beginning."""
    return store.folder is not None and not store.is_published


class Gathered:
    """The rows of the postings of one build, packed, by posting."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: dict[str, bytes] | None = {} if is_new(store) else None

    def gather(self, made: Iterable[Made]) -> None:
        """Hold the rows of postings that were stored just now, in place of those they had."""
        if self._rows is None:
            return
        for one in made:
            if one.rows is None:
                self._rows = None  # they were made by somebody who reads no rows off
                return
            self._rows[one.posting_id] = one.rows
        if len(self._rows) > MOST:
            self._rows = None

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
        by_query = self._by_query(rows, postings)
        if max(map(len, by_query.values())) < LEAST:
            return
        kept = Kept(snapshot.path)
        own = [self._store.graph_iri(name) for name in OWN_GRAPHS]
        for query in sorted(QUERIES, key=lambda one: -len(by_query[one])):
            coding = by_query.pop(query)
            coding.add(self._store.stream(queries.limited(query, own)))
            kept.keep(query, coding.coded())

    def _by_query(self, rows: dict[str, bytes], postings: Sequence[str]) -> dict[str, Coding]:
        """Return the rows of postings; those of the store's own graphs it is asked for."""
        width = {query: query.partition(" WHERE ")[0].count("?") for query in QUERIES}
        found = {query: Coding(width[query]) for query in QUERIES}
        for posting in postings:
            graph = self._store.graph_iri(posting)
            for query, of_posting in unpacked(rows.pop(posting)).items():
                found[query].extend([[graph] * len(of_posting[0]), *of_posting])
        return found
