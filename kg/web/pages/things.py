"""The pages of roles, levels, skills and employers: what the postings of each say."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.corpus.corpus import position_label
from kg.iris import local_name
from kg.web.addresses import address_of, with_fields
from kg.web.page import Moved, Page, Table
from kg.web.pages.duties import duties
from kg.web.pages.listed import listed
from kg.web.pages.queries import (
    CONCEPT,
    EDGES,
    LABELS,
    LEVELS,
    POSTINGS,
    about,
    asking,
    degrees_of,
    first_graphs,
    grouped,
    levels_of,
    pay_of,
    skills_beside,
    skills_of,
    ways_of,
    which,
    words_of,
)
from kg.web.sections import question_address, section_of
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.names import Found
    from kg.rows import Rows
    from kg.web.desk import Desk
    from kg.web.sections import Section

FEW: Final = 8
MANY: Final = 20
WITH_EVIDENCE: Final = 12
TITLES: Final = {"required": "Required", "preferred": "Preferred", "alternative": "One of several"}
COUNTED: Final = {"skill": "skill", "postings": "postings"}


def role(desk: Desk, given: Mapping[str, str]) -> Page | Moved:
    """Return what the postings of a role ask for, at all levels or at one."""
    name, level = given.get("name", ""), given.get("level") or None
    roles, levels = desk.names.find_role(name)
    label = _label(desk, roles)
    if levels:
        return Moved(address_of("role", label, level=level or _label(desk, levels)))
    if label != name:
        return Moved(address_of("role", label, level=level))
    at = desk.names.find("level", level) if level else ()
    chosen = _label(desk, at) if at else None
    these = which(role=roles, level=at)
    postings = listed(desk, these, FEW, role=label, level=chosen)
    of = postings.total
    ladder = desk.query("Its levels", levels_of(which(role=roles))).to_dicts()
    required = desk.query("Skills: required", skills_of(these, "required"))
    asked = {"role": label, "level": chosen}
    sections = [
        section_of(
            "levels",
            "Levels",
            [{**row, "role": label} for row in ladder],
            {"level": "level", "postings": "postings"},
            of=of if chosen is None else None,
            more=question_address("levels-of-role", role=label, copies="one"),
        ),
        *_skills(desk, these, of, "skills-of-role", asked),
        duties(desk, these, of, **asked),
        section_of(
            "degrees",
            "Degrees",
            desk.query("Degrees", degrees_of(these)),
            {"degree": "degree", "necessity": "necessity", "postings": "postings"},
            limit=FEW,
            of=of,
            more=question_address("degrees-by-level", **asked),
        ),
        section_of(
            "pay",
            "Pay by the year, as stated",
            desk.query("Pay", pay_of(these)),
            {
                "level": "level",
                "currency": "currency",
                "postings": "postings",
                "lowest": "lowest",
                "mean_low": "mean low",
                "mean_high": "mean high",
                "highest": "highest",
            },
            more=question_address("pay-by-role-and-level", **asked),
        ),
        postings,
    ]
    shown = {"role": label, "level": chosen, "steps": _steps(label, ladder), "of": of}
    command = f'kg ask skills-of-role --role "{label}"' + (f' --level "{chosen}"' if chosen else "")
    title = label if chosen is None else f"{label}, {chosen}"
    return _page(desk, "role", title, sections, required, shown, command)


def level(desk: Desk, given: Mapping[str, str]) -> Page | Moved:
    """Return which roles are advertised at a level, and what they require."""
    name = given.get("name", "")
    found = desk.names.find("level", name)
    label = _label(desk, found)
    if label != name:
        return Moved(address_of("level", label))
    these = which(level=found)
    postings = listed(desk, these, FEW, level=label)
    of = postings.total
    roles = desk.query("Roles at this level", grouped("role", these))
    sections = [
        section_of(
            "roles",
            "Roles at this level",
            [{**row, "level": label} for row in roles.to_dicts()],
            {"role": "role", "level": "level", "postings": "postings"},
            limit=MANY,
            of=of,
        ),
        section_of(
            "required",
            "Required most",
            desk.query("Skills: required", skills_of(these, "required")),
            COUNTED,
            limit=MANY,
            of=of,
        ),
        duties(desk, these, of, level=label),
        postings,
    ]
    places = [
        str(row["level"]) for row in desk.query("Levels, from the lowest up", LEVELS).to_dicts()
    ]
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
    concept: dict[str, list[str]] = {}
    for row in desk.query("What the vocabulary says of it", about(CONCEPT, found)).to_dicts():
        concept.setdefault(str(row["relation"]), []).append(str(row["name"]))
    counts = {
        str(edge): int(str(n)) for edge, n in desk.query("How it is asked for", ways_of(found))
    }
    ways = {
        necessity: counts[terms.RG + edge.removeprefix("rg:")]
        for necessity, edge in EDGES.items()
        if terms.RG + edge.removeprefix("rg:") in counts
    }
    strongest = next(iter(ways), "required")
    these = asking(found, EDGES[strongest])
    some = desk.query("Some postings that ask for it", first_graphs(these, WITH_EVIDENCE))
    words = desk.query("In their words", words_of(found, [str(row[0]) for row in some]))
    of = ways.get(strongest, 0)
    verb = {"required": "require", "preferred": "prefer", "mentioned": "mention"}
    said = verb.get(strongest, "accept")
    sections = [
        section_of(
            "words",
            "In their words",
            words,
            {
                "words": "words",
                "necessity": "necessity",
                "title": "posting",
                "employer": "employer",
            },
            more=question_address("postings-asking-for", skill=label),
        ),
        section_of(
            "roles",
            f"Roles that {said} it",
            desk.query("Roles", grouped("role", these)),
            {"role": "role", "postings": "postings"},
            limit=MANY,
            of=of,
            more=question_address("roles-of-skill", skill=label, copies="one"),
        ),
        section_of(
            "beside",
            "Required beside it",
            desk.query("Required beside it", skills_beside(found)),
            COUNTED,
            limit=MANY,
            of=ways.get("required", 0),
            more=question_address("skills-beside", skill=label, copies="one"),
        ),
        section_of(
            "employers",
            f"Employers that {said} it",
            desk.query("Employers", grouped("employer", these)),
            {"employer": "employer", "postings": "postings"},
            limit=FEW,
            more=question_address("employers-of-skill", skill=label, copies="one"),
        ),
    ]
    total = int(str(desk.query("How many postings there are", POSTINGS)[0][0]))
    shown = {"concept": concept, "ways": ways, "all": total}
    command = f'kg ask postings-asking-for --skill "{label}"'
    return _page(desk, "skill", label, sections, words, shown, command)


def employer(desk: Desk, given: Mapping[str, str]) -> Page | Moved:
    """Return what an employer hires for, and what it asks for."""
    name = given.get("name", "")
    found = desk.names.find("employer", name)
    label = _label(desk, found) if "://" in name else name
    if label != name:
        return Moved(address_of("employer", label))
    these = which(employer=found)
    postings = listed(desk, these, FEW, employer=name)
    of = postings.total
    required = desk.query("Skills: required", skills_of(these, "required"))
    sections = [
        section_of(
            "roles",
            "Roles",
            desk.query("Roles", grouped("role", these)),
            {"role": "role", "postings": "postings"},
            limit=MANY,
            of=of,
            more=question_address("roles", employer=name),
        ),
        *_skills(desk, these, of, "skills-of-employer", {"employer": name}),
        postings,
    ]
    command = f'kg ask skills-of-employer --employer "{name}"'
    shown = {"of": of, "employer": name}
    return _page(desk, "employer", label, sections, required, shown, command)


def _label(desk: Desk, found: Found) -> str:
    """Return what the first of these is called, the end of its IRI where it has no name."""
    rows = desk.query("What it is called", about(LABELS, found[:1]))
    return str(rows[0][0]) if len(rows) else local_name(found[0].value)


def _skills(
    desk: Desk, these: str, of: int, question: str, asked: Mapping[str, str | None]
) -> list[Section]:
    return [
        section_of(
            necessity,
            title,
            desk.query(f"Skills: {title[0].lower()}{title[1:]}", skills_of(these, necessity)),
            COUNTED,
            limit=MANY if necessity == "required" else FEW,
            of=of,
            more=question_address(question, **{**asked, "necessity": necessity}),
        )
        for necessity, title in TITLES.items()
    ]


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


def _steps(role: str, ladder: Sequence[Mapping[str, object]]) -> list[tuple[str, str, str]]:
    """Return each step of a role's ladder with the address of its comparison."""
    levels = [str(row["level"]) for row in ladder if row["rank"] is not None]
    return [
        (
            low,
            high,
            with_fields(
                "/compare", {"a": position_label(role, low), "b": position_label(role, high)}
            ),
        )
        for low, high in pairwise(levels)
    ]
