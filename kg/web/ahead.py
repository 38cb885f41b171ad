"""Pages that are made before anybody asks for them: few, opened by many, slow the first time."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import anyio
import anyio.to_thread

from kg.web.page import PageJob

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from kg.web.served import Served
    from kg.web.worker import Reply

LOOK: Final = 2.0
"""Seconds between two looks whether the store has changed."""
FEW: Final = 20_000
"""Postings up to which the pay of all is reckoned ahead: some seconds, in more of them minutes."""
TRIES: Final = 5
"""How often the levels are asked for while the workers still open the store."""


class PagesAhead:
    """Has the pages of each level, the trends and the pay made, and again when the store changed.

    A level is that of a tenth or a fifth of all postings: 0.3 s for 10,000, with every role in it.
    One page is made at a time, by the workers that make those that are asked for. Behind an
    endpoint nothing is made: its answers count for a minute.
    """

    def __init__(self, served: Served, make: Callable[[PageJob], Awaitable[Reply]]) -> None:
        self._served = served
        self._make = make

    async def run(self) -> None:
        """Make them, and again when the store has changed, until it is cancelled."""
        made: str | None = None
        while self._served.endpoint is None:
            state = await anyio.to_thread.run_sync(self._served.state)
            if state != made:
                made = state
                with suppress(Exception):  # whatever fails is told whoever asks for the page
                    async for job in self._jobs():
                        await self._make(job)
            await anyio.sleep(LOOK)

    async def _jobs(self) -> AsyncIterator[PageJob]:
        for _ in range(TRIES):
            found = await self._make(PageJob("levels", {}, "json", "/levels"))
            if found.status == 200:
                break
            await anyio.sleep(LOOK)
        else:
            return
        levels = json.loads(found.body)
        for row in levels:
            yield PageJob("level", {"name": row["level"]}, path=f"/level/{row['level']}")
        yield PageJob("trends", {}, path="/trends")
        if sum(int(row["postings"]) for row in levels) <= FEW:
            yield PageJob("pay", {}, path="/pay")
