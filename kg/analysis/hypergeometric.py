"""Counts in a table of two by two with its margins held: upper tails and Fisher's test.

The same numbers as `scipy.stats.hypergeom.sf` and `scipy.stats.fisher_exact`, which the tests hold
them to, for many tables at once: importing `scipy.stats` alone takes longer than most comparisons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from kg.analysis.clusters import Floats

    Counts: TypeAlias = NDArray[np.int64]

TIE: Final = 1e-7
"""Two tables are equally likely when their chances differ by no more than this share (as in R)."""
NOTHING: Final = 1e-17
"""What adds less than this share to a sum adds nothing to it."""


class _Tables:
    """Tables with `drawn` of `size` postings on a side, of which `having` in all have something."""

    def __init__(self, size: Counts, having: Counts, drawn: Counts) -> None:
        self.size, self.having, self.drawn = size, having, drawn
        self.least = np.maximum(0, having + drawn - size)
        self.most = np.minimum(having, drawn)

    def at(self, places: NDArray[Any]) -> _Tables:
        return _Tables(self.size[places], self.having[places], self.drawn[places])

    def log_chance(self, count: Counts) -> Floats:
        """Return the logarithm of the chance that `count` of the drawn have it."""
        found: Floats = (
            _log_choose(self.having, count)
            + _log_choose(self.size - self.having, self.drawn - count)
            - _log_choose(self.size, self.drawn)
        )
        return found

    def tail(self, count: Counts, step: int) -> Floats:
        """Return the chance of `count` or further out: upwards with step 1, downwards with -1.

        `count` lies on that side of the likeliest one, so that each further chance is the smaller;
        where it lies outside of what is possible the tail is empty.
        """
        inside = (count >= self.least) & (count <= self.most)
        summed = np.zeros(len(count))
        left = np.flatnonzero(inside)
        here, tables = count[left], self.at(left)
        chance = np.exp(tables.log_chance(here))
        while len(left):
            summed[left] += chance
            if step > 0:
                above = (tables.having - here) * (tables.drawn - here)
                below = (here + 1) * (tables.size - tables.having - tables.drawn + here + 1)
            else:
                above = here * (tables.size - tables.having - tables.drawn + here)
                below = (tables.having - here + 1) * (tables.drawn - here + 1)
            chance = chance * (above / below)
            here = here + step
            more = chance > NOTHING * summed[left]
            if not more.all():
                left, here, chance, tables = left[more], here[more], chance[more], tables.at(more)
        return summed


def upper_tail(count: ArrayLike, size: ArrayLike, having: ArrayLike, drawn: ArrayLike) -> Floats:
    """Return the chance that `count` or more of `drawn` postings, of `size`, have something.

    `having` of all have it. Each may be a number or an array.
    """
    shape, (counted, *rest) = _arrays(count, size, having, drawn)
    tables = _Tables(*rest)
    middle = (tables.having + 1) * (tables.drawn + 1) // (tables.size + 2)
    above = counted > middle
    found = np.empty(len(counted))
    found[above] = tables.at(above).tail(counted[above], 1)
    found[~above] = 1 - tables.at(~above).tail(counted[~above] - 1, -1)
    return np.clip(found, 0, 1).reshape(shape)


def two_sided(count_a: ArrayLike, size_a: ArrayLike, count_b: ArrayLike, size_b: ArrayLike) -> Any:
    """Return Fisher's exact two-sided p: `count` of `size` postings on each side.

    It sums the chances of all tables that are no likelier than the one that was found.
    """
    shape, (a, all_a, b, all_b) = _arrays(count_a, size_a, count_b, size_b)
    tables = _Tables(all_a + all_b, a + b, all_a)
    middle = (tables.having + 1) * (tables.drawn + 1) // (tables.size + 2)
    above = a > middle
    found = np.empty(len(a))
    for part, step in ((above, 1), (~above, -1)):
        chosen, count = tables.at(part), a[part]
        other = _as_unlikely(chosen, count, middle[part], step)
        found[part] = chosen.tail(count, step) + chosen.tail(other, -step)
    return np.minimum(found, 1).reshape(shape)[()]


def _as_unlikely(tables: _Tables, count: Counts, middle: Counts, step: int) -> Counts:
    """Return, on the other side of the likeliest count, the first that is no likelier.

    `step` says on which side `count` lies. Where none is so unlikely it is one beyond the end.
    """
    limit = tables.log_chance(count) + np.log1p(TIE)
    beyond = tables.least - 1 if step > 0 else tables.most + 1
    nearer = middle + 1 if step > 0 else np.maximum(middle, count + 1) - 1
    while (left := np.flatnonzero(np.abs(nearer - beyond) > 1)).size:
        tried = (nearer[left] + beyond[left]) // 2
        unlikely = tables.at(left).log_chance(tried) <= limit[left]
        beyond[left[unlikely]] = tried[unlikely]
        nearer[left[~unlikely]] = tried[~unlikely]
    return beyond


def _arrays(*given: ArrayLike) -> tuple[tuple[int, ...], list[Counts]]:
    """Return numbers as arrays of one length, and the shape that they stand for."""
    arrays = np.broadcast_arrays(*(np.asarray(one) for one in given))
    return arrays[0].shape, [np.array(one, np.int64).reshape(-1) for one in arrays]


def _log_choose(of: Counts, count: Counts) -> Floats:
    from scipy.special import gammaln

    numbers = of, count, of - count
    most = max(int(one.max(initial=0)) for one in numbers)
    if most < len(of) and all(one.min(initial=0) >= 0 for one in numbers):
        # there are more numbers than different ones: each is worked out once
        known = gammaln(np.arange(1, most + 2))
        all_of, some, rest = (known[one] for one in numbers)
    else:
        all_of, some, rest = (gammaln(one + 1) for one in numbers)
    found: Floats = all_of - some - rest
    return found
