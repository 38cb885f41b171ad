"""Names to terms: what a person calls a role, a level or a skill, as the store knows it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from ontology import terms
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.rows import Queryable

Found: TypeAlias = tuple[ox.NamedNode, ...]

SCHEMES: Final = {
    terms.VOCABULARY + scheme: kind
    for scheme, kind in (("roles", "role"), ("levels", "level"), ("skills", "skill"))
}
KINDS: Final = ("role", "level", "skill", "employer", "posting")
NEAR: Final = 5
"""How many similar names an error offers."""

LABELS: Final = f"""
PREFIX rg: <{terms.RG}>
PREFIX schema: <{terms.SCHEMA}>
PREFIX skos: <{terms.SKOS}>
SELECT DISTINCT ?kind ?label ?iri WHERE {{
  {{ ?iri skos:inScheme ?kind ; skos:prefLabel|skos:altLabel ?label }}
  UNION {{ ?iri a schema:Organization ; schema:name ?label BIND ("employer" AS ?kind) }}
  UNION {{
    ?iri a schema:JobPosting ; schema:identifier|schema:title ?label BIND ("posting" AS ?kind)
  }}
}} ORDER BY ?kind ?label ?iri"""


class UnknownNameError(LookupError):
    """A name that nothing in the store bears. `near` lists similar ones that exist."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.near = _near(name, known)
        hint = f"; did you mean {_either(self.near)}?" if self.near else ""
        super().__init__(f"no {kind} {_quoted(name)}{hint}")

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Names:
    """The labels in a store: for each kind, the label without case to the IRIs that bear it."""

    index: dict[str, dict[str, list[str]]] = field(repr=False)
    shown: dict[str, list[str]] = field(repr=False)

    @classmethod
    def read(cls, store: Queryable) -> Names:
        """Read all labels, alternative ones too, with one query."""
        index: dict[str, dict[str, list[str]]] = {kind: {} for kind in KINDS}
        shown: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for scheme, label, iri in store.query(LABELS):
            kind = SCHEMES.get(str(scheme), str(scheme))
            if kind in index:
                index[kind].setdefault(fold(str(label)), []).append(str(iri))
                shown[kind].append(str(label))
        return cls(index, shown)

    def find(self, kind: str, name: str) -> Found:
        """Return what bears the name, or has it as its IRI. Raises `UnknownNameError`."""
        found = self._find(kind, name)
        if not found:
            raise UnknownNameError(kind, name, self.shown[kind])
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
        raise UnknownNameError("role", name, self.shown["role"])

    def _find(self, kind: str, name: str) -> Found:
        iris = self.index[kind]
        if "://" in name and any(name in known for known in iris.values()):
            return (ox.NamedNode(name),)
        return tuple(ox.NamedNode(iri) for iri in iris.get(fold(name), ()))


def _splits(name: str) -> Iterator[tuple[str, str]]:
    """Yield every way to read a name as role and level: level last, or level first."""
    words = name.split()
    for place in range(len(words) - 1, 0, -1):
        yield " ".join(words[:place]), " ".join(words[place:])
    for place in range(1, len(words)):
        yield " ".join(words[place:]), " ".join(words[:place])


def _near(name: str, known: Iterable[str]) -> tuple[str, ...]:
    labels = {fold(label): label for label in known}
    wanted = fold(name)
    close = difflib.get_close_matches(wanted, labels, n=NEAR, cutoff=0.6)
    inside = sorted(label for label in labels if wanted and wanted in label)
    return tuple(labels[label] for label in dict.fromkeys([*close, *inside]))[:NEAR]


def _either(names: tuple[str, ...]) -> str:
    quoted = [_quoted(name) for name in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def _quoted(name: str) -> str:
    """Return a name on one line, between quotation marks."""
    return f'"{" ".join(name.split())}"'
