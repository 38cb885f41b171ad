"""Exports of stores, and what a store states, for the tests of each format."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.export import export

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.store import Store

EVERYTHING = {
    "turtle": ox.RdfFormat.TURTLE,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
}


def written(
    store: Store,
    form: str,
    *,
    runs: bool = False,
    role: str | None = None,
    employer: str | None = None,
    postings: Sequence[str] = (),
) -> bytes:
    """What a format that is one file holds."""
    stream = io.BytesIO()
    export(store, form, stream, runs=runs, role=role, employer=employer, postings=postings)
    return stream.getvalue()


def stated(store: Store, graphs: Iterable[str]) -> set[ox.Triple]:
    """What these graphs of a store state, by names or ids."""
    return {quad.triple for name in graphs for quad in store.quads(store.graph_iri(name))}
