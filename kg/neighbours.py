"""Looking into a role-skill graph: nodes of a kind, and what they are tied to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph_model import Kind

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph_model import Relation


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
