"""Partitions of a graph's nodes: found from many seeds, what they agree on, and how far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import comb
from statistics import fmean
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.analysis.louvain import Weighted, louvain

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

Partition: TypeAlias = tuple[int, ...]
"""The number of each node's part, node by node."""

SEEDS: Final = 20
"""How many seeds a partition is found from."""


ROUNDS: Final = 10
"""Rounds after which partitions that still differ are taken as they are: mostly two are enough."""
SPLITS: Final[tuple[Callable[[int, int], bool], ...]] = (
    lambda seed, _: seed % 2 == 0,
    lambda seed, seeds: seed < seeds // 2,
    lambda seed, _: seed // 2 % 2 == 0,
)
"""Ways to part the seeds into two halves that share none: which are in the first."""


@dataclass(frozen=True, slots=True)
class Consensus:
    """The partition on which the runs from many seeds agree.

    `agreement` is the mean adjusted Rand index of two such partitions from halves of the seeds that
    share none, `lowest` that of the two that are most unlike: it is lower than between partitions
    from as many seeds as this one's. `single` is the mean index of any two runs. `overlap` says of
    each part how well those from half of the seeds have it: the mean of the largest Jaccard index
    with a part of theirs.
    """

    partition: Partition
    agreement: float
    lowest: float
    single: float
    modularity: float
    overlap: tuple[float, ...]


def adjusted_rand(a: Partition, b: Partition) -> float:
    """Return how far two partitions of the same nodes agree beyond chance: 1 for equal ones.

    Around 0 for partitions that have nothing to do with one another; where both put all nodes in
    one part, or each in its own, they are equal. Method: Hubert & Arabie, Comparing partitions,
    J. Classif. 2 (1985) 193-218, eq. 5.

    >>> adjusted_rand((0, 0, 1, 1), (1, 1, 0, 0))
    1.0
    """
    pairs = comb(len(a), 2)
    both = sum(comb(count, 2) for count in Counter(zip(a, b, strict=True)).values())
    in_a = sum(comb(count, 2) for count in Counter(a).values())
    in_b = sum(comb(count, 2) for count in Counter(b).values())
    chance = in_a * in_b / pairs if pairs else 0.0
    most = (in_a + in_b) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


def find_partition(graph: nx.Graph, *, seeds: int = SEEDS, resolution: float = 1.0) -> Consensus:
    """Partition a weighted graph by Louvain's method from many seeds, and find what they agree on.

    One run depends on its seed: near its maximum modularity is a plateau. So runs are made of a
    graph whose edges weigh what share of the runs before has both ends in one part, until all are
    the same: Lancichinetti & Fortunato, Sci. Rep. 2 (2012) 336; of the graph's own edges only, as
    Tandon et al., Phys. Rev. E 99 (2019) 042301. Nodes that no run has parted are one from then on.

    Parts are numbered by size, the largest 0; equal ones by their first node. Nodes are taken in
    the graph's order, by numbers: names have another order in each process. A graph without edges
    gives each node its own part.
    """
    places = {node: place for place, node in enumerate(graph)}
    edges = sorted(
        (*sorted((places[a], places[b])), weight) for a, b, weight in graph.edges.data("weight")
    )
    whole = Weighted.of(len(places), edges)
    runs = [louvain(whole, resolution=resolution, seed=seed)[0] for seed in range(seeds)]
    found = _agreed(edges, runs, resolution)
    halves = [
        tuple(_agreed(edges, half, resolution) for half in (first, second))
        for first, second in (_split(runs, is_first) for is_first in SPLITS)
        if first and second
    ]
    likeness = [adjusted_rand(*half) for half in halves]
    each = [adjusted_rand(tuple(a), tuple(b)) for a, b in combinations(runs, 2)]
    merged = whole.merged(list(found), len(set(found)))
    return Consensus(
        partition=found,
        agreement=fmean(likeness) if likeness else 1.0,
        lowest=min(likeness, default=1.0),
        single=fmean(each) if each else 1.0,
        modularity=merged.modularity(resolution) if edges else 0.0,
        overlap=_overlap(found, [one for half in halves for one in half]),
    )


def _split(
    runs: Sequence[list[int]], is_first: Callable[[int, int], bool]
) -> tuple[list[list[int]], list[list[int]]]:
    chosen = [is_first(seed, len(runs)) for seed in range(len(runs))]
    first = [run for run, one in zip(runs, chosen, strict=True) if one]
    return first, [run for run, one in zip(runs, chosen, strict=True) if not one]


def _agreed(
    edges: Sequence[tuple[int, int, float]], runs: Sequence[list[int]], resolution: float
) -> Partition:
    """Return what some runs agree on: runs of what they agree on, until they are the same."""
    for _ in range(ROUNDS):
        kinds: dict[tuple[int, ...], int] = {}
        core = [kinds.setdefault(parts, len(kinds)) for parts in zip(*runs, strict=True)]
        if all(len(set(run)) == len(kinds) for run in runs):
            break
        agreed = [
            (a, b, weight * share)
            for (a, b, weight), share in zip(edges, _shares(edges, runs), strict=True)
            if share
        ]
        cores = Weighted.of(len(core), agreed).merged(core, len(kinds))
        found = [louvain(cores, resolution=resolution, seed=seed)[0] for seed in range(len(runs))]
        runs = [[parts[one] for one in core] for parts in found]
    return _by_size(runs[0])


def _shares(edges: Sequence[tuple[int, int, float]], runs: Sequence[list[int]]) -> list[float]:
    """Return the share of the runs that have both ends of each edge in one part."""
    import numpy as np

    a, b = (np.array([edge[end] for edge in edges], np.intp) for end in (0, 1))
    together = np.zeros(len(edges), np.intp)
    for run in runs:
        parts = np.array(run)
        together += parts[a] == parts[b]
    shares: list[float] = (together / len(runs)).tolist()
    return shares


def _by_size(parts: Sequence[int]) -> Partition:
    """Return the parts numbered by size, the largest 0; equal ones by their first node."""
    sizes = Counter(parts)
    first: dict[int, int] = {}
    for node, part in enumerate(parts):
        first.setdefault(part, node)
    order = sorted(sizes, key=lambda part: (-sizes[part], first[part]))
    numbers = {part: number for number, part in enumerate(order)}
    return tuple(numbers[part] for part in parts)


def _overlap(partition: Partition, others: Sequence[Partition]) -> tuple[float, ...]:
    """Return of each part how well the others have it. Hennig, CSDA 52 (2007) 258-271."""
    sizes = Counter(partition)
    summed = dict.fromkeys(sizes, 0.0)
    for other in others:
        their = Counter(other)
        best = dict.fromkeys(sizes, 0.0)
        for (mine, yours), both in Counter(zip(partition, other, strict=True)).items():
            best[mine] = max(best[mine], both / (sizes[mine] + their[yours] - both))
        for part, value in best.items():
            summed[part] += value
    return tuple(summed[part] / len(others) if others else 1.0 for part in sorted(sizes))
