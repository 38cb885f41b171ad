"""Moves between roles and levels: which steps lead from one to another, and what each asks for.

A position (a role with a level, or a role's postings without one) is known by the shares of its
postings that require each skill. The gap of a step is the part of the next position's requirements
that the one before does not cover: the sum over skills of how much larger the next one's share is,
over the sum of the next one's shares. A step costs the square of its gap: gaps add up at most, so
that one leap would never be longer than several steps; squared, small steps are the easier way, as
they are for people. The path is the cheapest (Dijkstra, Numerische Mathematik 1 (1959) 269-271).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.analysis.groups import find_groups
from kg.analysis.step_sureness import gap_interval
from kg.analysis.steps import COMMON, Position, Steps, cheapest, gap_between
from kg.analysis.support import employer_of, ends_json
from kg.names import UnknownNameError, quoted
from kg.shown import Shown

if TYPE_CHECKING:
    from kg.analysis.groups import Group
    from kg.analysis.support import Json
    from kg.copies.counting import Copies
    from kg.corpus import Corpus

LEAST: Final = 5
"""Postings that a position needs to be a stage of a path: fewer are a few employers' wording."""
NAMED: Final = 8
"""Skills that a step names, at the most."""
COLUMNS: Final = (
    "from", "to", "gap", "learn", "employers_of_both", "postings", "low", "high", "from_postings",
    "from_employers", "to_employers", "not_enough_data",
)  # fmt: skip
"""The columns of `Path.to_rows`."""


class NoPathError(LookupError):
    """Two positions that no step of this corpus joins."""


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill that a step asks for: the shares of postings that require it before and after."""

    label: str
    before: float
    after: float

    def to_json(self) -> dict[str, Json]:
        """Return the skill."""
        return {"label": self.label, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Move:
    """A step. `gap` is between 0 and 1; `employers` counts those that hire for both ends.

    `interval` is the 95% interval of the gap; where there are too few employers for one,
    `not_enough_data` says how many there are and how many it takes. `postings` and `to_employers`
    are those of the end, `from_postings` and `from_employers` those of the start.
    """

    start: str
    end: str
    gap: float
    learn: tuple[Skill, ...]
    employers: int
    postings: int
    from_postings: int
    from_employers: int
    to_employers: int
    interval: tuple[float, float] | None
    not_enough_data: str | None

    def to_json(self) -> dict[str, Json]:
        """Return the step."""
        return {
            "from": self.start,
            "to": self.end,
            "gap": self.gap,
            "learn": [skill.to_json() for skill in self.learn],
            "employers_of_both": self.employers,
            "postings": self.postings,
            "interval": ends_json(self.interval),
            "from_postings": self.from_postings,
            "from_employers": self.from_employers,
            "to_employers": self.to_employers,
            "not_enough_data": self.not_enough_data,
        }


@dataclass(frozen=True, slots=True)
class Path(Shown):
    """A way from one position to another, and the gap of the direct step beside it."""

    moves: tuple[Move, ...]
    direct: Move

    def to_json(self) -> dict[str, Json]:
        """Return the path."""
        return {
            "moves": [move.to_json() for move in self.moves],
            "direct": self.direct.to_json(),
        }

    def to_rows(self) -> list[dict[str, object]]:
        """Return one flat row a step."""
        rows = []
        for move in self.moves:
            cells: tuple[object, ...] = (
                move.start, move.end, move.gap, ", ".join(skill.label for skill in move.learn),
                move.employers, move.postings, *(move.interval or (None, None)),
                move.from_postings, move.from_employers, move.to_employers, move.not_enough_data,
            )  # fmt: skip
            rows.append(dict(zip(COLUMNS, cells, strict=True)))
        return rows


def find_path(
    corpus: Corpus,
    start: str,
    end: str,
    *,
    employers: int = 1,
    least: int = LEAST,
    copies: Copies = "one",
) -> Path:
    """Return the cheapest way from one position to another.

    A step counts where `employers` at the least hire for both of its ends, and a stage where it
    has `least` postings; the two ends need not. Raises as `find_group` does, and `NoPathError`.
    """
    first, last = find_groups(corpus, start, end)
    if not first.postings or not last.postings:
        empty = first.label if not first.postings else last.label
        raise UnknownNameError("postings of", empty, {})
    known = {one.node: one for one in _positions(corpus, least, copies)}
    ends = [_position(corpus, group.node, group.label, _counted(corpus, group, copies))
            for group in (first, last)]  # fmt: skip
    known.update((one.node, one) for one in ends)
    direct = _move(corpus, *ends)
    stages = list(known.values())
    nodes = list(known)
    way = cheapest(Steps(stages, employers), *(nodes.index(one.node) for one in ends))
    if way is None:
        raise NoPathError(
            f"no way from {quoted(first.label)} to {quoted(last.label)}: no employers of this "
            f"corpus hire for both ends of steps between them ({employers} needed); the direct "
            f"step has a gap of {direct.gap:.0%}"
        )
    moves = [_move(corpus, stages[one], stages[other]) for one, other in pairwise(way)]
    return Path(tuple(moves), direct)


def _counted(corpus: Corpus, group: Group, copies: Copies) -> list[str]:
    if copies == "all":
        return list(group.postings)
    return sorted({corpus.job(one): one for one in reversed(group.postings)}.values())


def _positions(corpus: Corpus, least: int, copies: Copies) -> list[Position]:
    """Return the stages: roles with a level, and roles whose postings state none."""
    members: dict[tuple[str, str], list[str]] = defaultdict(list)
    for posting in corpus.in_order:
        if copies == "one" and corpus.job(posting) != posting:
            continue
        role, position = corpus.role(posting), corpus.position(posting)
        if position:
            members[position, corpus.label(position)].append(posting)
        elif role:
            members[role, f"{corpus.label(role)}, no level stated"].append(posting)
    return [
        _position(corpus, node, label, postings)
        for (node, label), postings in sorted(members.items())
        if len(postings) >= least
    ]


def _position(corpus: Corpus, node: str, label: str, postings: list[str]) -> Position:
    counts = Counter(skill for posting in postings for skill in corpus.required(posting))
    size = len(postings)
    shares = {skill: count / size for skill, count in counts.items()}
    employers = frozenset(employer_of(corpus, posting) for posting in postings)
    return Position(node, label, size, shares, employers, tuple(postings))


def _move(corpus: Corpus, one: Position, other: Position) -> Move:
    more = [
        Skill(str(corpus.label(skill)), one.shares.get(skill, 0.0), share)
        for skill, share in other.shares.items()
        if share >= COMMON and share > one.shares.get(skill, 0.0)
    ]
    more.sort(key=lambda skill: (skill.before - skill.after, skill.label.casefold()))
    interval, lacking = gap_interval(corpus, one, other)
    return Move(
        start=one.label,
        end=other.label,
        gap=gap_between(one, other),
        learn=tuple(more[:NAMED]),
        employers=len(one.employers & other.employers),
        postings=other.postings,
        from_postings=one.postings,
        from_employers=len(one.employers),
        to_employers=len(other.employers),
        interval=interval,
        not_enough_data=lacking,
    )
