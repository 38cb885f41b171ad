"""Postings to measure with: made from sentences of our own, and real ones where they lie."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from kg.made.postings import TITLES, made_postings

__all__ = ["REAL", "ROOT", "TITLES", "made_postings", "real_postings"]

ROOT: Final = Path(__file__).parent.parent.parent
REAL: Final = ROOT.parent / "shared" / "data" / "postings" / "glassdoor_open.csv"


def real_postings() -> list[str]:
    """Return the distinct descriptions of the board's export, none where it is not here."""
    if not REAL.exists():
        return []
    csv.field_size_limit(10_000_000)
    with REAL.open(encoding="utf-8", newline="") as file:
        return list(dict.fromkeys(row["Job Description"] for row in csv.DictReader(file)))
