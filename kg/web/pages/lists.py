"""Lists: every role, level, skill, employer and posting there is, a screenful at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.necessities import STRENGTHS
from kg.web.addresses import with_fields
from kg.web.page import Page, Table
from kg.web.pages.given import page_number
from kg.web.pages.queries import LEVELS, POSTINGS
from kg.web.sections import section_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    kind, necessity = given.get("kind") or None, given.get("necessity") or "required"
    rows = desk.ask("skills", kind=kind, necessity=necessity)
    kinds = sorted({str(one["kind"]) for one in desk.ask("skills").to_dicts() if one["kind"]})
    columns = {"skill": "skill", "kind": "kind", "postings": "postings", "employers": "employers"}
    shown = {
        "chosen": {"kind": kind or "", "necessity": necessity},
        "choices": {"necessity": STRENGTHS, "kind": ("", *kinds)},
    }
    command = f"kg ask skills --necessity {necessity}" + (f" --kind {kind}" if kind else "")
    return _list(desk, given, "Skills", "/skills", rows, columns, command, shown)


def employers(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return all employers, those with most postings first."""
    rows = desk.ask("employers")
    columns = {
        "employer": "employer", "postings": "postings", "roles": "roles", "with_pay": "state pay",
    }  # fmt: skip
    return _list(desk, given, "Employers", "/employers", rows, columns, "kg ask employers")


def postings(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return all postings, or those of a role, level, employer or with a word in their title."""
    wanted = {name: given.get(name) or None for name in ("role", "level", "employer", "title")}
    rows = desk.ask("postings", **wanted)
    columns = {
        "title": "title", "employer": "employer", "role": "role", "level": "level",
        "date_posted": "posted",
    }  # fmt: skip
    said = " ".join(f'--{name} "{value}"' for name, value in wanted.items() if value)
    shown = {"fields_given": {name: value or "" for name, value in wanted.items()}}
    command = f"kg ask postings {said}".strip()
    return _list(desk, given, "Postings", "/postings", rows, columns, command, shown)


def _list(
    desk: Desk,
    given: Mapping[str, str],
    title: str,
    path: str,
    rows: Rows,
    columns: Mapping[str, str],
    command: str | None,
    shown: Mapping[str, object] | None = None,
) -> Page:
    said = (given.get("contains") or "").strip()
    found: Sequence[Mapping[str, Value]] = rows.to_dicts()
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
