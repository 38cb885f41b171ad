"""What a graph page draws: nodes with their boxes, edges with the words behind them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.graph_model import ASKING, Kind, Relation
from kg.neighbours import nodes_of, postings_of, targets
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import networkx as nx

    from kg.graph_model import Said

STATED_AS: Final = {
    Kind.POSITION: (terms.ROLE, terms.LEVEL),
    Kind.ROLE: (terms.ROLE,),
    Kind.EMPLOYER: (terms.SCHEMA + "hiringOrganization",),
}
"""The properties whose words prove a node that is no requirement."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A node on the page. `tier` is its strongest relation; `owners` those that have it so."""

    id: str
    kind: Kind
    label: str
    tier: Relation | None = None
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge on the page, with the words of the postings behind it."""

    source: str
    target: str
    relation: Relation
    postings: int
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn. `owners` are what asks: positions, and roles without a level, in order.

    `undrawn` are postings that name no role.
    """

    nodes: tuple[Drawn, ...]
    ties: tuple[Tie, ...]
    owners: tuple[str, ...]
    undrawn: tuple[str, ...]

    def of_kind(self, *kinds: Kind) -> list[Drawn]:
        """Return the nodes of some kinds, in order."""
        return [node for node in self.nodes if node.kind in kinds]


def picture(graph: nx.MultiDiGraph) -> Picture:
    """Choose what the page draws; the same graph gives the same picture."""
    positions = sorted(nodes_of(graph, Kind.POSITION), key=lambda node: _rank(graph, node))
    postings = nodes_of(graph, Kind.POSTING)
    roles = nodes_of(graph, Kind.ROLE)
    loose = [one for one in postings if not targets(graph, one, Relation.IN_POSITION)]
    owning = [role for role in roles if set(postings_of(graph, role)) & set(loose)]
    owners = (*owning, *positions)
    asked = _asked(graph, {one: _own_postings(graph, one) for one in owners})
    undrawn = [one for one in loose if not targets(graph, one, Relation.HAS_ROLE)]
    drawn = {end for tie in asked for end in (tie.source, tie.target)}
    nodes = [Drawn(one, Kind.ROLE, graph.nodes[one]["label"]) for one in roles]
    nodes += [Drawn(one, Kind.POSITION, graph.nodes[one]["label"]) for one in positions]
    structure = list(_structure(graph, positions, owning))
    employers = {
        tie.source for tie in structure if graph.nodes[tie.source]["kind"] == Kind.EMPLOYER
    }
    nodes += [
        Drawn(one, Kind.EMPLOYER, graph.nodes[one]["label"])
        for one in nodes_of(graph, Kind.EMPLOYER)
        if one in employers
    ]
    for kind in (Kind.DEGREE, Kind.SKILL):
        found = [one for one in nodes_of(graph, kind) if one in drawn]
        nodes += _requirements(graph, found, kind, asked)
    return Picture(tuple(nodes), (*structure, *asked), owners, tuple(undrawn))


def own_words(graph: nx.MultiDiGraph, node: Drawn) -> Iterator[Said]:
    """Yield the words in which postings name a role, a position or an employer."""
    for posting in postings_of(graph, node.id):
        seen = set()
        for name in STATED_AS.get(node.kind, ()):
            for evidence in graph.nodes[posting]["stated"].get(name, ()):
                if (evidence.start, evidence.end) not in seen:
                    seen.add((evidence.start, evidence.end))
                    yield posting, evidence


def _own_postings(graph: nx.MultiDiGraph, owner: str) -> list[str]:
    """Return the postings of a position, or those of a role that name no level."""
    found = postings_of(graph, owner)
    if graph.nodes[owner]["kind"] == Kind.POSITION:
        return found
    return [one for one in found if not targets(graph, one, Relation.IN_POSITION)]


def _rank(graph: nx.MultiDiGraph, position: str) -> tuple[str, bool, int, str]:
    """Sort positions by role, then by rank; a level without a rank comes last."""
    (role,) = targets(graph, position, Relation.HAS_ROLE)
    data = graph.nodes[position]
    return graph.nodes[role]["label"], data["rank"] is None, data["rank"] or 0, data["label"]


def _asked(graph: nx.MultiDiGraph, owners: Mapping[str, Iterable[str]]) -> list[Tie]:
    """Return what the postings of each owner ask for: skills and degrees, by strength."""
    said: dict[tuple[str, str, Relation], set[Said]] = defaultdict(set)
    postings: dict[tuple[str, str, Relation], set[str]] = defaultdict(set)
    for owner, own in owners.items():
        for posting in own:
            for _, target, data in graph.out_edges(posting, data=True):
                if graph.nodes[target]["kind"] in (Kind.SKILL, Kind.DEGREE):
                    key = (owner, target, data["strength"])
                    postings[key].add(posting)
                    said[key].update((posting, evidence) for evidence in data["evidence"])
    return [
        Tie(*key, len(postings[key]), tuple(sorted(said[key], key=_place)))
        for key in sorted(postings, key=lambda key: (*key[:2], ASKING.index(key[2])))
    ]


def _place(said: Said) -> tuple[str, int, int]:
    return said[0], said[1].start, said[1].end


def _structure(
    graph: nx.MultiDiGraph, positions: Sequence[str], owning: Sequence[str]
) -> Iterator[Tie]:
    """Yield what holds the picture together: role to position, employer to position or role."""
    for position in positions:
        (role,) = targets(graph, position, Relation.HAS_ROLE)
        yield Tie(role, position, Relation.HAS_ROLE, len(postings_of(graph, position)), ())
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for posting in nodes_of(graph, Kind.POSTING):
        owners = targets(graph, posting, Relation.IN_POSITION)
        roles = targets(graph, posting, Relation.HAS_ROLE)
        for employer in targets(graph, posting, Relation.AT_EMPLOYER):
            for owner in owners or [role for role in roles if role in owning]:
                counts[employer, owner] += 1
    for (employer, owner), number in sorted(counts.items()):
        yield Tie(employer, owner, Relation.AT_EMPLOYER, number, ())


def _requirements(
    graph: nx.MultiDiGraph, found: Iterable[str], kind: Kind, ties: Iterable[Tie]
) -> Iterator[Drawn]:
    by_target: dict[str, dict[Relation, set[str]]] = defaultdict(lambda: defaultdict(set))
    for tie in ties:
        by_target[tie.target][tie.relation].add(tie.source)
    for one in found:
        tier = min(by_target[one], key=ASKING.index)
        owners = tuple(sorted(by_target[one][tier]))
        yield Drawn(one, kind, graph.nodes[one]["label"], tier, owners)
