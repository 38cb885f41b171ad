"""Wording: the words of a posting, and which of them speak of the job rather than the employer."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from nlp.readers.card import card_end
from nlp.sections import split_sections
from nlp.types import SectionKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from nlp.types import Section

WORD: Final = re.compile(r"[^\W_]+[+#]*")
"""Letters and digits: marks, bullets and the breaking of lines do not tell texts apart."""

SHINGLE: Final = 3
"""Words in a row that are compared as one."""

NOT_THE_JOB: Final = frozenset(
    {
        SectionKind.ABOUT,
        SectionKind.BOILERPLATE,
        SectionKind.FURNITURE,
        SectionKind.HEADER,
        SectionKind.PAY,
        SectionKind.RELATED,
    }
)
"""Sections that an employer's postings share (half of the text), or that a repost changes."""

FEWEST: Final = 50
"""Words that a text about a job has at least; fewer say nothing of whether two jobs are one."""
SMALLEST_SHARE: Final = 0.25
"""Where less of the text than this is found to speak of the job, its headings misled us (one
`Who we are` above all of it): then the whole text counts."""


Stretches = tuple[tuple[int, int], ...]
"""Half-open ranges of words, those that speak of the job."""


@dataclass(frozen=True, slots=False)
class Wording:
    """The words of a text in lower case, and the stretches about the job."""

    words: tuple[str, ...]
    stretches: Stretches
    text: str = field(repr=False)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each word begins; only who compares two texts asks."""
        return _starts(self.text)

    @cached_property
    def digest(self) -> bytes:
        """A hash that texts share which say the same word for word."""
        return hashlib.sha256(" ".join(self.words).encode()).digest()[:16]

    @property
    def is_telling(self) -> bool:
        """Whether the text is long enough to be compared with others that differ."""
        return len(self.words) >= FEWEST

    def all(self, without: Collection[int] = ()) -> set[str]:
        """Return the shingles of the whole text, as if the words at some places were not there."""
        return self._shingles([(0, len(self.words))], without)

    def of_the_job(self, without: Collection[int] = ()) -> set[str]:
        """Return the shingles of what speaks of the job, as `all` does."""
        return self._shingles(self.stretches, without)

    def _shingles(self, ranges: Iterable[tuple[int, int]], without: Collection[int]) -> set[str]:
        found: set[str] = set()
        for first, end in ranges:
            if without:
                kept = [self.words[at] for at in range(first, end) if at not in without]
            else:
                kept = list(self.words[first:end])
            found.update(shingles(kept))
        return found


def read_wording(
    text: str, sections: Sequence[Section] | None = None, stretches: Stretches | None = None
) -> Wording:
    """Return the wording of a posting's text. An empty text has none.

    A card of a source's fields above the text says what the job is, not in which words: its
    sections are those below. `sections` are those of the text and `stretches` those of its wording,
    where they are known already.
    """
    if stretches is not None:
        return Wording(tuple(" ".join(WORD.findall(text)).lower().split()), stretches, text)
    card = card_end(text) if sections is None else 0
    parts = split_sections(text[card:]) if sections is None else sections
    found, before = _words(text, {card + at for one in parts for at in (one.start, one.end)})
    words = tuple(" ".join(found).lower().split())
    told_in: list[tuple[int, int]] = []
    for section in parts:
        first, end = (before[card + at] for at in (section.start, section.end))
        if section.kind not in NOT_THE_JOB and first < end:
            told_in.append((first, end))
    told = sum(end - first for first, end in told_in)
    if told < max(FEWEST, SMALLEST_SHARE * len(words)):
        told_in = [(0, len(words))]
    return Wording(words, tuple(told_in), text)


def _starts(text: str) -> tuple[int, ...]:
    return tuple([match.start() for match in WORD.finditer(text)])


def _words(text: str, places: Iterable[int]) -> tuple[list[str], dict[int, int]]:
    """Return the words of a text, and how many of them begin before each of some places."""
    bounds = sorted({0, *places, len(text)})
    if any(_is_inside(text, at) for at in bounds):
        starts = _starts(text)
        return WORD.findall(text), {at: bisect_left(starts, at) for at in bounds}
    parts = [WORD.findall(text, low, high) for low, high in pairwise(bounds)]
    counts = accumulate(map(len, parts), initial=0)
    return [word for part in parts for word in part], dict(zip(bounds, counts, strict=True))


def _is_inside(text: str, at: int) -> bool:
    """Tell whether a place may lie inside a word."""
    around = text[max(at - 1, 0) : at + 1]
    return len(around) > 1 and all(sign.isalnum() or sign in "+#" for sign in around)


def shingles(words: Sequence[str]) -> Iterable[str]:
    """Return every `SHINGLE` words in a row; of fewer words what there is, of none nothing."""
    if len(words) < SHINGLE:
        return [" ".join(words)] if words else []
    return map(" ".join, zip(*(words[start:] for start in range(SHINGLE)), strict=False))
