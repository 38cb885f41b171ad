"""Bands: which sketches share one with which, by sorting what a band has of all of them.

A hash table for each band, as such indexes have, takes four kilobytes a sketch, most of them for
bands that no other has. Here a sketch takes its marks and a number for each of its bands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kg.copies.sketches import BANDS, FEWEST, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

NONE: Final = -1
"""In place of its run: what a sketch has in a band, few others have."""
SHORT: Final = 8
"""Sketches of a run whose pairs are held against each other at once."""
HALF: Final = 32
"""Bits of the number of a pair that its greater row takes; the others are of the lesser."""
MOST: Final = 2_000_000
"""Pairs that are gathered before those which were met before are left out, 8 bytes each."""
AT_ONCE: Final = 10_000
"""Pairs that are compared together, 3 KB each meanwhile."""
NUMBER: Final = 8
"""Bytes of the number that a band's marks, six of them, are sorted as."""
SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
"""Sets a band apart for each kind; odd, so that no two bands of one kind become one."""


class SketchIndex:
    """Sketches by their marks, of which those that are put in are found by others of their kind.

    `marks` has a row of `VALUES` for each sketch, `kinds` a number, and `among` are the rows that
    may be put in or be asked for. What shares a band is a run. The pairs of a short one are held
    against each other at once, all together; a long one has room for its rows, and is looked
    through when one of them is asked for.
    """

    def __init__(
        self, marks: NDArray[np.uint8], kinds: NDArray[np.int32], among: NDArray[np.int32]
    ) -> None:
        self._marks = marks
        self._kinds = kinds
        self._is_in = bytearray(len(marks))
        runs_of = np.full((len(marks), BANDS), NONE, np.int32)
        sizes = [np.zeros(0, np.int32)]
        pairs = [np.zeros(0, np.int64)]
        runs = 0
        for band in range(BANDS if len(among) else 0):
            keys = _keys(marks[among, band * ROWS : (band + 1) * ROWS], kinds[among])
            order = np.argsort(keys, kind="stable")
            keys, rows = keys[order], among[order]
            starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
            size = np.diff(np.append(starts, len(keys))).astype(np.int32)
            is_long = size > SHORT
            pairs.append(_pairs(keys, rows, np.repeat(~is_long, size)))
            if sum(map(len, pairs)) > MOST:  # copies share most bands
                pairs = [np.unique(np.concatenate(pairs))]
            number = np.where(is_long, np.cumsum(is_long, dtype=np.int32) - 1 + runs, NONE)
            runs_of[rows, band] = np.repeat(number, size)
            sizes.append(size[is_long])
            runs += len(sizes[-1])
        self._beside, self._beside_from = self._adjacent(np.unique(np.concatenate(pairs)))
        room = np.concatenate(sizes)
        shared = runs_of != NONE
        self._runs = runs_of[shared]
        self._from = [0, *np.cumsum(np.count_nonzero(shared, axis=1)).tolist()]
        self._begins = np.cumsum(room, dtype=np.int32) - room
        self._ends = self._begins.copy()
        self._rows = np.empty(int(room.sum()), np.int32)
        self._met = np.zeros(len(marks), np.bool_)
        """All False, but while rows are gathered: a sort of those of many runs takes longer."""

    def add(self, rows: Iterable[int]) -> None:
        """Put rows in, each once."""
        for row in rows:
            self._is_in[row] = True
            runs = self._runs_of(row)
            if len(runs):
                ends = self._ends[runs]
                self._rows[ends] = row
                self._ends[runs] = ends + 1

    def near(self, row: int) -> list[int]:
        """Return the rows that are in and likely to be near this one, sorted; itself, if it is in.

        They share a band of marks with it, and `FEWEST` marks; the sketches themselves tell whether
        they are near (`sketches.are_near`), and all that are, are found.
        """
        beside = self._beside[self._beside_from[row] : self._beside_from[row + 1]]
        found = {other for other in [row, *beside.tolist()] if self._is_in[other]}
        runs = self._runs_of(row)
        if len(runs):
            begins, ends = self._begins[runs], self._ends[runs]
            held = begins < ends
            met = self._union(begins[held], ends[held])
            found.update(met[self._are_near(met, row)].tolist())
        return sorted(found)

    def _adjacent(self, pairs: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[int]]:
        """Return what is likely to be near each row, of some pairs, and where that begins."""
        one, other = pairs >> HALF, pairs & ((1 << HALF) - 1)
        parts = [slice(at, at + AT_ONCE) for at in range(0, len(pairs), AT_ONCE)]
        near = [self._are_near(one[part], other[part]) for part in parts]
        kept = np.concatenate([np.zeros(0, np.bool_), *near])
        begin = np.concatenate([one[kept], other[kept]])
        order = np.argsort(begin, kind="stable")
        counts = np.bincount(begin, minlength=len(self._marks))
        return np.concatenate([other[kept], one[kept]])[order], [0, *np.cumsum(counts).tolist()]

    def _are_near(self, some: NDArray[Any], others: NDArray[Any] | int) -> NDArray[np.bool_]:
        """Tell which pairs of rows (or some and one) share their kind and `FEWEST` marks."""
        shared = np.count_nonzero(self._marks[some] == self._marks[others], axis=1)
        near: NDArray[np.bool_] = (self._kinds[some] == self._kinds[others]) & (shared >= FEWEST)
        return near

    def _union(self, begins: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the rows of some runs, each once, sorted."""
        for run in map(slice, begins.tolist(), ends.tolist()):
            self._met[self._rows[run]] = True
        found = np.flatnonzero(self._met).astype(np.int32)
        self._met[found] = False
        return found

    def _runs_of(self, row: int) -> NDArray[np.int32]:
        runs: NDArray[np.int32] = self._runs[self._from[row] : self._from[row + 1]]
        return runs


def _keys(bands: NDArray[np.uint8], kinds: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Return a number for each row's marks of one band and its kind."""
    wide = np.zeros((len(bands), NUMBER), np.uint8)
    wide[:, :ROWS] = bands
    return wide.view(np.uint64).ravel() * SPREAD + kinds.astype(np.uint64)


def _pairs(
    keys: NDArray[np.uint64], rows: NDArray[np.int32], is_short: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return the pairs of rows with one key, each as a number, where theirs is a short run.

    `keys` are sorted, so that the two of a pair are less than `SHORT` apart.
    """
    found = [np.zeros(0, np.int64)]
    for apart in range(1, min(SHORT, len(keys))):
        at = np.flatnonzero((keys[apart:] == keys[:-apart]) & is_short[apart:])
        one, other = rows[at].astype(np.int64), rows[at + apart].astype(np.int64)
        found.append(np.minimum(one, other) << HALF | np.maximum(one, other))
    return np.concatenate(found)
