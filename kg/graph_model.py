"""What stands in a role-skill graph: the kinds of node, the relations, and the values on them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from nlp.types import Evidence, Necessity

if TYPE_CHECKING:
    from decimal import Decimal

Said: TypeAlias = tuple[str, Evidence]
"""A posting's node and words in it."""


class Kind(StrEnum):
    """What a node stands for. A position is a role with a level ("... Engineer II")."""

    POSTING = "posting"
    POSITION = "position"
    ROLE = "role"
    LEVEL = "level"
    SKILL = "skill"
    DEGREE = "degree"
    EMPLOYER = "employer"
    PLACE = "place"


class Relation(StrEnum):
    """What an edge says. `ACCEPTS` leads to a member of an alternative, which is no requirement."""

    REQUIRES = "requires"
    ACCEPTS = "accepts"
    PREFERS = "prefers"
    MENTIONS = "mentions"
    ASKS_DEGREE = "asks_degree"
    IN_POSITION = "in_position"
    HAS_ROLE = "has_role"
    HAS_LEVEL = "has_level"
    AT_EMPLOYER = "at_employer"
    LOCATED_IN = "located_in"
    NARROWER = "narrower"


ASKING: Final = (Relation.REQUIRES, Relation.ACCEPTS, Relation.PREFERS, Relation.MENTIONS)
"""The relations between a posting and a skill, strongest first."""


@dataclass(frozen=True, slots=True)
class Experience:
    """Years that a posting asks for. `subject` is "in the job offered" and the like."""

    min_years: Decimal | None
    max_years: Decimal | None
    subject: str | None
    necessity: Necessity
    alternative: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PostedPay:
    """Pay as stated, and the annual figures derived from it. Amounts are of `currency`."""

    currency: str | None
    period: str | None
    low: Decimal | None
    high: Decimal | None
    annual_low: Decimal | None
    annual_high: Decimal | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A choice that a posting offers: `minimum` of its members are enough."""

    minimum: int
    necessity: Necessity
    evidence: tuple[Evidence, ...]
