"""A comparison of two groups of postings, and the shapes it is handed on in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from kg.analysis.comparison_rows import (
        AlternativeRow,
        DegreeRow,
        DutyRow,
        ExperienceRow,
        Json,
        PayRow,
        SideName,
        SkillRow,
        Support,
    )
    from kg.necessities import Asked

Cell: TypeAlias = str | int | float | Decimal | None

COLUMNS: Final = (
    "kind", "label", "necessity", "side", "support_a", "support_b", "share_a", "share_b",
    "log_odds", "z", "p", "q", "value_a", "value_b", "difference", "evidence",
)  # fmt: skip
"""The columns of `Comparison.to_rows`."""


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
class Comparison:
    """Two groups of postings side by side. Rows are sorted; b stands for the second group.

    `enough` says whether log-odds, p and q were computed; `caution` what the numbers cannot carry,
    in plain words, and None when there is nothing to add.
    """

    a: Side
    b: Side
    enough: bool
    caution: str | None
    skills: tuple[SkillRow, ...]
    alternatives: tuple[AlternativeRow, ...]
    degrees: tuple[DegreeRow, ...]
    experience: tuple[ExperienceRow, ...]
    duties: tuple[DutyRow, ...]
    pay: PayRow

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
            "required": required,
            "skills": [row.to_json() for row in self.skills],
            "alternatives": [row.to_json() for row in self.alternatives],
            "degrees": [row.to_json() for row in self.degrees],
            "experience": [row.to_json() for row in self.experience],
            "pay": self.pay.to_json(),
            "duties": [row.to_json() for row in self.duties],
        }

    def to_rows(self) -> list[dict[str, Cell]]:
        """Return one flat table with `COLUMNS`; evidence is the first quote.

        `value_a`, `value_b` and `difference` belong to pay, the counts to everything else.
        """
        rows = [_row("skill", row.label, row.necessity, row.support) for row in self.skills]
        for cells, skill in zip(rows, self.skills, strict=True):
            cells.update(p=skill.p, q=skill.q)
            if skill.effect:
                cells.update(log_odds=skill.effect.log_odds, z=skill.effect.z)
        for row in self.alternatives:
            label = f"{row.minimum} of {', '.join(row.members)}"
            rows.append(_row("alternative", label, row.necessity, row.support))
        rows += [_row("degree", row.label, row.necessity, row.support) for row in self.degrees]
        rows += [
            _row("experience", row.label, row.necessity, row.support) for row in self.experience
        ]
        rows += [_row("duty", row.label, None, row.support) for row in self.duties]
        return [*rows, *self._pay_rows()]

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


def _row(kind: str, label: str, necessity: str | None, support: Support) -> dict[str, Cell]:
    said = support.evidence[0].text if support.evidence else None
    cells: dict[str, Cell] = dict.fromkeys(COLUMNS)
    cells.update(kind=kind, label=label, necessity=necessity, evidence=said)
    return cells | support.to_cells()
