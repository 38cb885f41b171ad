"""Names to terms: what a person calls a role, a level or a skill, as the graph knows it."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final, Self, TypeAlias

import pyoxigraph as ox

from ontology import terms
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.rows import Queryable

Found: TypeAlias = tuple[ox.NamedNode, ...]
Label: TypeAlias = tuple[str, str, str]
"""A name, the IRI of what bears it, and the name that is offered for it."""

NEAR: Final = 5
"""How many similar names an error offers."""

_ID: Final = re.compile(r"[0-9a-f]{20}")
_QUERY: Final = (
    f"PREFIX schema: <{terms.SCHEMA}> PREFIX skos: <{terms.SKOS}> "
    "SELECT DISTINCT ?label ?iri ?shown { %s } ORDER BY ?label ?iri ?shown"
)
CONCEPTS: Final = """GRAPH ?graph {
    ?iri skos:inScheme <%s> ; skos:prefLabel|skos:altLabel ?label .
    OPTIONAL { ?iri skos:prefLabel ?shown }
}"""
BEARING: Final = """GRAPH ?graph {
    ?iri skos:prefLabel|skos:altLabel ?label .
    OPTIONAL { ?iri skos:prefLabel ?shown }
    FILTER EXISTS { ?iri skos:inScheme <%s> }
}"""
"""As `CONCEPTS`, where the label is known: engines would go through a whole scheme to find it."""
PATTERNS: Final = {
    "role": CONCEPTS % (terms.VOCABULARY + "roles"),
    "level": CONCEPTS % (terms.VOCABULARY + "levels"),
    "skill": CONCEPTS % (terms.VOCABULARY + "skills"),
    "degree": CONCEPTS % (terms.VOCABULARY + "degrees"),
    "employer": "GRAPH ?graph { ?iri a schema:Organization ; schema:name ?label }",
    "posting": "?iri a schema:JobPosting ; schema:identifier|schema:title ?label",
}
"""What bears which label, by kind of name. Graph by graph: thousands may name the same employer."""
KNOWN: Final = PATTERNS | {
    kind: BEARING % f"{terms.VOCABULARY}{kind}s" for kind in ("role", "level", "skill", "degree")
}
"""The same for names that are known."""
MANY: Final = frozenset({"employer", "posting", "skill"})
"""Kinds with so many names that only those are read which are sought, unless there are none."""


class UnknownNameError(LookupError):
    """A name that nothing bears. `near` lists similar ones that exist.

    `known` maps every name, in lower case, to the one that is offered for it; `hint` is what to
    say where none of them is similar.
    """

    def __init__(self, kind: str, name: str, known: Mapping[str, str], hint: str = "") -> None:
        self.kind = kind
        self.name = name
        self.near = _near(name, known)
        advice = f"did you mean {listed(self.near, 'or')}?" if self.near else hint
        super().__init__(f"no {kind} {quoted(name)}{advice and f'; {advice}'}")

    def __str__(self) -> str:
        return str(self.args[0])


class Names:
    """The names that `read` yields for a kind: read when one of that kind is first sought.

    `look` may find what bears a name without reading all of its kind.
    """

    def __init__(
        self,
        read: Callable[[str], Iterable[Label]],
        look: Callable[[str, str], Found] = lambda *_: (),
    ) -> None:
        self._read = read
        self._look = look
        self._known: dict[str, dict[str, list[str]]] = {}
        self._shown: dict[str, dict[str, str]] = {}

    @classmethod
    def of(cls, store: Queryable) -> Self:
        """Return the names in a store, of any of the kinds in `PATTERNS`."""

        def read(kind: str) -> Iterator[Label]:
            for label, iri, preferred in store.query(_QUERY % PATTERNS[kind]):
                yield str(label), str(iri), str(preferred or label)

        def look(kind: str, name: str) -> Found:
            for pattern in _wanted(kind, name):
                rows = store.query(_QUERY % pattern)
                if found := dict.fromkeys(str(row[1]) for row in rows):
                    return tuple(ox.NamedNode(iri) for iri in found)
            return ()

        return cls(read, look)

    def learn(self, *kinds: str) -> None:
        """Read all names of these kinds now: who seeks many of them need not look each one up."""
        for kind in kinds:
            self._labels(kind)

    def find(self, kind: str, name: str) -> Found:
        """Return what bears the name, or has it as its IRI, written out or with a prefix of ours.

        Raises `UnknownNameError`.
        """
        found = self.seek(kind, name)
        if not found:
            raise UnknownNameError(kind, name, self._shown[kind])
        return found

    def find_role(self, name: str) -> tuple[Found, Found]:
        """Return the roles and the levels that a name states; no levels for a role alone.

        "Machine Learning Engineer II" and "Senior Data Engineer" are a role and a level, unless a
        role is called just so. Raises `UnknownNameError`.
        """
        roles, levels = self.seek_role(name)
        if not roles:
            raise UnknownNameError("role", name, self._shown["role"])
        return roles, levels

    def seek_role(self, name: str) -> tuple[Found, Found]:
        """Return as `find_role` does; nothing where no role has the name."""
        if roles := self.seek("role", name):
            return roles, ()
        for role, level in _splits(name):
            roles, levels = self.seek("role", role), self.seek("level", level)
            if roles and levels:
                return roles, levels
        return (), ()

    def seek(self, kind: str, name: str) -> Found:
        """Return as `find` does; nothing where nothing bears the name."""
        if kind not in self._known and (looked := self._look(kind, name)):
            return looked
        labels = self._labels(kind)
        if found := labels.get(fold(name)):
            return tuple(ox.NamedNode(iri) for iri in found)
        prefix, colon, local = name.partition(":")
        full = terms.PREFIXES[prefix] + local if colon and prefix in terms.PREFIXES else name
        if "://" in full and any(full in iris for iris in labels.values()):
            return (ox.NamedNode(full),)
        return ()

    def _labels(self, kind: str) -> dict[str, list[str]]:
        if kind not in self._known:
            labels: dict[str, list[str]] = {}
            shown: dict[str, str] = {}
            for label, iri, preferred in self._read(kind):
                same = labels.setdefault(fold(label), [])
                same.extend([iri] if iri not in same else [])
                shown.setdefault(fold(label), preferred)
            self._known[kind], self._shown[kind] = labels, shown
        return self._known[kind]


def _wanted(kind: str, name: str) -> Iterator[str]:
    """Yield patterns of a kind, each to be asked if those before it found nothing.

    Just as it is written, a name is found without reading any other, and a skill's also where
    only its capitals differ in a usual way; of `MANY` it is then sought in any case. What yields
    nothing is sought among all names of its kind.
    """
    try:
        if "://" in name:
            yield f"VALUES ?iri {{ {ox.NamedNode(name)} }} {PATTERNS[kind]}"
            return
        yield _as_written([name], KNOWN[kind])
        if kind == "skill":  # a label in any case is one skill's, but for a few (`kg vocab check`)
            usual = dict.fromkeys((name.capitalize(), name.upper(), name.title(), name.lower()))
            yield _as_written(list(usual), KNOWN[kind])
        if kind in MANY and not (kind == "posting" and _ID.fullmatch(name)):
            yield f"{PATTERNS[kind]} FILTER (LCASE(STR(?label)) = {ox.Literal(fold(name))})"
    except ValueError:  # no IRI, or no Unicode
        return


def _as_written(names: Iterable[str], pattern: str) -> str:
    both = [f"{ox.Literal(name)} {ox.Literal(name, language='en')}" for name in names]
    return f"VALUES ?label {{ {' '.join(both)} }} {pattern}"


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


def suggested(name: str, known: Iterable[str]) -> str:
    """Return what to put behind an error: names that are near, or nothing where none is.

    >>> suggested("turtel", ["jsonld", "turtle"])
    '; did you mean "turtle"?'
    """
    near = _near(name, {one: one for one in known})
    return f"; did you mean {listed(near, 'or')}?" if near else ""


def listed(names: Sequence[str], word: str) -> str:
    """Return names in quotation marks, with `word` before the last."""
    all_but_last, last = ", ".join(map(quoted, names[:-1])), quoted(names[-1])
    return f"{all_but_last} {word} {last}" if all_but_last else last


def quoted(name: str) -> str:
    """Return a name on one line, between quotation marks."""
    printable = name.encode(errors="replace").decode()
    return f'"{" ".join(printable.split())}"'
