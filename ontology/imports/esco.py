"""ESCO's skills: the CSV that its portal gives out, or its SKOS."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ontology.imports.entries import Entries, Entry, Source
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
    in_step, agree, filled = _in_step([row for _, row in rows])
    if not in_step:
        why = (
            f"only {agree} of {filled} cells have a word of their preferredLabel: the column is "
            "out of step with the rows. It is left out, and so is reuseLevel; export the file anew"
        )
        found.set_aside.append(("column altLabels", why))
    found.found = [_entry(place, row, whole=in_step) for place, row in rows]
    return found


def _entry(place: str, row: dict[str, str], *, whole: bool) -> Entry:
    aliases: list[str] = []
    kind = KINDS.get(clean(row.get("skillType")))
    if whole:
        cells = (row.get(name) or "" for name in ("altLabels", "hiddenLabels"))
        aliases = [clean(alias) for cell in cells for alias in cell.splitlines()]
        kind = kind or KINDS.get(clean(row.get("reuseLevel")))
    return Entry(
        clean(row.get("conceptUri")),
        clean(row.get("preferredLabel")),
        aliases=tuple(filter(None, aliases)),
        kind=kind or "method",
        place=place,
    )


def _in_step(rows: Sequence[dict[str, str]]) -> tuple[bool, int, int]:
    """Tell whether the alternative labels stand in the rows of their concepts.

    ESCO's share the beginning of a word with the preferred label nearly always. In a file that
    was put together column by column, blank cells lost, they are those of another concept: as
    aliases they would make "3D modeling" a name of electronics.
    """
    cells = [
        (clean(row.get("preferredLabel")), alias)
        for row in rows
        if (alias := clean(row.get("altLabels")))
    ]
    agree = sum(bool(_stems(label) & _stems(alias)) for label, alias in cells)
    return len(cells) < FEWEST or agree >= len(cells) / 2, agree, len(cells)


def _stems(text: str) -> set[str]:
    return {word[:4] for word in re.findall(r"[a-z]{3,}", text.lower())}


def _fault(iri: str, label: str, status: str, seen: set[str]) -> str:
    """Say what is wrong with a row; nothing where it is right."""
    if not iri.startswith(SKILL):
        return f"conceptUri {iri!r} is none of a skill (they begin with {SKILL})"
    if not label:
        return "no preferredLabel"
    if status == "obsolete":
        return f"{label}: obsolete"
    return f"{label}: {iri} again" if iri in seen else ""
