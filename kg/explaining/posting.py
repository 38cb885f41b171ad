"""A statement in a posting's graph: the words that prove it, its text, its file and its run."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.explaining.explanation import File, MadeBy, Words
from kg.necessities import SHORT_EDGES
from ontology import terms
from ontology.terms import OA, PROV, RDF, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.rows import Queryable, Term

AROUND: Final = 40
"""Code points shown to either side of the words."""
FARTHEST: Final = 4
"""Steps from a node to the one that words prove: a place's address, its place, the posting."""
EDGES: Final = frozenset({*SHORT_EDGES.values(), terms.ACCEPTS_SKILL})
SELF: Final = {
    SCHEMA + "identifier": "made from the file's name and the posting's text",
    terms.FLAG: "said of the source as it was read, not by words in it",
    RDF + "type": "follows from how the graph is built",
}


class PostingStatements:
    """What one posting's graph states."""

    def __init__(self, source: Queryable, graph: str) -> None:
        self._source = source
        self.graph = graph
        rows = source.query(f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        self._by: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self._to: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for subject, predicate, value in rows.terms:
            one, verb = _value(subject), _value(predicate)
            if value is not None:
                self._by[one, verb].append(value)
                if isinstance(value, ox.NamedNode):
                    self._to[value.value].append((one, verb))
        types = self._to.get(SCHEMA + "JobPosting", [])
        self.posting = next((one for one, verb in types if verb == RDF + "type"), None)
        self.text_node = self._one(self.posting, PROV + "wasDerivedFrom") or ""
        self.text = self._one(self.text_node, RDF + "value")

    def words(self, subject: str, predicate: str, value: Term) -> tuple[Words, ...]:
        """Return the words that prove a statement, in their order; none where no words do."""
        nodes = self._proofs(subject, predicate, value, set())
        found = {self._words(node) for node in nodes}
        return tuple(sorted(found, key=lambda one: (one.start, one.end, one.rule)))

    def file(self) -> File | None:
        """Return the file that the posting was read from."""
        document = self._one(self.text_node, PROV + "wasDerivedFrom")
        name = self._one(document, SCHEMA + "name")
        if name is None:
            return None
        text = self._one(self.text_node, terms.SHA256)
        return File(name, self._one(document, terms.SHA256), text)

    def run(self) -> MadeBy | None:
        """Return the run that took its facts."""
        run = self._one(self.text_node, PROV + "wasGeneratedBy")
        if run is None:
            return None
        rows = self._source.query(
            f"SELECT ?p ?o {{ GRAPH ?g {{ <{run}> a prov:Activity ; ?p ?o }} }}"
        )
        said = {str(verb): str(value) for verb, value in rows}
        return MadeBy(
            run,
            said.get(terms.VERSION),
            said.get(terms.VOCABULARY_HASH),
            said.get(terms.RULES_HASH),
            said.get(PROV + "startedAtTime"),
            said.get(PROV + "endedAtTime"),
        )

    def _proofs(self, subject: str, predicate: str, value: Term, seen: set[str]) -> list[str]:
        """Return the evidence of a statement: its own, its value's, its subject's or a parent's."""
        if predicate == terms.EVIDENCE:
            return [_value(value)]
        evidence = [_value(one) for one in self._by.get((subject, terms.EVIDENCE), ())]
        own = [one for one in evidence if self._proves(one, predicate, value)]
        if own:
            return own
        if predicate in EDGES:
            return self._of_edge(subject, predicate, value)
        below = self._by.get((_value(value), terms.EVIDENCE)) if _is_node(value) else None
        if below:
            return [_value(one) for one in below]
        if self._one(subject, OA + "exact"):
            return [subject]
        plain = [one for one in evidence if not self._by.get((one, terms.FOR_PROPERTY))]
        if plain or subject == self.posting or len(seen) > FARTHEST:
            return plain
        seen = {*seen, subject}
        return [
            proof
            for parent, verb in self._to.get(subject, ())
            if parent not in seen
            for proof in self._proofs(parent, verb, ox.NamedNode(subject), seen)
        ]

    def _proves(self, evidence: str, predicate: str, value: Term) -> bool:
        properties = {_value(one) for one in self._by.get((evidence, terms.FOR_PROPERTY), ())}
        return predicate in properties and value in self._by.get((evidence, terms.FOR_VALUE), ())

    def _of_edge(self, subject: str, edge: str, skill: Term) -> list[str]:
        """Return the evidence of the requirements that a short edge stands for."""
        found: list[str] = []
        strengths = {iri: necessity for necessity, iri in SHORT_EDGES.items()}
        for requirement in self._by.get((subject, terms.HAS_REQUIREMENT), ()):
            node = _value(requirement)
            if skill not in self._by.get((node, terms.SKILL), ()):
                continue
            member = any(verb == terms.MEMBER for _, verb in self._to.get(node, ()))
            strength = (self._one(node, terms.NECESSITY) or "").rsplit("#", 1)[-1].lower()
            if (
                member
                if edge == terms.ACCEPTS_SKILL
                else strengths[edge] == strength and not member
            ):
                found += [_value(one) for one in self._by.get((node, terms.EVIDENCE), ())]
        return found

    def _words(self, evidence: str) -> Words:
        exact = self._one(evidence, OA + "exact") or ""
        start = int(self._one(evidence, OA + "start") or 0)
        end = int(self._one(evidence, OA + "end") or 0)
        around, holds = exact, None
        if self.text is not None:
            holds = self.text[start:end] == exact
            before = self.text[max(0, start - AROUND) : start].rsplit("\n", 1)[-1]
            after = self.text[end : end + AROUND].split("\n", 1)[0]
            around = f"{before}«{self.text[start:end]}»{after}".strip()
        section = self._one(evidence, terms.SECTION) or ""
        rule = self._one(evidence, terms.RULE) or ""
        return Words(exact, start, end, section, rule, around, holds)

    def _one(self, subject: str | None, predicate: str) -> str | None:
        found: Iterable[Term] = self._by.get((subject or "", predicate), ())
        return next((_value(one) for one in found), None)


def _value(term: Term | None) -> str:
    return "" if term is None else str(term) if isinstance(term, ox.Triple) else term.value


def _is_node(term: Term) -> bool:
    return isinstance(term, ox.NamedNode)
