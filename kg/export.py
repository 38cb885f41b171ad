"""Export: the whole graph as N-Quads, Turtle or JSON-LD; the same store gives the same bytes."""

from __future__ import annotations

import json
import re
import tempfile
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.sorting import sort_lines
from kg.store_folder import StoreError
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store import Store

FORMATS: Final = ("nquads", "turtle", "jsonld")

# The vocabulary's prefixes are called as our properties are: "level" would mean both.
KEYS: Final = {
    prefix: start
    for prefix, start in terms.PREFIXES.items()
    if not start.startswith(terms.VOCABULARY)
}
"""The prefixes of keys and types in JSON-LD."""

_SMALL_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""What JSON readers keep exact, written as JSON writes it."""


def export(store: Store, form: str, target: str | Path | IO[bytes], *, runs: bool = False) -> None:
    """Write all of the store to a file or a stream, sorted, as one of `FORMATS`.

    N-Quads keep the graphs apart; Turtle and JSON-LD merge them. The graph of runs, which alone
    holds clock times and paths, is written only where `runs` asks for it. Memory stays bounded:
    what does not fit is sorted on disk. Raises `StoreError` for an unknown format.
    """
    if form not in FORMATS:
        raise StoreError(f"no export format {form!r}; there are {', '.join(FORMATS)}")
    if isinstance(target, str | Path):
        with Path(target).open("wb") as stream:
            _write(store, form, stream, runs=runs)
    else:
        _write(store, form, target, runs=runs)


def _write(store: Store, form: str, stream: IO[bytes], *, runs: bool) -> None:
    if form == "nquads":
        stream.writelines(sort_lines(f"{quad} .\n".encode() for quad in _quads(store, runs=runs)))
        return
    with tempfile.TemporaryFile() as file:
        lines = sort_lines(
            f"{ox.Triple(quad.subject, quad.predicate, quad.object)} .\n".encode()
            for quad in _quads(store, runs=runs)
        )
        file.writelines(line for line, _ in groupby(lines))
        file.seek(0)
        triples = (quad.triple for quad in ox.parse(file, format=ox.RdfFormat.N_TRIPLES))
        if form == "turtle":
            ox.serialize(triples, stream, format=ox.RdfFormat.TURTLE, prefixes=terms.PREFIXES)
        else:
            _write_jsonld(triples, stream)


def _quads(store: Store, *, runs: bool) -> Iterator[ox.Quad]:
    left_out = None if runs else store.graph_iri("runs")
    for graph in store.graphs():
        if graph != left_out:
            yield from store.quads(graph)


def _write_jsonld(triples: Iterable[ox.Triple], stream: IO[bytes]) -> None:
    """Write one node a line. Names without a prefix are terms of our own ontology."""
    context = json.dumps({"@vocab": terms.RG, **KEYS}, indent=1)
    stream.write(f'{{"@context": {context},\n"@graph": ['.encode())
    comma = ""
    for subject, about in groupby(triples, key=lambda triple: triple.subject):
        node: dict[str, object] = {"@id": _identifier(subject)}
        for predicate, stated in groupby(about, key=lambda triple: triple.predicate.value):
            key, values = _key(predicate), [triple.object for triple in stated]
            if predicate == terms.RDF + "type":
                found = [_key(value.value) for value in values if isinstance(value, ox.NamedNode)]
                node["@type"] = found
            else:
                node[key] = [_value(value) for value in values]
        stream.write(f"{comma}\n{json.dumps(_unwrap(node), ensure_ascii=False)}".encode())
        comma = ","
    stream.write(b"\n]}\n")


def _unwrap(node: dict[str, object]) -> dict[str, object]:
    """Write a list of one as the one."""
    return {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value
        for key, value in node.items()
    }


def _key(iri: str) -> str:
    name = iri.removeprefix(terms.RG)
    if name != iri and name not in KEYS:
        return name
    for prefix, start in KEYS.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


def _identifier(term: object) -> str:
    return str(term) if isinstance(term, ox.BlankNode) else getattr(term, "value", str(term))


def _value(term: object) -> object:
    if not isinstance(term, ox.Literal):
        return {"@id": _identifier(term)}
    kind = term.datatype.value
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if kind == terms.XSD + "string":
        return term.value
    if kind == terms.XSD + "boolean" and term.value in ("true", "false"):
        return term.value == "true"
    if kind == terms.XSD + "integer" and _SMALL_INTEGER.fullmatch(term.value):
        return int(term.value)
    return {"@value": term.value, "@type": _key(kind)}
