"""Precision, recall and F1 from counts, with bootstrap intervals over documents."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

SAMPLES: Final = 1000
SEED: Final = 538


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits, gold items and predicted items; they add up over documents."""

    hits: int = 0
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.hits + other.hits, self.gold + other.gold, self.predicted + other.predicted
        )

    @property
    def precision(self) -> float:
        """Hits of those predicted; 1 where nothing was predicted and nothing was there."""
        if self.predicted:
            return self.hits / self.predicted
        return 0.0 if self.gold else 1.0

    @property
    def recall(self) -> float:
        """Hits of those in the gold; 1 where nothing was there and nothing predicted."""
        if self.gold:
            return self.hits / self.gold
        return 0.0 if self.predicted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of an evaluation. `interval` is the 95% bootstrap interval of F1, or None."""

    name: str
    counts: Counts
    interval: tuple[float, float] | None = None


def total(counts: Sequence[Counts]) -> Counts:
    """Add up counts; of none it is all zero."""
    return sum(counts, Counts())


def interval(
    documents: Sequence[Counts],
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
    of: Callable[[Counts], float] = lambda counts: counts.f1,
) -> tuple[float, float] | None:
    """Return the 95% percentile interval of a figure when documents are drawn again.

    Documents are the unit, since what one of them says hangs together (Efron and Tibshirani
    1993, chapter 13). None for fewer than two documents.
    """
    if len(documents) < 2:
        return None
    drawn = random.Random(seed)  # noqa: S311 # a resampling, no secret
    figures = sorted(
        of(total([documents[drawn.randrange(len(documents))] for _ in documents]))
        for _ in range(samples)
    )
    return figures[int(0.025 * samples)], figures[int(0.975 * samples) - 1]
