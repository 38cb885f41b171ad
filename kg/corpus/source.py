"""The state of a store that a corpus reads, also once its store has been closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.coded import Coded, coded
from kg.corpus import queries
from kg.corpus.keeping import Kept, renewed
from kg.store import Store, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.corpus.keeping import Wanted
    from kg.rows import Streaming

AT_ONCE: Final = 500
"""Graphs that are asked for in one query."""


class Source:
    """What answers a corpus: a store in a folder, in memory or behind an endpoint.

    Words that are asked for after the store was closed open it again, for a result may outlive its
    graph. Where the store has changed since, its words are those of another state, and `StoreError`
    is raised.
    """

    def __init__(self, store: Streaming) -> None:
        self._store = store
        view = store.view if isinstance(store, Store) else None
        self._kept = Kept(view.snapshot.path) if view else None

    @property
    def is_at_hand(self) -> bool:
        """Whether a query costs no journey: the store is in a folder here, or in memory."""
        return isinstance(self._store, Store)

    def stream(self, sparql: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a SELECT query as texts."""
        return self._ask(sparql)

    def _ask(self, sparql: str) -> Iterator[tuple[str, ...]]:
        store = self._store
        if not isinstance(store, Store) or not store.is_closed or store.folder is None:
            yield from store.stream(sparql)
            return
        with Store.open(store.folder) as again:
            if store.view is None or again.view is None:
                raise StoreError(f"{store.folder} was closed: read the words before that")
            if again.view.snapshot != store.view.snapshot:
                raise StoreError(f"{store.folder} has changed since; ask again")
            yield from again.stream(sparql)

    def column(self, sparql: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a query about all postings, or the vocabulary; they are kept.

        It is one of `kg.corpus.queries` that names no graphs.
        """
        return iter(self.coded(sparql)) if self._kept else self.stream(sparql)

    def rows_in(self, sparql: str, wanted: Wanted) -> Iterator[tuple[str, ...]]:
        """Yield the rows of such a query in some graphs: of the kept column, where there is one.

        What one query answers is asked: a column of a large store takes longer to read.
        """
        graphs = wanted.graphs
        found = self._kept.find(sparql) if self._kept and len(graphs) > AT_ONCE else None
        if found is not None:
            yield from found.where(wanted.among(found.texts[0]))
            return
        for start in range(0, len(graphs), AT_ONCE):
            yield from self.stream(queries.limited(sparql, graphs[start : start + AT_ONCE]))

    def coded(self, sparql: str) -> Coded:
        """Return the answer to such a query as columns."""
        found = self._kept.find(sparql) if self._kept else None
        if found is None:
            width = sparql.partition(" WHERE ")[0].count("?")
            found = self._renewed(sparql) or coded(self.stream(sparql), width)
            if self._kept:
                self._kept.keep(sparql, found)
        return found

    def _renewed(self, sparql: str) -> Coded | None:
        """Return a former answer, with what the graphs that changed since say now."""
        former = self._kept.find_former(sparql) if self._kept else None
        if former is None:
            return None
        answer, changed = former
        graphs = sorted(changed)
        parts = (graphs[start : start + AT_ONCE] for start in range(0, len(graphs), AT_ONCE))
        rows = (row for part in parts for row in self._ask(queries.limited(sparql, part)))
        return renewed(answer, changed, rows)
