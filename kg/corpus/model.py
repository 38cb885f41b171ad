"""What a posting asks and offers besides skills, as values; `node` is what its words hang on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from nlp.types import Necessity


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice that a posting offers: `minimum` of its members are enough."""

    node: str
    minimum: int
    necessity: Necessity


@dataclass(frozen=True, slots=True)
class Degree:
    """A degree that a posting asks for, perhaps as the member of a choice.

    `degree` is the concept, or the wording's key where there is none.
    """

    node: str
    degree: str
    necessity: Necessity
    choice: str | None
    min_years: Decimal | None
    max_years: Decimal | None
    equivalent_experience: bool


@dataclass(frozen=True, slots=True)
class DegreeDetails:
    """What is added to a degree: fields, by label, and qualifiers."""

    fields: tuple[str, ...] = ()
    foreign_equivalent: bool = False
    related_field: bool = False


@dataclass(frozen=True, slots=True)
class Years:
    """Years that a posting asks for. `subject` is "in the job offered" and the like."""

    node: str
    min_years: Decimal | None
    max_years: Decimal | None
    subject: str | None
    necessity: Necessity
    choice: str | None


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay as stated, and the annual figures derived from it. Amounts are of `currency`."""

    node: str
    currency: str | None
    period: str | None
    low: Decimal | None
    high: Decimal | None
    annual_low: Decimal | None
    annual_high: Decimal | None
