"""Vocabulary files as statements, and back to Turtle in the form of our own files.

One block a subject, sorted by IRI; labels sorted; lines of at most a hundred columns. Writing what
was read gives the same statements, and writing twice the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from ontology import terms
from ontology.terms import DCTERMS, RDF, RDFS, SKOS, XSD

Value: TypeAlias = ox.NamedNode | ox.Literal
Statements: TypeAlias = dict[str, dict[str, list[Value]]]
"""Subject, predicate, and the values in the order in which they were stated."""

WIDTH: Final = 100
PREFIXES: Final = {
    "dcterms": DCTERMS,
    "rdfs": RDFS,
    "rg": terms.RG,
    "role": terms.VOCABULARY + "role/",
    "scheme": terms.VOCABULARY,
    "skill": terms.VOCABULARY + "skill/",
    "skos": SKOS,
    "xsd": XSD,
}
ORDER: Final = (
    *(RDF + "type", SKOS + "inScheme", SKOS + "prefLabel", SKOS + "altLabel", RDFS + "label"),
    *(RDFS + "comment", SKOS + "scopeNote", SKOS + "broader", SKOS + "topConceptOf"),
    *(terms.KIND, terms.LADDER, terms.RANK, terms.TRACK, terms.IMPLIES),
    *(SKOS + "exactMatch", SKOS + "closeMatch"),
)
"""In which order a block states its properties; others follow, sorted."""
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(slots=True)
class TurtleFile:
    """What a file states, by subject in the order of the file; and how it states it."""

    path: Path
    statements: Statements = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    header: tuple[str, ...] = ()
    """The comment lines that it begins with; they are all that is kept of its comments."""
    repeated: list[str] = field(default_factory=list)
    """Subjects with a second block further down."""

    def add(self, subject: str, predicate: str, *values: Value) -> None:
        """State something, unless it is stated already."""
        held = self.statements.setdefault(subject, {}).setdefault(predicate, [])
        held += [value for value in dict.fromkeys(values) if value not in held]

    def text(self) -> str:
        """Return the file in our form."""
        return write_turtle(self.statements, self.header, self.prefixes)


def read_turtle(path: Path) -> TurtleFile:
    """Read a Turtle file. Raises `ValueError` for what is none, and for blank nodes."""
    data = path.read_bytes()
    found = TurtleFile(path)
    last = ""
    try:
        parsed = ox.parse(data, format=ox.RdfFormat.TURTLE)
        for quad in parsed:
            subject, value = quad.subject, quad.object
            if not isinstance(subject, ox.NamedNode) or not isinstance(value, Value):
                raise ValueError(  # noqa: TRY004 # the file is wrong, not a type
                    f"{path}: has nodes without a name ([ ... ]); a vocabulary has an IRI for each"
                )
            if subject.value != last and subject.value in found.statements:
                found.repeated.append(subject.value)
            last = subject.value
            found.statements.setdefault(last, {}).setdefault(quad.predicate.value, []).append(value)
        found.prefixes = dict(parsed.prefixes)
    except SyntaxError as error:
        raise ValueError(f"{path}: not valid Turtle: {error}") from error
    found.header = tuple(_comments(data.decode("utf-8").splitlines()))
    return found


def write_turtle(
    statements: Mapping[str, Mapping[str, Sequence[Value]]],
    header: Iterable[str] = (),
    prefixes: Mapping[str, str] | None = None,
) -> str:
    """Return statements as Turtle, with the prefixes that are used, ours before others."""
    known = {**(prefixes or {}), **PREFIXES}
    writer = _Writer(known)
    blocks = [writer.block(subject, statements[subject]) for subject in sorted(statements)]
    lines = [f"# {line}".rstrip() for line in header]
    lines += [""] if lines else []
    lines += [f"@prefix {name}: <{known[name]}> ." for name in sorted(writer.used)]
    return "\n".join([*lines, "", "\n\n".join(blocks), ""])


def english(text: str) -> ox.Literal:
    """Return a text in English."""
    return ox.Literal(text, language="en")


def _comments(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("#"):
            return
        yield line.removeprefix("#").strip()


class _Writer:
    def __init__(self, prefixes: Mapping[str, str]) -> None:
        # The longest namespace first: "scheme:skill/x" would be no name.
        self.prefixes = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self.used: set[str] = set()

    def block(self, subject: str, properties: Mapping[str, Sequence[Value]]) -> str:
        def place(predicate: str) -> tuple[int, str]:
            known = predicate in ORDER
            return (ORDER.index(predicate) if known else len(ORDER), predicate)

        parts: list[str] = []
        for predicate in sorted(filter(properties.get, properties), key=place):
            verb = "a" if predicate == RDF + "type" else self.iri(predicate)
            parts.append(self.values(verb, sorted(properties[predicate], key=_sort_key)))
        first, *rest = parts or [""]
        return " ;\n    ".join([f"{self.iri(subject)} {first}", *rest]) + " ."

    def values(self, verb: str, values: Iterable[Value]) -> str:
        texts = list(dict.fromkeys(map(self.term, values)))
        whole = f"{verb} {', '.join(texts)}"
        if len(whole) + len("     ;") <= WIDTH or len(texts) == 1:
            return whole
        lines = [""]
        for place, text in enumerate(texts):
            word = text + ("," if place < len(texts) - 1 else "")
            if lines[-1] and len(lines[-1]) + 1 + len(word) > WIDTH - 8 - 2:
                lines.append("")
            lines[-1] += f" {word}" if lines[-1] else word
        return "\n        ".join([verb, *lines])

    def term(self, value: Value) -> str:
        if isinstance(value, ox.NamedNode):
            return self.iri(value.value)
        text = "".join(_ESCAPES.get(char, char) for char in value.value)
        if value.language:
            return f'"{text}"@{value.language}'
        datatype = value.datatype.value
        if datatype == XSD + "integer" and re.fullmatch(r"[+-]?\d+", text):
            return text
        return f'"{text}"' if datatype == XSD + "string" else f'"{text}"^^{self.iri(datatype)}'

    def iri(self, iri: str) -> str:
        for prefix, namespace in self.prefixes:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"


def _sort_key(value: Value) -> tuple[str, str]:
    return value.value.lower(), str(value)
