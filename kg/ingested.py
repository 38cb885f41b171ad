"""Which files the store was built from: so that a build can skip, go on, replace and take away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.iris import digest
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.store import Store
    from nlp.readers.reading import Stamp
    from nlp.types import Posting

TYPE: Final = ox.NamedNode(terms.RDF + "type")
COLLECTION: Final = ox.NamedNode(terms.PROV + "Collection")
NAME: Final = ox.NamedNode(terms.SCHEMA + "name")
SOURCE: Final = ox.NamedNode(terms.SCHEMA + "alternateName")
SHA256: Final = ox.NamedNode(terms.SHA256)
BY_RUN: Final = ox.NamedNode(terms.PROV + "wasInfluencedBy")
HAD_MEMBER: Final = ox.NamedNode(terms.PROV + "hadMember")
GENERATED_BY: Final = ox.NamedNode(terms.PROV + "wasGeneratedBy")
DERIVED_FROM: Final = ox.NamedNode(terms.PROV + "wasDerivedFrom")
TEXT: Final = "/text"
"""How the name of a posting's text ends, behind that of the posting."""


@dataclass(frozen=True, slots=True)
class IngestedFile:
    """A reading of a file: its absolute path, its name as postings state it, its bytes' hash.

    `manner` says how it was read, where the user said so: a format, columns.
    """

    path: str
    source: str
    sha256: str
    run: str
    manner: str = ""


class Ingested:
    """The index of files. It is asked where it lies, for it may be larger than the memory.

    It lies in the graph of runs. A reading claims each posting when that is stored, and bears its
    hash once the file was read to its end: one without a hash is half of a file.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._graph = store.iris.graph("runs")
        self._start = store.iris.posting("").value

    def node(self, file: IngestedFile) -> ox.NamedNode:
        """Return the name of a reading: other bytes, run or manner are another reading."""
        name = digest(file.path, file.sha256, file.run, file.manner)
        return ox.NamedNode(f"{self._store.base}file/{name}")

    def head(self, file: IngestedFile) -> list[ox.Quad]:
        """Return what is said of a reading from its beginning."""
        node = self.node(file)
        return [
            ox.Quad(node, TYPE, COLLECTION, self._graph),
            ox.Quad(node, NAME, ox.Literal(file.path), self._graph),
            ox.Quad(node, SOURCE, ox.Literal(file.source), self._graph),
            ox.Quad(node, BY_RUN, ox.NamedNode(file.run), self._graph),
        ]

    def mark(self, file: IngestedFile) -> ox.Quad:
        """Return what is said of a file that was read to its end."""
        return ox.Quad(self.node(file), SHA256, ox.Literal(file.sha256), self._graph)

    def claim(self, node: ox.NamedNode, posting_id: str) -> ox.Quad:
        """Return what a reading says of a posting that it found."""
        return ox.Quad(node, HAD_MEMBER, self._store.iris.posting(posting_id), self._graph)

    def is_whole(self, file: IngestedFile) -> bool:
        """Say whether these bytes were read to their end, by the same run."""
        return self.mark(file) in self._store.oxigraph

    def has_claim(self, node: ox.NamedNode, posting_id: str) -> bool:
        """Say whether a reading is known to have found a posting."""
        return self.claim(node, posting_id) in self._store.oxigraph

    def size(self, file: IngestedFile) -> int:
        """Count the postings that a reading found."""
        return sum(1 for _ in self.members(self.node(file)))

    def members(self, node: ox.NamedNode) -> Iterator[str]:
        """Yield the ids of the postings that a reading found."""
        for quad in self._find(node, HAD_MEMBER):
            yield _value(quad.object).removeprefix(self._start)

    def entry(self, node: ox.NamedNode) -> list[ox.Quad]:
        """Return all that is said of a reading except for its postings."""
        return [
            quad for verb in (TYPE, NAME, SOURCE, SHA256, BY_RUN) for quad in self._find(node, verb)
        ]

    def earlier(self, file: IngestedFile) -> list[ox.NamedNode]:
        """Return the other readings of a file's path, sorted."""
        own = self.node(file)
        return [node for node in self.readings(file.path) if node != own]

    def readings(self, path: str) -> list[ox.NamedNode]:
        """Return the readings of a path, sorted."""
        found = {
            quad.subject
            for quad in self._find(None, NAME, ox.Literal(path))
            if isinstance(quad.subject, ox.NamedNode)
        }
        return sorted(found, key=lambda node: node.value)

    def paths(self) -> set[str]:
        """Return the paths of all files that were read."""
        return {_value(quad.object) for quad in self._find(None, NAME)}

    def claimants(self, posting_id: str) -> list[ox.NamedNode]:
        """Return the readings that found a posting."""
        posting = self._store.iris.posting(posting_id)
        return [
            quad.subject
            for quad in self._find(None, HAD_MEMBER, posting)
            if isinstance(quad.subject, ox.NamedNode)
        ]

    def is_outdated(self, path: str, sha256: str) -> bool:
        """Say whether the file at a path was read to its end since, with other bytes."""
        whole = {
            _value(mark.object)
            for quad in self._find(None, NAME, ox.Literal(path))
            for mark in self._find(quad.subject, SHA256)
        }
        return bool(whole) and sha256 not in whole

    def is_current(self, posting: Posting, file: IngestedFile, *, again: bool = False) -> bool:
        """Say whether a posting is stored as this reading of its file would store it.

        That is so where the same run took it from the same bytes (unless it is to be taken
        `again`), and also where another file states the same posting and has the lesser name:
        whose name a posting bears must not depend on which came first.
        """
        graph = self._store.iris.graph(posting.id)
        text = self._store.iris.text(posting.id)
        by_run = ox.Quad(text, GENERATED_BY, ox.NamedNode(file.run), graph)
        if by_run not in self._store.oxigraph:
            return False
        stored = self._origin(text, graph)
        own = (posting.origin, posting.document_sha256)
        if stored == own:
            return not again
        return stored < own and any(
            self._lends(node, stored, file.path) for node in self.claimants(posting.id)
        )

    def same_readings(self, file: IngestedFile) -> list[ox.NamedNode]:
        """Return the readings of a file's path to its end, by the same run in the same manner."""
        return [
            node
            for node in self.readings(file.path)
            for mark in self._find(node, SHA256)
            if node == self.node(replace(file, sha256=_value(mark.object)))
        ]

    def found_in(self, record: Stamp, run: str, readings: Sequence[ox.NamedNode]) -> str | None:
        """Return the posting that one of some readings found in a record, if a run has stored it.

        It bears the record's own name. A record that gave no posting is not known.
        """
        store = self._store.oxigraph
        document = self._store.iris.document(record.sha256, record.part, record.reader)
        origin = ox.Literal(f"{record.source}#{record.part}")
        for quad in store.quads_for_pattern(None, DERIVED_FROM, document):
            text, graph = quad.subject, quad.graph_name
            posting = _value(text).removeprefix(self._start).removesuffix(TEXT)
            if (
                ox.Quad(document, NAME, origin, graph) in store
                and ox.Quad(text, GENERATED_BY, ox.NamedNode(run), graph) in store
                and any(self.has_claim(node, posting) for node in readings)
            ):
                return posting
        return None

    def _origin(self, text: ox.NamedNode, graph: ox.NamedNode) -> tuple[str, str]:
        """Return the name and the hash of what a stored text was taken from."""
        for quad in self._store.oxigraph.quads_for_pattern(text, DERIVED_FROM, None, graph):
            document = quad.object
            if isinstance(document, ox.NamedNode):
                said = [
                    _value(found.object)
                    for verb in (NAME, SHA256)
                    for found in self._store.oxigraph.quads_for_pattern(document, verb, None, graph)
                ]
                if len(said) == 2:
                    return said[0], said[1]
        return "", ""

    def _lends(self, node: ox.NamedNode, stored: tuple[str, str], path: str) -> bool:
        """Say whether a reading of another file is the one whose name a posting bears.

        A record has a hash of its own; that the reading found it, its claim says.
        """
        origin, sha256 = stored
        said = {
            verb: {_value(quad.object) for quad in self._find(node, verb)}
            for verb in (NAME, SOURCE, SHA256)
        }
        own = [origin.removeprefix(name) for name in said[SOURCE] if _is_part(origin, name)]
        if path in said[NAME] or not own:
            return False
        return not said[SHA256] or sha256 in said[SHA256] or any("#" in part for part in own)

    def _find(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        verb: ox.NamedNode,
        value: ox.NamedNode | ox.Literal | None = None,
    ) -> Iterator[ox.Quad]:
        return self._store.oxigraph.quads_for_pattern(subject, verb, value, self._graph)


def _is_part(origin: str, name: str) -> bool:
    """Say whether a posting's origin is a file, a part of it, or a member of the archive it is."""
    return origin == name or origin.startswith((f"{name}#", f"{name}/"))


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
