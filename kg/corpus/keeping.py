"""Answers kept with the snapshot that gave them, so that a second question starts at once.

A snapshot never changes, so neither does what it answers: each long answer is a file in a folder
inside the snapshot's own, named by its query's hash, and goes when the snapshot goes. It holds
nothing that the store does not and may be deleted at any time; where none can be written, the store
is asked each time. A column is kept as its different texts and a number for each row.
"""

from __future__ import annotations

import hashlib
import json
import os
from array import array
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

FOLDER: Final = "columns"
LEAST: Final = 1000
"""Rows from which on an answer is kept; shorter ones are asked for as fast."""
HEAD: Final = 8
"""Bytes at the start of a file, which say how long its description is."""


@dataclass(frozen=True, slots=True)
class Coded:
    """An answer as columns: the different texts of each, and for each row the place among them."""

    texts: list[list[str]]
    columns: list[array[int]]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        columns = zip(self.texts, self.columns, strict=True)
        return zip(*(map(texts.__getitem__, column) for texts, column in columns), strict=True)


def coded(rows: Iterable[tuple[str, ...]], width: int) -> Coded:
    """Return rows of `width` texts as columns."""
    known: list[dict[str, int]] = [{} for _ in range(width)]
    columns = [array("i") for _ in range(width)]
    for row in rows:
        for texts, column, text in zip(known, columns, row, strict=True):
            column.append(texts.setdefault(text, len(texts)))
    return Coded([list(texts) for texts in known], columns)


def numbers_of(answer: Coded, column: int, known: Mapping[str, int]) -> NDArray[np.int64]:
    """Return a column of an answer as numbers that are known by text; -1 for what is not."""
    import numpy as np

    of_text = np.array([known.get(text, -1) for text in answer.texts[column]], np.int64)
    found: NDArray[np.int64] = of_text[np.frombuffer(answer.columns[column], np.int32)]
    return found


class Kept:
    """The kept answers of one snapshot."""

    def __init__(self, snapshot: Path) -> None:
        self._folder = snapshot / FOLDER

    def find(self, query: str) -> Coded | None:
        """Return the answer to a query; None where it is not kept."""
        try:
            return _read((self._folder / _name(query)).read_bytes())
        except (OSError, ValueError, KeyError):  # not there, or not whole
            return None

    def keep(self, query: str, answer: Coded) -> None:
        """Keep the answer to a query, if it is long."""
        if len(answer.columns[0]) >= LEAST:
            with suppress(OSError):
                self._write(_name(query), answer)

    def _write(self, name: str, answer: Coded) -> None:
        head = {"rows": len(answer.columns[0]), "texts": answer.texts}
        said = json.dumps(head, separators=(",", ":")).encode()
        self._folder.mkdir(exist_ok=True)
        making = self._folder / f"{name}.{os.getpid()}"
        with making.open("wb") as file:
            file.write(len(said).to_bytes(HEAD, "little"))
            file.write(said)
            for column in answer.columns:
                column.tofile(file)
        making.rename(self._folder / name)


def _name(query: str) -> str:
    return hashlib.sha256(query.encode()).hexdigest()[:20]


def _read(data: bytes) -> Coded:
    start = HEAD + int.from_bytes(data[:HEAD], "little")
    said = json.loads(data[HEAD:start])
    texts, width = said["texts"], array("i").itemsize * int(said["rows"])
    if len(data) != start + width * len(texts):
        raise ValueError("the file is cut short")
    columns = [data[start + place * width :][:width] for place in range(len(texts))]
    return Coded(texts, [array("i", column) for column in columns])
