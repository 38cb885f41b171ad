"""What a batch changes in the store: graphs written, claims noted, files done, stale ones gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.ingested import NAME, SHA256
from kg.written import WrittenGraph

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.diffs.former import FormerFacts
    from kg.ingested import Ingested
    from kg.making import Made
    from kg.reading import Reading
    from kg.store import Store

STALE: Final = 2000
"""Claims that are taken back at once; a file that lost more of them loses them in several steps."""


class Change:
    """Gathers what becomes one transaction, from the postings to the files that are done.

    `later` gives the postings that are claimed by what is yet to come: those are not stale.
    `former` keeps the facts of graphs that another run's take the place of.
    """

    def __init__(
        self,
        store: Store,
        ingested: Ingested,
        later: Callable[[], set[str]],
        former: FormerFacts,
    ) -> None:
        self._store = store
        self._ingested = ingested
        self._later = later
        self._former = former
        self._drop: list[str] = []
        self._remove: list[ox.Quad] = []
        self._add: list[ox.Quad] = []
        self._graphs: list[WrittenGraph] = []
        self._written: set[str] = set()
        self._claimed: set[str] = set()
        self._gone: set[tuple[str, str]] = set()
        self.removed = 0
        self.again: set[str] = set()
        """Paths of files that are to be read again, since what they state bore another's name."""

    def __bool__(self) -> bool:
        return bool(self._drop or self._remove or self._add or self._graphs)

    def write(self, made: Made) -> None:
        """Put a posting's graph in the place of the one there may be."""
        self._written.add(made.posting_id)
        self._former.keep(self._store, made)
        self._drop.append(self._store.graph_iri(made.posting_id))
        if isinstance(made.quads, WrittenGraph):
            self._graphs.append(made.quads)
        else:
            self._add += made.quads

    def claim(self, reading: Reading, posting_id: str, *, refused: bool) -> None:
        """Note that a reading found a posting; where it was refused, that it did not."""
        node = self._ingested.node(reading.record)
        if refused or (posting_id not in self._written and posting_id not in self._store):
            reading.whole = False
            if self._ingested.has_claim(node, posting_id):
                self._leave(node, posting_id)
            return
        self._claimed.add(posting_id)
        if not reading.noted:
            reading.noted = True
            self._add += self._ingested.head(reading.record)
        if not self._ingested.has_claim(node, posting_id):
            self._add.append(self._ingested.claim(node, posting_id))

    def finish(self, reading: Reading) -> None:
        """Let a file that was read to its end take the place of what was known of its path."""
        for node in self._ingested.earlier(reading.record):
            self._release(node)
        mark = self._ingested.mark(reading.record)
        known = self._ingested.is_whole(reading.record)
        if reading.whole and not known:
            self._add.append(mark)
        elif known and not reading.whole:
            self._remove.append(mark)

    def forget(self, path: str) -> None:
        """Let go of a file that is no more, and of the postings that no other file states."""
        own = self._ingested.readings(path)
        for node in own:
            for posting_id in self._ingested.members(node):
                for other in self._ingested.claimants(posting_id):
                    if other not in own:
                        self._read_again(other)
            self._release(node)

    def apply(self, remove: Sequence[ox.Quad], add: Sequence[ox.Quad]) -> None:
        """Write all of it in one transaction, with what the run says of itself."""
        self._former.save()
        self._store.apply(
            drop=self._drop,
            remove=[*self._remove, *remove],
            add=[*self._add, *add],
            graphs=self._graphs,
        )

    def _read_again(self, node: ox.NamedNode) -> None:
        """Let a file that states a posting too count as not read, so that it lends its name."""
        for quad in self._ingested.entry(node):
            if quad.predicate == NAME and isinstance(quad.object, ox.Literal):
                self.again.add(quad.object.value)
            elif quad.predicate == SHA256:
                self._remove.append(quad)

    def _release(self, node: ox.NamedNode) -> None:
        """Take back what a reading claims, and the reading."""
        for posting_id in self._ingested.members(node):
            self._leave(node, posting_id)
            if len(self._gone) >= STALE:
                self._apply_stale()
        self._remove += self._ingested.entry(node)

    def _leave(self, node: ox.NamedNode, posting_id: str) -> None:
        """Take a claim back, and the posting with it if nobody else claims it."""
        self._remove.append(self._ingested.claim(node, posting_id))
        self._gone.add((node.value, posting_id))
        if posting_id in self._claimed or posting_id in self._later():
            return
        others = self._ingested.claimants(posting_id)
        if all((other.value, posting_id) in self._gone for other in others):
            self.removed += 1
            self._drop.append(self._store.graph_iri(posting_id))
            self._former.drop([posting_id])

    def _apply_stale(self) -> None:
        """Write what was gathered so far; of the file, it is only known then that it is not done.

        The new graphs go along: a posting that takes the place of another is never missing.
        """
        self._former.save()
        self._store.apply(drop=self._drop, remove=self._remove, add=self._add, graphs=self._graphs)
        self._drop, self._remove, self._add, self._graphs = [], [], [], []
        self._gone.clear()
