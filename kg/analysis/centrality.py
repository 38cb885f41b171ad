"""Which skills hold a role together, beyond what their being frequent makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.statistics import benjamini_hochberg
from kg.shown import Shown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats
    from kg.analysis.frames import Cell
    from kg.analysis.incidence import Incidence, Way
    from kg.analysis.support import Json

LEAST: Final = 5
"""Postings that must ask for a skill to be placed in the graph."""
TOGETHER: Final = 3
"""Postings that must ask for two skills to make an edge that paths use."""
MOST: Final = 200
"""Skills of the graph at most, the most frequent: measures are taken of dense matrices."""
DRAWS: Final = 200
SEED: Final = 20140611
LEVEL: Final = 0.05
COLUMNS: Final = (
    "skill", "postings", "employers", "pagerank", "pagerank_expected", "pagerank_z", "pagerank_q",
    "betweenness", "betweenness_expected", "betweenness_z", "betweenness_q", "concept",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Against:
    """A measure against the null model: its value, the mean and z there, p and q (two-sided)."""

    value: float
    expected: float
    z: float | None
    p: float
    q: float

    @property
    def central(self) -> bool:
        """Whether it is more than frequency explains."""
        return self.q <= LEVEL and self.value > self.expected

    def to_json(self) -> dict[str, Json]:
        """Return the numbers by their names."""
        return {
            "value": self.value,
            "expected": self.expected,
            "z": self.z,
            "p": self.p,
            "q": self.q,
        }


@dataclass(frozen=True, slots=True)
class Central:
    """A skill in the graph of a role's skills."""

    concept: str
    label: str
    postings: int
    employers: int
    pagerank: Against
    betweenness: Against


@dataclass(frozen=True, slots=True)
class Centrality(Shown):
    """The skills of a group of postings, those first whose PageRank frequency explains least.

    `left_out` counts skills that too few postings ask for, or that are beyond the `MOST` most
    frequent.
    """

    label: str
    necessity: Way
    postings: int
    employers: int
    caution: str | None
    draws: int
    left_out: int
    skills: tuple[Central, ...]

    @property
    def enough(self) -> bool:
        """Whether there was enough to measure."""
        return self.caution is None

    def to_json(self) -> dict[str, Json]:
        """Return the object that `kg central --json` prints."""
        return {
            "label": self.label,
            "necessity": self.necessity,
            "postings": self.postings,
            "employers": self.employers,
            "enough": self.enough,
            "caution": self.caution,
            "draws": self.draws,
            "left_out": self.left_out,
            "skills": [
                {
                    "concept": one.concept,
                    "label": one.label,
                    "postings": one.postings,
                    "employers": one.employers,
                    "pagerank": one.pagerank.to_json(),
                    "betweenness": one.betweenness.to_json(),
                }
                for one in self.skills
            ],
        }

    def to_rows(self) -> list[dict[str, Cell]]:
        """Return one row a skill, with `COLUMNS`."""
        rows = []
        for one in self.skills:
            measures = (one.pagerank, one.betweenness)
            numbers = [cell for of in measures for cell in (of.value, of.expected, of.z, of.q)]
            cells: list[Cell] = [one.label, one.postings, one.employers, *numbers, one.concept]
            rows.append(dict(zip(COLUMNS, cells, strict=True)))
        return rows


def centrality(incidence: Incidence, necessity: Way = "any", *, draws: int = DRAWS) -> Centrality:
    """Measure the skills of a group in the graph of those that its postings ask for together.

    PageRank walks along edges weighted by the postings that ask for both ends; betweenness counts
    shortest paths along the pairs that more postings ask for together than would if each asked for
    its skills independently. Both grow with a skill's frequency, so that both are set against
    `draws` matrices in which every posting keeps its number of skills and every skill its number
    of postings (`kg.analysis.swaps`). z is against the mean and deviation of these. p is the share
    of all their z, of all skills taken together, that are as far from 0, with one added on top and
    below: each skill's own draws alone could not give a p small enough for so many tests. q is p
    after Benjamini and Hochberg, a measure at a time.

    `incidence` holds what is asked outright: shuffled rows know no alternatives. An employer's
    postings count each; where few employers have most of them, their templates are what is central.
    """
    import numpy as np

    counts = incidence.counts
    often = np.flatnonzero(counts >= LEAST)
    kept = np.sort(often[np.argsort(-counts[often], kind="stable")][:MOST])
    caution = incidence.caution
    if caution is None and len(kept) < 3:
        caution = f"Not enough data: {len(kept)} skills that {LEAST} postings ask for."
    found: tuple[Central, ...] = ()
    if caution is None:
        asks = incidence.asks.tocsc()[:, kept].tocsr()
        theirs = incidence.by_employer.T @ asks
        employers = np.asarray((theirs > 0).sum(axis=0)).tolist()
        against = _against(asks.toarray(), draws)
        found = tuple(
            Central(
                concept=incidence.skills[column],
                label=incidence.labels[column],
                postings=int(counts[column]),
                employers=int(employers[place]),
                pagerank=against[0][place],
                betweenness=against[1][place],
            )
            for place, column in enumerate(kept.tolist())
        )
    return Centrality(
        label=incidence.label,
        necessity=necessity,
        postings=len(incidence.postings),
        employers=incidence.employer_count,
        caution=caution,
        draws=draws,
        left_out=len(incidence.skills) - len(kept),
        skills=tuple(sorted(found, key=_rank)),
    )


def _against(asks: Floats, draws: int) -> tuple[list[Against], list[Against]]:
    """Return PageRank and betweenness of each column, set against the shuffled matrices."""
    import numpy as np

    from kg.analysis.swaps import shuffled

    observed = measure(asks)
    null = np.empty((draws, *observed.shape))
    for number, drawn in enumerate(shuffled(asks > 0, draws, seed=SEED)):
        null[number] = measure(drawn)
    return _tested(observed[0], null[:, 0]), _tested(observed[1], null[:, 1])


def measure(asks: Floats | NDArray[np.bool_]) -> Floats:
    """Return PageRank and betweenness of the skills, of the shape (2, skills).

    `asks` is dense, of the shape (postings, skills). Counts are exact in half the usual digits, up
    to 16 million postings.
    """
    import numpy as np

    from kg.analysis.network_measures import betweenness, pagerank

    halves = asks.astype(np.float32)
    together = (halves.T @ halves).astype(np.float64)
    alone = together.diagonal().copy()
    np.fill_diagonal(together, 0)
    more = together * len(asks) > np.outer(alone, alone)
    found: Floats = np.stack([pagerank(together), betweenness(more & (together >= TOGETHER))])
    return found


def _tested(observed: Floats, null: Floats) -> list[Against]:
    import numpy as np

    mean, spread = null.mean(axis=0), null.std(axis=0, ddof=1)
    varies = spread > 1e-12  # what the sums alone determine has no z
    scale = np.where(varies, spread, 1.0)
    z = np.where(varies, (observed - mean) / scale, 0.0)
    far = np.sort(np.abs((null - mean) / scale)[:, varies], axis=None)
    beyond = len(far) - np.searchsorted(far, np.abs(z) - 1e-9, side="left")
    p_values: NDArray[np.float64] = np.where(varies, (1 + beyond) / (1 + len(far)), 1.0)
    q_values = benjamini_hochberg(p_values.tolist())
    return [
        Against(
            value=float(observed[place]),
            expected=float(mean[place]),
            z=float(z[place]) if varies[place] else None,
            p=float(p_values[place]),
            q=q_values[place],
        )
        for place in range(len(observed))
    ]


def _rank(one: Central) -> tuple[float, int, str, str]:
    return -(one.pagerank.z or 0.0), -one.postings, one.label.casefold(), one.concept
