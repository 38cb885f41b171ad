"""A stream of lines without end, in batches: by number, or by time where little comes."""

from __future__ import annotations

import os
import select
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.watching.pace import MOST, SECONDS
from nlp.readers import Piped

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK: Final = 1 << 16
LONGEST: Final = 1 << 26
"""Bytes of a line at the most; of a longer one the beginning is handed on, which is no JSON."""


@dataclass(slots=True)
class Lines:
    """A batch of lines; `number` is that of the last of them, counted from 1."""

    records: list[Piped] = field(default_factory=list)
    number: int = 0


def read_batches(
    file: int, *, most: int = MOST, seconds: float = SECONDS, name: str = "stdin"
) -> Iterator[Lines]:
    """Yield the lines of an open file as they come; an empty batch where none came in time.

    Blank lines are passed over. A last line without an end is one: its writer was ended, or has
    forgotten it; half of a record is set aside as every record is that cannot be read.
    """
    begun, skipping, number = time.monotonic(), False, 0
    batch, rest = Lines(), bytearray()
    while True:
        left = begun + seconds - time.monotonic()
        if left <= 0 or len(batch.records) >= most:
            yield batch
            batch, begun = Lines(number=number), time.monotonic()
            continue
        if not select.select([file], [], [], left)[0]:
            continue
        block = os.read(file, BLOCK)
        if not block:
            break
        rest += block
        if b"\n" not in block:
            if len(rest) > LONGEST and not skipping:
                batch.records.append(Piped(bytes(rest[:LONGEST]), name))
                skipping = True
            if skipping:
                rest.clear()
            continue
        *whole, last = bytes(rest).split(b"\n")
        rest = bytearray(last)
        for line in whole:
            number += 1
            if skipping:
                skipping = False
            elif line.strip():
                if not batch.records:
                    begun = time.monotonic()
                batch.records.append(Piped(line.strip(), name))
                batch.number = number
                if len(batch.records) >= most:
                    yield batch
                    batch, begun = Lines(number=number), time.monotonic()
    if rest.strip() and not skipping:
        batch.records.append(Piped(bytes(rest).strip(), name))
        batch.number = number + 1
    yield batch
