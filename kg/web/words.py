"""Upkeep of the index of words: made by a process of its own, whenever the store has changed."""

from __future__ import annotations

import multiprocessing
import signal
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import anyio
import anyio.to_thread

from kg.search.index import SearchIndex
from kg.store import StoreError

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from kg.web.served import Served

LOOK: Final = 2.0
"""Seconds between two looks whether the store has changed."""


def make_index(served: Served) -> None:
    """Bring the index up to date; what is in it already is not read again."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(StoreError, OSError, sqlite3.Error):  # searches say that there is none
        make_index_now(served)


def make_index_now(served: Served) -> None:
    """Bring the index up to date in this process. Raises `StoreError` and `OSError`."""
    with served.open() as source:
        index = SearchIndex(Path(served.words))
        index.refresh(source)
        index.close()


class WordsUpkeep:
    """Keeps an index up to date. Use it as a context manager around `run`."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._process: BaseProcess | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()

    async def run(self) -> None:
        """Make the index, and again when the store has changed, until it is cancelled."""
        made: str | None = None
        while True:
            state = await anyio.to_thread.run_sync(self._state)
            is_busy = self._process is not None and self._process.is_alive()
            if state != made and not is_busy:
                made = state
                context = multiprocessing.get_context("spawn")
                self._process = context.Process(
                    target=make_index, args=(self._served,), daemon=True, name="kg-serve-words"
                )
                self._process.start()
            await anyio.sleep(LOOK)

    def _state(self) -> str:
        """Return the state of a store; an endpoint's words are read once, for it tells of none."""
        return self._served.state() if self._served.folder else ""
