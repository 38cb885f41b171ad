"""Who asks what, shuffled: a posting keeps its number of skills and a skill its postings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

BURN_IN: Final = 10
"""Trades of each row before the first draw; Strona et al. find that so many forget their start."""
BETWEEN: Final = 4
"""Trades of each row from one draw to the next."""
CHANCE: Final = 32
"""Bits of the random numbers that order what a pair trades: of twenty, two are equal once in 10^7
trades, and the columns' order then decides."""


def shuffled(asks: NDArray[np.bool_], draws: int, *, seed: int) -> Iterator[NDArray[np.bool_]]:
    """Yield `draws` random matrices with the row and column sums of `asks`.

    All rows are paired at random; the two of each pair trade what only one of them has, each
    keeping its number; where the number of rows is odd one stands by. That is a global curveball
    trade: a step back is as likely as the step, so that the draws are uniform over all matrices
    with these sums, as those of single trades are, and a step trades all rows at once. Carstens,
    Hamann, Meyer, Penschuck, Tran & Wagner, ESA 2018, 11:1-11:15; of single trades Strona et al.,
    Nature Communications 5 (2014) 4114, and Carstens, Phys. Rev. E 91 (2015) 042812. Fewer than two
    rows have nothing to trade. What is yielded is the sampler's own: it changes with the next draw.
    """
    draw = np.random.default_rng(seed)
    current = np.array(asks, bool)
    for number in range(draws):
        for _ in range(BETWEEN if number else BURN_IN):
            _trade(current, draw)
        yield current


def _trade(asks: NDArray[np.bool_], draw: np.random.Generator) -> None:
    count, width = asks.shape
    pairs = count // 2
    order = draw.permutation(count)
    first, second = order[:pairs], order[pairs : 2 * pairs]
    a, b = asks[first], asks[second]
    apart = np.flatnonzero(a != b)
    if not len(apart):
        return
    shift = width.bit_length()
    chance = draw.integers(1 << CHANCE, size=len(apart))
    pair = apart // width
    keys = pair << CHANCE + shift | chance << shift | apart - pair * width
    keys.sort()  # within a pair in random order; the pairs are in theirs, as they were
    column = keys & (1 << shift) - 1
    begins = np.searchsorted(pair, np.arange(pairs))
    taken = np.arange(len(pair)) - begins[pair] < np.count_nonzero(a > b, axis=1)[pair]
    asks[first[pair], column] = taken
    asks[second[pair], column] = ~taken
