"""The first page: search, what the store holds, and where to go from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.web.page import Page, Table
from kg.web.pages.queries import COPIES, DATES, LEVELS, POSTINGS, SKILLS, skills_of
from kg.web.sections import section_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.web.desk import Desk

FIRST: Final = 8
"""Things of a kind that are named."""


def home(desk: Desk, _: Mapping[str, str]) -> Page:
    """Return the first page."""
    roles = desk.ask("roles")
    skills = desk.query("Skills: required", skills_of("", "required"))
    employers, levels = desk.ask("employers"), desk.query("Levels, from the lowest up", LEVELS)
    counts = {
        "postings": desk.query("How many postings there are", POSTINGS)[0][0],
        "copies": desk.query("How many of them are copies of others", COPIES)[0][0],
        "roles": len(roles),
        "levels": len(levels),
        "skills": desk.query("How many skills are asked for", SKILLS)[0][0],
        "employers": len(employers),
    }
    first, last, dated = desk.query("When they were posted", DATES)[0]
    period = {"first": first, "last": last, "dated": dated}
    of = int(str(counts["postings"]))
    sections = [
        section_of(
            "roles",
            "Roles",
            roles,
            {"role": "role", "postings": "postings"},
            limit=FIRST,
            of=of,
            more="/roles",
        ),
        section_of(
            "skills",
            "Skills most required",
            skills,
            {"skill": "skill", "postings": "postings"},
            limit=FIRST,
            of=of,
            more="/skills",
        ),
        section_of(
            "employers",
            "Employers",
            employers,
            {"employer": "employer", "postings": "postings"},
            limit=FIRST,
            of=of,
            more="/employers",
        ),
    ]
    table = Table(("what", "count"), list(counts.items()))
    data = {**counts, "posted": period}
    return Page(
        "home.html",
        "What the postings ask for",
        data,
        table,
        {"counts": counts, "period": period, "sections": sections},
        desk.used,
    )
