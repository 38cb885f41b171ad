"""Sketches in an index and on a shelf, as the grouping of copies puts them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.copies.bands import SketchIndex
from kg.copies.sketches import VALUES, marks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.copies.shelf import Kept, Shelf
    from kg.copies.sketches import Sketch


def index_of(
    sketches: Sequence[Sketch],
    kinds: Sequence[int] | None = None,
    within: Iterable[int] | None = None,
) -> SketchIndex:
    """Return an index of sketches, all of one kind unless `kinds` says otherwise.

    Those of `within` are in it, all unless it is given.
    """
    rows = np.arange(len(sketches), dtype=np.int32)
    marks = np.frombuffer(b"".join(map(marks_of, sketches)), np.uint8).reshape(-1, VALUES)
    made = SketchIndex(marks, np.array(kinds or [0] * len(sketches), np.int32), rows)
    made.add(range(len(sketches)) if within is None else within)
    return made


def all_kept(shelf: Shelf) -> dict[str, Kept]:
    """Return what is kept of all postings, by their states."""
    found = dict(shelf.every())
    assert found == {state: shelf.look(state) for state in shelf.states()}
    return found
