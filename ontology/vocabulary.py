"""Vocabulary: SKOS files in, concepts with their labels and their broader concepts out.

A user's own files come beside ours, and their word counts: a label that stands on one of their
concepts and on one of ours means theirs. Of several files the later one wins; inside a file the
concept that prefers the label wins, then the first by IRI.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ontology import terms
from ontology.forms import normal_form

FOLDER: Final = Path(__file__).parent
SCHEMES: Final = ("skills", "degrees", "duties", "fields", "levels", "roles")
TYPE: Final = terms.RDF + "type"
CONCEPT: Final = terms.SKOS + "Concept"
PREF_LABEL: Final = terms.SKOS + "prefLabel"
LABEL_PROPERTIES: Final = frozenset({PREF_LABEL, terms.SKOS + "altLabel"})


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

    @property
    def labels(self) -> tuple[str, ...]:
        """The preferred label first, then the alternative ones, sorted."""
        return (self.label, *self.alt_labels)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Concepts by IRI, with look-up by label inside a scheme.

    Looking up compares labels without case and with runs of white space as one blank.
    """

    concepts: Mapping[str, Concept]
    digest: str = ""
    """SHA-256 of the files it was read from: what was extracted with it says so."""
    overruled: frozenset[tuple[str, str]] = frozenset()
    """IRI and label (folded) wherever the label means another concept, by a user's own file."""
    rejected: frozenset[str] = frozenset()
    """Normal forms of the phrases that someone has decided are no skills."""

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

    def labels_of(self, concept: Concept) -> tuple[str, ...]:
        """Return the labels by which a concept is found: not those that mean another one."""
        return tuple(
            label for label in concept.labels if (concept.iri, fold(label)) not in self.overruled
        )

    @cached_property
    def _index(self) -> dict[str, dict[str, str]]:
        index: dict[str, dict[str, str]] = {}
        for concept in self:
            labels = index.setdefault(concept.scheme, {})
            for label in self.labels_of(concept):
                labels.setdefault(fold(label), concept.iri)
        return index


def fold(label: str) -> str:
    """Return the form in which labels are compared: no case, single blanks."""
    return " ".join(label.lower().split())


def load(paths: Iterable[str | Path] = ()) -> Vocabulary:
    """Read our own vocabulary and, after it, a user's own Turtle files, the last word last.

    Raises `ValueError` for a file that is not Turtle or says nothing of any concept, for a blank
    label, and for a concept without a preferred label in English or without a language. Files
    that were read last time are not parsed again.
    """
    ours, theirs = tuple(own_files()), tuple(map(Path, paths))
    return _read(ours, theirs, tuple(path.read_bytes() for path in (*ours, *theirs)))


def files_digest(paths: Iterable[str | Path] = ()) -> str:
    """Return the digest of the vocabulary that `load` would read, without reading it."""
    files = (*own_files(), *map(Path, paths))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


@lru_cache(maxsize=2)
def _read(ours: tuple[Path, ...], theirs: tuple[Path, ...], data: tuple[bytes, ...]) -> Vocabulary:
    gathered = _Gathered()
    for index, path in enumerate((*ours, *theirs)):
        gathered.take(path, data[index], own=index < len(ours))
    digest = hashlib.sha256(b"".join(data)).hexdigest()
    concepts = gathered.concepts()
    return Vocabulary(concepts, digest, gathered.overruled(concepts), frozenset(gathered.rejected))


def own_files() -> list[Path]:
    """Return the vocabulary's files, sorted: one an area for skills, one a scheme else."""
    schemes = [FOLDER / f"{name}.ttl" for name in SCHEMES if name != "skills"]
    return sorted([*(FOLDER / "skills").glob("*.ttl"), *schemes, FOLDER / "schemes.ttl"])


def alignment_files() -> list[Path]:
    """Return the files that align our concepts with other vocabularies, sorted.

    Extraction does not need them; the store has them in the vocabulary's graph.
    """
    return sorted((FOLDER / "alignments").glob("*.ttl"))


def inference_files() -> list[Path]:
    """Return the files that say what implies what.

    As those of `alignment_files`, they are in the store's vocabulary and extraction needs none.
    """
    return [FOLDER / "inference.ttl"]


def stored_files(theirs: Iterable[Path] = ()) -> list[Path]:
    """Return all files whose statements the store's vocabulary holds, ours before a user's own."""
    return [*own_files(), *alignment_files(), *inference_files(), *theirs]


class _Gathered:
    """What the files say of each concept, while they are read one after the other."""

    def __init__(self) -> None:
        self.statements: dict[str, dict[str, list[str]]] = {}
        self.origin: dict[str, Path] = {}
        self.claims: list[list[tuple[str, str, bool]]] = []
        self.rejected: set[str] = set()

    def take(self, path: Path, data: bytes, *, own: bool = True) -> None:
        """Add a file. A later file's preferred label replaces an earlier one's."""
        claims: list[tuple[str, str, bool]] = []
        known, rejections, labels, empty = False, list[str](), dict[str, str](), True
        for subject, predicate, value in _parse(path, data):
            empty = False
            if not own and predicate in LABEL_PROPERTIES:
                value = " ".join(value.split())
                if not value:
                    raise ValueError(f"{path}: {subject} has a blank label; take it out")
                claims.append((subject, value, predicate == PREF_LABEL))
                known = True
            if predicate == TYPE:
                known = known or value == CONCEPT
                if value == terms.REJECTION:
                    rejections.append(subject)
            elif predicate == terms.RDFS + "label":
                labels[subject] = value
            self.origin.setdefault(subject, path)
            self.statements.setdefault(subject, {}).setdefault(predicate, []).append(value)
        if not (own or empty or known or rejections):
            raise ValueError(
                f"{path}: no skos:Concept in it; `kg vocab import` makes a vocabulary of SKOS in "
                "other forms, of ESCO's and O*NET's files and of a plain CSV"
            )
        if not own:
            self.rejected |= {normal_form(labels.get(subject, "")) for subject in rejections}
            self.claims.append(claims)

    def concepts(self) -> dict[str, Concept]:
        """Return the concepts, sorted by IRI."""
        labelled = {iri for claims in self.claims for iri, _, _ in claims}
        found: dict[str, Concept] = {}
        for iri, values in sorted(self.statements.items()):
            if CONCEPT not in values.get(TYPE, ()) and iri not in labelled:
                continue
            try:
                found[iri] = _concept(iri, values)
            except ValueError as error:
                raise ValueError(f"{self.origin[iri]}: {error}") from error
        return found

    def overruled(self, concepts: Mapping[str, Concept]) -> frozenset[tuple[str, str]]:
        """Return the labels that mean another concept, because a user's own file says so."""
        owner: dict[tuple[str, str], str] = {}
        for claims in self.claims:
            ranked = sorted(claims, key=lambda claim: (not claim[2], claim[0]))
            for iri, label, _ in reversed(ranked):
                owner[concepts[iri].scheme, fold(label)] = iri
        if not owner:
            return frozenset()
        return frozenset(
            (concept.iri, folded)
            for concept in concepts.values()
            for label in concept.labels
            if owner.get((concept.scheme, folded := fold(label)), concept.iri) != concept.iri
        )


def _parse(path: Path, data: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield subject, predicate and object as text; blank nodes say nothing of a concept.

    Labels in other languages than English are left out.
    """
    try:
        for quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
            value = quad.object
            if isinstance(value, ox.Literal) and not is_english(value.language):
                continue
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(value, ox.Triple):
                yield quad.subject.value, quad.predicate.value, value.value
    except SyntaxError as error:
        raise ValueError(
            f"{path}: not valid Turtle: {error}; `kg vocab import skos` reads RDF in other forms"
        ) from error


def is_english(language: str | None) -> bool:
    """Tell whether a text with this tag can be read as English: "en", "en-GB" or none."""
    return language is None or language.partition("-")[0] == "en"


def _concept(iri: str, values: Mapping[str, list[str]]) -> Concept:
    def one(name: str) -> str | None:
        found = values.get(name)
        return found[0] if found else None

    preferred = values.get(PREF_LABEL)
    if not preferred:
        raise ValueError(
            f"{iri}: a concept needs a skos:prefLabel, in English or without a language; "
            "give it one, or correct the IRI"
        )
    *former, label = preferred
    labels = {*former, *values.get(terms.SKOS + "altLabel", ())} - {label}
    rank = one(terms.RANK)
    return Concept(
        iri=iri,
        scheme=_scheme(values.get(terms.SKOS + "inScheme", ())),
        label=label,
        alt_labels=tuple(sorted(labels)),
        broader=tuple(sorted(set(values.get(terms.SKOS + "broader", ())))),
        kind=one(terms.KIND),
        rank=int(rank) if rank is not None else None,
        track=one(terms.TRACK),
    )


def _scheme(stated: Iterable[str]) -> str:
    """Return the one of our schemes that a concept is in; a user's concept in none is a skill."""
    for iri in stated:
        name = iri.removeprefix(terms.VOCABULARY)
        if name in SCHEMES:
            return name
    return "skills"
