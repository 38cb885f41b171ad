"""Looking into a role-skill graph: nodes of a kind, neighbours, and one kind tied to another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import networkx as nx

from kg.graph_model import Kind, Relation, Said

if TYPE_CHECKING:
    from collections.abc import Iterable


def nodes_of(graph: nx.Graph, kind: Kind) -> list[str]:
    """Return the nodes of one kind, sorted by label and then by key."""
    found = [node for node, data in graph.nodes(data=True) if data["kind"] == kind]
    return sorted(found, key=lambda node: (graph.nodes[node]["label"], node))


def postings_of(graph: nx.MultiDiGraph, node: str) -> list[str]:
    """Return the postings that point to `node` (a role, a position, an employer, a skill, ...)."""
    near = graph.predecessors(node)
    return sorted(one for one in near if graph.nodes[one]["kind"] == Kind.POSTING)


def targets(graph: nx.MultiDiGraph, node: str, relation: Relation) -> list[str]:
    """Return what `node` is tied to by `relation`, sorted, each once."""
    edges = graph.out_edges(node, data="relation")
    return sorted({target for _, target, found in edges if found == relation})


def project(
    graph: nx.MultiDiGraph, source: Kind, target: Kind, relations: Iterable[Relation]
) -> nx.DiGraph:
    """Tie nodes of `source` to nodes of `target` through the postings they share.

    `source` is a kind that postings point to (position, role, employer, ...). An edge has
    `weight`, the number of postings, and `said`: relation -> ((posting, Evidence), ...), sorted.
    Nodes of the two kinds that no posting ties together stay, alone.
    """
    wanted = set(relations)
    said: dict[tuple[str, str], dict[Relation, set[Said]]] = defaultdict(dict)
    postings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for posting in nodes_of(graph, Kind.POSTING):
        near = sorted(set(graph.successors(posting)))
        owners = [node for node in near if graph.nodes[node]["kind"] == source]
        for _, asked, data in graph.out_edges(posting, data=True):
            if data["relation"] in wanted and graph.nodes[asked]["kind"] == target:
                for owner in owners:
                    postings[owner, asked].add(posting)
                    words = said[owner, asked].setdefault(data["relation"], set())
                    words.update((posting, evidence) for evidence in data["evidence"])
    table = nx.DiGraph()
    for kind in (source, target):
        table.add_nodes_from((node, graph.nodes[node]) for node in nodes_of(graph, kind))
    for (owner, asked), found in sorted(said.items()):
        ordered = {one: tuple(sorted(found[one], key=_position)) for one in sorted(found)}
        table.add_edge(owner, asked, weight=len(postings[owner, asked]), said=ordered)
    return table


def _position(said: Said) -> tuple[str, int, int, str]:
    return said[0], said[1].start, said[1].end, said[1].rule
