"""In which file a statement of the vocabulary or of the ontology stands."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.explaining.explanation import File
from kg.iris import local_name
from kg.loaded_files import file_name
from ontology.description import FILE
from ontology.vocabulary import stored_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.rows import Queryable, Term

_FILES: Final = """SELECT DISTINCT ?name ?sha256 {
  GRAPH ?runs { <%s> prov:wasDerivedFrom ?file . ?file rdfs:label ?name ; rg:sha256 ?sha256 }
} ORDER BY ?name"""
GONE: Final = (
    "in none of the files that can be read here; the graph was loaded from these: a file that has "
    "changed since, or is elsewhere, may have it"
)
UNKNOWN: Final = (
    "the store does not say from which files this graph was loaded (an older version made it); "
    "named is what the program has today"
)


def find_files(
    source: Queryable, graph: str, statement: Sequence[Term]
) -> tuple[tuple[File, ...], tuple[str, ...]]:
    """Return the files of a graph that have a statement, and what else there is to know.

    Read are those whose bytes are the ones that were loaded. Where none of them has it, all that
    were loaded and cannot be read are returned.
    """
    ours = {file_name(path): path for path in (*stored_files(), FILE)}
    loaded = [(str(name), str(sha256)) for name, sha256 in source.query(_FILES % graph)]
    if not loaded:
        found = [
            File(name, hashlib.sha256(path.read_bytes()).hexdigest())
            for name, path in ours.items()
            if _has(path.read_bytes(), statement)
        ]
        return tuple(found), (UNKNOWN,)
    found, unread = [], []
    for name, sha256 in loaded:
        data = _bytes(ours.get(name, Path(name)), sha256)
        if data is None:
            unread.append(File(name, sha256))
        elif _has(data, statement):
            found.append(File(name, sha256))
    return (tuple(found), ()) if found else (tuple(unread), (GONE,) if unread else ())


def _bytes(path: Path, sha256: str) -> bytes | None:
    """Return a file's bytes where they have this hash."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def _has(data: bytes, statement: Sequence[Term]) -> bool:
    subject, predicate, value = statement
    if isinstance(subject, ox.NamedNode) and local_name(subject.value).encode() not in data:
        return False
    return any(
        (quad.subject, quad.predicate, quad.object) == (subject, predicate, value)
        for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)
    )
