"""What an import reads: entries, each a concept to be; and the vocabulary that they make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ontology import terms
from ontology.terms import DCTERMS, RDF, SKOS
from ontology.turtle import TurtleFile, Value, english, write_turtle
from ontology.vocabulary import Vocabulary, fold

SKILLS: Final = ox.NamedNode(terms.VOCABULARY + "skills")


@dataclass(frozen=True, slots=True)
class Source:
    """Where entries come from: its address, what it is called, its licence and its own words."""

    iri: str
    title: str
    licence: str | None = None
    rights: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept to be. `broader` are IRIs; `place` says where it stands in the file."""

    iri: str
    label: str
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    kind: str = "tool"
    notation: str | None = None
    note: str | None = None
    place: str = ""


@dataclass(slots=True)
class Entries:
    """What was read, and what was set aside: where it stands, and why."""

    found: list[Entry] = field(default_factory=list)
    set_aside: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Imported:
    """A vocabulary made from a file, as Turtle; `set_aside` pairs a place with its reason.

    `shared` are alternative labels that stood on several concepts and were kept on one;
    `known` are concepts left out because ours have their preferred label.
    """

    turtle: str
    concepts: int
    labels: int
    set_aside: tuple[tuple[str, str], ...]
    shared: int = 0
    known: int = 0


def assemble(
    entries: Entries, source: Source, *, beside: Vocabulary, only_new: bool = False
) -> Imported:
    """Make a vocabulary of entries: sorted, each label on one concept.

    A label stays on the concept that prefers it, else on the first by IRI. A broader concept
    is in the file, or one of those that the vocabulary stands `beside`. With `only_new`, what that
    has already is left out, and what is below such a concept stands below ours.
    """
    aside = list(entries.set_aside)
    unique: dict[str, Entry] = {}
    preferred: dict[str, str] = {}
    for entry in sorted(entries.found, key=lambda one: one.iri):
        owner = preferred.setdefault(fold(entry.label), entry.iri)
        if owner == entry.iri:
            unique[entry.iri] = entry
        else:
            aside.append((entry.place, f'"{entry.label}" is the preferred label of {owner} too'))
    same: dict[str, str] = {}
    if only_new:
        found = {iri: beside.find(entry.label) for iri, entry in unique.items()}
        same = {iri: concept.iri for iri, concept in found.items() if concept is not None}
    kept = [
        replace(entry, broader=tuple(same.get(iri, iri) for iri in entry.broader))
        for entry in unique.values()
        if entry.iri not in same
    ]
    known = {*unique, *beside.concepts}
    file, labels, shared = _state(kept, known, preferred, beside if only_new else None, aside)
    if kept:
        _describe(file, source)
    header = (f"{source.title}, imported by `kg vocab import`; see {source.iri}",)
    return Imported(
        write_turtle(file.statements, header),
        len(kept),
        labels,
        tuple(sorted(aside, key=_by_place)),
        shared,
        len(same),
    )


def _state(
    entries: Iterable[Entry],
    known: set[str],
    preferred: dict[str, str],
    ours: Vocabulary | None,
    aside: list[tuple[str, str]],
) -> tuple[TurtleFile, int, int]:
    """State the entries; return how many labels they have, and how many were shared."""
    file, taken, labels, shared = TurtleFile(Path()), dict(preferred), 0, 0
    for entry in entries:
        aliases: dict[str, str] = {}
        for alias in entry.aliases:
            if taken.setdefault(fold(alias), entry.iri) != entry.iri:
                shared += 1
            elif fold(alias) != fold(entry.label) and not (ours and ours.find(alias)):
                aliases.setdefault(fold(alias), alias)
        above = [iri for iri in dict.fromkeys(entry.broader) if iri in known and iri != entry.iri]
        aside += [
            (entry.place, f"{entry.label}: the broader concept {iri} is not in the file")
            for iri in entry.broader
            if iri not in known
        ]
        facts: list[tuple[str, list[Value]]] = [
            (RDF + "type", [ox.NamedNode(SKOS + "Concept")]),
            (SKOS + "inScheme", [SKILLS]),
            (SKOS + "prefLabel", [english(entry.label)]),
            (SKOS + "altLabel", [english(alias) for alias in aliases.values()]),
            (SKOS + "broader", [ox.NamedNode(iri) for iri in above]),
            (SKOS + "topConceptOf", [] if above else [SKILLS]),
            (terms.KIND, [ox.Literal(entry.kind)]),
            (SKOS + "notation", [ox.Literal(entry.notation)] if entry.notation else []),
            (SKOS + "note", [english(entry.note)] if entry.note else []),
        ]
        for predicate, values in facts:
            file.add(entry.iri, predicate, *values)
        labels += 1 + len(aliases)
    return file, labels, shared


def _describe(file: TurtleFile, source: Source) -> None:
    """Say of each concept where it is from, and once what that is and how it is licensed."""
    node = ox.NamedNode(source.iri)
    for iri in list(file.statements):
        file.add(iri, DCTERMS + "source", node)
    file.add(source.iri, DCTERMS + "title", english(source.title))
    if source.licence:
        file.add(source.iri, DCTERMS + "license", ox.NamedNode(source.licence))
    if source.rights:
        file.add(source.iri, DCTERMS + "rights", english(source.rights))


def _by_place(item: tuple[str, str]) -> tuple[int, str, str]:
    digits = "".join(filter(str.isdigit, item[0].partition(",")[0]))
    return (int(digits) if digits and item[0].startswith("line") else 0, *item)
