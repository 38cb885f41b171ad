"""What was given with a page's address: numbers and choices, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.web.page import GivenError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def page_number(given: Mapping[str, str]) -> int:
    """Return which page of a long list is meant: 1 for the first. Raises `GivenError`."""
    return whole_number(given, "page", 1)


def whole_number(given: Mapping[str, str], name: str, default: int, most: int | None = None) -> int:
    """Return a number from 1 on. Raises `GivenError` for another, and for more than `most`."""
    said = given.get(name) or str(default)
    is_number = said.isascii() and said.isdigit() and len(said) <= 6 and int(said) > 0
    if not is_number or (most is not None and int(said) > most):
        until = "on" if most is None else f"to {most}"
        raise GivenError(f"{name} is a number from 1 {until}, not {said[:40]!r}")
    return int(said)


def choice(given: Mapping[str, str], name: str, among: Sequence[str], default: str) -> str:
    """Return one of several. Raises `GivenError` for another."""
    said = given.get(name) or default
    if said not in among:
        raise GivenError(f"{name} is one of {', '.join(among)}, not {said[:40]!r}")
    return said
