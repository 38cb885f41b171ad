"""The ontology as its file describes it: classes, properties, and what is borrowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ontology.terms import DCTERMS, OA, PROV, RDF, RDFS, RG, SCHEMA, SKOS, XSD
from ontology.vocabulary import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

OWL: Final = "http://www.w3.org/2002/07/owl#"
ORG: Final = "http://www.w3.org/ns/org#"
ESCO: Final = "http://data.europa.eu/esco/model#"
FILE: Final = FOLDER / "rolegraph.ttl"
SHORT: Final = {
    "dcterms": DCTERMS,
    "esco": ESCO,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "rg": RG,
    "schema": SCHEMA,
    "skos": SKOS,
    "xsd": XSD,
}
"""Prefixes of the terms that the ontology speaks of."""
MAPPINGS: Final = {
    RDFS + "subClassOf": "a kind of",
    RDFS + "subPropertyOf": "a kind of",
    OWL + "equivalentClass": "the same as",
    OWL + "equivalentProperty": "the same as",
    SKOS + "closeMatch": "close to",
    SKOS + "relatedMatch": "related to",
}
"""How a term is tied to others, in words."""


@dataclass(frozen=True, slots=True)
class Described:
    """A class, property or individual. All IRIs are short ("rg:skill"), all lists sorted.

    `domains` and `ranges` are the narrower classes where the file names them beside a wide one.
    `mappings` are pairs of "a kind of" and the like, and a term. `note` is what a borrowed term is
    used for; terms of our own have a label, a comment and an example.
    """

    name: str
    kinds: tuple[str, ...]
    label: str
    comment: str
    examples: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    mappings: tuple[tuple[str, str], ...]
    note: str
    iri: str

    @property
    def is_class(self) -> bool:
        """Say whether it is a class."""
        return bool({"owl:Class", "rdfs:Class"} & set(self.kinds))

    @property
    def is_individual(self) -> bool:
        """Say whether it is one of the individuals that the ontology names."""
        return "owl:NamedIndividual" in self.kinds

    @property
    def is_edge(self) -> bool:
        """Say whether it leads from node to node."""
        return not self.is_class and bool(self.ranges) and not self.ranges[0].startswith("xsd:")


@dataclass(frozen=True, slots=True)
class Ontology:
    """The ontology: what it says of itself, its own terms and those it borrows, in its order."""

    title: str
    description: str
    version: str
    iri: str
    licence: str
    changes: tuple[str, ...]
    note: str
    own: tuple[Described, ...]
    borrowed: tuple[Described, ...]

    @property
    def classes(self) -> tuple[Described, ...]:
        """Classes of its own."""
        return tuple(term for term in self.own if term.is_class)

    @property
    def properties(self) -> tuple[Described, ...]:
        """Properties of its own."""
        return tuple(term for term in self.own if not term.is_class and not term.is_individual)

    @property
    def individuals(self) -> tuple[Described, ...]:
        """Individuals that it names."""
        return tuple(term for term in self.own if term.is_individual)


def short_name(iri: str) -> str:
    """Return an IRI with its prefix; one without a known prefix as it is."""
    for prefix, start in SHORT.items():
        if iri.startswith(start) and iri != start:
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


def read_ontology(file: Path = FILE) -> Ontology:
    """Read an ontology's file. Raises `ValueError` where it names no ontology."""
    said: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
            values = said.setdefault(quad.subject.value, {})
            values.setdefault(quad.predicate.value, []).append(quad.object.value)
    heads = [iri for iri, values in said.items() if OWL + "Ontology" in values[RDF + "type"]]
    if not heads:
        raise ValueError(f"{file}: names no owl:Ontology; give the ontology's own file")
    head = said.pop(heads[0])
    terms = [_described(iri, values) for iri, values in said.items()]
    return Ontology(
        title=_one(head, DCTERMS + "title"),
        description=_one(head, DCTERMS + "description"),
        version=_one(head, OWL + "versionInfo"),
        iri=_one(head, OWL + "versionIRI"),
        licence=_one(head, DCTERMS + "license"),
        changes=tuple(head.get(SKOS + "changeNote", ())),
        note=_one(head, SKOS + "scopeNote"),
        own=tuple(term for term in terms if term.iri.startswith(RG)),
        borrowed=tuple(term for term in terms if not term.iri.startswith(RG)),
    )


def _described(iri: str, values: dict[str, list[str]]) -> Described:
    return Described(
        name=short_name(iri),
        kinds=_short(values, RDF + "type"),
        label=_one(values, RDFS + "label"),
        comment=_one(values, RDFS + "comment"),
        examples=tuple(values.get(SKOS + "example", ())),
        domains=_short(values, SCHEMA + "domainIncludes") or _short(values, RDFS + "domain"),
        ranges=_short(values, SCHEMA + "rangeIncludes") or _short(values, RDFS + "range"),
        mappings=tuple(
            (words, short_name(value))
            for predicate, words in MAPPINGS.items()
            for value in sorted(values.get(predicate, ()))
        ),
        note=_one(values, SKOS + "scopeNote"),
        iri=iri,
    )


def _one(values: dict[str, list[str]], predicate: str) -> str:
    return next(iter(values.get(predicate, ())), "")


def _short(values: dict[str, list[str]], predicate: str) -> tuple[str, ...]:
    return tuple(sorted(map(short_name, values.get(predicate, ()))))
