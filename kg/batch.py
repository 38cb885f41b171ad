"""A batch: what a build stores in one transaction, and where its graphs are made, part by part."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.making import Made, Maker
    from kg.reading import Reading
    from nlp.types import Posting

BATCH: Final = 256
"""Postings stored in one transaction: the engine writes files for each, and joins them later."""
PART: Final = 64
"""Postings whose graphs are made at once."""
CLAIMS: Final = 4
"""Times so many postings, if they are known, are noted in one transaction; and files as well."""


@dataclass(slots=True)
class Batch:
    """New postings, who claims them, and which files are done."""

    postings: dict[str, Posting] = field(default_factory=dict)
    claims: list[tuple[Reading, str]] = field(default_factory=list)
    finished: list[Reading] = field(default_factory=list)
    parts: list[tuple[int, Callable[[], Sequence[Made]]]] = field(default_factory=list)
    """Where graphs are made, and how much was read when they were asked for, in bytes."""
    _part: list[Posting] = field(default_factory=list)
    """Those of the postings whose graphs nobody was asked for yet."""

    def add(self, posting: Posting) -> bool:
        """Put a new posting down. Say whether it fills a part, whose graphs are to be asked for."""
        self.postings[posting.id] = posting
        self._part.append(posting)
        return len(self._part) >= PART

    def ask(self, maker: Maker, read: int) -> None:
        """Let the rest of the graphs be made."""
        self.parts.append((read, maker.submit(self._part)))
        self._part = []

    def is_full(self, size: int) -> bool:
        """Say whether it holds so many postings, or what takes as long to store."""
        return len(self.postings) >= size or len(self.claims) + len(self.finished) >= size * CLAIMS

    def graphs(self) -> Iterator[tuple[int, Sequence[Made]]]:
        """Yield the graphs part by part as they are made, and how much was read for them."""
        for read, made in self.parts:
            yield read, made()
