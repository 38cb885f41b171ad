"""The cosine of two groups' vectors, from the vectors of their witnesses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.analysis.measured import Measured

if TYPE_CHECKING:
    from kg.analysis.clusters import Floats


def cosine(
    a: Floats, b: Floats, sizes_a: Floats, sizes_b: Floats, *, unseen: bool = False
) -> Measured:
    """Return the cosine of two groups' average vectors.

    `a` and `b`, of the shape (witnesses, dimensions), are the sums of the vectors of each witness's
    postings, `sizes_a` and `sizes_b` how many these are; the rows of both are the same witnesses.
    What chance adds to a vector makes it longer and turns it away from any other, so that the
    cosine comes out too small; with `unseen` the squares of what the witnesses differ by are taken
    from both lengths, as one estimates a variance. It is 1 where nothing is left of a length.
    """
    first, second = a.sum(axis=0) / sizes_a.sum(), b.sum(axis=0) / sizes_b.sum()
    off_a = (a - np.outer(sizes_a, first)) / sizes_a.sum()
    off_b = (b - np.outer(sizes_b, second)) / sizes_b.sum()
    square_a, square_b, product = first @ first, second @ second, first @ second
    value = product / np.sqrt(square_a * square_b)
    by_a = second / np.sqrt(square_a * square_b) - value * first / square_a
    by_b = first / np.sqrt(square_a * square_b) - value * second / square_b
    scores: Floats = off_a @ by_a + off_b @ by_b
    if unseen:
        square_a -= (off_a**2).sum()
        square_b -= (off_b**2).sum()
        product -= (off_a * off_b).sum()
        known = min(square_a, square_b) > 0
        fair = product / np.sqrt(square_a * square_b) if known else 1.0
        value = min(1.0, max(value, fair))
    return Measured(float(value), scores)
