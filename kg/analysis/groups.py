"""Groups of postings, found by the name that a reader would use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.analysis.periods import bounds
from kg.graphs import Kind, Relation, nodes_of, position_key, postings_of, targets
from kg.names import Names, UnknownNameError, listed, quoted
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import networkx as nx

    from kg.names import Label

KINDS: Final = (Kind.POSITION, Kind.ROLE, Kind.EMPLOYER)
"""What a plain name can mean: a role with a level, a role, an employer."""
MORE: Final = (Kind.LEVEL, Kind.PLACE)
"""What a name can mean that says so: a level of any role, a place."""
Select: TypeAlias = "Callable[[str], Iterable[str]]"
"""Runs a SPARQL query and gives the IRIs of its `?posting`."""

LISTED: Final = 3
"""How many groups an error names where none is called so."""


class NoPostingsError(UnknownNameError):
    """A role, or a role with a level, that is known but that no posting in the graph is of."""


class AmbiguousNameError(LookupError):
    """A name that more than one group has."""


@dataclass(frozen=True, slots=True)
class Group:
    """Postings with a name.

    `node` is the graph's node for it, if one stands for all of them; `kind` is that of the node,
    "period", or "group" for what is put together. `postings` are sorted; `left_out` are those of
    its postings that another of them stands for.
    """

    label: str
    kind: str
    node: str
    postings: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def find_groups(
    graph: nx.MultiDiGraph, a: str, b: str, select: Select | None = None
) -> tuple[Group, Group]:
    """Return the two groups that are to be compared, each as `find_group` finds it.

    A role beside one of its own levels stands for those of its postings that state no level: who
    sets "Data Scientist" against "Senior Data Scientist" means the plain title.
    """
    found = find_group(graph, a, select), find_group(graph, b, select)
    return _plain(graph, *found), _plain(graph, *reversed(found))


def find_group(graph: nx.MultiDiGraph, name: str, select: Select | None = None) -> Group:
    """Return the group that `name` means: a position, a role, an employer, or a node's IRI.

    Names are read as `kg.names` reads them for the named questions: without case, by any label of
    role and level ("SWE 2"), the level first or last. Before a colon may stand what is meant:
    "employer: Acme", "place: Austin, TX", "level: Senior", "role: Data Engineer",
    "period: 2025-01..2025-06" (days, months or years, an end may be missing), and
    "query: SELECT ?posting ..." where `select` runs it. " + " between names asks for all of them:
    "Data Engineer + place: Austin, TX".

    Raises `UnknownNameError` with the nearest names, `NoPostingsError` for a role of the vocabulary
    that no posting is of, `AmbiguousNameError` when several groups share the name, and `ValueError`
    for a period that is none.
    """
    if name in graph and graph.nodes[name]["kind"] in (*KINDS, *MORE):
        return _group(graph, name)
    kind, colon, rest = name.partition(":")
    kind = kind.strip().lower()
    if colon and kind == "query" and select is not None:
        return _selected(graph, rest.strip(), select)
    parts = [part.strip() for part in name.split(" + ")]
    if len(parts) > 1 and all(parts):
        return _all_of([find_group(graph, part, select) for part in parts])
    if colon and kind == "period":
        return in_period(graph, rest.strip())
    if colon and kind in (*KINDS, *MORE):
        return _named(graph, rest.strip(), (Kind(kind),))
    return _named(graph, name, KINDS)


def _named(graph: nx.MultiDiGraph, name: str, kinds: Sequence[Kind]) -> Group:
    names = Names(partial(_labels, graph))
    meant: list[str] = []
    if {Kind.POSITION, Kind.ROLE} & set(kinds):
        roles, levels = names.seek_role(name)
        meant = [position_key(role.value, level.value) for role in roles for level in levels]
        meant = meant or [role.value for role in roles]
    meant += [
        one.value
        for kind in (Kind.EMPLOYER, *MORE)
        if kind in kinds
        for one in names.seek(kind, name)
    ]
    found = sorted(node for node in meant if node in graph)
    if len(found) > 1:
        each = ", ".join(f"{graph.nodes[node]['kind']} {node}" for node in found)
        raise AmbiguousNameError(f"{quoted(name)} names more than one group; give an IRI: {each}")
    if not found:
        what, error = ("postings of", NoPostingsError) if meant else ("group", UnknownNameError)
        groups = [str(graph.nodes[node]["label"]) for one in kinds for node in nodes_of(graph, one)]
        known = {fold(label): label for label in groups}
        raise error(what, name, known, _hint(list(known.values())))
    return _group(graph, found[0])


def _plain(graph: nx.MultiDiGraph, group: Group, other: Group) -> Group:
    """Return a role's postings without a level, where `other` is a level of that role."""
    if group.kind != Kind.ROLE or other.kind != Kind.POSITION:
        return group
    if targets(graph, other.node, Relation.HAS_ROLE) != [group.node]:
        return group
    plain = [one for one in group.postings if not targets(graph, one, Relation.HAS_LEVEL)]
    if not plain:
        return group
    label = f"{group.label}, no level stated"
    return replace(group, label=label, kind=Kind.POSITION, postings=tuple(plain))


def _all_of(groups: Sequence[Group]) -> Group:
    shared = set(groups[0].postings).intersection(*(group.postings for group in groups))
    label = " + ".join(group.label for group in groups)
    kinds = {group.kind for group in groups}
    kind = kinds.pop() if len(kinds) == 1 else "group"
    node = " + ".join(group.node for group in groups)
    return Group(label, kind, node, tuple(sorted(shared)))


def _selected(graph: nx.MultiDiGraph, sparql: str, select: Select) -> Group:
    found = sorted({one for one in select(sparql) if one in graph and _is_posting(graph, one)})
    return Group("the query's postings", "group", sparql, tuple(found))


def _is_posting(graph: nx.MultiDiGraph, node: str) -> bool:
    return bool(graph.nodes[node]["kind"] == Kind.POSTING)


def in_period(graph: nx.MultiDiGraph, period: str) -> Group:
    """Return the postings of a period by the date they state; see `kg.analysis.periods`."""
    first, last = bounds(period)
    found = [
        one
        for one in nodes_of(graph, Kind.POSTING)
        if (date := graph.nodes[one]["date_posted"]) and first <= str(date) <= last
    ]
    return Group(period, "period", period, tuple(sorted(found)))


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


def find_skill(graph: nx.MultiDiGraph, name: str) -> str:
    """Return the node of a skill by any of its labels, or by its IRI; a concept before mere words.

    Raises `UnknownNameError` for one that no posting names.
    """
    known: dict[str, str] = {}
    shown: dict[str, str] = {}
    for node in nodes_of(graph, Kind.SKILL):
        data = graph.nodes[node]
        for label in data["names"]:
            if fold(label) not in known or data["concept"]:
                known[fold(label)] = node
                shown[fold(label)] = data["label"]
    found = name if name in graph and graph.nodes[name]["kind"] == Kind.SKILL else None
    found = found or known.get(fold(name))
    if found is None:
        raise UnknownNameError("skill", name, shown, "no posting names it")
    return found


def _labels(graph: nx.MultiDiGraph, kind: str) -> Iterator[Label]:
    """Yield the names of what postings are of, and of the vocabulary's roles and levels."""
    drawn = [(node, graph.nodes[node]) for node in nodes_of(graph, Kind(kind))]
    for node, data in drawn:
        for label in data.get("names", (data["label"],)):
            yield label, node, data["label"]
        if kind == Kind.PLACE:  # "Austin, TX, US" is called "Austin, TX" and "Austin" too
            parts = str(data["label"]).split(", ")
            for count in range(1, len(parts)):
                yield ", ".join(parts[:count]), node, data["label"]
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
