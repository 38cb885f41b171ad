"""Asking ahead: the questions that nothing need be given to, asked before anybody does.

Who asks a question first of a state of the store waits for it; its rows are then kept with the
snapshot (`kg.kept_rows`). Asked ahead, behind a build, they are there for the first one too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.kept_rows import KeptRows
from kg.names import Names
from kg.questions import questions
from kg.rows import Rows
from kg.store_folder import StoreError

if TYPE_CHECKING:
    from kg.rows import Queryable, Value


def ask_ahead(store: Queryable) -> Rows:
    """Ask all questions that can be asked without a parameter; say of each whether it is kept.

    What is found at once is not kept, nor is what is too long. What rests on inference is left out.
    Raises `StoreError` for a store of which nothing can be kept: one in memory, open for writing or
    behind an endpoint.
    """
    kept = KeptRows.of(store)
    if kept is None:
        raise StoreError("answers are kept with a store in a folder that is open for reading")
    names = Names.of(store)
    found: list[tuple[Value, ...]] = []
    for name, question in questions().items():
        if question.needs_inferred or any(one.is_required for one in question.parameters):
            continue
        bound = question.bind(names, {}, store)
        rows = question.answer(store, bound)
        found.append((name, len(rows), kept.has(bound)))
    return Rows(("question", "rows", "kept"), found)
