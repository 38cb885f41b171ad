"""The comparison of many postings: each read and sketched once, each likely pair compared once."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from itertools import product
from typing import TYPE_CHECKING, Final

from kg.copies.grouping import Entry, find_groups
from kg.copies.likeness import Likeness, Reason, likeness
from kg.copies.openings import Opening, are_apart, opening_of
from kg.copies.remembering import Memory
from kg.copies.shelf import Compared, Kept
from kg.copies.sketches import are_near, make_sketches, marks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.copies.adverts import Advert
    from kg.copies.shelf import Pair, Shelf

ROOM: Final = 48_000_000
"""Bytes that adverts may take while they are compared."""
A_LETTER: Final = 25
"""Bytes that a letter of a text takes with its words, their places and its lines."""
AN_ADVERT: Final = 3_000
"""Bytes that an advert takes beside its text."""
SKETCHED: Final = 4_000
"""Postings whose sketches are held in memory, 2.3 KB each."""
OPENED: Final = 16_000
"""Postings whose openings are held in memory, 2.3 KB each."""

NOTHING: Final[tuple[str, Kept | None]] = ("", None)
"""What comes behind all that is on the shelf."""


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
        self._read = read
        self._ready = ready
        self._states = states
        self._shelf = shelf
        self._advert = Memory(self._any_advert, _size, ROOM)
        self._kept = lru_cache(SKETCHED)(self._any_kept)
        self._opening = lru_cache(OPENED)(self._any_opening)
        self._compared: set[Pair] = set()

    def groups(self) -> list[tuple[str, ...]]:
        """Return the groups, as `find_groups` does."""
        return find_groups(self._entries(), self._similarity, self._are_apart)

    def likeness(self, one: str, other: str) -> Likeness:
        """Compare two postings, or recall how they compared."""
        pair = self._pair(one, other)
        return self._likeness(one, other, pair, self._shelf.compared(pair), near=False)

    def close(self) -> None:
        """Leave on the shelf what was computed and was of use."""
        self._shelf.tidy(set(self._states.values()), self._compared)

    def _are_apart(self, one: str, others: Iterable[str]) -> Iterator[bool]:
        return map(partial(are_apart, self._opening(one)), map(self._opening, others))

    def _similarity(self, one: str, other: str) -> float:
        """Return how alike two postings are, 0 where no two of their sketches are near."""
        pair = self._pair(one, other)
        known = self._shelf.compared(pair)
        if known is None or not known.are_near:
            sketches = self._kept(one).sketches, self._kept(other).sketches
            if not any(are_near(*both) for both in product(*sketches)):
                return 0.0
        return self._likeness(one, other, pair, known, near=True).similarity

    def _likeness(
        self, one: str, other: str, pair: Pair, known: Compared | None, *, near: bool
    ) -> Likeness:
        """Compare two postings, of which it may be known that their sketches are near."""
        if known is None and self._kept(one).digest == self._kept(other).digest:
            return Likeness(1.0, Reason.SAME)
        self._compared.add(pair)
        found = known.likeness if known else likeness(*map(self._advert, sorted((one, other))))
        if known is None or (near and not known.are_near):
            self._shelf.keep_pair(pair, Compared(found, near))
        return found

    def _pair(self, one: str, other: str) -> Pair:
        a, b = sorted((one, other))
        return self._states[a], self._states[b]

    def _entries(self) -> Iterator[Entry]:
        """Yield what each posting is sought by, sorted by its id."""
        shelved = self._shelf.every()
        state, kept = next(shelved, NOTHING)
        for posting_id in sorted(self._states):
            wanted = self._states[posting_id]
            while kept and state < wanted:
                state, kept = next(shelved, NOTHING)
            it = kept if kept and state == wanted else self._any_kept(posting_id)
            marks = tuple(map(marks_of, it.sketches))
            yield Entry(posting_id, it.digest, it.job, it.is_headed, marks)

    def _any_advert(self, posting_id: str) -> Advert:
        """Read a posting; where its stretches are known, the text is not taken apart again."""
        stretches = self._kept(posting_id).stretches
        advert = self._read(posting_id)
        return advert if stretches is None else replace(advert, stretches=stretches)

    def _any_kept(self, posting_id: str) -> Kept:
        """Return what is kept of a posting, from the shelf where it is there."""
        state = self._states[posting_id]
        kept = self._shelf.look(state)
        if kept is None:
            kept = self._ready(posting_id) or self._sketched(posting_id)
            self._shelf.keep(state, kept)
        return kept

    def _any_opening(self, posting_id: str) -> Opening:
        """Return the opening of a posting, from the shelf where it is there."""
        state = self._states[posting_id]
        opening = self._shelf.opening(state)
        if opening is None:
            opening = opening_of(self._advert(posting_id))
            self._shelf.keep_opening(state, opening)
        return opening

    def _sketched(self, posting_id: str) -> Kept:
        advert = self._read(posting_id)
        wording = advert.wording
        named = advert.job.to_text() if advert.job else None
        sketches = make_sketches(wording)
        return Kept(wording.digest, named, advert.is_headed, sketches, wording.stretches)


def _size(advert: Advert) -> int:
    return AN_ADVERT + A_LETTER * len(advert.text)
