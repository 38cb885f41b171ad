"""How sure a share is, and how many postings a difference of shares would need."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Final

POWER: Final = 0.8
"""The chance with which a difference is to be found, if it is there."""
LEVEL: Final = 0.05
"""The chance with which one is found that is not there."""


def wilson(count: float, size: float, confidence: float = 0.95) -> tuple[float, float] | None:
    """Return the interval of a share of `count` in `size`; None where there is nothing to share.

    Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212: never below 0 or above 1, and right for shares
    near them, where the usual interval shrinks to nothing. Numbers need not be whole: `size` may be
    that of a sample of independent postings that would say as much.

    >>> [round(end, 4) for end in wilson(0, 10)]
    [0.0, 0.2775]
    """
    if not size:
        return None
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = count / size
    middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z / (1 + z * z / size) * math.sqrt(share * (1 - share) / size + (z / (2 * size)) ** 2)
    low = 0.0 if count == 0 else middle - half
    high = 1.0 if count == size else middle + half
    return low, high


def postings_needed(share_a: float, share_b: float) -> int:
    """Return how many postings a side a difference of two shares needs to be found.

    Found with the chance `POWER` by a test at `LEVEL`, postings taken for independent; where one
    employer has many of them, more are needed. Fleiss, Levin & Paik, Statistical Methods for
    Rates and Proportions (3rd ed., 2003), eq. 4.14, without the correction for continuity.

    >>> postings_needed(0.3, 0.5)
    93
    """
    if share_a == share_b:
        raise ValueError("equal shares have no difference that could be found")
    alpha, beta = NormalDist().inv_cdf(1 - LEVEL / 2), NormalDist().inv_cdf(POWER)
    mean = (share_a + share_b) / 2
    spread = alpha * math.sqrt(2 * mean * (1 - mean)) + beta * math.sqrt(
        share_a * (1 - share_a) + share_b * (1 - share_b)
    )
    return math.ceil((spread / (share_a - share_b)) ** 2)


def least_difference(size_a: int, size_b: int, share: float = 0.3) -> float:
    """Return how far b's share must lie above `share` in a for sides of these sizes to show it.

    With the chance `POWER`, by a test at `LEVEL`; 1 - `share` where nothing short of all would do.
    For unequal sizes their harmonic mean stands on both sides.

    >>> round(least_difference(93, 93), 2)
    0.2
    """
    if not size_a or not size_b:
        return 1 - share
    size = 2 / (1 / size_a + 1 / size_b)
    low, high = 0.0, 1 - share
    if postings_needed(share, share + high) > size:
        return high
    while high - low > 1e-4:
        middle = (low + high) / 2
        if postings_needed(share, share + middle) > size:
            low = middle
        else:
            high = middle
    return high
