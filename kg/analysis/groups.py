"""Groups of postings, found by the name that a reader would use."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from kg.graphs import Kind, Relation, nodes_of, postings_of, targets
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

KINDS: Final = (Kind.POSITION, Kind.ROLE, Kind.EMPLOYER)
"""What a group can be: a role with a level, a role, an employer."""

SUGGESTIONS: Final = 3


class UnknownGroup(LookupError):
    """A name that no group in the graph carries. The message says which ones are near."""


@dataclass(frozen=True, slots=True)
class Group:
    """Postings with a name. `node` is the graph's node for it; `postings` are sorted."""

    label: str
    kind: Kind
    node: str
    postings: tuple[str, ...]


def find_group(graph: nx.MultiDiGraph, name: str) -> Group:
    """Return the group that `name` means: a position, a role, an employer, or a node's IRI.

    Names are compared without case; other labels of role and level count ("SWE 2"), and the level
    may stand first ("Senior Data Engineer"). Raises `UnknownGroup` with the nearest names, or when
    several groups share the name.
    """
    if name in graph and graph.nodes[name]["kind"] in KINDS:
        return _group(graph, name)
    index: dict[str, set[str]] = defaultdict(set)
    for known, node in _names(graph):
        index[fold(known)].add(node)
    found = sorted(index.get(fold(name), ()))
    if not found:
        raise UnknownGroup(_unknown(graph, name))
    positions = [node for node in found if graph.nodes[node]["kind"] == Kind.POSITION]
    chosen = positions or found  # a role's other label may end like a level: the position is meant
    if len(chosen) > 1:
        listed = ", ".join(f"{graph.nodes[node]['kind']} {node}" for node in chosen)
        raise UnknownGroup(f'"{name}" names more than one group; give the IRI of one: {listed}')
    return _group(graph, chosen[0])


def _group(graph: nx.MultiDiGraph, node: str) -> Group:
    data = graph.nodes[node]
    return Group(str(data["label"]), data["kind"], node, tuple(postings_of(graph, node)))


def _names(graph: nx.MultiDiGraph) -> Iterator[tuple[str, str]]:
    """Yield every name of every group, with its node."""
    for position in nodes_of(graph, Kind.POSITION):
        (role,) = targets(graph, position, Relation.HAS_ROLE)
        (level,) = targets(graph, position, Relation.HAS_LEVEL)
        for role_name in graph.nodes[role]["names"]:
            for level_name in graph.nodes[level]["names"]:
                yield f"{role_name} {level_name}", position
                yield f"{level_name} {role_name}", position
    for role in nodes_of(graph, Kind.ROLE):
        for role_name in graph.nodes[role]["names"]:
            yield role_name, role
    for employer in nodes_of(graph, Kind.EMPLOYER):
        yield graph.nodes[employer]["label"], employer


def _unknown(graph: nx.MultiDiGraph, name: str) -> str:
    groups = [graph.nodes[node]["label"] for kind in KINDS for node in nodes_of(graph, kind)]
    labels = {fold(label): f'"{label}"' for label in groups}
    if not labels:
        return f'no group "{name}": the graph holds no postings; `kg build PATH` adds some'
    nearest = get_close_matches(fold(name), sorted(labels), SUGGESTIONS, cutoff=0.5)
    if nearest:
        listed = ", ".join(labels[one] for one in nearest)
        return f'no group "{name}" in the graph; did you mean {listed}?'
    listed = ", ".join(list(labels.values())[:SUGGESTIONS])
    more = f" and {len(labels) - SUGGESTIONS} more" if len(labels) > SUGGESTIONS else ""
    return f'no group "{name}" in the graph; there are {listed}{more}'
