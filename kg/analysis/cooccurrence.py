"""Which skills are asked for together more often than their frequencies would have it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array

from kg.analysis.clusters import draw_employers, ends_of
from kg.analysis.hypergeometric import upper_tail
from kg.analysis.pair_counts import count_pairs
from kg.analysis.pairs import Columns, Measured, Pair, Pairs
from kg.analysis.statistics import benjamini_hochberg
from kg.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import networkx as nx
    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats
    from kg.analysis.frames import Cell
    from kg.analysis.incidence import Incidence, Way
    from kg.analysis.pair_counts import PairCounts
    from kg.analysis.support import Json

LEAST_POSTINGS: Final = 5
"""Postings that must ask for both skills of a pair."""
LEAST_EMPLOYERS: Final = 3
"""Employers that these must be of: what one employer's template lists together says nothing."""
DRAWS: Final = 1000
"""Resamples of the bootstrap; the ends of the interval are its 26th and 975th."""
SEED: Final = 20090930
MOST: Final = 60_000
"""Pairs that are measured: each takes a thousand resamples. A corpus of ten thousand postings has
as many; of a larger one the rarest, those of five postings in a hundred thousand, are left out."""
DIGITS: Final = 5
"""Of the ends of an interval: what lies behind is rounding, and must not decide an order."""
PAIRS_AT_ONCE: Final = 256
"""Pairs whose resamples are held at once: few enough to stay in the processor's cache."""
DENSE: Final = 4
"""A pair that more than one employer in so many asks for is multiplied with all of them."""
SHORT: Final = (1 << 16) - 1
"""The most that a sum in two bytes holds. These are summed three times as fast as four."""
COLUMNS: Final = (
    "skill_a", "skill_b", "npmi", "low", "high", "q", "together", "employers", "postings_a",
    "postings_b", "postings", "concept_a", "concept_b", "evidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cooccurrence(Shown):
    """Pairs of skills in the postings of a group, the surest first.

    A pair stands here when `LEAST_POSTINGS` postings of `LEAST_EMPLOYERS` employers ask for both.
    `enough` says whether they were measured; `caution` why not, in words. `left_out` are pairs
    beyond the `MOST` that most postings ask for: they are counted and not measured.
    """

    label: str
    necessity: Way
    postings: int
    employers: int
    caution: str | None
    pairs: Sequence[Pair]
    left_out: int = 0

    @property
    def enough(self) -> bool:
        """Whether there are enough postings of enough employers to measure."""
        return self.caution is None

    @property
    def sure(self) -> int:
        """How many pairs are sure."""
        if isinstance(self.pairs, Pairs):
            return int(self.pairs.sure.sum())
        return sum(one.sure for one in self.pairs)

    def to_networkx(self, *, sure: bool = True) -> nx.Graph:
        """Return the skills as nodes and the pairs as edges, whose `weight` is the NPMI.

        Only pairs that are sure are edges, unless `sure` is false; then those that are together
        less than by chance are too, with a weight below 0.
        """
        import networkx as nx

        graph = nx.Graph()
        pairs = self.pairs
        if isinstance(pairs, Pairs):
            pairs = (pairs.at(np.flatnonzero(pairs.sure)) if sure else pairs).unquoted().by_node()
        else:
            pairs = sorted(pairs, key=lambda pair: (pair.a, pair.b))
        for one in pairs:
            if one.sure or not sure:
                low, high = one.interval or (None, None)
                if one.a not in graph:
                    graph.add_node(one.a, label=one.label_a, postings=one.postings_a)
                if one.b not in graph:
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
            "pairs_left_out": self.left_out,
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
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.log(together * size / (a * b)) / -np.log(together / size)
    found = np.where(together >= size, 0.0, found)
    found = np.where(together <= 0, -1.0, found)
    clipped: Floats = np.clip(found, -1.0, 1.0)
    return clipped


def cooccurrence(
    incidence: Incidence, necessity: Way = "any", *, skill: str | None = None
) -> Cooccurrence:
    """Measure every pair of skills that enough postings of enough employers ask for together.

    The interval is the percentile interval of a bootstrap that draws employers, not postings (see
    `kg.analysis.clusters`); p is the upper tail of the hypergeometric distribution, and q that
    after Benjamini and Hochberg. Pairs come by the lower end of the interval, then by postings,
    then by label. `necessity` is what `incidence` was made for. With `skill`, a node, only its
    pairs are measured, else the `MOST` that most postings ask for; q is over all pairs nonetheless.
    """
    counted = count_pairs(incidence, LEAST_POSTINGS, LEAST_EMPLOYERS)
    counts, size = incidence.counts, len(incidence.postings)
    together, first, second = counted.together, counted.first, counted.second
    pairs = Pairs(
        incidence, first, second, together, counted.employers, counts, Columns.of(incidence)
    )
    chosen = most_asked(counted) if skill is None else pairs.places_of(skill)
    measured = None
    if incidence.enough and len(first):
        sizes = np.bincount(incidence.employers, minlength=incidence.employer_count)
        asks = csr_array(incidence.by_employer.T @ incidence.asks)
        measured = measure(sizes, asks, counted, chosen)
    return Cooccurrence(
        label=incidence.label,
        necessity=necessity,
        postings=size,
        employers=incidence.employer_count,
        caution=incidence.caution,
        pairs=replace(pairs.at(chosen), measured=measured).in_order(),
        left_out=len(first) - len(chosen) if skill is None else 0,
    )


def most_asked(counted: PairCounts) -> NDArray[np.intp]:
    """Return the places of the pairs that are measured: the `MOST` that most postings ask for."""
    return np.sort(np.argsort(-counted.together, kind="stable")[:MOST])


def measure(
    sizes: NDArray[np.intp], asks: csr_array, counted: PairCounts, chosen: NDArray[np.intp]
) -> Measured:
    """Measure the `chosen` pairs of those counted; q is over all of them.

    `sizes` has each employer's postings, `asks` how many of them ask for each skill, of the shape
    (employers, skills): that is all that is asked of the postings.
    """
    first, second, together = counted.first, counted.second, counted.together
    counts, size = np.asarray(asks.sum(axis=0), np.float64), int(sizes.sum())
    p_values = upper_tail(together, size, counts[first], counts[second])
    q_values = np.array(benjamini_hochberg(p_values.tolist()))
    alone = counts[first[chosen]], counts[second[chosen]]
    values = npmi(together[chosen].astype(float), *alone, size)
    ends = intervals(sizes, asks, first[chosen], second[chosen], counted.by_employer[chosen])
    return Measured(values, ends, q_values[chosen])


def intervals(
    sizes: NDArray[np.intp],
    asks: csr_array,
    first: NDArray[np.intp],
    second: NDArray[np.intp],
    by_employer: csr_array,
) -> Floats:
    """Return the 95% interval of each pair's NPMI, employers drawn, of the shape (pairs, 2).

    `sizes` has each employer's postings, `asks` how many of them ask for each skill, of the shape
    (employers, skills); `by_employer` how many ask for both of a pair, (pairs, employers). The
    logarithms of how many postings ask for each skill are taken once a draw, not once a pair, and
    those of how many ask for both are looked up. Half the usual digits are enough: five are kept,
    and two of them are beyond chance in the draws.
    """
    drawn = np.ascontiguousarray(draw_employers(len(sizes), DRAWS, SEED).T)
    short = drawn.astype(np.uint16)
    used = np.unique(np.concatenate([first, second]))
    place = np.zeros(asks.shape[1], np.intp)
    place[used] = np.arange(len(used))
    theirs = asks[:, used].T.astype(np.float32)
    with np.errstate(divide="ignore"):  # a skill that no employer drawn asks for
        alone = np.log(theirs.tocsr() @ drawn)
    postings = sizes.astype(np.float32) @ drawn
    size = np.log(postings)
    with np.errstate(divide="ignore"):  # a pair that no employer drawn asks for
        logarithms = np.log(np.arange(int(postings.max(initial=0)) + 1, dtype=np.float32))
    ends = np.empty((len(first), 2))
    for part, is_short in _parts(by_employer, int(short.max(initial=0))):
        rows = by_employer[part]
        both = rows.astype(np.uint16) @ short if is_short else rows.toarray() @ drawn
        together = logarithms.take(both.astype(np.intp), mode="clip")
        with np.errstate(divide="ignore", invalid="ignore"):
            found = together + size
            found -= alone[place[first[part]]]
            found -= alone[place[second[part]]]
            found /= np.subtract(size, together, out=together)
        found[both >= postings] = 0.0
        found[both <= 0] = -1.0
        np.clip(found, -1.0, 1.0, out=found)
        ends[part] = ends_of(found)
    return ends.round(DIGITS)


def _parts(by_employer: csr_array, often: int) -> Iterator[tuple[NDArray[np.intp], bool]]:
    """Yield the places of a few pairs at once, and whether their sums are `SHORT`.

    An employer is drawn no more than `often` times. The rows of pairs that many employers ask for
    are multiplied faster with all their noughts. The sums are whole numbers: they are the same,
    however they are made.
    """
    are_few = np.diff(by_employer.indptr) <= by_employer.shape[1] // DENSE
    are_short = are_few & (np.asarray(by_employer.sum(axis=1)) * often <= SHORT)
    for is_short in (True, False):
        places = np.flatnonzero(are_short == is_short)
        for start in range(0, len(places), PAIRS_AT_ONCE):
            yield places[start : start + PAIRS_AT_ONCE], is_short
