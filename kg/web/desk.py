"""A desk: where a worker makes pages, over a source that it keeps open."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import pyoxigraph as ox

from kg import KnowledgeGraph
from kg.corpus import Corpus
from kg.corpus.source import Source
from kg.inference.materialising import need_inferred
from kg.names import Names
from kg.necessities import STRENGTHS
from kg.passages import Passages
from kg.questions import questions
from kg.search.index import FILE, SearchIndex
from kg.views.pages.frame import environment as fragments
from kg.web.addresses import PLURALS, address_of, posting_id
from kg.web.page import Behind
from kg.web.pages.queries import OFTEN, skills_of
from kg.web.rendering import environment
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.binding import Argument
    from kg.coded import Coded
    from kg.names import Found
    from kg.questions import Question
    from kg.remote import RemoteStore
    from kg.rows import Rows
    from kg.store import Store
    from kg.web.served import Served

MOST: Final = 256
"""Answers that are kept beside those that many pages ask for: the latest."""
LISTS: Final = ("roles", "employers")
"""Named questions that many pages ask, without parameters."""

ALL_READ: Final = 20_000
"""Postings whose conditions are all read beforehand, at most: some 10 KB each."""
DETAILS: Final = 12
"""Queries for the words of an analysis that are told; there is one for each kind and posting."""


Answer: TypeAlias = tuple[Any, tuple[Behind, ...]]
"""What was found, and the queries that found it."""


class Desk:
    """Answers questions for pages, each once as long as the source stays as it is."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self._words: tuple[int, SearchIndex] | None = None
        self._open()

    def _open(self) -> None:
        self.state = self.served.state()
        self.source = self.served.open()
        self.graph = _Graph(self.source)
        self.passages = Passages(self.source)
        self.names = _Names.of(self.source)
        self.used: list[Behind] = []
        self._often: dict[object, Answer] = {}
        self._latest: dict[object, Answer] = {}

    def begin(self) -> None:
        """Begin a page: over the newest state of the source, with nothing used yet."""
        if self.served.state() != self.state:
            self.close()
            self._open()
        self.used = []
        self.graph.read.details.clear()

    def warm_up(self) -> None:
        """Read what many pages need, while nobody waits for it."""
        self.names.learn("role", "level", "employer")
        for name in LISTS:
            self.ask(name)
        for necessity in STRENGTHS:
            self.names.learn_skills(self.skills(necessity))
        for name, sparql in OFTEN.items():
            self.query(name, sparql)

    def warm_up_for_analyses(self) -> None:
        """Do once what every analysis needs: its libraries, its columns, and the pages' templates.

        The trends of all postings are kept; two roles of few postings are compared only to read the
        columns that every comparison reads. Of `ALL_READ` postings or fewer all conditions are
        read: comparing two groups of hundreds takes half the time then.
        """
        for templates in (environment(), fragments()):
            for name in templates.list_templates():
                templates.get_template(name)
        corpus = self.graph.corpus()
        if len(corpus.postings) <= ALL_READ:
            corpus.read_conditions()
        self.analysis(("trends", None, "month"), lambda graph: graph.trends(by="month"))
        roles = [str(row["role"]) for row in self.ask("roles").to_dicts()[-2:]]
        if len(roles) == 2:
            a, b = roles
            self.analysis(("compare", a, b, "one"), lambda graph: graph.compare(a, b))

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
        """Run an analysis, once as long as the source stays as it is."""
        return self._once(key, lambda: (run(self.graph), ()))

    def link(self, kind: str, name: str) -> str | None:
        """Return where a thing has its page, by its name or its IRI; None for what has none."""
        if kind not in PLURALS:
            return None
        if kind == "skill":
            name = self.names.skill_labels.get(name, name)
        return address_of(kind, posting_id(name) if kind == "posting" else name)

    def skills(self, necessity: str) -> Rows:
        """Return all skills that are asked for in one way, the commonest first."""
        return self.query(f"Skills: {necessity}", skills_of("", necessity))

    def analysed(self) -> list[Behind]:
        """Return the queries that an analysis rests on, when its page is done.

        The columns are those that any analysis has read since the store was as it is.
        """
        read = self.graph.read
        details = list(read.details.items())
        left = len(details) - DETAILS
        found = [Behind(_purpose(one), one, rows) for one, rows in read.columns.items()]
        found += [Behind(_purpose(one), one, rows) for one, rows in details[:DETAILS]]
        if left > 0:
            found.append(Behind(f"{left} more of the same kind", details[-1][0], None))
        return [*found, *self.used]

    def index(self) -> SearchIndex | None:
        """Return the index of words that is there, kept open; None without one."""
        folder = Path(self.served.words)
        try:
            now = (folder / FILE).stat().st_ino
        except OSError:
            return None
        if self._words is None or self._words[0] != now:
            if self._words is not None:
                self._words[1].close()
            found = SearchIndex.made_in(folder)
            self._words = None if found is None else (now, found)
        return self._words[1] if self._words else None

    def close(self) -> None:
        """Let go of the source."""
        self.source.close()

    def _asked(
        self, question: Question, given: Mapping[str, Argument]
    ) -> tuple[Rows, tuple[Behind, ...]]:
        if question.needs_inferred:
            need_inferred(self.source)
        sparql = question.bind(self.names, given, self.source)
        rows = question.answer(self.source, sparql)
        return rows, (Behind(question.title, sparql, len(rows), question.name),)

    def _once(self, key: object, run: Callable[[], Answer]) -> Any:
        kept = self._often if key in _asked_often() else self._latest
        if key not in kept:
            if kept is self._latest and len(kept) >= MOST:
                del kept[next(iter(kept))]
            kept[key] = run()
        kept[key] = kept.pop(key)  # what was asked for last goes last
        found, behind = kept[key]
        self.used += [one for one in behind if one not in self.used]
        return found


@cache
def _asked_often() -> frozenset[object]:
    """Return by which keys the answers are kept that many pages need."""
    skills = (skills_of("", necessity) for necessity in STRENGTHS)
    return frozenset({*OFTEN.values(), *skills, *((name, ()) for name in LISTS)})


class _Names(Names):
    """Names of which those of skills that postings ask for are found without looking for them."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.skill_labels: dict[str, str] = {}
        self._skills: dict[str, Found] = {}

    def learn_skills(self, rows: Rows) -> None:
        """Take in the skills of a list, with the columns `skill` and `skill_iri`."""
        for row in rows.to_dicts():
            iri, label = str(row["skill_iri"]), str(row["skill"])
            if self.skill_labels.setdefault(iri, label) == label:
                known = self._skills.get(fold(label), ())
                node = ox.NamedNode(iri)
                self._skills[fold(label)] = known if node in known else (*known, node)

    def seek(self, kind: str, name: str) -> Found:
        """Return what bears a name, as all names do."""
        known = self._skills.get(fold(name)) if kind == "skill" else None
        return known or super().seek(kind, name)


class _Source(Source):
    """What a corpus reads, written down: columns about all postings, and details of some.

    Columns that are kept count as asked, for once they were.
    """

    def __init__(self, store: Store | RemoteStore) -> None:
        super().__init__(store)
        self.columns: dict[str, int] = {}
        self.details: dict[str, int] = {}

    def stream(self, sparql: str) -> Iterator[tuple[str, ...]]:
        self.details[sparql] = 0
        for row in super().stream(sparql):
            self.details[sparql] += 1
            yield row

    def column(self, sparql: str) -> Iterator[tuple[str, ...]]:
        yield from super().column(sparql)
        if sparql in self.details:  # an endpoint's are not kept, and streamed as details are
            self.columns[sparql] = self.details.pop(sparql)

    def coded(self, sparql: str) -> Coded:
        found = super().coded(sparql)
        self.details.pop(sparql, None)
        self.columns[sparql] = len(found.columns[0])
        return found


class _Graph(KnowledgeGraph):
    """A graph whose corpus is read once: it is the same as long as the source is."""

    def __init__(self, source: Store | RemoteStore) -> None:
        super().__init__(source)
        self.read = _Source(source)
        self._corpus = Corpus(self.read)

    def corpus(self) -> Corpus:
        return self._corpus


def _purpose(sparql: str) -> str:
    """Return what a query of the analyses selects, for those that have no title."""
    start = sparql.find("SELECT")
    line = sparql[start:].split("WHERE", 1)[0].split("{", 1)[0] if start >= 0 else sparql
    return " ".join(line.split())[:120]
