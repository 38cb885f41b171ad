"""Which statement is asked about: three names in one line, as IRIs, prefixed names or labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.binding import NAMED
from kg.iris import local_name
from kg.names import Names, UnknownNameError
from ontology import terms
from ontology.description import FILE
from ontology.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ANY: Final = "?"
SYNTAX: Final = (
    'write "SUBJECT PROPERTY VALUE": each an IRI, a prefixed name (rg:role, skill:spark), a '
    "posting's id, a label or, for the value, its text; what has blanks in it may stand in "
    'quotation marks, and "?" stands for any value'
)
_WORD: Final = re.compile(r'"([^"]*)"|<([^<>]*)>|(\S+)')
_LABEL: Final = ox.NamedNode(terms.RDFS + "label")


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it was written, and all that it may stand for; a text stands for itself."""

    written: str
    nodes: tuple[ox.NamedNode, ...]

    @property
    def is_any(self) -> bool:
        """Whether any will do."""
        return self.written == ANY


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement that somebody asks about."""

    subject: Named
    predicate: ox.NamedNode
    value: Named


def read_statement(text: str, names: Names, base: str = terms.DATA) -> Asked:
    """Read a line of three names. Raises `ValueError`; `UnknownNameError` where nothing is meant.

    The property may stand among words without quotation marks: whatever is before it is the
    subject, and the value what is behind it ("Machine Learning Engineer I rg:level I").
    """
    words = [next(filter(None, found), "") for found in _WORD.findall(text)]
    if len(words) < 3:
        raise ValueError(f"{text!r} has {len(words)} of 3 names; {SYNTAX}")
    known = properties()
    subject, predicate, value = _split(words, known)
    found = known.get(fold(predicate)) or _iri(predicate, base)
    if found is None or (found.startswith(terms.RG) and found not in known.values()):
        shown = {name: terms.short(iri) for name, iri in known.items()}
        raise UnknownNameError("property", predicate, shown, SYNTAX)
    one = _named(subject, names, base)
    if not one.nodes and not one.is_any:
        raise _unknown(subject, names)
    return Asked(one, ox.NamedNode(found), _named(value, names, base))


@cache
def properties() -> Mapping[str, str]:
    """Return the properties of the ontology by all that they are called, in lower case."""
    found: dict[str, str] = {}
    quads = list(ox.parse(path=FILE))
    kinds = {
        quad.subject.value
        for quad in quads
        if quad.predicate.value == terms.RDF + "type"
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value.endswith("Property")
        and isinstance(quad.subject, ox.NamedNode)
    }
    labels = {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate == _LABEL
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
    }
    kinds |= {terms.RDF + "type", terms.RDFS + "label", terms.RDF + "value"}
    for iri in sorted(kinds):
        for name in (terms.short(iri), local_name(iri), labels.get(iri)):
            if name:
                found.setdefault(fold(name), iri)
    return found


def _split(words: Sequence[str], known: Mapping[str, str]) -> tuple[str, str, str]:
    """Return subject, property and value; the first words that name a property are it."""
    if len(words) == 3:
        return words[0], words[1], words[2]
    for size in (1, 2, 3):
        for place in range(1, len(words) - size):
            name = " ".join(words[place : place + size])
            if fold(name) in known and (size > 1 or ":" in name or name != name.lower()):
                return " ".join(words[:place]), name, " ".join(words[place + size :])
    for place in range(1, len(words) - 1):
        if fold(words[place]) in known or _iri(words[place], "") is not None:
            return " ".join(words[:place]), words[place], " ".join(words[place + 1 :])
    raise ValueError(f"no property among {' '.join(words)!r}; {SYNTAX}")


def _named(name: str, names: Names, base: str) -> Named:
    if name == ANY:
        return Named(name, ())
    iri = _iri(name, base)
    if iri is not None:
        return Named(name, (ox.NamedNode(iri),))
    nodes = [node for kind in NAMED for node in names.seek(kind, name)]
    roles, levels = names.seek_role(name)
    return Named(name, tuple(dict.fromkeys([*nodes, *(() if levels else roles)])))


def _iri(name: str, base: str) -> str | None:
    prefix, colon, local = name.partition(":")
    if "://" in name:
        return name
    if colon and prefix == "id":
        return base + local
    if colon and prefix in terms.PREFIXES:
        return terms.PREFIXES[prefix] + local
    return None


def _unknown(name: str, names: Names) -> UnknownNameError:
    """Return the error for a name that nothing bears, with the nearest of any kind."""
    found: dict[str, str] = {}
    for kind in NAMED:
        try:
            names.find(kind, name)
        except UnknownNameError as error:
            found.update({fold(near): near for near in error.near})
    return UnknownNameError("subject", name, found, SYNTAX)
