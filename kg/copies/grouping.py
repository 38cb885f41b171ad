"""Grouping: which postings advertise one job, from their sketches and a closer look."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.copies.likeness import DOUBT, THRESHOLD
from kg.copies.sketches import SketchIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.copies.adverts import Job
    from kg.copies.sketches import Sketch


class Entry(NamedTuple):
    """A posting as it is sought by: its id, the hash of its words, its job and its sketch.

    `sketch` is None for a text too short to be compared.
    """

    id: str
    digest: bytes
    job: Job | None
    sketch: Sketch | None


def find_groups(
    entries: Iterable[Entry], similarity: Callable[[str, str], float]
) -> list[tuple[str, ...]]:
    """Return the groups of postings that advertise one job, each sorted, sorted by their first.

    `entries` come sorted by their ids; another order is a `ValueError`. Each posting joins the
    first of its like: one that says the same word for word, or else the most similar of those of
    the same job, from `THRESHOLD` on; otherwise it is the first of its own. So nothing is joined
    by a chain of small changes, and the work grows with the number of postings, not of pairs: a
    thousand copies are held against one text. Postings without a title come last; one joins only
    where all that it resembles (from `DOUBT` on) are of one job.
    """
    search = _Search(similarity)
    nameless: list[Entry] = []
    last = ""
    for entry in entries:
        if entry.id <= last:
            raise ValueError(f"{entry.id} behind {last}; entries come sorted by id, each once")
        last = entry.id
        if entry.job is None:
            nameless.append(entry)
        else:
            search.place(entry, search.of_job[entry.job])
    if nameless:
        every = search.index_of_all()
        for entry in nameless:
            search.place(entry, every)
    groups = [tuple(sorted(members)) for members in search.members.values() if len(members) > 1]
    return sorted(groups)


class _Search:
    """The groups while they are found. Each is known by its first posting."""

    def __init__(self, similarity: Callable[[str, str], float]) -> None:
        self.similarity = similarity
        self.of_job: dict[Job, SketchIndex] = defaultdict(SketchIndex)
        self.members: dict[str, list[str]] = {}
        self.firsts: dict[str, Entry] = {}
        self.same: dict[tuple[bytes, Job | None], str] = {}

    def place(self, entry: Entry, index: SketchIndex) -> None:
        """Put a posting into the group that it belongs to, or make it the first of one."""
        first = self.same.get((entry.digest, entry.job))
        if first is None and entry.sketch is not None:
            first = self.most_similar(entry, entry.sketch, index)
        if first is None:
            first = entry.id
            self.firsts[first] = entry
            if entry.sketch is not None:
                index.add(first, entry.sketch)
        self.same.setdefault((entry.digest, entry.job), first)
        self.members.setdefault(first, []).append(entry.id)

    def most_similar(self, entry: Entry, sketch: Sketch, index: SketchIndex) -> str | None:
        found = [(self.similarity(name, entry.id), name) for name in index.near(sketch)]
        jobs = {self.firsts[name].job for similarity, name in found if similarity >= DOUBT}
        near = [(-similarity, name) for similarity, name in found if similarity >= THRESHOLD]
        if not near or len(jobs - {None}) > 1:
            return None  # of two levels of a role, a text that names none may be either
        named = [one for one in near if self.firsts[one[1]].job is not None]
        return min(named or near)[1]

    def index_of_all(self) -> SketchIndex:
        every = SketchIndex()
        for name, entry in self.firsts.items():
            if entry.sketch is not None:
                every.add(name, entry.sketch)
        return every
