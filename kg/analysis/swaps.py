"""Who asks what, shuffled: a posting keeps its number of skills and a skill its postings."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BURN_IN: Final = 5
"""Trades a row before the first draw; Strona et al. find that so many forget where they began."""
BETWEEN: Final = 2
"""Trades a row from one draw to the next: each row takes part in four on average."""


def shuffled(rows: Sequence[frozenset[int]], draws: int, *, seed: int) -> Iterator[list[set[int]]]:
    """Yield `draws` random matrices with the row and column sums of `rows`.

    A row is the set of the columns that have a 1. Two random rows trade what only one of them has,
    each keeping its number: the curveball algorithm, whose draws are uniform over all matrices with
    these sums. Strona et al., Nature Communications 5 (2014) 4114; Carstens, Phys. Rev. E 91 (2015)
    042812. Fewer than two rows have nothing to trade. The rows yielded are the sampler's own: they
    change with the next draw.
    """
    draw = random.Random(seed)  # noqa: S311 # nothing secret: the same draws every time
    current = [set(row) for row in rows]
    count = len(current)
    for number in range(draws):
        trades = (BETWEEN if number else BURN_IN) * count if count > 1 else 0
        for _ in range(trades):
            _trade(current, draw)
        yield current


def _trade(rows: list[set[int]], draw: random.Random) -> None:
    first = draw.randrange(len(rows))
    second = draw.randrange(len(rows) - 1)
    second += second >= first
    a, b = rows[first], rows[second]
    mine = len(a - b)
    apart = sorted(a ^ b)
    if not mine or mine == len(apart):
        return
    taken = set(draw.sample(apart, mine))
    both = a & b
    rows[first] = both | taken
    rows[second] = both.union(apart) - taken
