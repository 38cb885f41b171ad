"""Two groups of postings side by side, chosen by whoever asks."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from kg.analysis.comparison import COLUMNS
from kg.corpus.corpus import position_label
from kg.views.pages.comparison_page import comparison
from kg.views.pages.quoting import FromStore
from kg.web.addresses import quote_address, with_fields
from kg.web.page import Moved, Page, Table
from kg.web.pages.pair import Pair
from kg.web.pages.queries import LEVELS, PLACES, POSITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.rows import Rows
    from kg.web.desk import Desk

NARROWED: Final = ("level", "employer", "place", "period")
"""What a group may be narrowed by, beside its name."""
OFFERED: Final = 200
"""Names that the browser offers."""


def compared(desk: Desk, given: Mapping[str, str]) -> Page | Moved:
    """Return the form, and the comparison where two groups are given."""
    pair = Pair.of(_side(given, "a"), _side(given, "b"), given)
    if any(given.get(f"{side}_{name}") for side in "ab" for name in NARROWED):
        return Moved(pair.address)
    shown: dict[str, object] = {
        "a": pair.a,
        "b": pair.b,
        "copies": pair.copies,
        "offered": offered(desk),
        "levels": [
            str(row["level"]) for row in desk.query("Levels, from the lowest up", LEVELS).to_dicts()
        ],
        "steps": desk.analysis(("steps",), lambda _: _steps(desk)),
    }
    if not (pair.a and pair.b):
        empty = Table(COLUMNS, ())
        return Page(
            "compare.html", "Compare two groups", None, empty, shown, desk.used, "kg compare A B"
        )
    found = pair.compared(desk)
    quoting = FromStore(desk.passages, (*found.a.members, *found.b.members), quote_address)
    shown["found"] = found
    shown["fragment"] = comparison(found, quoting, desk.link, pair.words_at)
    shown["swapped"] = pair.swapped.address
    return Page(
        "compare.html",
        found.title,
        found.to_json,
        lambda: Table(COLUMNS, [tuple(row.values()) for row in found.to_rows()]),
        shown,
        desk.analysed(),
        pair.command,
    )


def offered(desk: Desk) -> dict[str, list[str]]:
    """Return names of groups that the browser may offer, the commonest first."""
    positions = desk.query("Roles with their levels", POSITIONS)
    roles, employers = desk.ask("roles"), desk.ask("employers")
    places = desk.query("Places", PLACES)
    found: dict[str, list[str]] = desk.analysis(
        ("offered",), lambda _: _names(positions, roles, employers, places)
    )
    return found


def _names(positions: Rows, roles: Rows, employers: Rows, places: Rows) -> dict[str, list[str]]:
    named = [str(row["role"]) for row in roles.to_dicts()[:OFFERED]]
    at_levels = [
        position_label(str(row["role"]), str(row["level"]))
        for row in positions.to_dicts()[:OFFERED]
    ]
    return {
        "groups": [*at_levels, *named],
        "roles": named,
        "employers": [str(row["employer"]) for row in employers.to_dicts()[:OFFERED]],
        "places": [str(row["place"]) for row in places.to_dicts()[:OFFERED]],
    }


def _side(given: Mapping[str, str], side: str) -> str:
    """Return a group's name with all that narrows it: "Data Engineer + place: Austin, TX"."""
    parts = [(given.get(side) or "").strip()]
    for name in NARROWED:
        value = (given.get(f"{side}_{name}") or "").strip()
        if value:
            parts.append(f"{name}: {value}")
    return " + ".join(filter(None, parts))


def _steps(desk: Desk) -> list[tuple[str, str, str, int]]:
    """Return the comparisons that most postings speak to: neighbouring levels of a role."""
    ladders: dict[str, list[tuple[int, str, int]]] = {}
    for row in desk.query("Roles with their levels", POSITIONS).to_dicts():
        if row["rank"] is not None:
            step = int(str(row["rank"])), str(row["level"]), int(str(row["postings"]))
            ladders.setdefault(str(row["role"]), []).append(step)
    found = []
    for role, levels in ladders.items():
        ordered = sorted(levels)
        for (_, low, below), (_, high, above) in itertools.pairwise(ordered):
            a, b = position_label(role, low), position_label(role, high)
            found.append((a, b, with_fields("/compare", {"a": a, "b": b}), min(below, above)))
    return sorted(found, key=lambda one: (-one[3], one[0]))[:8]
