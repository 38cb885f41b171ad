"""One posting's graph while it is written: statements, evidence, and the nodes they lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

import pyoxigraph as ox

from kg.iris import local_name, slug
from ontology import terms
from ontology.terms import RDF, SCHEMA, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from decimal import Decimal

    from kg.iris import Iris
    from nlp.types import Evidence, Place, Posting, Stated, Term

T = TypeVar("T")
Value: TypeAlias = ox.NamedNode | ox.Literal
_TYPE: Final = RDF + "type"
_START, _END, _EXACT = (terms.OA + name for name in ("start", "end", "exact"))


@cache
def _known(term: str) -> ox.NamedNode:
    """Return a term of an ontology, made once: there are some hundred."""
    return ox.NamedNode(term)


@cache
def _word(name: str) -> ox.Literal:
    """Return a name that code gives (a rule, a section), made once."""
    return ox.Literal(name)


_SELECTORS: Final = tuple(
    _known(terms.OA + name) for name in ("TextPositionSelector", "TextQuoteSelector")
)


@dataclass
class PostingGraph:
    """The quads of one posting while they are collected; one that is added again is one."""

    iris: Iris
    posting: Posting
    quads: list[ox.Quad] = field(default_factory=list)
    names: dict[tuple[ox.NamedNode, str], ox.Literal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.id = self.posting.id
        self.name = self.iris.graph(self.id)
        self.node = self.iris.posting(self.id)

    def add(self, subject: ox.NamedNode, predicate: str, *values: Value | None) -> None:
        """Add one statement a value; None states nothing."""
        verb = _known(predicate)
        for value in values:
            if value is not None:
                self.quads.append(ox.Quad(subject, verb, value, self.name))

    def call(self, node: ox.NamedNode, predicate: str, name: ox.Literal) -> None:
        """Give a node a name that is written in several ways ("Seattle", "SEATTLE").

        It keeps one, whatever their order: no capitals throughout, then the first by code point.
        """
        other = self.names.get((node, predicate), name)
        self.names[node, predicate] = min(
            name, other, key=lambda it: (it.value.isupper(), it.value)
        )

    def sorted(self) -> list[ox.Quad]:
        """Return all quads, sorted by their N-Quads form."""
        for (node, predicate), name in self.names.items():
            self.add(node, predicate, name)
        return sorted(set(self.quads), key=str)

    def type(self, subject: ox.NamedNode, *classes: str) -> None:
        """State what a node is."""
        self.add(subject, _TYPE, *map(_known, classes))

    def state(self, predicate: str, stated: Stated[T] | None, encode: Callable[[T], Value]) -> None:
        """State a fact of the posting; its evidence names the property and the value.

        The same words may prove several facts ("Remote, CA, US": a place and a way of working):
        each has evidence of its own.
        """
        if stated is None:
            return
        value = encode(stated.value)
        self.add(self.node, predicate, value)
        for evidence in stated.evidence:
            node = self.evidence(self.node, evidence, local_name(predicate), _value_name(value))
            self.add(node, terms.FOR_PROPERTY, _known(predicate))
            self.add(node, terms.FOR_VALUE, value)

    def evidence(self, subject: ox.NamedNode, evidence: Evidence, *proves: str) -> ox.NamedNode:
        """Hang the words that prove it on `subject`; `proves` names property and value."""
        where = evidence.start, evidence.end, evidence.rule
        node = self.iris.evidence(self.id, *where, *proves)
        self.add(subject, terms.EVIDENCE, node)
        self.add(node, _TYPE, *_SELECTORS)
        self.add(node, _START, _whole_number(evidence.start))
        self.add(node, _END, _whole_number(evidence.end))
        self.add(node, _EXACT, ox.Literal(evidence.text))
        self.add(node, terms.RULE, _word(evidence.rule))
        self.add(node, terms.SECTION, _word(evidence.section.value))
        return node

    def concept(self, kind: str, term: Term) -> ox.NamedNode:
        """Return the vocabulary's concept, or one of our own that says what it is called."""
        if term.concept:
            return ox.NamedNode(term.concept)
        node = self.iris.concept(kind, term.label)
        self.type(node, SKOS + "Concept")
        self.call(node, SKOS + "prefLabel", ox.Literal(term.label, language="en"))
        self.add(node, SKOS + "inScheme", ox.NamedNode(f"{terms.VOCABULARY}{kind}s"))
        return node

    def role(self, term: Term) -> ox.NamedNode:
        """Return the node of a role."""
        return self.concept("role", term)

    def level(self, term: Term) -> ox.NamedNode:
        """Return the node of a level."""
        return self.concept("level", term)

    def employer(self, name: str) -> ox.NamedNode:
        """Return the node of an employer, described."""
        node = self.iris.employer(name)
        self.type(node, SCHEMA + "Organization")
        self.call(node, SCHEMA + "name", ox.Literal(name))
        return node

    def country(self, code: str) -> ox.NamedNode:
        """Return the node of a country, described."""
        node = self.iris.country(code)
        self.type(node, SCHEMA + "Country")
        self.add(node, SCHEMA + "identifier", ox.Literal(code))
        return node

    def place(self, place: Place) -> ox.NamedNode:
        """Return the node of a place, described."""
        node = self.iris.place(place)
        self.type(node, SCHEMA + "Place")
        self.call(node, SCHEMA + "name", ox.Literal(place_name(place)))
        if place.remote:
            self.add(node, terms.WORK_MODE, ox.Literal("remote"))
        parts = {
            "addressLocality": place.city,
            "addressRegion": place.region,
            "addressCountry": place.country,
        }
        if any(parts.values()):
            address = self.iris.address(place)
            self.add(node, SCHEMA + "address", address)
            self.type(address, SCHEMA + "PostalAddress")
            for name, part in parts.items():
                if part:
                    self.call(address, SCHEMA + name, ox.Literal(part))
        return node


def _value_name(value: Value) -> str:
    return local_name(value.value) if isinstance(value, ox.NamedNode) else slug(value.value)


def place_name(place: Place) -> str:
    """Return what a place is called: "Austin, TX, US", "remote"."""
    parts = [part for part in (place.city, place.region, place.country) if part]
    return ", ".join([*parts, *(["remote"] if place.remote else [])])


def _typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=_known(XSD + datatype))


def integer(value: int) -> ox.Literal:
    """Return a whole number."""
    return _typed(str(value), "integer")


@lru_cache(maxsize=10_000)
def _whole_number(value: int) -> ox.Literal:
    """Return an offset: most lie in the first ten thousand characters, posting by posting."""
    return integer(value)


def boolean(value: bool) -> ox.Literal:
    """Return true or false."""
    return _typed("true" if value else "false", "boolean")


def decimal(value: Decimal | None) -> ox.Literal | None:
    """Return a decimal in canonical form, the one in which the store keeps it."""
    if value is None:
        return None
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return _typed(text, "decimal")


def day(value: date) -> ox.Literal:
    """Return a date."""
    return _typed(value.isoformat(), "date")


def month(value: str) -> ox.Literal:
    """Return a month, written YYYY-MM."""
    return _typed(value, "gYearMonth")
