"""Which skills to learn, and in which order: those that bring most postings within reach.

A posting is within reach when a candidate meets `REACH` of the skills that it requires. Which
skills bring most of them there is a maximum-coverage question. Few enough sets are all tried. Of
more, skills are added one by one, each time the one that brings the postings nearest to reach:
that measure (the mean over postings of the share met, counted up to `REACH`) grows by less and
less as skills are added, so that the result is at least 1 - 1/e of the best there is (Nemhauser,
Wolsey & Fisher, Mathematical Programming 14 (1978) 265-294); the bound that holds for the case at
hand is computed and mostly far better (Minoux, 1978).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

REACH: Final = 0.7
"""The share of the required skills that a candidate meets who has a chance: few meet all."""
TRIED: Final = 5_000
"""Sets that are tried one by one, at the most."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A need that is not met: `short` more of `members` would meet it."""

    members: frozenset[str]
    short: int


@dataclass(frozen=True, slots=True)
class Goal:
    """A posting: how many skills it requires, and those of its needs that are not met."""

    posting: str
    needs: int
    lacks: tuple[Lack, ...]

    def nearness(self, known: frozenset[str]) -> float:
        """Return how near it is when `known` is learnt: 1 is within reach."""
        if not self.needs:
            return 1.0
        met: float = self.needs - len(self.lacks)
        for lack in self.lacks:
            met += min(len(lack.members & known), lack.short) / lack.short
        return min(1.0, met / (REACH * self.needs))

    def within_reach(self, known: frozenset[str]) -> bool:
        """Tell whether a candidate who learns `known` meets enough of it."""
        missing = sum(len(lack.members & known) < lack.short for lack in self.lacks)
        return self.needs - missing >= REACH * self.needs


@dataclass(frozen=True, slots=True)
class Plan:
    """Skills in the order in which to learn them.

    `reached` are the postings that each newly brings within reach. `of_best` is the share of what
    the best as many skills could bring in nearness, at the least; 1 where all sets were tried.
    `nearness` is the mean of it over the postings once each is learnt; `started` that before.
    """

    skills: tuple[str, ...]
    reached: tuple[tuple[str, ...], ...]
    of_best: float
    tried: int | None
    nearness: tuple[float, ...] = ()
    started: float = 1.0


def plan(goals: Sequence[Goal], gives: Mapping[str, Iterable[str]], steps: int) -> Plan:
    """Choose up to `steps` skills. `gives` says what else is known by who learns a skill."""
    wanted = sorted({node for goal in goals for lack in goal.lacks for node in lack.members})
    brings = {node: frozenset([node, *gives.get(node, ())]) for node in wanted}
    steps = min(steps, len(wanted))
    if not steps:
        return Plan((), (), 1.0, None, (), _mean_nearness(goals, frozenset()))
    sets = math.comb(len(wanted), steps)
    tried: int | None
    if sets <= TRIED:
        chosen = max(
            combinations(wanted, steps),
            key=lambda each: _worth(goals, _known(each, brings)),
        )
        skills, of_best, tried = _in_order(goals, chosen, brings), 1.0, sets
    else:
        (skills, of_best), tried = _greedy(goals, wanted, brings, steps), None
    nearness = [
        _mean_nearness(goals, _known(skills[:count], brings)) for count in range(len(skills) + 1)
    ]
    reached = _reached(goals, skills, brings)
    return Plan(skills, reached, of_best, tried, tuple(nearness[1:]), nearness[0])


def _known(skills: Iterable[str], brings: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(brings[one] for one in skills))


def _worth(goals: Sequence[Goal], known: frozenset[str]) -> tuple[int, float]:
    return sum(goal.within_reach(known) for goal in goals), _nearness(goals, known)


def _nearness(goals: Sequence[Goal], known: frozenset[str]) -> float:
    return math.fsum(goal.nearness(known) for goal in goals)


def _mean_nearness(goals: Sequence[Goal], known: frozenset[str]) -> float:
    return _nearness(goals, known) / len(goals) if goals else 1.0


def _in_order(
    goals: Sequence[Goal], chosen: Iterable[str], brings: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """Put chosen skills in the order in which each brings most at its time."""
    left, order = sorted(chosen), list[str]()
    while left:
        best = max(left, key=lambda one: (*_worth(goals, _known([*order, one], brings)),))
        order.append(best)
        left.remove(best)
    return tuple(order)


def _greedy(
    goals: Sequence[Goal],
    wanted: Sequence[str],
    brings: Mapping[str, frozenset[str]],
    steps: int,
) -> tuple[tuple[str, ...], float]:
    """Add the skill with the greatest gain until there are enough; return them with the bound."""
    concerned: dict[str, list[Goal]] = defaultdict(list)
    for goal in goals:
        for node in {node for lack in goal.lacks for node in lack.members}:
            concerned[node].append(goal)
    touched = {
        one: list({id(goal): goal for node in brings[one] for goal in concerned[node]}.values())
        for one in wanted
    }
    known: frozenset[str] = frozenset()
    chosen: list[str] = []
    start = _nearness(goals, known)
    bound = math.inf
    while len(chosen) < steps:
        gains = {
            one: math.fsum(
                goal.nearness(known | brings[one]) - goal.nearness(known) for goal in touched[one]
            )
            for one in wanted
            if one not in chosen
        }
        here = _nearness(goals, known)
        bound = min(bound, here + math.fsum(sorted(gains.values(), reverse=True)[:steps]))
        best = max(gains, key=lambda one: (gains[one], one))
        if gains[best] <= 0:
            break
        chosen.append(best)
        known |= brings[best]
    gained, possible = _nearness(goals, known) - start, min(bound, len(goals)) - start
    return tuple(chosen), min(1.0, gained / possible) if possible > 0 else 1.0


def _reached(
    goals: Sequence[Goal], skills: Sequence[str], brings: Mapping[str, frozenset[str]]
) -> tuple[tuple[str, ...], ...]:
    """Return for each skill the postings that it newly brings within reach."""
    found = []
    known: frozenset[str] = frozenset()
    before = {goal.posting for goal in goals if goal.within_reach(known)}
    for skill in skills:
        known |= brings[skill]
        after = {goal.posting for goal in goals if goal.within_reach(known)}
        found.append(tuple(sorted(after - before)))
        before = after
    return tuple(found)
