"""Any SKOS file: Turtle, N-Triples, RDF/XML or JSON-LD, told by its content; SKOS-XL labels too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ontology import terms
from ontology.imports.entries import Entries, Entry, Source
from ontology.imports.tables import clean
from ontology.own_file import KINDS
from ontology.terms import DCTERMS, RDF, SKOS
from ontology.vocabulary import is_english

XL: Final = "http://www.w3.org/2008/05/skos-xl#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
ESCO_TYPE: Final = "http://data.europa.eu/esco/model#skillType"
WHAT: Final = (
    "A SKOS file has skos:Concept with skos:prefLabel, as Turtle, N-Triples, RDF/XML or JSON-LD; "
    "for a table use `kg vocab import csv`."
)
LABELS: Final = {
    SKOS + "prefLabel": "preferred",
    SKOS + "altLabel": "alternative",
    SKOS + "hiddenLabel": "alternative",
    XL + "prefLabel": "preferred",
    XL + "altLabel": "alternative",
    XL + "hiddenLabel": "alternative",
}


@dataclass(slots=True)
class _Concept:
    preferred: list[tuple[str, str]] = field(default_factory=list)  # language, text
    alternative: list[str] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)
    kind: str | None = None
    deprecated: bool = False
    foreign: int = 0


def read_skos(path: Path) -> Entries:
    """Read the concepts of a SKOS file that have a label in English or without a language.

    Raises `ValueError` for a file that is no RDF, or has no such concept.
    """
    concepts, is_concept = _gather(path)
    found = Entries()
    for iri in sorted(is_concept):
        concept = concepts.get(iri, _Concept())
        label = next((text for _, text in sorted(concept.preferred) if text), "")
        if concept.deprecated:
            found.set_aside.append((iri, "deprecated"))
        elif not label:
            some = concept.foreign
            why = f"no label in English ({some} in other languages)" if some else "no label"
            found.set_aside.append((iri, why))
        else:
            others = [text for _, text in sorted(concept.preferred)] + sorted(concept.alternative)
            found.found.append(
                Entry(
                    iri,
                    label,
                    tuple(dict.fromkeys(filter(None, others))),
                    tuple(sorted(set(concept.broader))),
                    concept.kind or "method",
                    place=iri,
                )
            )
    if not found.found:
        raise ValueError(f"{path}: no skos:Concept with an English label in it. {WHAT}")
    return found


def source_of(path: Path) -> Source:
    """Return what a SKOS file says of itself: its scheme's title and licence."""
    schemes: dict[str, dict[str, str]] = {}
    for subject, predicate, value in _parse(path):
        if predicate == RDF + "type" and value.value == SKOS + "ConceptScheme":
            schemes.setdefault(subject, {})["scheme"] = "yes"
        elif predicate in (DCTERMS + "license", DCTERMS + "title", SKOS + "prefLabel") and (
            not isinstance(value, ox.Literal) or is_english(value.language)
        ):
            schemes.setdefault(subject, {}).setdefault(predicate, value.value)
    for iri in sorted(iri for iri, said in schemes.items() if "scheme" in said):
        said = schemes[iri]
        licence = said.get(DCTERMS + "license", "")
        title = said.get(DCTERMS + "title") or said.get(SKOS + "prefLabel") or path.name
        return Source(iri, title, licence if "://" in licence else None)
    return Source(terms.VOCABULARY + "source/" + path.stem, path.name)


def form_of(data: bytes) -> ox.RdfFormat:
    """Tell a form of RDF by its first sign: Turtle covers N-Triples."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:200]
    if start.startswith((b"<?xml", b"<rdf:", b"<!--", b"<!DOCTYPE")):
        return ox.RdfFormat.RDF_XML
    if start.startswith(b"{") or (start.startswith(b"[") and start[1:].lstrip().startswith(b"{")):
        return ox.RdfFormat.JSON_LD
    return ox.RdfFormat.TURTLE


def _parse(path: Path) -> Iterator[tuple[str, str, ox.NamedNode | ox.BlankNode | ox.Literal]]:
    data = path.read_bytes()
    try:
        for quad in ox.parse(data, format=form_of(data)):
            if not isinstance(quad.subject, ox.Triple) and not isinstance(quad.object, ox.Triple):
                yield quad.subject.value, quad.predicate.value, quad.object
    except SyntaxError as error:
        raise ValueError(f"{path}: no RDF that can be read: {error}. {WHAT}") from error


def _gather(path: Path) -> tuple[dict[str, _Concept], set[str]]:
    concepts: dict[str, _Concept] = {}
    is_concept: set[str] = set()
    forms: dict[str, ox.Literal] = {}
    xl: list[tuple[str, str, str]] = []
    for subject, predicate, value in _parse(path):
        if predicate == RDF + "type" and value.value == SKOS + "Concept":
            is_concept.add(subject)
        elif predicate == XL + "literalForm" and isinstance(value, ox.Literal):
            forms[subject] = value
        elif predicate in LABELS and not isinstance(value, ox.Literal):
            xl.append((subject, LABELS[predicate], value.value))
        elif predicate in LABELS and isinstance(value, ox.Literal):
            _label(concepts.setdefault(subject, _Concept()), LABELS[predicate], value)
        elif predicate == SKOS + "broader":
            concepts.setdefault(subject, _Concept()).broader.append(value.value)
        elif predicate == SKOS + "narrower":
            concepts.setdefault(value.value, _Concept()).broader.append(subject)
        elif predicate == OWL + "deprecated" and value.value in ("true", "1"):
            concepts.setdefault(subject, _Concept()).deprecated = True
        elif predicate == terms.KIND and value.value in KINDS:
            concepts.setdefault(subject, _Concept()).kind = value.value
        elif predicate == ESCO_TYPE and value.value.endswith("/knowledge"):
            concepts.setdefault(subject, _Concept()).kind = "domain"
    for subject, sort, label in xl:
        if label in forms:
            _label(concepts.setdefault(subject, _Concept()), sort, forms[label])
    return concepts, {iri for iri in is_concept if "://" in iri or iri.startswith("urn:")}


def _label(concept: _Concept, sort: str, value: ox.Literal) -> None:
    if not is_english(value.language):
        concept.foreign += 1
    elif sort == "preferred":
        # "en" before no language before "en-GB"
        order = {"en": "0", None: "1"}.get(value.language, f"2{value.language}")
        concept.preferred.append((order, clean(value.value)))
    else:
        concept.alternative.append(clean(value.value))
