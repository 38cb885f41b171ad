"""Numbers with what they count: one posting, two postings."""

from __future__ import annotations


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """Return "1 posting" or "2 postings".

    >>> counted(2, "copy", "copies")
    '2 copies'
    """
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"
