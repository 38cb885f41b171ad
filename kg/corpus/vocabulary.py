"""What the vocabulary says of the concepts that postings use, asked for when it is needed."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.corpus import queries
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.corpus.source import Source

FEW: Final = 1000
"""Concepts up to which only theirs is asked for. The whole vocabulary's labels are 12,000 rows."""


class Vocabulary:
    """Labels, order and relations of concepts, in a store that may hold 100,000 labels."""

    def __init__(self, store: Source) -> None:
        self._store = store
        self._labels: dict[str, str] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._called: dict[str, Mapping[str, tuple[str, ...]]] = {}
        self._whole: dict[str, dict[str, list[str]]] = {}

    def know(self, concepts: Iterable[str]) -> None:
        """Read the labels of some concepts, of those that are not known yet."""
        new = [one for one in concepts if one not in self._labels]
        for concept, labels in self._values(terms.SKOS + "prefLabel", new).items():
            self._labels[concept] = labels[0]
        for one in new:
            self._labels.setdefault(one, one.rstrip("/").rsplit("/", 1)[-1])

    def known(self, concept: str) -> str | None:
        """Return the label of a concept, or of a wording, that was read already."""
        return self._labels.get(concept)

    def call(self, key: str, label: str) -> None:
        """Note what is called so that no concept covers; the first label counts."""
        self._labels.setdefault(key, label)

    def label(self, concept: str) -> str:
        """Return the preferred label of a concept; without one, the end of its IRI."""
        if concept not in self._labels:
            self.know([concept])
        return self._labels[concept]

    def names(self, concepts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Return all labels of some concepts, the preferred one first."""
        wanted = list(concepts)
        new = [one for one in wanted if one not in self._names]
        if new:
            preferred = self._values(terms.SKOS + "prefLabel", new)
            others = self._values(terms.SKOS + "altLabel", new)
            for one in new:
                first = preferred.get(one) or [one.rstrip("/").rsplit("/", 1)[-1]]
                self._names[one] = (*first, *others.get(one, ()))
        return {one: self._names[one] for one in wanted}

    def called(self, kind: str) -> Mapping[str, tuple[str, ...]]:
        """Return all roles, or all levels, with their labels, the preferred one first."""
        if kind not in self._called:
            found: dict[str, tuple[str, ...]] = {}
            for term in ("prefLabel", "altLabel"):
                query = queries.called(f"{terms.VOCABULARY}{kind}s", terms.SKOS + term)
                for concept, labels in _gathered(self._store.column(query)).items():
                    found[concept] = (*found.get(concept, ()), *labels)
            self._called[kind] = dict(sorted(found.items()))
        return self._called[kind]

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The places of levels and degrees in their order."""
        found = self._values(terms.RANK, ())
        return {concept: int(ranks[0]) for concept, ranks in found.items()}

    @cached_property
    def broader(self) -> Mapping[str, tuple[str, ...]]:
        """What lies right above each concept."""
        return self._relation(terms.SKOS + "broader")

    @cached_property
    def implies(self) -> Mapping[str, tuple[str, ...]]:
        """What each concept implies."""
        return self._relation(terms.IMPLIES)

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """Which kind of skill a concept is: "tool", "method", "soft"."""
        return {concept: kinds[0] for concept, kinds in self._values(terms.KIND, ()).items()}

    def _relation(self, term: str) -> dict[str, tuple[str, ...]]:
        return {concept: tuple(found) for concept, found in self._values(term, ()).items()}

    def _values(self, term: str, concepts: Iterable[str]) -> dict[str, list[str]]:
        """Return the values of a property by concept: of a few, or of all where there are many."""
        few = list(concepts)
        chosen = [one for one in few if "://" in one] if len(few) <= FEW else []
        if few and not chosen and len(few) <= FEW:
            return {}
        if chosen:
            return _gathered(self._store.stream(queries.of_concepts(term, chosen)))
        if term not in self._whole:
            self._whole[term] = _gathered(self._store.column(queries.of_concepts(term, ())))
        return self._whole[term]


def _gathered(rows: Iterable[tuple[str, ...]]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for _, concept, value in rows:
        found[concept].add(value)
    return {concept: sorted(found[concept]) for concept in sorted(found)}
