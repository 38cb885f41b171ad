"""The words behind a row of a comparison: what each side's postings say, each leading to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.analysis.comparison import KINDS
from kg.views.pages.comparison_lines import Lines
from kg.views.pages.frame import no_link
from kg.views.pages.quoting import FromStore
from kg.web.addresses import quote_address
from kg.web.page import GivenError, Page, Table
from kg.web.pages.given import choice, whole_number
from kg.web.pages.pair import Pair, necessity_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.analysis.comparison import Comparison
    from kg.analysis.comparison_rows import SupportedRow
    from kg.web.desk import Desk

COLUMNS: Final = ("side", "posting", "title", "employer", "words", "start")
SHOWN: Final = 25
"""Postings of a side that the page quotes, unless fewer or more are asked for."""
MOST: Final = 500


def compared_words(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return what the postings of both sides say about one row. Raises `GivenError`."""
    pair = Pair.of(given.get("a", ""), given.get("b", ""), given)
    if not (pair.a and pair.b):
        raise GivenError("two groups are needed, a and b: the words are those of a comparison")
    found = pair.compared(desk)
    row = _row(found, choice(given, "of", KINDS, KINDS[0]), given)
    most = whole_number(given, "most", SHOWN, MOST)
    quoting = FromStore(desk.passages, (*found.a.members, *found.b.members), quote_address, most)

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
        "back": pair.address,
    }
    return Page(
        "words.html",
        f"{row.label}: {found.title}",
        lambda: [dict(zip(COLUMNS, cells, strict=True)) for cells in table().rows],
        table,
        shown,
        desk.analysed(),
        f"{pair.command} --json",
    )


def _row(found: Comparison, kind: str, given: Mapping[str, str]) -> SupportedRow:
    name, necessity = given.get("name", ""), given.get("necessity", "")
    for row in found.of_kind(kind):
        if row.label == name and necessity in ("", necessity_of(row)):
            return row
    asked = f"{necessity} {name}".strip()
    raise LookupError(f"the comparison has no {kind} called {asked!r}")
