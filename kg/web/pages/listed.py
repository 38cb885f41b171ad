"""Lists of postings: their titles all at once, and the rest of those that are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.web.addresses import with_fields
from kg.web.pages.queries import details_of, titles_of
from kg.web.sections import section_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.rows import Value
    from kg.web.desk import Desk
    from kg.web.sections import Section

COLUMNS: Final = {
    "title": "title",
    "employer": "employer",
    "role": "role",
    "level": "level",
    "date_posted": "posted",
}


def listed(desk: Desk, which: str, limit: int, **asked: str | None) -> Section:
    """Return the first of such postings; `asked` is what they have in common."""
    rows = desk.query("Postings", titles_of(which)).to_dicts()
    fields = {name: value or "" for name, value in asked.items()}
    columns = {name: head for name, head in COLUMNS.items() if name not in asked}
    made = section_of("postings", "Postings", detailed(desk, rows[:limit]), columns)
    more = with_fields("/postings", fields)
    return made.of_all(len(rows), more)


def detailed(desk: Desk, rows: Sequence[Mapping[str, Value]]) -> list[Mapping[str, Value]]:
    """Return the rows with what else lists show of each posting."""
    if not rows:
        return []
    found: dict[str, Mapping[str, Value]] = {}
    sparql = details_of(str(row["posting"]) for row in rows)
    for row in desk.query("What lists show of postings", sparql).to_dicts():
        found.setdefault(str(row["posting"]), row)
    absent: Mapping[str, Value] = dict.fromkeys(COLUMNS)
    return [
        {
            **absent,
            **found.get(str(row["posting"]), {}),
            **row,
            "title": row["title"] or "(untitled)",
        }
        for row in rows
    ]
