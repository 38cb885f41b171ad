"""What a test says of a difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis.support import ends_json

if TYPE_CHECKING:
    from kg.analysis.statistics import Effect
    from kg.analysis.support import Json


@dataclass(frozen=True, slots=True)
class Finding:
    """What a test says of a difference; a log-odds ratio above 0 means more in b.

    `effect` is None where no posting, or every one, has the feature; `interval` is the 95% interval
    of its log-odds ratio, wide enough for resampled employers and for the odds themselves.
    `p_postings` is Fisher's exact test, which takes postings for independent; `p_employers` takes
    only employers for it. `p` is the larger: a difference counts when neither explains it. `q` is p
    after Benjamini and Hochberg.
    """

    effect: Effect | None
    interval: tuple[float, float] | None
    p_postings: float
    p_employers: float
    q: float

    @property
    def p(self) -> float:
        """The larger of the two p-values."""
        return max(self.p_postings, self.p_employers)


def finding_json(found: Finding | None) -> dict[str, Json]:
    """Return the numbers of a finding under the names of the contract; nulls where there is none.

    >>> finding_json(None)["q"] is None
    True
    """
    effect = found.effect if found else None
    return {
        "log_odds": effect.log_odds if effect else None,
        "z": effect.z if effect else None,
        "p": found.p if found else None,
        "p_postings": found.p_postings if found else None,
        "p_employers": found.p_employers if found else None,
        "q": found.q if found else None,
        "interval": ends_json(found.interval) if found else None,
    }
