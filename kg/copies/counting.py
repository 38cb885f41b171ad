"""Counting: whether postings of one job count once or each."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

Copies: TypeAlias = Literal["one", "all"]
"""One of a group of copies counts, or all of them do."""

COPIES: Final[tuple[Copies, ...]] = get_args(Copies)


def check_copies(value: str) -> Copies:
    """Return a value as a way to count. Raises `ValueError` for another."""
    for known in COPIES:
        if value == known:
            return known
    raise ValueError(f"copies is one of {', '.join(COPIES)}, not {value!r}")
