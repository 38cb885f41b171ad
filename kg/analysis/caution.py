"""What a comparison cannot carry, in plain words, composed from its counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.shares import least_difference, postings_needed
from kg.graph_model import Kind

if TYPE_CHECKING:
    from kg.analysis.comparison import Side
    from kg.analysis.comparison_rows import PayRow


COMMON: Final = 0.3
"""The share of a skill that is often asked for, by which what groups can show is told."""
SMALL: Final = 0.15
"""A difference of shares that a reader would want to know of."""


@dataclass(frozen=True, slots=True)
class Shared:
    """How many postings, and how many jobs, stand on both sides."""

    postings: int
    jobs: int

    @classmethod
    def by(cls, a: Side, b: Side) -> Shared:
        """Count them in two sides whose members are known."""
        postings, jobs = (
            {getattr(one, name) for one in a.members} & {getattr(one, name) for one in b.members}
            for name in ("posting", "job")
        )
        return cls(len(postings), len(jobs))


def caution(
    a: Side, b: Side, shared: Shared, pay: PayRow, *, same_role: bool, minimum: int
) -> str | None:
    """Return the cautions that apply, one sentence each, or None.

    `same_role` says that both groups are levels of one role; `minimum` is the number of postings
    from which on a side is tested.
    """
    things = _things(a, b, same_role=same_role)
    sentences = [
        _overlap(a, b, shared),
        _size(a, b, shared, things, minimum),
        _employers(a, b),
        _pay(a, b, pay),
    ]
    said = [sentence for sentence in sentences if sentence]
    return " ".join(said) or None


def limits(a: int, b: int, *, tested: bool) -> str | None:
    """Return what groups of `a` and `b` postings cannot show, and how many postings would.

    `tested` says whether their differences were tested. None where a side is empty.
    """
    if not a or not b:
        return None
    more = least_difference(a, b, COMMON)
    shows = f"a skill that {COMMON:.0%} of one side ask for shows, four times in five, "
    if tested and more <= SMALL:
        return (
            f"In groups of this size {shows}where {COMMON + more:.0%} of the other do, if each "
            "employer has few postings."
        )
    needed = postings_needed(COMMON, COMMON + SMALL)
    wanted = (
        f"To tell {COMMON:.0%} of one side from {COMMON + SMALL:.0%} of the other, {needed} "
        "postings a side are needed, and more where one employer has many of them."
    )
    if not tested or more >= 1 - COMMON:
        return wanted
    return f"In groups of this size {shows}only where {COMMON + more:.0%} of the other do. {wanted}"


def _things(a: Side, b: Side, *, same_role: bool) -> str:
    """Return what the two groups stand for: "the two levels"."""
    if a.kind != b.kind:
        return "the two groups"
    if a.kind == Kind.POSITION:
        return "the two levels" if same_role else "the two positions"
    return f"the two {a.kind}s"


def _overlap(a: Side, b: Side, shared: Shared) -> str | None:
    postings = shared.postings
    if not postings:
        return _same_jobs(shared.jobs)
    if postings == a.postings == b.postings:
        return "Both sides hold the same postings."
    stand = "posting stands" if postings == 1 else "postings stand"
    return f"{postings} {stand} on both sides, so the sides are no independent groups."


def _same_jobs(jobs: int) -> str | None:
    """Say so when a posting of one side is a copy of one of the other."""
    if not jobs:
        return None
    stand = "1 job stands" if jobs == 1 else f"{jobs} jobs stand"
    return f"{stand} on both sides, in copies, so the sides are no independent groups."


def _size(a: Side, b: Side, shared: Shared, things: str, minimum: int) -> str | None:
    empty = [side.label for side in (a, b) if not side.postings]
    if empty:
        return f"There is no posting of {' and none of '.join(empty)}: nothing can be compared."
    if shared.postings == a.postings == b.postings:
        return None  # a group against itself has no difference to be careful about
    if min(a.postings, b.postings) >= minimum:
        return None
    if a.postings == b.postings == 1:
        return (
            "One posting on each side: this is the difference of these two postings, "
            f"not of {things} at large."
        )
    return (
        f"{a.label} has {_count(a.postings)}, {b.label} has {_count(b.postings)}: this is the "
        f"difference of these postings, not of {things} at large. Fewer than {minimum} postings "
        "on a side are not tested for chance."
    )


def _employers(a: Side, b: Side) -> str | None:
    """Say so when a side of several postings, or both sides, speak for one employer only."""
    if Kind.EMPLOYER in (a.kind, b.kind):
        return None
    names = [side.names for side in (a, b)]
    if len(names[0]) == len(names[1]) == 1 and names[0] == names[1]:
        return f"All postings are from one employer, {names[0][0]}: what others ask is not in them."
    alone = [
        f"All postings of {side.label} are from one employer, {known[0]}."
        for side, known in zip((a, b), names, strict=True)
        if len(known) == 1 and side.postings > 1
    ]
    return " ".join(alone) or None


def _pay(a: Side, b: Side, pay: PayRow) -> str | None:
    if pay.note:
        return f"Pay is not compared: {pay.note}."
    partial = [
        f"{found.postings} of {_count(side.postings)} of {side.label}"
        for side, found in ((a, pay.a), (b, pay.b))
        if found and found.postings < side.postings
    ]
    return f"Pay rests on {' and '.join(partial)}." if partial else None


def _count(postings: int) -> str:
    return f"{postings} posting" if postings == 1 else f"{postings} postings"
