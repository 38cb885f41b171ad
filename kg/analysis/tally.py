"""What the postings of two groups say, side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from kg.analysis.comparison_rows import experience_text
from kg.analysis.support import Quote
from kg.graphs import ASKING, Kind, Relation
from kg.necessities import Asked, asked
from nlp.types import Evidence, SectionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import networkx as nx

    from kg.analysis.groups import Group

Key = TypeVar("Key")
Words: TypeAlias = tuple[Evidence, ...]
SkillKey: TypeAlias = tuple[str, Asked]
ExperienceKey: TypeAlias = tuple[Any, Any, str | None, Asked]
AlternativeKey: TypeAlias = tuple[tuple[str, ...], int, str]


@dataclass(frozen=True, slots=True)
class Said:
    """The postings of each side that say something, and their words, by posting."""

    a: frozenset[str]
    b: frozenset[str]
    words: tuple[Quote, ...]


def tally(
    graph: nx.MultiDiGraph,
    a: Group,
    b: Group,
    read: Callable[[nx.MultiDiGraph, str], Iterator[tuple[Key, Words]]],
) -> dict[Key, Said]:
    """Gather the postings of both groups by what `read` finds in each."""
    found: dict[Key, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    words: dict[Key, set[tuple[str, int, int, str]]] = defaultdict(set)
    for index, group in enumerate((a, b)):
        for posting in group.postings:
            identifier = graph.nodes[posting]["identifier"]
            for key, evidence in read(graph, posting):
                found[key][index].add(posting)
                words[key].update((identifier, one.start, one.end, one.text) for one in evidence)
    return {
        key: Said(
            frozenset(in_a),
            frozenset(in_b),
            tuple(dict.fromkeys(Quote(one[0], one[3]) for one in sorted(words[key]))),
        )
        for key, (in_a, in_b) in found.items()
    }


def skills(graph: nx.MultiDiGraph, posting: str) -> Iterator[tuple[SkillKey, Words]]:
    """Yield each skill that a posting names, with how it asks."""
    for _, skill, data in graph.out_edges(posting, data=True):
        if data["relation"] in ASKING:
            yield (skill, asked(data["necessity"], data["alternative"])), data["evidence"]


def degrees(graph: nx.MultiDiGraph, posting: str) -> Iterator[tuple[SkillKey, Words]]:
    """Yield each degree that a posting asks for, with how it asks."""
    for _, degree, data in graph.out_edges(posting, data=True):
        if data["relation"] == Relation.ASKS_DEGREE:
            yield (degree, asked(data["necessity"], data["alternative"])), data["evidence"]


def experience(graph: nx.MultiDiGraph, posting: str) -> Iterator[tuple[ExperienceKey, Words]]:
    """Yield the years that a posting asks for."""
    for one in graph.nodes[posting]["experience"]:
        way = asked(one.necessity, one.alternative)
        yield (one.min_years, one.max_years, one.subject, way), one.evidence


def duties(graph: nx.MultiDiGraph, posting: str) -> Iterator[tuple[str, Words]]:
    """Yield each skill that a posting names among its duties."""
    for _, skill, data in graph.out_edges(posting, data=True):
        if data["relation"] in ASKING:
            said = tuple(one for one in data["evidence"] if one.section is SectionKind.DUTIES)
            if said:
                yield skill, said


def verbs(graph: nx.MultiDiGraph, posting: str) -> Iterator[tuple[str, Words]]:
    """Yield each duty that a posting states, as a verb of scope."""
    yield from graph.nodes[posting]["duties"].items()


def alternatives(graph: nx.MultiDiGraph, posting: str) -> Iterator[tuple[AlternativeKey, Words]]:
    """Yield each alternative that a posting offers, with the labels of its members, sorted."""
    members: dict[str, set[str]] = defaultdict(set)
    for _, target, data in graph.out_edges(posting, data=True):
        if graph.nodes[target]["kind"] in (Kind.SKILL, Kind.DEGREE) and data["alternative"]:
            members[data["alternative"]].add(graph.nodes[target]["label"])
    for one in graph.nodes[posting]["experience"]:
        if one.alternative:
            words = experience_text(one.min_years, one.max_years, one.subject)
            members[one.alternative].add(words)
    for name, offered in graph.nodes[posting]["alternatives"].items():
        labels = tuple(sorted(members[name], key=str.casefold))
        yield (labels, offered.minimum, offered.necessity.value), offered.evidence
