"""Louvain's method on a weighted graph, as networkx has it, fast enough for twenty seeds.

Blondel, Guillaume, Lambiotte & Lefebvre, J. Stat. Mech. (2008) P10008. The same nodes move in the
same order by the same numbers as in `networkx.community.louvain_communities` with the same seed,
which the tests hold it to. What makes the difference: all seeds share the graph, what a node's
neighbours add up to is summed anew only after one of them has moved, and the modularity of a
level is read off the graph of the next.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

THRESHOLD: Final = 1e-7
"""A level that adds no more to the modularity is the last."""


@dataclass(frozen=True)
class Weighted:
    """An undirected graph whose nodes are numbers: for each its neighbours, with the weights.

    A node may be its own neighbour, its weight that of all edges inside of what it stands for.
    """

    near: list[dict[int, float]]

    @classmethod
    def of(cls, count: int, edges: Iterable[tuple[int, int, float]]) -> Weighted:
        """Return the graph of some edges, each given once, in order."""
        near: list[dict[int, float]] = [{} for _ in range(count)]
        for a, b, weight in edges:
            near[a][b] = near[b][a] = weight
        return cls(near)

    @cached_property
    def degrees(self) -> list[float]:
        """The sum of each node's weights; its own counts twice."""
        return [
            sum(weights.values()) + weights.get(node, 0) for node, weights in enumerate(self.near)
        ]

    @cached_property
    def others(self) -> list[list[tuple[int, float]]]:
        """The neighbours of each node but itself."""
        return [
            [(other, weight) for other, weight in weights.items() if other != node]
            for node, weights in enumerate(self.near)
        ]

    @cached_property
    def size(self) -> float:
        """The sum of all weights."""
        return sum(self.degrees) / 2

    def modularity(self, resolution: float) -> float:
        """Return the modularity of the partition in which each node is a part."""
        size = self.size
        return sum(
            weights.get(node, 0) / size - resolution * (degree / (2 * size)) ** 2
            for node, (weights, degree) in enumerate(zip(self.near, self.degrees, strict=True))
        )

    def merged(self, parts: list[int], count: int) -> Weighted:
        """Return the graph whose nodes are the parts of this one's."""
        near: list[dict[int, float]] = [{} for _ in range(count)]
        for node, weights in enumerate(self.near):
            mine = parts[node]
            for other, weight in weights.items():
                if other >= node:
                    yours = parts[other]
                    near[mine][yours] = near[yours][mine] = weight + near[mine].get(yours, 0)
        return Weighted(near)


def louvain(graph: Weighted, *, resolution: float, seed: int) -> tuple[list[int], float]:
    """Return the part of each node, numbered from 0 without gaps, and the modularity.

    A graph without edges gives each node its own part, and 0.
    """
    found = list(range(len(graph.near)))
    if not graph.size:
        return found, 0.0
    dice = random.Random(seed)  # noqa: S311 # nothing secret: the same partition every time
    reached = graph.modularity(resolution)
    size = graph.size
    while True:
        parts, count = _move(graph, size, resolution, dice)
        found = [parts[one] for one in found]
        graph = graph.merged(parts, count)
        before, reached = reached, graph.modularity(resolution)
        if reached - before <= THRESHOLD:
            return found, reached


def _move(
    graph: Weighted, size: float, resolution: float, dice: random.Random
) -> tuple[list[int], int]:
    """Move nodes, one by one, to the part that gains most, until none moves.

    Return the part of each node and how many parts there are.
    """
    others, degrees = graph.others, graph.degrees
    part = list(range(len(others)))
    total = list(degrees)
    known: list[dict[int, float] | None] = [None] * len(part)
    square = 2 * size**2
    order = list(range(len(part)))
    dice.shuffle(order)
    moved = True
    while moved:
        moved = False
        for node in order:
            mine, degree = part[node], degrees[node]
            ties = known[node]
            if ties is None:
                ties = known[node] = {}
                for other, weight in others[node]:
                    theirs = part[other]
                    ties[theirs] = ties.get(theirs, 0.0) + weight
            total[mine] -= degree
            cost = -ties.get(mine, 0.0) / size + resolution * (total[mine] * degree) / square
            best, most = mine, 0.0
            for theirs, weight in ties.items():
                gain = cost + weight / size - resolution * (total[theirs] * degree) / square
                if gain > most:
                    best, most = theirs, gain
            total[best] += degree
            if best != mine:
                moved = True
                part[node] = best
                for other, _ in others[node]:
                    known[other] = None
    numbers = {one: number for number, one in enumerate(sorted(set(part)))}
    return [numbers[one] for one in part], len(numbers)
