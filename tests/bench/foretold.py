"""The power that a test should have in a corpus whose truth is known, computed beforehand.

It is that of a normal statistic: its mean and variance follow from the shares that were planted,
the employers' sizes and their likeness; the bound on p is where, on the average, Benjamini and
Hochberg's rule would lie.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from scipy.special import betaincinv, expit, logit, ndtr, ndtri

from kg.analysis.comparison import LEVEL
from tests.bench.outcomes import Outcome

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats

NODES: Final = (np.arange(64) + 0.5) / 64
"""Shares of employers at whose quantiles their habits are averaged."""


class Growing(Protocol):
    """How a planted feature changes, by log-odds from the first step to the last."""

    @property
    def likeness(self) -> float: ...
    @property
    def effect(self) -> float: ...
    @property
    def steps(self) -> int: ...


@dataclass
class Foretold(Outcome):
    """What a test found, and the power that was computed beforehand."""

    computed: float = 0.0


@dataclass(frozen=True, eq=False)
class Planted:
    """Postings by employer and step, what each has, and what was planted."""

    employers: NDArray[np.intp]
    steps: Floats
    having: NDArray[np.bool_]
    base: Floats
    differs: NDArray[np.bool_]


def computed_power(market: Growing, corpus: Planted) -> float:
    """Return the mean chance of a planted feature to be found, before anything is counted."""
    off = corpus.steps - corpus.steps.mean()
    signs = []
    for share in corpus.base[corpus.differs].tolist():
        chance = _chances(market, share)[corpus.steps.astype(int)]
        mean = chance.mean()
        spread = np.sqrt(chance * (1 - chance))
        alone = np.bincount(corpus.employers, (off * spread) ** 2)
        alike = np.bincount(corpus.employers, off * spread) ** 2
        variance = ((1 - market.likeness) * alone + market.likeness * alike).sum()
        shifted = np.bincount(corpus.employers, off * (chance - mean)) ** 2
        naive = (off**2).sum() * mean * (1 - mean)
        bound = math.sqrt(max(naive, variance + shifted.sum()))
        signs.append((abs(float(off @ chance)), bound, math.sqrt(variance)))
    if not signs:
        return math.nan
    sums, bounds, deviations = np.array(signs).T
    nulls, tests = int((~corpus.differs).sum()), len(corpus.differs)
    power = np.zeros(len(signs))
    for level in np.geomspace(LEVEL, LEVEL / tests / 10, 200).tolist():
        power = ndtr((sums + ndtri(level / 2) * bounds) / deviations)
        if LEVEL * (nulls * level + power.sum()) / tests >= level:
            break
    return float(power.mean())


def _chances(market: Growing, share: float) -> Floats:
    """Return the chance that a posting has a planted feature, on each step."""
    habits = np.array([share])
    if market.likeness:
        weight = 1 / market.likeness - 1
        low = max(share * weight, 1e-3), max((1 - share) * weight, 1e-3)
        habits = betaincinv(*low, NODES)
    odds = logit(np.clip(habits, 1e-9, 1 - 1e-9))
    moved = market.effect * (np.arange(market.steps) / (market.steps - 1) - 0.5)
    found: Floats = expit(odds[:, None] + moved).mean(axis=0)
    return found
