"""Content negotiation: the form of an answer that a client wants most, of those there are.

Source: RFC 9110, section 12.5.1 (Accept): the most specific range counts for a form, and of forms
wanted alike ours come in the order of the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

AnswerKind: TypeAlias = Literal["solutions", "boolean", "graph"]

RESULTS: Final = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPHS: Final = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
)
"""The last is what older clients ask for and nothing else: rdflib's store, SPARQLWrapper."""
OTHER_NAMES: Final = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
}
"""What clients also call these forms; "text/plain" was the type of N-Triples until 2014."""
FORMS: Final[dict[AnswerKind, tuple[str, ...]]] = {
    "solutions": RESULTS,
    "boolean": RESULTS[:2],
    "graph": GRAPHS,
}
"""The forms of each kind of answer, the default first: CSV and TSV know no booleans."""


def choose(accept: str, kind: AnswerKind) -> str | None:
    """Return the form for an answer of this kind; None where the client takes none of them."""
    return best(accept, FORMS[kind])


def can_answer(accept: str) -> bool:
    """Tell whether any answer could be given in a form that the client takes."""
    return any(choose(accept, kind) for kind in FORMS)


def best(accept: str, forms: Iterable[str]) -> str | None:
    """Return of `forms` the one that an Accept header wants most, None where it wants none."""
    ranges = _ranges(accept) or [("*/*", 1.0)]
    wanted = [(_quality(form, ranges), form) for form in forms]
    quality, form = max(wanted, key=lambda pair: pair[0])
    return form if quality > 0 else None


def _quality(form: str, ranges: list[tuple[str, float]]) -> float:
    found: dict[int, float] = {}
    for name, quality in ranges:
        if name == form or OTHER_NAMES.get(name) == form:
            specific = 3 if name == form else 2
        elif name.endswith("/*") and form.startswith(name[:-1]):
            specific = 1
        elif name == "*/*":
            specific = 0
        else:
            continue
        found[specific] = max(quality, found.get(specific, 0.0))
    return found[max(found)] if found else 0.0


def _ranges(accept: str) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if not name:
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        found.append((name, quality))
    return found
