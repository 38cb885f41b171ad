"""What is paid: quantiles with intervals by role, level, place or period, and skills' premiums."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from kg.analysis.groups import Group, find_group, find_skill
from kg.analysis.pay_ranges import others, quotes_of, stated_ranges
from kg.analysis.pay_rows import LEVELS, PayGroup, PayReport, Quantile
from kg.analysis.premium import premiums_of
from kg.analysis.quantities import FEWEST
from kg.analysis.timeline import dates_of, period_of
from kg.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.analysis.ladder_rows import Basis
    from kg.analysis.pay_ranges import PayRange
    from kg.copies.counting import Copies
    from kg.corpus import Corpus
    from kg.corpus.paying import Paying

PayBy: TypeAlias = Literal["role", "level", "place", "month", "quarter", "year"]
BYS: Final[tuple[PayBy, ...]] = get_args(PayBy)


def check_pay_by(value: str) -> PayBy:
    """Return a value as what pay is told by. Raises `ValueError` for another."""
    for known in BYS:
        if value == known:
            return known
    raise ValueError(f"pay is by {', '.join(BYS)}, not by {value!r}")


def pay(
    corpus: Corpus,
    *,
    role: str | None = None,
    level: str | None = None,
    place: str | None = None,
    period: str | None = None,
    skill: str | None = None,
    by: PayBy | None = None,
    currency: str | None = None,
    estimates: bool = False,
    copies: Copies = "one",
) -> PayReport:
    """Return the pay of the postings of a role, level, place and period, whichever are given.

    By the year, in `currency` or else the one that most jobs are paid in; the others are counted.
    The rule for ranges and open ends is `kg.analysis.pay_rows.RULE`. Groups are by role, or by
    level where a role is given; a posting in several places is in each of their groups. With
    `skill` its premium alone is sought. With `estimates` what a board estimated is read instead of
    what is stated; the two are never mixed.

    Raises `UnknownNameError` for a name that nothing bears, `ValueError` for a period that is
    none.
    """
    scope = _scope(corpus, role=role, level=level, place=place, period=period)
    corpus.look_at(scope.postings)
    wanted = None if skill is None else find_skill(corpus, skill)
    stated = stated_ranges(corpus, scope.postings, estimates=estimates, copies=copies)
    chosen = currency.upper() if currency else stated.usual()
    ranges = stated.ranges.get(chosen or "", ())
    shown: PayBy = by or ("level" if role else "role")
    jobs = _jobs(corpus, scope.postings, copies)
    groups = _grouped(corpus, scope, shown, copies)
    of_job = {jobs[one.posting]: one for one in ranges}
    basis: Basis = "estimated" if estimates else "stated"
    paid = partial(pay_group, corpus, estimates=estimates)
    premiums, refusal = premiums_of(corpus, ranges, wanted)
    return PayReport(
        scope=scope.label,
        basis=basis,
        currency=chosen,
        by=shown,
        whole=paid("all", scope.label, ranges, len(set(jobs.values()))),
        groups=tuple(
            paid(
                shown,
                label,
                [of_job[job] for job in sorted(members) if job in of_job],
                len(members),
            )
            for label, members in groups
        ),
        unusable=stated.unusable,
        others=others(stated, chosen),
        left_out=len(scope.postings) - len(set(jobs.values())),
        premiums=premiums,
        refusal=refusal,
    )


def _scope(
    corpus: Corpus,
    *,
    role: str | None,
    level: str | None,
    place: str | None,
    period: str | None,
) -> Group:
    """Return the postings of all that is given; of everything where nothing is."""
    given = {"role": role, "level": level, "place": place, "period": period}
    named = {kind: name for kind, name in given.items() if name is not None}
    found = [
        find_group(corpus, name if name in corpus else f"{kind}: {name}")
        for kind, name in named.items()
    ]
    if not found:
        return Group("all postings", "group", "", corpus.in_order)
    shared = set(found[0].postings).intersection(*(one.postings for one in found))
    label = ", ".join(one.label for one in found)
    return Group(label, "group", "", tuple(sorted(shared)))


def _jobs(corpus: Corpus, postings: Sequence[str], copies: Copies) -> dict[str, str]:
    """Return what stands for each posting's job: with all copies counted, the posting itself."""
    return {one: corpus.job(one) if copies == "one" else one for one in postings}


def _grouped(corpus: Corpus, scope: Group, by: PayBy, copies: Copies) -> list[tuple[str, set[str]]]:
    """Return the jobs of each group with its label: levels and periods in order, else by size."""
    jobs = _jobs(corpus, scope.postings, copies)
    found: dict[tuple[float, str], set[str]] = defaultdict(set)
    if by in ("month", "quarter", "year"):
        dates = dates_of(corpus, scope.postings, first=copies == "one")
        for posting in scope.postings:
            label = period_of(dates[posting], by) if posting in dates else "no date"
            found[0.0, label].add(jobs[posting])
        return [(label, members) for (_, label), members in sorted(found.items())]
    nodes_of = {posting: _nodes(corpus, posting, by) for posting in scope.postings}
    if by != "place":  # a place is no concept
        corpus.vocabulary.know({node for nodes in nodes_of.values() for node in nodes})
    for posting, nodes in nodes_of.items():
        for node in nodes:
            rank = corpus.rank(node) if by == "level" else None
            order = math.inf if rank is None else rank
            found[order, corpus.label(node)].add(jobs[posting])
        if not nodes:
            found[math.inf, f"no {by} stated"].add(jobs[posting])
    if by == "level":
        return [(label, members) for (_, label), members in sorted(found.items())]
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(label, members) for (_, label), members in ordered]


def _nodes(corpus: Corpus, posting: str, by: PayBy) -> Sequence[str]:
    """Return the roles, the levels or the places of a posting."""
    if by == "place":
        return corpus.places(posting)
    node = corpus.role(posting) if by == "role" else corpus.level(posting)
    return (node,) if node else ()


def pay_group(
    corpus: Paying, kind: str, label: str, ranges: Sequence[PayRange], of: int, *, estimates: bool
) -> PayGroup:
    """Return what is paid in a group, of whose `of` jobs these ranges are known."""
    employers = {one.employer for one in ranges}
    lows = [one.low for one in ranges if one.low is not None]
    highs = [one.high for one in ranges if one.high is not None]
    quantiles: tuple[Quantile, ...] = ()
    note = None
    if min(len(ranges), len(employers)) >= FEWEST:
        quantiles = _quantiles(ranges)
    else:
        note = too_few(len(ranges), len(employers))
    words = sorted(ranges, key=lambda one: (one.middle, one.posting))
    return PayGroup(
        kind=kind,
        label=label,
        postings=len(ranges),
        of=of,
        employers=len(employers),
        open_ended=sum(one.open_ended for one in ranges),
        lowest=min(lows, default=None),
        highest=max(highs, default=None),
        quantiles=quantiles,
        note=note,
        evidence=quotes_of(corpus, words, estimates=estimates),
    )


def too_few(postings: int, employers: int) -> str:
    """Say what quantiles would need.

    >>> too_few(3, 2)
    'Pay is stated by 3 postings of 2 employers: too few for quantiles, which need 10 of each'
    """
    return (
        f"Pay is stated by {counted(postings, 'posting')} of {counted(employers, 'employer')}: "
        f"too few for quantiles, which need {FEWEST} of each"
    )


def _quantiles(ranges: Sequence[PayRange]) -> tuple[Quantile, ...]:
    import numpy as np

    from kg.analysis.turnbull import DRAWS, quantiles

    numbers: Mapping[str, int] = {
        name: number for number, name in enumerate(dict.fromkeys(one.employer for one in ranges))
    }
    values, ends = quantiles(
        np.array([numbers[one.employer] for one in ranges], np.intp),
        np.array([one.least for one in ranges]),
        np.array([one.most for one in ranges]),
        LEVELS,
        draws=DRAWS,
    )
    return tuple(
        Quantile(level, _known(value), _known(low), _known(high))
        for level, value, (low, high) in zip(LEVELS, values.tolist(), ends.tolist(), strict=True)
    )


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
