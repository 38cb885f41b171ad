"""A stream of lines without end, in batches: by number, or by time where little comes."""

from __future__ import annotations

import os
import select
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.watching.pace import MOST, SECONDS
from nlp.readers import Piped

if TYPE_CHECKING:
    from kg.interrupts import Held

BLOCK: Final = 1 << 16
LONGEST: Final = 1 << 26
"""Bytes of a line at the most; of a longer one the beginning is handed on, which is no JSON."""


@dataclass(slots=True)
class Lines:
    """A batch of lines; `number` is that of the last of them, counted from 1."""

    records: list[Piped] = field(default_factory=list)
    number: int = 0


class LineReader:
    """The lines of an open file, as they come.

    Blank lines are passed over. A last line without an end is one: its writer was ended, or has
    forgotten it; half of a record is set aside as every record is that cannot be read. What was
    taken out of the file is held here until it is handed on: nobody else could read it again.
    """

    def __init__(
        self, file: int, *, most: int = MOST, seconds: float = SECONDS, name: str = "stdin"
    ) -> None:
        self._file = file
        self._most = most
        self._seconds = seconds
        self._name = name
        self._lines: deque[tuple[int, Piped]] = deque()
        self._rest = bytearray()
        self._skipping = False
        self._number = 0
        self._has_ended = False

    @property
    def has_lines(self) -> bool:
        """Say whether lines were taken that are not handed on yet."""
        return bool(self._lines)

    @property
    def is_done(self) -> bool:
        """Say whether the file has ended, and all its lines were handed on."""
        return self._has_ended and not self._lines

    def next_batch(self, held: Held | None = None) -> Lines:
        """Return the next lines; an empty batch where none came in time.

        Told to stop (`held`), it waits for none, and reads none: it returns those it has taken.
        """
        begun = time.monotonic()
        while len(self._lines) < self._most and not self._has_ended:
            left = begun + self._seconds - time.monotonic()
            if left <= 0 or (held and held.came):
                break
            files: list[int | Held] = [self._file] if held is None else [self._file, held]
            if self._file not in select.select(files, [], [], left)[0] or (held and held.came):
                continue
            was_empty = not self._lines
            self._read()
            if was_empty and self._lines:
                begun = time.monotonic()
        return self.taken()

    def taken(self) -> Lines:
        """Return a batch of the lines that were taken, and are not handed on yet."""
        batch = Lines(number=self._number)
        while self._lines and len(batch.records) < self._most:
            batch.number, record = self._lines.popleft()
            batch.records.append(record)
        return batch

    def _read(self) -> None:
        block = os.read(self._file, BLOCK)
        if not block:
            self._has_ended = True
            if not self._skipping:
                self._put(bytes(self._rest), self._number + 1)
            self._rest.clear()
            return
        self._rest += block
        if b"\n" not in block:
            if len(self._rest) > LONGEST and not self._skipping:
                self._put(bytes(self._rest[:LONGEST]), self._number + 1)
                self._skipping = True
            if self._skipping:
                self._rest.clear()
            return
        *whole, last = bytes(self._rest).split(b"\n")
        self._rest = bytearray(last)
        for line in whole:
            self._number += 1
            if not self._skipping:
                self._put(line, self._number)
            self._skipping = False

    def _put(self, line: bytes, number: int) -> None:
        if line.strip():
            self._lines.append((number, Piped(line.strip(), self._name)))
