"""Grouping: which postings advertise one job, from their sketches and a closer look."""

from __future__ import annotations

from array import array
from collections import defaultdict
from itertools import compress, repeat
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from kg.copies.likeness import MARGIN, THRESHOLD
from kg.copies.sketches import VALUES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from kg.copies.bands import SketchIndex
    from kg.copies.sketches import Marks

AreApart: TypeAlias = "Callable[[str, Sequence[str]], Iterable[bool]]"
"""Says of each of several postings whether it is surely no copy of one that names another job."""
NAMELESS: Final = -1
"""In place of the number of its job: a posting's text has no title."""


class Entry(NamedTuple):
    """A posting as it is sought by: its id, the hash of its words, its job, its sketches' marks.

    A text too short to be compared has no sketches. Where there is no header, the job that the
    first line names may have another title in a copy that has one.
    """

    id: str
    digest: bytes
    job: Hashable | None
    is_headed: bool
    marks: tuple[Marks, ...]


def find_groups(
    entries: Iterable[Entry],
    similarity: Callable[[str, str], float],
    are_apart: AreApart = lambda _, others: repeat(False, len(others)),
) -> list[tuple[str, ...]]:
    """Return the groups of postings that advertise one job, each sorted, sorted by their first.

    `entries` come sorted by their ids; another order is a `ValueError`. Each posting joins the
    first of its like: one that says the same word for word, or else the most similar of those of
    the same job, from `THRESHOLD` on; otherwise it is the first of its own. So nothing is joined
    by a chain of small changes, and the work grows with the number of postings, not of pairs: a
    thousand copies are held against one text. Postings without a title come last; one joins only
    where no text of another job is about as similar (by less than `MARGIN`). So does, behind them,
    one whose title stands in no header, if it is alone of its job. `similarity` is asked for pairs
    whose marks are near, and gives 0 where their sketches are not. `are_apart` is asked before,
    of one and of others that do not name its job: where it says so, their similarity would be 0.
    """
    search = _Search(_Table(entries), similarity, are_apart)
    search.place_named()
    search.place_the_rest()
    return search.groups()


class _Table:
    """Entries as columns: of a hundred thousand, some 30 MB beside their marks.

    `alike` is the first entry of the same words and job; only of such ones there are marks, whose
    rows begin at `rows`, and `owners` has the entry of each row.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.names: list[str] = []
        self.jobs = array("i")
        self.is_headed = bytearray()
        self.alike = array("i")
        self.rows = array("i", [0])
        self.owners = array("i")
        self.marks = bytearray()
        jobs: dict[Hashable, int] = {}
        same: dict[tuple[bytes, int], int] = {}
        for place, entry in enumerate(entries):
            if self.names and entry.id <= self.names[-1]:
                last = self.names[-1]
                raise ValueError(
                    f"{entry.id} behind {last}; entries come sorted by id, each once"
                )  # fmt: skip
            job = NAMELESS if entry.job is None else jobs.setdefault(entry.job, len(jobs))
            first = same.setdefault((entry.digest, job), place)
            self.names.append(entry.id)
            self.jobs.append(job)
            self.is_headed.append(entry.is_headed)
            self.alike.append(first)
            for marks in entry.marks if first == place else ():
                self.owners.append(place)
                self.marks += marks
            self.rows.append(len(self.owners))

    def rows_of(self, entry: int) -> range:
        """Return the rows of the marks of an entry."""
        return range(self.rows[entry], self.rows[entry + 1])

    def index(self, entries: Iterable[int], *, by_job: bool) -> SketchIndex:
        """Return an index for some entries, where each finds those of its job, or any."""
        import numpy as np

        from kg.copies.bands import SketchIndex

        among = [row for entry in entries for row in self.rows_of(entry)]
        owners = np.frombuffer(self.owners, np.int32)
        jobs = np.frombuffer(self.jobs, np.int32)
        marks = np.frombuffer(self.marks, np.uint8).reshape(-1, VALUES)
        kinds = jobs[owners] if by_job else np.zeros(len(owners), np.int32)
        return SketchIndex(marks, kinds, np.array(among, np.int32))


class _Search:
    """The groups while they are found. Each is known by its first entry, as entries by place."""

    def __init__(
        self,
        table: _Table,
        similarity: Callable[[str, str], float],
        are_apart: AreApart,
    ) -> None:
        self.table = table
        self.similarity = similarity
        self.are_apart = are_apart
        self.first = array("i", range(len(table.names)))
        """Of each entry the first of its group: itself, until it joins another."""
        self.firsts: set[int] = set()
        self.joined: set[int] = set()
        """The firsts that others have joined."""

    def place_named(self) -> None:
        """Place all that have a job, each among those of its job.

        Job by job, so that what is compared was read a short while ago.
        """
        table = self.table
        named = [place for place, job in enumerate(table.jobs) if job != NAMELESS]
        named.sort(key=table.jobs.__getitem__)
        apart = (place for place in named if table.alike[place] == place)
        index = table.index(apart, by_job=True)
        for place in named:
            self.place(place, index)

    def place_the_rest(self) -> None:
        """Place those without a job, then those that are alone of theirs, among all."""
        table = self.table
        nameless = [place for place, job in enumerate(table.jobs) if job == NAMELESS]
        headless = [place for place in self.firsts if not table.is_headed[place]]
        if not nameless and not headless:
            return
        firsts = sorted(self.firsts)
        apart = [place for place in nameless if table.alike[place] == place]
        index = table.index([*firsts, *apart], by_job=False)
        for place in firsts:
            index.add(table.rows_of(place))
        for place in nameless:
            self.place(place, index)
        for place in sorted(headless):
            self.place_again(place, index)

    def place(self, entry: int, index: SketchIndex) -> None:
        """Put a posting into the group that it belongs to, or make it the first of one."""
        alike = self.table.alike[entry]
        if alike != entry:
            self.join(entry, self.first[alike])
            return
        first = self.most_similar(entry, index)
        if first is not None:
            self.join(entry, first)
            return
        self.firsts.add(entry)
        index.add(self.table.rows_of(entry))

    def place_again(self, entry: int, index: SketchIndex) -> None:
        """Put a posting that is alone of its job into the group of another, if it is a copy."""
        if entry in self.joined:
            return
        first = self.most_similar(entry, index)
        if first is not None and self.table.jobs[first] != NAMELESS:
            self.firsts.remove(entry)
            self.join(entry, first)

    def join(self, entry: int, first: int) -> None:
        """Put a posting into the group of another."""
        self.first[entry] = first
        self.joined.add(first)

    def most_similar(self, entry: int, index: SketchIndex) -> int | None:
        """Return the first of the group that a posting belongs to, None where there is none."""
        names, jobs, owners = self.table.names, self.table.jobs, self.table.owners
        near = {owners[found] for row in self.table.rows_of(entry) for found in index.near(row)}
        found = [
            (self.similarity(names[first], names[entry]), first)
            for first in self.worth_a_look(entry, near)
        ]
        like = [(-similarity, first) for similarity, first in found if similarity >= THRESHOLD]
        if not like:
            return None
        doubt = -min(like)[0] - MARGIN
        # Of two levels of a role, a text that names none may be either.
        of_jobs = {
            (jobs[first], first if jobs[first] == NAMELESS else NAMELESS)
            for similarity, first in found
            if similarity >= doubt
        }
        return min(like)[1] if len(of_jobs) == 1 else None

    def worth_a_look(self, entry: int, near: Iterable[int]) -> list[int]:
        """Return those of some entries that are first of a group and may be like another."""
        names, jobs = self.table.names, self.table.jobs
        job = jobs[entry]
        firsts = sorted(self.firsts.intersection(near) - {entry})
        others = [first for first in firsts if jobs[first] != job or job == NAMELESS]
        if not others:
            return firsts
        apart = self.are_apart(names[entry], [names[first] for first in others])
        return sorted({*firsts} - {*compress(others, apart)})

    def groups(self) -> list[tuple[str, ...]]:
        """Return all groups of more than one, each sorted, sorted by their first."""
        members: dict[int, list[str]] = defaultdict(list)
        for name, first in zip(self.table.names, self.first, strict=True):
            if first in self.joined:
                members[first].append(name)
        return sorted(map(tuple, members.values()))
