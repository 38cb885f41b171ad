"""Lists: every role, level, skill, employer and posting there is, a screenful at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.necessities import STRENGTHS
from kg.web.addresses import with_fields
from kg.web.page import Page, Table
from kg.web.pages.given import choice, page_number
from kg.web.pages.listed import COLUMNS, detailed
from kg.web.pages.queries import LEVELS, POSTINGS, skills_of, titles_of, which
from kg.web.sections import section_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.names import Found
    from kg.rows import Rows, Value
    from kg.web.desk import Desk

SCREEN: Final = 60
"""Rows of a screenful."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a screenful lies in a list, and the addresses of those beside it."""

    number: int
    pages: int
    first: int
    last: int
    total: int
    before: str | None
    behind: str | None


def paged(path: str, given: Mapping[str, str], total: int) -> Pager:
    """Return the place of the page that is asked for; behind the last, the last."""
    pages = max(1, -(-total // SCREEN))
    number = min(page_number(given), pages)
    fields = {name: value for name, value in given.items() if name != "page"}

    def other(place: int) -> str | None:
        inside = 1 <= place <= pages
        return with_fields(path, {**fields, "page": str(place)}) if inside else None

    first = (number - 1) * SCREEN
    last = min(first + SCREEN, total)
    return Pager(
        number, pages, first + 1 if total else 0, last, total, other(number - 1), other(number + 1)
    )


def roles(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return all roles, the commonest first."""
    rows = desk.ask("roles")
    columns = {"role": "role", "postings": "postings", "employers": "employers", "levels": "levels"}
    return _list(desk, given, "Roles", "/roles", rows, columns, "kg ask roles")


def levels(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return all levels, the lowest first."""
    rows = desk.query("Levels, from the lowest up", LEVELS)
    columns = {"level": "level", "postings": "postings", "roles": "roles", "employers": "employers"}
    return _list(desk, given, "Levels", "/levels", rows, columns, None)


def skills(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return all skills as they are asked for in one way, the commonest first."""
    necessity = choice(given, "necessity", STRENGTHS, "required")
    rows = desk.query(f"Skills: {necessity}", skills_of("", necessity))
    kinds = sorted({str(row["kind"]) for row in rows.to_dicts() if row["kind"]})
    kind = choice(given, "kind", ("", *kinds), "")
    kept = [row for row in rows.to_dicts() if kind in ("", row["kind"])]
    columns = {"skill": "skill", "kind": "kind", "postings": "postings"}
    shown = {
        "chosen": {"kind": kind, "necessity": necessity},
        "choices": {"necessity": STRENGTHS, "kind": ("", *kinds)},
    }
    command = f"kg ask skills --necessity {necessity}" + (f" --kind {kind}" if kind else "")
    return _list(desk, given, "Skills", "/skills", rows, columns, command, shown, kept)


def employers(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return all employers, those with most postings first."""
    rows = desk.ask("employers")
    columns = {
        "employer": "employer",
        "postings": "postings",
        "roles": "roles",
        "with_pay": "state pay",
    }
    return _list(desk, given, "Employers", "/employers", rows, columns, "kg ask employers")


def postings(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return all postings, or those of a role, level, employer or with a word in their title."""
    wanted = {name: given.get(name) or "" for name in ("title", "role", "level", "employer")}
    nodes: dict[str, Found] = {}
    if wanted["role"]:
        nodes["role"], nodes["level"] = desk.names.find_role(wanted["role"])
    for kind in ("level", "employer"):
        if wanted[kind]:
            nodes[kind] = desk.names.find(kind, wanted[kind])
    rows = desk.query("Postings", titles_of(which(**nodes), wanted["title"])).to_dicts()
    pager = paged("/postings", given, len(rows))
    start = pager.first - 1 if rows else 0
    section = section_of("postings", "", detailed(desk, rows[start : pager.last]), COLUMNS)
    said = " ".join(f'--{name} "{value}"' for name, value in wanted.items() if value)
    shown = {
        "section": section,
        "pager": pager,
        "path": "/postings",
        "fields_given": wanted,
        "contains": "",
    }

    # Of all of them, not of a screenful: read only where they are asked for as data.
    def data() -> list[Mapping[str, Value]]:
        every = zip(rows, detailed(desk, rows), strict=True)
        return [{**found, "title": row["title"]} for row, found in every]

    def table() -> Table:
        columns = (*COLUMNS, "posting")
        return Table(columns, [[row[name] for name in columns] for row in data()])

    command = f"kg ask postings {said}".strip()
    return Page("list.html", "Postings", data, table, shown, desk.used, command)


def _list(
    desk: Desk,
    given: Mapping[str, str],
    title: str,
    path: str,
    rows: Rows,
    columns: Mapping[str, str],
    command: str | None,
    shown: Mapping[str, object] | None = None,
    kept: Sequence[Mapping[str, Value]] | None = None,
) -> Page:
    said = (given.get("contains") or "").strip()
    found: Sequence[Mapping[str, Value]] = rows.to_dicts() if kept is None else kept
    if said:
        first = next(iter(columns))
        found = [row for row in found if said.casefold() in str(row[first] or "").casefold()]
    pager = paged(path, given, len(found))
    of = int(str(desk.query("How many postings there are", POSTINGS)[0][0]))
    section = section_of(
        path.strip("/"), "", found[pager.first - 1 if found else 0 : pager.last], columns, of=of
    )
    table = Table(rows.columns, [tuple(row.values()) for row in found])
    return Page(
        "list.html",
        title,
        found,
        table,
        {"section": section, "pager": pager, "path": path, "contains": said, **(shown or {})},
        desk.used,
        command,
    )
