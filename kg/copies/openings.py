"""Openings: which texts are no copies since neither begins in the other, told without reading them.

Postings that do not name one job are copies only where one has lost its header and begins with a
line of the other (`likeness`). Where postings differ in their titles alone, each resembles each:
to hold a thousand against one another by their texts takes a minute, by their openings seconds.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

from kg.copies.adverts import BY_THE_WAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.copies.adverts import Advert

SIZE: Final = 1024
"""Bytes of the bits of a text's words. One word in a hundred that is not in a text of 400 seems to
be in it; the texts themselves tell then."""
_WIDTH: Final = 13
_PLACE: Final = (1 << _WIDTH) - 1
"""The greatest number of a bit; a word's hash gives two."""


class Opening(NamedTuple):
    """The words with which a text begins, and all that it has, as bits (Bloom's filter).

    `digest` is the hash of its words. `begins` has the words of its first line without which no
    text has a line like it: none, where it is no title; None, where a header says the job. `has`
    has the words of its lines, its places and its employer.
    """

    digest: bytes
    begins: int | None
    has: int


def opening_of(advert: Advert) -> Opening:
    """Return the opening of an advert."""
    names = advert.place_words | advert.employer_words
    begins = None if advert.is_headed else _bits({*advert.headline} - BY_THE_WAY - names)
    return Opening(advert.wording.digest, begins, _bits(names.union(chain(*advert.lines))))


def are_apart(one: Opening, other: Opening) -> bool:
    """Tell whether two texts that do not name one job are surely no copies."""
    digest, begins, has = one
    its_digest, its_begins, its_has = other
    return (
        digest != its_digest
        and (begins is None or begins & its_has != begins)
        and (its_begins is None or its_begins & has != its_begins)
    )


def _bits(words: Iterable[str]) -> int:
    made = bytearray(SIZE)
    for word in words:
        said = crc32(word.encode())
        for place in (said & _PLACE, said >> _WIDTH & _PLACE):
            made[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(made, "little")
