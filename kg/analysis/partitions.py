"""Partitions of a graph's nodes: found from many seeds, compared, and the most typical taken."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.analysis.louvain import Weighted, louvain

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

Partition: TypeAlias = tuple[int, ...]
"""The number of each node's part, node by node."""

SEEDS: Final = 20
"""How many seeds a partition is found from."""


@dataclass(frozen=True, slots=True)
class Consensus:
    """The partition that agrees best with those of all seeds.

    `agreement` is the mean adjusted Rand index of any two seeds, `lowest` that of the two that are
    most unlike; `seed` the one whose partition was taken. `overlap` says of each part how well the
    other seeds have it: the mean of the largest Jaccard index with a part of theirs.
    """

    partition: Partition
    seed: int
    agreement: float
    lowest: float
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
    """Partition a weighted graph by Louvain's method, once a seed, and take the most typical.

    That is the partition with the highest mean adjusted Rand index with those of the other seeds;
    of equal ones that with the higher modularity, then the lower seed. Parts are numbered by size,
    the largest 0; equal ones by their first node. Nodes are taken in the graph's order, by numbers:
    names have another order in each process. A graph without edges gives each node its own part.
    """
    places = {node: place for place, node in enumerate(graph)}
    numbered = Weighted.of(
        len(places),
        sorted(
            (*sorted((places[a], places[b])), weight) for a, b, weight in graph.edges.data("weight")
        ),
    )
    each = [louvain(numbered, resolution=resolution, seed=seed) for seed in range(seeds)]
    found = [_by_size(parts) for parts, _ in each]
    modularity = [value for _, value in each]
    likeness = {(i, j): adjusted_rand(found[i], found[j]) for i in range(seeds) for j in range(i)}
    means = [
        sum(value for pair, value in likeness.items() if seed in pair) / max(1, seeds - 1)
        for seed in range(seeds)
    ]
    best = min(range(seeds), key=lambda one: (-round(means[one], 9), -modularity[one], one))
    return Consensus(
        partition=found[best],
        seed=best,
        agreement=sum(likeness.values()) / len(likeness) if likeness else 1.0,
        lowest=min(likeness.values(), default=1.0),
        modularity=modularity[best],
        overlap=_overlap(found[best], [one for seed, one in enumerate(found) if seed != best]),
    )


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
