"""What a candidate shows: skills, degrees and years, each with the words that show it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.resumes.employment import find_spells, years_of_work
from nlp.types import Necessity, RequirementKind

if TYPE_CHECKING:
    from datetime import date

    from nlp.extract import Extractor
    from nlp.types import Posting


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the résumé, by their code points."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A skill or degree that a résumé shows. `concept` is None where no concept covers it."""

    concept: str | None
    label: str
    words: tuple[Words, ...]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """A candidate. `years` are those of work, None where the résumé tells of none."""

    name: str
    text: str
    skills: tuple[Shown, ...]
    degrees: tuple[Shown, ...]
    years: float | None
    years_words: tuple[Words, ...] = ()


def profile_of(resume: Posting, extractor: Extractor, today: date) -> Profile:
    """Return what `resume` shows on the day `today`, which "present" stands for.

    Skills and degrees are what the extractor takes from the text wherever it stands: a résumé
    asks for nothing, so that necessity has no meaning in it; what is waived is left out. Years are
    those that its dates of work cover, or those it says in words ("8 years of experience") where
    they are more.
    """
    facts = extractor(resume)
    skills: dict[tuple[str | None, str], list[Words]] = defaultdict(list)
    degrees: dict[tuple[str | None, str], list[Words]] = defaultdict(list)
    fields: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    said: list[tuple[float, Words]] = []
    for one in facts.requirements:
        if one.necessity is Necessity.WAIVED:
            continue
        words = Words(one.evidence.start, one.evidence.end, one.evidence.text)
        key = one.concept, one.label
        if one.kind is RequirementKind.SKILL:
            skills[key].append(words)
        elif one.kind is RequirementKind.DEGREE:
            degrees[key].append(words)
            fields[key].update(field.label for field in one.fields)
        elif one.min_years is not None:
            said.append((float(one.min_years), words))
    for candidate in facts.candidates:
        evidence = candidate.evidence
        skills[None, candidate.label].append(Words(evidence.start, evidence.end, evidence.text))
    spells = find_spells(resume.text, today)
    years = years_of_work(spells)
    shown = tuple(Words(one.start, one.end, resume.text[one.start : one.end]) for one in spells)
    if said and max(said)[0] > (years or 0):
        years, told = max(said, key=lambda each: each[0])
        shown = (told,)
    return Profile(
        name=resume.source,
        text=resume.text,
        skills=_shown(skills, {}),
        degrees=_shown(degrees, fields),
        years=years,
        years_words=shown,
    )


def _shown(
    found: dict[tuple[str | None, str], list[Words]],
    fields: dict[tuple[str | None, str], set[str]],
) -> tuple[Shown, ...]:
    shown = [
        Shown(
            concept,
            label,
            tuple(sorted(dict.fromkeys(words), key=lambda one: one.start)),
            tuple(sorted(fields.get((concept, label), ()))),
        )
        for (concept, label), words in found.items()
    ]
    return tuple(sorted(shown, key=lambda one: (one.label.casefold(), one.concept or "")))
