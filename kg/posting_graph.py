"""One posting's graph while it is written: statements, evidence, and the nodes they lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, TypeVar

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


@dataclass
class PostingGraph:
    """The quads of one posting while they are collected."""

    iris: Iris
    posting: Posting
    quads: set[ox.Quad] = field(default_factory=set)
    names: dict[tuple[ox.NamedNode, str], ox.Literal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.id = self.posting.id
        self.name = self.iris.graph(self.id)
        self.node = self.iris.posting(self.id)

    def add(self, subject: ox.NamedNode, predicate: str, *values: Value | None) -> None:
        """Add one statement a value; None states nothing."""
        verb = ox.NamedNode(predicate)
        self.quads |= {
            ox.Quad(subject, verb, value, self.name) for value in values if value is not None
        }

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
        return sorted(self.quads, key=str)

    def type(self, subject: ox.NamedNode, *classes: str) -> None:
        """State what a node is."""
        self.add(subject, RDF + "type", *map(ox.NamedNode, classes))

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
            self.add(node, terms.FOR_PROPERTY, ox.NamedNode(predicate))
            self.add(node, terms.FOR_VALUE, value)

    def evidence(self, subject: ox.NamedNode, evidence: Evidence, *proves: str) -> ox.NamedNode:
        """Hang the words that prove it on `subject`; `proves` names property and value."""
        where = evidence.start, evidence.end, evidence.rule
        node = self.iris.evidence(self.id, *where, *proves)
        self.add(subject, terms.EVIDENCE, node)
        self.type(node, terms.OA + "TextPositionSelector", terms.OA + "TextQuoteSelector")
        self.add(node, terms.OA + "start", integer(evidence.start))
        self.add(node, terms.OA + "end", integer(evidence.end))
        self.add(node, terms.OA + "exact", ox.Literal(evidence.text))
        self.add(node, terms.RULE, ox.Literal(evidence.rule))
        self.add(node, terms.SECTION, ox.Literal(evidence.section.value))
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
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


def integer(value: int) -> ox.Literal:
    """Return a whole number."""
    return _typed(str(value), "integer")


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
