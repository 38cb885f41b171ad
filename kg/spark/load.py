"""An output of a build on Spark into a store on this machine, for every question there is."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.spark.files import Files
from kg.spark.layout import PLAN, QUADS
from kg.spark.whole import check_whole
from kg.store import Store
from kg.store_folder import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENDING: Final = ".nq.gz"


def load(
    source: str | Path, folder: str | Path, watch: Callable[[int, int], None] | None = None
) -> int:
    """Load an output into a new store; return how many postings it has.

    The store is the one that `kg build` would have made: a later build goes on from it. `watch` is
    told how many files of how many were loaded. Raises `StoreError` for what is no output, for one
    that is not whole, and for a store that holds something already.
    """
    output = Files.at(source)
    if not output.exists(PLAN):
        raise StoreError(f"{source}: no {PLAN}; name what kg spark build wrote")
    check_whole(output, (QUADS,))
    names = [name for name in output.names(QUADS) if name.endswith(ENDING)]
    base = output.read_json(PLAN)["base"]
    with Store.open(folder, create=True, base=base) as store:
        if store.graphs():
            raise StoreError(f"{folder} holds a graph already; name a new store")
        for number, name in enumerate(names, 1):
            data = gzip.decompress(output.read(f"{QUADS}/{name}"))
            store.add_in_bulk(ox.parse(io.BytesIO(data), format=ox.RdfFormat.N_QUADS))
            if watch:
                watch(number, len(names))
        store.optimize()
        store.publish()
        return len(store)
