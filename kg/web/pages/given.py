"""What was given with a page's address: numbers and choices, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.web.page import GivenError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def page_number(given: Mapping[str, str]) -> int:
    """Return which page of a long list is meant: 1 for the first. Raises `GivenError`."""
    said = given.get("page") or "1"
    if not (said.isascii() and said.isdigit() and 0 < len(said) <= 6 and int(said)):
        raise GivenError(f"page is a number from 1 on, not {said[:40]!r}")
    return int(said)


def choice(given: Mapping[str, str], name: str, among: Sequence[str], default: str) -> str:
    """Return one of several. Raises `GivenError` for another."""
    said = given.get(name) or default
    if said not in among:
        raise GivenError(f"{name} is one of {', '.join(among)}, not {said[:40]!r}")
    return said
