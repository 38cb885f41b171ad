"""Garbage: Python's collector waits while something is built in which no cycle is."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_waits() -> Iterator[None]:
    """Keep the cyclic collector from running inside the block.

    It would look through all that has been made, again and again, and find nothing to free: more
    than half of the time in which a vocabulary and a gazetteer are read, a tenth of an extraction.
    Nor does it look through them right behind the block: frozen and thawed, unless somebody keeps
    objects frozen, all count as old, in which cycles are looked for now and then.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if gc.get_freeze_count() == 0:
                gc.freeze()
                gc.unfreeze()
            gc.enable()
