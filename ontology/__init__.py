"""What the words mean: the ontology, its shapes and the vocabulary, and a thin loader."""

from ontology.vocabulary import Concept, Vocabulary, load

__all__ = ["Concept", "Vocabulary", "load"]
