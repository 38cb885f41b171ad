"""Rows: what a query answers, as plain Python values and as RDF terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

import pyoxigraph as ox

from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Value: TypeAlias = str | int | Decimal | bool | None
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Kind: TypeAlias = Literal["select", "ask", "construct"]
Reading: TypeAlias = Callable[[Term | None], Term | None]
"""What a term of a server's answer stands for."""

INTEGERS: Final = frozenset(
    terms.XSD + name
    for name in (
        "integer",
        "int",
        "long",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "negativeInteger",
        "nonPositiveInteger",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
        "unsignedByte",
    )
)
NUMBERS: Final = frozenset(terms.XSD + name for name in ("decimal", "double", "float"))


@dataclass(frozen=True)
class Rows:
    """The answer to a query: named columns, and one tuple of values a row.

    IRIs, dates and texts are `str`, numbers `int` or `Decimal`, an unbound column is None. `terms`
    holds the same rows as RDF terms. An ASK query answers with one row of the one column
    "answer"; CONSTRUCT and DESCRIBE with the columns "subject", "predicate" and "object", sorted.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]
    terms: Sequence[tuple[Term | None, ...]] = field(
        default_factory=list, repr=False, compare=False
    )
    kind: Kind = "select"

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> tuple[Value, ...]:
        return self.rows[index]

    def column(self, name: str) -> list[Value]:
        """Return one column's values, top to bottom. Raises `ValueError` for an unknown name."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

    def _repr_html_(self) -> str:
        from kg.views.notebook import rows_html

        return rows_html(self)

    def to_dicts(self) -> list[dict[str, Value]]:
        """Return each row as a dict from column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def in_order(self, columns: Iterable[str]) -> Rows:
        """Return the rows with their columns in this order, where it has every one of them.

        >>> Rows(("o", "s"), [(1, 2)], [(None, None)]).in_order(["s", "p", "o"]).columns
        ('s', 'o')
        """
        order = [one for one in dict.fromkeys(columns) if one in self.columns]
        if len(order) != len(self.columns) or tuple(order) == self.columns:
            return self
        places = [self.columns.index(one) for one in order]
        return Rows(
            tuple(order),
            [tuple(row[place] for place in places) for row in self.rows],
            [tuple(row[place] for place in places) for row in self.terms],
            self.kind,
        )

    def without_iris(self) -> Rows:
        """Return the rows without the columns that hold only IRIs, for people to read.

        Where every column does, they are all kept.
        """
        kept = [
            place
            for place in range(len(self.columns))
            if not all(
                row[place] is None or isinstance(row[place], ox.NamedNode) for row in self.terms
            )
            or all(row[place] is None for row in self.terms)
        ]
        if not kept or len(kept) == len(self.columns):
            return self
        return Rows(
            tuple(self.columns[place] for place in kept),
            [tuple(row[place] for place in kept) for row in self.rows],
            [tuple(row[place] for place in kept) for row in self.terms],
            self.kind,
        )

    @property
    def answer(self) -> bool:
        """What an ASK query answered; for the others, whether there is any row."""
        return self.rows == [(True,)] if self.kind == "ask" else bool(self.rows)


class Queryable(Protocol):
    """Anything that answers SPARQL with rows: the store on disk, or one behind a network."""

    def query(self, sparql: str) -> Rows:
        """Answer one SELECT, ASK, CONSTRUCT or DESCRIBE query."""
        ...


class Streaming(Queryable, Protocol):
    """A `Queryable` whose rows can be read one by one, as long as the answer may be."""

    def stream(self, sparql: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a SELECT query as texts; "" for what is not bound."""
        ...


def from_answer(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    read: Reading | None = None,
) -> Rows:
    """Turn pyoxigraph's answer into rows; everything is read, nothing stays open.

    `read` returns what a term of a row stands for, where that is not the term itself.
    """
    if isinstance(answer, ox.QueryBoolean):
        return from_boolean(bool(answer))
    if isinstance(answer, ox.QueryTriples):
        return from_triples(answer)
    columns = tuple(variable.value for variable in answer.variables)
    found = [tuple(map(read, solution)) if read else tuple(solution) for solution in answer]
    return _rows(columns, found, "select")


def texts_from(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    read: Reading | None = None,
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a SELECT query's answer as texts: IRIs and literals without their type.

    `read` returns what a term of a row stands for, where that is not the term itself.
    """
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError("only SELECT queries are read row by row")
    for solution in answer:
        yield tuple([text_of(term) for term in (map(read, solution) if read else solution)])


def text_of(term: Term | None) -> str:
    """Return the text of a term, "" for none."""
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.Triple) else term.value


def from_boolean(yes: bool) -> Rows:
    """Return what an ASK query answers."""
    literal = ox.Literal("true" if yes else "false", datatype=ox.NamedNode(terms.XSD + "boolean"))
    return Rows(("answer",), [(yes,)], [(literal,)], "ask")


def from_triples(triples: Iterable[ox.Triple | ox.Quad]) -> Rows:
    """Turn the graph that a CONSTRUCT or DESCRIBE answers with into rows, sorted."""
    found = sorted({(t.subject, t.predicate, t.object) for t in triples}, key=str)
    return _rows(("subject", "predicate", "object"), list(found), "construct")


def to_value(term: Term | None) -> Value:
    """Return the plain value of a term; a number that is badly written stays a text."""
    if term is None:
        return None
    if isinstance(term, ox.Triple):
        return str(term)
    if not isinstance(term, ox.Literal):
        return term.value
    return literal_value(term.value, term.datatype.value)


def _rows(columns: tuple[str, ...], found: list[tuple[Term | None, ...]], kind: Kind) -> Rows:
    return Rows(columns, [tuple(to_value(term) for term in row) for row in found], found, kind)


def literal_value(text: str, datatype: str) -> Value:
    """Return the plain value of a literal by its datatype's IRI."""
    try:
        if datatype in INTEGERS:
            return int(text)
        if datatype in NUMBERS:
            return Decimal(text)
    except (ValueError, InvalidOperation):
        return text
    if datatype == terms.XSD + "boolean" and text in {"true", "false", "1", "0"}:
        return text in {"true", "1"}
    return text
