"""Levels of degrees that are alternatives, and the years that stand on each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from nlp.document import Document
from nlp.matcher import Hit
from nlp.rules.fields import Fields
from nlp.rules.years import find_years
from nlp.types import Necessity

APART: Final = re.compile(r"[,;]\s*or\b", re.IGNORECASE)
OR: Final = re.compile(r"\b(?:or|and/or)\b|/", re.IGNORECASE)
BEHIND_OR: Final = re.compile(
    r"\s{0,20}+(?:(?:an?|at least|higher|ideally|preferably|the)\s{1,20}+){0,5}"
    r"(?:[\w() +-]{0,25}years?[^,;.\n]{0,60}\b(?:with|and)\s+(?:an?\s+)?)?\(?",
    re.IGNORECASE,
)
"""What may stand between "or" and the level it leads to: "or 2 years of experience with a"."""
SIDE_BY_SIDE: Final = re.compile(
    r"[\s,]{0,20}|\s{0,20}+(?:or\s{1,20}+)?(?:higher\s{1,20}+)?(?:degrees?)?\s{0,20}+"
    r"\((?:e\.?g\.?|i\.?e\.?|such as|or)?,?\s*",
    re.IGNORECASE,
)
"""What parts a level from another name of it, or from an example: "MS, PhD", "(e.g. PhD"."""
LONGEST_JOINT: Final = 120
LISTED: Final = re.compile(
    r"[,;]\s*(?:and\s+|or\s+)?(?:\d{1,2}\+?\s*years?[^,;\n]{0,50}\bwith\s+)?(?:an?\s+)?$"
)
"""What parts two levels of a list in which each has its years."""
WITH: Final = re.compile(
    r"\b(?:experience|exp\.?)[’']?\s+(?:and|with|plus)\s+(?:an?\s+)?$", re.IGNORECASE
)
"""Years in front of their degree: "2 years of experience with a Master's"."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level named in a sentence, with what the words around it say."""

    hit: Hit
    fields: Fields
    necessity: Necessity
    years: re.Match[str] | None

    @property
    def stop(self) -> int:
        """Where the level and its fields end."""
        return max(self.hit.end, self.fields.stop)


def chains(document: Document, levels: Sequence[Level]) -> Iterator[list[Level]]:
    """Yield the levels in groups of which one is enough."""
    chain: list[Level] = []
    for level in levels:
        if chain and not _either(document, chain[-1], level):
            yield chain
            chain = []
        chain.append(level)
    if chain:
        yield chain


def _either(document: Document, one: Level, other: Level) -> bool:
    """Tell whether either of two levels named one after the other will do."""
    if one.hit.start == other.hit.start:
        return True
    joint = document.text[max(one.stop, other.hit.start - LONGEST_JOINT) : other.hit.start]
    if SIDE_BY_SIDE.fullmatch(document.text, one.stop, other.hit.start):
        return True
    if ";" in joint and one.necessity is not other.necessity:
        return False  # "a diploma required; 2 years or an associate degree preferred"
    last = max((m.end() for m in OR.finditer(joint)), default=None)
    if last is not None and BEHIND_OR.fullmatch(joint, last):
        return True
    if next(find_years(document.text, one.hit.end, other.hit.start), None) is None:
        return False
    return (one.necessity is other.necessity and LISTED.search(joint) is not None) or OR.search(
        joint
    ) is not None


def with_years(document: Document, chain: Sequence[Level], high: int) -> list[Level]:
    """Return the options, each with its years.

    Years behind the last level alone belong to all ("BS or MS and 5 years"), unless a comma sets
    that option apart ("Master's, or Bachelor's and 3 years").
    """
    text = document.text
    first, last = chain[0].hit, chain[-1].hit
    low, _ = document.sentence(first.start)
    if WITH.search(text[low : first.start]):
        starts = [low, *(level.stop for level in chain[:-1])]
        spans = [(start, level.hit.start) for start, level in zip(starts, chain, strict=True)]
    else:
        ends = [
            *(level.hit.start for level in chain[1:]),
            high,
        ]
        spans = [(level.hit.end, end) for end, level in zip(ends, chain, strict=True)]
    found = [
        next(find_years(text, start, end), None) if start < end else None for start, end in spans
    ]
    if not any(found[:-1]) and found[-1] is not None:
        joint = text[chain[-2].hit.end : last.start]
        if APART.search(joint) is None:
            return list(chain)
    return [replace(level, years=years) for level, years in zip(chain, found, strict=True)]
