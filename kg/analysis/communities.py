"""Communities of skills: which are asked for together, and which join one community to another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.partitions import SEEDS, find_partition
from kg.shown import Shown

if TYPE_CHECKING:
    import networkx as nx

    from kg.analysis.cooccurrence import Cooccurrence
    from kg.analysis.frames import Cell
    from kg.analysis.incidence import Way
    from kg.analysis.support import Json

NAMED_BY: Final = 3
"""A community is named by so many of its central skills."""
LEAST: Final = 3
"""Skills of a community; smaller ones are counted as apart."""
BRIDGES: Final = 20
COLUMNS: Final = (
    "community", "name", "skill", "strength", "inside", "participation", "postings", "stability",
    "concept",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A skill of a community.

    `strength` is the sum of its NPMI with the community's other skills, `inside` that sum's share
    of its sum with all skills. `participation` says how evenly its ties are spread over
    communities: 0 where all lead into one.
    """

    concept: str
    label: str
    postings: int
    strength: float
    inside: float
    participation: float


@dataclass(frozen=True, slots=True)
class Community:
    """Skills that are asked for together, the most central first; `name` are the first of them.

    `stability` is how well the partitions from half of the seeds have it (1: all the same).
    """

    number: int
    name: str
    stability: float
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A skill whose ties lead into several communities; `joins` are their numbers, its own first.

    Communities that have less than a tenth of its ties are not named.
    """

    concept: str
    label: str
    participation: float
    joins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Communities(Shown):
    """The communities of skills in the postings of a group, the largest first.

    The partition is what runs from `seeds` seeds agree on; `agreement` is the mean adjusted Rand
    index of two such partitions from halves of the seeds that share none, `lowest` the smallest,
    `single` the mean index of any two runs (see `kg.analysis.partitions.Consensus`). `apart` counts
    skills without a sure tie or in communities of fewer than three.
    """

    label: str
    necessity: Way
    postings: int
    employers: int
    caution: str | None
    seeds: int
    agreement: float | None
    lowest: float | None
    single: float | None
    modularity: float | None
    apart: int
    communities: tuple[Community, ...]
    bridges: tuple[Bridge, ...]

    @property
    def enough(self) -> bool:
        """Whether there was enough to find communities in."""
        return self.caution is None

    def to_json(self) -> dict[str, Json]:
        """Return the object that `kg communities --json` prints."""
        return {
            "label": self.label,
            "necessity": self.necessity,
            "postings": self.postings,
            "employers": self.employers,
            "enough": self.enough,
            "caution": self.caution,
            "seeds": self.seeds,
            "agreement": self.agreement,
            "lowest_agreement": self.lowest,
            "single_agreement": self.single,
            "modularity": self.modularity,
            "apart": self.apart,
            "communities": [
                {
                    "number": one.number,
                    "name": one.name,
                    "stability": one.stability,
                    "members": [
                        {
                            "concept": member.concept,
                            "label": member.label,
                            "postings": member.postings,
                            "strength": member.strength,
                            "inside": member.inside,
                            "participation": member.participation,
                        }
                        for member in one.members
                    ],
                }
                for one in self.communities
            ],
            "bridges": [
                {
                    "concept": one.concept,
                    "label": one.label,
                    "participation": one.participation,
                    "joins": list(one.joins),
                }
                for one in self.bridges
            ],
        }

    def to_rows(self) -> list[dict[str, Cell]]:
        """Return one row a member, with `COLUMNS`."""
        rows = []
        for one in self.communities:
            for member in one.members:
                cells: tuple[Cell, ...] = (
                    one.number, one.name, member.label, member.strength, member.inside,
                    member.participation, member.postings, one.stability, member.concept,
                )  # fmt: skip
                rows.append(dict(zip(COLUMNS, cells, strict=True)))
        return rows


def communities(pairs: Cooccurrence, *, seeds: int = SEEDS, resolution: float = 1.0) -> Communities:
    """Find communities of skills in the graph of pairs that are surely more than chance.

    Edges are the pairs that are sure (see `Pair`), weighted by their NPMI; see
    `kg.analysis.partitions` for how they are parted and which partition is taken. With a higher
    `resolution` communities are smaller.
    """
    graph = pairs.to_networkx()
    caution = pairs.caution
    if caution is None and not graph:
        caution = "Not enough data: no two skills are surely asked for together."
    if caution is not None:
        return Communities(
            pairs.label, pairs.necessity, pairs.postings, pairs.employers, caution, seeds,
            None, None, None, None, 0, (), (),
        )  # fmt: skip
    found = find_partition(graph, seeds=seeds, resolution=resolution)
    parts = dict(zip(graph, found.partition, strict=True))
    members: dict[int, list[Member]] = defaultdict(list)
    ties = {node: _ties(graph, node, parts) for node in graph}
    for node, part in parts.items():
        members[part].append(_member(graph, node, ties[node], part))
    kept = [part for part in sorted(members) if len(members[part]) >= LEAST]
    made = []
    for part in kept:
        ordered = sorted(members[part], key=lambda one: (-one.strength, one.label, one.concept))
        name = ", ".join(one.label for one in ordered[:NAMED_BY])
        made.append(Community(part + 1, name, found.overlap[part], tuple(ordered)))
    return Communities(
        label=pairs.label,
        necessity=pairs.necessity,
        postings=pairs.postings,
        employers=pairs.employers,
        caution=None,
        seeds=seeds,
        agreement=found.agreement,
        lowest=found.lowest,
        single=found.single,
        modularity=found.modularity,
        apart=len(graph) - sum(len(one.members) for one in made),
        communities=tuple(made),
        bridges=_bridges(graph, parts, ties, set(kept)),
    )


def _ties(graph: nx.Graph, node: str, parts: dict[str, int]) -> dict[int, float]:
    """Return the weight of a skill's ties into each part."""
    summed: dict[int, float] = defaultdict(float)
    for other, data in graph[node].items():
        summed[parts[other]] += data["weight"]
    return dict(summed)


def _participation(ties: dict[int, float]) -> float:
    """Return 1 minus the sum of squared shares. Guimera & Amaral, Nature 433 (2005) 895-900."""
    total = sum(ties.values())
    return max(0.0, 1 - sum((value / total) ** 2 for value in ties.values()))


def _member(graph: nx.Graph, node: str, ties: dict[int, float], part: int) -> Member:
    strength = ties.get(part, 0.0)
    data = graph.nodes[node]
    inside = strength / sum(ties.values())
    return Member(node, data["label"], data["postings"], strength, inside, _participation(ties))


def _bridges(
    graph: nx.Graph, parts: dict[str, int], ties: dict[str, dict[int, float]], kept: set[int]
) -> tuple[Bridge, ...]:
    """Return the skills whose ties are spread the most, of those that tie two communities."""
    found = []
    for node, part in parts.items():
        total = sum(ties[node].values())
        joined = [one for one, value in ties[node].items() if one in kept and value >= total / 10]
        if len({*joined, part} & kept) > 1:
            others = sorted(set(joined) - {part}, key=lambda one: (-ties[node][one], one))
            joins = tuple(one + 1 for one in (part, *others))
            label = str(graph.nodes[node]["label"])
            found.append(Bridge(node, label, _participation(ties[node]), joins))
    ordered = sorted(found, key=lambda one: (-one.participation, one.label, one.concept))
    return tuple(ordered[:BRIDGES])
