"""The embedded store: one named graph a posting, on disk or in memory, and SPARQL over them all."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import pyoxigraph as ox

from kg.columned import rows_of
from kg.iris import Iris
from kg.loaded_files import describe_files, described_files, stated
from kg.opening import DATA, View, new_stamp, open_for_reading, open_for_writing
from kg.query_guard import QueryRefusedError, check_query, columns_of_all, names_graphs
from kg.rows import Queryable, Rows, Term, Value, texts_from
from kg.snapshots import FOLDER as SNAPSHOTS
from kg.snapshots import behind, is_behind, newest, take, tidy
from kg.store_folder import STAMP, Stamp, StoreError, unlock_folder, unusable
from kg.turtle import parse_files
from kg.updates import change, graphs_of
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.touched import Touched
    from kg.written import WrittenGraph

__all__ = ["QueryRefusedError", "Queryable", "Rows", "Store", "StoreError", "Term", "Value"]

OWN_GRAPHS: Final = ("copies", "inferred", "ontology", "runs", "vocabulary")

OwnGraph: TypeAlias = Literal["ontology", "vocabulary"]


class Store:
    """Postings' graphs on disk (`Store.open`) or in memory (`Store.in_memory`).

    Use it as a context manager, or call `close`. Queries run over the union of all graphs. Mind
    that a statement made by several postings (an employer's name) counts once a posting there:
    count with COUNT(DISTINCT ...).
    """

    def __init__(
        self,
        quads: ox.Store,
        stamp: Stamp,
        *,
        folder: Path | None = None,
        lock: int | None = None,
        view: View | None = None,
        read_only: bool = False,
    ) -> None:
        self._quads: ox.Store | None = quads
        self._lock = lock
        self.stamp = stamp
        self.iris = Iris(stamp.base)
        self.read_only = read_only
        self.folder = folder
        """Where the store is; None for one in memory."""
        self.view = view
        """Which state of it is seen; None where it is that of this moment."""
        self._made: tuple[Path, bool] | None = None
        self._touched: Touched | None = None

    @classmethod
    def in_memory(cls, *, base: str = terms.DATA) -> Store:
        """Return an empty store that ends with the process. Raises `StoreError` for a bad base."""
        return cls(ox.Store(), new_stamp(base))

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = False,
        read_only: bool | None = None,
        base: str | None = None,
    ) -> Store:
        """Open the store in the folder `path`: for reading, unless `read_only` is False.

        `create` opens for writing and makes the store where there is none yet; `base` is then the
        IRI that its data lives below. One process may write to a store: a second gets `StoreError`,
        as for all else that keeps the folder from being used. Readers see the newest snapshot
        (`kg.snapshots`), whoever writes, and the `view` says whether that is the latest state.
        """
        folder = Path(path)
        reading = (not create) if read_only is None else read_only
        if create and reading:
            raise ValueError("create=True opens for writing; leave read_only out")
        new = partial(new_stamp, terms.DATA if base is None else base)
        if base is not None:
            new()  # a base that is no good is told before all else
        made_folder = create and not folder.exists()
        if reading:
            opened = open_for_reading(folder, base)
        else:
            opened = open_for_writing(folder, new(), base, create=create)
        store = cls(
            opened.quads,
            opened.stamp,
            folder=folder,
            lock=opened.lock,
            view=opened.view,
            read_only=reading,
        )
        store._made = (folder, made_folder) if opened.is_new else None
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close(publish=kind is None)

    def publish(self) -> None:
        """Let readers see what was written so far: it is whole. Raises `StoreError`."""
        if self.folder is not None and not self.read_only and self.is_behind:
            with self._writing():
                take(self.folder, self.oxigraph)

    @property
    def is_behind(self) -> bool:
        """Say whether there is more in the store than readers see who open it now."""
        return self.folder is not None and (not self.is_published or is_behind(self.folder))

    @property
    def is_outdated(self) -> bool:
        """Say whether readers who open it now see a newer state than this one."""
        if self.folder is None or self.view is None:
            return False
        return newest(self.folder) != self.view.snapshot

    @property
    def is_published(self) -> bool:
        """Say whether there is a state of the store for readers to see."""
        return self.folder is not None and newest(self.folder) is not None

    def close(self, *, publish: bool = True) -> None:
        """Write everything down and let go of the folder. Closing twice does nothing.

        Readers see it all then; with `publish=False`, which is for what is not whole, they see
        what they saw before.
        """
        try:
            if self._quads is not None and not self.read_only:
                if publish:
                    self.publish()
                with self._writing():
                    self._quads.flush()
        finally:
            self._quads = None
            lock, self._lock = self._lock, None
            if lock is not None:
                unlock_folder(lock)
                if self.folder is not None and self.view is not None:
                    tidy(self.folder)

    def discard(self) -> bool:
        """Close the store and take it away again, if `open` made it and no posting is in it.

        The folder goes too, unless it was there before. Say whether the store is gone.
        """
        if self._made is None or len(self):
            return False
        folder, made_folder = self._made
        self._quads = None
        shutil.rmtree(folder / SNAPSHOTS, ignore_errors=True)
        shutil.rmtree(folder / DATA)
        (folder / STAMP).unlink()
        self.close()
        with suppress(OSError):  # somebody put a file there meanwhile
            if made_folder:
                folder.rmdir()
        return True

    @property
    def is_closed(self) -> bool:
        """Say whether `close` was called."""
        return self._quads is None

    @property
    def oxigraph(self) -> ox.Store:
        """The pyoxigraph store itself, for reading. Keep no reference: it would stay open."""
        if self._quads is None:
            raise StoreError("this store is closed; open it again")
        return self._quads

    @property
    def base(self) -> str:
        """The IRI that the store's data lives below."""
        return self.stamp.base

    def query(self, sparql: str) -> Rows:
        """Answer one SELECT, ASK, CONSTRUCT or DESCRIBE query over the union of all graphs.

        A query with FROM or FROM NAMED sees those graphs instead. The prefixes of
        `ontology.terms.PREFIXES` need not be declared. Raises `QueryRefusedError` for
        SERVICE, `SyntaxError` for what is no query (an update is none).
        """
        return rows_of(self._answer(sparql)).in_order(columns_of_all(sparql))

    def stream(self, sparql: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a SELECT query as texts, one by one; "" for what is not bound."""
        return texts_from(self._answer(sparql))

    def _answer(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        check_query(sparql)
        return self.oxigraph.query(
            sparql,
            prefixes=terms.PREFIXES,
            use_default_graph_as_union=not names_graphs(sparql),
        )

    def graph_iri(self, name: str) -> str:
        """Return the IRI of a posting's graph (by its id) or of one of the store's own graphs."""
        return self.iris.graph(name).value

    def graphs(self) -> list[str]:
        """Return the IRIs of all graphs, sorted."""
        return sorted(graph.value for graph in self.oxigraph.named_graphs())

    def posting_ids(self) -> list[str]:
        """Return the ids of all postings, sorted."""
        start = self.graph_iri("")
        names = (graph.removeprefix(start) for graph in self.graphs() if graph.startswith(start))
        return [name for name in names if name not in OWN_GRAPHS]

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Yield the quads of one graph, or of all, as the store keeps them: not sorted."""
        name = None if graph is None else ox.NamedNode(graph)
        return self.oxigraph.quads_for_pattern(None, None, None, name)

    def __contains__(self, posting_id: str) -> bool:
        try:
            graph = self.iris.graph(posting_id)
        except ValueError:
            return False
        return posting_id not in OWN_GRAPHS and self.oxigraph.contains_named_graph(graph)

    def __len__(self) -> int:
        """Count the postings."""
        return len(self.posting_ids())

    def replace(self, posting_id: str, quads: Iterable[ox.Quad]) -> None:
        """Put a posting's graph in place of the one there was, in one transaction."""
        self.apply(drop=[self.graph_iri(posting_id)], add=quads)

    def remove(self, posting_id: str) -> bool:
        """Take a posting out, whole, in one transaction. Say whether it was there.

        The files that it came from count as never read: building from them again brings it back.
        """
        if posting_id not in self:
            return False
        runs = self.iris.graph("runs")
        posting = self.iris.posting(posting_id)
        forget: list[ox.Quad] = []
        for member in self.oxigraph.quads_for_pattern(None, None, posting, runs):
            forget.append(member)
            sha256 = ox.NamedNode(terms.SHA256)
            forget += self.oxigraph.quads_for_pattern(member.subject, sha256, None, runs)
        self.apply(drop=[self.graph_iri(posting_id)], remove=forget)
        return True

    def apply(
        self,
        *,
        drop: Iterable[str] = (),
        remove: Iterable[ox.Quad] = (),
        add: Iterable[ox.Quad] = (),
        graphs: Sequence[WrittenGraph] = (),
    ) -> None:
        """Drop graphs, then remove quads, then add quads: all of it in one transaction, or none.

        `graphs` are added too, as they are written; beside them no quad may have a blank node.
        Raises `StoreError` where the store was opened for reading.
        """
        dropped, gone, new = list(drop), list(remove), list(add)
        with self._changing(graphs_of([*dropped, *(one.name for one in graphs)], gone + new)):
            change(self.oxigraph, dropped, gone, new, graphs)

    @contextmanager
    def _changing(self, graphs: Iterable[str] | None) -> Iterator[None]:
        """Let readers know, before graphs change, that they do not see all of it; None are all."""
        if self.read_only:
            raise StoreError("the store was opened for reading; open it with read_only=False")
        with self._writing():
            if self.folder is not None:
                self._touched = self._touched or behind(self.folder)
                self._touched.add(graphs)
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Say in our words what the engine could not write."""
        try:
            yield
        except OSError as error:
            folder = self.folder or Path()
            raise unusable(folder, error) from error

    def optimize(self) -> None:
        """Put the files in order for questions to come; nothing in the store changes."""
        with self._changing(()):
            self.oxigraph.optimize()

    def load(self, name: OwnGraph, files: Sequence[Path]) -> bool:
        """Make `files` (Turtle) the store's vocabulary or ontology. Say whether that changed it.

        Nothing is read again where the files' hash is the one that was loaded. What only `kg infer`
        says is left out: it finds it again, and stated and inferred never mix.
        """
        data = [path.read_bytes() for path in files]
        graph = self.iris.graph(name)
        runs = self.iris.graph("runs")
        digest = hashlib.sha256(b"\0".join(data)).hexdigest()
        mark = ox.Quad(graph, ox.NamedNode(terms.SHA256), ox.Literal(digest), runs)
        if mark in self.oxigraph:
            return False
        quads = stated(parse_files(files, data, graph))
        stale = list(self.oxigraph.quads_for_pattern(graph, mark.predicate, None, runs))
        stale += described_files(self.oxigraph, graph, runs)
        # Not one transaction, for an update would rename blank nodes, and a hundred thousand quads
        # go in faster outside. The mark comes last: a load that was cut short is done again.
        self.apply(drop=[graph.value], remove=stale)
        self.add_in_bulk(quads, graph.value)
        self.apply(add=[*describe_files(graph, files, data, self.iris), mark])
        return True

    def add_in_bulk(self, quads: Iterable[ox.Quad], graph: str | None = None) -> None:
        """Add quads faster than `apply` does, and in no transaction. Raises `StoreError`.

        `graph` is the one that all are of, where they are of one.
        """
        with self._changing(None if graph is None else [graph]):
            self.oxigraph.bulk_extend(quads)
