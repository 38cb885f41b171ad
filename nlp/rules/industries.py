"""Industries: what a board's card says the employer's line of business is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from nlp.cards import INDUSTRY
from nlp.document import Document, Span
from nlp.types import Stated
from nlp.words import Word, words_of

RULE: Final = "industry:card"
JOINERS: Final = frozenset(", ; | · •".split())
SIGNS: Final = frozenset("/ & - and".split())


def find_industries(document: Document) -> tuple[Stated[str], ...]:
    """Return the industries of the card's field, in order of position.

    A card that lost its commas ("Banking Finance Financial Technology") is parted at the names
    that the vocabulary knows.
    """
    found: list[Stated[str]] = []
    for field in document.sections:
        if field.heading not in INDUSTRY:
            continue
        hits = [h for h in document.hits("SKILL") if field.start <= h.start and h.end <= field.end]
        known = [(hit.start, hit.end) for hit in hits]
        for start, end in industry_items(words_of(document.text, field.start, field.end), known):
            evidence = document.evidence(start, end, RULE)
            found.append(Stated(evidence.text, (evidence,)))
    return tuple(found)


def industry_items(words: Sequence[Word], known: Sequence[Span]) -> list[Span]:
    """Return the spans of the known names and of what stands between them and commas."""
    items: list[Span] = []
    starts = [low for low, _ in known]
    open_ = False  # whether the last item goes on with an unknown word
    joined = False  # whether a sign joins the next word to it: "Software Development / Engineering"
    for word in words:
        index = bisect_right(starts, word.start) - 1
        span = known[index] if index >= 0 and word.start < known[index][1] else None
        if word.lower in JOINERS:
            open_ = joined = False
        elif word.lower in SIGNS:
            joined = bool(items)
        elif items and word.start < items[-1][1]:
            continue  # inside a known name
        elif joined or (open_ and span is None):
            items[-1] = (items[-1][0], span[1] if span else word.end)
            open_, joined = span is None, False
        else:
            items.append(span or (word.start, word.end))
            open_ = span is None
    return items
