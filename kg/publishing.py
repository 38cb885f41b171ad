"""When readers see what was written: a build now and then, all else when it is whole."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kg.copies.shelf import UNSAVED
from kg.copies.store_groups import group_copies, keep_sought
from kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.copies.sought import Sought
    from kg.making import Made

FIRST: Final = 2.0
"""Seconds after which a new store is seen at all."""
LEAST: Final = 30.0
"""Seconds between two snapshots at the least."""
SHARE: Final = 20
"""Snapshots cost a build one part in so many of its time at the most."""


@contextmanager
def changing(folder: str | Path) -> Iterator[Store]:
    """Open a store to change it as builds do: alone, and readers see nothing until it is whole.

    What fails is not published: readers see what they saw before. Raises `StoreError`.
    """
    with Store.open(folder, read_only=False) as store:
        if store.is_behind:
            group_copies(store)  # a build that was ended has not, and its postings are seen now
        yield store


class Publisher:
    """Publishes a store while it is built: now and then, and each time only what is whole.

    Copies are grouped before: whoever counts jobs sees no half of a group. `least` is the time
    between two snapshots at the least, in seconds; without it `LEAST`.
    """

    def __init__(self, store: Store, *, least: float | None = None) -> None:
        self._store = store
        self._least = LEAST if least is None else least
        first = self._least if store.is_published else min(self._least, FIRST)
        self._next = time.monotonic() + first
        self._made: dict[str, Sought] = {}

    def gather(self, made: Iterable[Made]) -> None:
        """Keep what postings are sought by that were stored just now, until copies are grouped.

        What does not fit into the memory goes beside the store, if that lies on the disk.
        """
        for one in made:
            if one.sought:
                self._made[one.posting_id] = one.sought
            else:
                self._made.pop(one.posting_id, None)
        if self._store.folder is not None and len(self._made) >= UNSAVED:
            keep_sought(self._store, self._made)
            self._made.clear()

    def publish_when_due(self) -> None:
        """Publish, if it is time; to be called between two transactions."""
        began = time.monotonic()
        if self._store.folder is None or began < self._next:
            return
        self.publish()
        ended = time.monotonic()
        self._next = ended + max(self._least, SHARE * (ended - began))

    def publish(self) -> None:
        """Publish all that is stored."""
        group_copies(self._store, self._made)
        self._made.clear()
        self._store.publish()
