"""Build: postings in, their graphs into the store; again on the same input, and nothing changes."""

from __future__ import annotations

import glob
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

import pyoxigraph as ox

from kg.ingested import Ingested, IngestedFile
from kg.quads import posting_quads
from kg.store_folder import program_version
from nlp.types import Facts, Posting
from ontology import terms
from ontology.vocabulary import FOLDER, Vocabulary, own_files

if TYPE_CHECKING:
    from kg.store import Store

BATCH: Final = 64
"""Postings extracted at once and stored in one transaction."""


class Aside(Protocol):
    """What a reader says of input that it could not read."""

    @property
    def source(self) -> str:
        """The file, as a posting's `source` names it."""
        ...

    @property
    def reason(self) -> str:
        """Why, and what would work."""
        ...


class Pipe(Protocol):
    """What turns postings into facts: `nlp.extract.Extractor`."""

    def pipe(self, postings: Iterable[Posting]) -> Iterator[Facts]:
        """Yield the facts of each posting, in order."""
        ...


Reader: TypeAlias = Callable[[Sequence[str]], Iterable[Posting | Aside]]
Check: TypeAlias = Callable[[Sequence[ox.Quad]], Sequence[object]]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, in postings.

    `unchanged` counts those of files that were read before, and copies. `set_aside` pairs a
    source with the reason why it is not in the store.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    set_aside: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0

    @property
    def postings(self) -> int:
        """Postings that were read and are in the store now."""
        return self.added + self.replaced + self.unchanged

    @property
    def postings_per_second(self) -> float | None:
        """Speed of extraction and storing; None where nothing had to be extracted."""
        worked = self.added + self.replaced
        return worked / self.seconds if worked and self.seconds else None


def build(
    store: Store,
    paths: Iterable[str | Path],
    extractor: Pipe,
    *,
    vocabulary: Vocabulary,
    read: Reader,
    vocabulary_files: Sequence[Path] | None = None,
    check: Check | None = None,
    again: bool = False,
    batch: int = BATCH,
    progress: Callable[[int], None] | None = None,
) -> BuildReport:
    """Read, extract and store the postings of `paths`: files, folders, globs or "-".

    A file whose bytes were read before, by the same program with the same vocabulary, is skipped
    without extraction (unless `again`). A changed file's postings take the place of its old ones;
    a file that can no longer be read keeps them. `check` returns what is wrong with a posting's
    quads: such a posting is set aside. `progress` is told the number of postings stored so far.
    """
    started = time.perf_counter()
    store.load("vocabulary", own_files() if vocabulary_files is None else vocabulary_files)
    store.load("ontology", [FOLDER / "rolegraph.ttl"])
    work = _Build(store, extractor, vocabulary, check, progress)
    for root in _roots(paths):
        for path, items in _by_file(root, read):
            work.take(path, items, again=again, batch=batch)
    work.flush()
    return replace(work.report(), seconds=time.perf_counter() - started)


class _Build:
    """One build while it runs: what is to be extracted, and what the report will say."""

    def __init__(
        self,
        store: Store,
        extractor: Pipe,
        vocabulary: Vocabulary,
        check: Check | None,
        progress: Callable[[int], None] | None,
    ) -> None:
        self.store = store
        self.extractor = extractor
        self.check = check
        self.progress = progress
        self.vocabulary = vocabulary
        self.run = store.iris.run(program_version(), vocabulary.digest)
        self.begun = datetime.now(UTC)
        self.ingested = Ingested(store)
        self.taken: set[str] = set()
        self.todo: dict[str, tuple[Posting, IngestedFile]] = {}
        self.finished: list[tuple[IngestedFile | None, IngestedFile]] = []
        self.added: set[str] = set()
        self.replaced: set[str] = set()
        self.unchanged = 0
        self.removed = 0
        self.set_aside: list[tuple[str, str]] = []

    def report(self) -> BuildReport:
        return BuildReport(
            len(self.added),
            len(self.replaced),
            self.unchanged,
            self.removed,
            tuple(self.set_aside),
        )

    def take(self, path: str, items: Iterator[Posting | Aside], *, again: bool, batch: int) -> None:
        """Take what was read from one file; work is done whenever a batch is full."""
        if path in self.taken:
            return
        self.taken.add(path)
        before = self.ingested.get(path)
        file: IngestedFile | None = None
        for item in items:
            if not isinstance(item, Posting):
                self.set_aside.append((item.source, item.reason))
                continue
            if file is None:
                file = IngestedFile(path, item.source, item.source_sha256, self.run.value)
                if before is not None and before.same_as(file) and not again:
                    self.skip(item, *items)
                    return
                self.ingested.begin(file)
            self.schedule(item, file)
            if len(self.todo) >= batch:
                self.flush()
        if file is not None:
            self.finished.append((before, file))

    def skip(self, *items: Posting | Aside) -> None:
        """Count what is in the store already; what could not be read is told again."""
        for item in items:
            if isinstance(item, Posting):
                self.unchanged += 1
            else:
                self.set_aside.append((item.source, item.reason))

    def schedule(self, posting: Posting, file: IngestedFile) -> None:
        """Put a posting down for extraction, unless it is a copy.

        Of files that state the same posting, the one with the least source name counts: so the
        order in which they come does not show.
        """
        if posting.id in file.members or self.ingested.has_prior(posting.id, file):
            self.unchanged += 1
        else:
            self.todo[posting.id] = (posting, file)
        self.ingested.claim(posting.id, file)

    def flush(self) -> None:
        """Extract and store what has gathered, and what the finished files left, at once."""
        add: list[ox.Quad] = []
        drop: list[str] = []
        for facts in self.extractor.pipe([posting for posting, _ in self.todo.values()]):
            posting_id = facts.posting.id
            quads = posting_quads(facts, self.store.iris, self.run)
            faults = self.check(quads) if self.check else ()
            if faults:
                self.refuse(posting_id, str(faults[0]))
                continue
            add += quads
            drop.append(self.store.graph_iri(posting_id))
            self.count(posting_id)
        remove: list[ox.Quad] = []
        for before, file in self.finished:
            gone = before.members - file.members if before else set()
            stale = [name for name in sorted(gone) if not self.ingested.is_claimed(name)]
            self.removed += len(stale)
            drop += [self.store.graph_iri(name) for name in stale]
            remove += self.ingested.quads(before) if before else []
            add += self.ingested.quads(file)
        if add or drop or remove:
            remove += self.times()
            add += self.run_quads()
            self.store.apply(drop=drop, remove=remove, add=add)
        self.todo.clear()
        self.finished.clear()
        if self.progress:
            self.progress(len(self.added) + len(self.replaced))

    def count(self, posting_id: str) -> None:
        if posting_id in self.added:
            return
        (self.replaced if posting_id in self.store else self.added).add(posting_id)

    def refuse(self, posting_id: str, reason: str) -> None:
        """Set a posting aside; its file is read again next time."""
        posting, file = self.todo[posting_id]
        self.ingested.disclaim(posting_id, file)
        self.set_aside.append((posting.source, reason))

    def times(self) -> list[ox.Quad]:
        runs = self.store.iris.graph("runs")
        found: list[ox.Quad] = []
        for name in ("startedAtTime", "endedAtTime"):
            verb = ox.NamedNode(terms.PROV + name)
            found += self.store.oxigraph.quads_for_pattern(self.run, verb, None, runs)
        return found

    def run_quads(self) -> list[ox.Quad]:
        now = datetime.now(UTC)
        stated: dict[str, ox.NamedNode | ox.Literal] = {
            terms.RDF + "type": ox.NamedNode(terms.PROV + "Activity"),
            terms.VERSION: ox.Literal(program_version()),
            terms.VOCABULARY_HASH: ox.Literal(self.vocabulary.digest),
            terms.PROV + "startedAtTime": _time(self.begun),
            terms.PROV + "endedAtTime": _time(now),
        }
        runs = self.store.iris.graph("runs")
        return [
            ox.Quad(self.run, ox.NamedNode(verb), value, runs) for verb, value in stated.items()
        ]


def _time(moment: datetime) -> ox.Literal:
    text = moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return ox.Literal(text, datatype=ox.NamedNode(terms.XSD + "dateTime"))


def _by_file(root: str, read: Reader) -> Iterator[tuple[str, Iterator[Posting | Aside]]]:
    return groupby(read([root]), key=lambda item: _path(root, item))


def _path(root: str, item: Posting | Aside) -> str:
    """Return the absolute path of the file that `item` was read from."""
    if root == "-":
        # What is piped in has no place: the same bytes are the same file.
        return f"-{item.source_sha256}" if isinstance(item, Posting) else root
    place = Path(root).resolve()
    return str(place / item.source) if place.is_dir() else str(place)


def _roots(paths: Iterable[str | Path]) -> list[str]:
    """Return what is to be read, globs resolved, in an order that the caller's does not sway."""
    roots: set[str] = set()
    for path in map(str, paths):
        # Path.glob takes no absolute pattern.
        found = [] if Path(path).exists() else glob.glob(path, recursive=True)  # noqa: PTH207
        roots.update(found or [path])
    return sorted(roots, key=lambda root: (str(Path(root).resolve()), root))
