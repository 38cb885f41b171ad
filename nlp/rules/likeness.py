"""Likeness: which skills of a list are of one kind, so that one of them may stand for another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from nlp.matcher import Hit
from ontology import Concept

STEPS: Final = 2
"""How far up two skills may meet: Tableau is a tool of data visualization, that of data analysis.

Nearly everything of software meets farther up.
"""
MOST: Final = 30
"""Skills of a list that are set against each other; a longer one is taken whole."""
KNOWLEDGE: Final = frozenset({"method", "domain"})
"""Kinds that one list may mix: "data analysis, statistics or similar"."""


def like_last(hits: Sequence[Hit], concepts: Mapping[str, Concept]) -> Sequence[Hit]:
    """Return the last hits of a list that are like the last one: what "or similar" speaks of.

    "Tableau, Power BI, Looker or similar" is one choice, for they are of one kind. Of "SQL,
    Python, Tableau or similar" Tableau alone may be another tool. The list is cut behind a skill
    that is surely of another kind: a method before a tool, or one of several that the vocabulary
    sets side by side (SQL and Python are languages) and that meets none of those behind it within
    two steps up. A skill that is like none of the list tells nothing: the vocabulary parts
    "Kafka, Redis, RabbitMQ or similar", which a reader does not. What no concept covers is like
    whatever stands beside it; where it is the last, nothing tells what is like it.
    """
    if len(hits) > MOST:
        return hits
    if hits[-1].id not in concepts:
        return hits[-1:]
    places = [place for place, hit in enumerate(hits) if hit.id in concepts]
    known = [concepts[hits[place].id] for place in places]
    for last in range(len(known) - 2, -1, -1):
        one, behind = known[last], known[last + 1 :]
        if all(_kind(one) != _kind(other) for other in behind):
            return hits[places[last] + 1 :]
        beside = any(_meet(one, other, concepts, steps=1) for other in known[:last])
        if beside and not any(_meet(one, other, concepts, steps=STEPS) for other in behind):
            return hits[places[last] + 1 :]
    return hits


def _kind(one: Concept) -> str | None:
    return "knowledge" if one.kind in KNOWLEDGE else one.kind


def _meet(one: Concept, other: Concept, concepts: Mapping[str, Concept], *, steps: int) -> bool:
    return not _near(one, concepts, steps).isdisjoint(_near(other, concepts, steps))


def _near(concept: Concept, concepts: Mapping[str, Concept], steps: int) -> set[str]:
    """Return a concept and those that are broader by so many steps."""
    found = {concept.iri}
    edge = {concept.iri}
    for _ in range(steps):
        edge = {wide for iri in edge if iri in concepts for wide in concepts[iri].broader}
        found |= edge
    return found
