"""SPARQL updates: what is dropped, removed and added, as one text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.written import WrittenGraph

IN_BULK: Final = range(2_000, 1_000_000)
"""Numbers of quads that the engine's bulk loader adds faster than a transaction, and as whole.

It writes sorted files, a new one an index, and RocksDB takes those of all indexes in at once or
not at all (`IngestExternalFiles`). Fewer quads are not worth the files; more than a million are
taken in in several steps.
"""


def update_of(
    drop: Iterable[str],
    gone: Sequence[ox.Quad],
    new: Sequence[ox.Quad],
    graphs: Sequence[WrittenGraph] = (),
) -> str:
    """Return the update that drops graphs, then removes quads, then adds quads and graphs."""
    steps = [f"DROP SILENT GRAPH {ox.NamedNode(graph)}" for graph in drop]
    if gone:
        steps.append(f"DELETE DATA {{ {pattern_of(gone)} }}")
    if new or graphs:
        added = [pattern_of(new), *(graph.pattern for graph in graphs)]
        steps.append(f"INSERT DATA {{ {' '.join(added)} }}")
    return " ;\n".join(steps)


def graphs_of(drop: Iterable[str], quads: Iterable[ox.Quad]) -> set[str]:
    """Return the graphs that change where some are dropped, and some quads removed or added."""
    names = (quad.graph_name for quad in quads)
    return {*drop, *(name.value for name in names if isinstance(name, ox.NamedNode))}


def change(
    store: ox.Store,
    drop: Iterable[str],
    gone: list[ox.Quad],
    new: list[ox.Quad],
    graphs: Sequence[WrittenGraph] = (),
) -> None:
    """Drop graphs, then remove quads, then add quads and graphs: all of it at once, or nothing."""
    there = [graph for graph in drop if store.contains_named_graph(ox.NamedNode(graph))]
    if there or gone:
        store.update(update_of(there, gone, new, graphs))
    elif graphs:
        _load(store, new, graphs)
    elif len(new) in IN_BULK:
        store.bulk_extend(new)
    else:
        store.extend(new)


def _load(store: ox.Store, new: list[ox.Quad], graphs: Sequence[WrittenGraph]) -> None:
    data = b"".join([pattern_of(new).encode(), *(graph.data for graph in graphs)])
    in_bulk = len(new) + sum(map(len, graphs)) in IN_BULK
    load = store.bulk_load if in_bulk else store.load
    # Terms were made by the engine before they were written: they need not be looked at again.
    load(data, format=ox.RdfFormat.TRIG, lenient=True)


def pattern_of(quads: Iterable[ox.Quad]) -> str:
    """Return quads as blocks of their graphs, which SPARQL updates and TriG have in one form."""
    graphs: dict[str, list[str]] = {}
    for quad in quads:
        line = f"{quad.subject} {quad.predicate} {quad.object} ."
        graphs.setdefault(str(quad.graph_name), []).append(line)
    return "".join(f"GRAPH {graph} {{ {' '.join(lines)} }}\n" for graph, lines in graphs.items())
