"""Groups of postings, found by the name that a reader would use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from kg.graphs import Kind, nodes_of, position_key, postings_of
from kg.names import Names, UnknownNameError, listed, quoted
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import networkx as nx

    from kg.names import Label

KINDS: Final = (Kind.POSITION, Kind.ROLE, Kind.EMPLOYER)
"""What a group can be: a role with a level, a role, an employer."""

LISTED: Final = 3
"""How many groups an error names where none is called so."""


class NoPostingsError(UnknownNameError):
    """A role, or a role with a level, that is known but that no posting in the graph is of."""


class AmbiguousNameError(LookupError):
    """A name that more than one group has."""


@dataclass(frozen=True, slots=True)
class Group:
    """Postings with a name. `node` is the graph's node for it; `postings` are sorted.

    `left_out` are those of its postings that another of them stands for.
    """

    label: str
    kind: Kind
    node: str
    postings: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def find_group(graph: nx.MultiDiGraph, name: str) -> Group:
    """Return the group that `name` means: a position, a role, an employer, or a node's IRI.

    Names are read as `kg.names` reads them for the named questions: without case, by any label of
    role and level ("SWE 2"), the level first or last. Raises `UnknownNameError` with the nearest
    names, `NoPostingsError` for a role of the vocabulary that no posting is of, and
    `AmbiguousNameError` when several groups share the name.
    """
    if name in graph and graph.nodes[name]["kind"] in KINDS:
        return _group(graph, name)
    names = Names(partial(_labels, graph))
    roles, levels = names.seek_role(name)
    meant = [position_key(role.value, level.value) for role in roles for level in levels]
    meant = meant or [role.value for role in roles]
    meant += [employer.value for employer in names.seek("employer", name)]
    found = sorted(node for node in meant if node in graph)
    if len(found) > 1:
        each = ", ".join(f"{graph.nodes[node]['kind']} {node}" for node in found)
        raise AmbiguousNameError(f"{quoted(name)} names more than one group; give an IRI: {each}")
    if not found:
        kind, error = ("postings of", NoPostingsError) if meant else ("group", UnknownNameError)
        groups = [str(graph.nodes[node]["label"]) for one in KINDS for node in nodes_of(graph, one)]
        known = {fold(label): label for label in groups}
        raise error(kind, name, known, _hint(list(known.values())))
    return _group(graph, found[0])


def job_of(graph: nx.MultiDiGraph, posting: str) -> str:
    """Return what stands for the job of a posting: the posting itself, or that of its copies."""
    return str(graph.nodes[posting]["copy_of"] or posting)


def one_per_job(graph: nx.MultiDiGraph, group: Group) -> Group:
    """Return the group with one posting a job: of several copies in it, the first."""
    jobs: dict[str, str] = {}
    for posting in group.postings:
        jobs.setdefault(job_of(graph, posting), posting)
    kept = tuple(sorted(jobs.values()))
    left_out = tuple(one for one in group.postings if one not in set(kept))
    return replace(group, postings=kept, left_out=left_out)


def _group(graph: nx.MultiDiGraph, node: str) -> Group:
    data = graph.nodes[node]
    return Group(str(data["label"]), data["kind"], node, tuple(postings_of(graph, node)))


def _labels(graph: nx.MultiDiGraph, kind: str) -> Iterator[Label]:
    """Yield the names of what postings are of, and of the vocabulary's roles and levels."""
    drawn = [(node, graph.nodes[node]) for node in nodes_of(graph, Kind(kind))]
    for node, data in drawn:
        for label in data.get("names", (data["label"],)):
            yield label, node, data["label"]
    for iri, labels in graph.graph["names"].get(kind, {}).items():
        for label in labels:
            yield label, iri, labels[0]


def _hint(groups: Sequence[str]) -> str:
    """Say which groups there are."""
    if not groups:
        return "the graph holds no postings; `kg build PATH` adds some"
    more = len(groups) - LISTED
    if more > 0:
        return f"there are {', '.join(map(quoted, groups[:LISTED]))} and {more} more"
    return f"there are {listed(groups, 'and')}"
