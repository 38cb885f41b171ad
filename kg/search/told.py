"""What postings say that the index holds beside their words: asked for, or read off columns.

Of many postings the columns that a build keeps, or that analyses have asked for, say all of it; the
engine takes ten times as long to say it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from kg.corpus import queries
from kg.corpus.asks import EDGES
from kg.corpus.keeping import Numbers, Wanted
from ontology import terms
from ontology.terms import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kg.corpus.source import Source
    from kg.rows import Streaming

Key = TypeVar("Key")

FACTS: Final[Mapping[str, str]] = {
    "title": "?posting a schema:JobPosting ; schema:title ?title",
    "role": "?posting a schema:JobPosting ; rg:role ?role",
    "employer": (
        "?posting a schema:JobPosting ; schema:hiringOrganization ?hiring . "
        "?hiring schema:name ?employer"
    ),
}
ASKS: Final = tuple(
    f"?posting rg:{edge} ?concept"
    for edge in ("requiresSkill", "prefersSkill", "mentionsSkill", "acceptsSkill")
)
"""One statement or two at a time: what is optional in many graphs is joined with all of them."""


@dataclass(frozen=True, slots=True)
class Told:
    """Title, role and employer's name by graph, of several the first in order; and who asks.

    `asks` are pairs of a concept and the graph of a posting that asks for it.
    """

    facts: Mapping[str, Mapping[str, str]]
    asks: Collection[tuple[str, str]]


def told(source: Streaming, graphs: Collection[str]) -> Told:
    """Return what the postings of some graphs say, as the store tells it."""
    facts = {name: least(_rows(source, one, name, graphs)) for name, one in FACTS.items()}
    rows = (row for one in ASKS for row in _rows(source, one, "concept", graphs))
    return Told(facts, {(concept, graph) for graph, concept in rows})


def told_by_columns(source: Source, graphs: Sequence[str]) -> Told:
    """Return the same as columns tell it; one that is not kept is asked for and kept."""
    wanted = Wanted(graphs, Numbers({graph: number for number, graph in enumerate(graphs)}))

    def rows(pattern: str, columns: str) -> Iterator[tuple[str, ...]]:
        answer = source.coded(queries.in_graphs(pattern, columns))
        return answer.where(wanted.among(answer.texts[0]))

    posting = least((graph, one) for graph, one in rows(queries.POSTINGS, "?posting"))
    title, role, hiring = (
        [
            (graph, value)
            for graph, subject, value in rows(queries.values_of(term), "?subject ?value")
            if posting.get(graph) == subject
        ]
        for term in (SCHEMA + "title", terms.ROLE, SCHEMA + "hiringOrganization")
    )
    named = rows(queries.NAMES, "?node ?name")
    names = least(((graph, node), name) for graph, node, name in named)
    employer = ((graph, names[graph, of]) for graph, of in hiring if (graph, of) in names)
    facts = {"title": least(title), "role": least(role), "employer": least(employer)}
    asks = (rows(f"?posting <{edge}> ?skill", "?skill") for edge, _ in EDGES)
    return Told(facts, {(skill, graph) for each in asks for graph, skill in each})


def _rows(
    source: Streaming, pattern: str, name: str, graphs: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield graph and value of a pattern in some graphs."""
    for graph, value in source.query(queries.in_graphs(pattern, f"?{name}", graphs)):
        yield str(graph), str(value)


def least(pairs: Iterable[tuple[Key, str]]) -> dict[Key, str]:
    """Return the first in order of the values of each key."""
    found: dict[Key, str] = {}
    for key, value in pairs:
        if key not in found or value < found[key]:
            found[key] = value
    return found
