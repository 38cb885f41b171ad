"""The knowledge graph: what Python's users build, open and ask."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg.analyses import Analyses
from kg.shown import TOP, Listing
from kg.store import Rows, Store, StoreError
from kg.store_folder import QUARANTINE
from kg.stored import Stored
from ontology.terms import DATA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import TracebackType

    import networkx as nx
    import rdflib

    from kg.analysis.incidence import Way
    from kg.binding import Argument
    from kg.build import BuildReport
    from kg.candidates import Candidate
    from kg.copies.counting import Copies
    from kg.explaining.explain import Explained
    from kg.questions import Question
    from kg.remote import RemoteStore
    from nlp.readers import ReadingOptions


class KnowledgeGraph(Analyses, Stored):
    """Postings as a graph that answers: build it or open it, ask it, close it.

    `report` says what the build did; it is None for a graph that was opened.
    """

    def __init__(self, source: Store | RemoteStore, report: BuildReport | None = None) -> None:
        self.source = source
        """What answers its queries."""
        self.report = report

    @classmethod
    def build(
        cls,
        paths: str | Path | Iterable[str | Path],
        store: str | Path | None = None,
        *,
        base: str | None = None,
        vocabulary: Iterable[str | Path] = (),
        check: bool = False,
        options: ReadingOptions | None = None,
        tell: Callable[[str], None] | None = None,
        quarantine: str | Path | None = None,
        progress: Callable[[int], None] | None = None,
        watch: Callable[[int, int], None] | None = None,
        jobs: int = 1,
    ) -> KnowledgeGraph:
        """Build a graph from files and folders: in the folder `store`, or in memory without one.

        What cannot be read is in `report.set_aside`, with its reason; so is a posting whose graph
        fails the plain checks, or with `check` its SHACL shapes too (some 2 ms a posting). All of
        it is in the file `quarantine`: "quarantine.jsonl" in the store's folder, unless another is
        given. `progress` is told how many postings were stored so far, `watch` how many bytes of
        how many were read for them. `options` say how inputs are read (their format, their
        columns), and `tell` gets what was guessed of them. `vocabulary` are Turtle files beside our
        own; where a label stands in both, theirs counts. `jobs` is the number of processes that
        extract: more than one pays from some hundred postings on.
        Raises `StoreError`, and `ValueError` for a vocabulary that cannot be read.
        """
        from kg.build import build
        from kg.validate import check_plainly, validate
        from kg.workers import worker_maker
        from nlp.late import LateExtractor
        from nlp.readers.raw import AS_IT_IS, silent
        from ontology.vocabulary import stored_files

        theirs = [Path(path) for path in vocabulary]
        known = stored_files(theirs)
        extractor = LateExtractor(theirs)
        given = [paths] if isinstance(paths, str | Path) else list(paths)
        opened = (
            Store.in_memory(base=base or DATA)
            if store is None
            else Store.open(store, create=True, base=base)
        )
        if quarantine is None and store is not None:
            quarantine = Path(store) / QUARANTINE
        held_to = validate if check else check_plainly
        try:
            report = build(
                opened,
                given,
                extractor,
                vocabulary_files=known,
                check=held_to,
                quarantine=None if quarantine is None else Path(quarantine),
                progress=progress,
                watch=watch,
                options=options or AS_IT_IS,
                tell=tell or silent,
                workers=worker_maker(theirs, held_to, jobs) if jobs > 1 else None,
            )
        except BaseException:
            with suppress(StoreError):  # the first failure is the one to tell
                opened.close(publish=False)
            raise
        return cls(opened, report)

    @classmethod
    def open(cls, store: str | Path, *, read_only: bool = True) -> KnowledgeGraph:
        """Open the graph in the folder `store`. Raises `StoreError`."""
        return cls(Store.open(store, read_only=read_only))

    @classmethod
    def connect(cls, endpoint: str, *, seconds: float = 120.0) -> KnowledgeGraph:
        """Return the graph behind a SPARQL 1.1 endpoint: every question, over the network.

        `seconds` is how long the server may be silent. Raises `StoreError`.
        """
        from kg.remote import RemoteStore

        return cls(RemoteStore(endpoint, seconds=seconds))

    @property
    def store(self) -> Store:
        """The embedded store. Raises `StoreError` for a graph behind an endpoint."""
        if not isinstance(self.source, Store):
            raise StoreError("this graph is behind an endpoint, which is asked and nothing else")
        return self.source

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.source.__exit__(kind, error, trace)  # what failed is not published

    def close(self) -> None:
        """Let go of the store."""
        self.source.close()

    def __len__(self) -> int:
        """Count the postings."""
        return len(self.source)

    def count_copies(self) -> int:
        """Count the postings that are copies of others."""
        counted = "SELECT (COUNT(DISTINCT ?it) AS ?n) { ?it rg:copyOf ?original }"
        return int(str(self.query(counted)[0][0]))

    def skills(self, *, role: str, level: str | None = None, necessity: str | None = None) -> Rows:
        """Return what the postings of a role ask for: the question `skills-of-role`."""
        return self.ask("skills-of-role", role=role, level=level, necessity=necessity)

    @property
    def questions(self) -> Mapping[str, Question]:
        """The named questions, with what they take and what they answer."""
        from kg.questions import questions

        return questions()

    def ask(self, question: str, /, **params: Argument) -> Rows:
        """Answer one of the named `questions`, as `kg.questions.ask` does."""
        from kg.questions import ask

        return ask(self.source, question, params)

    def ask_ahead(self) -> Rows:
        """Ask all questions that need nothing, as `kg.asking_ahead.ask_ahead` does."""
        from kg.asking_ahead import ask_ahead

        return ask_ahead(self.source)

    def query(self, sparql: str) -> Rows:
        """Answer a SPARQL query, as `Store.query` does."""
        return self.source.query(sparql)

    def candidates(
        self,
        *,
        least: int = 1,
        limit: int | None = None,
        vocabulary: Iterable[str | Path] = (),
    ) -> Listing[Candidate]:
        """Return phrases that postings ask for and no concept covers, the most wanted first.

        Left out is what fewer than `least` postings have, and what the files of `vocabulary` have
        decided since.
        """
        from kg.candidates import COLUMNS, find_candidates
        from ontology import load

        found = find_candidates(self.source, load(vocabulary), least=least, limit=limit)
        return Listing(found, COLUMNS)

    def to_networkx(self) -> nx.MultiDiGraph:
        """Return the role-skill graph: a typed multigraph, each node called by its IRI.

        Every node has a `kind` and a `label`, and:

        | kind | attributes |
        |---|---|
        | posting | identifier, title, source, specialisation, date_posted, employment_type |
        | posting | equity, pay, pay_estimate, experience, alternatives, duties, stated, copy_of |
        | role, level, skill, degree | names, rank, concept |
        | position | rank |
        | employer, place | |

        A position is a role with a level; of the names the preferred one is first; the concept is
        None for mere words, as is all that is unknown.

        Every edge has a `relation`, which is its key, and `evidence`, a tuple of words with their
        offsets (empty where the posting's `stated` has them):

        | from | relation | to |
        |---|---|---|
        | posting | requires, accepts, prefers, mentions | skill |
        | posting | asks_degree | degree |
        | posting | in_position | position |
        | posting, position | has_role | role |
        | posting, position | has_level | level |
        | posting | at_employer | employer |
        | posting | located_in | place |
        | skill, role, degree | narrower | skill, role, degree |

        An edge to a skill or degree has the requirement's IRI as its key, for there may be several,
        and: strength, posting, necessity, alternative, min_years, max_years, fields,
        foreign_equivalent, related_field, equivalent_experience, note. `accepts` leads to one of
        several of which some will do: `alternative` is its key among the posting's `alternatives`.
        Amounts and years are `Decimal`; the graph's own `names` are those of all roles and levels.

        >>> graph.to_networkx().nodes["https://rolegraph.example/vocabulary/skill/spark"]["label"]
        'Spark'
        """
        from kg.graphs import role_skill_graph

        return role_skill_graph(self.source)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the graph as an rdflib Dataset, for reading; it ends with this graph.

        Nothing is copied. Its graphs are those of the store: one a posting, and `vocabulary`,
        `ontology` and `runs`, all called by IRIs; its default graph is the union of them, and a
        query sees that union. The prefixes are bound. Changing it raises `StoreError`, and so does
        reading it once this graph is closed; it calls no other server (SERVICE is refused).

        >>> len(list(graph.to_rdflib().subjects(RDF.type, URIRef("https://schema.org/JobPosting"))))
        4
        """
        from kg.rdflib_view import dataset

        return dataset(self.store)

    def show(
        self,
        file: str | Path,
        *,
        role: str | None = None,
        level: str | None = None,
        employer: str | None = None,
        skill: str | None = None,
        necessity: Way = "any",
        least: int = 1,
        top: int | None = TOP,
        copies: Copies = "one",
    ) -> None:
        """Write the graph, or the postings that fit all that is given, as a page for offline use.

        Nodes and ties need `least` postings behind them; the `top` nodes with the most are drawn,
        all with None. Raises `UnknownNameError`, and `LookupError` where no posting fits.
        """
        from kg.views.graph_page import write_graph_page
        from kg.views.graph_part import Wanted

        wanted = Wanted(role, level, employer, skill, necessity, least, top, copies)
        write_graph_page(self.to_networkx(), file, wanted=wanted)

    def explain(self, statement: str, *, limit: int = 5) -> Explained:
        """Return why the graph says "SUBJECT PROPERTY VALUE", at most `limit` statements of it.

        `kg.explaining.explain.explain` says how it is written and what is raised.

        >>> graph.explain("Machine Learning Engineer I rg:requiresSkill Spark").explanations[0].kind
        'posting'
        """
        from kg.explaining.explain import explain

        return explain(self.source, statement, limit=limit)

    def _repr_html_(self) -> str:
        from kg.views.notebook import graph_html

        return graph_html(self)
