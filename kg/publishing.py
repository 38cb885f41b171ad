"""When a build lets readers see what it has stored so far."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from kg.copies.store_groups import group_copies

if TYPE_CHECKING:
    from kg.store import Store

FIRST: Final = 2.0
"""Seconds after which a new store is seen at all."""
LEAST: Final = 30.0
"""Seconds between two snapshots at the least."""
SHARE: Final = 20
"""Snapshots cost a build one part in so many of its time at the most."""


class Publisher:
    """Publishes a store while it is built: now and then, and each time only what is whole.

    Copies are grouped before: whoever counts jobs sees no half of a group.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._next = time.monotonic() + (LEAST if store.is_published else FIRST)

    def publish_when_due(self) -> None:
        """Publish, if it is time; to be called between two transactions."""
        began = time.monotonic()
        if self._store.folder is None or began < self._next:
            return
        self.publish()
        ended = time.monotonic()
        self._next = ended + max(LEAST, SHARE * (ended - began))

    def publish(self) -> None:
        """Publish all that is stored."""
        group_copies(self._store)
        self._store.publish()
