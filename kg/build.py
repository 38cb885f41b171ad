"""Build: postings in, their graphs into the store; again on the same input, and nothing changes."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.batch import BATCH, Batch
from kg.build_report import BuildReport, Tally
from kg.change import Change
from kg.corpus.gathering import Gathered, is_new
from kg.diffs.former import FormerFacts
from kg.ingested import Ingested
from kg.inputs import Found, Inputs
from kg.making import Check, ExtractorLike, Made, Maker, OwnMaker
from kg.publishing import Publisher
from kg.quarantine import Quarantine
from kg.reading import Reading
from kg.run import Run
from kg.store_folder import QUARANTINE
from nlp.readers import STDIN, Piped, ReadingOptions, SetAside, read_piped, read_source
from nlp.readers.raw import AS_IT_IS, silent
from nlp.readers.reading import unknown
from ontology.vocabulary import FOLDER, stored_files

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.store import Store
    from nlp.readers.reading import Known, Stamp
    from nlp.types import Posting

__all__ = ["BATCH", "BuildReport", "Check", "ExtractorLike", "build"]


def build(
    store: Store,
    paths: Iterable[str | Path | Found],
    extractor: ExtractorLike,
    *,
    vocabulary_files: Sequence[Path] | None = None,
    check: Check | None = None,
    again: bool = False,
    batch: int = BATCH,
    progress: Callable[[int], None] | None = None,
    watch: Callable[[int, int], None] | None = None,
    options: ReadingOptions = AS_IT_IS,
    tell: Callable[[str], None] = silent,
    quarantine: Path | Quarantine | None = None,
    workers: Callable[[Store, ox.NamedNode], Maker] | None = None,
    publisher: Publisher | None = None,
    stored: Callable[[Sequence[Made]], None] | None = None,
) -> BuildReport:
    """Read, extract and store the postings of `paths`: files, folders, globs or "-".

    A file whose bytes were read before, by the same program with the same vocabulary, is skipped
    without extraction (unless `again`); of one that was read in part, only what is not stored yet
    is extracted. A changed file's postings take the place of its old ones; a file that can no
    longer be read keeps them. `check` returns what is wrong with a posting's quads
    (`kg.validate.validate`): such a posting is set aside. What is set aside goes to the file
    `quarantine`, if one is given; the caller may keep one open (`kg.open_quarantine`). `progress`
    is told, batch by batch, how many postings were stored so far, and `watch` how many bytes of how
    many were read for those whose graphs are made. What is stored of a batch is stored whole, and
    the build may be ended at any moment: the next one goes on. Readers see it grow now and then
    (`kg.publishing`).
    `options` say how inputs are read, `tell` is told what was guessed. `vocabulary_files` are those
    of the extractor's vocabulary, with our own alignments: only ours unless others are given.
    `workers` makes the graphs elsewhere than in this process (`kg.workers.worker_maker`). `paths`
    may also be sources that were found already. With a `publisher` of the caller's readers see what
    is new when that one is due, not at the end. `stored` is given the graphs of each batch once
    they are stored.
    """
    started = time.perf_counter()
    if vocabulary_files is None:
        vocabulary_files = stored_files()
    store.load("vocabulary", vocabulary_files)
    store.load("ontology", [FOLDER / "rolegraph.ttl"])
    own_publisher = publisher is None
    publisher = publisher or Publisher(store)
    run = Run(store, extractor)
    own = OwnMaker(extractor, store.iris, run.node, check, is_new(store))
    maker = workers(store, run.node) if workers else own
    try:
        with (
            _opened(quarantine, options) as kept,
            FormerFacts(store.folder) as former,
        ):
            inputs = Inputs(paths)
            work = _Build(
                store, run, maker, kept, former, publisher, inputs, again=again, size=batch
            )
            work.progress, work.watch, work.stored = progress, watch, stored
            gathered = work.gathered
            for source in inputs:
                if isinstance(source, Piped):
                    piped = partial(read_piped, source, extractor.is_name, options, tell)
                    work.take(Reading.of_piped(source, run.node.value, options), piped)
                    continue
                place = Path(source.path) if source.path else None
                if place and _is_stores(place, store.folder):
                    continue
                if isinstance(source, SetAside):
                    work.put_aside(source, Reading.of_nothing(source.source))
                    continue
                reading = Reading.of(source, run.node.value, options, kept.path)
                known = work.known_of(reading)
                items = partial(read_source, source, extractor.is_name, options, tell)
                work.take(reading, partial(items, begin=inputs.begin, known=known))
            work.finish()
    except KeyboardInterrupt:
        publisher.publish()  # what is stored is whole, and is to be seen
        raise
    finally:
        maker.close()
    if own_publisher:
        publisher.publish()
        gathered.keep()
    else:
        publisher.publish_when_due()
    return work.tally.report(time.perf_counter() - started, kept.file)


class _Build:
    """One build while it runs: what is to be extracted, and what the report will say."""

    def __init__(
        self,
        store: Store,
        run: Run,
        maker: Maker,
        quarantine: Quarantine,
        former: FormerFacts,
        publisher: Publisher,
        inputs: Inputs,
        *,
        again: bool,
        size: int,
    ) -> None:
        self.store = store
        self.run = run
        self.maker = maker
        self.quarantine = quarantine
        self.former = former
        self.publisher = publisher
        self.gathered = Gathered(store)
        self.inputs = inputs
        self.progress: Callable[[int], None] | None = None
        self.watch: Callable[[int, int], None] | None = None
        self.stored: Callable[[Sequence[Made]], None] | None = None
        self.again = again
        self.size = size
        self.ingested = Ingested(store)
        self.tally = Tally()
        self.batch = Batch()
        self.waiting: deque[Batch] = deque()
        self.pending: dict[str, Posting] = {}

    def take(self, reading: Reading, items: Callable[[], Iterator[Posting | SetAside]]) -> None:
        """Read a file, unless it was read before, and put its postings down for extraction."""
        if reading.file and not self.again and self.ingested.is_whole(reading.file):
            self.tally.unchanged += self.ingested.size(reading.file)
            if self.watch and not self.waiting:
                self.watch(self.inputs.read, self.inputs.total)
            return
        self.quarantine.begin(reading.path)
        for item in reading.read(items()):
            if isinstance(item, SetAside):
                self.put_aside(item, reading)
            else:
                self.gather(item, reading)
        # A file that gives nothing keeps what it gave before, and so does one that broke off.
        if reading.begun and reading.ended:
            self.batch.finished.append(reading)
            self.send_when_full()

    def known_of(self, reading: Reading) -> Known:
        """Return what tells of a file's record whether an earlier reading has stored its posting.

        Such a one is put down as found without being read: of a feed that grows or changes, most
        are such.
        """
        file = reading.file
        former = self.ingested.same_readings(file) if file and not self.again else []
        if file is None or not former:
            return unknown

        def is_known(record: Stamp) -> bool:
            found = self.ingested.found_in(record, file.run, former)
            if found is None or found in self.pending:
                return False
            reading.begun = True
            self.quarantine.mend(record.part)
            self.tally.unchanged += 1
            self.batch.claims.append((reading, found))
            self.send_when_full()
            return True

        return is_known

    def gather(self, posting: Posting, reading: Reading) -> None:
        """Put a posting down for extraction, unless it is stored, or stated by another file.

        Of files that state the same posting, the one with the least name counts: so the order in
        which they come does not show.
        """
        name = posting.id
        self.quarantine.mend(posting.part)
        file = reading.begin(posting)
        other = self.pending.get(name)
        if other and _rank(posting) < _rank(other):
            self.drain()
            other = None
        if other or self.ingested.is_current(posting, file, again=self.again):
            self.tally.unchanged += 1
        else:
            self.pending[name] = posting
            if self.batch.add(posting):
                self.ask()
        self.batch.claims.append((reading, name))
        self.send_when_full()

    def send_when_full(self) -> None:
        """Let a batch's graphs be made as soon as it has gathered."""
        if self.batch.is_full(self.size):
            self.send()

    def ask(self) -> None:
        """Ask for the graphs of the part that has gathered; some makers make them here and now."""
        self.batch.ask(self.maker, self.inputs.read)
        if self.watch and not self.maker.ahead:
            self.watch(self.inputs.read, self.inputs.total)

    def send(self) -> None:
        """Let the rest of the batch's graphs be made, and store those whose turn it is."""
        self.ask()
        self.waiting.append(self.batch)
        self.batch = Batch()
        while sum(len(batch.parts) for batch in self.waiting) > self.maker.ahead:
            self.store_next()

    def drain(self) -> None:
        """Store all that has gathered."""
        self.send()
        while self.waiting:
            self.store_next()

    def finish(self) -> None:
        """Store all that has gathered, note when it was done, and put the quarantine in order."""
        self.drain()
        self.run.end()
        self.quarantine.finish(self.ingested.is_outdated)

    def store_next(self) -> None:
        """Store the oldest batch, and what its finished files left, at once."""
        batch = self.waiting.popleft()
        change = Change(self.store, self.ingested, self.later, self.former)
        refused: set[str] = set()
        graphs: list[Made] = []
        for read, made in batch.graphs():
            graphs += made
            if self.watch and self.maker.ahead:
                self.watch(read, self.inputs.total)
        for graph in graphs:
            if graph.refused is not None:
                refused.add(graph.posting_id)
                self.refuse(batch, graph.posting_id, graph.refused)
                continue
            known = graph.posting_id in self.store
            self.tally.replaced += known
            self.tally.added += not known
            change.write(graph)
        for reading, name in batch.claims:
            change.claim(reading, name, refused=name in refused)
        for reading in batch.finished:
            change.finish(reading)
        if change:
            change.apply(*self.run.begin())
        self.tally.removed += change.removed
        whole = [graph for graph in graphs if graph.refused is None]
        self.publisher.gather(whole)
        self.gathered.gather(whole)
        if self.stored:
            self.stored(whole)
        for name in batch.postings:
            self.pending.pop(name, None)
        if self.progress:
            self.progress(self.tally.stored)
        self.publisher.publish_when_due()

    def later(self) -> set[str]:
        """Return the postings that are claimed in batches whose turn is yet to come."""
        batches = [self.batch, *self.waiting]
        return {name for batch in batches for _, name in batch.claims}

    def refuse(self, batch: Batch, name: str, reason: str) -> None:
        """Set a posting aside that was read well; its file is read again next time."""
        posting = batch.postings[name]
        for reading, claimed in batch.claims:
            if claimed == name:
                aside = SetAside(posting.origin, reason, record=posting.text)
                self.put_aside(aside, reading)
                return

    def put_aside(self, item: SetAside, reading: Reading) -> None:
        """Count what gave no posting, and keep it."""
        self.tally.put_aside(item.where, item.reason)
        self.quarantine.add(item, reading)


def _opened(
    quarantine: Path | Quarantine | None, options: ReadingOptions
) -> AbstractContextManager[Quarantine]:
    """Return the quarantine, which is closed at the end unless the caller keeps it open."""
    if isinstance(quarantine, Quarantine):
        return nullcontext(quarantine)
    return Quarantine(quarantine, keep_contacts=options.keep_contacts)


def _is_stores(place: Path, folder: Path | None) -> bool:
    """Say whether a file is the store's own, met on the way: its quarantine is read if named.

    The engine takes files of its own away while others are looked at; they are nobody's loss.
    """
    if folder is None or str(place) == STDIN:
        return False
    path = place.resolve()
    return path.is_relative_to(folder.resolve()) and path.name != QUARANTINE


def _rank(posting: Posting) -> tuple[str, str]:
    """Return what decides whose name a posting bears that two files state word for word."""
    return posting.origin, posting.document_sha256
