"""Looking after a store on disk: what is in it, a copy of it, and its space put in order."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.copies.shelf import NAME as SHELF
from kg.copies.shelf import copy_shelf
from kg.diffs.former import NAME as FORMER
from kg.inference.materialising import State, state
from kg.store import OWN_GRAPHS, Store
from kg.store_folder import (
    QUARANTINE,
    STAMP,
    StoreError,
    find_folder,
    lock_folder,
    unlock_folder,
    unusable,
    write_stamp,
)

if TYPE_CHECKING:
    from pathlib import Path

COUNTS: Final = {
    "copies": "SELECT (COUNT(DISTINCT ?it) AS ?n) { ?it rg:copyOf ?original }",
    "employers": "SELECT (COUNT(DISTINCT ?it) AS ?n) { ?posting schema:hiringOrganization ?it }",
    "roles": "SELECT (COUNT(DISTINCT ?it) AS ?n) { ?posting a schema:JobPosting ; rg:role ?it }",
    "levels": "SELECT (COUNT(DISTINCT ?it) AS ?n) { ?posting a schema:JobPosting ; rg:level ?it }",
    "skills": "SELECT (COUNT(DISTINCT ?it) AS ?n) { ?requirement rg:skill ?it }",
    "requirements": "SELECT (COUNT(DISTINCT ?it) AS ?n) { ?posting rg:hasRequirement ?it }",
    "candidates": "SELECT (COUNT(DISTINCT ?it) AS ?n) { ?posting rg:hasCandidate ?it }",
    "runs": "SELECT (COUNT(DISTINCT ?it) AS ?n) { ?it a prov:Activity }",
}
"""What is counted besides postings: things that a posting has, not those that a vocabulary has."""
ADVICE: Final = {
    State.NONE: "nothing; `kg infer` does it",
    State.CURRENT: "yes, from the store as it is",
    State.STALE: "stale: the store has changed since; `kg infer` does it anew",
}
"""What people are told of what is inferred."""
BESIDE: Final = (FORMER, SHELF, QUARANTINE)
"""Files of a store's folder that are copied where they are there."""


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """How much is in a store.

    `counts` are of distinct things, by name. `quads` are by kind of graph: those of all postings
    together, and those of each graph that belongs to the store itself. `bytes` is the room that
    its folder takes on the disk; None for a store in memory. `inferred` says whether
    what is inferred fits what is stated; `former_bytes` is the part of `bytes` that keeps the facts
    of former runs, for `kg diff`.
    """

    postings: int
    inferred: State
    counts: dict[str, int]
    quads: dict[str, int]
    bytes: int | None
    former_bytes: int = 0

    @property
    def quads_a_posting(self) -> Decimal | None:
        """Quads of a posting's graph, on average; None where there is no posting."""
        if not self.postings:
            return None
        return (Decimal(self.quads["postings"]) / self.postings).quantize(Decimal("0.1"))

    def to_json(self) -> dict[str, object]:
        """Return the figures as plain values."""
        return {
            "postings": self.postings,
            **self.counts,
            "inferred": self.inferred.value,
            "quads": {**self.quads, "all": sum(self.quads.values())},
            "quads_a_posting": self.quads_a_posting,
            "bytes": self.bytes,
            "former_bytes": self.former_bytes,
        }

    def to_rows(self) -> list[tuple[str, object]]:
        """Return the figures as pairs of a name and a number, for a table."""
        quads = [(f"quads: {name}", count) for name, count in self.quads.items()]
        return [
            ("postings", self.postings),
            *self.counts.items(),
            ("inferred", ADVICE[self.inferred]),
            *quads,
            ("quads: all", sum(self.quads.values())),
            ("quads a posting", self.quads_a_posting),
            ("bytes on disk", self.bytes),
            ("bytes of former runs' facts", self.former_bytes),
        ]


@dataclass(frozen=True, slots=True)
class Optimized:
    """What putting a store in order did to its room on the disk, in bytes."""

    before: int
    after: int


def store_figures(store: Store) -> StoreFigures:
    """Count what is in a store; an empty one has zeros."""
    counts = {name: _count(store, sparql) for name, sparql in COUNTS.items()}
    own = {name: sum(1 for _ in store.quads(store.graph_iri(name))) for name in OWN_GRAPHS}
    postings = len(store.oxigraph) - sum(own.values())
    room = None if store.folder is None else room_of(store.folder)
    former = store.folder / FORMER if store.folder else None
    kept = former.stat().st_size if former and former.exists() else 0
    return StoreFigures(len(store), state(store), counts, {"postings": postings, **own}, room, kept)


def _count(store: Store, sparql: str) -> int:
    return int(str(store.query(sparql)[0][0]))


def room_of(folder: Path) -> int:
    """Return the bytes that a folder's files take on the disk, in whole blocks, as `du` counts.

    A file that stands there under several names takes its room once. What a build takes away
    meanwhile counts nothing.
    """
    found: dict[tuple[int, int], int] = {}
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                file = os.lstat(os.path.join(place, name))  # noqa: PTH118 # a walk gives strings
                found[file.st_dev, file.st_ino] = file.st_blocks * 512
    return sum(found.values())


def back_up(store: Store, folder: Path) -> int:
    """Copy an open store on disk into `folder`, which is new or empty; return the quads copied.

    The copy is a store of its own, of the moment at which it was made. On the same file system
    files that the engine never changes again are linked and take no room twice. The stamp is
    written last: a copy that was cut short is no store. Raises `StoreError`.
    """
    if store.folder is None:
        raise StoreError("a store in memory has no files to copy; export it, or build on disk")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder} is there already; name a new or an empty folder")
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as undo:
            undo.callback(_take_back, folder, whole=made)
            store.oxigraph.backup(str(folder / "quads"))
            for database in (FORMER, SHELF):
                copy_shelf(store.folder / database, folder / database)
            if (store.folder / QUARANTINE).exists():
                shutil.copy2(store.folder / QUARANTINE, folder / QUARANTINE)
            lock = lock_folder(folder, exclusive=True)
            try:
                write_stamp(lock, store.stamp)
                os.fsync(lock)
            finally:
                unlock_folder(lock)
            undo.pop_all()
    except OSError as error:
        raise unusable(folder, error) from error
    with Store.open(folder) as copied:
        return len(copied.oxigraph)


def _take_back(folder: Path, *, whole: bool) -> None:
    """Remove what a copy that failed has left."""
    if whole:
        shutil.rmtree(folder, ignore_errors=True)
        return
    shutil.rmtree(folder / "quads", ignore_errors=True)
    for name in (*BESIDE, STAMP):
        (folder / name).unlink(missing_ok=True)


def optimize(folder: Path) -> Optimized:
    """Put the files of a store in order, for questions to come: nothing in it changes.

    Nobody else may write to it meanwhile. Raises `StoreError`.
    """
    from kg.publishing import changing

    find_folder(folder)
    before = room_of(folder)  # opening a store for writing puts the engine's log in order already
    with changing(folder) as store:
        store.optimize()
    return Optimized(before, room_of(folder))
