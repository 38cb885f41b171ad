"""What the words mean: the ontology, its shapes and the vocabulary, and a thin loader."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ontology.vocabulary import Concept, Vocabulary, load

__all__ = ["Concept", "Vocabulary", "load"]


def __getattr__(name: str) -> Any:
    """Import the loader only when it is asked for: the terms alone are wanted far more often."""
    if name in __all__:
        return getattr(import_module("ontology.vocabulary"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
