"""Pairs of skills that postings ask for together, as rows and as the columns they are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, overload

import numpy as np

from kg.analysis.support import ends_json

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csc_array

    from kg.analysis.clusters import Floats
    from kg.analysis.incidence import Incidence
    from kg.analysis.support import Json

    Numbers = NDArray[np.int64]

LEVEL: Final = 0.05
"""The share of pairs called sure that may be together by chance."""
QUOTED: Final = 3
"""Postings that are named as evidence of a pair."""
LOOKED_AT: Final = 512
"""Postings that are looked through at once for those that ask for both skills of a pair."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What is measured of pairs, in their order: NPMI, the ends of its interval, q."""

    npmi: Floats
    ends: Floats
    q: Floats

    def at(self, places: NDArray[np.intp]) -> Measured:
        """Return that of some pairs."""
        return Measured(self.npmi[places], self.ends[places], self.q[places])


@dataclass(frozen=True, slots=True, eq=False)
class Pairs(Sequence[Pair]):
    """Pairs as columns of one length; each becomes a `Pair` when it is looked at.

    `first` and `second` are columns of the incidence. Of a hundred thousand pairs few are ever
    shown, and only of these evidence is sought. Equal to a tuple of the same pairs.
    """

    incidence: Incidence
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    together: Numbers
    employers: Numbers
    counts: Floats
    columns: Columns
    measured: Measured | None = None
    quoted: int = QUOTED

    @property
    def sure(self) -> NDArray[np.bool_]:
        """Which pairs are sure, as `Pair.sure` has it."""
        if self.measured is None:
            return np.zeros(len(self.first), bool)
        sure: NDArray[np.bool_] = (self.measured.ends[:, 0] > 0) & (self.measured.q <= LEVEL)
        return sure

    def at(self, places: NDArray[np.intp]) -> Pairs:
        """Return the pairs at some places, in that order."""
        return replace(
            self,
            first=self.first[places],
            second=self.second[places],
            together=self.together[places],
            employers=self.employers[places],
            measured=None if self.measured is None else self.measured.at(places),
        )

    def unquoted(self) -> Pairs:
        """Return the pairs without evidence, which then is not sought."""
        return replace(self, quoted=0)

    def by_node(self) -> Pairs:
        """Return the pairs by the nodes of their skills."""
        skills = self.incidence.skills
        rank = np.empty(len(skills), np.intp)
        rank[sorted(range(len(skills)), key=skills.__getitem__)] = np.arange(len(skills))
        return self.at(np.lexsort((rank[self.second], rank[self.first])))

    def places_of(self, skill: str) -> NDArray[np.intp]:
        """Return the places of the pairs of one skill, which is named by its node."""
        columns = [place for place, one in enumerate(self.incidence.skills) if one == skill]
        return np.flatnonzero(np.isin(self.first, columns) | np.isin(self.second, columns))

    def in_order(self) -> Pairs:
        """Return the pairs by the lower end of the interval, then by postings, then by label."""
        skills = self.incidence.skills
        folded = [label.casefold() for label in self.incidence.labels]
        label = {one: number for number, one in enumerate(sorted(set(folded)))}
        by_label = np.array([label[one] for one in folded], np.intp)
        node = {one: number for number, one in enumerate(sorted(skills))}
        by_node = np.array([node[one] for one in skills], np.intp)
        low = np.zeros(len(self.first)) if self.measured is None else self.measured.ends[:, 0]
        first, second = self.first, self.second
        keys = by_node[second], by_node[first], by_label[second], by_label[first]
        return self.at(np.lexsort((*keys, -self.together, -low)))

    def __len__(self) -> int:
        return len(self.first)

    @overload
    def __getitem__(self, index: int) -> Pair: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Pair, ...]: ...

    def __getitem__(self, index: int | slice) -> Pair | tuple[Pair, ...]:
        if isinstance(index, slice):
            return tuple(map(self._pair, range(*index.indices(len(self)))))
        return self._pair(range(len(self))[index])

    def __eq__(self, other: object) -> bool:
        return self[:] == tuple(other) if isinstance(other, Pairs | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self[:])

    def __repr__(self) -> str:
        return repr(self[:])

    def _evidence(self, i: int, j: int) -> tuple[str, ...]:
        rows = self.columns.first_with_both(i, j, self.quoted) if self.quoted else ()
        return tuple(self.incidence.identifiers[one] for one in rows)

    def _pair(self, row: int) -> Pair:
        of, found = self.incidence, self.measured
        i, j = int(self.first[row]), int(self.second[row])
        return Pair(
            a=of.skills[i],
            b=of.skills[j],
            label_a=of.labels[i],
            label_b=of.labels[j],
            together=int(self.together[row]),
            employers=int(self.employers[row]),
            postings_a=int(self.counts[i]),
            postings_b=int(self.counts[j]),
            npmi=None if found is None else float(found.npmi[row]),
            interval=None
            if found is None
            else (float(found.ends[row, 0]), float(found.ends[row, 1])),
            q=None if found is None else float(found.q[row]),
            evidence=self._evidence(i, j),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The postings of each skill and the choices it is a member of, to find who has two."""

    asked: csc_array
    chosen: csc_array
    choosers: NDArray[np.intp]

    @classmethod
    def of(cls, incidence: Incidence) -> Columns:
        """Return the columns of an incidence, sorted."""
        asked, chosen = incidence.asks.tocsc(), incidence.choices.tocsc()
        asked.sort_indices()
        chosen.sort_indices()
        return cls(asked, chosen, incidence.choosers)

    def first_with_both(self, i: int, j: int, most: int) -> list[int]:
        """Return the first postings that ask for both of two skills, by their rows."""
        fewer, other = sorted((_rows(self.asked, i), _rows(self.asked, j)), key=len)
        both = np.intersect1d(_rows(self.chosen, i), _rows(self.chosen, j), assume_unique=True)
        apart = set(self.choosers[both].tolist())
        found: list[int] = []
        for start in range(0, len(fewer) if most else 0, LOOKED_AT):
            part = fewer[start : start + LOOKED_AT]
            place = np.minimum(np.searchsorted(other, part), len(other) - 1)
            found += [row for row in part[other[place] == part].tolist() if row not in apart]
            if len(found) >= most:
                break
        return found[:most]


def _rows(columns: csc_array, place: int) -> NDArray[np.int32]:
    found: NDArray[np.int32] = columns.indices[columns.indptr[place] : columns.indptr[place + 1]]
    return found
