"""What changes over time: the share of roles and skills in each period's postings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from kg.analysis import tally
from kg.analysis.comparison import LEVEL
from kg.analysis.groups import Group, find_group, find_skill, one_per_job
from kg.analysis.separation import MINIMUM_EMPLOYERS, MINIMUM_POSTINGS
from kg.analysis.skill_rows import LEAST
from kg.analysis.support import employer_of, support_of
from kg.analysis.timeline import Timeline, dates_of
from kg.analysis.trend_rows import Arrival, TrendRow, Trends
from kg.graph_model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.analysis.ordered import Trend
    from kg.analysis.tally import Said
    from kg.analysis.trend_rows import By
    from kg.copies.counting import Copies
    from kg.corpus import Corpus
    from nlp.types import Evidence

Asking: TypeAlias = Literal["required", "preferred", "mentioned", "any"]
"""How a posting must ask for a skill to count; "any" takes members of a choice too."""
ASKED: Final[tuple[Asking, ...]] = get_args(Asking)


def trends(
    corpus: Corpus,
    *,
    role: str | None = None,
    skill: str | None = None,
    by: By = "month",
    asked: Asking = "required",
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
    said = _said(corpus, timeline, asked, wanted)
    rows += _rows(corpus, said, timeline, refused=refused is not None)
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
        rows=tuple(sorted(rows, key=_sureness)),
        early=early.label if early else None,
        late=late.label if late else None,
        arrivals=arrivals,
        caution=refused,
    )


def check_asked(value: str) -> Asking:
    """Return a value as a way of asking. Raises `ValueError` for another."""
    for known in ASKED:
        if value == known:
            return known
    raise ValueError(f"a skill is asked for as {', '.join(ASKED)}, not {value!r}")


def _counted(corpus: Corpus, group: Group, copies: Copies) -> Group:
    return one_per_job(corpus, group) if copies == "one" else group


def _tally(corpus: Corpus, a: Group, b: Group, asked: Asking) -> dict[str, Said]:
    """Gather the postings of both groups by the skills that they ask for so."""

    def read(corpus: Corpus, posting: str) -> Iterator[str]:
        for skill, way in corpus.skills(posting):
            if asked in ("any", way):
                yield skill

    def words(corpus: Corpus, skill: str, posting: str) -> Iterable[Evidence]:
        if asked == "any":
            return tally.any_words(corpus, skill, posting)
        return corpus.words_of_skill(posting, skill, asked)

    return tally.tally(corpus, a, b, read, words)


def _said(corpus: Corpus, timeline: Timeline, asked: Asking, wanted: str | None) -> dict[str, Said]:
    """Return which dated postings ask for each skill, or for the one that is wanted."""
    dated = Group("", "group", "", tuple(timeline.place))
    found = _tally(corpus, dated, Group("", "group", "", ()), asked)
    if wanted is None:
        return found
    return {wanted: found.get(wanted, tally.Said(frozenset(), frozenset()))}


def _rows(
    corpus: Corpus, said: Mapping[str, Said], timeline: Timeline, *, refused: bool
) -> list[TrendRow]:
    tested = {} if refused else {key: one.a for key, one in said.items() if len(one.a) >= LEAST}
    trends_ = dict(zip(tested, _test(timeline, list(tested.values())), strict=True))
    return [
        TrendRow(
            kind="skill",
            concept=corpus.concept(skill),
            label=corpus.label(skill),
            counts=timeline.counts(one.a),
            employers=len({employer_of(corpus, posting) for posting in one.a}),
            trend=trends_.get(skill),
            evidence=one.words,
        )
        for skill, one in said.items()
    ]


def _roles(corpus: Corpus, scope: Group, whole: Timeline, *, refused: bool) -> list[TrendRow]:
    """Return the share of the scope's role among all postings; of each role without a scope."""
    nodes = [scope.node] if scope.node else corpus.nodes(Kind.ROLE)
    having = {
        node: frozenset(one for one in corpus.postings_of(node) if one in whole.place)
        for node in nodes
    }
    tested = {} if refused else {key: one for key, one in having.items() if len(one) >= LEAST}
    trends_ = dict(zip(tested, _test(whole, list(tested.values())), strict=True))
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


def _test(timeline: Timeline, features: Sequence[frozenset[str]]) -> list[Trend]:
    if not features:
        return []
    import numpy as np

    from kg.analysis.ordered import find_trends
    from kg.analysis.quantities import witnesses

    row = {posting: number for number, posting in enumerate(timeline.place)}
    values = np.zeros((len(row), len(features)))
    for column, having in enumerate(features):
        values[[row[posting] for posting in having], column] = 1
    steps = np.array(list(timeline.place.values()), np.float64)
    return find_trends(witnesses(timeline.corpus, timeline.place), steps, values)


def _arrivals(
    corpus: Corpus, early: Group, late: Group, asked: Asking
) -> tuple[Arrival, ...] | None:
    """Return the skills of one half only; None where the halves are too small for a test."""
    for half in (early, late):
        employers = {employer_of(corpus, posting) for posting in half.postings}
        if len(half.postings) < MINIMUM_POSTINGS or len(employers) < MINIMUM_EMPLOYERS:
            return None
    from kg.analysis.observations import Observations

    said = _tally(corpus, early, late, asked)
    tested = {key: one for key, one in said.items() if len(one.a) + len(one.b) >= LEAST}
    total = len(early.postings) + len(late.postings)
    shares = [(len(one.a) + len(one.b)) / total for one in tested.values()]
    findings = Observations(corpus, early, late).findings(list(tested.values()), shares)
    known = dict(zip(tested, findings, strict=True))
    found = []
    for skill, one in said.items():
        if one.a and one.b:
            continue
        finding = known.get(skill)
        found.append(
            Arrival(
                kind="newcomer" if one.b else "leaver",
                concept=corpus.concept(skill),
                label=corpus.label(skill),
                support=support_of(corpus, early, late, one),
                finding=finding,
                shown=finding is not None and finding.q <= LEVEL,
            )
        )
    return tuple(sorted(found, key=_surest))


def _sureness(row: TrendRow) -> tuple[str, float, int, str, str]:
    p = row.trend.p if row.trend else 2.0
    return row.kind, p, -row.postings, row.label.casefold(), row.concept or ""


def _surest(one: Arrival) -> tuple[str, float, int, str, str]:
    p = one.finding.p if one.finding else 2.0
    seen = one.support.a + one.support.b
    return one.kind[::-1], p, -seen, one.label.casefold(), one.concept or ""
