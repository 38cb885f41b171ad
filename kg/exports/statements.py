"""A posting's graph as a record: what is said of a subject, by property."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Statements:
    """The values of every property of every subject, in the order of the statements given."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._values: dict[tuple[str, str], list[str]] = defaultdict(list)
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
                self._values[quad.subject.value, quad.predicate.value].append(quad.object.value)

    def many(self, subject: str | None, predicate: str) -> list[str]:
        """Return all values as text: IRIs, and literals without their type. None has none."""
        return [] if subject is None else self._values.get((subject, predicate), [])

    def one(self, subject: str | None, predicate: str) -> str | None:
        """Return the first value, or None."""
        return next(iter(self.many(subject, predicate)), None)

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Yield every subject and value of a property."""
        for (subject, name), values in self._values.items():
            if name == predicate:
                yield from ((subject, value) for value in values)

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return all subjects that have the value, sorted."""
        return sorted(subject for subject, found in self.pairs(predicate) if found == value)
