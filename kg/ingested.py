"""Which files the store was built from: so that a build can skip, replace and take away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.iris import digest
from ontology import terms

if TYPE_CHECKING:
    from kg.store import Store

NAME: Final = terms.SCHEMA + "name"
SOURCE: Final = terms.SCHEMA + "alternateName"
BY_RUN: Final = terms.PROV + "wasInfluencedBy"
HAD_MEMBER: Final = terms.PROV + "hadMember"


@dataclass(slots=True)
class IngestedFile:
    """A file that was read: its absolute path, its name as postings state it, and their ids.

    `sha256` is empty where the file has to be read again.
    """

    path: str
    source: str
    sha256: str
    run: str
    members: set[str] = field(default_factory=set)

    @property
    def rank(self) -> tuple[str, str]:
        """What decides whose name a posting bears that two files state word for word."""
        return (self.source, self.sha256)


class Ingested:
    """The index of files, kept in the graph of runs. A file claims the postings it states."""

    def __init__(self, store: Store) -> None:
        self._graph = store.iris.graph("runs")
        self._base = store.base
        self._start = store.iris.posting("").value
        self._files: dict[str, IngestedFile] = {}
        self._claims: dict[str, dict[str, IngestedFile]] = {}
        for file in self._read(store):
            self._files[file.path] = file
            for name in file.members:
                self._claims.setdefault(name, {})[file.path] = file

    def get(self, path: str) -> IngestedFile | None:
        """Return what is known of the file at an absolute path, or None."""
        return self._files.get(path)

    def begin(self, file: IngestedFile) -> None:
        """Let `file` take the place of what was known of its path; its postings follow."""
        before = self._files.get(file.path)
        for name in before.members if before else ():
            self._claims[name].pop(file.path, None)
        self._files[file.path] = file

    def claim(self, posting_id: str, file: IngestedFile) -> None:
        """Note that `file` states a posting."""
        file.members.add(posting_id)
        self._claims.setdefault(posting_id, {})[file.path] = file

    def disclaim(self, posting_id: str, file: IngestedFile) -> None:
        """Take a claim back: the posting was set aside, and the file is to be read again."""
        file.members.discard(posting_id)
        file.sha256 = ""
        self._claims[posting_id].pop(file.path, None)

    def is_claimed(self, posting_id: str) -> bool:
        """Say whether any file states the posting."""
        return bool(self._claims.get(posting_id))

    def has_prior(self, posting_id: str, file: IngestedFile) -> bool:
        """Say whether another file, of no greater rank, states the posting."""
        others = self._claims.get(posting_id, {}).values()
        return any(other.rank <= file.rank for other in others if other.path != file.path)

    def quads(self, file: IngestedFile) -> list[ox.Quad]:
        """Return a file's entry in the index."""
        node = ox.NamedNode(f"{self._base}file/{digest(file.path)}")
        stated: list[tuple[str, ox.NamedNode | ox.Literal]] = [
            (terms.RDF + "type", ox.NamedNode(terms.PROV + "Collection")),
            (NAME, ox.Literal(file.path)),
            (SOURCE, ox.Literal(file.source)),
            (BY_RUN, ox.NamedNode(file.run)),
            *((HAD_MEMBER, ox.NamedNode(self._start + name)) for name in sorted(file.members)),
        ]
        if file.sha256:
            stated.append((terms.SHA256, ox.Literal(file.sha256)))
        return [ox.Quad(node, ox.NamedNode(verb), value, self._graph) for verb, value in stated]

    def _read(self, store: Store) -> list[IngestedFile]:
        found: dict[str, dict[str, list[str]]] = {}
        for quad in store.quads(self._graph.value):
            if isinstance(quad.object, ox.Triple):
                continue
            values = found.setdefault(str(quad.subject), {})
            values.setdefault(quad.predicate.value, []).append(quad.object.value)
        return [
            IngestedFile(
                path=values[NAME][0],
                source=values[SOURCE][0],
                sha256=values.get(terms.SHA256, [""])[0],
                run=values[BY_RUN][0],
                members={name.removeprefix(self._start) for name in values.get(HAD_MEMBER, ())},
            )
            for values in found.values()
            if SOURCE in values
        ]
