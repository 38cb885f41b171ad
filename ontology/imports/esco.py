"""ESCO's skills: the CSV that its portal gives out, or its SKOS."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ontology.imports.entries import Entries, Entry, Source
from ontology.imports.realign import agrees, realign
from ontology.imports.skos import read_skos
from ontology.imports.tables import clean, read_table, read_text

SOURCE: Final = Source(
    "http://data.europa.eu/esco/concept-scheme/skills",
    "ESCO, European Skills, Competences, Qualifications and Occupations: skills",
    "http://data.europa.eu/eli/dec/2011/833/oj",
    "European Union; reuse is authorised under Decision 2011/833/EU, provided that the source is "
    "acknowledged. This service uses the ESCO classification of the European Commission.",
)
SKILL: Final = "http://data.europa.eu/esco/skill/"
WHAT: Final = (
    "ESCO's skills_en.csv has conceptUri, preferredLabel and altLabels; its SKOS is Turtle, "
    "RDF/XML, N-Triples or JSON-LD. For another CSV use `kg vocab import csv`."
)
FEWEST: Final = 20
"""Rows with alternative labels from which on they are held against the preferred ones."""
KINDS: Final = {"knowledge": "domain", "transversal": "soft"}
"""By skillType or, in files that lack it, by reuseLevel; every other skill is a method."""


def read_esco(path: Path) -> Entries:
    """Read ESCO's CSV, or its SKOS without the occupations. Raises `ValueError`."""
    head = read_text(path)[:2000].lstrip().splitlines()[:1]
    if head and not head[0].startswith(("<", "@", "{", "[", "#", "PREFIX")):
        return _read_csv(path)
    found = read_skos(path)
    skills = Entries(set_aside=found.set_aside)
    for entry in found.found:
        if entry.iri.startswith(SKILL):
            skills.found.append(entry)
        else:
            skills.set_aside.append((entry.place, f"{entry.label}: no skill of ESCO"))
    if not skills.found:
        raise ValueError(f"{path}: no skill of ESCO in it (no IRI below {SKILL}). {WHAT}")
    return skills


def _read_csv(path: Path) -> Entries:
    table = read_table(path, ("conceptUri", "preferredLabel"), WHAT, delimiter=",")
    found, seen = Entries(), set[str]()
    rows: list[tuple[str, dict[str, str]]] = []
    for line, row in table.rows:
        iri, label = clean(row.get("conceptUri")), clean(row.get("preferredLabel"))
        why = _fault(iri, label, clean(row.get("status")), seen)
        if why:
            found.set_aside.append((f"line {line}", why))
            continue
        seen.add(iri)
        rows.append((f"line {line}", row))
    cells, why = _aliases([row for _, row in rows])
    found.set_aside += [("column altLabels", why)] if why else []
    found.found = [
        _entry(place, row, cell, whole=not why)
        for (place, row), cell in zip(rows, cells, strict=True)
    ]
    return found


def _entry(place: str, row: dict[str, str], aliases: str, *, whole: bool) -> Entry:
    kind = KINDS.get(clean(row.get("skillType")))
    if whole:
        aliases += "\n" + (row.get("hiddenLabels") or "")
        kind = kind or KINDS.get(clean(row.get("reuseLevel")))
    return Entry(
        clean(row.get("conceptUri")),
        clean(row.get("preferredLabel")),
        aliases=tuple(filter(None, map(clean, aliases.splitlines()))),
        kind=kind or "method",
        place=place,
    )


def _aliases(rows: Sequence[dict[str, str]]) -> tuple[list[str], str]:
    """Return the alternative labels of each row, and what is wrong with the column, if anything.

    ESCO's share the beginning of a word with the preferred label nearly always. In a file that
    was put together column by column, its blank cells lost, they are those of other concepts: as
    aliases they would make "3D modeling" a name of electronics.
    """
    labels = [clean(row.get("preferredLabel")) for row in rows]
    cells = [(row.get("altLabels") or "").strip() for row in rows]
    filled = [(label, cell) for label, cell in zip(labels, cells, strict=True) if cell]
    agree = sum(agrees(label, cell) for label, cell in filled)
    if len(filled) < FEWEST or agree >= len(filled) / 2:
        return cells, ""
    why = f"only {agree} of {len(filled)} cells have a word of their preferredLabel; "
    moved = realign(labels, cells)
    if moved is None:
        return [""] * len(rows), why + "the column is left out. Export the file from ESCO anew"
    kept = sum(map(bool, moved))
    why += (
        f"the column has lost its blank cells: {kept} were put back beside their labels, by their "
        f"words, {len(filled) - kept} left out. reuseLevel is left out. Better export the file anew"
    )
    return moved, why


def _fault(iri: str, label: str, status: str, seen: set[str]) -> str:
    """Say what is wrong with a row; nothing where it is right."""
    if not iri.startswith(SKILL):
        return f"conceptUri {iri!r} is none of a skill (they begin with {SKILL})"
    if not label:
        return "no preferredLabel"
    if status == "obsolete":
        return f"{label}: obsolete"
    return f"{label}: {iri} again" if iri in seen else ""
