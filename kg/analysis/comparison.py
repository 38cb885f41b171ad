"""A comparison of two groups of postings, and the shapes it is handed on in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.comparison_rows import (
    AlternativeRow,
    BroaderRow,
    DegreeRow,
    DutyRow,
    ExperienceRow,
    ModeRow,
    SkillRow,
    VerbRow,
)
from kg.analysis.frames import to_frame
from kg.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from kg.analysis.comparison_rows import PayRow, SupportedRow, YearsRow
    from kg.analysis.findings import Finding
    from kg.analysis.frames import Cell
    from kg.analysis.separability import Separability
    from kg.analysis.support import Json, SideName
    from kg.necessities import Asked

COLUMNS: Final = (
    "kind", "label", "necessity", "side", "support_a", "support_b", "employers_a", "employers_b",
    "share_a", "share_b", "log_odds", "z", "p", "q", "low", "high", "value_a", "value_b",
    "difference", "evidence",
)  # fmt: skip
"""The columns of `Comparison.to_rows`."""
KINDS: Final = tuple(
    row.kind
    for row in (
        SkillRow, BroaderRow, AlternativeRow, DegreeRow, ExperienceRow, DutyRow, VerbRow, ModeRow,
    )
)  # fmt: skip
"""The kinds of rows that postings support."""
LEVEL: Final = 0.05
"""The share of findings that may be false: a q up to this separates."""


@dataclass(frozen=True, slots=True)
class Member:
    """A posting of a group. `job` is the same for postings that are copies of one another."""

    posting: str
    title: str | None
    source: str | None
    employer: str | None
    job: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two groups. `employers` counts those that are named.

    `left_out` is the number of postings that are copies of a member, and do not count.
    """

    label: str
    kind: str
    members: tuple[Member, ...]
    left_out: int = 0

    @property
    def postings(self) -> int:
        """The number of postings."""
        return len(self.members)

    @property
    def employers(self) -> int:
        """The number of employers that the postings name."""
        return len({one.employer for one in self.members if one.employer})

    @property
    def names(self) -> tuple[str, ...]:
        """The employers, sorted; none where a posting does not name its own."""
        named = [one.employer for one in self.members if one.employer]
        return tuple(sorted(set(named))) if len(named) == self.postings else ()

    def to_json(self) -> dict[str, Json]:
        """Return label, counts and the postings."""
        members: list[Json] = [
            {"posting": one.posting, "title": one.title, "source": one.source}
            for one in self.members
        ]
        return {
            "label": self.label,
            "kind": self.kind,
            "postings": self.postings,
            "copies_left_out": self.left_out,
            "employers": self.employers,
            "members": members,
        }


@dataclass(frozen=True, slots=True)
class Comparison(Shown):
    """Two groups of postings side by side. Rows are sorted; b stands for the second group.

    `enough` says whether differences were tested; `caution` what the numbers cannot carry, `limits`
    what groups of this size cannot show and how many postings would, both in plain words, and None
    when there is nothing to add.
    """

    a: Side
    b: Side
    enough: bool
    caution: str | None
    limits: str | None
    skills: tuple[SkillRow, ...]
    broader: tuple[BroaderRow, ...]
    separability: Separability | None
    alternatives: tuple[AlternativeRow, ...]
    degrees: tuple[DegreeRow, ...]
    experience: tuple[ExperienceRow, ...]
    duties: tuple[DutyRow, ...]
    years: YearsRow
    pay: PayRow
    verbs: tuple[VerbRow, ...] = ()
    """The duties as verbs of scope; `duties` are the skills that sections of duties name."""
    modes: tuple[ModeRow, ...] = ()
    """The work modes that postings state."""

    @property
    def title(self) -> str:
        """Both labels, to stand above a table."""
        return f"{self.a.label} and {self.b.label}"

    @property
    def only_a(self) -> tuple[SkillRow, ...]:
        """The skills that only a's postings require."""
        return self.asked("required", "a")

    @property
    def both(self) -> tuple[SkillRow, ...]:
        """The skills that postings of both sides require."""
        return self.asked("required", "both")

    @property
    def only_b(self) -> tuple[SkillRow, ...]:
        """The skills that only b's postings require."""
        return self.asked("required", "b")

    def asked(self, necessity: Asked, side: SideName | None = None) -> tuple[SkillRow, ...]:
        """Return the skills asked for in one way, on one side or on any."""
        rows = (row for row in self.skills if row.necessity == necessity)
        return tuple(row for row in rows if side is None or row.support.side == side)

    def separating(self, necessity: Asked) -> tuple[SkillRow, ...]:
        """Return the skills whose difference is more than chance, the surest first."""
        rows = [row for row in self.asked(necessity) if row.finding and row.finding.q <= LEVEL]
        return tuple(sorted(rows, key=_sureness))

    def near(self, necessity: Asked) -> tuple[SkillRow, ...]:
        """Return the skills that chance may explain, those that it explains worst first."""
        rows = [row for row in self.asked(necessity) if row.finding and row.finding.q > LEVEL]
        return tuple(sorted(rows, key=_sureness))

    def of_kind(self, kind: str) -> Sequence[SupportedRow]:
        """Return the rows of a kind, one of `KINDS`, which `to_rows` calls so."""
        of: Mapping[str, Sequence[SupportedRow]] = {
            SkillRow.kind: self.skills,
            BroaderRow.kind: self.broader,
            AlternativeRow.kind: self.alternatives,
            DegreeRow.kind: self.degrees,
            ExperienceRow.kind: self.experience,
            DutyRow.kind: self.duties,
            VerbRow.kind: self.verbs,
            ModeRow.kind: self.modes,
        }
        return of[kind]

    def to_json(self) -> dict[str, Json]:
        """Return the object that `kg compare --json` prints. Decimals are texts."""
        required: dict[str, Json] = {
            name: [row.label for row in rows]
            for name, rows in (("a", self.only_a), ("both", self.both), ("b", self.only_b))
        }
        return {
            "a": self.a.to_json(),
            "b": self.b.to_json(),
            "enough": self.enough,
            "caution": self.caution,
            "limits": self.limits,
            "required": required,
            "skills": [row.to_json() for row in self.skills],
            "broader": [row.to_json() for row in self.broader],
            "separability": self.separability.to_json() if self.separability else None,
            "alternatives": [row.to_json() for row in self.alternatives],
            "degrees": [row.to_json() for row in self.degrees],
            "experience": [row.to_json() for row in self.experience],
            "years": self.years.to_json(),
            "pay": self.pay.to_json(),
            "duties": [row.to_json() for row in self.duties],
            "verbs": [row.to_json() for row in self.verbs],
            "work_modes": [row.to_json() for row in self.modes],
        }

    def to_rows(self) -> list[dict[str, Cell]]:
        """Return one flat table with `COLUMNS`; evidence is the first quote.

        `low` and `high` are the ends of the log-odds' interval; a broader concept has the skills
        below it for evidence; `value_a`, `value_b` and `difference` belong to pay and years, the
        counts to everything else.
        """
        rows = [_row(row, row.label, row.necessity) for row in self.skills]
        for cells, skill in zip(rows, self.skills, strict=True):
            cells.update(_tested(skill.finding))
        for broader in self.broader:
            cells = _row(broader, broader.label, "required")
            cells |= _tested(broader.finding) | {"evidence": ", ".join(broader.members)}
            rows.append(cells)
        for row in self.alternatives:
            label = f"{row.minimum} of {', '.join(row.members)}"
            rows.append(_row(row, label, row.necessity))
        for degree in self.degrees:
            cells = _row(degree, degree.label, degree.necessity)
            rows.append(cells | _tested(degree.finding))
        rows += [_row(row, row.label, row.necessity) for row in self.experience]
        rows += [_row(row, row.label, None) for row in self.duties]
        for verb in self.verbs:
            rows.append(_row(verb, verb.label, None) | _tested(verb.finding))
        for mode in self.modes:
            rows.append(_row(mode, mode.label, None) | _tested(mode.finding))
        return [*rows, *self._years_rows(), *self._pay_rows()]

    def to_frame(self) -> pl.DataFrame:
        """Return `to_rows` as a polars frame."""
        return to_frame(self.to_rows(), COLUMNS)

    def _years_rows(self) -> list[dict[str, Cell]]:
        years = self.years
        if years.difference is None:
            return []
        low, high = years.interval or (None, None)
        cells: dict[str, Cell] = dict.fromkeys(COLUMNS)
        cells.update(kind="years", label="years required, median", low=low, high=high)
        cells.update(value_a=years.a, value_b=years.b, difference=years.difference)
        return [cells]

    def _pay_rows(self) -> list[dict[str, Cell]]:
        pay, a, b = self.pay, self.pay.a, self.pay.b
        ends = (
            ("low end", a and a.low, b and b.low, pay.low_difference),
            ("high end", a and a.high, b and b.high, pay.high_difference),
        )
        return [
            dict.fromkeys(COLUMNS)
            | {"kind": "pay", "label": label, "value_a": low, "value_b": high, "difference": gap}
            for label, low, high, gap in ends
            if low is not None or high is not None
        ]


def _sureness(row: SkillRow) -> tuple[float, int, str]:
    p = row.finding.p if row.finding else 1.0
    return p, -(row.support.a + row.support.b), row.label.casefold()


def _tested(found: Finding | None) -> dict[str, Cell]:
    if found is None:
        return {}
    low, high = found.interval or (None, None)
    cells: dict[str, Cell] = {"p": found.p, "q": found.q, "low": low, "high": high}
    if found.effect:
        cells.update(log_odds=found.effect.log_odds, z=found.effect.z)
    return cells


def _row(row: SupportedRow, label: str, necessity: str | None) -> dict[str, Cell]:
    evidence = row.support.evidence
    cells: dict[str, Cell] = dict.fromkeys(COLUMNS)
    cells.update(kind=row.kind, label=label, necessity=necessity)
    cells.update(evidence=evidence[0].text if evidence else None)
    return cells | row.support.to_cells()
