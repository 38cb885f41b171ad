"""What separates two groups of postings: skills, degrees, years, pay."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kg.analysis import statistics, tally
from kg.analysis.caution import caution
from kg.analysis.comparison import Comparison, Member, Side
from kg.analysis.comparison_rows import (
    AlternativeRow,
    DegreeRow,
    DutyRow,
    ExperienceRow,
    SkillRow,
    Support,
)
from kg.analysis.groups import Group, find_group, job_of, one_per_job
from kg.analysis.pay_difference import compare_pay
from kg.graphs import Kind, Relation, nodes_of, targets
from kg.necessities import STRENGTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

    from kg.copies.counting import Copies
    from kg.necessities import Asked

MINIMUM_POSTINGS: Final = 30
"""Postings each side must have before log-odds, p and q are computed. At 30 a side the standard
error of a log-odds ratio around one half is sqrt(2 / (30 * 0.25)) = 0.52, so odds must differ by a
factor of 2.7 to be told from chance; with fewer, almost nothing that is real could be."""

_SIDES: Final = ("a", "both", "b")
_QUALIFIERS: Final = {
    "foreign_equivalent": "or foreign equivalent",
    "related_field": "or related field",
    "equivalent_experience": "or equivalent experience",
}


def compare(graph: nx.MultiDiGraph, a: str, b: str, *, copies: Copies = "one") -> Comparison:
    """Compare two groups of postings by name, on the role-skill graph.

    A name is a role with a level ("Machine Learning Engineer I"), a role, or an employer. A skill
    counts on a side by the number of postings that require it; what is preferred, mentioned or a
    member of an alternative has rows of its own. Of postings that are copies of one job one counts
    on a side, unless `copies` is "all". Log-odds (above 0: more in b), z, p, q and the
    interval are computed for required skills when both sides have `MINIMUM_POSTINGS` postings and
    share none; `enough` says so. Raises as `find_group` does.

    Method: see `kg.analysis.statistics`; q is over all skills that either side requires.
    """
    found = find_group(graph, a), find_group(graph, b)
    return compare_groups(graph, *found, copies=copies)


def compare_groups(
    graph: nx.MultiDiGraph, a: Group, b: Group, *, copies: Copies = "one"
) -> Comparison:
    """Compare two groups that are already found; either may be empty."""
    corpus = nodes_of(graph, Kind.POSTING)
    if copies == "one":
        a, b = one_per_job(graph, a), one_per_job(graph, b)
        corpus = [posting for posting in corpus if job_of(graph, posting) == posting]
    jobs = [{job_of(graph, posting) for posting in group.postings} for group in (a, b)]
    enough = min(len(a.postings), len(b.postings)) >= MINIMUM_POSTINGS
    enough = enough and not jobs[0] & jobs[1]
    rows = _skill_rows(graph, a, b)
    if enough:
        rows = _tested(graph, rows, corpus)
    pay = compare_pay(graph, a, b)
    sides = _side(graph, a), _side(graph, b)
    return Comparison(
        a=sides[0],
        b=sides[1],
        enough=enough,
        caution=caution(*sides, pay, same_role=_same_role(graph, a, b), minimum=MINIMUM_POSTINGS),
        skills=tuple(sorted(rows, key=_order)),
        alternatives=_alternative_rows(graph, a, b),
        degrees=_degree_rows(graph, a, b),
        experience=_experience_rows(graph, a, b),
        duties=_duty_rows(graph, a, b),
        pay=pay,
    )


def _side(graph: nx.MultiDiGraph, group: Group) -> Side:
    members = []
    for posting in group.postings:
        data = graph.nodes[posting]
        employers = targets(graph, posting, Relation.AT_EMPLOYER)
        employer = graph.nodes[employers[0]]["label"] if employers else None
        job = job_of(graph, posting)
        members.append(Member(data["identifier"], data["title"], data["source"], employer, job))
    return Side(group.label, group.kind.value, tuple(members), len(group.left_out))


def _same_role(graph: nx.MultiDiGraph, a: Group, b: Group) -> bool:
    if not a.kind == b.kind == Kind.POSITION:
        return False
    return targets(graph, a.node, Relation.HAS_ROLE) == targets(graph, b.node, Relation.HAS_ROLE)


def _skill_rows(graph: nx.MultiDiGraph, a: Group, b: Group) -> list[SkillRow]:
    found = tally.tally(graph, a, b, tally.skills)
    ways: dict[str, dict[Asked, Support]] = defaultdict(dict)
    for (skill, asked), support in found.items():
        ways[skill][asked] = support
    rows = []
    for (skill, asked), support in found.items():
        others = {way: ways[skill][way] for way in STRENGTHS if way in ways[skill] and way != asked}
        data = graph.nodes[skill]
        also_a = {way: other.a for way, other in others.items() if other.a}
        also_b = {way: other.b for way, other in others.items() if other.b}
        rows.append(SkillRow(data["concept"], data["label"], asked, support, also_a, also_b))
    return rows


def _order(row: SkillRow) -> tuple[Any, ...]:
    """Sort by way of asking, side, strength of the difference, number of postings, label."""
    strength = abs(row.effect.z) if row.effect else 0.0
    seen = row.support.a + row.support.b
    way = STRENGTHS.index(row.necessity)
    side = _SIDES.index(row.support.side)
    return way, side, -strength, -seen, row.label.casefold(), row.concept or ""


def _tested(
    graph: nx.MultiDiGraph, rows: list[SkillRow], postings: Sequence[str]
) -> list[SkillRow]:
    """Add effect, p and q to the required skills; `postings` are all that are known."""
    corpus = Counter(
        graph.nodes[skill]["concept"] or graph.nodes[skill]["label"]
        for posting in postings
        for skill in targets(graph, posting, Relation.REQUIRES)
    )
    tested = []
    for row in rows:
        if row.necessity == "required":
            share = corpus[row.concept or row.label] / len(postings)
            said = row.support
            counts = said.a, said.size_a, said.b, said.size_b
            effect = statistics.log_odds(*counts, corpus_share=share)
            tested.append(replace(row, effect=effect, p=statistics.fisher(*counts)))
    q_values = statistics.benjamini_hochberg([row.p for row in tested if row.p is not None])
    tested = [replace(row, q=q) for row, q in zip(tested, q_values, strict=True)]
    return tested + [row for row in rows if row.necessity != "required"]


def _alternative_rows(graph: nx.MultiDiGraph, a: Group, b: Group) -> tuple[AlternativeRow, ...]:
    found = tally.tally(graph, a, b, tally.alternatives)
    rows = [AlternativeRow(*key, support) for key, support in found.items()]
    return tuple(sorted(rows, key=lambda row: (*_place(row.support), row.members, row.minimum)))


def _degree_rows(graph: nx.MultiDiGraph, a: Group, b: Group) -> tuple[DegreeRow, ...]:
    found = tally.tally(graph, a, b, tally.degrees)
    rows = []
    for (degree, asked), support in found.items():
        data = graph.nodes[degree]
        (fields_a, said_a), (fields_b, said_b) = (_details(graph, one, degree) for one in (a, b))
        rows.append(
            DegreeRow(
                data["concept"], data["label"], asked, support, fields_a, fields_b, said_a, said_b
            )
        )
    return tuple(
        sorted(
            rows, key=lambda row: (STRENGTHS.index(row.necessity), *_place(row.support), row.label)
        )
    )


def _details(
    graph: nx.MultiDiGraph, group: Group, degree: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the fields and the qualifiers that a group's postings add to a degree."""
    fields: set[str] = set()
    said: set[str] = set()
    for posting in group.postings:
        for data in graph.get_edge_data(posting, degree, default={}).values():
            fields.update(data["fields"])
            said.update(words for name, words in _QUALIFIERS.items() if data[name])
    return tuple(sorted(fields)), tuple(sorted(said))


def _experience_rows(graph: nx.MultiDiGraph, a: Group, b: Group) -> tuple[ExperienceRow, ...]:
    found = tally.tally(graph, a, b, tally.experience)
    rows = [ExperienceRow(*key, support) for key, support in found.items()]
    return tuple(
        sorted(
            rows, key=lambda row: (STRENGTHS.index(row.necessity), *_place(row.support), row.label)
        )
    )


def _duty_rows(graph: nx.MultiDiGraph, a: Group, b: Group) -> tuple[DutyRow, ...]:
    found = tally.tally(graph, a, b, tally.duties)
    rows = []
    for skill, support in found.items():
        data = graph.nodes[skill]
        rows.append(DutyRow(data["concept"], data["label"], support))
    return tuple(sorted(rows, key=lambda row: (*_place(row.support), row.label, row.concept or "")))


def _place(support: Support) -> tuple[int, int]:
    """Return where a row stands: by side, then by the number of postings, most first."""
    return _SIDES.index(support.side), -(support.a + support.b)
