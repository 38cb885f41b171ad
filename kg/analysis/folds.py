"""Folds of postings by employer, each with its share of either side.

Those of scikit-learn's `StratifiedGroupKFold` with `shuffle=True`, which the tests hold them to:
employers are shuffled, those that lean most to one side go first, and each goes into the fold that
leaves the sides spread most evenly. What makes the difference are all folds tried at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats

EQUAL: Final = 1e-8, 1e-5
"""Two spreads are equal that differ by no more than the one, and the other's share of them."""


def folds(
    side_b: NDArray[np.bool_], employers: NDArray[np.intp], count: int, seed: int
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Yield of each of `count` folds the postings of the others, and its own, in their order.

    Both sides have postings of `count` employers or more. `employers` may be any numbers.
    """
    place = np.unique(employers, return_inverse=True)[1]
    by_side = np.zeros((int(place.max()) + 1, 2))
    np.add.at(by_side, (place, side_b.astype(np.intp)), 1)
    shuffled = np.arange(len(by_side))
    np.random.RandomState(seed).shuffle(shuffled)
    by_side = by_side[shuffled]
    of_shuffled = _fold_of_each(by_side, np.bincount(side_b, minlength=2), count)
    of_employer = np.empty_like(of_shuffled)
    of_employer[shuffled] = of_shuffled
    fold = of_employer[place]
    for one in range(count):
        yield np.flatnonzero(fold != one), np.flatnonzero(fold == one)


def _fold_of_each(by_side: Floats, sizes: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return the fold of each employer, of which `by_side` has the postings of either side."""
    filled = np.zeros((count, 2))
    found = np.empty(len(by_side), np.intp)
    one = np.arange(count)
    for employer in np.argsort(-np.std(by_side, axis=1), kind="stable").tolist():
        theirs = by_side[employer]
        tried = np.repeat(filled[:, None], count, axis=1)  # a fold's postings, where it goes, sides
        tried[one, one] += theirs
        tried /= sizes
        tried -= np.add.reduce(tried, axis=0) / count
        tried *= tried
        spread = np.sqrt(np.add.reduce(tried, axis=0) / count)  # `numpy.std`, without its care
        spreads = (np.add.reduce(spread, axis=1) / 2).tolist()
        best = _best(spreads, filled.sum(axis=1).tolist())
        filled[best] += theirs
        found[employer] = best
    return found


def _best(spreads: list[float], postings: list[float]) -> int:
    """Return which fold leaves the least spread; of equal ones that with the fewest postings."""
    best, least, fewest = 0, np.inf, np.inf
    for fold, (spread, size) in enumerate(zip(spreads, postings, strict=True)):
        is_equal = abs(spread - least) <= EQUAL[0] + EQUAL[1] * least
        if spread < least or (is_equal and size < fewest):
            best, least, fewest = fold, spread, size
    return best
