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
from dataclasses import dataclass
from hashlib import sha256
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kg.coded import Coded, Texts, coded, read, write
from kg.touched import COLUMNS, FORMER, changed_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Number = TypeVar("Number", bound=np.integer[Any])

LEAST: Final = 1000
"""Rows from which on an answer is kept. Where none is so long all are asked for as fast; beside a
long one a few rows may take as long to find as many."""


class Numbers(dict[str, int]):
    """Numbers by text. Texts that stand in a file are looked up once for all files with the same.

    As most columns of a store name the same postings, in order.
    """

    def __init__(self, numbers: Mapping[str, int]) -> None:
        super().__init__(numbers)
        self._looked_up: dict[bytes, NDArray[np.int64]] = {}

    def at(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return the number of each text; -1 where it has none."""
        if not isinstance(texts, Texts):
            return _looked_up(self, texts)
        if texts.data not in self._looked_up:
            self._looked_up[texts.data] = _looked_up(self, texts)
        return self._looked_up[texts.data]


def _looked_up(known: Mapping[str, int], texts: Sequence[str]) -> NDArray[np.int64]:
    import numpy as np

    return np.fromiter(map(known.get, texts, repeat(-1)), np.int64, len(texts))


def numbers_of(answer: Coded, column: int, known: Mapping[str, int]) -> NDArray[np.int64]:
    """Return a column of an answer as numbers that are known by text; -1 for what is not."""
    import numpy as np

    texts = answer.texts[column]
    of_text = known.at(texts) if isinstance(known, Numbers) else _looked_up(known, texts)
    found: NDArray[np.int64] = of_text[np.frombuffer(answer.columns[column], np.int32)]
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """Some graphs of all whose numbers are known."""

    graphs: Sequence[str]
    known: Numbers

    def among(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Tell of each text whether it is one of these graphs."""
        import numpy as np

        is_wanted = np.zeros(max(self.known.values(), default=-1) + 2, bool)  # the last is of none
        is_wanted[list(map(self.known.__getitem__, self.graphs))] = True
        found: NDArray[np.bool_] = is_wanted[self.known.at(texts)]
        return found


def in_order(answer: Coded) -> Coded:
    """Return the same rows with their texts in order, as those of columns that are alike then are.

    >>> in_order(Coded([["b", "a"]], [array("i", [0, 1, 0])]))
    Coded(texts=[['a', 'b']], columns=[array('i', [1, 0, 1])])
    """
    import numpy as np

    texts, columns = [], []
    for unordered, column in zip(answer.texts, answer.columns, strict=True):
        ordered, rank = ranked(unordered)
        texts.append(ordered)
        numbers = rank[np.frombuffer(column, np.int32)].astype(np.int32)
        columns.append(array("i", numbers.tobytes()))
    return Coded(texts, columns)


def ranked(texts: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """Return texts in order, and of each its place there."""
    import numpy as np

    known = list(texts)
    ordered = sorted(known)
    if ordered == known:  # as those of a file are
        return known, np.arange(len(known))
    order = sorted(range(len(known)), key=known.__getitem__)
    rank = np.empty(len(known), np.int64)
    rank[order] = np.arange(len(known))
    return ordered, rank


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
                write(self._snapshot / COLUMNS / name_of(query), in_order(answer))

    def _find(self, folder: str, query: str) -> Coded | None:
        try:
            return read(self._snapshot / folder / name_of(query))
        except (OSError, ValueError, KeyError):  # not there, or not whole
            return None


def name_of(query: str) -> str:
    """Return the name of the file for the answer to a query."""
    return sha256(query.encode()).hexdigest()[:20]
