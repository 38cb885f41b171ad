"""What of a graph a page shows: the postings of a role, a level, an employer, a skill, or all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from kg.graph_model import ASKING, Kind, Relation
from kg.names import Names, quoted
from kg.neighbours import nodes_of
from kg.shown import TOP

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import networkx as nx

    from kg.analysis.incidence import Way
    from kg.copies.counting import Copies
    from kg.names import Label

WAYS: Final[Mapping[Way, tuple[Relation, ...]]] = {
    "any": ASKING,
    "required": (Relation.REQUIRES,),
    "preferred": (Relation.PREFERS,),
    "mentioned": (Relation.MENTIONS,),
}
"""The relations that a way of asking counts."""


class NothingFitsError(LookupError):
    """Names that exist, and no posting that all of them are true of."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page is to show: postings that fit all that is given, and how they ask.

    `role` may name a level too. `skill` takes the postings that ask for it, in the way that
    `necessity` says. What fewer than `least` postings say is left out, and of the rest all but the
    `top` nodes with the most postings behind them, as `kg.views.page_nodes.picture` chooses them;
    None is all. Of copies of one job one
    counts, or each does.
    """

    role: str | None = None
    level: str | None = None
    employer: str | None = None
    skill: str | None = None
    necessity: Way = "any"
    least: int = 1
    top: int | None = None
    copies: Copies = "all"

    @property
    def title(self) -> str:
        """What the page is called: all that was asked for."""
        parts = [one for one in (self.role, self.level and f"level {self.level}") if one]
        if self.employer:
            parts.append(f"at {self.employer}" if parts else self.employer)
        if self.skill:
            parts.append(f"around {self.skill}")
        text = ", ".join(parts)
        return text[:1].upper() + text[1:]

    @property
    def command(self) -> str:
        """The command that makes the page."""
        given = ("role", "level", "employer", "skill")
        options = [f' --{name} "{value}"' for name in given if (value := getattr(self, name))]
        options += [f" --necessity {self.necessity}"] if self.necessity != "any" else []
        options += [f" --least {self.least}"] if self.least > 1 else []
        options += [f" --top {self.top or 0}"] if self.top != TOP else []
        return f"kg show graph{''.join(options)}"


def part_of(graph: nx.MultiDiGraph, wanted: Wanted) -> nx.MultiDiGraph:
    """Return the postings that fit and all that they are tied to; the graph itself where all do.

    Raises `UnknownNameError`, with similar names, and `NothingFitsError`.
    """
    every = nodes_of(graph, Kind.POSTING)
    fitting = set(every)
    for kind, node in _named(graph, wanted).items():
        fitting &= _postings(graph, kind, node, WAYS[wanted.necessity])
    if every and not fitting:
        raise NothingFitsError(_nothing(wanted))
    if wanted.copies == "one":
        fitting -= {one for one in fitting if graph.nodes[one].get("copy_of") in fitting}
    if len(fitting) == len(every) and wanted.necessity == "any":
        return graph
    near = {target for posting in fitting for target in graph.successors(posting)}
    above = {
        target
        for node in near
        if graph.nodes[node]["kind"] == Kind.POSITION
        for target in graph.successors(node)
    }
    found = graph.subgraph(fitting | near | above).copy()
    asked = WAYS[wanted.necessity]
    found.remove_edges_from(
        [
            (source, target, key)
            for source, target, key, data in found.edges(keys=True, data=True)
            if data.get("strength", asked[0]) not in asked
        ]
    )
    return found


def _named(graph: nx.MultiDiGraph, wanted: Wanted) -> Mapping[Kind, Collection[str]]:
    """Return the nodes of what is named, by kind."""
    names = Names(partial(_labels, graph))
    found: dict[Kind, set[str]] = {}
    if wanted.role is not None:
        roles, levels = names.find_role(wanted.role)
        found[Kind.ROLE] = {one.value for one in roles}
        if levels:
            found[Kind.LEVEL] = {one.value for one in levels}
    for kind, name in (
        (Kind.LEVEL, wanted.level),
        (Kind.EMPLOYER, wanted.employer),
        (Kind.SKILL, wanted.skill),
    ):
        if name is not None:
            nodes = {one.value for one in names.find(kind, name)}
            found[kind] = found.get(kind, nodes) & nodes
    return found


def _labels(graph: nx.MultiDiGraph, kind: str) -> Iterator[Label]:
    """Yield the names of a kind; those of roles and levels also where no posting is of them."""
    for node, labels in graph.graph["names"].get(kind, {}).items():
        for label in labels:
            yield label, node, labels[0]
    for node in nodes_of(graph, Kind(kind)):
        data = graph.nodes[node]
        for label in data.get("names", (data["label"],)):
            yield label, node, data["label"]


def _postings(
    graph: nx.MultiDiGraph, kind: Kind, nodes: Collection[str], asked: Collection[Relation]
) -> set[str]:
    """Return the postings that are tied to any of the nodes, to a skill in a way that is asked."""
    return {
        source
        for node in nodes
        if node in graph
        for source, _, data in graph.in_edges(node, data=True)
        if graph.nodes[source]["kind"] == Kind.POSTING
        and (kind != Kind.SKILL or data["strength"] in asked)
    }


def _nothing(wanted: Wanted) -> str:
    given = ("role", "level", "employer", "skill")
    said = [f"{name} {quoted(value)}" for name in given if (value := getattr(wanted, name))]
    way = f", {wanted.necessity}" if wanted.skill and wanted.necessity != "any" else ""
    return f"no posting has {' and '.join(said)}{way}; leave one out, or ask for another"
