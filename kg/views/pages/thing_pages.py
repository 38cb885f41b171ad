"""Pages on one skill, one role, one employer: sections put together from what the graph answers.

Each function asks a graph what its tables ask (named questions and analyses) and lays it out;
nothing is reckoned here. What a page is made from are the results of `thing_results`; whoever has
them already makes the same fragments without asking again.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from kg.analysis.quotes import Quote
from kg.corpus.corpus import position_label
from kg.plurals import counted
from kg.views.pages import sections as made
from kg.views.pages.duty_rows import duty_rows
from kg.views.pages.frame import Link, no_link, page
from kg.views.pages.ladder_page import levels
from kg.views.pages.quoting import LONGEST, FromStore
from kg.views.pages.thing_results import (
    EmployerResults,
    RoleResults,
    SkillResults,
    employer_results,
    role_results,
    skill_results,
)
from kg.views.pages.trends_page import single

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markupsafe import Markup

    from kg import KnowledgeGraph
    from kg.rows import Rows, Value
    from kg.views.pages.quoting import Quoting

QUOTED: Final = 12
"""Postings that a skill's page quotes, at most."""
STRONGEST: Final = ("required", "preferred", "mentioned", "alternative")


def skill(found: SkillResults, quoting: Quoting, link: Link = no_link) -> list[Markup]:
    """Return the fragments of a page on a skill."""
    postings = {str(row["posting"]) for row in found.words.to_dicts()}
    employers = {row["employer"] for row in found.employers.to_dicts()}
    lead = (
        f"{counted(len(postings), 'posting')} of {counted(len(employers), 'employer')} ask for it."
    )
    roles = _by_name(
        (_position(row), row["necessity"], row["postings"], None) for row in found.roles.to_dicts()
    )
    firms = _by_name(
        (
            str(row["employer"]),
            row["necessity"],
            row["postings"],
            link("employer", str(row["employer_iri"])),
        )
        for row in found.employers.to_dicts()
    )
    below = narrower_skills(found.below, found.label, link)
    quotes = [
        Quote(str(row["posting"]).rsplit("/", 1)[-1], str(row["words"]), int(str(row["start"])))
        for row in found.words.to_dicts()
    ]
    firsts = list({one.posting: one for one in quotes}.values())
    shown = [said for one in firsts[:QUOTED] for said in quoting.quote([one])]
    fragments = [
        made.heading("Skill", found.label, lead, _ways(found.words)),
        made.sections(
            [
                made.of_numbers("roles", "Roles that require it", roles),
                made.of_numbers("below", "Narrower skills", below),
                made.of_pairs(found.pairs, found.node, link),
                *([made.of_likeness(found.similar, link)] if found.similar else []),
                made.of_premiums(found.pay, link),
                made.of_numbers("employers", "Employers that require it", firms),
            ]
        ),
        single(found.trends),
        made.passages("In the words of postings", shown, max(0, len(firsts) - len(shown))),
    ]
    return [one for one in fragments if one]


def role(found: RoleResults, quoting: Quoting, link: Link = no_link) -> list[Markup]:
    """Return the fragments of a page on a role."""
    lead = (
        f"{counted(found.pay.whole.of, 'posting')} of {counted(len(found.employers), 'employer')}."
    )
    asked = [
        made.of_counts(
            necessity,
            f"{necessity.capitalize()} skills"
            if necessity != "alternative"
            else "Skills in alternatives",
            [
                (
                    str(row["skill"]),
                    "",
                    int(str(row["postings"])),
                    int(str(row["of"])),
                    link("skill", str(row["skill_iri"])) if row["skill_iri"] else None,
                )
                for row in found.skills.to_dicts()
                if row["necessity"] == necessity
            ],
        )
        for necessity in STRONGEST
    ]
    places = [
        (str(row["place"]), "remote" if row["remote"] else "", int(str(row["postings"])), None)
        for row in found.places.to_dicts()
    ]
    fields = [
        (str(row["field"]), str(row["necessity"]), int(str(row["postings"])), None)
        for row in found.fields.to_dicts()
    ]
    firms = [
        (
            str(row["employer"]),
            "",
            int(str(row["postings"])),
            link("employer", str(row["employer"])),
        )
        for row in found.employers.to_dicts()
    ]
    return [
        made.heading("Role", found.label, lead),
        levels(found.ladder, link),
        duty_rows(found.duties, quoting),
        made.sections(
            [
                asked[0],
                made.of_pay(found.pay, link),
                *asked[1:],
                made.of_numbers("fields", "Fields of study", fields),
                made.of_numbers("places", "Places", places),
                made.of_numbers("employers", "Employers", firms),
                *([made.of_likeness(found.similar, link)] if found.similar else []),
            ]
        ),
    ]


def employer(found: EmployerResults, link: Link = no_link) -> list[Markup]:
    """Return the fragments of a page on an employer."""
    rows = found.postings.to_dicts()
    roles = [
        (
            str(row["role"]),
            counted(int(str(row["levels"])), "level"),
            int(str(row["postings"])),
            link("role", str(row["role_iri"])),
        )
        for row in found.roles.to_dicts()
    ]
    asked = [
        made.of_numbers(
            necessity,
            f"{necessity.capitalize()} skills"
            if necessity != "alternative"
            else "Skills in alternatives",
            [
                (
                    str(row["skill"]),
                    "",
                    int(str(row["postings"])),
                    link("skill", str(row["skill_iri"])) if row["skill_iri"] else None,
                )
                for row in found.skills.to_dicts()
                if row["necessity"] == necessity
            ],
        )
        for necessity in STRONGEST
    ]
    lead = f"{counted(len(rows), 'posting')} of {counted(len(roles), 'role')}, copies included."
    columns = [
        name
        for name in ("title", "role", "level", "date_posted", "source", "id")
        if any(row[name] is not None for row in rows)
    ]
    return [
        made.heading("Employer", found.label, lead),
        made.sections(
            [
                made.of_numbers("roles", "Roles", roles),
                *asked,
                *([made.of_likeness(found.similar, link)] if found.similar else []),
            ]
        ),
        made.table("Postings", found.postings, columns),
    ]


def skill_page(graph: KnowledgeGraph, name: str) -> str:
    """Return the page on a skill, by any of its names. Raises `UnknownNameError`."""
    from kg.passages import Passages

    found = skill_results(graph, name)
    quoting = FromStore(Passages(graph.source, LONGEST))
    return page(
        f"{found.label}: a skill", *skill(found, quoting), made_by=f'kg show skill "{name}"'
    )


def role_page(graph: KnowledgeGraph, name: str, *, estimates: bool = False) -> str:
    """Return the page on a role. Raises `UnknownNameError`."""
    from kg.passages import Passages

    found = role_results(graph, name, estimates=estimates)
    members = chain.from_iterable(rung.side.members for rung in found.ladder.rungs)
    quoting = FromStore(Passages(graph.source, LONGEST), members)
    return page(f"{found.label}: a role", *role(found, quoting), made_by=f'kg show role "{name}"')


def employer_page(graph: KnowledgeGraph, name: str) -> str:
    """Return the page on an employer. Raises `UnknownNameError`."""
    found = employer_results(graph, name)
    made_by = f'kg show employer "{name}"'
    return page(f"{found.label}: an employer", *employer(found), made_by=made_by)


def narrower_skills(rows: Rows, label: str, link: Link) -> list[tuple[str, str, int, str | None]]:
    """Return the narrower skills that are asked for, each once, with what else it is below."""
    above: dict[str, list[str]] = {}
    for row in rows.to_dicts():
        if row["broader"] and row["broader"] != label:
            above.setdefault(str(row["skill_iri"]), []).append(str(row["broader"]))
    found = {
        iri: (
            str(row["skill"]),
            f"below {', '.join(above[iri])}" if iri in above else "",
            int(str(row["postings"])),
            link("skill", iri),
        )
        for row in rows.to_dicts()
        if row["postings"] and row["skill"] != label
        for iri in (str(row["skill_iri"]),)
    }
    return list(found.values())


def _ways(words: Rows) -> list[made.Fact]:
    """Return how many postings ask for a skill in each way."""
    postings = {way: set[str]() for way in STRONGEST}
    for row in words.to_dicts():
        postings[str(row["necessity"])].add(str(row["posting"]))
    return [made.Fact(f"{len(some):,}", way) for way, some in postings.items() if some]


def _by_name(
    rows: Iterable[tuple[str, Value, Value, str | None]],
) -> list[tuple[str, str, int, str | None]]:
    """Return a row a name: how many require it, and below how many ask in another way."""
    counts: dict[str, dict[str, int]] = {}
    links: dict[str, str | None] = {}
    for name, necessity, postings, href in rows:
        counts.setdefault(name, {})[str(necessity)] = int(str(postings))
        links[name] = href
    found = []
    for name, ways in counts.items():
        also = ", ".join(f"{way} {ways[way]}" for way in STRONGEST[1:] if way in ways)
        found.append((name, also, ways.get("required", 0), links[name]))
    return sorted(found, key=lambda row: (-row[2], -sum(counts[row[0]].values()), row[0]))


def _position(row: Mapping[str, Value]) -> str:
    role, level = (str(row[name]) if row[name] else "" for name in ("role", "level"))
    return position_label(role, level) if role and level else role
