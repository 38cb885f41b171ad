"""Build: postings in, their graphs into the store; again on the same input, and nothing changes."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

import pyoxigraph as ox

from kg.copies.store_groups import group_copies
from kg.ingested import Ingested, IngestedFile
from kg.quads import posting_quads
from kg.store_folder import program_version
from nlp.readers import STDIN, SetAside, Source, find_sources, read_source
from ontology import terms
from ontology.vocabulary import FOLDER, Vocabulary, alignment_files, own_files

if TYPE_CHECKING:
    from kg.store import Store
    from kg.validate import Violation
    from nlp.types import Facts, Posting

BATCH: Final = 64
"""Postings extracted at once and stored in one transaction."""


class ExtractorLike(Protocol):
    """What a build needs of an extractor; `nlp.extract.Extractor` has it."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary whose concepts the facts name."""
        ...

    @property
    def rules_digest(self) -> str:
        """The hash of its rules: with other rules, everything is extracted anew."""
        ...

    def is_name(self, word: str) -> bool:
        """Tell whether a word is the name of a tool."""
        ...

    def pipe(self, postings: Iterable[Posting]) -> Iterator[Facts]:
        """Yield the facts of each posting, in order."""
        ...


Check: TypeAlias = Callable[[Sequence[ox.Quad]], Sequence["Violation"]]


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

    def summary(self) -> str:
        """Return the report in one line."""
        counts = [f"{self.added} added", f"{self.unchanged} unchanged"]
        counts += [f"{self.replaced} replaced"] if self.replaced else []
        counts += [f"{self.removed} removed"] if self.removed else []
        counts += [f"{len(self.set_aside)} set aside"] if self.set_aside else []
        speed = self.postings_per_second
        rate = f" ({speed:.1f} postings per second)" if speed else ""
        return f"{', '.join(counts)}, in {self.seconds:.1f} s{rate}"

    def to_json(self) -> dict[str, object]:
        """Return the report as JSON has it."""
        speed = self.postings_per_second
        return {
            "added": self.added,
            "replaced": self.replaced,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "set_aside": [{"source": name, "reason": why} for name, why in self.set_aside],
            "seconds": round(self.seconds, 3),
            "postings_per_second": None if speed is None else round(speed, 1),
        }


def build(
    store: Store,
    paths: Iterable[str | Path],
    extractor: ExtractorLike,
    *,
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
    quads (`kg.validate.validate`): such a posting is set aside. `progress` is told, batch by
    batch, how many postings were stored so far. What is stored of a batch is stored whole.
    `vocabulary_files` are those of the extractor's vocabulary, with our own alignments: only ours
    unless others are given.
    """
    started = time.perf_counter()
    if vocabulary_files is None:
        vocabulary_files = [*own_files(), *alignment_files()]
    store.load("vocabulary", vocabulary_files)
    store.load("ontology", [FOLDER / "rolegraph.ttl"])
    work = _Build(store, extractor, check, progress)
    for source in find_sources(sorted(paths, key=str)):
        if isinstance(source, SetAside):
            work.set_aside.append((source.source, source.reason))
            continue
        work.take(source, again=again)
        if len(work.todo) >= batch:
            work.flush()
    work.flush()
    group_copies(store)
    return work.report(time.perf_counter() - started)


class _Build:
    """One build while it runs: what is to be extracted, and what the report will say."""

    def __init__(
        self,
        store: Store,
        extractor: ExtractorLike,
        check: Check | None,
        progress: Callable[[int], None] | None,
    ) -> None:
        self.store = store
        self.extractor = extractor
        self.check = check
        self.progress = progress
        self.run = store.iris.run(
            program_version(), extractor.vocabulary.digest, extractor.rules_digest
        )
        self.begun = datetime.now(UTC)
        self.ingested = Ingested(store)
        self.todo: dict[str, tuple[Posting, IngestedFile]] = {}
        self.finished: list[tuple[IngestedFile | None, IngestedFile]] = []
        self.added: set[str] = set()
        self.replaced: set[str] = set()
        self.unchanged = 0
        self.removed = 0
        self.set_aside: list[tuple[str, str]] = []

    def report(self, seconds: float) -> BuildReport:
        return BuildReport(
            len(self.added),
            len(self.replaced),
            self.unchanged,
            self.removed,
            tuple(sorted(self.set_aside)),
            seconds,
        )

    def take(self, source: Source, *, again: bool) -> None:
        """Read a file, unless it was read before, and put its posting down for extraction.

        Of files that state the same posting, the one with the least name counts: so the order in
        which they come does not show.
        """
        path = "" if str(source.path) == STDIN else str(source.path.resolve())
        if path and not again and self.is_known(path, _sha256(source.path)):
            return
        posting = read_source(source, self.extractor.is_name)
        if isinstance(posting, SetAside):
            self.set_aside.append((posting.source, posting.reason))
            return
        # What is piped in has no place: the same bytes are the same file.
        path = path or f"{STDIN}{posting.source_sha256}"
        if not again and self.is_known(path, posting.source_sha256):
            return
        before = self.ingested.get(path)
        file = IngestedFile(path, source.name, posting.source_sha256, self.run.value)
        self.ingested.begin(file)
        if self.ingested.has_prior(posting.id, file):
            self.unchanged += 1
        else:
            self.todo[posting.id] = (posting, file)
        self.ingested.claim(posting.id, file)
        self.finished.append((before, file))

    def is_known(self, path: str, sha256: str) -> bool:
        """Say whether this run has read these bytes there before; count its postings if so."""
        before = self.ingested.get(path)
        if before is None or (before.sha256, before.run) != (sha256, self.run.value):
            return False
        self.unchanged += len(before.members)
        return True

    def flush(self) -> None:
        """Extract and store what has gathered, and what the finished files left, at once."""
        add: list[ox.Quad] = []
        drop: list[str] = []
        for facts in self.extractor.pipe([posting for posting, _ in self.todo.values()]):
            posting_id = facts.posting.id
            quads = posting_quads(facts, self.store.iris, self.run)
            faults = self.check(quads) if self.check else ()
            if faults:
                self.refuse(posting_id, faults[0])
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

    def refuse(self, posting_id: str, fault: Violation) -> None:
        """Set a posting aside; its file is read again next time."""
        posting, file = self.todo[posting_id]
        self.ingested.disclaim(posting_id, file)
        reason = f"its graph breaks {fault.shape} at {fault.node}: {fault.remedy}"
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
            terms.VOCABULARY_HASH: ox.Literal(self.extractor.vocabulary.digest),
            terms.RULES_HASH: ox.Literal(self.extractor.rules_digest),
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


def _sha256(path: Path) -> str:
    """Return the hash of a file's bytes; empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
