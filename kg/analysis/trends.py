"""What changes over time: the share of roles and skills in each period's postings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array

from kg.analysis.asking import Asking
from kg.analysis.comparison import LEVEL
from kg.analysis.groups import Group, find_group, find_skill, one_per_job
from kg.analysis.observations import Observations
from kg.analysis.ordered import find_trends
from kg.analysis.quantities import witnesses
from kg.analysis.separation import MINIMUM_EMPLOYERS, MINIMUM_POSTINGS
from kg.analysis.skill_rows import LEAST
from kg.analysis.support import employer_of, support_of
from kg.analysis.timeline import Timeline, dates_of
from kg.analysis.trend_rows import Arrival, TrendRow, Trends
from kg.graph_model import Kind

if TYPE_CHECKING:
    from scipy.sparse import csc_array

    from kg.analysis.incidence import Way
    from kg.analysis.ordered import Trend
    from kg.analysis.trend_rows import By
    from kg.copies.counting import Copies
    from kg.corpus import Corpus

ASKED: Final[tuple[Way, ...]] = ("required", "preferred", "mentioned", "any")
"""How a posting must ask for a skill to count; "any" takes members of a choice too."""


def trends(
    corpus: Corpus,
    *,
    role: str | None = None,
    skill: str | None = None,
    by: By = "month",
    asked: Way = "required",
    copies: Copies = "one",
) -> Trends:
    """Return the trends of all roles and skills, of a role and its skills, or of one skill.

    A share is of the postings that state a date: of all of them, or of those of `role` for its
    skills. A job that is posted again counts once, at its first date, unless `copies` is "all".
    Tested are what ten postings have, by `kg.analysis.ordered` over the periods as they lie in
    time, roles and skills each together; a skill that is named is tested alone. Newcomers and
    leavers are skills that only one half of the time asks for, the halves cut where postings
    divide most evenly; `kg.analysis.observations` tests all skills of both halves together.

    Raises `UnknownNameError` for a role or skill that is not there.
    """
    everyone = _counted(corpus, Group("", "group", "", corpus.postings), copies)
    scope = everyone
    if role is not None:
        named = find_group(corpus, role if role in corpus else f"role: {role}")
        scope = _counted(corpus, named, copies)
    wanted = None if skill is None else find_skill(corpus, skill)
    dates = dates_of(corpus, everyone.postings, first=copies == "one")
    dates |= dates_of(corpus, scope.postings, first=copies == "one")
    whole = Timeline(corpus, everyone.postings, dates, by)
    timeline = whole if role is None else Timeline(corpus, scope.postings, dates, by, whole)
    refused = timeline.refusal(by)
    rows = [] if skill else _roles(corpus, scope, whole, refused=bool(whole.refusal(by)))
    asking = Asking(corpus, tuple(timeline.place), asked)
    rows += _rows(corpus, timeline, asking, wanted, refused=refused is not None)
    early, late = timeline.halves() if not refused and wanted is None else (None, None)
    arrivals = None
    if early and late:
        arrivals = _arrivals(corpus, early, late, asked)
        if arrivals is None:
            refused = (
                f"Newcomers and leavers are not sought: {early.label} has {len(early.postings)} "
                f"postings and {late.label} {len(late.postings)}; needed are {MINIMUM_POSTINGS} "
                f"of {MINIMUM_EMPLOYERS} employers each."
            )
    return Trends(
        scope=scope.label or "all postings",
        by=by,
        asked=asked,
        periods=timeline.periods,
        postings=len(timeline.place),
        undated=len(scope.postings) - len(timeline.place),
        left_out=len(scope.left_out),
        rows=tuple(sorted(rows, key=sureness)),
        early=early.label if early else None,
        late=late.label if late else None,
        arrivals=arrivals,
        caution=refused,
    )


def check_asked(value: str) -> Way:
    """Return a value as a way of asking. Raises `ValueError` for another."""
    for known in ASKED:
        if value == known:
            return known
    raise ValueError(f"a skill is asked for as {', '.join(ASKED)}, not {value!r}")


def _counted(corpus: Corpus, group: Group, copies: Copies) -> Group:
    return one_per_job(corpus, group) if copies == "one" else group


def _rows(
    corpus: Corpus, timeline: Timeline, asking: Asking, wanted: str | None, *, refused: bool
) -> list[TrendRow]:
    """Return the trend of each skill that dated postings ask for, or of the one that is wanted."""
    skills = asking.skills
    columns = [place for place, one in enumerate(skills) if wanted in (None, one)]
    tested = [] if refused else [one for one in columns if asking.counts[one] >= LEAST]
    trends_ = dict(zip(tested, _test(timeline, asking.columns[:, tested]), strict=True))
    parts = [timeline.column[timeline.named[one]] for one in timeline.place]
    counts = asking.counts_in(np.array(parts, np.intp), len(timeline.periods))
    sizes = [one.postings for one in timeline.periods]
    rows = [
        TrendRow(
            kind="skill",
            concept=corpus.concept(skills[column]),
            label=corpus.label(skills[column]),
            counts=tuple(zip(counts[column], sizes, strict=True)),
            employers=asking.employers[column],
            trend=trends_.get(column),
            evidence=asking.evidence(column),
        )
        for column in columns
    ]
    if wanted is not None and not rows:
        none = timeline.counts(())
        rows = [TrendRow("skill", corpus.concept(wanted), corpus.label(wanted), none, 0, None, ())]
    return rows


def _roles(corpus: Corpus, scope: Group, whole: Timeline, *, refused: bool) -> list[TrendRow]:
    """Return the share of the scope's role among all postings; without a scope, of each dated."""
    nodes = [scope.node] if scope.node else corpus.nodes(Kind.ROLE)
    dated = {
        node: frozenset(one for one in corpus.postings_of(node) if one in whole.place)
        for node in nodes
    }
    having = {node: one for node, one in dated.items() if one or scope.node}
    tested = {} if refused else {key: one for key, one in having.items() if len(one) >= LEAST}
    row = {posting: number for number, posting in enumerate(whole.place)}
    places = [(row[one], column) for column, each in enumerate(tested.values()) for one in each]
    found = np.array(places, np.int32).reshape(-1, 2).T
    shape = len(row), len(tested)
    has = csr_array((np.ones(len(places)), (found[0], found[1])), shape=shape)
    trends_ = dict(zip(tested, _test(whole, has.tocsc()), strict=True))
    return [
        TrendRow(
            kind="role",
            concept=node,
            label=corpus.label(node),
            counts=whole.counts(one),
            employers=len({employer_of(corpus, posting) for posting in one}),
            trend=trends_.get(node),
            evidence=(),
        )
        for node, one in having.items()
    ]


def _test(timeline: Timeline, having: csc_array) -> list[Trend]:
    """Test each column of (postings, features), the postings being those of the timeline."""
    steps = np.array(list(timeline.place.values()), np.float64)
    return find_trends(witnesses(timeline.corpus, timeline.place), steps, having)


def _arrivals(corpus: Corpus, early: Group, late: Group, asked: Way) -> tuple[Arrival, ...] | None:
    """Return the skills of one half only; None where the halves are too small for a test."""
    for half in (early, late):
        employers = {employer_of(corpus, posting) for posting in half.postings}
        if len(half.postings) < MINIMUM_POSTINGS or len(employers) < MINIMUM_EMPLOYERS:
            return None
    asking = Asking(corpus, early.postings + late.postings, asked)
    tested = np.flatnonzero(asking.counts >= LEAST)
    shares = (asking.counts[tested] / len(asking.made.postings)).tolist()
    findings = Observations(corpus, early, late).test(asking.columns[:, tested], shares)
    known = dict(zip(tested.tolist(), findings, strict=True))
    halves = np.repeat([0, 1], [len(early.postings), len(late.postings)])
    found = []
    for column, (before, after) in enumerate(asking.counts_in(halves, 2)):
        if before and after:
            continue
        finding = known.get(column)
        found.append(
            Arrival(
                kind="newcomer" if after else "leaver",
                concept=corpus.concept(asking.skills[column]),
                label=corpus.label(asking.skills[column]),
                support=support_of(early, late, asking.said(column, len(early.postings))),
                finding=finding,
                shown=finding is not None and finding.q <= LEVEL,
            )
        )
    return tuple(sorted(found, key=surest))


def sureness(row: TrendRow) -> tuple[str, float, int, str, str]:
    """Return what puts rows in order: roles first, the surest trend first."""
    p = row.trend.p if row.trend else 2.0
    return row.kind, p, -row.postings, row.label.casefold(), row.concept or ""


def surest(one: Arrival) -> tuple[str, float, int, str, str]:
    """Return what puts newcomers and leavers in order, the surest first."""
    p = one.finding.p if one.finding else 2.0
    seen = one.support.a + one.support.b
    return one.kind[::-1], p, -seen, one.label.casefold(), one.concept or ""
