"""Which skills are asked for together more often than their frequencies would have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.statistics import benjamini_hochberg
from kg.analysis.support import ends_json
from kg.shown import Shown

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats
    from kg.analysis.frames import Cell
    from kg.analysis.incidence import Incidence, Way
    from kg.analysis.support import Json

LEAST_POSTINGS: Final = 5
"""Postings that must ask for both skills of a pair."""
LEAST_EMPLOYERS: Final = 3
"""Employers that these must be of: what one employer's template lists together says nothing."""
DRAWS: Final = 1000
"""Resamples of the bootstrap; the ends of the interval are its 26th and 975th."""
SEED: Final = 20090930
LEVEL: Final = 0.05
"""The share of pairs called sure that may be together by chance."""
QUOTED: Final = 3
"""Postings that are named as evidence of a pair."""
COLUMNS: Final = (
    "skill_a", "skill_b", "npmi", "low", "high", "q", "together", "employers", "postings_a",
    "postings_b", "postings", "concept_a", "concept_b", "evidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two skills that postings ask for together.

    `together` counts postings that ask for both, `employers` theirs, `postings_a` and `postings_b`
    those that ask for each. `npmi`, its 95% `interval` and `q` are None where there is too little
    data. q is that of an exact test (one-sided: more often than by chance), over all pairs.
    `evidence` are identifiers of postings that ask for both.
    """

    a: str
    b: str
    label_a: str
    label_b: str
    together: int
    employers: int
    postings_a: int
    postings_b: int
    npmi: float | None
    interval: tuple[float, float] | None
    q: float | None
    evidence: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether chance explains it in neither way: the interval lies above 0, and q is small.

        The interval knows that an employer's postings are alike, and is too short where five
        postings of five ask for both; the exact test knows the latter and not the former.
        """
        if self.interval is None or self.q is None:
            return False
        return self.interval[0] > 0 and self.q <= LEVEL

    def to_json(self) -> dict[str, Json]:
        """Return the pair as `kg cooccurrence --json` has it."""
        return {
            "a": {"concept": self.a, "label": self.label_a, "postings": self.postings_a},
            "b": {"concept": self.b, "label": self.label_b, "postings": self.postings_b},
            "together": self.together,
            "employers": self.employers,
            "npmi": self.npmi,
            "interval": ends_json(self.interval),
            "q": self.q,
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class Cooccurrence(Shown):
    """Pairs of skills in the postings of a group, the surest first.

    A pair stands here when `LEAST_POSTINGS` postings of `LEAST_EMPLOYERS` employers ask for both.
    `enough` says whether they were measured; `caution` why not, in words.
    """

    label: str
    necessity: Way
    postings: int
    employers: int
    caution: str | None
    pairs: tuple[Pair, ...]

    @property
    def enough(self) -> bool:
        """Whether there are enough postings of enough employers to measure."""
        return self.caution is None

    def of(self, skill: str) -> Cooccurrence:
        """Return the pairs of one skill, which is named by its node."""
        from dataclasses import replace

        return replace(self, pairs=tuple(one for one in self.pairs if skill in (one.a, one.b)))

    def to_networkx(self, *, sure: bool = True) -> nx.Graph:
        """Return the skills as nodes and the pairs as edges, whose `weight` is the NPMI.

        Only pairs that are sure are edges, unless `sure` is false; then those that are together
        less than by chance are too, with a weight below 0.
        """
        import networkx as nx

        graph = nx.Graph()
        for one in sorted(self.pairs, key=lambda pair: (pair.a, pair.b)):
            if one.sure or not sure:
                low, high = one.interval or (None, None)
                graph.add_node(one.a, label=one.label_a, postings=one.postings_a)
                graph.add_node(one.b, label=one.label_b, postings=one.postings_b)
                graph.add_edge(
                    one.a,
                    one.b,
                    weight=one.npmi,
                    low=low,
                    high=high,
                    postings=one.together,
                    employers=one.employers,
                )
        return graph

    def to_json(self) -> dict[str, Json]:
        """Return the object that `kg cooccurrence --json` prints."""
        return {
            "label": self.label,
            "necessity": self.necessity,
            "postings": self.postings,
            "employers": self.employers,
            "enough": self.enough,
            "caution": self.caution,
            "pairs": [one.to_json() for one in self.pairs],
        }

    def to_rows(self) -> list[dict[str, Cell]]:
        """Return one flat table with `COLUMNS`; evidence is the first posting that has both."""
        rows = []
        for one in self.pairs:
            low, high = one.interval or (None, None)
            cells: tuple[Cell, ...] = (
                one.label_a, one.label_b, one.npmi, low, high, one.q, one.together,
                one.employers, one.postings_a, one.postings_b, self.postings, one.a, one.b,
                one.evidence[0] if one.evidence else None,
            )  # fmt: skip
            rows.append(dict(zip(COLUMNS, cells, strict=True)))
        return rows


def npmi(together: Floats, a: Floats, b: Floats, size: Floats | float) -> Floats:
    """Return the normalised pointwise mutual information of counts out of `size` postings.

    1 where two skills are never asked for without one another, 0 where they are independent, -1
    where they are never asked for together. Where all postings ask for both it is 0: that they go
    together cannot be told from their being everywhere. Method: Bouma, Normalized (Pointwise)
    Mutual Information in Collocation Extraction, Proc. GSCL 2009, 31-40, eq. 2 and 7.
    """
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.log(together * size / (a * b)) / -np.log(together / size)
    found = np.where(together >= size, 0.0, found)
    found = np.where(together <= 0, -1.0, found)
    clipped: Floats = np.clip(found, -1.0, 1.0)
    return clipped


def cooccurrence(incidence: Incidence, necessity: Way = "any") -> Cooccurrence:
    """Measure every pair of skills that enough postings of enough employers ask for together.

    The interval is the percentile interval of a bootstrap that draws employers, not postings (see
    `kg.analysis.clusters`); p is the upper tail of the hypergeometric distribution, and q that
    after Benjamini and Hochberg. Pairs come by the lower end of the interval, then by postings,
    then by label. `necessity` is what `incidence` was made for.
    """
    import numpy as np
    from scipy.sparse import triu
    from scipy.stats import hypergeom

    counted = triu(incidence.together(), k=1).tocoo()
    often = counted.data >= LEAST_POSTINGS
    first, second = (places[often].astype(np.intp) for places in counted.coords)
    where = incidence.together_in(first, second)
    by_employer = (where @ incidence.by_employer).tocsr()
    kept = np.diff(by_employer.indptr) >= LEAST_EMPLOYERS
    first, second, where, by_employer = first[kept], second[kept], where[kept], by_employer[kept]
    values = ends = q_values = None
    if incidence.enough and len(first):
        counts = incidence.counts
        both = np.asarray(where.sum(axis=1), np.float64)
        values = npmi(both, counts[first], counts[second], len(incidence.postings))
        p_values = hypergeom.sf(both - 1, len(incidence.postings), counts[first], counts[second])
        q_values = benjamini_hochberg(p_values.tolist())
        ends = _intervals(incidence, first, second, by_employer)
    pairs = [
        Pair(
            a=incidence.skills[i],
            b=incidence.skills[j],
            label_a=incidence.labels[i],
            label_b=incidence.labels[j],
            together=int(where.indptr[row + 1] - where.indptr[row]),
            employers=int(by_employer.indptr[row + 1] - by_employer.indptr[row]),
            postings_a=int(incidence.counts[i]) if values is None else int(counts[i]),
            postings_b=int(incidence.counts[j]) if values is None else int(counts[j]),
            npmi=None if values is None else float(values[row]),
            interval=None if ends is None else (float(ends[row, 0]), float(ends[row, 1])),
            q=None if q_values is None else q_values[row],
            evidence=tuple(
                incidence.identifiers[posting]
                for posting in sorted(where.indices[where.indptr[row] : where.indptr[row + 1]])[
                    :QUOTED
                ]
            ),
        )
        for row, (i, j) in enumerate(zip(first.tolist(), second.tolist(), strict=True))
    ]
    return Cooccurrence(
        label=incidence.label,
        necessity=necessity,
        postings=len(incidence.postings),
        employers=incidence.employer_count,
        caution=incidence.caution,
        pairs=tuple(sorted(pairs, key=_sureness)),
    )


def _intervals(
    incidence: Incidence,
    first: NDArray[np.intp],
    second: NDArray[np.intp],
    by_employer: NDArray[np.float64],
) -> Floats:
    """Return the 95% interval of each pair's NPMI, employers drawn, of the shape (pairs, 2)."""
    import numpy as np

    from kg.analysis.clusters import BLOCK

    draw = np.random.default_rng(SEED)
    count = incidence.employer_count
    weights = draw.multinomial(count, np.full(count, 1 / count), size=DRAWS).astype(np.float64)
    asked = weights @ (incidence.by_employer.T @ incidence.asks)
    sizes = weights @ np.bincount(incidence.employers, minlength=count)
    ends = np.empty((len(first), 2))
    step = max(1, BLOCK // DRAWS)
    for start in range(0, len(first), step):
        part = slice(start, start + step)
        together = weights @ by_employer[part].T
        drawn = npmi(together, asked[:, first[part]], asked[:, second[part]], sizes[:, None])
        ends[part] = np.percentile(drawn, [2.5, 97.5], axis=0).T
    return ends


def _sureness(pair: Pair) -> tuple[float, int, str, str, str, str]:
    low = pair.interval[0] if pair.interval else 0.0
    folded = pair.label_a.casefold(), pair.label_b.casefold()
    return (-low, -pair.together, *folded, pair.a, pair.b)
