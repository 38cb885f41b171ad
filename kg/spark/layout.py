"""What lies where in an output."""

from __future__ import annotations

from typing import Final

PLAN: Final = "rolegraph-spark.json"
"""What the output is: the program, vocabulary and options that made it, into how many parts."""
WHOLE: Final = "whole.json"
"""That it is whole, and of which files."""
QUADS: Final = "quads"
TABLES: Final = "tables"
OF_PARTS: Final = ("postings", "requirements", "evidence")
"""The tables that have a file for each part."""
QUARANTINE: Final = "quarantine"
READ: Final = "work/read"
MADE: Final = "work/made"
SOUGHT: Final = "work/sought"
"""What copies are sought by."""
STEPS: Final = "work/copies"
GROUPED: Final = "work/grouped.json"
"""Of which postings the groups of copies follow."""


def part_name(part: int) -> str:
    """Return what the files of a part are called."""
    return f"part-{part:06}"


def files_of(part: str) -> list[str]:
    """Return the files that a part has when it is whole, besides its mark."""
    tables = [f"{TABLES}/{one}/{part}.parquet" for one in OF_PARTS]
    return [f"{QUADS}/{part}.nq.gz", *tables, f"{SOUGHT}/{part}.parquet"]
