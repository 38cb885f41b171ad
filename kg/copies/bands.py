"""Bands: which sketches share one with which, by sorting what a band has of all of them.

A hash table for each band, as such indexes have, takes four kilobytes a sketch, most of them for
bands that no other has. Here a sketch takes its marks and a number for each of its bands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kg.copies.sketches import BANDS, FEWEST, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

ALONE: Final = -1
"""In place of its run: what a sketch has in a band, no other has."""
NUMBER: Final = 8
"""Bytes of the number that a band's marks, six of them, are sorted as."""
SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
"""Sets a band apart for each kind; odd, so that no two bands of one kind become one."""


class SketchIndex:
    """Sketches by their marks, of which those that are put in are found by others of their kind.

    `marks` has a row of `VALUES` for each sketch, `kinds` a number, and `among` are the rows that
    may be put in or be asked for. What shares a band is a run, and a run has room for its rows.
    """

    def __init__(
        self, marks: NDArray[np.uint8], kinds: NDArray[np.int32], among: NDArray[np.int32]
    ) -> None:
        self._marks = marks
        self._kinds = kinds
        runs_of = np.full((len(marks), BANDS), ALONE, np.int32)
        sizes = [np.zeros(0, np.int32)]
        runs = 0
        for band in range(BANDS if len(among) else 0):
            keys = _keys(marks[among, band * ROWS : (band + 1) * ROWS], kinds[among])
            order = np.argsort(keys, kind="stable")
            keys = keys[order]
            starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
            size = np.diff(np.append(starts, len(keys))).astype(np.int32)
            several = size > 1
            number = np.where(several, np.cumsum(several, dtype=np.int32) - 1 + runs, ALONE)
            runs_of[among[order], band] = np.repeat(number, size)
            sizes.append(size[several])
            runs += len(sizes[-1])
        room = np.concatenate(sizes)
        shared = runs_of != ALONE
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
            runs = self._runs_of(row)
            if len(runs):
                ends = self._ends[runs]
                self._rows[ends] = row
                self._ends[runs] = ends + 1

    def near(self, row: int) -> list[int]:
        """Return the rows that are in and likely to be near this one, sorted.

        They share a band of marks with it, and `FEWEST` marks; the sketches themselves tell whether
        they are near (`sketches.are_near`), and all that are, are found.
        """
        runs = self._runs_of(row)
        if not len(runs):
            return []
        begins, ends = self._begins[runs], self._ends[runs]
        held = begins < ends
        if not held.any():
            return []
        found = self._union(begins[held], ends[held])
        shared = np.add.reduce(self._marks[found] == self._marks[row], axis=1, dtype=np.int32)
        of_kind = self._kinds[found] == self._kinds[row]
        near: list[int] = found[of_kind & (shared >= FEWEST)].tolist()
        return near

    def _union(self, begins: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the rows of some runs, each once, sorted."""
        first = self._rows[begins]
        several = begins + 1 < ends
        if not several.any():  # the usual: of copies only the first is in
            return np.unique(first)
        self._met[first] = True
        more = map(slice, (begins[several] + 1).tolist(), ends[several].tolist())
        for run in more:
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
