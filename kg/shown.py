"""What shows itself in a notebook: results of analyses, and lists of them."""

from __future__ import annotations

from typing import Final, TypeVar

TOP: Final = 150
"""Nodes that a page shows of a graph, unless more are asked for."""

T = TypeVar("T")


class Shown:
    """A result that a notebook shows as a table (`kg.views.notebook`)."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from kg.views.notebook import result_html

        return result_html(self)


class Listing(list[T]):
    """A list whose items a notebook shows as the rows of one table."""

    def _repr_html_(self) -> str:
        from kg.views.notebook import listing_html

        return listing_html(self)
