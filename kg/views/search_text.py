"""What a search found, as text."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kg.printing import console, print_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.search.searching import Hit


def print_hits(hits: Sequence[Hit]) -> None:
    """Print the hits, a table a kind."""
    to = console()
    if not hits:
        to.print("Nothing was found; try fewer or other words.")
    for kind, found in groupby(hits, key=lambda hit: hit.kind):
        rows = list(found)
        if rows[0].postings is None:
            columns = ["posting", "asks for", "words", "id"]
            lines = [[hit.label, ", ".join(hit.by), hit.words, hit.id] for hit in rows]
        else:
            columns = [kind.value, "postings"]
            lines = [[hit.label, str(hit.postings)] for hit in rows]
        title = f"{kind.value.capitalize()}s ({len(rows)})"
        print_table(to, columns, lines, title=title)
        to.print()
