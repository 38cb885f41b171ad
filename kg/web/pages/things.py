"""The pages of roles, levels, skills and employers: what the postings of each say."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from kg.iris import local_name
from kg.web.addresses import address_of, with_fields
from kg.web.page import Moved, Page, Table
from kg.web.pages.queries import (
    CONCEPT,
    LABELS,
    LEVELS,
    POSTINGS,
    ROLES_AT_LEVEL,
    SKILLS_AT_LEVEL,
    about,
)
from kg.web.sections import question_address, section_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.names import Found
    from kg.rows import Rows
    from kg.web.desk import Desk
    from kg.web.sections import Section

FEW: Final = 8
MANY: Final = 20
WITH_EVIDENCE: Final = 12


def role(desk: Desk, given: Mapping[str, str]) -> Page | Moved:
    """Return what the postings of a role ask for, at all levels or at one."""
    name, level = given.get("name", ""), given.get("level") or None
    roles, levels = desk.names.find_role(name)
    label = _label(desk, roles)
    if levels:
        return Moved(address_of("role", label, level=level or _label(desk, levels)))
    if label != name:
        return Moved(address_of("role", label, level=level))
    chosen = _label(desk, desk.names.find("level", level)) if level else None
    asked = {"role": label, "level": chosen, "copies": "one"}
    ladder = desk.ask("levels-of-role", role=label, copies="one")
    skills = desk.ask("skills-of-role", **asked)
    of = int(str(skills[0][3])) if len(skills) else 0
    pay = desk.ask("pay-by-role-and-level", **asked)
    postings = desk.ask("postings", role=label, level=chosen)
    sections = [
        section_of(
            "levels",
            "Levels",
            [{**row, "role": label} for row in ladder.to_dicts()],
            {"level": "level", "postings": "postings", "employers": "employers"},
            of=sum(int(str(row[2])) for row in ladder),
            more=question_address("levels-of-role", role=label, copies="one"),
        ),
        *_by_necessity(skills, "skills-of-role", asked),
        _degrees(desk, asked),
        section_of(
            "pay",
            "Pay by the year, as stated",
            pay,
            {
                "level": "level",
                "currency": "currency",
                "postings": "postings",
                "lowest": "lowest",
                "mean_low": "mean low",
                "mean_high": "mean high",
                "highest": "highest",
            },
            limit=FEW,
            more=question_address("pay-by-role-and-level", **asked),
        ),
        _postings(postings, role=label, level=chosen),
    ]
    steps = _steps(label, [str(row[0]) for row in ladder if row[0]])
    return _page(
        desk,
        "role",
        label if chosen is None else f"{label}, {chosen}",
        sections,
        skills,
        {"role": label, "level": chosen, "steps": steps, "of": of},
        f'kg ask skills-of-role --role "{label}"' + (f' --level "{chosen}"' if chosen else ""),
    )


def level(desk: Desk, given: Mapping[str, str]) -> Page | Moved:
    """Return which roles are advertised at a level, and what they require."""
    name = given.get("name", "")
    found = desk.names.find("level", name)
    label = _label(desk, found)
    if label != name:
        return Moved(address_of("level", label))
    everywhere = desk.query("Levels, from the lowest up", LEVELS).to_dicts()
    row = next((one for one in everywhere if one["level"] == label), None)
    of = int(str(row["postings"])) if row else 0
    roles = desk.query("Roles at this level", about(ROLES_AT_LEVEL, found))
    skills = desk.query("Skills required at this level", about(SKILLS_AT_LEVEL, found))
    sections = [
        section_of(
            "roles",
            "Roles at this level",
            roles,
            {"role": "role", "level": "level", "postings": "postings", "employers": "employers"},
            limit=MANY,
            of=of,
        ),
        section_of(
            "skills",
            "Skills required most",
            skills,
            {"skill": "skill", "postings": "postings"},
            limit=MANY,
            of=of,
        ),
        _postings(desk.ask("postings", level=label), level=label),
    ]
    places = [str(one["level"]) for one in everywhere]
    at = places.index(label) if label in places else None
    beside = {
        "below": places[at - 1] if at else None,
        "above": places[at + 1] if at is not None and at + 1 < len(places) else None,
    }
    shown = {"level": label, "of": of, "beside": beside}
    return _page(desk, "level", label, sections, roles, shown, f'kg ask postings --level "{label}"')


def skill(desk: Desk, given: Mapping[str, str]) -> Page | Moved:
    """Return who asks for a skill, in which words, and what is asked for beside it."""
    name = given.get("name", "")
    found = desk.names.find("skill", name)
    label = _label(desk, found)
    if label != name:
        return Moved(address_of("skill", label))
    said = desk.query("What the vocabulary says of it", about(CONCEPT, found)).to_dicts()
    concept: dict[str, list[str]] = {}
    for row in said:
        concept.setdefault(str(row["relation"]), []).append(str(row["name"]))
    asking = desk.ask("postings-asking-for", skill=label)
    of = int(str(desk.query("How many postings there are", POSTINGS)[0][0]))
    jobs = {str(row["posting"]) for row in asking.to_dicts()}
    sections = [
        section_of(
            "words",
            "In their words",
            asking,
            {
                "words": "words",
                "necessity": "necessity",
                "title": "posting",
                "employer": "employer",
            },
            limit=WITH_EVIDENCE,
            more=question_address("postings-asking-for", skill=label),
        ),
        section_of(
            "roles",
            "Roles that ask for it",
            desk.ask("roles-of-skill", skill=label, copies="one"),
            {"role": "role", "level": "level", "necessity": "necessity", "postings": "postings"},
            limit=MANY,
            of=len(jobs),
            more=question_address("roles-of-skill", skill=label, copies="one"),
            note="Narrower skills count in.",
        ),
        section_of(
            "beside",
            "Asked for beside it",
            desk.ask("skills-beside", skill=label, copies="one"),
            {"skill": "skill", "postings": "postings"},
            limit=MANY,
            of="of",
            more=question_address("skills-beside", skill=label, copies="one"),
        ),
        section_of(
            "employers",
            "Employers that ask for it",
            desk.ask("employers-of-skill", skill=label, copies="one"),
            {"employer": "employer", "necessity": "necessity", "postings": "postings"},
            limit=FEW,
            more=question_address("employers-of-skill", skill=label, copies="one"),
        ),
    ]
    shown = {"concept": concept, "of": len(jobs), "all": of, "iris": [one.value for one in found]}
    command = f'kg ask postings-asking-for --skill "{label}"'
    return _page(desk, "skill", label, sections, asking, shown, command)


def employer(desk: Desk, given: Mapping[str, str]) -> Page | Moved:
    """Return what an employer hires for, and what it asks for."""
    name = given.get("name", "")
    found = desk.names.find("employer", name)
    label = _label(desk, found)
    if label != name and "://" in name:
        return Moved(address_of("employer", label))
    asked = {"employer": name, "copies": "one"}
    postings = desk.ask("postings", employer=name)
    skills = desk.ask("skills-of-employer", **asked)
    sections = [
        section_of(
            "roles",
            "Roles",
            desk.ask("roles", **asked),
            {"role": "role", "postings": "postings", "levels": "levels"},
            limit=MANY,
            of=len(postings),
            more=question_address("roles", **asked),
        ),
        *_by_necessity(skills, "skills-of-employer", asked, of=len(postings)),
        _postings(postings, employer=name),
    ]
    shown = {"of": len(postings), "employer": name}
    command = f'kg ask skills-of-employer --employer "{name}"'
    return _page(desk, "employer", label, sections, skills, shown, command)


def _label(desk: Desk, found: Found) -> str:
    """Return what the first of these is called, the end of its IRI where it has no name."""
    rows = desk.query("What it is called", about(LABELS, found[:1]))
    return str(rows[0][0]) if len(rows) else local_name(found[0].value)


def _by_necessity(
    rows: Rows, question: str, asked: Mapping[str, str | None], of: int | None = None
) -> list[Section]:
    titles = {"required": "Required", "preferred": "Preferred", "alternative": "One of several"}
    found = rows.to_dicts()
    return [
        section_of(
            necessity,
            title,
            [row for row in found if row["necessity"] == necessity],
            {"skill": "skill", "postings": "postings"},
            limit=MANY if necessity == "required" else FEW,
            of=of if of is not None else "of",
            more=question_address(question, **{**asked, "necessity": necessity}),
        )
        for necessity, title in titles.items()
    ]


def _degrees(desk: Desk, asked: Mapping[str, str | None]) -> Section:
    return section_of(
        "degrees",
        "Degrees",
        desk.ask("degrees-by-level", **asked),
        {
            "degree": "degree",
            "field": "field",
            "level": "level",
            "necessity": "necessity",
            "postings": "postings",
        },
        limit=FEW,
        more=question_address("degrees-by-level", **asked),
    )


def _postings(rows: Rows, **asked: str | None) -> Section:
    return section_of(
        "postings",
        "Postings",
        rows,
        {"title": "title", "employer": "employer", "level": "level", "date_posted": "posted"},
        limit=FEW,
        more=with_fields("/postings", {key: value or "" for key, value in asked.items()}),
    )


def _page(
    desk: Desk,
    kind: str,
    title: str,
    sections: Sequence[Section],
    rows: Rows,
    shown: Mapping[str, object],
    command: str,
) -> Page:
    kept = [one for one in sections if one.total]
    data = {
        kind: title,
        **{
            one.name: {
                "rows": [
                    {head.text: cell.text for head, cell in zip(one.heads, row, strict=True)}
                    for row in one.rows
                ],
                "total": one.total,
                "all": one.more,
            }
            for one in kept
        },
    }
    table = Table(rows.columns, rows.rows)
    context = {"kind": kind, "sections": kept, **shown}
    return Page("thing.html", title, data, table, context, desk.used, command)


def _steps(role: str, levels: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return each step of a role's ladder with the address of its comparison."""
    return [
        (low, high, with_fields("/compare", {"a": f"{role} {low}", "b": f"{role} {high}"}))
        for low, high in itertools.pairwise(levels)
    ]
