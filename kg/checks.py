"""What SHACL core cannot say about a graph: words against text, hashes, counts, short edges."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.necessities import NECESSITY_TERMS, SHORT_EDGES
from kg.pay import annual
from nlp.types import Pay
from ontology import terms
from ontology.terms import OA, PROV, RDF, SCHEMA, SKOS

TYPE: Final = RDF + "type"
KINDS: Final = (
    terms.SKILL_REQUIREMENT,
    terms.DEGREE_REQUIREMENT,
    terms.EXPERIENCE_REQUIREMENT,
)
CLASSES: Final = frozenset(
    {
        *KINDS,
        terms.ALTERNATIVE,
        terms.CANDIDATE,
        terms.RELATED_POSTING,
        OA + "TextPositionSelector",
        OA + "TextQuoteSelector",
        PROV + "Entity",
        SCHEMA + "Country",
        SCHEMA + "JobPosting",
        SCHEMA + "MonetaryAmount",
        SCHEMA + "Organization",
        SCHEMA + "Place",
        SCHEMA + "PostalAddress",
        SCHEMA + "QuantitativeValue",
        SKOS + "Concept",
    }
)
"""What a node of a posting's graph may be: a shape looks at each of them."""
EDGES: Final = {SHORT_EDGES[necessity]: term for necessity, term in NECESSITY_TERMS.items()}
NOT_STATED: Final = frozenset(
    {
        TYPE,
        PROV + "wasDerivedFrom",
        SCHEMA + "baseSalary",
        SCHEMA + "estimatedSalary",
        SCHEMA + "identifier",
        terms.ACCEPTS_SKILL,
        terms.EVIDENCE,
        terms.FLAG,
        terms.HAS_ALTERNATIVE,
        terms.HAS_CANDIDATE,
        terms.HAS_REQUIREMENT,
        terms.RELATED,
        *EDGES,
    }
)
"""Properties of a posting that are not proven by words of its own: they are not from the text,
or lead to a node that has its own evidence. All others are taken from the text."""


_START, _END, _EXACT = (OA + name for name in ("start", "end", "exact"))
_NONE: Final = (None,)

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def text_of(term: Term) -> str:
    """Return an IRI or the words of a literal; of anything else its N-Triples form."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


@dataclass(frozen=True, slots=True)
class Fault:
    """A node that fails a check: what was found, and what to do."""

    node: str
    shape: str
    path: str | None
    message: str
    remedy: str


@dataclass(slots=True)
class Index:
    """The statements of one graph, by subject and predicate."""

    name: str
    values: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    blank: set[str] = field(default_factory=set)
    _of_class: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, quads: Iterable[ox.Quad]) -> Index:
        """Return the index of `quads`, all of the graph `name`."""
        index = cls(name)
        last, values = None, {}
        for quad in quads:
            subject, value = quad.subject, quad.object
            if subject != last:  # the quads of a node come together as a rule
                last, values = subject, index.values.setdefault(text_of(subject), {})
                index._note(subject)
            if not isinstance(value, ox.NamedNode | ox.Literal):
                index._note(value)
            values.setdefault(quad.predicate.value, []).append(text_of(value))
        return index

    def _note(self, term: Term) -> None:
        if isinstance(term, ox.BlankNode):
            self.blank.add(str(term))

    def all(self, subject: str, predicate: str) -> list[str]:
        """Return the values of a property, as text."""
        said = self.values.get(subject)
        return said.get(predicate, []) if said else []

    def one(self, subject: str, predicate: str) -> str | None:
        """Return the first value of a property, or None."""
        said = self.values.get(subject)
        found = said.get(predicate) if said else None
        return found[0] if found else None

    def instances(self, *classes: str) -> list[str]:
        """Return the nodes of any of the classes, sorted."""
        if not self._of_class:
            for node, said in self.values.items():
                for name in said.get(TYPE, ()):
                    self._of_class.setdefault(name, []).append(node)
        return sorted({node for name in classes for node in self._of_class.get(name, ())})


Check = Callable[[Index], Iterator[Fault]]


def no_blank_nodes(index: Index) -> Iterator[Fault]:
    """Report blank nodes: they differ from one reading to the next."""
    for node in sorted(index.blank):
        remedy = "Give the node an IRI made from its content, with kg/iris.py."
        yield Fault(node, "NoBlankNodes", None, "is a blank node", remedy)


def known_classes(index: Index) -> Iterator[Fault]:
    """Report nodes without a class, or with a misspelt one: they would escape every shape."""
    classes = {node: said.get(TYPE, ()) for node, said in index.values.items()}
    for node in sorted(
        [node for node, found in classes.items() if not found or not CLASSES.issuperset(found)]
    ):
        unknown = sorted({*classes[node]} - CLASSES)
        message = f"is {', '.join(map(repr, unknown))}" if unknown else "too few values"
        remedy = "Say what the node is, with a class that ontology/rolegraph.ttl lists."
        yield Fault(node, "KnownClasses", TYPE, message, remedy)


def one_posting(index: Index) -> Iterator[Fault]:
    """Report a graph that is not about one posting, or does not bear its id."""
    postings = index.instances(SCHEMA + "JobPosting")
    if len(postings) != 1:
        message = f"the graph has {len(postings)} nodes of schema:JobPosting"
        remedy = "Give each posting a graph of its own, and each graph its posting."
        yield Fault(index.name, "OnePosting", None, message, remedy)
    for posting in postings:
        path, name = SCHEMA + "identifier", index.name.rsplit("/", 1)[-1]
        if name not in index.all(posting, path):
            message = f"is not {name!r}, the name of the graph"
            remedy = "Name the graph of a posting by the posting's id."
            yield Fault(posting, "OnePosting", path, message, remedy)


def text_hash(index: Index) -> Iterator[Fault]:
    """Report a text that is not what its hash says: offsets would point elsewhere."""
    for node in sorted(node for node, said in index.values.items() if RDF + "value" in said):
        text = index.one(node, RDF + "value") or ""
        found = hashlib.sha256(text.encode()).hexdigest()
        if found not in index.all(node, terms.SHA256):
            message = f"is not the text's SHA-256, {found}"
            remedy = "The stored text was changed: build the posting again from its document."
            yield Fault(node, "TextHash", terms.SHA256, message, remedy)


def quoted_words(index: Index) -> Iterator[Fault]:
    """Report evidence that does not quote the text between its offsets, word for word."""
    texts = [
        text
        for posting in index.instances(SCHEMA + "JobPosting")
        for node in index.all(posting, PROV + "wasDerivedFrom")
        for text in index.all(node, RDF + "value")
    ]
    for node in index.instances(OA + "TextPositionSelector", OA + "TextQuoteSelector"):
        said = index.values[node]
        words = said.get(_EXACT, _NONE)[0]
        start, end = _count(said.get(_START, _NONE)[0]), _count(said.get(_END, _NONE)[0])
        if not texts or words is None or start is None or end is None:
            continue  # the shapes Posting and Evidence report these
        found = [text[start:end] for text in texts]
        if words not in found:
            message = f"is {words!r}, the text from {start} to {end} is {found[0]!r}"
            remedy = "Take offsets and words from the stored text, after all repairs of it."
            yield Fault(node, "QuotedWords", OA + "exact", message, remedy)


def stated_facts(index: Index) -> Iterator[Fault]:
    """Report facts of a posting that no words prove, and words that prove what is not stated."""
    for posting in index.instances(SCHEMA + "JobPosting"):
        stated = {
            (path, value)
            for path, values in index.values[posting].items()
            if path not in NOT_STATED
            for value in values
        }
        proven: set[tuple[str, str]] = set()
        for node in index.all(posting, terms.EVIDENCE):
            facts = set(
                product(index.all(node, terms.FOR_PROPERTY), index.all(node, terms.FOR_VALUE))
            )
            proven |= facts
            if not facts or not facts <= stated:
                message = "proves nothing that the posting states"
                remedy = "State the fact that rg:forProperty and rg:forValue name, or remove it."
                yield Fault(node, "StatedFacts", terms.FOR_PROPERTY, message, remedy)
        for path, value in sorted(stated - proven):
            message = f"{value!r} has no evidence"
            remedy = "Hang the words on the posting, with rg:forProperty and rg:forValue."
            yield Fault(posting, "StatedFacts", path, message, remedy)


def alternative_minimum(index: Index) -> Iterator[Fault]:
    """Report an alternative that asks for more members than it has."""
    for node in index.instances(terms.ALTERNATIVE):
        minimum = _count(index.one(node, terms.MINIMUM))
        members = len(index.all(node, terms.MEMBER))
        if minimum is not None and minimum > members:
            message = f"is {minimum}, but there are {members} members"
            remedy = "Lower rg:minimum, or add the members that are missing."
            yield Fault(node, "AlternativeMinimum", terms.MINIMUM, message, remedy)


def annual_pay(index: Index) -> Iterator[Fault]:
    """Report annual amounts other than those that `kg.pay.annual` derives."""
    for node in index.instances(SCHEMA + "MonetaryAmount"):
        value = index.one(node, SCHEMA + "value") or ""
        low, high = (_decimal(index.one(value, SCHEMA + name)) for name in ("minValue", "maxValue"))
        period = index.one(value, SCHEMA + "unitText")
        derived = annual(Pay(low, high, None, period))
        for path, amount in zip((terms.ANNUAL_MINIMUM, terms.ANNUAL_MAXIMUM), derived, strict=True):
            found = _decimal(index.one(node, path))
            if found != amount:
                message = f"is {found}, derived is {amount}"
                remedy = "Derive it once with kg/pay.py, from the stated amount and period."
                yield Fault(node, "AnnualPay", path, message, remedy)


def short_edges(index: Index) -> Iterator[Fault]:
    """Report short edges that say more or less than the requirement nodes."""
    members = {
        member
        for alternative in index.instances(terms.ALTERNATIVE)
        for member in index.all(alternative, terms.MEMBER)
    }
    for posting in index.instances(SCHEMA + "JobPosting"):
        meant: dict[str, set[str]] = {edge: set() for edge in (*EDGES, terms.ACCEPTS_SKILL)}
        for node in index.all(posting, terms.HAS_REQUIREMENT):
            skills = index.all(node, terms.SKILL)
            if node in members:
                meant[terms.ACCEPTS_SKILL].update(skills)
                continue
            for edge, necessity in EDGES.items():
                if necessity in index.all(node, terms.NECESSITY):
                    meant[edge].update(skills)
        for edge, expected in meant.items():
            yield from _differences(posting, edge, set(index.all(posting, edge)), expected)


def no_broader_cycle(index: Index) -> Iterator[Fault]:
    """Report a concept that is broader than itself, at however many removes."""
    path = SKOS + "broader"
    for node in sorted(index.values):
        seen: set[str] = set()
        todo = index.all(node, path)[:]
        while todo:
            above = todo.pop()
            if above not in seen:
                seen.add(above)
                todo += index.all(above, path)
        if node in seen:
            remedy = "Take one skos:broader out of the circle."
            yield Fault(node, "NoBroaderCycle", path, "leads back to it", remedy)


POSTING_CHECKS: Final[tuple[Check, ...]] = (
    no_blank_nodes,
    known_classes,
    one_posting,
    text_hash,
    quoted_words,
    stated_facts,
    alternative_minimum,
    annual_pay,
    short_edges,
)
VOCABULARY_CHECKS: Final[tuple[Check, ...]] = (no_blank_nodes, no_broader_cycle)


def _differences(posting: str, edge: str, found: set[str], meant: set[str]) -> Iterator[Fault]:
    for skill in sorted(found - meant):
        message = f"{skill} has no requirement of that kind"
        remedy = "Remove the short edge, or write the requirement that it stands for."
        yield Fault(posting, "ShortEdges", edge, message, remedy)
    for skill in sorted(meant - found):
        message = f"{skill} is missing beside its requirement"
        remedy = "Write the short edge beside the requirement."
        yield Fault(posting, "ShortEdges", edge, message, remedy)


def _count(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None


def _decimal(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except ArithmeticError:
        return None  # the shapes Pay and PayValue report it
