"""Framing: the statements of a graph as one object a posting, by a JSON-LD context and a frame.

What the JSON-LD algorithms of expansion, framing and compaction give for contexts and frames such
as ours, sixty times as fast (`tests/bench/results/jsonld.md`): `ontology/context.jsonld` has one
term for each property, with at most a type, a language or the container `@set`, and
`ontology/frame.jsonld` only says where a node is named instead of told again. A test holds every
object equal to pyld's.

Source: W3C Recommendations "JSON-LD 1.1 Processing Algorithms and API" (5.5 to 6.3) and "JSON-LD
1.1 Framing" (4), 16 July 2020.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pyoxigraph as ox

from ontology.terms import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Json: TypeAlias = Any
"""What JSON can hold: the shape is the context's, not Python's."""
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

REFERENCES: Final = ("@id", "@vocab")
SMALL_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""What JSON readers keep exact, written as JSON writes it."""


@dataclass(frozen=True, slots=True)
class Name:
    """How the context calls a property: by which term, for values of which type or language."""

    term: str
    type: str | None = None
    language: str | None = None
    is_set: bool = False

    def fits(self, value: Term) -> bool:
        """Tell whether the term may stand for this value; one without a type takes any."""
        if self.type in REFERENCES:
            return not isinstance(value, ox.Literal)
        if self.type:
            return isinstance(value, ox.Literal) and value.datatype.value == self.type
        if self.language:
            return isinstance(value, ox.Literal) and value.language == self.language
        return True


class Framing:
    """A context and a frame, ready for many graphs. The context has a `@vocab` and no `@base`."""

    def __init__(self, context: Mapping[str, Json], frame: Mapping[str, Json]) -> None:
        self._vocabulary: str = context["@vocab"]
        self._prefixes = {
            name: meaning
            for name, meaning in context.items()
            if isinstance(meaning, str) and not name.startswith("@") and meaning[-1] in "#/"
        }
        self._terms = {
            name: meaning if isinstance(meaning, dict) else {"@id": meaning}
            for name, meaning in context.items()
            if not name.startswith("@") and name not in self._prefixes
        }
        self._names = {
            self._full(meaning.get("@id", name)): Name(
                name,
                self._full(meaning["@type"]) if "@type" in meaning else None,
                meaning.get("@language"),
                is_set=meaning.get("@container") == "@set",
            )
            for name, meaning in self._terms.items()
        }
        self._frame = self._by_iri(frame)
        self._short: dict[str, str] = {}

    def frame(self, triples: Iterable[ox.Triple], root: str) -> dict[str, Json]:
        """Return the node called `root` with everything that it leads to."""
        nodes: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            nodes[_name(triple.subject)][triple.predicate.value].append(triple.object)
        return self._node(root, nodes, self._frame, ())

    def _node(
        self,
        name: str,
        nodes: Mapping[str, Mapping[str, list[Term]]],
        frame: Mapping[str, Json],
        above: tuple[str, ...],
    ) -> dict[str, Json]:
        """Return a node as an object; one that stands above itself is named there and no more."""
        found: dict[str, Json] = {"@id": self._compact(name)}
        said = nodes.get(name, {})
        if RDF + "type" in said:
            kinds = [self._term(_name(kind)) for kind in said[RDF + "type"]]
            found["@type"] = kinds if len(kinds) > 1 else kinds[0]
        for predicate in sorted(said):
            if predicate == RDF + "type":
                continue
            shape = frame.get(predicate, {})
            known = self._names.get(predicate)
            for value in said[predicate]:
                fitting = known if known and known.fits(value) else None
                if isinstance(value, ox.Literal):
                    told = self._literal(value, fitting)
                elif shape.get("@embed") == "@never" or _name(value) in (*above, name):
                    told = self._reference(_name(value), fitting)
                else:
                    told = self._node(_name(value), nodes, shape, (*above, name))
                    if len(told) == 1:
                        told = self._reference(_name(value), fitting)
                _add(
                    found,
                    fitting.term if fitting else self._compact_name(predicate),
                    told,
                    as_list=bool(fitting and fitting.is_set),
                )
        return found

    def _literal(self, value: ox.Literal, known: Name | None) -> Json:
        if value.language:
            if known and known.language == value.language:
                return value.value
            return {"@language": value.language, "@value": value.value}
        kind = value.datatype.value
        if kind == XSD + "string" or (known and known.type == kind):
            return value.value
        if kind == XSD + "boolean" and value.value in ("true", "false"):
            return value.value == "true"
        if kind == XSD + "integer" and SMALL_INTEGER.fullmatch(value.value):
            return int(value.value)
        return {"@type": self._term(kind), "@value": value.value}

    def _reference(self, name: str, known: Name | None) -> Json:
        if known and known.type == "@vocab":
            return self._term(name)
        compact = self._compact(name)
        return compact if known and known.type == "@id" else {"@id": compact}

    def _term(self, iri: str) -> str:
        """Return how the context calls a class, a type or what is named like them."""
        known = self._names.get(iri)
        if known and not (known.type or known.language):
            return known.term
        return self._compact_name(iri)

    def _compact_name(self, iri: str) -> str:
        """Return an IRI by the vocabulary, unless a term is called so, or with a prefix."""
        if iri.startswith(self._vocabulary) and iri != self._vocabulary:
            local = iri.removeprefix(self._vocabulary)
            if local not in self._terms and local not in self._prefixes:
                return local
        return self._compact(iri)

    def _compact(self, iri: str) -> str:
        if iri not in self._short:
            self._short[iri] = next(
                (
                    f"{prefix}:{iri.removeprefix(start)}"
                    for prefix, start in self._prefixes.items()
                    if iri.startswith(start) and iri != start
                ),
                iri,
            )
        return self._short[iri]

    def _full(self, name: str) -> str:
        if name.startswith("@"):
            return name
        prefix, colon, local = name.partition(":")
        return self._prefixes[prefix] + local if colon else self._vocabulary + name

    def _by_iri(self, frame: Mapping[str, Json]) -> dict[str, Json]:
        """Return a frame whose properties are called by their IRIs."""
        return {
            name if name.startswith("@") else self._full(self._terms[name].get("@id", name)): (
                self._by_iri(inner) if isinstance(inner, dict) else inner
            )
            for name, inner in frame.items()
        }


def _add(found: dict[str, Json], key: str, value: Json, *, as_list: bool) -> None:
    if key not in found:
        found[key] = [value] if as_list else value
    elif isinstance(found[key], list):
        found[key].append(value)
    else:
        found[key] = [found[key], value]


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
