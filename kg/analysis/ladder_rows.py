"""A role's ladder: its levels, the steps between them, and what runs along all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kg.analysis.findings import finding_json
from kg.analysis.frames import to_frame
from kg.analysis.ordered import trend_json
from kg.analysis.shares import wilson
from kg.analysis.support import ends_json, quotes
from kg.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from kg.analysis.comparison import Side
    from kg.analysis.findings import Finding
    from kg.analysis.frames import Cell
    from kg.analysis.ordered import Trend
    from kg.analysis.quotes import Quote
    from kg.analysis.support import Json, Support

Change: TypeAlias = Literal["added", "dropped", "kept"]
Basis: TypeAlias = Literal["stated", "estimated"]
"""Whether pay is what postings state, or what a board estimated. The two are never mixed."""
CHANGES: Final[tuple[Change, ...]] = ("added", "dropped", "kept")


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of a quantity over the postings that state it, with its 95% interval.

    The interval resamples employers; None where fewer than ten postings or employers state it, or
    where an end of it lies in what postings leave open.
    """

    postings: int
    employers: int
    median: float | None
    interval: tuple[float, float] | None
    currency: str | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the numbers; pay has its currency."""
        return {
            "postings": self.postings,
            "employers": self.employers,
            "median": self.median,
            "interval": ends_json(self.interval),
            "currency": self.currency,
        }


@dataclass(frozen=True, slots=True)
class DegreeShare:
    """How many postings of a level ask for a degree at the least; None is for no degree at all."""

    label: str | None
    count: int
    size: int

    def to_json(self) -> dict[str, Json]:
        """Return count, share and interval."""
        return {
            "label": self.label,
            "count": self.count,
            "share": self.count / self.size,
            "interval": ends_json(wilson(self.count, self.size)),
        }


@dataclass(frozen=True, slots=True)
class Rung:
    """A level with postings. `rank` is its place in the vocabulary's order of levels."""

    level: str
    concept: str | None
    rank: int
    side: Side
    years: Middle
    pay: Middle
    degrees: tuple[DegreeShare, ...]

    def to_json(self) -> dict[str, Json]:
        """Return the level with its counts."""
        return {
            "level": self.level,
            "concept": self.concept,
            "rank": self.rank,
            "postings": self.side.postings,
            "copies_left_out": self.side.left_out,
            "employers": self.side.employers,
            "years": self.years.to_json(),
            "pay": self.pay.to_json(),
            "degrees": [one.to_json() for one in self.degrees],
        }


@dataclass(frozen=True, slots=True)
class StepSkill:
    """A skill on one step; in `support` a is the lower level and b the upper.

    On a tested step `change` says what more than chance explains: added or dropped, or kept where
    both levels require it and no difference was shown; None for what is none of these. On another
    it says only where postings require it: above, below, or on both. `needed` is then the number
    of postings a side that would show the shares as far apart as they are seen, and never fewer
    than are tested at all.
    """

    concept: str | None
    label: str
    change: Change | None
    support: Support
    finding: Finding | None
    needed: int | None

    def to_json(self) -> dict[str, Json]:
        """Return the row."""
        return {
            "concept": self.concept,
            "label": self.label,
            "change": self.change,
            **self.support.to_json(),
            **finding_json(self.finding),
            "postings_needed": self.needed,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """How much the median rises on a step, with its 95% interval when employers are resampled."""

    value: float | None
    interval: tuple[float, float] | None
    currency: str | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the difference and its interval."""
        return {
            "difference": self.value,
            "interval": ends_json(self.interval),
            "currency": self.currency,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """From one level to the next that has postings.

    `enough` says whether skills were tested; `limits` what the two levels' numbers cannot show and
    how many postings would, in words.
    """

    below: str
    above: str
    enough: bool
    caution: str | None
    limits: str | None
    skills: tuple[StepSkill, ...]
    years: Difference
    pay: Difference
    verbs: tuple[StepSkill, ...] = ()
    """The duties of the step, as verbs of scope, in the same terms as its skills."""

    def of(self, change: Change) -> tuple[StepSkill, ...]:
        """Return the skills of one change, the clearest first."""
        return tuple(row for row in self.skills if row.change == change)

    def to_json(self) -> dict[str, Json]:
        """Return the step with its skills."""
        return {
            "below": self.below,
            "above": self.above,
            "enough": self.enough,
            "caution": self.caution,
            "limits": self.limits,
            "changes": {change: [row.label for row in self.of(change)] for change in CHANGES},
            "skills": [row.to_json() for row in self.skills],
            "verbs": [row.to_json() for row in self.verbs],
            "years": self.years.to_json(),
            "pay": self.pay.to_json(),
        }


@dataclass(frozen=True, slots=True)
class LadderTrend:
    """What rises or falls along all levels.

    `kind` is "skill", "verb", "years", "pay" or "degree". `counts` has, for each rung, the postings
    that require a skill, state a duty as a verb, or state years, pay or a degree, and of how many;
    `middles` the medians of years and pay. The slope is a change a level: of the share, of years,
    of pay, of degrees' ranks.
    """

    kind: str
    concept: str | None
    label: str
    counts: tuple[tuple[int, int], ...]
    middles: tuple[float | None, ...]
    trend: Trend
    evidence: Sequence[Quote]

    def to_json(self) -> dict[str, Json]:
        """Return the trend with its counts by level."""
        counts: list[Json] = [
            {"count": count, "postings": size, "share_interval": ends_json(wilson(count, size))}
            for count, size in self.counts
        ]
        return {
            "kind": self.kind,
            "concept": self.concept,
            "label": self.label,
            "levels": counts,
            "medians": list(self.middles),
            **trend_json(self.trend),
            "evidence": quotes(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class Ladder(Shown):
    """The levels of a role, the lowest first. `steps` has one less than `rungs`.

    `unplaced` postings state no level; `trends` are None where the postings carry no test, and
    `caution` then says why and what would be needed.
    """

    role: str
    rungs: tuple[Rung, ...]
    unplaced: int
    left_out: tuple[tuple[str, int], ...]
    steps: tuple[Step, ...]
    pay_basis: Basis
    trends: tuple[LadderTrend, ...] | None
    caution: str | None

    def to_json(self) -> dict[str, Json]:
        """Return the object that `kg ladder --json` prints."""
        return {
            "role": self.role,
            "levels": [rung.to_json() for rung in self.rungs],
            "without_level": self.unplaced,
            "levels_left_out": [
                {"level": level, "postings": count} for level, count in self.left_out
            ],
            "pay_basis": self.pay_basis,
            "steps": [step.to_json() for step in self.steps],
            "trends": None if self.trends is None else [one.to_json() for one in self.trends],
            "caution": self.caution,
        }

    def to_rows(self) -> list[dict[str, Cell]]:
        """Return one flat table with the columns of `kg.analysis.ladder_table.COLUMNS`.

        Kinds are "level", "degree" (a share of a level), "skill" (a step), "years" and "pay" (a
        level's median, and with `below` a step's difference) and "trend"; `low` and `high` are the
        ends of the log-odds' interval, the median's, the difference's or the slope's.
        """
        from kg.analysis.ladder_table import flat_rows

        return flat_rows(self)

    def to_frame(self) -> pl.DataFrame:
        """Return `to_rows` as a polars frame."""
        from kg.analysis.ladder_table import COLUMNS

        return to_frame(self.to_rows(), COLUMNS)
