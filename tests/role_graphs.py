"""Role-skill graphs of facts made by hand, through the quads and a store in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.corpus import Corpus
from kg.graphs import role_skill_graph
from kg.iris import Iris
from kg.quads import posting_quads
from kg.rows import Rows, from_answer, texts_from
from ontology import terms
from tests.factories import make_facts, small_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import networkx as nx

    from nlp.types import Facts


class Memory:
    """A store in memory that counts the queries it answers."""

    def __init__(
        self, facts: Iterable[Facts], vocabulary: str | None = None, run: str = "run"
    ) -> None:
        self.store = ox.Store()
        self.asked = 0
        turtle = small_vocabulary() if vocabulary is None else vocabulary
        graph = ox.NamedNode(terms.DATA + "graph/vocabulary")
        self.store.load(turtle.encode(), format=ox.RdfFormat.TURTLE, to_graph=graph)
        for one in facts:
            self.store.extend(posting_quads(one, Iris(terms.DATA), ox.NamedNode(terms.DATA + run)))

    def query(self, sparql: str) -> Rows:
        return from_answer(self._answer(sparql))

    def stream(self, sparql: str) -> Iterator[tuple[str, ...]]:
        return texts_from(self._answer(sparql))

    def _answer(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        self.asked += 1
        answer = self.store.query(sparql, use_default_graph_as_union=True)
        assert isinstance(answer, ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples)
        return answer


def corpus_of(facts: Iterable[Facts], vocabulary: str | None = None) -> Corpus:
    """Return the corpus of these facts with the small vocabulary."""
    return Corpus(Memory(facts, vocabulary))


def graph_of(facts: Iterable[Facts], vocabulary: str | None = None) -> nx.MultiDiGraph:
    """Draw the graph of these facts with the small vocabulary."""
    return role_skill_graph(Memory(facts, vocabulary))


def engineers(level: str, count: int, **facts: object) -> list[Facts]:
    """Return `count` postings of one level that differ in nothing but their name."""
    given: dict[str, object] = {"role": "Data Engineer", "level": level, **facts}
    title = f"Data Engineer {level}"
    return [
        make_facts(source=f"{level}-{number}.txt", title=title, **given)  # type: ignore[arg-type]
        for number in range(count)
    ]
