"""Analyses as pages: a role's ladder, what is paid, what rises and falls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from kg.analysis import ladder_table, pay_rows, trend_rows
from kg.analysis.pay import check_pay_by
from kg.analysis.timeline import check_by
from kg.views.pages.ladder_page import ladder
from kg.views.pages.pay_page import pay
from kg.views.pages.quoting import FromStore
from kg.views.pages.trends_page import trends
from kg.web.addresses import quote_address
from kg.web.page import Page, Table
from kg.web.pages.given import choice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from kg.analysis.ladder_rows import Ladder
    from kg.analysis.pay_rows import PayReport
    from kg.analysis.trend_rows import Trends
    from kg.web.desk import Desk

OFFERED: Final = 200


class Result(Protocol):
    """What every analysis hands on."""

    def to_json(self) -> Mapping[str, object]:
        """Return the whole."""
        ...

    def to_rows(self) -> Sequence[Mapping[str, object]]:
        """Return one flat table."""
        ...


def ladder_of(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return a role's levels as steps; without a role, the form."""
    role = (given.get("role") or "").strip()
    if not role:
        return _form(desk, given, "The levels of a role", "/ladder", needs_role=True)
    found: Ladder = desk.analysis(("ladder", role), lambda graph: graph.ladder(role))
    members = [one for rung in found.rungs for one in rung.side.members]
    fragment = ladder(found, FromStore(desk.passages, members, quote_address), desk.link)
    title, command = f"{found.role}: its levels", f'kg ladder "{role}"'
    return _page(desk, given, title, "/ladder", command, found, ladder_table.COLUMNS, fragment)


def pay_of_group(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return what is paid, of a role or of all."""
    role = (given.get("role") or "").strip() or None
    by = choice(given, "by", BY_PAY, "")
    told = check_pay_by(by) if by else None
    is_estimated = choice(given, "pay", PAY, PAY[0]) == "estimated"
    found: PayReport = desk.analysis(
        ("pay", role, by, is_estimated),
        lambda graph: graph.pay(role=role, by=told, estimates=is_estimated),
    )
    fragment = pay(found, FromStore(desk.passages, at=quote_address), desk.link)
    options = (f'--role "{role}"' * bool(role), f"--by {by}" * bool(by))
    said = " ".join(filter(None, (*options, "--estimates" * is_estimated)))
    return _page(
        desk, given, f"Pay: {found.scope}", "/pay", f"kg pay {said}".strip(), found,
        pay_rows.COLUMNS, fragment, {"by": BY_PAY, "pay": PAY},
    )  # fmt: skip


def trends_of(desk: Desk, given: Mapping[str, str]) -> Page:
    """Return what rises and falls over time, of a role or of all."""
    role = (given.get("role") or "").strip() or None
    by = check_by(choice(given, "by", BY_TIME, "month"))
    found: Trends = desk.analysis(
        ("trends", role, by), lambda graph: graph.trends(role=role, by=by)
    )
    fragment = trends(found, FromStore(desk.passages, at=quote_address), desk.link)
    command = f"kg trends --by {by}" + (f' --role "{role}"' if role else "")
    return _page(
        desk, given, "Trends", "/trends", command, found, trend_rows.COLUMNS, fragment,
        {"by": BY_TIME},
    )  # fmt: skip


BY_PAY: Final = ("", "role", "level", "place", "month", "quarter", "year")
PAY: Final = ("stated", "estimated")
"""Which pay: what postings state, or what a board estimates."""
BY_TIME: Final = ("month", "quarter", "year")


def _form(desk: Desk, given: Mapping[str, str], title: str, path: str, *, needs_role: bool) -> Page:
    shown: dict[str, object] = {
        "fragment": None,
        "needs_role": needs_role,
        "action": path,
        "role": given.get("role", ""),
        "roles": _roles(desk),
        "choices": {},
        "chosen": {},
    }
    return Page("analysis.html", title, None, Table((), ()), shown, desk.used)


def _page(
    desk: Desk,
    given: Mapping[str, str],
    title: str,
    path: str,
    command: str,
    found: Result,
    columns: Sequence[str],
    fragment: Markup,
    choices: Mapping[str, Sequence[str]] | None = None,
) -> Page:
    def table() -> Table:
        return Table(columns, [[row[name] for name in columns] for row in found.to_rows()])

    shown = {
        "fragment": fragment,
        "needs_role": path == "/ladder",
        "action": path,
        "role": given.get("role", ""),
        "roles": _roles(desk),
        "choices": choices or {},
        "chosen": {name: given.get(name, "") for name in choices or {}},
    }
    return Page("analysis.html", title, found.to_json, table, shown, desk.analysed(), command)


def _roles(desk: Desk) -> list[str]:
    return [str(row["role"]) for row in desk.ask("roles").to_dicts()[:OFFERED]]
