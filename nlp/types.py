"""The contract between `nlp` and `kg`: what a posting is, and the facts taken from it.

Everything here is a frozen value. Offsets are code points, half-open, into `Posting.text`.
Unknown is None or an empty tuple, never 0 or "". Whatever was read from the text comes as
`Stated`: the value together with the words that prove it. What a posting has dozens of is a named
tuple, which is made in a quarter of the time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, Generic, NamedTuple, TypeVar

T = TypeVar("T")

made: Final = tuple.__new__
"""Makes a named tuple of a tuple in half the time that its class takes, where there are many."""


class Necessity(StrEnum):
    """How strongly a posting asks. `WAIVED` ("is not required") never becomes a requirement."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    MENTIONED = "mentioned"
    WAIVED = "waived"


class SectionKind(StrEnum):
    """What a stretch of a posting is about; `BODY` is prose that stands under no heading."""

    HEADER = "header"
    BODY = "body"
    ABOUT = "about"
    DUTIES = "duties"
    REQUIREMENTS = "requirements"
    SKILLS = "skills"
    PREFERRED = "preferred"
    PAY = "pay"
    BOILERPLATE = "boilerplate"
    RELATED = "related"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change made to a text while it was repaired.

    `start` counts in the text as it stood when the edit was made: replaying the edits in order
    over the text as read gives the text as stored.
    """

    rule: str
    start: int
    before: str
    after: str


class FieldKind(StrEnum):
    """What a structured field of a source states of a posting; the rule's id is `hint:KIND`."""

    TITLE = "title"
    EMPLOYER = "employer"
    PLACE = "place"
    WORK_MODE = "work_mode"
    APPLICANT_PLACE = "applicant_place"
    EMPLOYMENT_TYPE = "employment_type"
    LEVEL = "level"
    INDUSTRY = "industry"
    DEPARTMENT = "department"
    PAY = "pay"
    PAY_ESTIMATE = "pay_estimate"
    DATE_POSTED = "date_posted"
    VALID_THROUGH = "valid_through"
    REFERENCE = "reference"
    URL = "url"


class Hint(NamedTuple):
    """A span of the stored text that a field of the source gave, and what it states."""

    kind: FieldKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Posting:
    """One advertisement of one job: the repaired text, and where it came from.

    `source` is the file's path below the folder that was given (its name, for a single file);
    `source_sha256` is the hash of its bytes; `edits` turn the text as read into `text`. `part`
    tells the file's postings apart, "" where there is one; `record_sha256` is then the hash of
    the posting's own record as UTF-8, and `reader` names the module that read it. The first
    `card` code points of the text are lines made of the source's own fields, and `hints` say
    which words came from which; `flags` say what a reader should know of how the text was read
    ("encoding-assumed:cp1252").
    """

    source: str
    text: str
    source_sha256: str
    edits: tuple[Edit, ...] = ()
    part: str = ""
    card: int = 0
    hints: tuple[Hint, ...] = ()
    flags: tuple[str, ...] = ()
    record_sha256: str = ""
    reader: str = ""

    @property
    def id(self) -> str:
        """20 hex digits made from the file's name, the part and the text: the same everywhere."""
        name = self.source.rsplit("/", 1)[-1]
        named = f"{name}\0{self.part}" if self.part else name
        return hashlib.sha256(f"{named}\0{self.text}".encode()).hexdigest()[:20]

    @property
    def origin(self) -> str:
        """Where it stands, for people: "seeds/a.txt", "feed.jsonl#4711"."""
        return f"{self.source}#{self.part}" if self.part else self.source

    @property
    def document_sha256(self) -> str:
        """SHA-256 of what it was read from: its record, where the file has several, or the file.

        So a feed in which one record is another has changed for one posting, and not for all.
        """
        return self.record_sha256 or self.source_sha256

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the stored text as UTF-8: the text that every offset points into."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def _repr_html_(self) -> str:
        from nlp.shown import posting_html

        return posting_html(self)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the text with one subject. `start` is behind the heading, if there is one."""

    kind: SectionKind
    start: int
    end: int
    heading: str | None = None


class Evidence(NamedTuple):
    """The exact words a statement rests on, and the rule that took them."""

    start: int
    end: int
    text: str
    rule: str
    section: SectionKind


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value and the words that state it, most telling first. There is always one."""

    value: T
    evidence: tuple[Evidence, ...]


class Mention(NamedTuple):
    """A span of the text that a rule took. `value` is a concept's IRI or a normal form."""

    start: int
    end: int
    text: str
    kind: str
    rule: str
    section: SectionKind
    value: str | None = None
    necessity: Necessity | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A name, with the concept that covers it where the vocabulary has one."""

    label: str
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay as stated. Amounts keep the digits as written.

    The period is HOUR, DAY, WEEK, BIWEEKLY (two weeks), SEMIMONTHLY (half a month), MONTH or YEAR.
    """

    low: Decimal | None
    high: Decimal | None
    currency: str | None
    period: str | None


@dataclass(frozen=True, slots=True)
class StatedPay:
    """One statement of pay: what it is ("base", "bonus", "on-target earnings", ...), and for whom.

    `applies_to` has the words of a place or a level, where the posting gives several ranges.
    """

    pay: Pay
    kind: str = "base"
    applies_to: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the job is. `country` is ISO 3166-1 alpha-2; `remote` is True or unknown."""

    city: str | None = None
    region: str | None = None
    country: str | None = None
    remote: bool | None = None


class RequirementKind(StrEnum):
    """What is asked for."""

    SKILL = "skill"
    DEGREE = "degree"
    EXPERIENCE = "experience"


class Requirement(NamedTuple):
    """One thing a posting asks for, once per posting and alternative.

    `label` is the concept's preferred label, or the words of a choice's member without a concept;
    for experience what it is in, as it reads on behind the years. What degrees have is named by
    its words: "or related field". Years belong to experience, and to a degree or skill that has
    them attached. `alternative` is the id of the `Alternative` it is a member of; experience on a
    degree ("Bachelor's and 3 years") names the degree's, as do years that will do instead, and what
    these are in: `note` says so. `skill_kind` is the concept's: tool, method, domain, language, ...
    """

    kind: RequirementKind
    label: str
    necessity: Necessity
    evidence: Evidence
    concept: str | None = None
    min_years: Decimal | None = None
    max_years: Decimal | None = None
    fields: tuple[Term, ...] = ()
    foreign_equivalent: bool = False
    related_field: bool = False
    equivalent_experience: bool = False
    alternative: str | None = None
    note: str | None = None
    skill_kind: str | None = None

    @property
    def is_instead(self) -> bool:
        """Whether these are years that will do instead of something, and stand on no degree."""
        return self.kind is RequirementKind.EXPERIENCE and bool(self.alternative and self.note)


@dataclass(frozen=True, slots=True)
class Alternative:
    """A choice: `minimum` of the requirements that carry this `id` are enough."""

    id: str
    minimum: int
    necessity: Necessity
    evidence: Evidence


class Candidate(NamedTuple):
    """A skill phrase that no concept covers: kept apart until someone decides."""

    label: str
    necessity: Necessity
    evidence: Evidence


class Activity(NamedTuple):
    """What the person does ("mentioned") or must be able to do, in the posting's own words."""

    label: str
    necessity: Necessity
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class RelatedPosting:
    """A link to another posting ("More jobs at ..."): nothing of it belongs to this one."""

    title: Stated[str]
    role: Term | None = None
    level: Term | None = None
    specialisation: str | None = None
    places: tuple[Place, ...] = ()
    date_posted: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What one posting says. Tuples are sorted by position in the text unless said otherwise."""

    posting: Posting
    title: Stated[str] | None = None
    role: Stated[Term] | None = None
    level: Stated[Term] | None = None
    specialisation: Stated[str] | None = None
    employer: Stated[str] | None = None
    employment_type: Stated[str] | None = None
    industries: tuple[Stated[str], ...] = ()
    work_modes: tuple[Stated[str], ...] = ()
    duties: tuple[Stated[Term], ...] = ()
    """Verbs of scope that the posting uses of the person hired."""
    places: tuple[Stated[Place], ...] = ()
    applicant_countries: tuple[Stated[str], ...] = ()
    pay: Stated[Pay] | None = None
    pay_estimate: Stated[Pay] | None = None
    """What a board reckons the pay to be: never the posting's own."""
    pay_statements: tuple[Stated[StatedPay], ...] = ()
    equity: Stated[bool] | None = None
    relocation: Stated[bool] | None = None
    travel: Stated[bool] | None = None
    travel_share: Stated[int] | None = None
    equivalent_combination: Stated[bool] | None = None
    date_posted: Stated[date] | None = None
    valid_through: Stated[date] | None = None
    graduation_window: Stated[tuple[str, str]] | None = None
    reference: Stated[str] | None = None
    requirements: tuple[Requirement, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    activities: tuple[Activity, ...] = ()
    related: tuple[RelatedPosting, ...] = ()
    flags: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    mentions: tuple[Mention, ...] = ()

    def _repr_html_(self) -> str:
        from nlp.shown import facts_html

        return facts_html(self)
