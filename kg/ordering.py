"""Ordering: an answer's rows sorted here, as the ORDER BY of its question says.

A question is plain SPARQL and any server sorts it. But engines are slow at it, or wrong: Oxigraph
looks the texts up anew at every comparison, so 10,000 rows by their title take it half a second,
and here a fiftieth of one; Virtuoso 7 puts long texts before short ones (`kg.dialects`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.columned import BLANK, IRI, NONE, STRING, TRIPLE, Columned, said_of
from kg.rows import INTEGERS, NUMBERS, Rows
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.columned import Said
    from kg.rows import Term

Place: TypeAlias = tuple[int] | tuple[int, Decimal | datetime] | tuple[int, str, str]
"""Where a term stands: by its kind first, for only like is compared with like."""

_KEY: Final = re.compile(r"(DESC)?\(?(?:(LCASE)\()?\?(\w+)\)*")
_ORDER: Final = re.compile(r"^ORDER BY ((?:(?:DESC\()?(?:LCASE\()?\?\w+\)* ?)+)\s*\Z", re.MULTILINE)
_SELECT: Final = re.compile(r"^SELECT ([^{]*?)\s+WHERE \{", re.MULTILINE)
_COLUMN: Final = re.compile(r"\(.+? AS \?(\w+)\)|\?(\w+)", re.DOTALL)
_DATES: Final = terms.XSD + "dateTime"


@dataclass(frozen=True, slots=True)
class Key:
    """One thing to sort by."""

    column: str
    falls: bool
    is_folded: bool


@dataclass(frozen=True, slots=True)
class Order:
    """What a question's rows are sorted by, and which of that is none of its columns."""

    keys: tuple[Key, ...]
    hidden: tuple[str, ...]

    @classmethod
    def of(cls, sparql: str) -> Order | None:
        """Read the ORDER BY at a question's end; None where it is left to the engine.

        That is where it cuts rows off, sorts by more than columns and their LCASE, or has SELECT
        DISTINCT and sorts by what is no column: a column more could keep two rows apart.
        """
        order, select = _ORDER.search(sparql), _SELECT.search(sparql)
        if order is None or select is None:
            return None
        keys = tuple(
            Key(column, bool(falls), bool(folded))
            for falls, folded, column in _KEY.findall(order[1])
        )
        columns = {made or taken for made, taken in _COLUMN.findall(select[1])}
        hidden = tuple(dict.fromkeys(key.column for key in keys if key.column not in columns))
        return None if hidden and select[1].startswith("DISTINCT") else cls(keys, hidden)

    def left_out(self, sparql: str) -> str:
        """Return the question without its ORDER BY, with all that it sorts by as columns."""
        unsorted = _ORDER.sub("", sparql)
        more = "".join(f" ?{name}" for name in self.hidden)
        return _SELECT.sub(lambda found: f"SELECT {found[1]}{more} WHERE {{", unsorted, count=1)

    def sorted(self, rows: Rows) -> Rows:
        """Return the rows in order, without the columns that were only there to sort by."""
        order = list(range(len(rows)))
        for key in reversed(self.keys):  # the first is sorted by last, for sorting is stable
            order.sort(key=_ranks(rows, key).__getitem__, reverse=key.falls)
        kept = len(rows.columns) - len(self.hidden)
        found = list(map(rows.rows.__getitem__, order))
        terms: Sequence[tuple[Term | None, ...]]
        if isinstance(rows.terms, Columned):
            terms = rows.terms.at(order, kept)
        else:
            terms = [rows.terms[place][:kept] for place in order]
        return Rows(
            rows.columns[:kept], [row[:kept] for row in found] if self.hidden else found, terms
        )


def _ranks(rows: Rows, key: Key) -> list[int]:
    """Return the rank of each row by a key; what is alike is ranked once."""
    column = rows.columns.index(key.column)
    place_of = _folded if key.is_folded else _place
    if isinstance(rows.terms, Columned):
        places = [place_of(said) for said in rows.terms.said[column]]
        of_rows = rows.terms.places[column]
    else:
        of_term: dict[Term | None, int] = {}
        of_rows = [of_term.setdefault(row[column], len(of_term)) for row in rows.terms]
        places = [place_of(said_of(term)) for term in of_term]
    known = {place: rank for rank, place in enumerate(sorted(set(places)))}
    ranks = [known[place] for place in places]
    return [ranks[one] for one in of_rows]


def _place(said: Said, fold: Callable[[str], str] = str) -> Place:
    """Return where a term stands: nothing, blank nodes, IRIs, numbers and dates, then texts."""
    text, kind = said
    if kind == NONE:
        return (0,)
    if kind in {IRI, BLANK, TRIPLE}:
        return (1 if kind == BLANK else 2, text, "")
    try:
        if kind in INTEGERS or kind in NUMBERS:
            number = Decimal(text)
            return (3, number) if number.is_finite() else (5, text, "")
        if kind == _DATES:
            date = datetime.fromisoformat(text)
            return (4, date if date.tzinfo else date.replace(tzinfo=UTC))
    except (InvalidOperation, ValueError):  # badly written: a text like others
        return (5, text, "")
    return (5, fold(text), kind[1:] if kind.startswith("@") else "")


def _folded(said: Said) -> Place:
    """Return where a text stands in lower case; what is no text has none, and stands first."""
    is_text = said[1] == STRING or said[1].startswith("@")
    return _place(said, str.lower) if is_text else (0,)
