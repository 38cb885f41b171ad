"""Sketches: texts that may be alike, found without comparing each with all.

MinHash by rensa. Measured against datasketch on the same sets of 300 shingles
(`tests/bench/bench_copies.py`): some 40 times as many sketches a second, an error no greater, and
no numpy. Which sketches meet in a band is found by sorting (`bands`), in a tenth of the memory
that an index of hash tables takes.
"""

from __future__ import annotations

from math import ceil
from struct import Struct
from typing import TYPE_CHECKING, Final

from rensa import RMinHash

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.copies.wording import Wording

VALUES: Final = 252
BANDS: Final = 42
"""Of a pair with Jaccard similarity s, 1 - (1 - s^6)^42 is found: 0.995 at 0.7, 0.87 at 0.6, and
of two jobs that share a template's phrases (0.2) one pair in 400."""
ROWS: Final = VALUES // BANDS
"""Values of a band."""
LEAST: Final = 0.45
"""An estimate below this is not worth reading both texts: it is wrong by 0.03 at most times."""
FEWEST: Final = ceil(LEAST * VALUES)
"""Values that two sketches share at least, for such an estimate."""
SEED: Final = 1

_NUMBERS: Final = Struct(f"<{VALUES}I")
SIZE: Final = _NUMBERS.size
"""Bytes of a sketch."""

Sketch = bytes
"""`VALUES` numbers of four bytes, the lowest byte first."""
Marks = bytes
"""The lowest byte of each number of a sketch: what two sketches share, their marks share too."""


def make_sketch(shingles: Collection[str]) -> Sketch:
    """Return the sketch of a set of shingles. The same set gives the same bytes."""
    made = RMinHash(VALUES, SEED)
    made.update([*shingles])  # in any order: of each hash the least counts
    return _NUMBERS.pack(*made.digest())


def make_sketches(wording: Wording) -> tuple[Sketch, ...]:
    """Return the sketches by which a text is sought: of what speaks of the job, and of the whole.

    A copy without headings is all about the job: it resembles the whole of a text with headings,
    or the part of it that speaks of the job. A text too short to be compared has none.
    """
    if not wording.is_telling:
        return ()
    parts = (wording.of_the_job(), wording.all())
    return tuple(dict.fromkeys(map(make_sketch, parts)))


def marks_of(sketch: Sketch) -> Marks:
    """Return the marks of a sketch, by which it is sought: a quarter of its bytes."""
    return sketch[::4]


def are_near(one: Sketch, other: Sketch) -> bool:
    """Tell whether two sketches share a band, and `FEWEST` of their values."""
    import numpy as np

    a, b = (np.frombuffer(sketch, "<u4") for sketch in (one, other))
    same = a == b
    return bool(
        np.count_nonzero(same) >= FEWEST and same.reshape(BANDS, ROWS).all(axis=1).any()
    )  # fmt: skip
