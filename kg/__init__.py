"""Facts to a graph, and the graph to answers.

>>> from kg import KnowledgeGraph
>>> graph = KnowledgeGraph.build("seeds/")
>>> graph.compare("Machine Learning Engineer I", "Machine Learning Engineer II")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.knowledge_graph import KnowledgeGraph
    from kg.names import UnknownNameError
    from kg.questions import Question, QuestionError
    from kg.store import QueryRefusedError, Rows, StoreError

__all__ = [
    "KnowledgeGraph",
    "QueryRefusedError",
    "Question",
    "QuestionError",
    "Rows",
    "StoreError",
    "UnknownNameError",
]

_HOMES = {
    "KnowledgeGraph": "kg.knowledge_graph",
    "QueryRefusedError": "kg.store",
    "Question": "kg.questions",
    "QuestionError": "kg.questions",
    "Rows": "kg.store",
    "StoreError": "kg.store",
    "UnknownNameError": "kg.names",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for only then: a command line that is in haste needs little of it."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
