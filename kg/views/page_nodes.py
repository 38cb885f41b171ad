"""What a graph page draws: nodes with their boxes, edges with the words behind them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.graph_model import ASKING, Kind, Relation
from kg.neighbours import nodes_of, postings_of, targets
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    import networkx as nx

    from kg.graph_model import Said

STATED_AS: Final = {
    Kind.POSITION: (terms.ROLE, terms.LEVEL),
    Kind.ROLE: (terms.ROLE,),
    Kind.EMPLOYER: (terms.SCHEMA + "hiringOrganization",),
}
"""The properties whose words prove a node that is no requirement."""


ROW: Final = (Kind.ROLE, Kind.POSITION, Kind.EMPLOYER, Kind.DEGREE, Kind.SKILL)
"""The kinds that are drawn, in their order; of two nodes of one weight the first is drawn."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A node on the page, and the postings behind it.

    `tier` is its strongest relation; `owners` those that have it so. `level` is a position's.
    """

    id: str
    kind: Kind
    label: str
    tier: Relation | None = None
    owners: tuple[str, ...] = ()
    postings: int = 0
    level: str | None = None


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

    `undrawn` are postings that name no role. `whole` is how many nodes there are, drawn or not.
    """

    nodes: tuple[Drawn, ...]
    ties: tuple[Tie, ...]
    owners: tuple[str, ...]
    undrawn: tuple[str, ...]
    whole: int = 0

    def of_kind(self, *kinds: Kind) -> list[Drawn]:
        """Return the nodes of some kinds, in order."""
        return [node for node in self.nodes if node.kind in kinds]

    def without(self, tier: Relation) -> Picture:
        """Return it without the nodes whose strongest relation is `tier`."""
        nodes = tuple(node for node in self.nodes if node.tier != tier)
        known = {node.id for node in nodes}
        ties = tuple(tie for tie in self.ties if tie.source in known and tie.target in known)
        return replace(self, nodes=nodes, ties=ties)


def picture(graph: nx.MultiDiGraph, *, top: int | None = None, least: int = 1) -> Picture:
    """Choose what the page draws; the same graph gives the same picture.

    `top` nodes are drawn at most, those with the most postings behind them: a third who asks
    (roles, levels, employers) and two thirds what is asked for, or more of one where there are
    fewer of the other. Nodes and ties need `least` postings. Where a position is not drawn, its
    role asks in its place.
    """
    every = _drawn(graph, None, least)
    whole = len(every.nodes)
    if top is None or len(every.nodes) <= top:
        return replace(every, whole=whole)
    kept = {one.id for one in _heaviest(every.nodes, top)}
    return replace(_drawn(graph, kept, least), whole=whole)


def _heaviest(nodes: Iterable[Drawn], top: int) -> list[Drawn]:
    weighed = sorted(nodes, key=lambda one: (-one.postings, ROW.index(one.kind), one.label, one.id))
    asked = [one for one in weighed if one.kind in (Kind.SKILL, Kind.DEGREE)]
    asking = [one for one in weighed if one.kind not in (Kind.SKILL, Kind.DEGREE)]
    most = max(top // 3, top - len(asked))
    return [*asking[:most], *asked[: top - min(most, len(asking))]]


def _drawn(graph: nx.MultiDiGraph, kept: Collection[str] | None, least: int) -> Picture:
    """Return the picture of what is kept, or of all; what nothing is tied to is left out."""
    weights = {
        node: weight
        for kind in ROW
        for node in nodes_of(graph, kind)
        if (weight := len(postings_of(graph, node))) >= least and (kept is None or node in kept)
    }
    owned: dict[str, list[str]] = defaultdict(list)
    undrawn = []
    for posting in nodes_of(graph, Kind.POSTING):
        roles = targets(graph, posting, Relation.HAS_ROLE)
        asking = [one for one in targets(graph, posting, Relation.IN_POSITION) if one in weights]
        for owner in asking or [one for one in roles if one in weights]:
            owned[owner].append(posting)
        undrawn += [] if roles else [posting]
    positions = [one for one in nodes_of(graph, Kind.POSITION) if one in weights]
    positions.sort(key=lambda node: _rank(graph, node))
    owning = [one for one in nodes_of(graph, Kind.ROLE) if one in owned]
    owners = (*owning, *positions)
    ties = [
        tie
        for tie in (
            *_structure(graph, positions, owned),
            *_asked(graph, {one: owned[one] for one in owners}),
        )
        if tie.postings >= least and tie.source in weights and tie.target in weights
    ]
    tied = {end for tie in ties for end in (tie.source, tie.target)}
    strongest = _strongest(ties)
    nodes: list[Drawn] = []
    for kind in ROW:
        standing = kind in (Kind.ROLE, Kind.POSITION)
        nodes += [
            Drawn(
                node,
                kind,
                graph.nodes[node]["label"],
                *strongest.get(node, (None, ())),
                postings=weights[node],
                level=_level(graph, node) if kind == Kind.POSITION else None,
            )
            for node in (positions if kind == Kind.POSITION else nodes_of(graph, kind))
            if node in tied or (standing and node in weights)
        ]
    known = {node.id for node in nodes}
    return Picture(
        tuple(nodes), tuple(ties), tuple(one for one in owners if one in known), tuple(undrawn)
    )


def own_words(graph: nx.MultiDiGraph, node: Drawn) -> Iterator[Said]:
    """Yield the words in which postings name a role, a position or an employer."""
    for posting in postings_of(graph, node.id):
        seen = set()
        for name in STATED_AS.get(node.kind, ()):
            for evidence in graph.nodes[posting]["stated"].get(name, ()):
                if (evidence.start, evidence.end) not in seen:
                    seen.add((evidence.start, evidence.end))
                    yield posting, evidence


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
    graph: nx.MultiDiGraph, positions: Sequence[str], owned: Mapping[str, Iterable[str]]
) -> Iterator[Tie]:
    """Yield what holds the picture together: role to position, employer to position or role."""
    for position in positions:
        (role,) = targets(graph, position, Relation.HAS_ROLE)
        yield Tie(role, position, Relation.HAS_ROLE, len(postings_of(graph, position)), ())
    counts = Counter(
        (employer, owner)
        for owner, postings in owned.items()
        for posting in postings
        for employer in targets(graph, posting, Relation.AT_EMPLOYER)
    )
    for (employer, owner), number in sorted(counts.items()):
        yield Tie(employer, owner, Relation.AT_EMPLOYER, number, ())


def _strongest(ties: Iterable[Tie]) -> Mapping[str, tuple[Relation | None, tuple[str, ...]]]:
    """Return the strongest relation of each skill and degree, and those that have it so."""
    found: dict[str, dict[Relation, set[str]]] = defaultdict(lambda: defaultdict(set))
    for tie in ties:
        if tie.relation in ASKING:
            found[tie.target][tie.relation].add(tie.source)
    best = {one: min(found[one], key=ASKING.index) for one in found}
    return {one: (tier, tuple(sorted(found[one][tier]))) for one, tier in best.items()}


def _level(graph: nx.MultiDiGraph, position: str) -> str | None:
    found = targets(graph, position, Relation.HAS_LEVEL)
    return str(graph.nodes[found[0]]["label"]) if found else None
