"""Adverts out of a store: the text of a posting, and the facts that matter to its copies."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.copies.adverts import Advert
from kg.iris import local_name
from ontology import terms
from ontology.terms import OA, PROV, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.store import Store

PLACES: Final = (SCHEMA + "jobLocation", SCHEMA + "applicantLocationRequirements")
DATES: Final = (
    SCHEMA + "datePosted",
    SCHEMA + "validThrough",
    terms.REFERENCE,
    terms.GRADUATION_FROM,
    terms.GRADUATION_TO,
)


def posting_states(store: Store) -> dict[str, str]:
    """Return the state of each posting, by its id: the id, and the run that took its facts."""
    start = store.iris.posting("").value
    found = store.oxigraph.quads_for_pattern(
        None, ox.NamedNode(PROV + "wasGeneratedBy"), None, None
    )
    states = {}
    for quad in found:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            name = quad.subject.value.removeprefix(start).removesuffix("/text")
            states[name] = _state(name, quad.object)
    return states


def posting_state(store: Store, posting_id: str) -> str | None:
    """Return the state of a posting, None where the store has it not."""
    text, verb = store.iris.text(posting_id), ox.NamedNode(PROV + "wasGeneratedBy")
    for quad in store.oxigraph.quads_for_pattern(text, verb, None, store.iris.graph(posting_id)):
        if isinstance(quad.object, ox.NamedNode):
            return _state(posting_id, quad.object)
    return None


def _state(posting_id: str, run: ox.NamedNode) -> str:
    return f"{posting_id} {local_name(run.value)}"


def read_labels(store: Store, concept: str) -> frozenset[str]:
    """Return all names of a concept."""
    return frozenset(
        quad.object.value
        for verb in ("prefLabel", "altLabel")
        for quad in store.oxigraph.quads_for_pattern(
            ox.NamedNode(concept), ox.NamedNode(SKOS + verb), None, None
        )
        if isinstance(quad.object, ox.Literal)
    )


def read_advert(
    store: Store, posting_id: str, labels: Callable[[str], frozenset[str]] | None = None
) -> Advert:
    """Return a posting of the store as an advert; `labels` are those of a concept's IRI."""
    labels = labels or partial(read_labels, store)
    graph = _Graph(store, posting_id)
    title = next(graph.values(graph.posting, SCHEMA + "title"), None)
    role = next(graph.values(graph.posting, terms.ROLE), None)
    level = next(graph.values(graph.posting, terms.LEVEL), None)
    pay = [
        (start, end)
        for node in graph.nodes(graph.posting, SCHEMA + "baseSalary")
        for start, end, _ in map(graph.words, graph.nodes(node, terms.EVIDENCE))
    ]
    return Advert(
        id=posting_id,
        text=next(graph.values(store.iris.text(posting_id), RDF + "value"), ""),
        title=title,
        role=role,
        level=level,
        labels=tuple(sorted({name for one in (role, level) if one for name in labels(one)})),
        places=tuple(sorted({said for of in PLACES for _, _, said in graph.proofs(of)})),
        employers=tuple(graph.values_behind(SCHEMA + "hiringOrganization", SCHEMA + "name")),
        dates=tuple(sorted((start, end) for of in DATES for start, end, _ in graph.proofs(of))),
        pay=tuple(sorted(pay)),
        years=frozenset(graph.values(None, terms.MINIMUM_YEARS)),  # only requirements have them
    )


class _Graph:
    """The graph of one posting, looked into statement by statement."""

    def __init__(self, store: Store, posting_id: str) -> None:
        self.quads = store.oxigraph
        self.name = store.iris.graph(posting_id)
        self.posting = store.iris.posting(posting_id)

    def nodes(self, subject: ox.NamedNode, predicate: str) -> Iterator[ox.NamedNode]:
        verb = ox.NamedNode(predicate)
        for quad in self.quads.quads_for_pattern(subject, verb, None, self.name):
            if isinstance(quad.object, ox.NamedNode):
                yield quad.object

    def values(self, subject: ox.NamedNode | None, predicate: str) -> Iterator[str]:
        verb = ox.NamedNode(predicate)
        for quad in self.quads.quads_for_pattern(subject, verb, None, self.name):
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                yield quad.object.value

    def values_behind(self, predicate: str, name: str) -> Iterator[str]:
        for node in self.nodes(self.posting, predicate):
            yield from self.values(node, name)

    def proofs(self, of: str) -> Iterator[tuple[int, int, str]]:
        """Yield the words that prove a property of the posting, and look at no others."""
        proves, wanted = ox.NamedNode(terms.FOR_PROPERTY), ox.NamedNode(of)
        for quad in self.quads.quads_for_pattern(None, proves, wanted, self.name):
            if isinstance(quad.subject, ox.NamedNode):
                yield self.words(quad.subject)

    def words(self, evidence: ox.NamedNode) -> tuple[int, int, str]:
        """Return where a piece of evidence stands, and its words."""
        said = {
            quad.predicate.value: quad.object.value
            for quad in self.quads.quads_for_pattern(evidence, None, None, self.name)
            if isinstance(quad.object, ox.NamedNode | ox.Literal)
        }
        return int(said[OA + "start"]), int(said[OA + "end"]), said[OA + "exact"]
