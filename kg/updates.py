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


def _pattern(quads: Iterable[ox.Quad]) -> str:
    graphs: dict[str, list[str]] = {}
    for quad in quads:
        line = f"{quad.subject} {quad.predicate} {quad.object} ."
        graphs.setdefault(str(quad.graph_name), []).append(line)
    return "\n".join(f"GRAPH {graph} {{ {' '.join(lines)} }}" for graph, lines in graphs.items())
