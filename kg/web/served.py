"""What is served: a store's folder, or an endpoint elsewhere, and the state that it is in."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kg.remote import RemoteStore
from kg.snapshots import newest
from kg.store import Store

FRESH: Final = 60.0
"""Seconds that an answer of an endpoint counts as its newest: nobody tells when it changes."""


@dataclass(frozen=True, slots=True)
class Served:
    """A store's folder, or the address of an endpoint; one of both is given."""

    folder: str | None = None
    endpoint: str | None = None
    seconds: float = 120.0
    """How long the endpoint may be silent."""
    words: str = ""
    """The folder of the index of words: the store's own where that can be written."""

    def open(self) -> Store | RemoteStore:
        """Open it for reading. Raises `StoreError`."""
        if self.endpoint is not None:
            return RemoteStore(self.endpoint, seconds=self.seconds)
        return Store.open(Path(self.folder or ""))

    def state(self) -> str:
        """Return a name for its state: while that is the same, so are all answers."""
        if self.endpoint is not None:
            return f"asked {time.monotonic() // FRESH:.0f}"
        found = newest(Path(self.folder or ""))
        return found.path.name if found else "the store itself"

    def with_words(self, spare: str) -> Served:
        """Return the same with a folder for the index of words: the store's, or else `spare`."""
        own = self.folder is not None and os.access(self.folder, os.W_OK)
        return replace(self, words=self.folder if own and self.folder else spare)

    @property
    def name(self) -> str:
        """What people call it: the folder's name, or the address without its password."""
        if self.endpoint is not None:
            scheme, _, rest = self.endpoint.partition("://")
            return f"{scheme}://{rest.rpartition('@')[2]}"
        return Path(self.folder or "").resolve().name
