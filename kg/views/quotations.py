"""Quotations: one passage a side, with the number of the posting that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

    from kg.analysis.comparison import Member
    from kg.analysis.quotes import Quote
    from kg.analysis.support import Support
    from kg.passages import Passages


class Quotations:
    """What a comparison, or a ladder, quotes. A posting gets its number when it is first quoted.

    `sides` are the groups of postings that a quote can be of, such as both sides of a comparison.
    """

    def __init__(self, sides: Sequence[Sequence[Member]], passages: Passages) -> None:
        self._members = {one.posting: one for members in sides for one in members}
        self._sides = [{one.posting for one in members} for members in sides]
        self._passages = passages
        self._numbers: dict[str, int] = {}

    def of(self, support: Support) -> Text:
        """Return the first quote of each side, a line each: "[1] with «Spark» and Git"."""
        firsts = [
            next((quote for quote in support.evidence if quote.posting in side), None)
            for side in self._sides
        ]
        quotes = dict.fromkeys(quote for quote in firsts if quote)
        return self._lines(list(quotes))

    def first(self, evidence: Sequence[Quote]) -> Text:
        """Return the first of some quotes."""
        return self._lines(evidence[:1])

    def sources(self) -> list[str]:
        """Return a line for each posting quoted so far: number, file, title, identifier."""
        lines = []
        for posting, number in self._numbers.items():
            member = self._members[posting]
            known = [name for name in (member.source, member.title, posting) if name]
            lines.append(f"[{number}] {', '.join(known)}")
        return lines

    def _lines(self, quotes: Sequence[Quote]) -> Text:
        from rich.text import Text

        lines = []
        for quote in quotes:
            number = self._numbers.setdefault(quote.posting, len(self._numbers) + 1)
            lines.append(Text(f"[{number}] {self._passages.find(quote)}"))
        return Text("\n").join(lines)
