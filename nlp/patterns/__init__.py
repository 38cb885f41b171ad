"""Cues, headings and ambiguous labels as sorted tables, one `.tsv` a subject.

The first line of a table names its columns; every row has an id or a label in its first column.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of `name.tsv`, each a mapping from column to text."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        return tuple(MappingProxyType(row) for row in rows)
