"""Hints: what a source's own fields state, read by the same rules as the text below them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeVar

from nlp.document import Document
from nlp.gazetteer import country_code, region
from nlp.rules.dates import read_date
from nlp.rules.employer import clean_name
from nlp.rules.employment import read_employment_type
from nlp.rules.homes import homes_in
from nlp.rules.industries import industry_items
from nlp.rules.modes import modes_in
from nlp.rules.pay_reading import Mention as PayMention
from nlp.rules.pay_reading import mentions as pay_mentions
from nlp.rules.place_lists import places_in_list
from nlp.rules.title_tails import without_tail
from nlp.rules.titles import Titles
from nlp.sections import split_sections
from nlp.types import (
    Evidence,
    FieldKind,
    Hint,
    Place,
    Posting,
    Section,
    SectionKind,
    Stated,
    Term,
)
from nlp.words import words_of

T = TypeVar("T")

LEVEL_WORD: Final = re.compile(r"[ -]level$", re.IGNORECASE)
LABEL: Final = "Salary: "
"""Before the words of pay: so the rules take them for pay, as they do in a text."""
TOLD: Final = frozenset(
    {
        FieldKind.DATE_POSTED,
        FieldKind.PAY,
        FieldKind.PAY_ESTIMATE,
        FieldKind.PLACE,
        FieldKind.VALID_THROUGH,
    }
)
"""Fields that raise a flag where no rule can read them: 31 February, pay of 1e308."""


@dataclass(slots=True)
class Hinted:
    """What the fields of a posting's source state. `unread` are those that no rule can read."""

    title: Stated[str] | None = None
    employer: Stated[str] | None = None
    level: Stated[Term] | None = None
    employment_type: Stated[str] | None = None
    date_posted: Stated[date] | None = None
    valid_through: Stated[date] | None = None
    reference: Stated[str] | None = None
    places: list[Stated[Place]] = field(default_factory=list)
    work_modes: list[Stated[str]] = field(default_factory=list)
    applicants: list[Stated[str]] = field(default_factory=list)
    industries: list[Stated[str]] = field(default_factory=list)
    unread: set[FieldKind] = field(default_factory=set)

    def pay(self, posting: Posting, kind: FieldKind, country: str | None) -> list[PayMention]:
        """Return what the posting's fields of a kind state of pay, in order."""
        found: list[PayMention] = []
        for hint in posting.hints:
            if hint.kind is kind:
                line = LABEL + posting.text[hint.start : hint.end]
                alone = Document(line, (Section(SectionKind.HEADER, 0, len(line)),), {})
                read = pay_mentions(alone, country)
                stated = [_moved(one, posting.text, hint) for one in read]
                found += stated
                self.unread |= set() if stated else {kind}
        return found

    @property
    def flags(self) -> set[str]:
        """The flags of the fields that nobody could read."""
        return {f"hint-unread:{kind}" for kind in self.unread & TOLD}


def without_card(posting: Posting) -> str:
    """Return the text with blanks for the card, as long as it was; a title stays its first line.

    So the rules for texts see what a text would have, and every offset is the stored text's.
    """
    title = posting.hints[0] if posting.hints else None
    end = title.end if title and title.kind is FieldKind.TITLE else 0
    blank = posting.card - end
    lines = "\n\n" + " " * (blank - 3) + "\n" if blank > 2 else "\n" * blank
    return posting.text[:end] + lines + posting.text[posting.card :]


def posting_sections(posting: Posting) -> tuple[Section, ...]:
    """Return the sections of the text, the card before them as a header."""
    sections = split_sections(posting.text[posting.card :])
    if not posting.card:
        return sections
    moved = (
        replace(section, start=section.start + posting.card, end=section.end + posting.card)
        for section in sections
    )
    return (Section(SectionKind.HEADER, 0, posting.card), *moved)


def read_hints(posting: Posting, titles: Titles) -> Hinted:
    """Return what the hints of a posting state, pay left out: it needs to know the country."""
    hinted = Hinted()
    for hint in posting.hints:
        if hint.kind not in (FieldKind.PAY, FieldKind.PAY_ESTIMATE) and not _read(
            hinted, posting.text, hint, titles
        ):
            hinted.unread.add(hint.kind)
    return hinted


def _read(hinted: Hinted, text: str, hint: Hint, titles: Titles) -> bool:
    """Read one hint into `hinted`; say whether it could be read."""
    words = text[hint.start : hint.end]

    def state(value: T) -> Stated[T]:
        return Stated(value, (evidence(text, hint),))

    match hint.kind:
        case FieldKind.TITLE:
            name = without_tail(words)
            stated = Stated(name, (evidence(text, hint, high=len(name)),))
            hinted.title = hinted.title or stated
        case FieldKind.EMPLOYER:
            hinted.employer = hinted.employer or state(clean_name(words) or words)
        case FieldKind.REFERENCE:
            hinted.reference = hinted.reference or state(words)
        case FieldKind.PLACE:
            return _read_places(hinted, text, hint)
        case FieldKind.WORK_MODE:
            modes = sorted(modes_in(words))
            hinted.work_modes += map(state, modes)
            return bool(modes)
        case FieldKind.INDUSTRY:
            for start, end in industry_items(words_of(text, hint.start, hint.end), ()):
                proof = evidence(text, hint, start - hint.start, end - hint.start)
                hinted.industries.append(Stated(proof.text, (proof,)))
        case FieldKind.APPLICANT_PLACE:
            country = _country(words)
            hinted.applicants += [state(country)] if country else []
            return country is not None
        case FieldKind.EMPLOYMENT_TYPE:
            kind = read_employment_type(words)
            hinted.employment_type = hinted.employment_type or (state(kind) if kind else None)
            return kind is not None
        case FieldKind.LEVEL:
            rank = titles.ladder.alone(words) or titles.ladder.alone(LEVEL_WORD.sub("", words))
            level = state(Term(rank.label, rank.iri)) if rank else None
            hinted.level = hinted.level or level
            return level is not None
        case FieldKind.DATE_POSTED | FieldKind.VALID_THROUGH:
            day = read_date(words)
            if day and hint.kind is FieldKind.DATE_POSTED:
                hinted.date_posted = hinted.date_posted or state(day)
            elif day:
                hinted.valid_through = hinted.valid_through or state(day)
            return day is not None
        case _:
            pass
    return True


def _read_places(hinted: Hinted, text: str, hint: Hint) -> bool:
    words = text[hint.start : hint.end]
    found = False
    for low, high, place in places_in_list(words, towns=False):
        hinted.places.append(Stated(place, (evidence(text, hint, low, high),)))
        found = True
    for low, high, place in () if found else homes_in(words):
        stated = evidence(text, hint, low, high)
        hinted.places.append(Stated(place, (stated,)))
        hinted.applicants += [Stated(place.country, (stated,))] if place.country else []
        found = True
    for mode in sorted(modes_in(words)):
        hinted.work_modes.append(Stated(mode, (evidence(text, hint),)))
        found = True
    return found


def _country(words: str) -> str | None:
    """Return the country that words name, or the one of the state they end with."""
    last = words.rsplit(",", 1)[-1].strip(" .")
    state = region(last)
    return country_code(words.strip(" .")) or country_code(last) or (state[1] if state else None)


def _moved(mention: PayMention, text: str, hint: Hint) -> PayMention:
    low = max(0, mention.evidence.start - len(LABEL))
    high = mention.evidence.end - len(LABEL)
    return replace(mention, evidence=evidence(text, hint, low, high))


def evidence(text: str, hint: Hint, low: int = 0, high: int | None = None) -> Evidence:
    """Return the words of a hint, or those from `low` to `high` within it."""
    start = hint.start + low
    end = hint.end if high is None else hint.start + high
    words = text[start:end]
    return Evidence(start, end, words, f"hint:{hint.kind}", SectionKind.HEADER)
