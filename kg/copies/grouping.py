"""Grouping: which postings advertise one job, from their sketches and a closer look."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.copies.likeness import MARGIN, THRESHOLD
from kg.copies.sketches import SketchIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.copies.adverts import Job
    from kg.copies.sketches import Sketch


class Entry(NamedTuple):
    """A posting as it is sought by: its id, the hash of its words, its job and its sketches.

    A text too short to be compared has no sketches. Where there is no header, the job that the
    first line names may have another title in a copy that has one.
    """

    id: str
    digest: bytes
    job: Job | None
    is_headed: bool
    sketches: tuple[Sketch, ...]


def find_groups(
    entries: Iterable[Entry], similarity: Callable[[str, str], float]
) -> list[tuple[str, ...]]:
    """Return the groups of postings that advertise one job, each sorted, sorted by their first.

    `entries` come sorted by their ids; another order is a `ValueError`. Each posting joins the
    first of its like: one that says the same word for word, or else the most similar of those of
    the same job, from `THRESHOLD` on; otherwise it is the first of its own. So nothing is joined
    by a chain of small changes, and the work grows with the number of postings, not of pairs: a
    thousand copies are held against one text. Postings without a title come last; one joins only
    where no text of another job is about as similar (by less than `MARGIN`). So does, behind them,
    one whose title stands in no header, if it is alone of its job.
    """
    search = _Search(similarity)
    nameless: list[Entry] = []
    headless: list[Entry] = []
    last = ""
    for entry in entries:
        if entry.id <= last:
            raise ValueError(f"{entry.id} behind {last}; entries come sorted by id, each once")
        last = entry.id
        if entry.job is None:
            nameless.append(entry)
            continue
        search.place(entry, search.of_job[entry.job])
        if not entry.is_headed:
            headless.append(entry)
    if nameless or headless:
        every = search.index_of_all()
        for entry in nameless:
            search.place(entry, every)
        for entry in headless:
            search.place_again(entry, every)
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
        if first is None:
            first = self.most_similar(entry, index)
        if first is None:
            first = entry.id
            self.firsts[first] = entry
            index.add(first, entry.sketches)
        self.same.setdefault((entry.digest, entry.job), first)
        self.members.setdefault(first, []).append(entry.id)

    def place_again(self, entry: Entry, every: SketchIndex) -> None:
        """Put a posting that is alone of its job into the group of another, if it is a copy."""
        if self.members.get(entry.id) != [entry.id]:
            return
        first = self.most_similar(entry, every)
        if first is not None and self.firsts[first].job is not None:
            del self.members[entry.id], self.firsts[entry.id]
            self.members[first].append(entry.id)

    def most_similar(self, entry: Entry, index: SketchIndex) -> str | None:
        near = [name for name in index.near(entry.sketches) if name != entry.id]
        found = [(self.similarity(name, entry.id), name) for name in near if name in self.firsts]
        like = [(-similarity, name) for similarity, name in found if similarity >= THRESHOLD]
        if not like:
            return None
        doubt = -min(like)[0] - MARGIN
        jobs = {self.firsts[name].job or name for similarity, name in found if similarity >= doubt}
        # Of two levels of a role, a text that names none may be either.
        return min(like)[1] if len(jobs) == 1 else None

    def index_of_all(self) -> SketchIndex:
        """Return an index of the first of every group, in place of those of each job."""
        self.of_job.clear()  # else all that is sought by would be held twice
        every = SketchIndex()
        for name, entry in self.firsts.items():
            every.add(name, entry.sketches)
        return every
