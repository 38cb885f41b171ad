"""What the server keeps in its memory: answers, as long as the store is as it was, and candidates.

Nothing of it is ever written anywhere. A candidate is forgotten after half an hour.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.web.worker import Reply
    from nlp.resumes.profile import Profile

LARGEST: Final = 64_000_000
"""Bytes of all answers that are kept."""
MANY: Final = 10_000
"""Answers that are kept, however short."""
MINUTES: Final = 30
MOST: Final = 100
"""Candidates that are kept: the oldest goes when one more comes."""


class KeptAnswers:
    """Answers by what was asked and by the state of the store that they were made over."""

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._size = 0
        self._replies: OrderedDict[object, Reply] = OrderedDict()

    def get(self, key: object) -> Reply | None:
        """Return an answer, if it is kept."""
        found = self._replies.get(key)
        if found is not None:
            self._replies.move_to_end(key)
        return found

    def keep(self, key: object, reply: Reply) -> None:
        """Keep an answer; those go that were not asked for longest."""
        size = len(reply.body)
        if reply.status != 200 or size > self._largest // 8 or key in self._replies:
            return
        self._replies[key] = reply
        self._size += size
        while self._size > self._largest or len(self._replies) > MANY:
            _, gone = self._replies.popitem(last=False)
            self._size -= len(gone.body)

    def __len__(self) -> int:
        return len(self._replies)


class Candidates:
    """Who was read from a résumé, by a name that nobody can guess."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: OrderedDict[str, tuple[float, Profile]] = OrderedDict()

    def add(self, profile: Profile) -> str:
        """Keep a candidate and return the name for him or her."""
        self._sweep()
        while len(self._held) >= MOST:
            self._held.popitem(last=False)
        name = secrets.token_urlsafe(18)
        self._held[name] = self._clock(), profile
        return name

    def get(self, name: str) -> Profile | None:
        """Return a candidate; None where the name is nobody's, or was forgotten."""
        self._sweep()
        found = self._held.get(name)
        return found[1] if found else None

    def forget(self, name: str) -> None:
        """Forget a candidate at once."""
        self._held.pop(name, None)

    def __len__(self) -> int:
        self._sweep()
        return len(self._held)

    def _sweep(self) -> None:
        oldest = self._clock() - MINUTES * 60
        for name in [name for name, (since, _) in self._held.items() if since < oldest]:
            del self._held[name]
