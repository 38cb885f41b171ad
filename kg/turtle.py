"""Files of Turtle as the quads of one graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.store_folder import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def parse_files(files: Sequence[Path], data: Sequence[bytes], graph: ox.NamedNode) -> list[ox.Quad]:
    """Return what the files state, whose bytes are `data`. Raises `StoreError`."""
    quads: list[ox.Quad] = []
    for path, text in zip(files, data, strict=True):
        try:
            quads += [
                ox.Quad(quad.subject, quad.predicate, quad.object, graph)
                for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
            ]
        except SyntaxError as error:
            raise StoreError(f"{path}: not valid Turtle: {error}") from error
    if not any(isinstance(end, ox.BlankNode) for quad in quads for end in (quad[0], quad[2])):
        return quads
    # Blank nodes get names from their content, so that the same files give the same bytes.
    found = ox.Dataset(quads)
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return list(found)
