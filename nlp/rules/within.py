"""Within: the known names that stand inside a stretch of text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from nlp.document import Span


def within(known: Sequence[Span], start: int, end: int) -> tuple[Span, ...] | None:
    """Return the known spans from `start` to `end`; None where one goes over either."""
    first = bisect_left(known, (start,))
    last = bisect_left(known, (end,), first)
    if first and known[first - 1][1] > start:
        return None
    inside = tuple(known[first:last])
    return None if inside and inside[-1][1] > end else inside
