"""What an executor must know to do its share, and what it keeps from one share to the next."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.iris import Iris
from kg.run import run_node
from kg.spark.files import Files
from kg.store_folder import StoreError
from nlp.readers.raw import AS_IT_IS, ReadingOptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
        from ontology.vocabulary import stored_files

        self.iris = Iris(base)
        self.store: Store = Store.in_memory(base=base)
        with written(vocabulary) as theirs:
            self.extractor: Extractor = Extractor(load(theirs))
            self.store.load("vocabulary", stored_files(theirs))
        self.labels: Labels = Labels(self.store)
        self.label_of = cache(partial(read_labels, self.store))
        """All names of a concept."""
        own = run_node(self.iris, self.extractor).value
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


@contextmanager
def written(vocabulary: tuple[tuple[str, bytes], ...]) -> Iterator[list[Path]]:
    """Write files that were sent, for as long as somebody reads them."""
    with tempfile.TemporaryDirectory(prefix="rolegraph-") as folder:
        paths = []
        for number, (name, data) in enumerate(vocabulary):
            paths.append(Path(folder) / f"{number}-{Path(name).name}")
            paths[-1].write_bytes(data)
        yield paths


def contents(paths: Sequence[Path]) -> tuple[tuple[str, bytes], ...]:
    """Return files as they are sent to executors."""
    return tuple((path.name, path.read_bytes()) for path in paths)
