"""Two groups that are asked to be compared: where their pages are, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.copies.counting import COPIES, check_copies
from kg.web.addresses import with_fields
from kg.web.pages.given import choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.analysis.comparison import Comparison
    from kg.analysis.comparison_rows import SupportedRow
    from kg.copies.counting import Copies
    from kg.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups by their names, either of which may be missing, and which copies count."""

    a: str
    b: str
    copies: Copies

    @classmethod
    def of(cls, a: str, b: str, given: Mapping[str, str]) -> Pair:
        """Return two groups. Raises `GivenError` for another way to count than there is."""
        return cls(a, b, check_copies(choice(given, "copies", COPIES, "one")))

    @property
    def swapped(self) -> Pair:
        """The same, the other way round."""
        return replace(self, a=self.b, b=self.a)

    @property
    def address(self) -> str:
        """Where they are compared."""
        return with_fields("/compare", self._fields())

    @property
    def command(self) -> str:
        """What prints the same on a terminal."""
        counted = "" if self.copies == "one" else f" --copies {self.copies}"
        return f'kg compare "{self.a}" "{self.b}"{counted}'

    def words_at(self, row: SupportedRow) -> str:
        """Return where the words of a row of the comparison have a page of their own."""
        of = {"of": row.kind, "name": row.label, "necessity": necessity_of(row)}
        return with_fields("/compare/words", {**self._fields(), **of})

    def compared(self, desk: Desk) -> Comparison:
        """Return the comparison, made once as long as the store stays as it is."""
        found: Comparison = desk.analysis(
            ("compare", self.a, self.b, self.copies),
            lambda graph: graph.compare(self.a, self.b, copies=self.copies),
        )
        return found

    def _fields(self) -> dict[str, str]:
        return {"a": self.a, "b": self.b, "copies": "" if self.copies == "one" else self.copies}


def necessity_of(row: SupportedRow) -> str:
    """Return how strongly a row's postings ask for it; empty where it is no asking."""
    return str(getattr(row, "necessity", ""))
