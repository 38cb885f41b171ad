"""Postings that contradict themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.analysis.doubts.doubt import doubt_of, label_of, rank_of
from kg.analysis.years import years_of
from kg.graphs import Relation, targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import networkx as nx

    from kg.analysis.doubts.doubt import Doubt

ENTRY_RANK: Final = 50
"""The rank up to which a level is for beginners: Junior. An associate is one at some employers."""
ENTRY_YEARS: Final = 5
"""Years that no beginner has."""
LONG_LIST: Final = 30
"""Required skills from which on a list is a wish."""


def entry_level_years(graph: nx.MultiDiGraph, postings: Sequence[str]) -> Iterator[Doubt]:
    """Find a level for beginners, with years that no beginner has."""
    for posting in postings:
        rank, years = rank_of(graph, posting), years_of(graph, posting)
        if rank is None or rank > ENTRY_RANK or years is None or years < ENTRY_YEARS:
            continue
        level = label_of(graph, posting, Relation.HAS_LEVEL)
        words = [
            evidence.text
            for one in graph.nodes[posting]["experience"]
            if one.min_years is not None and float(one.min_years) >= ENTRY_YEARS
            for evidence in one.evidence
        ]
        message = f"{level}, and {years:g} years are required"
        yield doubt_of(graph, "entry-level-years", posting, message, words)


def long_list(graph: nx.MultiDiGraph, postings: Sequence[str]) -> Iterator[Doubt]:
    """Find a list of required skills that nobody has."""
    for posting in postings:
        skills = targets(graph, posting, Relation.REQUIRES)
        if len(skills) >= LONG_LIST:
            names = sorted(str(graph.nodes[skill]["label"]) for skill in skills)
            message = f"{len(skills)} skills are required: {', '.join(names[:5])} and others"
            yield doubt_of(graph, "long-list", posting, message, ())
