"""A desk: where a worker makes pages, over a source that it keeps open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from kg import KnowledgeGraph
from kg.inference.materialising import need_inferred
from kg.names import Names
from kg.questions import questions
from kg.web.page import Behind
from kg.web.served import Watched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import networkx as nx

    from kg.binding import Argument
    from kg.questions import Question
    from kg.rows import Rows
    from kg.store import Store
    from kg.web.served import Served

MOST: Final = 256
"""Answers that are kept: those of the questions that many pages ask."""


class Desk:
    """Answers questions for pages, each once as long as the source stays as it is."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self._open()

    def _open(self) -> None:
        self.state = self.served.state()
        self.source = Watched(self.served.open())
        self.graph = _Drawn(cast("Store", self.source))
        self.names = Names.of(self.source)
        self.used: list[Behind] = []
        self._answers: dict[object, tuple[Any, tuple[Behind, ...]]] = {}

    def begin(self) -> None:
        """Begin a page: over the newest state of the source, with nothing used yet."""
        if self.served.state() != self.state:
            self.close()
            self._open()
        self.used = []

    def warm_up(self) -> None:
        """Read what many pages need, while nobody waits for it."""
        self.names.learn("role", "level", "skill", "employer")
        for name in ("roles", "employers", "skills"):
            self.ask(name)
        self.ask("skills", necessity="required")

    def ask(self, name: str, **given: Argument) -> Rows:
        """Answer a named question."""
        question = questions()[name]
        return cast(
            "Rows", self._once((name, tuple(given.items())), lambda: self._asked(question, given))
        )

    def query(self, name: str, sparql: str) -> Rows:
        """Answer a query of our own; `name` says what it is for."""

        def run() -> tuple[Rows, tuple[Behind, ...]]:
            rows = self.source.query(sparql)
            return rows, (Behind(name, sparql, len(rows)),)

        return cast("Rows", self._once(sparql, run))

    def analysis(self, key: tuple[object, ...], run: Callable[[KnowledgeGraph], object]) -> Any:
        """Run an analysis of the graph, and write down the queries that it asked."""

        def watched() -> tuple[object, tuple[Behind, ...]]:
            found = run(self.graph)
            return found, tuple(self.drawn_from())

        return self._once(key, watched)

    def drawn_from(self) -> list[Behind]:
        """Return the queries that the analyses' graph is drawn from."""
        return [Behind(_purpose(one), one, rows) for one, rows in self.graph.asked.items()]

    def close(self) -> None:
        """Let go of the source."""
        self.source.close()

    def _asked(
        self, question: Question, given: Mapping[str, Argument]
    ) -> tuple[Rows, tuple[Behind, ...]]:
        if question.needs_inferred:
            need_inferred(self.source)
        sparql = question.bind(self.names, given)
        rows = self.source.query(sparql)
        return rows, (Behind(question.title, sparql, len(rows), question.name),)

    def _once(self, key: object, run: Callable[[], tuple[Any, tuple[Behind, ...]]]) -> Any:
        if key not in self._answers:
            while len(self._answers) >= MOST:
                del self._answers[next(iter(self._answers))]
            self._answers[key] = run()
        found, behind = self._answers[key]
        self.used += [one for one in behind if one not in self.used]
        return found


class _Drawn(KnowledgeGraph):
    """A graph for analyses, drawn once: it is the same as long as the source is."""

    def __init__(self, source: Store) -> None:
        super().__init__(source)
        self._graph: nx.MultiDiGraph | None = None
        self.asked: dict[str, int] = {}
        """The queries that it was drawn from, with how many rows each had."""

    def to_networkx(self) -> nx.MultiDiGraph:
        if self._graph is None:
            watched = cast("Watched", self.source)
            watched.asked.clear()
            self._graph = super().to_networkx()
            self.asked = dict(watched.asked)
        return self._graph


def _purpose(sparql: str) -> str:
    """Return what a query of the analyses selects, for those that have no title."""
    start = sparql.find("SELECT")
    line = sparql[start:].split("WHERE", 1)[0].split("{", 1)[0] if start >= 0 else sparql
    return " ".join(line.split())[:120]
