"""What the IRIs and ids of a comparison are called: labels of concepts, titles of postings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ontology import terms
from ontology.terms import RDFS, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.diffs.comparison import Change
    from kg.store import Store

LABELS: Final = tuple(
    ox.NamedNode(name) for name in (SKOS + "prefLabel", SCHEMA + "name", RDFS + "label")
)
TITLE: Final = ox.NamedNode(SCHEMA + "title")
OR: Final = " or "
"""What stands between the members of an alternative, which are prefixed names."""


@dataclass(frozen=True, slots=True)
class Called:
    """Labels by IRI and by prefixed name, titles by posting's id; what has none keeps its name."""

    labels: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def value(self, value: str) -> str:
        """Return what the value of a fact is called."""
        return self.labels.get(value) or terms.short(value)

    def members(self, value: str) -> list[str]:
        """Return what the members of an alternative are called."""
        return [self.value(one) for one in value.split(OR)]

    def title(self, posting: str) -> str | None:
        """Return the title of a posting."""
        return self.titles.get(posting)


def names_of(changes: Iterable[Change], stores: Sequence[Store]) -> Called:
    """Return what the values and postings of changes are called in the stores, the last first."""
    called = Called()
    for change in changes:
        for fact in (change.before, change.after):
            for value in fact.value.split(OR) if fact else ():
                if value not in called.labels:
                    called.labels[value] = _label(_whole(value), stores)
        if change.posting not in called.titles:
            called.titles[change.posting] = _title(change.posting, stores)
    return called


def _whole(value: str) -> str:
    prefix, colon, rest = value.partition(":")
    return f"{terms.PREFIXES[prefix]}{rest}" if colon and prefix in terms.PREFIXES else value


def _label(iri: str, stores: Sequence[Store]) -> str:
    if "://" not in iri or any(sign in iri for sign in ' <>"{}|\\^`'):
        return ""
    for store in reversed(stores):
        for label in LABELS:
            found = store.oxigraph.quads_for_pattern(ox.NamedNode(iri), label, None, None)
            texts = sorted(
                quad.object.value for quad in found if isinstance(quad.object, ox.Literal)
            )
            if texts:
                return texts[0]
    return ""


def _title(posting: str, stores: Sequence[Store]) -> str:
    for store in reversed(stores):
        node, graph = store.iris.posting(posting), store.iris.graph(posting)
        for quad in store.oxigraph.quads_for_pattern(node, TITLE, None, graph):
            if isinstance(quad.object, ox.Literal):
                return quad.object.value
    return ""
