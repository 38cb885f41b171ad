"""What the pages on one skill, one role and one employer are made from, and how it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg import KnowledgeGraph
    from kg.analysis.cooccurrence import Cooccurrence
    from kg.analysis.duties import StatedDuty
    from kg.analysis.ladder_rows import Ladder
    from kg.analysis.pay_rows import PayReport
    from kg.analysis.similar import Similar
    from kg.analysis.trend_rows import Trends
    from kg.rows import Rows

ALIKE: Final = 12
"""Things that are like it, at most."""


@dataclass(frozen=True, slots=True)
class SkillResults:
    """What a page on a skill is made from; `node` is the skill's node in the graph."""

    label: str
    node: str
    roles: Rows
    employers: Rows
    below: Rows
    words: Rows
    pairs: Cooccurrence
    similar: Similar | None
    pay: PayReport
    trends: Trends


@dataclass(frozen=True, slots=True)
class RoleResults:
    """What a page on a role is made from."""

    label: str
    skills: Rows
    places: Rows
    fields: Rows
    employers: Rows
    ladder: Ladder
    pay: PayReport
    similar: Similar | None
    duties: Sequence[StatedDuty]


@dataclass(frozen=True, slots=True)
class EmployerResults:
    """What a page on an employer is made from."""

    label: str
    skills: Rows
    roles: Rows
    postings: Rows
    similar: Similar | None


def skill_results(graph: KnowledgeGraph, name: str) -> SkillResults:
    """Ask a graph what a page on a skill shows."""
    trends = graph.trends(skill=name)
    row = trends.rows[0]
    node = row.concept or name
    return SkillResults(
        label=row.label,
        node=node,
        roles=graph.ask("roles-of-skill", skill=name, copies="one"),
        employers=graph.ask("employers-of-skill", skill=name, copies="one"),
        below=graph.ask("skills-below", skill=name, copies="one"),
        words=graph.ask("words-of-skill", skill=name),
        pairs=graph.cooccurrence(skill=name),
        similar=_similar(graph, f"skill: {name}"),
        pay=graph.pay(skill=name),
        trends=trends,
    )


def role_results(graph: KnowledgeGraph, name: str, *, estimates: bool = False) -> RoleResults:
    """Ask a graph what a page on a role shows."""
    ladder = graph.ladder(name, estimates=estimates)
    return RoleResults(
        label=ladder.role,
        skills=graph.ask("skills-of-role", role=name, copies="one"),
        places=graph.ask("places-of-role", role=name, copies="one"),
        fields=graph.ask("fields-of-role", role=name, copies="one"),
        employers=graph.ask("employers", role=name),
        ladder=ladder,
        pay=graph.pay(role=name, estimates=estimates),
        similar=_similar(graph, f"role: {name}"),
        duties=graph.duties(f"role: {name}"),
    )


def employer_results(graph: KnowledgeGraph, name: str) -> EmployerResults:
    """Ask a graph what a page on an employer shows."""
    postings = graph.ask("postings", employer=name)
    label = next((str(one) for one in postings.column("employer") if one), name)
    return EmployerResults(
        label=label,
        skills=graph.ask("skills-of-employer", employer=name, copies="one"),
        roles=graph.ask("roles", employer=name, copies="one"),
        postings=postings,
        similar=_similar(graph, f"employer: {name}"),
    )


def _similar(graph: KnowledgeGraph, name: str) -> Similar | None:
    """Return what is like a thing; None where too little is known of it to be like anything."""
    try:
        found = graph.similar(name, limit=ALIKE)
    except LookupError:
        return None
    return found if found.rows else None
