"""The run: which program, vocabulary and rules made a graph, and when it worked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.store_folder import program_version
from ontology import terms

if TYPE_CHECKING:
    from kg.iris import Iris
    from kg.making import ExtractorLike
    from kg.store import Store

STARTED: Final = ox.NamedNode(terms.PROV + "startedAtTime")
ENDED: Final = ox.NamedNode(terms.PROV + "endedAtTime")


def made_by(extractor: ExtractorLike) -> tuple[str, str, str]:
    """Return what decides what a posting's graph says: program, vocabulary and rules."""
    return program_version(), extractor.vocabulary_digest, extractor.rules_digest


def run_node(iris: Iris, extractor: ExtractorLike) -> ox.NamedNode:
    """Return the node of the run, which follows from what made the graphs."""
    return iris.run(*made_by(extractor))


class Run:
    """The node of a run. Its times are of the last build that had something to do."""

    def __init__(self, store: Store, extractor: ExtractorLike) -> None:
        self._store = store
        self._graph = store.iris.graph("runs")
        self._made_by = made_by(extractor)
        self._started = datetime.now(UTC)
        self._begun = False
        self.node: Final = run_node(store.iris, extractor)

    def begin(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """Return what to remove and what to add with the first change of a build; then nothing."""
        if self._begun:
            return [], []
        self._begun = True
        version, vocabulary, rules = self._made_by
        stated: dict[str, ox.NamedNode | ox.Literal] = {
            terms.RDF + "type": ox.NamedNode(terms.PROV + "Activity"),
            terms.VERSION: ox.Literal(version),
            terms.VOCABULARY_HASH: ox.Literal(vocabulary),
            terms.RULES_HASH: ox.Literal(rules),
            STARTED.value: _time(self._started),
            ENDED.value: _time(datetime.now(UTC)),
        }
        add = [
            ox.Quad(self.node, ox.NamedNode(verb), value, self._graph)
            for verb, value in stated.items()
        ]
        return [*self._times(STARTED), *self._times(ENDED)], add

    def end(self) -> None:
        """Write when the build was done, if it did something."""
        if self._begun:
            ended = ox.Quad(self.node, ENDED, _time(datetime.now(UTC)), self._graph)
            self._store.apply(remove=self._times(ENDED), add=[ended])

    def _times(self, verb: ox.NamedNode) -> list[ox.Quad]:
        return list(self._store.oxigraph.quads_for_pattern(self.node, verb, None, self._graph))


def _time(moment: datetime) -> ox.Literal:
    text = moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return ox.Literal(text, datatype=ox.NamedNode(terms.XSD + "dateTime"))
