"""Turtle, N-Quads and TriG: everything that a part states, sorted."""

from __future__ import annotations

import tempfile
from itertools import groupby
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from kg.sorting import sort_lines
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exports.part import Part


def write_nquads(
    part: Part, stream: IO[bytes], *, runs: bool = False, inferred: bool = False
) -> None:
    """Write one statement a line, with its graph, sorted by the lines' bytes."""
    stream.writelines(
        sort_lines(f"{quad} .\n".encode() for quad in part.quads(runs=runs, inferred=inferred))
    )


def write_trig(
    part: Part, stream: IO[bytes], *, runs: bool = False, inferred: bool = False
) -> None:
    """Write the graphs one after the other, each sorted. One graph is in memory at a time."""
    quads = (
        quad
        for graph in part.graphs(runs=runs, inferred=inferred)
        for quad in sorted(part.quads_of(graph), key=str)
    )
    ox.serialize(quads, stream, format=ox.RdfFormat.TRIG, prefixes=terms.PREFIXES)


def write_turtle(
    part: Part, stream: IO[bytes], *, runs: bool = False, inferred: bool = False
) -> None:
    """Write the union of the graphs, each statement once. What does not fit is sorted on disk."""
    with tempfile.TemporaryFile() as file:
        file.writelines(
            line for line, _ in groupby(sort_lines(_lines(part, runs=runs, inferred=inferred)))
        )
        file.seek(0)
        triples = (quad.triple for quad in ox.parse(file, format=ox.RdfFormat.N_TRIPLES))
        ox.serialize(triples, stream, format=ox.RdfFormat.TURTLE, prefixes=terms.PREFIXES)


def _lines(part: Part, *, runs: bool, inferred: bool) -> Iterator[bytes]:
    for quad in part.quads(runs=runs, inferred=inferred):
        yield f"{quad.triple} .\n".encode()
