"""A role's levels in their order: what each step adds, drops and keeps, and what runs along all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.analysis.caution import Shared, caution
from kg.analysis.comparison import LEVEL
from kg.analysis.comparison_rows import PayRow
from kg.analysis.everyone import Everyone
from kg.analysis.groups import Group, find_group, one_per_job
from kg.analysis.ladder_rows import Ladder, Rung, Step, StepSkill
from kg.analysis.pay_medians import pay_by_posting, pay_difference, pay_middle
from kg.analysis.quantities import degree_shares, difference, middle, years_by_posting
from kg.analysis.separation import MINIMUM_POSTINGS, compare_scope, side_of
from kg.analysis.shares import postings_needed
from kg.corpus import position_key, position_label
from kg.graph_model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.analysis.comparison_rows import SkillRow, VerbRow
    from kg.analysis.ladder_rows import Basis, Change
    from kg.analysis.pay_ranges import PayRange
    from kg.analysis.support import SideName
    from kg.copies.counting import Copies
    from kg.corpus import Corpus

PLAIN_RANK: Final = 90
"""Where postings without a level stand if they are to have a place: at that of "Mid-level"."""
PLAIN: Final = "no level stated"
UNPAID: Final = PayRow(None, None, None, None, None, None)
"""For the cautions of a step, whose pay is reckoned otherwise than that of a comparison."""
SEEN: Final[Mapping[SideName, Change]] = {"a": "dropped", "both": "kept", "b": "added"}
"""What becomes of a skill that the lower level asks for (a), the upper (b), or both."""


def ladder(
    corpus: Corpus,
    role: str,
    *,
    copies: Copies = "one",
    plain: bool = False,
    least: int = 1,
    estimates: bool = False,
) -> Ladder:
    """Return the ladder of a role, by name or IRI.

    Levels stand in the vocabulary's order (`rg:rank`); those with fewer than `least` postings are
    no rungs and are named apart. A posting that states no level has no place in the order; with
    `plain` such postings are a rung of their own at the place of "Mid-level", which is a guess
    that many boards bear out and none states. Of postings that are copies of one job one counts,
    unless `copies` is "all". Each step is the comparison of `kg.analysis.separation` between a
    level and the next that has postings; the trends are those of `kg.analysis.ladder_trends`.
    With `estimates` pay is what a board estimated, and what is stated is left aside.

    Raises `UnknownNameError` for what is no role, `NoPostingsError` for one without postings.
    """
    from kg.analysis.ladder_trends import ladder_trends

    whole = find_group(corpus, role if role in corpus else f"role: {role}")
    group = one_per_job(corpus, whole) if copies == "one" else whole
    corpus.look_at(whole.postings)
    levels, unplaced = _levels(corpus, group, plain=plain)
    few = [(label, len(one.postings)) for _, label, one in levels if len(one.postings) < least]
    levels = [one for one in levels if len(one[2].postings) >= least]
    postings = [posting for _, _, one in levels for posting in one.postings]
    pay, currency = pay_by_posting(
        corpus, postings, whole.postings, copies=copies, estimates=estimates
    )
    rungs = tuple(_rung(corpus, order, label, one, pay, currency) for order, label, one in levels)
    groups = [one for _, _, one in levels]
    everyone = Everyone(corpus, copies)
    steps = tuple(
        _step(corpus, (below, above), groups[place : place + 2], everyone, (pay, currency))
        for place, (below, above) in enumerate(pairwise(rungs))
    )
    trends, refused = ladder_trends(corpus, groups, pay, currency)
    basis: Basis = "estimated" if estimates else "stated"
    return Ladder(whole.label, rungs, unplaced, tuple(few), steps, basis, trends, refused)


def _levels(
    corpus: Corpus, group: Group, *, plain: bool
) -> tuple[list[tuple[int, str, Group]], int]:
    """Return each level with its rank, its label and its postings; and how many have none."""
    found: dict[str | None, list[str]] = defaultdict(list)
    aside: dict[str | None, list[str]] = defaultdict(list)
    for kept, postings in ((found, group.postings), (aside, group.left_out)):
        for posting in postings:
            level = corpus.level(posting)
            is_placed = level is not None and corpus.rank(level) is not None
            kept[level if is_placed else None].append(posting)
    unplaced = len(found.get(None, ()))
    levels = []
    for level, placed in found.items():
        if level is None and not plain:
            continue
        label = PLAIN if level is None else corpus.label(level)
        name = group.label if level is None else position_label(group.label, label)
        node = group.node if level is None else position_key(group.node, level)
        place = PLAIN_RANK if level is None else corpus.rank(level) or 0
        members = Group(
            f"{name}, {PLAIN}" if level is None else name,
            Kind.POSITION,
            node,
            tuple(placed),
            tuple(aside.get(level, ())),
        )
        levels.append((place, label, members))
    return sorted(levels, key=lambda one: (one[0], one[1])), 0 if plain else unplaced


def _rung(
    corpus: Corpus,
    order: int,
    label: str,
    group: Group,
    pay: Mapping[str, PayRange],
    currency: str | None,
) -> Rung:
    return Rung(
        level=label,
        concept=group.node.split()[-1] if " " in group.node else None,
        rank=order,
        side=side_of(corpus, group),
        years=middle(corpus, years_by_posting(corpus, group.postings)),
        pay=pay_middle(_of(pay, group), currency),
        degrees=degree_shares(corpus, group.postings),
    )


def _step(
    corpus: Corpus,
    rungs: tuple[Rung, Rung],
    groups: Sequence[Group],
    everyone: Everyone,
    pay: tuple[Mapping[str, PayRange], str | None],
) -> Step:
    below, above = groups
    found = compare_scope(
        corpus, replace(below, left_out=()), replace(above, left_out=()), everyone
    )
    skills = [_skill(row, enough=found.enough) for row in found.required]
    values, currency = pay
    years = [years_by_posting(corpus, group.postings) for group in groups]
    return Step(
        below=rungs[0].level,
        above=rungs[1].level,
        enough=found.enough,
        caution=caution(
            found.a,
            found.b,
            Shared.by(found.a, found.b),
            UNPAID,
            same_role=True,
            minimum=MINIMUM_POSTINGS,
        ),
        limits=found.limits,
        skills=tuple(sorted(skills, key=_clearness)),
        years=difference(corpus, years[0], years[1]),
        pay=pay_difference(_of(values, below), _of(values, above), currency),
        verbs=tuple(
            sorted((_skill(row, enough=found.enough) for row in found.verbs), key=_clearness)
        ),
    )


def _skill(row: SkillRow | VerbRow, *, enough: bool) -> StepSkill:
    support, found = row.support, row.finding
    share_a, share_b = support.share_a or 0.0, support.share_b or 0.0
    change: Change | None
    shown = found is not None and found.q <= LEVEL
    if enough:
        change = "kept" if support.side == "both" else None
        if shown:
            change = "added" if share_b > share_a else "dropped"
    else:
        change = SEEN[support.side]
    needed = None
    if not shown and share_a != share_b:
        # Of 1 in 1 against 0 in 1 two a side would seem enough, and no two ever are tested.
        needed = max(MINIMUM_POSTINGS, postings_needed(share_a, share_b))
    return StepSkill(row.concept, row.label, change, support, found, needed)


def _clearness(row: StepSkill) -> tuple[float, float, int, str, str]:
    """Sort by p where there is one, then by how far the shares lie apart, or both are asked."""
    support = row.support
    apart = abs((support.share_b or 0.0) - (support.share_a or 0.0))
    seen = support.a + support.b
    first = float(seen) if row.change == "kept" else apart
    p = row.finding.p if row.finding and row.change != "kept" else 1.0
    return p, -first, -seen, row.label.casefold(), row.concept or ""


def _of(pay: Mapping[str, PayRange], group: Group) -> list[PayRange]:
    return [pay[posting] for posting in group.postings if posting in pay]
