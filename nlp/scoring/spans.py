"""Spans against spans: strict, one-to-one overlap, and the set of distinct surfaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from nlp.scoring.measure import Counts

Span = tuple[int, int]
View = Literal["strict", "overlap", "type"]
VIEWS: Final[tuple[View, ...]] = ("strict", "overlap", "type")

ENDS: Final = frozenset(
    " \t\r\n\u00a0\u200b\u200d.,;:!?\"'*\u2022\u00b7-\u2013\u2014\x95\x1a\x92\u2026|/"
)
PAIRS: Final = {"(": ")", "[": "]", "{": "}"}


def trim(text: str, start: int, end: int) -> Span:
    """Return the span without punctuation, white space and unbalanced brackets at its ends.

    A stop before a letter or digit stays: ".NET".
    """
    while True:
        before = (start, end)
        while start < end and text[start] in ENDS and not _begins_name(text, start, end):
            start += 1
        while end > start and text[end - 1] in ENDS:
            end -= 1
        for opening, closing in PAIRS.items():
            words = text[start:end]
            opened, closed = words.count(opening), words.count(closing)
            if words.startswith(opening) and opened > closed:
                start += 1
            elif words.endswith(closing) and closed > opened:
                end -= 1
            elif words.startswith(opening) and words.endswith(closing) and opened == closed == 1:
                start, end = start + 1, end - 1
        if (start, end) == before:
            return start, end


def surface(text: str, start: int, end: int) -> str:
    """Return the form in which surfaces are compared: no case, single blanks."""
    return re.sub(r"\s+", " ", text[start:end]).strip().lower()


def score_spans(text: str, gold: Iterable[Span], predicted: Iterable[Span]) -> dict[View, Counts]:
    """Count one document in each view. Equal spans count once, empty ones not at all."""
    wanted = sorted({span for span in (trim(text, *g) for g in gold) if span[0] < span[1]})
    found = sorted({span for span in (trim(text, *p) for p in predicted) if span[0] < span[1]})
    wanted_types = {surface(text, *span) for span in wanted}
    found_types = {surface(text, *span) for span in found}
    sizes = len(wanted), len(found)
    return {
        "strict": Counts(len(set(wanted) & set(found)), *sizes),
        "overlap": Counts(overlapping(wanted, found), *sizes),
        "type": Counts(len(wanted_types & found_types), len(wanted_types), len(found_types)),
    }


def overlapping(gold: Sequence[Span], predicted: Sequence[Span]) -> int:
    """Return the size of a maximum one-to-one matching of spans that share a character.

    One to one, so that one giant span cannot win. Augmenting paths (Kuhn 1955).
    """
    near = [[j for j, p in enumerate(predicted) if g[0] < p[1] and p[0] < g[1]] for g in gold]
    owner: dict[int, int] = {}

    def augment(index: int, seen: set[int]) -> bool:
        for j in near[index]:
            if j not in seen:
                seen.add(j)
                if j not in owner or augment(owner[j], seen):
                    owner[j] = index
                    return True
        return False

    return sum(augment(index, set()) for index in range(len(gold)))


def _begins_name(text: str, start: int, end: int) -> bool:
    return text[start] == "." and start + 1 < end and text[start + 1].isalnum()
