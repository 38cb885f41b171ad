"""Steps between positions: the gap of each, and the cheapest way that leads over them.

All positions are a few thousand, their pairs tens of millions: steps are measured from one
position at a time, when the search comes to it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

COMMON: Final = 0.1
"""The share of a position's postings from which on a skill belongs to it."""


@dataclass(frozen=True, slots=True)
class Position:
    """A stage: its postings' shares of each skill, its employers, and the postings themselves."""

    node: str
    label: str
    postings: int
    shares: Mapping[str, float]
    employers: frozenset[str]
    members: tuple[str, ...] = ()


def gap_between(one: Position, other: Position) -> float:
    """Return the part of the other's requirements that is not covered; 0 where it has none."""
    common = {skill: share for skill, share in other.shares.items() if share >= COMMON}
    wanted = math.fsum(common.values())
    new = [max(0.0, share - one.shares.get(skill, 0.0)) for skill, share in common.items()]
    return math.fsum(new) / wanted if wanted else 0.0


class Steps:
    """What each step between positions costs: the square of its gap, infinite where it is none.

    A step is one where `employers` at the least hire for both of its ends.
    """

    def __init__(self, positions: Sequence[Position], employers: int) -> None:
        self._least = employers
        self._count = len(positions)
        skills: dict[str, int] = {}
        asked = [
            (place, skills.setdefault(skill, len(skills)), share)
            for place, one in enumerate(positions)
            for skill, share in one.shares.items()
            if share >= COMMON
        ]
        self._place = np.array([place for place, _, _ in asked], dtype=np.intp)
        self._skill = np.array([skill for _, skill, _ in asked], dtype=np.intp)
        self._share = np.array([share for *_, share in asked], dtype=float)
        self._wanted = np.bincount(self._place, self._share, self._count)
        self._covered = [
            {skills[skill]: share for skill, share in one.shares.items() if skill in skills}
            for one in positions
        ]
        self._skills = len(skills)
        self._employers = _members([one.employers for one in positions])

    def costs_from(self, place: int) -> NDArray[np.float64]:
        """Return what the step from one position to each other costs."""
        covered = np.zeros(self._skills)
        covered[list(self._covered[place])] = list(self._covered[place].values())
        new = np.maximum(0.0, self._share - covered[self._skill])
        gaps = np.bincount(self._place, new, self._count)
        gaps = np.divide(gaps, self._wanted, out=np.zeros(self._count), where=self._wanted > 0)
        both = (self._employers @ self._employers[[place]].T).toarray().ravel()
        costs = np.where(both >= self._least, gaps**2, np.inf)
        costs[place] = np.inf
        return costs

    def __len__(self) -> int:
        return self._count


def cheapest(steps: Steps, start: int, end: int) -> list[int] | None:
    """Return the places of the positions on the cheapest way, None where there is none.

    Dijkstra, Numerische Mathematik 1 (1959) 269-271; of equal ways the one found first.
    """
    costs = np.full(len(steps), np.inf)
    before = np.full(len(steps), -1)
    settled = np.zeros(len(steps), dtype=bool)
    costs[start] = 0.0
    while not settled[end]:
        place = int(np.argmin(np.where(settled, np.inf, costs)))
        if settled[place] or np.isinf(costs[place]):
            return None
        settled[place] = True
        if place != end:
            through = costs[place] + steps.costs_from(place)
            better = through < costs
            costs[better], before[better] = through[better], place
    way = [end]
    while way[-1] != start:
        way.append(int(before[way[-1]]))
    return way[::-1]


def _members(groups: Sequence[frozenset[str]]) -> csr_array:
    """Return a row of ones and zeros a group, a column a member of any of them."""
    known: dict[str, int] = {}
    columns = [known.setdefault(one, len(known)) for group in groups for one in sorted(group)]
    ends = np.cumsum([0, *map(len, groups)])
    ones = np.ones(len(columns), dtype=np.int64)
    return csr_array((ones, columns, ends), shape=(len(groups), len(known)))
