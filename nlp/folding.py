"""Folding: a text in the forms in which it is compared, every character at its old place."""

from __future__ import annotations

from typing import Final

LETTERS: Final = (("ı", "i"), ("ſ", "s"), ("İ", "i"))
"""What `re.IGNORECASE` takes for ASCII letters and `str.lower` does not."""


def lowered(text: str) -> str:
    """Return the text in lower case with every character at its old place.

    `str.lower` makes two code points of "İ"; such a character stays as it is.
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def fold(text: str) -> str:
    """Return the text in lower case and in ASCII, with every character at its old place."""
    lower = lowered(text)
    return lower if lower.isascii() else _plain(lower).encode("ascii", "replace").decode()


def uncased(text: str) -> str:
    """Return the text as `re.IGNORECASE` compares it, to look up what a pattern has matched."""
    return _plain(text).lower()


def has_other_letters(text: str) -> bool:
    """Tell whether `fold` makes letters of characters that `lowered` leaves as they are."""
    return not text.isascii() and any(other in text for other, _ in LETTERS)


def _plain(text: str) -> str:
    for other, letter in LETTERS:
        text = text.replace(other, letter)
    return text
