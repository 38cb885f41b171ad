"""Is a difference in counts more than chance? Log-odds with a prior, Fisher's test, q-values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

PRIOR_POSTINGS: Final = 10
"""The prior weighs as much as this many postings on each side: a third of the smallest group that
is tested, enough to tame a skill seen once and too little to drown thirty postings."""

Z_95: Final = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Effect:
    """A log-odds ratio of b against a (above 0: more in b), its standard error, and its z."""

    log_odds: float
    error: float

    @property
    def z(self) -> float:
        """The ratio in standard errors."""
        return self.log_odds / self.error

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% interval, postings taken for independent."""
        return self.log_odds - Z_95 * self.error, self.log_odds + Z_95 * self.error


def log_odds(
    count_a: int, size_a: int, count_b: int, size_b: int, *, corpus_share: float
) -> Effect | None:
    """Compare the odds that a posting of b requires a skill with those of a, with a prior.

    `count` of `size` postings of a side require it, and `corpus_share` of all postings there are.
    The prior adds `PRIOR_POSTINGS` postings of the corpus to each side. Equal shares give 0 when
    the sides are equally large, and nearly so otherwise. Returns None where no posting, or every
    one, requires the skill: there are no odds then.

    Method: Monroe, Colaresi & Quinn, "Fightin' Words", Political Analysis 16 (2008) 372-403:
    log-odds ratio with an informative Dirichlet prior and z (eq. 22). A posting requires a skill
    once or not at all, so the Dirichlet's two categories are "requires it" and "does not", not the
    words of one vocabulary: with the latter, a skill that all postings require would seem rarer
    where postings list more. The variance therefore keeps the terms of the second category.

    >>> log_odds(2, 4, 2, 4, corpus_share=0.5).log_odds
    0.0
    """
    yes_a, no_a = _posterior(count_a, size_a, corpus_share)
    yes_b, no_b = _posterior(count_b, size_b, corpus_share)
    if min(yes_a, no_a, yes_b, no_b) <= 0:
        return None
    delta = math.log(yes_b / no_b) - math.log(yes_a / no_a)
    sigma = math.sqrt(1 / yes_a + 1 / no_a + 1 / yes_b + 1 / no_b)
    return Effect(delta, sigma)


def _posterior(count: int, size: int, corpus_share: float) -> tuple[float, float]:
    """Return the postings that require a skill and those that do not, with the prior's."""
    yes = PRIOR_POSTINGS * corpus_share
    return count + yes, size - count + (PRIOR_POSTINGS - yes)


def fisher(count_a: ArrayLike, size_a: ArrayLike, count_b: ArrayLike, size_b: ArrayLike) -> Any:
    """Return Fisher's exact two-sided p: `count` of `size` postings on each side.

    Of arrays each table has its own; see `kg.analysis.hypergeometric`.
    """
    from kg.analysis.hypergeometric import two_sided

    return two_sided(count_a, size_a, count_b, size_b)


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Return the q-value of each p-value, in the same order; equal p-values get equal q-values.

    Method: Benjamini & Hochberg, J. R. Stat. Soc. B 57 (1995) 289-300, as adjusted p-values.

    >>> benjamini_hochberg([0.01, 0.04, 0.03])
    [0.03, 0.04, 0.04]
    """
    import numpy as np

    given = np.array(p_values, np.float64)
    order = np.argsort(given, kind="stable")
    raised = given[order] * len(given) / np.arange(1, len(given) + 1)
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(1, np.minimum.accumulate(raised[::-1])[::-1])
    found: list[float] = adjusted.tolist()
    return found
