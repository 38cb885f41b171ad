"""Explain a statement: find where it stands, and follow it to what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.explaining.asked import Asked, read_statement
from kg.explaining.explanation import Explanation, File, Inference, short
from kg.explaining.posting import SELF, PostingStatements
from kg.explaining.sources import find_files
from kg.inference.materialising import State, state
from kg.inference.rules import rule_of
from kg.iris import local_name
from kg.names import Names, UnknownNameError
from kg.store import OWN_GRAPHS, Store
from ontology import terms
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.rows import Queryable, Term

LIMIT: Final = 5
"""Statements that are explained, of those that a name may mean or that several graphs have."""
_FOUND: Final = "SELECT DISTINCT ?g ?s ?o { %s GRAPH ?g { ?s %s ?o } } ORDER BY ?g ?s ?o"
_BASE: Final = """SELECT ?g { GRAPH ?g { ?c a skos:Concept ; skos:inScheme ?scheme } } LIMIT 1"""
_COPY: Final = """SELECT ?group ?posting ?reason ?similarity { GRAPH ?g {
  VALUES ?node { %s }
  { ?group rg:hasCopy ?node . BIND (?node AS ?copy) } UNION
  { ?group rg:hasCopy ?copy . ?copy schema:item ?node } UNION
  { ?node rg:hasCopy ?copy . BIND (?node AS ?group) }
  ?copy schema:item ?posting ; rg:reason ?reason ; rg:similarity ?similarity .
} } ORDER BY ?group ?posting"""


@dataclass(frozen=True, slots=True)
class Explained:
    """The explanations of what was asked, and how many more statements there are like it."""

    explanations: tuple[Explanation, ...]
    more: int


def explain(source: Queryable, text: str, *, limit: int = LIMIT) -> Explained:
    """Explain the statement "SUBJECT PROPERTY VALUE", in a store or behind an endpoint.

    Raises `ValueError` for what is no statement, and `LookupError` where a name is borne by
    nothing, or the graph does not have the statement; both say what there is.
    """
    explainer = Explainer(source)
    asked = read_statement(text, Names.of(source), explainer.base)
    found = explainer.find(asked)
    if not found:
        raise explainer.absent(asked, text)
    chosen = found[:limit]
    return Explained(tuple(explainer.explain(*one) for one in chosen), len(found) - len(chosen))


@dataclass
class Explainer:
    """Explains statements of one source; a posting's graph is read once."""

    source: Queryable
    _postings: dict[str, PostingStatements] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = self.source.query(_BASE)
        graph = str(rows[0][0]) if rows.rows else terms.DATA + "graph/"
        self.base = graph[: graph.rindex("graph/")] if "graph/" in graph else terms.DATA
        stale = isinstance(self.source, Store) and state(self.source) is State.STALE
        self._stale = ("the store has changed since this was inferred; `kg infer`",) * stale

    def find(self, asked: Asked) -> list[tuple[str, Term, ox.NamedNode, Term]]:
        """Return the statements that are meant, each with its graph."""
        if asked.subject.is_any and not asked.value.nodes:
            raise ValueError('"?" for the subject needs a value that is a name; give one of both')
        name, nodes = (
            ("o", asked.value.nodes) if asked.subject.is_any else ("s", asked.subject.nodes)
        )
        given = f"VALUES ?{name} {{ {' '.join(map(str, nodes))} }}"
        rows = self.source.query(_FOUND % (given, asked.predicate))
        return [
            (str(graph.value), subject, asked.predicate, value)
            for graph, subject, value in rows.terms
            if isinstance(graph, ox.NamedNode) and subject is not None and value is not None
            if asked.value.is_any or _means(asked, value)
        ]

    def absent(self, asked: Asked, text: str) -> LookupError:
        """Return the error for a statement that is nowhere: what is stated instead."""
        rows = self.source.query(
            f"SELECT DISTINCT ?o {{ VALUES ?s {{ {' '.join(map(str, asked.subject.nodes))} }} "
            f"GRAPH ?g {{ ?s {asked.predicate} ?o }} }}"
        )
        verb = terms.short(asked.predicate.value)
        known = {self.show(row[0]): self.show(row[0]) for row in rows.terms}
        rule = rule_of(asked.predicate.value)
        hint = f"{asked.subject.written} has no {verb}"
        if rule is not None:
            hint += "; it is inferred: `kg infer` does that"
        if known:
            hint = f"it has {', '.join(sorted(known)[:LIMIT])}"
        names = {fold(one): one for one in known}
        error = UnknownNameError(f"statement {text!r}: {verb}", asked.value.written, names, hint)
        return LookupError(str(error))

    def explain(
        self, graph: str, subject: Term, predicate: ox.NamedNode, value: Term
    ) -> Explanation:
        """Explain one statement of one graph."""
        statement = (_text(subject), predicate.value, _text(value))
        shown = (self.show(subject), terms.short(predicate.value), self.show(value))
        own = local_name(graph)
        if own not in OWN_GRAPHS:
            return self._of_posting(graph, subject, predicate, value, shown)
        if own in ("vocabulary", "ontology"):
            files, notes = find_files(self.source, graph, (subject, predicate, value))
            return Explanation(statement, shown, graph, own, files=files, notes=notes)
        if own == "copies":
            notes = self._of_copies(subject, value)
            return Explanation(statement, shown, graph, own, notes=notes)
        if own == "inferred":
            return self._inferred(graph, subject, predicate, value, shown)
        notes = ("what the program wrote down of its own runs and of the files that it read",)
        return Explanation(statement, shown, graph, "runs", notes=notes)

    def show(self, term: Term | None) -> str:
        """Return a term as people read it: a label where it has one, else a short name."""
        if not isinstance(term, ox.NamedNode):
            return _text(term)
        sparql = (
            "SELECT ?label { GRAPH ?g { "
            f"{term} skos:prefLabel|schema:name|schema:title ?label }} }} "
            'ORDER BY (LANG(?label) != "en") ?label LIMIT 1'
        )
        rows = self.source.query(sparql)
        return str(rows[0][0]) if rows.rows else short(term.value, self.base)

    def _of_posting(
        self,
        graph: str,
        subject: Term,
        predicate: ox.NamedNode,
        value: Term,
        shown: tuple[str, str, str],
    ) -> Explanation:
        if graph not in self._postings:
            self._postings[graph] = PostingStatements(self.source, graph)
        posting = self._postings[graph]
        words = posting.words(_text(subject), predicate.value, value)
        file = posting.file()
        notes: tuple[str, ...] = ()
        if not words:
            notes = (
                SELF.get(predicate.value, "made from the posting as a whole, by no words of it"),
            )
        if any(one.holds is False for one in words):
            notes = ("the stored text has other words there: `kg validate` names the fault",)
        return Explanation(
            (_text(subject), predicate.value, _text(value)),
            shown,
            graph,
            "posting",
            words=words,
            posting=posting.posting,
            files=(file,) if file else (),
            run=posting.run(),
            notes=notes,
        )

    def _of_copies(self, subject: Term, value: Term) -> tuple[str, ...]:
        nodes = " ".join(str(one) for one in (subject, value) if isinstance(one, ox.NamedNode))
        rows = self.source.query(_COPY % nodes)
        return tuple(
            f"{self.show(posting)} ({short(_text(posting), self.base)}) counts as a copy in "
            f"{short(_text(group), self.base)}: {_text(reason)}, similarity {_text(similarity)}"
            for group, posting, reason, similarity in dict.fromkeys(rows.terms)
        ) or ("postings of one title whose texts say the same of the job",)

    def _inferred(
        self,
        graph: str,
        subject: Term,
        predicate: ox.NamedNode,
        value: Term,
        shown: tuple[str, str, str],
    ) -> Explanation:
        rule = rule_of(predicate.value)
        inference, notes = None, self._stale
        files: tuple[File, ...] = ()
        if rule and isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
            rows = self.source.query(rule.why(subject, value))
            ways = [dict(zip(rows.columns, row, strict=True)) for row in rows.terms]
            premises = self._premises(
                [(one.subject, one.predicate, one.value) for one in rule.premises], ways[:1]
            )
            inference = Inference(rule.name, rule.description, premises)
            files = (File(rule.file, rule.sha256),)
            if not ways:
                notes = (*notes, "what it rested on is not stated any more; `kg infer`")
            elif len(ways) > 1:
                notes = (*notes, f"there are {len(ways)} ways to it; this is one")
        statement = (_text(subject), predicate.value, _text(value))
        return Explanation(
            statement, shown, graph, "inferred", files=files, inference=inference, notes=notes
        )

    def _premises(
        self, patterns: Sequence[tuple[str, str, str]], ways: Sequence[dict[str, Term | None]]
    ) -> tuple[Explanation, ...]:
        found: list[Explanation] = []
        for way in ways:
            for one, predicate, other in patterns:
                subject, value = way[one.removeprefix("?")], way[other.removeprefix("?")]
                if subject is None or value is None or subject == value:
                    continue  # a step of no length, or what need not be stated
                verb = ox.NamedNode(predicate)
                rows = self.source.query(
                    f"SELECT ?g {{ GRAPH ?g {{ {subject} {verb} {value} }} }} ORDER BY ?g LIMIT 1"
                )
                found += [self.explain(str(graph), subject, verb, value) for (graph,) in rows]
        return tuple(found)


def _means(asked: Asked, value: Term) -> bool:
    """Tell whether a value is the one that was named: a node that is meant, or that text."""
    if isinstance(value, ox.NamedNode):
        return value in asked.value.nodes
    return fold(_text(value)) == fold(asked.value.written)


def _text(term: Term | None) -> str:
    return "" if term is None else str(term) if isinstance(term, ox.Triple) else term.value
