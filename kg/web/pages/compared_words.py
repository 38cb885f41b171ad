"""The words behind a row of a comparison: what each side's postings say, each leading to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.copies.counting import COPIES, check_copies
from kg.views.pages.comparison_lines import Lines
from kg.views.pages.frame import no_link
from kg.views.pages.quoting import FromStore
from kg.web.addresses import address_of, with_fields
from kg.web.page import GivenError, Page, Table
from kg.web.pages.given import choice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.analysis.comparison import Comparison
    from kg.analysis.quotes import Quote
    from kg.views.pages.comparison_lines import Named
    from kg.web.desk import Desk

COLUMNS: Final = ("side", "posting", "title", "employer", "words", "start")
SHOWN: Final = 25
"""Postings of a side that the page quotes, unless fewer or more are asked for."""
MOST: Final = 500
_LISTS: Final[Mapping[str, Callable[[Comparison], Sequence[Named]]]] = {
    "skill": lambda found: found.skills,
    "broader": lambda found: found.broader,
    "alternative": lambda found: found.alternatives,
    "degree": lambda found: found.degrees,
    "experience": lambda found: found.experience,
    "duty": lambda found: found.duties,
    "verb": lambda found: found.verbs,
    "work mode": lambda found: found.modes,
}
"""The rows of a comparison by their kind."""


@dataclass(frozen=True, slots=True)
class WordsOf:
    """Where the words of a comparison's rows have their pages."""

    a: str
    b: str
    copies: str

    def __call__(self, row: Named) -> str:
        """Return the address of a row's words."""
        return with_fields(
            "/compare/words",
            {
                "a": self.a,
                "b": self.b,
                "copies": "" if self.copies == "one" else self.copies,
                "of": row.kind,
                "name": row.label,
                "necessity": necessity_of(row),
            },
        )


def compared_words(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return what the postings of both sides say about one row. Raises `GivenError`."""
    a, b = given.get("a", ""), given.get("b", "")
    if not (a and b):
        raise GivenError("two groups are needed, a and b: the words are those of a comparison")
    copies = check_copies(choice(given, "copies", COPIES, "one"))
    found: Comparison = desk.analysis(
        ("compare", a, b, copies), lambda graph: graph.compare(a, b, copies=copies)
    )
    row = _row(found, choice(given, "of", tuple(_LISTS), "skill"), given)
    most = _number(given.get("most") or str(SHOWN))
    quoting = FromStore(desk.passages, (*found.a.members, *found.b.members), posting_at, most)

    def table() -> Table:
        rows = []
        for name, side in (("a", found.a), ("b", found.b)):
            members = {one.posting: one for one in side.members}
            rows += [
                (name, one.posting, who.title, who.employer, one.text, one.start)
                for one in row.support.evidence
                if (who := members.get(one.posting))
            ]
        return Table(COLUMNS, rows)

    shown: dict[str, object] = {
        "found": found,
        "row": row,
        "necessity": necessity_of(row),
        "columns": Lines(found, quoting, no_link).words(row.support, most),
        "back": with_fields(
            "/compare", {"a": a, "b": b, "copies": "" if copies == "one" else copies}
        ),
    }
    return Page(
        "words.html",
        f"{row.label}: {found.title}",
        lambda: [dict(zip(COLUMNS, cells, strict=True)) for cells in table().rows],
        table,
        shown,
        desk.analysed(),
        f'kg compare "{a}" "{b}" --json',
    )


def necessity_of(row: Named) -> str:
    """Return how strongly a row's postings ask for it; empty where it is no asking."""
    return str(getattr(row, "necessity", ""))


def _row(found: Comparison, kind: str, given: Mapping[str, str]) -> Named:
    name, necessity = given.get("name", ""), given.get("necessity", "")
    for row in _LISTS[kind](found):
        if row.label == name and necessity in ("", necessity_of(row)):
            return row
    asked = f"{necessity} {name}".strip()
    raise LookupError(f"the comparison has no {kind} called {asked!r}")


def posting_at(quote: Quote) -> str:
    """Return the address of a quote's posting, at its words."""
    there = address_of("posting", quote.posting)
    return there if quote.start is None else f"{there}#at-{quote.start}"


def _number(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) <= 3 and 0 < int(said) <= MOST):
        raise GivenError(f"most is a number from 1 to {MOST}, not {said[:40]!r}")
    return int(said)
