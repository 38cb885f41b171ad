"""A plain table of `label,alias,broader` (and `kind`): the least that makes a vocabulary."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ontology.imports.entries import Entries, Entry
from ontology.imports.tables import clean, read_table
from ontology.own_file import KINDS, OWN
from ontology.slugs import slug
from ontology.vocabulary import Concept, Vocabulary, fold

WHAT: Final = (
    "A plain table has a head with label and, if you like, alias, broader and kind; several "
    "aliases stand in several rows or parted by |."
)


@dataclass(slots=True)
class _Row:
    label: str
    line: int
    aliases: list[str] = field(default_factory=list)
    broader: list[tuple[int, str]] = field(default_factory=list)
    kind: str = ""


def read_plain(path: Path, ours: Vocabulary) -> Entries:
    """Read a table. Broader concepts are labels of the table or of ours. Raises `ValueError`.

    A label may have several rows; a skill without a kind has that of the first broader concept
    that has one, or is a tool.
    """
    table = read_table(path, ("label",), WHAT)
    found, rows = Entries(), dict[str, _Row]()
    for line, cells in table.rows:
        cell = {column.lower(): text for column, text in cells.items()}
        label, kind = clean(cell.get("label")), clean(cell.get("kind")).lower()
        if not label:
            found.set_aside.append((f"line {line}", "no label"))
            continue
        row = rows.setdefault(fold(label), _Row(label, line))
        row.aliases += filter(None, map(clean, (cell.get("alias") or "").split("|")))
        row.broader += [
            (line, name) for name in map(clean, (cell.get("broader") or "").split("|")) if name
        ]
        if kind and kind not in KINDS:
            why = f"{label}: no kind {kind!r}; one of {', '.join(KINDS)}"
            found.set_aside.append((f"line {line}", why))
        row.kind = row.kind or (kind if kind in KINDS else "")
    for row in rows.values():
        found.found.append(_entry(row, rows, ours, found))
    return found


def _entry(row: _Row, rows: dict[str, _Row], ours: Vocabulary, found: Entries) -> Entry:
    above: list[str] = []
    kind = row.kind
    for line, name in row.broader:
        listed, concept = rows.get(fold(name)), _ours(name, ours)
        if listed is not None and listed is not row:
            above.append(OWN + slug(listed.label))
            kind = kind or listed.kind
        elif listed is None and concept is not None:
            above.append(concept.iri)
            kind = kind or concept.kind or ""
        else:
            why = "it is the label itself" if listed else "no label of the table or of ours"
            found.set_aside.append((f"line {line}", f"{row.label}: broader {name!r}: {why}"))
    return Entry(
        OWN + slug(row.label),
        row.label,
        tuple(row.aliases),
        tuple(above),
        kind or "tool",
        place=f"line {row.line}",
    )


def _ours(name: str, ours: Vocabulary) -> Concept | None:
    return ours.concepts.get(name) or ours.find(name)
