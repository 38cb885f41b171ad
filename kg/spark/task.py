"""What an executor must know to do its share, and what it keeps from one share to the next."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.iris import Iris
from kg.spark.files import Files
from kg.store_folder import StoreError, program_version
from nlp.readers.raw import AS_IT_IS, ReadingOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.exports.labels import Labels
    from kg.store import Store
    from nlp.extract import Extractor

PARTS_HOLD = 8_000_000
"""Bytes of input for each part of the output: some two thousand postings, a minute or less."""


@dataclass(frozen=True)
class Task:
    """All that makes the graphs those of this build. It is sent to every executor.

    `vocabulary` are the user's own files, as (name, bytes); ours come with the program. `parts` is
    into how many parts postings are divided, by their ids.
    """

    output: Files
    run: str
    base: str
    parts: int
    vocabulary: tuple[tuple[str, bytes], ...] = ()
    options: ReadingOptions = field(default=AS_IT_IS)

    def part_of(self, posting_id: str) -> int:
        """Return the part that a posting belongs to: the same wherever it was read."""
        return int(posting_id[:12], 16) % self.parts


class Bench:
    """An executor's tools: the extractor, and a store in memory that holds the vocabulary."""

    def __init__(self, run: str, base: str, vocabulary: tuple[tuple[str, bytes], ...]) -> None:
        from kg.copies.store_adverts import read_labels
        from kg.exports.labels import Labels
        from kg.store import Store
        from nlp.extract import Extractor
        from ontology import load
        from ontology.vocabulary import alignment_files, inference_files, own_files

        folder = Path(tempfile.mkdtemp(prefix="rolegraph-"))
        self.theirs = []
        for number, (name, data) in enumerate(vocabulary):
            file = folder / f"{number}-{Path(name).name}"
            file.write_bytes(data)
            self.theirs.append(file)
        self.iris = Iris(base)
        self.extractor: Extractor = Extractor(load(self.theirs))
        known = [*own_files(), *alignment_files(), *inference_files(), *self.theirs]
        self.store: Store = Store.in_memory(base=base)
        self.store.load("vocabulary", known)
        self.labels: Labels = Labels(self.store)
        self.label_of = cache(partial(read_labels, self.store))
        """All names of a concept."""
        own = run_of(self.iris, self.extractor)
        if own != run:
            raise StoreError(
                f"an executor has another program or vocabulary than the driver ({own}, not "
                f"{run}); give all of them the same environment"
            )


def bench(task: Task) -> Bench:
    """Return the tools for a build; they are made once in each process."""
    return _bench(task.run, task.base, task.vocabulary)


@lru_cache(maxsize=1)
def _bench(run: str, base: str, vocabulary: tuple[tuple[str, bytes], ...]) -> Bench:
    return Bench(run, base, vocabulary)


def run_of(iris: Iris, extractor: Extractor) -> str:
    """Return the IRI of the run: program, vocabulary and rules."""
    made_by = program_version(), extractor.vocabulary.digest, extractor.rules_digest
    return iris.run(*made_by).value


def contents(paths: Sequence[Path]) -> tuple[tuple[str, bytes], ...]:
    """Return files as they are sent to executors."""
    return tuple((path.name, path.read_bytes()) for path in paths)
