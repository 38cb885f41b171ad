"""Names to terms: what a person calls a role, a level or a skill, as the store knows it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from ontology import terms
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.rows import Queryable

Found: TypeAlias = tuple[ox.NamedNode, ...]

NEAR: Final = 5
"""How many similar names an error offers."""

_QUERY: Final = (
    f"PREFIX schema: <{terms.SCHEMA}> PREFIX skos: <{terms.SKOS}> "
    "SELECT DISTINCT ?label ?iri ?shown { %s } ORDER BY ?label ?iri ?shown"
)
CONCEPTS: Final = """GRAPH ?graph {
    ?iri skos:inScheme <%s> ; skos:prefLabel|skos:altLabel ?label .
    OPTIONAL { ?iri skos:prefLabel ?shown }
}"""
PATTERNS: Final = {
    "role": CONCEPTS % (terms.VOCABULARY + "roles"),
    "level": CONCEPTS % (terms.VOCABULARY + "levels"),
    "skill": CONCEPTS % (terms.VOCABULARY + "skills"),
    "employer": "GRAPH ?graph { ?iri a schema:Organization ; schema:name ?label }",
    "posting": "?iri a schema:JobPosting ; schema:identifier|schema:title ?label",
}
"""What bears which label, by kind of name. Graph by graph: thousands may name the same employer."""


class UnknownNameError(LookupError):
    """A name that nothing in the store bears. `near` lists similar ones that exist.

    `known` maps every name, in lower case, to the one that is offered for it.
    """

    def __init__(self, kind: str, name: str, known: Mapping[str, str]) -> None:
        self.kind = kind
        self.name = name
        self.near = _near(name, known)
        hint = f"; did you mean {_either(self.near)}?" if self.near else ""
        super().__init__(f"no {kind} {_quoted(name)}{hint}")

    def __str__(self) -> str:
        return str(self.args[0])


class Names:
    """The names in a store. Those of one kind are read when one of that kind is first sought."""

    def __init__(self, store: Queryable) -> None:
        self._store = store
        self._read: dict[str, dict[str, list[str]]] = {}
        self._shown: dict[str, dict[str, str]] = {}

    def find(self, kind: str, name: str) -> Found:
        """Return what bears the name, or has it as its IRI. Raises `UnknownNameError`."""
        found = self._find(kind, name)
        if not found:
            raise UnknownNameError(kind, name, self._shown[kind])
        return found

    def find_role(self, name: str) -> tuple[Found, Found]:
        """Return the roles and the levels that a name states; no levels for a role alone.

        "Machine Learning Engineer II" and "Senior Data Engineer" are a role and a level, unless a
        role is called just so. Raises `UnknownNameError`.
        """
        if roles := self._find("role", name):
            return roles, ()
        for role, level in _splits(name):
            roles, levels = self._find("role", role), self._find("level", level)
            if roles and levels:
                return roles, levels
        raise UnknownNameError("role", name, self._shown["role"])

    def _find(self, kind: str, name: str) -> Found:
        labels = self._labels(kind)
        if "://" in name and any(name in iris for iris in labels.values()):
            return (ox.NamedNode(name),)
        return tuple(ox.NamedNode(iri) for iri in labels.get(fold(name), ()))

    def _labels(self, kind: str) -> dict[str, list[str]]:
        if kind not in self._read:
            labels: dict[str, list[str]] = {}
            shown: dict[str, str] = {}
            for label, iri, preferred in self._store.query(_QUERY % PATTERNS[kind]):
                same = labels.setdefault(fold(str(label)), [])
                same.extend([str(iri)] if str(iri) not in same else [])
                shown.setdefault(fold(str(label)), str(preferred or label))
            self._read[kind], self._shown[kind] = labels, shown
        return self._read[kind]


def _splits(name: str) -> Iterator[tuple[str, str]]:
    """Yield every way to read a name as role and level: level last, or level first."""
    words = name.split()
    for place in range(len(words) - 1, 0, -1):
        yield " ".join(words[:place]), " ".join(words[place:])
    for place in range(1, len(words)):
        yield " ".join(words[place:]), " ".join(words[:place])


def _near(name: str, known: Mapping[str, str]) -> tuple[str, ...]:
    wanted = fold(name)
    close = difflib.get_close_matches(wanted, known, n=2 * NEAR, cutoff=0.6)
    inside = sorted(label for label in known if wanted and wanted in label)
    return tuple(dict.fromkeys(known[label] for label in [*close, *inside]))[:NEAR]


def _either(names: tuple[str, ...]) -> str:
    quoted = [_quoted(name) for name in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def _quoted(name: str) -> str:
    """Return a name on one line, between quotation marks."""
    printable = name.encode(errors="replace").decode()
    return f'"{" ".join(printable.split())}"'
