"""The concept that is nearest to a phrase by its words."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING, Final

from ontology.forms import normal_form

if TYPE_CHECKING:
    from ontology import Concept, Vocabulary

LEAST: Final = 0.5
"""Below this share of common words, weighed by rarity, nothing is near."""


class Nearest:
    """An index of the skills' labels by their words.

    Nearness is Dice's coefficient over words in their normal form, each weighed by how few labels
    have it: "bayesian media mix modelling" is near "media mix modeling", not near "modelling".
    Ties go to the shorter label, then by the alphabet.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._labels: dict[str, tuple[frozenset[str], Concept]] = {}
        for concept in vocabulary.scheme("skills"):
            for label in vocabulary.labels_of(concept):
                self._labels.setdefault(normal_form(label), (_words(label), concept))
        self._total = len(self._labels) or 1
        self._by_word: dict[str, list[str]] = {}
        for form, (words, _) in self._labels.items():
            for word in words:
                self._by_word.setdefault(word, []).append(form)

    def find(self, phrase: str) -> Concept | None:
        """Return the nearest concept, or None where nothing is near."""
        wanted = _words(phrase)
        common: Counter[str] = Counter()
        for word in wanted:
            for form in self._by_word.get(word, ()):
                common[form] += 1
        best: tuple[float, int, str] = (-LEAST, 0, "")
        for form in common:
            words = self._labels[form][0]
            both = self._weight(wanted & words)
            share = 2 * both / (self._weight(wanted) + self._weight(words))
            best = min(best, (-share, len(form), form))
        return self._labels[best[2]][1] if best[2] else None

    def _weight(self, words: frozenset[str]) -> float:
        return sum(log(1 + self._total / (1 + len(self._by_word.get(word, ())))) for word in words)


def _words(label: str) -> frozenset[str]:
    return frozenset(filter(None, map(normal_form, label.replace("/", " ").split())))
