"""The skills of a comparison: how each side asks for them, and what a test says of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kg.analysis import tally
from kg.analysis.broader import Above, broader_said
from kg.analysis.comparison import LEVEL
from kg.analysis.comparison_rows import BroaderRow, SkillRow
from kg.analysis.support import support_of
from kg.label_order import in_label_order
from kg.necessities import STRENGTHS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from kg.analysis.everyone import Everyone
    from kg.analysis.findings import Finding
    from kg.analysis.groups import Group
    from kg.analysis.observations import Observations
    from kg.corpus import Corpus
    from kg.necessities import Asked

SIDES: Final = ("a", "both", "b")
TESTED: Final[tuple[Asked, ...]] = ("required", "preferred", "mentioned")
"""The ways of asking that are tested, each with q-values of its own. A member of a choice is none:
who offers "one of six" asks for none of the six."""


LEAST: Final = 10
"""Postings of both sides that a skill must be asked for by to be tested. The total says nothing of
how it falls on the sides, so that leaving out what could show nothing favours no difference, and
each other test loses less to its company (Bourgon, Gentleman & Huber, PNAS 107 (2010) 9546)."""


@dataclass(frozen=True, slots=True)
class Skill:
    """A row with what it was counted from."""

    node: str
    said: tally.Said
    row: SkillRow


def skill_rows(corpus: Corpus, a: Group, b: Group) -> list[Skill]:
    """Return each skill with each way in which a posting of either side asks for it."""
    found = tally.tally_skills(corpus, a, b)
    ways: dict[str, dict[Asked, tally.Said]] = defaultdict(dict)
    for (skill, asked), said in found.items():
        ways[skill][asked] = said
    rows = []
    for (skill, asked), said in found.items():
        of = ways[skill]
        others = {way: of[way] for way in STRENGTHS if way in of and way != asked}
        row = SkillRow(
            concept=corpus.concept(skill),
            label=corpus.label(skill),
            necessity=asked,
            support=support_of(a, b, said),
            also_a={way: other.count_a for way, other in others.items() if other.count_a},
            also_b={way: other.count_b for way, other in others.items() if other.count_b},
        )
        rows.append(Skill(skill, said, row))
    return rows


def with_findings(rows: Sequence[Skill], observed: Observations, everyone: Everyone) -> list[Skill]:
    """Test the rows of each way in `TESTED`."""
    tested = [one for one in rows if one.row.necessity in TESTED and _often(one.said)]
    done = [one for one in rows if one.row.necessity not in TESTED or not _often(one.said)]
    for way in TESTED:
        part = [one for one in tested if one.row.necessity == way]
        shares = [everyone.asking.get((one.node, way), 0) / len(everyone) for one in part]
        findings = observed.findings([one.said for one in part], shares)
        done += [
            replace(one, row=replace(one.row, finding=finding))
            for one, finding in zip(part, findings, strict=True)
        ]
    return done


def broader_rows(
    corpus: Corpus,
    a: Group,
    b: Group,
    observed: Observations,
    everyone: Everyone,
    skills: Sequence[Skill],
) -> tuple[BroaderRow, ...]:
    """Return the broader concepts that separate though none of their members does alone."""
    said = {
        concept: found for concept, found in broader_said(corpus, a, b).items() if _often(found[0])
    }
    findings = observed.findings(
        [one for one, _ in said.values()], [everyone.requiring[concept] for concept in said]
    )
    alone = {
        one.node
        for one in skills
        if one.row.necessity == "required" and one.row.finding and one.row.finding.q <= LEVEL
    }
    found = dict(zip(said, findings, strict=True))
    members = {concept: below for concept, (_, below) in said.items()}
    rows = []
    for concept in separate_as_a_whole(found, members, alone, corpus.vocabulary.broader):
        labels = in_label_order(corpus.label(skill) for skill in members[concept])
        support = support_of(a, b, said[concept][0])
        label = corpus.label(concept)
        rows.append(BroaderRow(concept, label, support, labels, found[concept]))
    return tuple(rows)


def separate_as_a_whole(
    findings: Mapping[str, Finding],
    members: Mapping[str, AbstractSet[str]],
    alone: AbstractSet[str],
    broader: Mapping[str, Sequence[str]],
) -> list[str]:
    """Return the concepts that separate though none of their members is among `alone`, which do.

    The surest first; of two of which one lies above the other, the surer is named.
    """
    above = Above(broader)
    kept: list[str] = []
    found = [one for one in findings if findings[one].q <= LEVEL and not members[one] & alone]
    for concept in sorted(found, key=lambda one: (findings[one].p, one)):
        if not any(other in above(concept) or concept in above(other) for other in kept):
            kept.append(concept)
    return kept


def _often(said: tally.Said) -> bool:
    return len(said.rows) >= LEAST


def row_order(row: SkillRow) -> tuple[Any, ...]:
    """Sort by way of asking, side, strength of the difference, number of postings, label."""
    effect = row.finding.effect if row.finding else None
    strength = abs(effect.z) if effect else 0.0
    seen = row.support.a + row.support.b
    way = STRENGTHS.index(row.necessity)
    side = SIDES.index(row.support.side)
    return way, side, -strength, -seen, row.label.casefold(), row.concept or ""
