"""A candidate beside a group of postings: what is there, what is lacking, what to learn first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.views.pages.gap_page import gap
from kg.web.page import GivenError, Page, Table
from kg.web.pages.compared import offered
from kg.web.pages.queries import LEVELS
from nlp.resumes.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.web.desk import Desk

COLUMNS: Final = (
    "label", "kind", "status", "through", "required", "preferred", "postings", "resume_words",
    "posting_words",
)  # fmt: skip


def gap_page(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return the form; beside a candidate, who is `profile`, the gap to the group that is given."""
    group = group_of(given)
    shown: dict[str, object] = {
        "fragment": None,
        "group": group,
        "offered": offered(desk),
        "levels": [
            str(row["level"]) for row in desk.query("Levels, from the lowest up", LEVELS).to_dicts()
        ],
    }
    empty = Table(COLUMNS, ())
    return Page(
        "gap.html", "Résumé and role", None, empty, shown, desk.used, "kg gap FILE --role R"
    )


def gap_of(desk: Desk, profile: Profile, given: Mapping[str, str]) -> Page:
    """Return what lies between a candidate and a group. Nothing of it is kept."""
    group = group_of(given)
    if not group:
        raise GivenError("name a role, with its level if you like: Data Engineer II")
    found = desk.graph.gap(profile, group)
    page = gap_page(desk, given)
    shown = {
        **page.shown,
        "fragment": gap(found, desk.link),
        "token": given.get("token", ""),
    }
    return Page(
        "gap.html",
        f"Résumé and {found.group}",
        found.to_json,
        lambda: Table(COLUMNS, [[row[name] for name in COLUMNS] for row in found.to_rows()]),
        shown,
        desk.analysed(),
        f'kg gap FILE --role "{group}"',
        is_private=True,
    )


def group_of(given: Mapping[str, str]) -> str:
    """Return the group that a form names: a role, and a level if one is chosen."""
    role, level = (given.get("group") or "").strip(), (given.get("level") or "").strip()
    return f"{role} {level}".strip() if role else ""
