"""One posting's graph while it is written: statements, evidence, and the nodes they lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

import pyoxigraph as ox

from kg.iris import local_name, slug
from kg.written import WrittenGraph
from ontology import terms
from ontology.terms import RDF, SCHEMA, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from decimal import Decimal

    from kg.iris import Iris
    from kg.written import Values
    from nlp.types import Evidence, Place, Posting, Stated, Term

T = TypeVar("T")
Value: TypeAlias = ox.NamedNode | ox.Literal
_TYPE: Final = RDF + "type"
_START, _END, _EXACT = (terms.OA + name for name in ("start", "end", "exact"))


@lru_cache(maxsize=50_000)
def named(term: str) -> ox.NamedNode:
    """Return a term of an ontology or a concept, made once: to look at its IRI takes a while."""
    return ox.NamedNode(term)


@cache
def _verb(term: str) -> str:
    """Return a property as it stands in lines."""
    return f" {named(term)} "


@lru_cache(maxsize=50_000)
def _link(term: str) -> str:
    """Return a term of an ontology or a concept as it stands in lines, made once."""
    return str(named(term))


@cache
def _word(name: str) -> str:
    """Return a name that code gives (a rule, a section) as it stands in lines, made once."""
    return str(ox.Literal(name))


def _quoted(words: str) -> str:
    """Return words as they stand in lines: most have no sign that is written as another."""
    if words.isprintable() and '"' not in words and "\\" not in words:
        return f'"{words}"'
    return str(ox.Literal(words))


_SELECTORS: Final = {
    f"{_verb(_TYPE)}<{terms.OA}{name}>": terms.OA + name
    for name in ("TextPositionSelector", "TextQuoteSelector")
}
_NUMBER: Final = f'"^^<{XSD}integer>'
_AT_START, _AT_END = (f'{_verb(term)}"' for term in (_START, _END))
_QUOTING, _BY_RULE, _IN_SECTION = map(_verb, (_EXACT, terms.RULE, terms.SECTION))
_PROVEN, _FOR_VALUE = map(_verb, (terms.EVIDENCE, terms.FOR_VALUE))


@dataclass
class PostingGraph:
    """The statements of one posting while they are collected; one that is added again is one.

    They are lines of N-Quads from the beginning (`kg.written`), the terms as the engine writes
    them: quads would be made only to be taken apart again.
    """

    iris: Iris
    posting: Posting
    lines: dict[str, set[str]] = field(default_factory=dict)
    """What stands in the lines behind each node."""
    values: Values = field(default_factory=dict)
    names: dict[tuple[ox.NamedNode, str], ox.Literal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.id = self.posting.id
        self.name = self.iris.graph(self.id)
        self.node = self.iris.posting(self.id)
        self.posting_iri = self.node.value

    def add(self, subject: ox.NamedNode, predicate: str, *values: Value | None) -> None:
        """Add one statement a value; None states nothing."""
        verb = _verb(predicate)
        for value in values:
            if value is not None:
                self._say(subject.value, predicate, value.value, f"{verb}{value!s}")

    def link(self, subject: str, predicate: str, term: str) -> None:
        """Add a statement of a node: that it has a concept or a term of an ontology."""
        self._say(subject, predicate, term, f"{_verb(predicate)}{_link(term)}")

    def describe(self, node: str, links: Mapping[str, str], words: Mapping[str, str]) -> None:
        """State all of it of a node of which nothing is stated yet: terms, then words."""
        lines = {f"{_verb(verb)}{_link(term)}" for verb, term in links.items()}
        lines.update([f"{_verb(verb)}{_quoted(said)}" for verb, said in words.items()])
        self.lines[node] = lines
        self.values[node] = {verb: [said] for verb, said in (*links.items(), *words.items())}

    def _say(self, node: str, predicate: str, value: str, line: str) -> None:
        lines = self.lines.get(node)
        if lines is None:
            self.lines[node] = {line}
            self.values[node] = {predicate: [value]}
        elif line not in lines:
            lines.add(line)
            self.values[node].setdefault(predicate, []).append(value)

    def call(self, node: ox.NamedNode, predicate: str, name: ox.Literal) -> None:
        """Give a node a name that is written in several ways ("Seattle", "SEATTLE").

        It keeps one, whatever their order: no capitals throughout, then the first by code point.
        """
        other = self.names.get((node, predicate), name)
        self.names[node, predicate] = min(
            name, other, key=lambda it: (it.value.isupper(), it.value)
        )

    def written(self) -> WrittenGraph:
        """Return all that was stated."""
        for (node, predicate), name in self.names.items():
            self.add(node, predicate, name)
        return WrittenGraph.of(self.name, self.lines, self.values)

    def type(self, subject: ox.NamedNode, *classes: str) -> None:
        """State what a node is."""
        self.add(subject, _TYPE, *map(named, classes))

    def state(self, predicate: str, stated: Stated[T] | None, encode: Callable[[T], Value]) -> None:
        """State a fact of the posting; its evidence names the property and the value.

        The same words may prove several facts ("Remote, CA, US": a place and a way of working):
        each has evidence of its own.
        """
        if stated is None:
            return
        value = encode(stated.value)
        text, written = value.value, str(value)
        self._say(self.posting_iri, predicate, text, f"{_verb(predicate)}{written}")
        proves = local_name(predicate), _value_name(value)
        for evidence in stated.evidence:
            node = self.evidence(self.posting_iri, evidence, *proves)
            self.link(node, terms.FOR_PROPERTY, predicate)
            self._say(node, terms.FOR_VALUE, text, f"{_FOR_VALUE}{written}")

    def evidence(self, subject: str, evidence: Evidence, *proves: str) -> str:
        """Hang the words that prove it on `subject`; `proves` names property and value."""
        start, end, words, rule, section = evidence
        node = self.iris.evidence(self.id, start, end, rule, *proves)
        self._say(subject, terms.EVIDENCE, node, f"{_PROVEN}<{node}>")
        if node not in self.lines:  # else the same rule took the same words
            # Half of all statements are of evidence: they are written at once.
            kind = section._value_
            self.lines[node] = {
                *_SELECTORS,
                f"{_AT_START}{start}{_NUMBER}",
                f"{_AT_END}{end}{_NUMBER}",
                f"{_QUOTING}{_quoted(words)}",
                f"{_BY_RULE}{_word(rule)}",
                f"{_IN_SECTION}{_word(kind)}",
            }
            self.values[node] = {
                _TYPE: [*_SELECTORS.values()],
                _START: [str(start)],
                _END: [str(end)],
                _EXACT: [words],
                terms.RULE: [rule],
                terms.SECTION: [kind],
            }
        return node

    def concept(self, kind: str, term: Term) -> ox.NamedNode:
        """Return the vocabulary's concept, or one of our own that says what it is called."""
        if term.concept:
            return named(term.concept)
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
    return ox.Literal(text, datatype=named(XSD + datatype))


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
