"""What an export holds: the whole store, or some of its postings with the concepts they name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.names import Names
from kg.store import Store
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_CHOSEN = """SELECT DISTINCT ?id {{ GRAPH ?graph {{
  ?posting a schema:JobPosting ; schema:identifier ?id .
  {conditions}
}} }}"""
_LEADING = {terms.SKOS + "broader", terms.SKOS + "inScheme"}
"""The properties of a concept that are followed: its label alone would not say where it belongs."""


@dataclass(frozen=True, slots=True)
class Part:
    """Postings of a store. `is_whole` says that nothing was left out.

    A part has its postings' graphs as they are and, of the vocabulary, the concepts that they name
    with everything above these. The ontology is left out, and so are the groups of copies, which
    would point to postings that are not there.
    """

    store: Store
    ids: tuple[str, ...]
    is_whole: bool = True
    seen: Callable[[], None] = field(default=lambda: None, compare=False)
    """Is called for each graph that is read."""

    def watched(self, watch: Callable[[int, int], None] | None, total: int) -> Part:
        """Return it such that `watch` is told how many of so many graphs were read."""
        if watch is None:
            return self
        read = 0

        def seen() -> None:
            nonlocal read
            read += 1
            watch(min(read, total), total)

        return replace(self, seen=seen)

    def graphs(self, *, runs: bool = False, inferred: bool = False) -> list[str]:
        """Return the graphs that it has, sorted.

        That of the runs only where `runs` asks for it, and what is inferred only with `inferred`.
        """
        asked = [name for name, yes in (("inferred", inferred), ("runs", runs)) if yes]
        if self.is_whole:
            left_out = {self.store.graph_iri(one) for one in {"inferred", "runs"} - set(asked)}
            return [graph for graph in self.store.graphs() if graph not in left_out]
        return sorted(self.store.graph_iri(name) for name in (*self.ids, "vocabulary", *asked))

    def quads_of(self, graph: str) -> Iterator[ox.Quad]:
        """Yield what it has of one graph, not sorted."""
        self.seen()
        if not self.is_whole and graph == self.store.graph_iri("vocabulary"):
            yield from self._concepts()
        elif not self.is_whole and graph == self.store.graph_iri("inferred"):
            yield from self._inferred(graph)
        else:
            yield from self.store.quads(graph)

    def quads(self, *, runs: bool = False, inferred: bool = False) -> Iterator[ox.Quad]:
        """Yield everything that it has, graph by graph."""
        for graph in self.graphs(runs=runs, inferred=inferred):
            yield from self.quads_of(graph)

    def posting(self, posting_id: str) -> list[ox.Quad]:
        """Return what stands in the graph of a posting, sorted."""
        self.seen()
        return sorted(self.store.quads(self.store.graph_iri(posting_id)), key=str)

    def as_store(self) -> Store:
        """Return it as a store of its own: the same one where it is whole, else in memory."""
        if self.is_whole:
            return self.store
        found = Store.in_memory(base=self.store.base)
        found.oxigraph.bulk_extend(self.quads())
        return found

    def _inferred(self, graph: str) -> Iterator[ox.Quad]:
        """Yield what is inferred of all that the part describes."""
        known = {quad.subject for quad in self.quads()}
        return (quad for quad in self.store.quads(graph) if quad.subject in known)

    def _concepts(self) -> Iterator[ox.Quad]:
        graph = self.store.iris.graph("vocabulary")
        named: set[ox.NamedNode | ox.BlankNode] = {
            quad.object
            for posting in self.ids
            for quad in self.store.quads(self.store.graph_iri(posting))
            if isinstance(quad.object, ox.NamedNode)
        }
        seen, waiting = set(named), list(named)
        while waiting:
            subject = waiting.pop()
            for quad in self.store.oxigraph.quads_for_pattern(subject, None, None, graph):
                yield quad
                value = quad.object
                if not isinstance(value, ox.NamedNode | ox.BlankNode) or value in seen:
                    continue
                if isinstance(value, ox.BlankNode) or quad.predicate.value in _LEADING:
                    seen.add(value)
                    waiting.append(value)


def choose(
    store: Store,
    *,
    role: str | None = None,
    employer: str | None = None,
    postings: Sequence[str] = (),
) -> Part:
    """Return the postings that fit all that is given; the whole store where nothing is.

    `role` may name a level too ("Data Engineer II"), `postings` are ids or titles, of which any
    will do. Raises `UnknownNameError`, with similar names, for one that nothing bears.
    """
    if role is None and employer is None and not postings:
        return Part(store, tuple(store.posting_ids()))
    names = Names.of(store)
    conditions = []
    if role is not None:
        roles, levels = names.find_role(role)
        conditions.append(_condition("rg:role", roles))
        conditions += [_condition("rg:level", levels)] if levels else []
    if employer is not None:
        conditions.append(_condition("schema:hiringOrganization", names.find("employer", employer)))
    chosen = {str(row[0]) for row in store.query(_CHOSEN.format(conditions="\n".join(conditions)))}
    if postings:
        named = {node.value for name in postings for node in names.find("posting", name)}
        chosen = {one for one in chosen if store.iris.posting(one).value in named}
    return Part(store, tuple(sorted(chosen)), is_whole=False)


def _condition(predicate: str, values: Iterable[ox.NamedNode]) -> str:
    variable = "?" + predicate.split(":")[1]
    return f"VALUES {variable} {{ {' '.join(map(str, values))} }} ?posting {predicate} {variable} ."
