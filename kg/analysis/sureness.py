"""How sure a likeness is, whoever happened to advertise in this corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array

from kg.analysis.angle import cosine
from kg.analysis.measured import ends, too_few
from kg.analysis.overlap import Side, align, jaccard
from kg.analysis.profiles import known_columns
from kg.graph_model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats
    from kg.analysis.embedding import Embedding
    from kg.analysis.incidence import Incidence

DIGITS: Final = 6
DRAWN: Final = (
    "The 95% interval is for other {witnesses} than these. Few show only a part of what is asked "
    "for, and two look less alike than they are: it reaches further up than down. What skills "
    "weigh and their vectors are held fixed."
)
OF_SKILLS: Final = (
    "The 95% interval is that of the overlap, for other employers than these. Few show only a part "
    "of what a skill goes with: it reaches further up than down. The cosine, and so the likeness, "
    "has none: the vectors would have to be learned again from other postings."
)
OF_POSTINGS: Final = (
    "No interval: a posting is set against a posting, and neither is a sample of anything."
)


@dataclass(frozen=True, slots=True)
class Sure:
    """The 95% intervals of a likeness and of the overlap in it; None where there is none.

    `lacking` says, where there are too few to have any, how many there are and how many it takes.
    """

    interval: tuple[float, float] | None = None
    overlap: tuple[float, float] | None = None
    lacking: str | None = None


def explained(kind: Kind) -> str:
    """Say what an interval of things of a kind allows for, or why there is none."""
    if kind == Kind.POSTING:
        return OF_POSTINGS
    return OF_SKILLS if kind == Kind.SKILL else DRAWN.format(witnesses=f"{witness(kind)}s")


def witness(kind: Kind) -> str:
    """Return what stands for itself: an employer, of whom an employer's postings are all."""
    return "posting" if kind == Kind.EMPLOYER else "employer"


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """One of two that are set side by side: its witnesses' numbers, and what they ask for.

    `vectors`, of the shape (witnesses, dimensions), are the sums of the vectors of each witness's
    postings; None where those are of something else.
    """

    witnesses: NDArray[np.intp]
    side: Side
    vectors: Floats | None


class Parties:
    """Things of a kind, each known by the rows of its postings, as parties.

    `weights` has what each skill weighs: one row for all groups of postings, a row a skill where
    the things are the skills themselves.
    """

    def __init__(
        self,
        incidence: Incidence,
        embedding: Embedding,
        kind: Kind,
        members: Sequence[Sequence[int]],
        weights: csr_array,
    ) -> None:
        self._incidence, self._kind, self._members, self._weights = (
            incidence, kind, members, weights,
        )  # fmt: skip
        self._known = known_columns(incidence, embedding)
        self._directions = embedding.directions()

    def how_sure(self, place: int, others: Sequence[int]) -> list[Sure]:
        """Return how sure the likeness of one thing with each of some others is."""
        one = self.party(place)
        return [how_sure(one, self.party(other), witness(self._kind)) for other in others]

    def party(self, place: int) -> Party:
        """Return a thing as a party. A skill is what it is asked for together with.

        Members of one alternative are not together, as in `Incidence.together`.
        """
        incidence, members = self._incidence, np.array(self._members[place], np.intp)
        whose = members if self._kind == Kind.EMPLOYER else incidence.employers[members]
        numbers, places = np.unique(whose, return_inverse=True)
        shape = len(numbers), len(incidence.postings)
        selecting = csr_array((np.ones(len(members)), (places, members)), shape=shape)
        counts = csr_array(selecting @ incidence.asks)
        row = 0
        if self._kind == Kind.SKILL:
            row = place
            counts = csr_array(counts - (selecting @ self._choosing(place)) @ incidence.choices)
        weights = np.asarray(self._weights[[row]].toarray())[0]
        counts.data = counts.data * weights[counts.indices]
        counts.eliminate_zeros()
        side = Side(counts, np.bincount(places, minlength=len(numbers)).astype(float))
        if self._kind == Kind.SKILL:
            return Party(numbers, side, None)
        return Party(numbers, side, np.asarray(counts[:, self._known] @ self._directions))

    def _choosing(self, skill: int) -> csr_array:
        """Return which posting offers which choice with a skill in it: (postings, choices)."""
        incidence = self._incidence
        offered = np.flatnonzero(np.asarray(incidence.choices[:, [skill]].toarray())[:, 0])
        shape = len(incidence.postings), incidence.choices.shape[0]
        return csr_array((np.ones(len(offered)), (incidence.choosers[offered], offered)), shape)


def how_sure(a: Party, b: Party, of: str) -> Sure:
    """Return the intervals of how alike two are; `of` is what a witness is called.

    The overlap is measured twice (`kg.analysis.overlap`), the cosine too (`kg.analysis.angle`); the
    likeness is the root of the product, and its ends are those of `kg.analysis.measured.ends`.
    Where the postings of each side agree on every skill no witness differs from another, and the
    interval is a point.
    """
    fewest = min(a.side.witnesses, b.side.witnesses)
    lacking = too_few(fewest, of)
    if lacking is not None:
        return Sure(lacking=lacking)
    first, second = align(a.side, b.side, a.witnesses, b.witnesses)
    counted, upper = jaccard(first, second), jaccard(first, second, unseen=True)
    overlap = _rounded(ends(counted, upper, fewest))
    if a.vectors is None or b.vectors is None:
        return Sure(overlap=overlap)
    known = np.union1d(a.witnesses, b.witnesses)
    vectors = _placed(a.vectors, a.witnesses, known), _placed(b.vectors, b.witnesses, known)
    sizes = first.sizes, second.sizes
    least = (counted * cosine(*vectors, *sizes)).root()
    most = (upper * cosine(*vectors, *sizes, unseen=True)).root()
    return Sure(_rounded(ends(least, most, fewest)), overlap)


def _placed(vectors: Floats, witnesses: NDArray[np.intp], known: NDArray[np.intp]) -> Floats:
    """Return the vectors of witnesses among all that are known, both numbered in order."""
    found = np.zeros((len(known), vectors.shape[1]))
    found[np.searchsorted(known, witnesses)] = vectors
    return found


def _rounded(interval: tuple[float, float]) -> tuple[float, float]:
    return round(interval[0], DIGITS), round(interval[1], DIGITS)
