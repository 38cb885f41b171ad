"""What a name means where anything can be meant: a role, an employer, a skill, a posting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.analysis.groups import AmbiguousNameError, find_group
from kg.graphs import Kind, nodes_of
from kg.names import Names, UnknownNameError, quoted
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from kg.names import Label

NAMED: Final = (Kind.SKILL, Kind.POSTING)
"""What can be meant besides a group of postings."""


def find_thing(graph: nx.MultiDiGraph, name: str) -> tuple[Kind, str]:
    """Return the kind and the node that a name means: a role, position, employer, skill, posting.

    A node's IRI is a name too, and so are "skill: Spark", "posting: 1234" and what
    `kg.analysis.groups.find_group` takes. Raises `UnknownNameError`, and `AmbiguousNameError` for
    a name that things of several kinds have.
    """
    if name in graph and graph.nodes[name]["kind"] in NAMED:
        return Kind(graph.nodes[name]["kind"]), name
    kind, colon, rest = name.partition(":")
    for known in NAMED:
        if colon and kind.strip().lower() == known:
            return known, _find(graph, known, rest.strip())
    found = [(Kind.SKILL, node.value) for node in _names(graph).seek(Kind.SKILL, name)]
    try:
        group = find_group(graph, name)
        if group.node not in graph:
            raise ValueError(f"{quoted(name)} is nothing that others are like; name one thing")
        found.append((Kind(group.kind), group.node))
    except UnknownNameError:
        if not found:  # a posting's title is often its role's: it counts where nothing else does
            if not _names(graph).seek(Kind.POSTING, name):
                raise
            return Kind.POSTING, _find(graph, Kind.POSTING, name)
    if len(found) > 1:
        each = ", ".join(f"{kind}: {node}" for kind, node in found)
        raise AmbiguousNameError(f"{quoted(name)} names more than one thing; give one of: {each}")
    return found[0]


def find_skill(graph: nx.MultiDiGraph, name: str) -> str:
    """Return the node of a skill that postings name. Raises as `find_thing` does."""
    return _find(graph, Kind.SKILL, name)


def _find(graph: nx.MultiDiGraph, kind: Kind, name: str) -> str:
    found = [one.value for one in _names(graph).seek(kind, name)]
    if len(found) > 1:
        shown = ", ".join(found[:5])
        raise AmbiguousNameError(
            f"{len(found)} {kind}s are called {quoted(name)}; give an IRI, such as {shown}"
        )
    if not found:
        known = {fold(label): shown for label, _, shown in _labels(graph, kind)}
        raise UnknownNameError(str(kind), name, known, "the graph has none that is called so")
    return found[0]


def _names(graph: nx.MultiDiGraph) -> Names:
    return Names(lambda kind: _labels(graph, Kind(kind)))


def _labels(graph: nx.MultiDiGraph, kind: Kind) -> Iterator[Label]:
    for node in nodes_of(graph, kind):
        data = graph.nodes[node]
        shown = str(data["label"])
        if kind == Kind.POSTING:
            for label in (data["identifier"], data["source"], data["title"], node):
                if label:
                    yield str(label), node, str(data["identifier"])
        else:
            for label in (*data["names"], node):
                yield str(label), node, shown
