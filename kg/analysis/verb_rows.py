"""The duties of a comparison: the verbs of scope that each side uses of the person hired."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.analysis import tally
from kg.analysis.comparison_rows import VerbRow
from kg.analysis.skill_rows import LEAST, SIDES
from kg.analysis.support import support_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

    from kg.analysis.groups import Group
    from kg.analysis.observations import Observations


def verb_rows(
    graph: nx.MultiDiGraph,
    a: Group,
    b: Group,
    observed: Observations | None,
    corpus: Sequence[str],
) -> tuple[VerbRow, ...]:
    """Return each duty that a posting of either side states, tested where there is enough data.

    The tests are those of skills (`kg.analysis.statistics`), with q over the duties alone: a verb
    says nothing of a skill, and what is asked of thirty verbs is not answered by a thousand names.
    `corpus` are all postings that are known: the prior is the share of them that state the duty.
    """
    found = tally.tally(graph, a, b, tally.verbs)
    rows = {duty: _row(graph, a, b, duty, said) for duty, said in found.items()}
    if observed:
        counts = Counter(duty for posting in corpus for duty in graph.nodes[posting]["duties"])
        often = [duty for duty, said in found.items() if len(said.a) + len(said.b) >= LEAST]
        shares = [counts[duty] / len(corpus) for duty in often]
        findings = observed.findings([found[duty] for duty in often], shares)
        for duty, finding in zip(often, findings, strict=True):
            rows[duty] = replace(rows[duty], finding=finding)
    return tuple(sorted(rows.values(), key=_order))


def _row(graph: nx.MultiDiGraph, a: Group, b: Group, duty: str, said: tally.Said) -> VerbRow:
    labels = graph.graph["labels"]
    above = graph.graph["broader"].get(duty, ())
    return VerbRow(
        concept=duty,
        label=labels.get(duty, duty.rsplit("/", 1)[-1]),
        family=next((labels[one] for one in above if one in labels), None),
        support=support_of(graph, a, b, said),
    )


def _order(row: VerbRow) -> tuple[Any, ...]:
    """Sort as skills are: by side, strength of the difference, number of postings, label."""
    effect = row.finding.effect if row.finding else None
    strength = abs(effect.z) if effect else 0.0
    seen = row.support.a + row.support.b
    return SIDES.index(row.support.side), -strength, -seen, row.label.casefold(), row.concept
