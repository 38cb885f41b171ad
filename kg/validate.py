"""Graphs held to their shapes: SHACL, and the checks that go beyond it."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.checks import POSTING_CHECKS, VOCABULARY_CHECKS, Check, Index, no_blank_nodes
from kg.conformance import shapes_of
from kg.shacl import Violation, report
from kg.store_checks import STORE_CHECKS
from kg.written import WrittenGraph
from ontology import terms
from ontology.vocabulary import stored_files

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.checks import Fault
    from kg.store import Store

__all__ = ["Violation", "check_plainly", "validate", "validate_graph", "validate_store"]

CHUNK: Final = 500
"""Graphs that a process validates at once: some seconds, for which it opens the store anew."""
GRAPHS: Final = {
    "copies": "copies",
    "inferred": None,
    "vocabulary": "vocabulary",
    "runs": "runs",
    "ontology": None,
}
"""Which shapes hold a graph, by the last part of its name; any other graph is a posting's."""
CHECKS: Final[dict[str, tuple[Check, ...]]] = {
    "postings": POSTING_CHECKS,
    "copies": (no_blank_nodes,),
    "vocabulary": VOCABULARY_CHECKS,
    "runs": (),
}


def validate(quads: Iterable[ox.Quad]) -> list[Violation]:
    """Return what is wrong with the graphs in `quads`, sorted by graph, node and shape.

    Each graph is looked at by itself: a posting's needs no vocabulary to pass. The ontology's
    graph is left alone. No quads, nothing wrong.
    """
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        graphs.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad)
    return [found for name in sorted(graphs) for found in validate_graph(name, graphs[name])]


def validate_store(
    store: Store, *, jobs: int = 1, watch: Callable[[int, int], None] | None = None
) -> list[Violation]:
    """Return what is wrong with a store: with each graph, and with what they say of each other.

    `jobs` processes look at the graphs, if the store is on disk and open for reading. Sorted by
    graph, node and shape. An empty store is valid. A vocabulary that is to the letter
    the one this program comes with is not held to its shapes again: its own tests do that, and it
    takes a quarter of a minute. `watch` is told how many of how many graphs were looked at.
    """
    found = {_violation_of(name, fault) for check in STORE_CHECKS for name, fault in check(store)}
    postings = list(map(store.graph_iri, store.posting_ids()))
    others = sorted({*store.graphs()} - {*postings})
    seen = _Seen(len(others) + len(postings), watch)
    for name in others:
        quads = list(store.quads(name))
        if not _is_ours(name, quads):
            found.update(validate_graph(name, quads))
        seen.add(1)
    files = store.view.snapshot.path if store.view else None
    if jobs > 1 and files:
        found.update(_in_processes(files, postings, jobs, seen))
    else:
        for name in postings:
            found.update(_of_graphs(store.oxigraph, [name]))
            seen.add(1)
    return sorted(found, key=lambda item: (item.graph, *_place(item)))


class _Seen:
    """Counts the graphs that were looked at, for whoever watches."""

    def __init__(self, total: int, watch: Callable[[int, int], None] | None) -> None:
        self._total = total
        self._watch = watch
        self._seen = 0

    def add(self, graphs: int) -> None:
        self._seen += graphs
        if self._watch:
            self._watch(self._seen, self._total)


def _of_graphs(quads: ox.Store, names: Sequence[str]) -> Iterator[Violation]:
    for name in names:
        graph = ox.NamedNode(name)
        yield from validate_graph(name, quads.quads_for_pattern(None, None, None, graph))


def _in_processes(files: Path, names: Sequence[str], jobs: int, seen: _Seen) -> Iterator[Violation]:
    chunks = [names[start : start + CHUNK] for start in range(0, len(names), CHUNK)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        looked = pool.map(partial(_of_chunk, str(files)), chunks)
        for chunk, found in zip(chunks, looked, strict=True):
            yield from found
            seen.add(len(chunk))


def _of_chunk(files: str, names: Sequence[str]) -> list[Violation]:
    return list(_of_graphs(ox.Store.read_only(files), names))


def _is_ours(name: str, quads: Collection[ox.Quad]) -> bool:
    """Tell whether a graph is the vocabulary that comes with the program, and nothing else."""
    if GRAPHS.get(name.rsplit("/", 1)[-1]) != "vocabulary":
        return False
    held = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    ours = {
        (quad.subject, quad.predicate, quad.object)
        for path in stored_files()
        for quad in ox.parse(path=path)
    }
    return held == ours


def check_plainly(quads: Iterable[ox.Quad]) -> list[Violation]:
    """Return what the plain checks alone find wrong in one posting's graph; SHACL is left out.

    They cost a hundredth of `validate`: a build can afford them for every posting.
    """
    if isinstance(quads, WrittenGraph) and quads.values is not None:
        name, index = quads.name, Index(quads.name, quads.values)
    else:
        held = list(quads)
        name = getattr(held[0].graph_name, "value", "") if held else ""
        index = Index.of(name, held)
    return sorted(_plain(name, index, "postings"), key=_place)


def validate_graph(name: str, quads: Iterable[ox.Quad]) -> list[Violation]:
    """Return what is wrong with one graph, all of whose quads are given.

    Whether it conforms to its shapes is found without pyshacl (`kg.conformance`), which takes ten
    times as long and is asked only what is wrong.
    """
    kind = GRAPHS.get(name.rsplit("/", 1)[-1], "postings")
    if kind is None:
        return []
    held = list(quads)
    found = set(_plain(name, Index.of(name, held), kind))
    if not shapes_of(kind).conform(held):
        found.update(report(name, held, kind))
    return sorted(found, key=_place)


def _plain(name: str, index: Index, kind: str) -> Iterator[Violation]:
    for check in CHECKS[kind]:
        for fault in check(index):
            yield _violation_of(name, fault)


def _violation_of(graph: str, fault: Fault) -> Violation:
    path = terms.short(fault.path) if fault.path else None
    return Violation(graph, fault.node, fault.shape, path, fault.message, fault.remedy)


def _place(item: Violation) -> tuple[str, str, str, str]:
    return item.node, item.shape, item.path or "", item.message
