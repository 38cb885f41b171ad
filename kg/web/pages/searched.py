"""Search: roles, skills, employers and postings by words, each hit leading to its page."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from kg.search.index import QUERIES
from kg.search.searching import Found, search_index
from kg.web.addresses import address_of
from kg.web.page import Behind, Page, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.search.searching import Hit
    from kg.web.desk import Desk

LIMIT: Final = 12
COLUMNS: Final = ("kind", "id", "label", "score", "words", "postings", "by")
MAKING: Final = "The index of the words is being made: ask again in a moment."
ORDER: Final = (Found.ROLE, Found.SKILL, Found.EMPLOYER, Found.POSTING)


def searched(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return what the words find; without words, the form alone."""
    words = (given.get("q") or "").strip()
    hits: list[Hit] = []
    note = ""
    if words:
        try:
            hits, note = _hits(desk, words)
        except ValueError as error:
            note = str(error)
    groups = [
        (kind.value, [_shown(hit) for hit in hits if hit.kind == kind])
        for kind in ORDER
        if any(hit.kind == kind for hit in hits)
    ]
    rows = [hit.to_row() for hit in hits]
    table = Table(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])
    data = {"words": words, "hits": [hit.to_json() for hit in hits]}
    shown = {"words": words, "groups": groups, "note": note, "found": len(hits)}
    title = f"Search: {words}" if words else "Search"
    behind = [
        Behind(f"The full-text index: {name[0].lower()}{name[1:]}", query)
        for name, query in QUERIES.items()
    ]
    command = f'kg search "{words}"' if words else None
    status = 503 if note == MAKING else 200
    return Page("search.html", title, data, table, shown, behind, command, status)


def _hits(desk: Desk, words: str) -> tuple[list[Hit], str]:
    """Return what is found, or in words why nothing can be found just now."""
    try:
        index = desk.index()
        if index is None:
            return [], MAKING
        return search_index(index, words, limit=LIMIT), ""
    except sqlite3.OperationalError:  # its writer has it
        return [], MAKING


def _shown(hit: Hit) -> dict[str, object]:
    """Return a hit with its address, and its line cut where words of the search stand in it."""
    name = hit.id if hit.kind in (Found.POSTING, Found.EMPLOYER) else hit.label
    parts = []
    for place, piece in enumerate(hit.words.replace("»", "«").split("«")):
        parts.append((piece, place % 2 == 1))
    return {
        "label": hit.label,
        "href": address_of(hit.kind.value, name),
        "postings": hit.postings,
        "line": parts if hit.kind == Found.POSTING else [],
        "by": hit.by,
    }
