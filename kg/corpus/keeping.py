"""Answers kept with the snapshot that gave them, so that a second question starts at once.

A snapshot never changes, so neither does what it answers: each long answer is a file in a folder
inside the snapshot's own, named by its query's hash. The next snapshot has it as a former answer,
with the graphs that changed in between (`kg.touched`), so that only these are asked for anew. What
is kept holds nothing that the store does not and may be deleted at any time; where none can be
written, the store is asked each time. An answer is kept as columns (`kg.coded`). A file that is not
as it was written counts as none.
"""

from __future__ import annotations

from array import array
from contextlib import suppress
from hashlib import sha256
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kg.coded import Coded, coded, read, write
from kg.touched import COLUMNS, FORMER, changed_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Number = TypeVar("Number", bound=np.integer[Any])

LEAST: Final = 1000
"""Rows from which on an answer is kept. Where none is so long all are asked for as fast; beside a
long one a few rows may take as long to find as many."""


def numbers_of(answer: Coded, column: int, known: Mapping[str, int]) -> NDArray[np.int64]:
    """Return a column of an answer as numbers that are known by text; -1 for what is not."""
    import numpy as np

    texts = answer.texts[column]
    of_text = np.fromiter(map(known.get, texts, repeat(-1)), np.int64, len(texts))
    found: NDArray[np.int64] = of_text[np.frombuffer(answer.columns[column], np.int32)]
    return found


def distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    """Return numbers in order, each once; twice as fast as `numpy.unique`, which hashes."""
    import numpy as np

    ordered = np.sort(numbers)
    found: NDArray[Number] = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return found


def renewed(answer: Coded, graphs: Collection[str], rows: Iterable[tuple[str, ...]]) -> Coded:
    """Return an answer with other rows for some graphs, which its first column names.

    A text that no row has any more is not among its texts.
    """
    import numpy as np

    numbers = [np.frombuffer(column, np.int32) for column in answer.columns]
    is_gone = np.fromiter((text in graphs for text in answer.texts[0]), bool, len(answer.texts[0]))
    kept = ~is_gone[numbers[0]]
    new = coded(rows, len(numbers))
    texts, columns = [], []
    for old, column, more, added in zip(answer.texts, numbers, new.texts, new.columns, strict=True):
        used = np.zeros(len(old), bool)
        used[column[kept]] = True
        place = np.cumsum(used, dtype=np.int32) - np.int32(1)
        known = {old[one]: number for number, one in enumerate(np.flatnonzero(used).tolist())}
        of_new = np.array([known.setdefault(text, len(known)) for text in more], np.int32)
        rest = of_new[np.frombuffer(added, np.int32)]
        texts.append(list(known))
        columns.append(array("i", np.concatenate([place[column[kept]], rest]).tobytes()))
    return Coded(texts, columns)


class Kept:
    """The kept answers of one snapshot."""

    def __init__(self, snapshot: Path) -> None:
        self._snapshot = snapshot

    def find(self, query: str) -> Coded | None:
        """Return the answer to a query; None where it is not kept."""
        return self._find(COLUMNS, query)

    def find_former(self, query: str) -> tuple[Coded, frozenset[str]] | None:
        """Return the answer that a query once had, and the graphs that have changed since."""
        changed = changed_in(self._snapshot)
        found = None if changed is None else self._find(FORMER, query)
        return None if changed is None or found is None else (found, changed)

    def keep(self, query: str, answer: Coded) -> None:
        """Keep the answer to a query, if it is long or another one was: then the store is large."""
        if len(answer.columns[0]) >= LEAST or (self._snapshot / COLUMNS).is_dir():
            with suppress(OSError):
                write(self._snapshot / COLUMNS / _name(query), answer)

    def _find(self, folder: str, query: str) -> Coded | None:
        try:
            return read(self._snapshot / folder / _name(query))
        except (OSError, ValueError, KeyError):  # not there, or not whole
            return None


def _name(query: str) -> str:
    return sha256(query.encode()).hexdigest()[:20]
