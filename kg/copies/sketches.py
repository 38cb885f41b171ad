"""Sketches: texts that may be alike, found without comparing each with all.

MinHash and locality-sensitive hashing by rensa. Measured against datasketch on the same sets of
300 shingles (`tests/bench/bench_copies.py`): some 40 times as many sketches a second, 30 times as
many look-ups, an error no greater, and no numpy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rensa import RMinHash, RMinHashLSH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.copies.wording import Wording

VALUES: Final = 252
BANDS: Final = 42
"""Of a pair with Jaccard similarity s, 1 - (1 - s^6)^42 is found: 0.995 at 0.7, 0.87 at 0.6, and
of two jobs that share a template's phrases (0.2) one pair in 400."""
LEAST: Final = 0.45
"""An estimate below this is not worth reading both texts: it is wrong by 0.03 at most times."""
SEED: Final = 1

Sketch = bytes


def make_sketch(shingles: Collection[str]) -> Sketch:
    """Return the sketch of a set of shingles. The same set gives the same bytes."""
    made = RMinHash(VALUES, SEED)
    made.update([*shingles])  # in any order: of each hash the least counts
    state: bytes = made.__getstate__()
    return state


def make_sketches(wording: Wording) -> tuple[Sketch, ...]:
    """Return the sketches by which a text is sought: of what speaks of the job, and of the whole.

    A copy without headings is all about the job: it resembles the whole of a text with headings,
    or the part of it that speaks of the job. A text too short to be compared has none.
    """
    if not wording.is_telling:
        return ()
    parts = (wording.of_the_job(), wording.all())
    return tuple(dict.fromkeys(map(make_sketch, parts)))


class SketchIndex:
    """Sketches under names, to be asked under which there is one that is likely to resemble one."""

    def __init__(self) -> None:
        self._index = RMinHashLSH(LEAST, VALUES, BANDS)
        self._held: list[tuple[str, RMinHash]] = []

    def add(self, name: str, sketches: Iterable[Sketch]) -> None:
        """Put sketches in."""
        for held in map(restored, sketches):
            self._index.insert(len(self._held), held)
            self._held.append((name, held))

    def near(self, sketches: Iterable[Sketch]) -> list[str]:
        """Return the names of those that are likely to resemble one of them, sorted."""
        near: set[str] = set()
        for sought in map(restored, sketches):
            found = (self._held[key] for key in self._index.query(sought))
            near.update(
                name for name, held in found if name not in near and sought.jaccard(held) >= LEAST
            )
        return sorted(near)


def restored(sketch: Sketch) -> RMinHash:
    """Return a sketch as what can be compared."""
    made = RMinHash(VALUES, SEED)
    made.__setstate__(sketch)
    return made
