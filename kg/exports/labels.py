"""Labels of concepts, each looked up in the store once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.iris import local_name
from ontology.terms import SKOS

if TYPE_CHECKING:
    from kg.store import Store


class Labels:
    """The preferred labels in a store's vocabulary."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, tuple[ox.Quad, ...]] = {}

    def quads(self, concept: str) -> tuple[ox.Quad, ...]:
        """Return the statements of a concept's preferred labels, sorted; none for another node."""
        if concept not in self._known:
            found = self._store.oxigraph.quads_for_pattern(
                ox.NamedNode(concept),
                ox.NamedNode(SKOS + "prefLabel"),
                None,
                self._store.iris.graph("vocabulary"),
            )
            self._known[concept] = tuple(sorted(found, key=str))
        return self._known[concept]

    def __call__(self, concept: str) -> str:
        """Return the English label, else the first one, else the end of the IRI."""
        named = [quad.object for quad in self.quads(concept) if isinstance(quad.object, ox.Literal)]
        english = [label.value for label in named if label.language in (None, "en")]
        return next(iter([*english, *(label.value for label in named)]), local_name(concept))
