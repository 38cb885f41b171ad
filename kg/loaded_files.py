"""The files from which a store's vocabulary or ontology was loaded, as its runs know them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.iris import Iris

FROM: Final = ox.NamedNode(terms.PROV + "wasDerivedFrom")
LABEL: Final = ox.NamedNode(terms.RDFS + "label")
SHA256: Final = ox.NamedNode(terms.SHA256)
TYPE: Final = ox.NamedNode(terms.RDF + "type")


def file_name(path: Path) -> str:
    """Return what a file is called: ours by its path in the program, others by their whole path."""
    from ontology.vocabulary import FOLDER

    whole = path.resolve()
    within = whole.is_relative_to(FOLDER.resolve())
    return whole.relative_to(FOLDER.resolve().parent).as_posix() if within else str(whole)


def describe_files(
    graph: ox.NamedNode, files: Sequence[Path], data: Sequence[bytes], iris: Iris
) -> Iterator[ox.Quad]:
    """Yield what is said of the files that a graph was loaded from: their names and hashes."""
    runs = iris.graph("runs")
    for path, content in zip(files, data, strict=True):
        digest, name = hashlib.sha256(content).hexdigest(), file_name(path)
        node = iris.document(digest, name)
        yield ox.Quad(graph, FROM, node, runs)
        yield ox.Quad(node, TYPE, ox.NamedNode(terms.PROV + "Entity"), runs)
        yield ox.Quad(node, LABEL, ox.Literal(name), runs)
        yield ox.Quad(node, SHA256, ox.Literal(digest), runs)


def described_files(store: ox.Store, graph: ox.NamedNode, runs: ox.NamedNode) -> Iterator[ox.Quad]:
    """Yield what was said of a graph's files when it was loaded last."""
    for quad in store.quads_for_pattern(graph, FROM, None, runs):
        yield quad
        if isinstance(quad.object, ox.NamedNode):
            yield from store.quads_for_pattern(quad.object, None, None, runs)


def stated(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the quads without what only rules infer: published vocabularies write it out."""
    from kg.inference.rules import rules

    inferred = {rule.predicate for rule in rules()}
    return [quad for quad in quads if quad.predicate.value not in inferred]
