"""The rows of a comparison: what is asked for, by how many postings of each side, in what words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

from kg.analysis.findings import finding_json
from kg.analysis.support import Json, ends_json, quotes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from kg.analysis.findings import Finding
    from kg.analysis.ladder_rows import Difference
    from kg.analysis.quotes import Quote
    from kg.analysis.support import Support
    from kg.necessities import Asked


class SupportedRow(Protocol):
    """What all rows that postings support have; `kind` says what a row is about."""

    kind: ClassVar[str]

    @property
    def label(self) -> str:
        """What it is called."""
        ...

    @property
    def support(self) -> Support:
        """Who says it."""
        ...


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill, asked for in one way.

    `also_a` and `also_b` count the postings of a side that ask for it in another way: what only b
    requires, a may still mention. Groups that are large enough have a `finding`.
    """

    kind: ClassVar[str] = "skill"
    concept: str | None
    label: str
    necessity: Asked
    support: Support
    also_a: Mapping[Asked, int]
    also_b: Mapping[Asked, int]
    finding: Finding | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the row of the contract of `kg compare --json`."""
        return {
            "concept": self.concept,
            "label": self.label,
            "necessity": self.necessity,
            **self.support.to_json(),
            "also": {
                "a": dict[str, Json](self.also_a.items()),
                "b": dict[str, Json](self.also_b.items()),
            },
            **finding_json(self.finding),
        }


@dataclass(frozen=True, slots=True)
class BroaderRow:
    """A concept above several skills, whether or not a posting names it.

    Its postings require one of its `members`, or a choice all of whose members are below it ("AWS,
    GCP or Azure" for cloud platforms).
    """

    kind: ClassVar[str] = "broader"
    concept: str
    label: str
    support: Support
    members: tuple[str, ...]
    finding: Finding

    def to_json(self) -> dict[str, Json]:
        """Return the row with its members."""
        return {
            "concept": self.concept,
            "label": self.label,
            "members": list(self.members),
            **self.support.to_json(),
            **finding_json(self.finding),
        }


@dataclass(frozen=True, slots=True)
class AlternativeRow:
    """A choice: `minimum` of `members` are enough. Postings with the same one share a row."""

    kind: ClassVar[str] = "alternative"
    members: tuple[str, ...]
    minimum: int
    necessity: str
    support: Support

    @property
    def label(self) -> str:
        """What the row is called: "1 of: Java, Python"."""
        return f"{self.minimum} of: {', '.join(self.members)}"

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
    """A degree, asked for in one way.

    Fields and qualifiers ("or foreign equivalent") are those that each side's postings add to it,
    what most of them name first. Groups that are large enough have a `finding`, but for a degree
    that is one of several: who offers a choice asks for none of its members.
    """

    kind: ClassVar[str] = "degree"
    concept: str | None
    label: str
    necessity: Asked
    support: Support
    fields_a: tuple[str, ...]
    fields_b: tuple[str, ...]
    qualifiers_a: tuple[str, ...]
    qualifiers_b: tuple[str, ...]
    finding: Finding | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the row with the fields and qualifiers of both sides."""
        return {
            "concept": self.concept,
            "label": self.label,
            "necessity": self.necessity,
            **self.support.to_json(),
            "fields": {"a": list(self.fields_a), "b": list(self.fields_b)},
            "qualifiers": {"a": list(self.qualifiers_a), "b": list(self.qualifiers_b)},
            **finding_json(self.finding),
        }


@dataclass(frozen=True, slots=True)
class ExperienceRow:
    """Years asked for, and in what."""

    kind: ClassVar[str] = "experience"
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
class YearsRow:
    """The years that postings require: medians over those that require some, and b minus a.

    `interval` is the 95% interval of the difference when employers are resampled; None in groups
    that are too small for it.
    """

    postings_a: int
    postings_b: int
    a: float | None
    b: float | None
    interval: tuple[float, float] | None = None

    @property
    def difference(self) -> float | None:
        """How many years more b's median is."""
        return None if self.a is None or self.b is None else self.b - self.a

    def to_json(self) -> dict[str, Json]:
        """Return counts, medians, difference and its interval."""
        return {
            "a": {"postings": self.postings_a, "median": self.a},
            "b": {"postings": self.postings_b, "median": self.b},
            "difference": self.difference,
            "interval": ends_json(self.interval),
        }


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A skill that the duties name, however strongly it is asked for elsewhere."""

    kind: ClassVar[str] = "duty"
    concept: str | None
    label: str
    support: Support

    def to_json(self) -> dict[str, Json]:
        """Return the row."""
        return {"concept": self.concept, "label": self.label, **self.support.to_json()}


@dataclass(frozen=True, slots=True)
class VerbRow:
    """A duty that postings state: a verb of scope, and the family that it belongs to."""

    kind: ClassVar[str] = "verb"
    concept: str
    label: str
    family: str | None
    support: Support
    finding: Finding | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the row."""
        return {
            "concept": self.concept,
            "label": self.label,
            "family": self.family,
            **self.support.to_json(),
            **finding_json(self.finding),
        }


@dataclass(frozen=True, slots=True)
class ModeRow:
    """A work mode that postings state of the job: "remote", "hybrid", "onsite"."""

    kind: ClassVar[str] = "work mode"
    mode: str
    support: Support
    finding: Finding | None = None

    @property
    def label(self) -> str:
        """What the row is called: "on site" for "onsite"."""
        return "on site" if self.mode == "onsite" else self.mode

    def to_json(self) -> dict[str, Json]:
        """Return the row."""
        return {"mode": self.mode, **self.support.to_json(), **finding_json(self.finding)}


@dataclass(frozen=True, slots=True)
class PaySide:
    """Pay of one side: the median of the low ends and of the high ends of `postings` postings."""

    postings: int
    currency: str | None
    period: str | None
    low: Decimal | None
    high: Decimal | None
    evidence: Sequence[Quote]

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
    None where nothing is; `note` then says why. `middles` is how far the medians of annual pay lie
    apart, with its interval, by the rule of `kg.analysis.pay_ranges`; None without a shared
    currency.
    """

    a: PaySide | None
    b: PaySide | None
    basis: Literal["stated", "annual"] | None
    low_difference: Decimal | None
    high_difference: Decimal | None
    note: str | None
    middles: Difference | None = None

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
            "middles": self.middles.to_json() if self.middles else None,
            "basis": self.basis,
            "note": self.note,
        }


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
