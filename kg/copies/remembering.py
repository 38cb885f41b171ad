"""Remembering: what was read and may be asked for again, as much of it as memory has room for."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Memory(Generic[T]):
    """Calls a function once a name, while what it gave is remembered.

    `size` says how much room one takes, in any unit, and `room` how much there is in all. What was
    asked for longest ago is forgotten first; the last is kept, however large. By size and not by
    count: a thousand short texts that are each held against each other must all stay.
    """

    def __init__(self, read: Callable[[str], T], size: Callable[[T], int], room: int) -> None:
        self._read = read
        self._size = size
        self._room = room
        self._held: OrderedDict[str, tuple[T, int]] = OrderedDict()
        self._used = 0

    def __call__(self, name: str) -> T:
        """Return what the function gives for a name."""
        if (held := self._held.get(name)) is not None:
            self._held.move_to_end(name)
            return held[0]
        made = self._read(name)
        size = self._size(made)
        while self._held and self._used + size > self._room:
            _, (_, gone) = self._held.popitem(last=False)
            self._used -= gone
        self._held[name] = made, size
        self._used += size
        return made
