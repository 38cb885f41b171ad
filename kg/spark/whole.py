"""Whether an output is whole: a mark that a build writes last, with the files that there are.

A build takes the mark away before it changes anything, so that nobody reads a half of it; and an
output that was copied in part is told by the sizes of its files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.spark.layout import OF_PARTS, QUADS, TABLES, WHOLE
from kg.store_folder import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.spark.files import Files

FOLDERS: Final = (QUADS, *(f"{TABLES}/{one}" for one in (*OF_PARTS, "skills", "copies")))
NAMED: Final = 3
"""Missing files that an error names."""


def mark_whole(output: Files) -> None:
    """Say that the output is whole, and of which files."""
    output.write_json(WHOLE, {folder: output.sizes(folder) for folder in FOLDERS})


def unmark(output: Files) -> None:
    """Say that the output is being changed."""
    output.delete(WHOLE)


def broken(output: Files, folders: Sequence[str] = FOLDERS) -> list[str]:
    """Return the files that are missing or are not as they were written; of no mark nothing."""
    if not output.exists(WHOLE):
        return []
    said: dict[str, dict[str, int]] = output.read_json(WHOLE)
    found = []
    for folder in folders:
        there = output.sizes(folder)
        known = said.get(folder, {})
        found += [f"{folder}/{name}" for name, size in known.items() if there.get(name) != size]
    return sorted(found)


def check_whole(output: Files, folders: Sequence[str] = FOLDERS) -> None:
    """Raise `StoreError` for an output that is not whole, with what is missing and what to do."""
    again = f"run `kg spark build INPUT {output.where}` again, with the same input"
    if not output.exists(WHOLE):
        raise StoreError(
            f"{output.where}: not whole: no {WHOLE}, which a build writes last; it was ended, or "
            f"is still at work; {again}"
        )
    lost = broken(output, folders)
    if lost:
        more = f" and {len(lost) - NAMED} more" if len(lost) > NAMED else ""
        raise StoreError(
            f"{output.where}: not whole: {', '.join(lost[:NAMED])}{more} missing or cut off; copy "
            f"all of it, or {again}"
        )
