"""What a posting requires, as conditions that a candidate meets or not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from kg.graphs import Kind, Relation
from nlp.types import Necessity

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx


class NeedKind(StrEnum):
    """What a condition is about. A soft skill is one that no résumé proves."""

    SKILL = "skill"
    SOFT = "soft skill"
    DEGREE = "degree"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Single:
    """One thing that is asked for. `node` is the graph's, or the years in words."""

    kind: NeedKind
    node: str
    label: str
    years: float | None = None
    in_place_of_degree: bool = False


Members: TypeAlias = tuple[Single, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """A condition: `minimum` of its members must be met. One that stands alone has one member."""

    members: Members
    minimum: int
    necessity: Necessity
    words: tuple[str, ...]

    @property
    def kind(self) -> NeedKind:
        """The kind of its members; of mixed ones ("Master's, or 5 years") the first's."""
        return self.members[0].kind

    @property
    def label(self) -> str:
        """The thing, or "1 of: Java, Python"."""
        if len(self.members) == 1:
            return self.members[0].label
        names = ", ".join(dict.fromkeys(one.label for one in self.members))
        return f"{self.minimum} of: {names}"


def needs_of(graph: nx.MultiDiGraph, posting: str) -> list[Need]:
    """Return what a posting requires or prefers, choices as one need each, sorted by label.

    Years of a skill are the skill's; years that stand in a choice of degrees ("or Bachelor's and 3
    years") are the degree's.
    """
    choices: dict[str, list[tuple[Single, tuple[str, ...]]]] = defaultdict(list)
    alone: list[Need] = []
    for single, necessity, alternative, words in _singles(graph, posting):
        if alternative:
            choices[alternative].append((single, words))
        else:
            alone.append(Need((single,), 1, necessity, words))
    offered = graph.nodes[posting]["alternatives"]
    for name, members in choices.items():
        choice = offered.get(name)
        if choice is None or choice.necessity is Necessity.MENTIONED:
            continue
        words = tuple(one.text for one in choice.evidence)
        words = words or tuple(word for _, said in members for word in said)
        sorted_members = tuple(
            dict.fromkeys(
                sorted((one for one, _ in members), key=lambda one: (one.label, one.node))
            )
        )
        minimum = min(choice.minimum, len(sorted_members))
        alone.append(Need(sorted_members, minimum, choice.necessity, words))
    return sorted(set(alone), key=lambda need: (need.kind, need.label.casefold(), need.necessity))


def _singles(
    graph: nx.MultiDiGraph, posting: str
) -> Iterator[tuple[Single, Necessity, str | None, tuple[str, ...]]]:
    kinds = graph.graph["kinds"]
    for _, node, data in graph.out_edges(posting, data=True):
        is_degree = data["relation"] == Relation.ASKS_DEGREE
        if not is_degree and graph.nodes[node]["kind"] != Kind.SKILL:
            continue
        if data["necessity"] is Necessity.MENTIONED and not data["alternative"]:
            continue
        kind = NeedKind.SOFT if kinds.get(node) == "soft" else NeedKind.SKILL
        years = data["min_years"]
        single = Single(
            NeedKind.DEGREE if is_degree else kind,
            node,
            graph.nodes[node]["label"],
            None if years is None else float(years),
            bool(is_degree and data["equivalent_experience"]),
        )
        words = tuple(one.text for one in data["evidence"])
        yield single, data["necessity"], data["alternative"], words
    for one in graph.nodes[posting]["experience"]:
        if one.min_years is None or (one.necessity is Necessity.MENTIONED and not one.alternative):
            continue
        years = float(one.min_years)
        label = f"{years:g} {'year' if years == 1 else 'years'}"
        single = Single(NeedKind.YEARS, label, label, years)
        yield single, one.necessity, one.alternative, tuple(e.text for e in one.evidence)
