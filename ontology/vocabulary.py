"""Vocabulary: SKOS files in, concepts with their labels and their broader concepts out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ontology import terms

FOLDER: Final = Path(__file__).parent
SCHEMES: Final = ("skills", "degrees", "fields", "levels", "roles")


@dataclass(frozen=True, slots=True)
class Concept:
    """One SKOS concept. `iri` never changes its meaning; labels may come and go."""

    iri: str
    scheme: str
    label: str
    alt_labels: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    kind: str | None = None
    rank: int | None = None
    track: str | None = None
    scope_note: str | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The preferred label first, then the alternative ones, sorted."""
        return (self.label, *self.alt_labels)


@dataclass(frozen=True)
class Vocabulary:
    """Concepts by IRI, with look-up by label inside a scheme.

    Looking up compares labels without case and with runs of white space as one blank.
    """

    concepts: Mapping[str, Concept]
    digest: str = ""
    """SHA-256 of the files it was read from: what was extracted with it says so."""

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts.values())

    def __len__(self) -> int:
        return len(self.concepts)

    def __getitem__(self, iri: str) -> Concept:
        return self.concepts[iri]

    def scheme(self, name: str) -> list[Concept]:
        """Return the concepts of one scheme, sorted by IRI."""
        return [concept for concept in self if concept.scheme == name]

    def find(self, label: str, scheme: str = "skills") -> Concept | None:
        """Return the concept of `scheme` that carries `label`, or None."""
        iri = self._index.get(scheme, {}).get(fold(label))
        return self.concepts[iri] if iri else None

    @cached_property
    def _index(self) -> dict[str, dict[str, str]]:
        index: dict[str, dict[str, str]] = {}
        for concept in self:
            labels = index.setdefault(concept.scheme, {})
            for label in concept.labels:
                labels.setdefault(fold(label), concept.iri)
        return index


def fold(label: str) -> str:
    """Return the form in which labels are compared: no case, single blanks."""
    return " ".join(label.lower().split())


def load(paths: Iterable[Path] = ()) -> Vocabulary:
    """Read our own vocabulary and, after it, the Turtle files in `paths`.

    Raises `ValueError` for a file that is not Turtle, or a concept without a preferred label.
    """
    files = [*own_files(), *sorted(paths)]
    digest = hashlib.sha256()
    statements: dict[str, dict[str, list[str]]] = {}
    for path in files:
        data = path.read_bytes()
        digest.update(data)
        for subject, predicate, value in _parse(path, data):
            statements.setdefault(subject, {}).setdefault(predicate, []).append(value)
    concepts = {
        iri: _concept(iri, values)
        for iri, values in sorted(statements.items())
        if terms.SKOS + "Concept" in values.get(terms.RDF + "type", ())
    }
    return Vocabulary(concepts, digest.hexdigest())


def own_files() -> list[Path]:
    """Return the vocabulary's files, sorted: one an area for skills, one a scheme else."""
    schemes = [FOLDER / f"{name}.ttl" for name in SCHEMES if name != "skills"]
    return sorted([*(FOLDER / "skills").glob("*.ttl"), *schemes, FOLDER / "schemes.ttl"])


def _parse(path: Path, data: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield subject, predicate and object as text; blank nodes say nothing of a concept."""
    try:
        for quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
                yield quad.subject.value, quad.predicate.value, quad.object.value
    except SyntaxError as error:
        raise ValueError(f"{path}: not valid Turtle: {error}") from error


def _concept(iri: str, values: Mapping[str, list[str]]) -> Concept:
    def one(name: str) -> str | None:
        found = values.get(name)
        return found[0] if found else None

    label = one(terms.SKOS + "prefLabel")
    if label is None:
        raise ValueError(f"{iri}: a concept needs a skos:prefLabel")
    scheme = one(terms.SKOS + "inScheme") or terms.VOCABULARY + "skills"
    rank = one(terms.RANK)
    return Concept(
        iri=iri,
        scheme=scheme.rsplit("/", 1)[-1],
        label=label,
        alt_labels=tuple(sorted(values.get(terms.SKOS + "altLabel", ()))),
        broader=tuple(sorted(values.get(terms.SKOS + "broader", ()))),
        kind=one(terms.KIND),
        rank=int(rank) if rank is not None else None,
        track=one(terms.TRACK),
        scope_note=one(terms.SKOS + "scopeNote"),
    )
