"""The identifiers of other vocabularies, and their labels, as their files have them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ontology.imports.esco import read_esco
from ontology.imports.onet import spelled_out
from ontology.imports.tables import clean, read_table
from ontology.vocabulary import fold

OCCUPATION: Final = "https://www.onetonline.org/link/summary/"
"""The address of an occupation's page on O*NET OnLine: the one that O*NET publishes for it."""
TECHNOLOGY: Final = "onet:"
"""Technology skills have no published IRI. They are named by O*NET's commodity code (UNSPSC) and
the example as O*NET spells it: "onet:43232104/Microsoft Word"."""
CODE: Final = "O*NET-SOC Code"
WHAT: Final = (
    "Take O*NET's Technology Skills.txt, Occupation Data.txt or Alternate Titles.txt, as its "
    "text database has them."
)


@dataclass(slots=True)
class Others:
    """Identifiers with their labels: `preferred` and `alternative`, as (identifier, label)."""

    preferred: list[tuple[str, str]] = field(default_factory=list)
    alternative: list[tuple[str, str]] = field(default_factory=list)

    def identifiers(self) -> frozenset[str]:
        """Return the identifiers."""
        return frozenset(iri for iri, _ in (*self.preferred, *self.alternative))


def esco_identifiers(path: Path) -> Others:
    """Return ESCO's skills. Raises `ValueError` for a file that is not ESCO's."""
    entries = read_esco(path).found
    return Others(
        [(entry.iri, entry.label) for entry in entries],
        [(entry.iri, alias) for entry in entries for alias in entry.aliases],
    )


def onet_identifiers(paths: Iterable[Path]) -> tuple[Others, Others]:
    """Return O*NET's technology skills and its occupations, whichever of them the files have.

    Raises `ValueError` for a file that is not O*NET's.
    """
    skills, occupations = Others(), Others()
    for path in paths:
        table = read_table(path, (CODE,), WHAT, delimiter="\t", quoted=False)
        columns = set(table.columns)
        for _, row in table.rows:
            code = OCCUPATION + clean(row.get(CODE))
            if {"Example", "Commodity Code"} <= columns:
                label = clean(row.get("Example"))
                name = f"{TECHNOLOGY}{clean(row.get('Commodity Code'))}/{label}"
                skills.preferred.append((name, label))
                skills.preferred += [(name, long) for long in spelled_out(label)]
            elif "Alternate Title" in columns:
                occupations.alternative.append((code, clean(row.get("Alternate Title"))))
            elif "Title" in columns:
                occupations.preferred.append((code, clean(row.get("Title"))))
            else:
                raise ValueError(f"{path}: found: {', '.join(table.columns)}. {WHAT}")
    return skills, occupations


def by_label(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return the identifiers that bear each label (folded)."""
    found: dict[str, set[str]] = {}
    for iri, label in pairs:
        found.setdefault(fold(label), set()).add(iri)
    return {label: frozenset(iris) for label, iris in found.items()}
