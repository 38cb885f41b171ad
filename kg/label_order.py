"""The order of labels: as in a dictionary, capitals beside small letters."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def in_label_order(labels: Iterable[str]) -> tuple[str, ...]:
    """Return distinct labels in order; two that differ in capitals alone by their code points.

    Sets have no order that lasts, so without the second rule "SAS" and "Sas" would change places
    from one run to the next.
    """
    return _in_order(frozenset(labels))


@lru_cache(maxsize=10_000)  # many postings offer the same choices
def _in_order(labels: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(labels, key=lambda label: (label.casefold(), label)))
