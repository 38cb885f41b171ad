"""SPARQL updates: what is dropped, removed and added, as one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def update_of(drop: Iterable[str], gone: Sequence[ox.Quad], new: Sequence[ox.Quad]) -> str:
    """Return the update that drops graphs, then removes quads, then adds quads."""
    steps = [f"DROP SILENT GRAPH {ox.NamedNode(graph)}" for graph in drop]
    steps += [
        f"{verb} DATA {{ {_pattern(quads)} }}"
        for verb, quads in (("DELETE", gone), ("INSERT", new))
        if quads
    ]
    return " ;\n".join(steps)


def graphs_of(drop: Iterable[str], quads: Iterable[ox.Quad]) -> set[str]:
    """Return the graphs that change where some are dropped, and some quads removed or added."""
    names = (quad.graph_name for quad in quads)
    return {*drop, *(name.value for name in names if isinstance(name, ox.NamedNode))}


def change(store: ox.Store, drop: Iterable[str], gone: list[ox.Quad], new: list[ox.Quad]) -> None:
    """Drop graphs, then remove quads, then add quads: all of it in one transaction, or none."""
    there = [graph for graph in drop if store.contains_named_graph(ox.NamedNode(graph))]
    if there or gone:
        store.update(update_of(there, gone, new))
    else:
        store.extend(new)


def _pattern(quads: Iterable[ox.Quad]) -> str:
    graphs: dict[str, list[str]] = {}
    for quad in quads:
        line = f"{quad.subject} {quad.predicate} {quad.object} ."
        graphs.setdefault(str(quad.graph_name), []).append(line)
    return "\n".join(f"GRAPH {graph} {{ {' '.join(lines)} }}" for graph, lines in graphs.items())
