"""Literals: where the words stand that a rule cannot do without.

A literal is found a hundred times faster than an expression without case is tried at every
character, so the rules look for their expressions only near the literals.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.matcher import lower


def anchors(text: str, words: Sequence[str]) -> list[int]:
    """Return where the words begin in the text, in order; `words` are in lower case."""
    lowered = lower(text)
    found: list[int] = []
    for word in words:
        at = lowered.find(word)
        while at >= 0:
            found.append(at)
            at = lowered.find(word, at + len(word))
    return sorted(found)
