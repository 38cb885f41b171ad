"""The rows of a comparison: what is asked for, by how many postings of each side, in what words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from kg.analysis.statistics import Effect
    from kg.necessities import Asked

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
SideName: TypeAlias = Literal["a", "both", "b"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words and the identifier of the posting they stand in."""

    posting: str
    text: str


@dataclass(frozen=True, slots=True)
class Support:
    """How many postings of each side say something, of how many, in which words."""

    a: int
    b: int
    size_a: int
    size_b: int
    evidence: tuple[Quote, ...]

    @property
    def side(self) -> SideName:
        """Where it is said: on one side or on both."""
        if self.a and self.b:
            return "both"
        return "a" if self.a else "b"

    @property
    def share_a(self) -> float | None:
        """The share of a's postings; None when a has none."""
        return self.a / self.size_a if self.size_a else None

    @property
    def share_b(self) -> float | None:
        """The share of b's postings; None when b has none."""
        return self.b / self.size_b if self.size_b else None

    def to_json(self) -> dict[str, Json]:
        """Return side, counts, shares and evidence."""
        return {**self.to_cells(), "evidence": quotes(self.evidence)}

    def to_cells(self) -> dict[str, str | int | float | None]:
        """Return side, counts and shares."""
        return {
            "side": self.side,
            "support_a": self.a,
            "support_b": self.b,
            "share_a": self.share_a,
            "share_b": self.share_b,
        }


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill, asked for in one way.

    `also_a` and `also_b` count the postings of a side that ask for it in another way: what only b
    requires, a may still mention. `effect`, `p` and `q` belong to required skills of groups that
    are large enough.
    """

    concept: str | None
    label: str
    necessity: Asked
    support: Support
    also_a: Mapping[Asked, int]
    also_b: Mapping[Asked, int]
    effect: Effect | None = None
    p: float | None = None
    q: float | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the row of the contract of `kg compare --json`."""
        effect = self.effect
        return {
            "concept": self.concept,
            "label": self.label,
            "necessity": self.necessity,
            **self.support.to_json(),
            "also": {
                "a": dict[str, Json](self.also_a.items()),
                "b": dict[str, Json](self.also_b.items()),
            },
            "log_odds": effect.log_odds if effect else None,
            "z": effect.z if effect else None,
            "p": self.p,
            "q": self.q,
            "interval": list(effect.interval) if effect else None,
        }


@dataclass(frozen=True, slots=True)
class AlternativeRow:
    """A choice: `minimum` of `members` are enough. Postings with the same one share a row."""

    members: tuple[str, ...]
    minimum: int
    necessity: str
    support: Support

    def to_json(self) -> dict[str, Json]:
        """Return the row with its members."""
        return {
            "members": list(self.members),
            "minimum": self.minimum,
            "necessity": self.necessity,
            **self.support.to_json(),
        }


@dataclass(frozen=True, slots=True)
class DegreeRow:
    """A degree. Fields and qualifiers ("or foreign equivalent") are those of each side, sorted."""

    concept: str | None
    label: str
    necessity: Asked
    support: Support
    fields_a: tuple[str, ...]
    fields_b: tuple[str, ...]
    qualifiers_a: tuple[str, ...]
    qualifiers_b: tuple[str, ...]

    def to_json(self) -> dict[str, Json]:
        """Return the row with the fields and qualifiers of both sides."""
        return {
            "concept": self.concept,
            "label": self.label,
            "necessity": self.necessity,
            **self.support.to_json(),
            "fields": {"a": list(self.fields_a), "b": list(self.fields_b)},
            "qualifiers": {"a": list(self.qualifiers_a), "b": list(self.qualifiers_b)},
        }


@dataclass(frozen=True, slots=True)
class ExperienceRow:
    """Years asked for, and in what."""

    min_years: Decimal | None
    max_years: Decimal | None
    subject: str | None
    necessity: Asked
    support: Support

    @property
    def label(self) -> str:
        """Years and subject in words: "1 year in the job offered", "3 to 5 years"."""
        return experience_text(self.min_years, self.max_years, self.subject)

    def to_json(self) -> dict[str, Json]:
        """Return the row; years are texts, as all decimals are."""
        return {
            "min_years": decimal_text(self.min_years),
            "max_years": decimal_text(self.max_years),
            "subject": self.subject,
            "necessity": self.necessity,
            **self.support.to_json(),
        }


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A skill that the duties name, however strongly it is asked for elsewhere."""

    concept: str | None
    label: str
    support: Support

    def to_json(self) -> dict[str, Json]:
        """Return the row."""
        return {"concept": self.concept, "label": self.label, **self.support.to_json()}


@dataclass(frozen=True, slots=True)
class PaySide:
    """Pay of one side: the median of the low ends and of the high ends of `postings` postings."""

    postings: int
    currency: str | None
    period: str | None
    low: Decimal | None
    high: Decimal | None
    evidence: tuple[Quote, ...]

    def to_json(self) -> dict[str, Json]:
        """Return the amounts as texts with two decimals or more."""
        return {
            "min": decimal_text(self.low),
            "max": decimal_text(self.high),
            "currency": self.currency,
            "period": self.period,
            "postings": self.postings,
            "evidence": quotes(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class PayRow:
    """Pay of both sides, and b minus a where the units agree.

    `basis` says what is compared: the figures as stated, the annual ones derived from them, or
    None where nothing is; `note` then says why.
    """

    a: PaySide | None
    b: PaySide | None
    basis: Literal["stated", "annual"] | None
    low_difference: Decimal | None
    high_difference: Decimal | None
    note: str | None

    def to_json(self) -> dict[str, Json]:
        """Return both sides and the difference."""
        difference: Json = {
            "min": decimal_text(self.low_difference),
            "max": decimal_text(self.high_difference),
        }
        return {
            "a": self.a.to_json() if self.a else None,
            "b": self.b.to_json() if self.b else None,
            "difference": difference if self.basis else None,
            "basis": self.basis,
            "note": self.note,
        }


def quotes(evidence: tuple[Quote, ...]) -> list[Json]:
    """Return quotes as JSON objects."""
    return [{"posting": quote.posting, "text": quote.text} for quote in evidence]


def decimal_text(value: Decimal | None) -> str | None:
    """Return a decimal's digits without an exponent; None stays None."""
    return None if value is None else f"{value:f}"


def experience_text(low: Decimal | None, high: Decimal | None, subject: str | None) -> str:
    """Return years and what they are in: "1 year in the job offered", "3 to 5 years"."""
    years = _years(low, high)
    return f"{years} {subject}" if subject else years


def _years(low: Decimal | None, high: Decimal | None) -> str:
    """Return years in words; the number of years may be open at either end, or unknown."""
    if low is None and high is None:
        return "experience"
    if low is None:
        return f"up to {high:f} {'year' if high == 1 else 'years'}"
    if high is None or high == low:
        return f"{low:f} {'year' if low == 1 else 'years'}"
    return f"{low:f} to {high:f} years"
