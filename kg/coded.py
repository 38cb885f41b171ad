"""Rows of texts as columns: the different texts of each, a number for each row, and their file.

A file that is not as it was written is told from one that is by the sum of its bytes.
"""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from threading import get_ident
from typing import TYPE_CHECKING, Any, Final, overload
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

NUMBER: Final = 8
"""Bytes of each of the numbers that a file begins with: the sum of all that follows, and how long
its description is."""
BETWEEN: Final = "\0"
"""What stands between two texts; an answer in which one has it is not kept."""
FEW: Final = 4
"""Texts are taken out by themselves where less than one in so many is wanted."""


class Texts(Sequence[str]):
    """Texts that stand in a file one behind the other; one by itself is taken out by itself.

    All of them are taken apart where somebody goes through them.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def _all(self) -> list[str]:
        return self.data.decode().split(BETWEEN)

    @cached_property
    def _ends(self) -> NDArray[np.intp]:
        import numpy as np

        return np.append(np.flatnonzero(np.frombuffer(self.data, np.uint8) == 0), len(self.data))

    def __len__(self) -> int:
        return len(self._all) if "_all" in self.__dict__ else len(self._ends)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        return self._all[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def at(self, places: NDArray[np.integer[Any]]) -> list[str]:
        """Return the texts at some places; of few only these are taken out."""
        if "_all" in self.__dict__ or len(places) > len(self) // FEW:
            return list(map(self._all.__getitem__, places.tolist()))
        ends = self._ends[places].tolist()
        starts = ((self._ends[places - 1] + 1) * (places > 0)).tolist()
        data = self.data
        return [data[start:end].decode() for start, end in zip(starts, ends, strict=True)]


@dataclass(frozen=True, slots=True)
class Coded:
    """An answer as columns: the different texts of each, and for each row the place among them."""

    texts: Sequence[Sequence[str]]
    columns: list[array[int]]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        columns = zip(map(list, self.texts), self.columns, strict=True)
        return zip(*(map(texts.__getitem__, column) for texts, column in columns), strict=True)

    def of(self, wanted: Collection[str]) -> Iterator[tuple[str, ...]]:
        """Yield the rows whose first text is among those wanted."""
        import numpy as np

        among = frozenset(wanted)
        first = self.texts[0]
        return self.where(np.fromiter(map(among.__contains__, first), bool, len(first)))

    def where(self, is_wanted: NDArray[np.bool_]) -> Iterator[tuple[str, ...]]:
        """Yield the rows whose first text is wanted, by what is said of each of these texts."""
        import numpy as np

        numbers = [np.frombuffer(column, np.int32) for column in self.columns]
        rows = np.flatnonzero(is_wanted[numbers[0]])
        columns = zip(self.texts, (column[rows] for column in numbers), strict=True)
        return zip(*(texts_at(texts, places) for texts, places in columns), strict=True)


def texts_at(texts: Sequence[str], places: NDArray[np.integer[Any]]) -> list[str]:
    """Return the texts at some places."""
    if isinstance(texts, Texts):
        return texts.at(places)
    return list(map(texts.__getitem__, places.tolist()))


class Coding:
    """Columns that grow row by row, of `width` texts each."""

    def __init__(self, width: int) -> None:
        self._known: list[dict[str, int]] = [{} for _ in range(width)]
        self._columns = [array("i") for _ in range(width)]

    def __len__(self) -> int:
        return len(self._columns[0])

    def add(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Add rows."""
        for row in rows:
            for texts, column, text in zip(self._known, self._columns, row, strict=True):
                column.append(texts.setdefault(text, len(texts)))

    def extend(self, columns: Iterable[Iterable[str]]) -> None:
        """Add rows as columns, in half the time."""
        for texts, column, added in zip(self._known, self._columns, columns, strict=True):
            column.extend([texts.setdefault(text, len(texts)) for text in added])

    def coded(self) -> Coded:
        """Return what has grown."""
        return Coded([list(texts) for texts in self._known], self._columns)


def coded(rows: Iterable[tuple[str, ...]], width: int) -> Coded:
    """Return rows of `width` texts as columns."""
    coding = Coding(width)
    coding.add(rows)
    return coding.coded()


def write(file: Path, answer: Coded) -> None:
    """Write an answer to a file, whole or not at all; the folder is made. Raises `OSError`.

    One with a text that others could not be told from is not written.
    """
    if any(BETWEEN in text for texts in answer.texts for text in texts):
        return
    blobs = [BETWEEN.join(texts).encode() for texts in answer.texts]
    head = {"rows": len(answer.columns[0]), "texts": [len(blob) for blob in blobs]}
    said = json.dumps(head).encode()
    parts = [_number(len(said)), said, *blobs, *(one.tobytes() for one in answer.columns)]
    total = 0
    for part in parts:
        total = crc32(part, total)
    file.parent.mkdir(exist_ok=True)
    making = file.with_name(f"{file.name}.{os.getpid()}-{get_ident()}")
    try:
        with making.open("wb") as target:
            target.writelines([_number(total), *parts])
        making.rename(file)
    except OSError:
        with suppress(OSError):
            making.unlink()
        raise


def read(file: Path) -> Coded:
    """Return the answer in a file. Raises `OSError`, and `ValueError` for one that is damaged."""
    data = file.read_bytes()
    if crc32(memoryview(data)[NUMBER:]) != int.from_bytes(data[:NUMBER], "little"):
        raise ValueError(f"{file} is not as it was written")
    place = 2 * NUMBER + int.from_bytes(data[NUMBER : 2 * NUMBER], "little")
    said = json.loads(data[2 * NUMBER : place])
    rows, columns = int(said["rows"]), []
    texts: list[Sequence[str]] = []
    for size in said["texts"]:
        texts.append(Texts(data[place : place + size]) if rows else ())
        place += size
    width = array("i").itemsize * rows
    for _ in texts:
        columns.append(array("i"))
        columns[-1].frombytes(memoryview(data)[place : place + width])
        place += width
    return Coded(texts, columns)


def _number(value: int) -> bytes:
    return value.to_bytes(NUMBER, "little")
