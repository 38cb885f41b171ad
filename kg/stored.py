"""A graph in a store of its own: what can be checked, written out and changed there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from kg.inference.materialising import Inferred
    from kg.store import Store
    from kg.validate import Violation


class Stored(ABC):
    """What needs the store itself; a graph behind an endpoint raises `StoreError`."""

    @property
    @abstractmethod
    def store(self) -> Store:
        """The embedded store."""

    def validate(
        self, *, jobs: int = 1, watch: Callable[[int, int], None] | None = None
    ) -> list[Violation]:
        """Return what is wrong with the graph; an empty list says that it is valid.

        `watch` is told how many of how many graphs were looked at.
        """
        from kg.validate import validate_store

        return validate_store(self.store, jobs=jobs, watch=watch)

    def export(
        self,
        form: str,
        target: str | Path | IO[bytes],
        *,
        runs: bool = False,
        inferred: bool = False,
        role: str | None = None,
        employer: str | None = None,
        postings: Sequence[str] = (),
        watch: Callable[[int, int], None] | None = None,
    ) -> None:
        """Write the graph, or the part that is named, to a file, stream or folder.

        The formats and what each holds: `kg.export.export`. `watch` is told how many of how many
        graphs were read.
        """
        from kg.export import export as write_export

        write_export(
            self.store,
            form,
            target,
            runs=runs,
            inferred=inferred,
            role=role,
            employer=employer,
            postings=postings,
            watch=watch,
        )

    def infer(self) -> Inferred:
        """Write what follows from the graph into a graph of its own; say how much, by rule.

        Nothing that is stated changes. Where nothing has changed since, nothing is done;
        `drop_inferred` takes it away. Raises `StoreError` for a graph opened for reading.
        """
        from kg.inference.materialising import infer

        return infer(self.store)

    def drop_inferred(self) -> bool:
        """Take away what was inferred. Say whether there was anything. Raises `StoreError`."""
        from kg.inference.materialising import drop

        return drop(self.store)

    def remove(self, posting_id: str) -> bool:
        """Take a posting out, whole. Say whether it was there. Raises `StoreError`."""
        return not self.remove_all([posting_id])

    def remove_all(self, posting_ids: Iterable[str]) -> list[str]:
        """Take postings out, whole, and group their copies anew. Return those that were not there.

        Raises `StoreError`.
        """
        from kg.copies.store_groups import group_copies
        from kg.diffs.former import FormerFacts

        given = list(posting_ids)
        missing = [one for one in given if not self.store.remove(one)]
        with FormerFacts(self.store.folder) as former:
            former.drop(given)
        group_copies(self.store)
        return missing
