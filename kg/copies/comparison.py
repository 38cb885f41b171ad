"""The comparison of many postings: each read and sketched once, each likely pair compared once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.copies.adverts import Job
from kg.copies.grouping import Entry, find_groups
from kg.copies.likeness import Likeness, Reason, likeness
from kg.copies.shelf import Kept
from kg.copies.sketches import make_sketches

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.copies.adverts import Advert
    from kg.copies.shelf import Shelf

REMEMBERED: Final = 2_000
"""Adverts that are held in memory while they are compared."""


class Comparison:
    """Postings while they are compared, by their ids; `states` are what the shelf calls them.

    `read` gives the advert of a posting, and is asked only for what is not on the shelf, nor given
    by `ready`, which knows the postings that were made just now.
    """

    def __init__(
        self,
        read: Callable[[str], Advert],
        states: Mapping[str, str],
        shelf: Shelf,
        ready: Callable[[str], Kept | None] = lambda _: None,
    ) -> None:
        self._advert = lru_cache(REMEMBERED)(read)
        self._ready = ready
        self._states = states
        self._shelf = shelf
        self._digests: dict[str, bytes] = {}
        self._compared: set[tuple[str, str]] = set()

    def groups(self) -> list[tuple[str, ...]]:
        """Return the groups, as `find_groups` does."""
        # One at a time: what is read to be sketched is compared before it is forgotten.
        entries = map(self._entry, sorted(self._states))
        return find_groups(entries, lambda a, b: self.likeness(a, b).similarity)

    def likeness(self, one: str, other: str) -> Likeness:
        """Compare two postings, or recall how they compared."""
        if self._digests[one] == self._digests[other]:
            return Likeness(1.0, Reason.SAME)
        a, b = sorted((one, other))
        pair = self._states[a], self._states[b]
        self._compared.add(pair)
        found = self._shelf.pairs.get(pair)
        if found is None:
            found = self._shelf.pairs[pair] = likeness(self._advert(a), self._advert(b))
        return found

    def close(self) -> None:
        """Leave on the shelf what was computed and was of use."""
        self._shelf.tidy(set(self._states.values()), self._compared)

    def _entry(self, posting_id: str) -> Entry:
        """Return what a posting is sought by, from the shelf where it is there."""
        state = self._states[posting_id]
        kept = self._shelf.postings.get(state)
        if kept is None:
            kept = self._ready(posting_id) or self._sketched(posting_id)
            self._shelf.keep(state, kept)
        self._digests[posting_id] = kept.digest
        job = Job.from_text(kept.job) if kept.job else None
        return Entry(posting_id, kept.digest, job, kept.is_headed, kept.sketches)

    def _sketched(self, posting_id: str) -> Kept:
        advert = self._advert(posting_id)
        wording = advert.wording
        named = advert.job.to_text() if advert.job else None
        return Kept(wording.digest, named, advert.is_headed, make_sketches(wording))
