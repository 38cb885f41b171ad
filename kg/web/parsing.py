"""What a query would do, by its parse: one that calls another server is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.query_guard import QueryRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVICE: Final = "ServiceGraphPattern"
"""What rdflib's grammar calls a SERVICE clause."""
WORD: Final = re.compile(r"\bSERVICE\b", re.IGNORECASE)


def load_grammar() -> None:
    """Load what reads queries, which takes half a second, before a query's deadline pays for it."""
    refuse_service("ASK {} # SERVICE")


def refuse_service(sparql: str) -> None:
    """Raise `QueryRefusedError` where the query calls another server.

    Only the parse counts: a text or a comment that reads like SERVICE harms nothing. A query that
    rdflib's grammar does not know but the engine may (SPARQL 1.2) is refused where the word
    stands in it anywhere, since nobody can tell what it means there.
    """
    if WORD.search(sparql) is None:
        return
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parsed = parseQuery(sparql)
    except Exception as error:  # the grammar raises many kinds; the engine names the fault better
        raise QueryRefusedError(
            "the word SERVICE in a query that is not plain SPARQL 1.1; leave it out"
        ) from error
    if SERVICE in _names(parsed):
        raise QueryRefusedError(
            "SERVICE calls another server, and this endpoint never does: ask that server itself"
        )


def _names(parsed: object) -> Iterator[str]:
    """Yield the names of all parts of a parse, without recursion: queries may be deep."""
    todo: list[object] = [parsed]
    while todo:
        part = todo.pop()
        name = getattr(part, "name", None)
        if isinstance(name, str):
            yield name
        if isinstance(part, dict):
            todo.extend(part.values())
        elif not isinstance(part, str) and hasattr(part, "__iter__"):
            todo.extend(part)
