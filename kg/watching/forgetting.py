"""Files that are no more: their postings leave the store, unless another file states them too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.change import Change
from kg.diffs.former import FormerFacts
from kg.ingested import Ingested

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kg.store import Store

AT_ONCE: Final = 200
"""Files that are forgotten in one transaction."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many postings went, and which files are to be read again.

    These state postings that bore the name of a file which is gone; they lend theirs now.
    """

    removed: int = 0
    again: frozenset[str] = frozenset()


def forget_files(store: Store, paths: Sequence[str]) -> Forgotten:
    """Take away what only these files state, by their absolute paths; unknown ones are nothing."""
    removed, again = 0, set[str]()
    ingested = Ingested(store)
    with FormerFacts(store.folder) as former:
        for start in range(0, len(paths), AT_ONCE):
            change = Change(store, ingested, set, former)
            for path in paths[start : start + AT_ONCE]:
                change.forget(path)
            if change:
                change.apply([], [])
            removed += change.removed
            again |= change.again
    return Forgotten(removed, frozenset(again - set(paths)))


def known_below(store: Store, folders: Iterable[Path]) -> list[str]:
    """Return the paths of the files in folders that the store was built from, sorted."""
    starts = tuple(f"{folder.resolve()}/" for folder in folders)
    return sorted(path for path in Ingested(store).paths() if path.startswith(starts))
