"""A corpus as networkx's graph: the role-skill graph, for pages, exports and graph algorithms.

Every node has a `kind` and a `label`, every edge a `relation`. What a posting asks for is an edge
from the posting to the skill or degree with its `necessity`, `alternative` and `evidence`; its
`strength` is the relation that a skill would have, also for degrees. A posting's `copy_of` is the
posting that advertises the same job and counts for all of its copies; None for that one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import networkx as nx

from kg.corpus import Corpus, queries
from kg.corpus.requirements import read_requirements
from kg.graph_model import (
    ASKING,
    Alternative,
    Experience,
    Kind,
    PostedPay,
    Relation,
    Said,
)
from kg.neighbours import nodes_of, postings_of, targets
from nlp.types import Evidence, Necessity, SectionKind
from ontology import terms
from ontology.terms import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.corpus.model import Pay
    from kg.corpus.requirements import Requirement
    from kg.rows import Streaming

__all__ = [
    "ASKING",
    "Alternative",
    "Experience",
    "Kind",
    "PostedPay",
    "Relation",
    "Said",
    "nodes_of",
    "postings_of",
    "role_skill_graph",
    "targets",
]

NAMED: Final = (Kind.ROLE, Kind.LEVEL)
"""The kinds of concept that a group is named by."""
_RELATION: Final = {
    Necessity.REQUIRED: Relation.REQUIRES,
    Necessity.PREFERRED: Relation.PREFERS,
    Necessity.MENTIONED: Relation.MENTIONS,
}


def role_skill_graph(store: Streaming) -> nx.MultiDiGraph:
    """Draw the role-skill graph of a store, with one query a kind of fact.

    Nodes are keyed by IRI, positions by the IRIs of role and level. Nodes and edges come in the
    same order whenever the store says the same. An empty store gives an empty graph. The graph's
    own `names` are those of all roles and levels, also of those that no posting is of: kind, IRI,
    labels with the preferred one first.
    """
    return _Drawing(Corpus(store)).graph


class _Drawing:
    """The graph of a corpus while it is drawn."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        names = {kind: dict(corpus.vocabulary.called(kind)) for kind in NAMED}
        self.graph = nx.MultiDiGraph(names=names)
        corpus.words.read_all_of(range(len(corpus.postings)))
        requirements = read_requirements(corpus.facets)
        self._names = corpus.vocabulary.names(
            {*filter(None, (*corpus.facets.roles, *corpus.facets.levels)),
             *(one.target for one in requirements if one.label is None)}
        )  # fmt: skip
        stated = self._stated()
        columns = [
            corpus.facets.column(term)
            for term in (terms.SPECIALISATION, SCHEMA + "employmentType", terms.EQUITY)
        ]
        for posting, *plain in zip(corpus.postings, *columns, strict=True):
            self._add_posting(posting, plain, stated.get(posting, {}))
        for posting in corpus.postings:
            for place in corpus.places(posting):
                self.graph.add_node(place, kind=Kind.PLACE, label=corpus.label(place))
                self._link(posting, place, Relation.LOCATED_IN)
        for requirement in requirements:
            self._add_asked(requirement)
        self._add_narrower()

    def _add_posting(
        self, posting: str, plain: list[str | None], stated: Mapping[str, tuple[Evidence, ...]]
    ) -> None:
        corpus = self.corpus
        specialisation, employment_type, equity = plain
        pay, estimate = corpus.pay(posting), corpus.estimate(posting)
        self.graph.add_node(
            posting,
            kind=Kind.POSTING,
            label=corpus.label(posting),
            identifier=corpus.identifier(posting),
            title=corpus.title(posting),
            source=corpus.source(posting),
            specialisation=specialisation,
            date_posted=corpus.date(posting),
            employment_type=employment_type,
            equity=None if equity is None else equity in ("true", "1"),
            copy_of=corpus.facets.copies.get(posting),
            pay=pay and self._pay(posting, pay),
            pay_estimate=estimate and self._pay(posting, estimate),
            experience=tuple(
                Experience(
                    one.min_years,
                    one.max_years,
                    one.subject,
                    one.necessity,
                    one.choice,
                    corpus.words_of(posting, one.node),
                )
                for one in corpus.years(posting)
            ),
            alternatives={
                one.node: Alternative(
                    one.minimum, one.necessity, corpus.words_of(posting, one.node)
                )
                for one in corpus.choices(posting)
            },
            duties=tuple(sorted(corpus.vocabulary.label(duty) for duty in corpus.verbs(posting))),
            stated=dict(stated),
        )
        role, level, position = (
            corpus.role(posting),
            corpus.level(posting),
            corpus.position(posting),
        )
        if role:
            self._link(posting, self._concept(role, Kind.ROLE), Relation.HAS_ROLE)
        if level:
            self._link(posting, self._concept(level, Kind.LEVEL), Relation.HAS_LEVEL)
        if role and level and position:
            if position not in self.graph:
                label, rank = corpus.label(position), corpus.rank(level)
                self.graph.add_node(position, kind=Kind.POSITION, label=label, rank=rank)
                self._link(position, role, Relation.HAS_ROLE)
                self._link(position, level, Relation.HAS_LEVEL)
            self._link(posting, position, Relation.IN_POSITION)
        employer = corpus.employer(posting)
        if employer:
            self.graph.add_node(employer, kind=Kind.EMPLOYER, label=corpus.label(employer))
            self._link(posting, employer, Relation.AT_EMPLOYER)

    def _concept(self, node: str, kind: Kind, wording: str | None = None) -> str:
        """Add the node of a concept, or of a wording that none covers, once."""
        if node not in self.graph:
            self.graph.add_node(
                node,
                kind=kind,
                label=wording or self._names[node][0],
                names=(wording,) if wording else self._names[node],
                rank=self.corpus.rank(node),
                concept=None if wording else node,
            )
        return node

    def _link(self, source: str, target: str, relation: Relation) -> None:
        self.graph.add_edge(source, target, key=str(relation), relation=relation, evidence=())

    def _add_asked(self, one: Requirement) -> None:
        kind = Kind.DEGREE if one.is_degree else Kind.SKILL
        posting = self.corpus.postings[one.number]
        strength = Relation.ACCEPTS if one.choice else _RELATION[one.necessity]
        self.graph.add_edge(
            posting,
            self._concept(one.target, kind, one.label),
            key=one.node,
            relation=Relation.ASKS_DEGREE if one.is_degree else strength,
            strength=strength,
            posting=posting,
            necessity=one.necessity,
            alternative=one.choice,
            min_years=one.min_years,
            max_years=one.max_years,
            fields=one.fields,
            foreign_equivalent=one.foreign_equivalent,
            related_field=one.related_field,
            equivalent_experience=one.equivalent_experience,
            note=one.note,
            evidence=self.corpus.words_of(posting, one.node),
        )

    def _pay(self, posting: str, pay: Pay) -> PostedPay:
        return PostedPay(
            pay.currency,
            pay.period,
            pay.low,
            pay.high,
            pay.annual_low,
            pay.annual_high,
            self.corpus.words_of(posting, pay.node),
        )

    def _stated(self) -> Mapping[str, Mapping[str, tuple[Evidence, ...]]]:
        """Return the words of the postings' plain facts, by property."""
        found: dict[str, dict[str, set[Evidence]]] = defaultdict(lambda: defaultdict(set))
        columns = "?posting ?property ?start ?end ?exact ?rule ?section"
        query = queries.in_graphs(queries.STATED, columns)
        for _, posting, name, start, end, *words in self.corpus.facets.store.stream(query):
            exact, rule, section = words
            one = Evidence(int(start), int(end), exact, rule, SectionKind(section))
            found[posting][name].add(one)
        return {
            posting: {name: _ordered(words) for name, words in sorted(by_property.items())}
            for posting, by_property in found.items()
        }

    def _add_narrower(self) -> None:
        """Tie a broader concept to its narrower ones, where postings name both."""
        for concept, above in self.corpus.vocabulary.broader.items():
            for broader in above:
                if concept in self.graph and broader in self.graph:
                    self._link(broader, concept, Relation.NARROWER)


def _ordered(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda one: (one.start, one.end, one.rule)))
