"""Lines and options of which one will do: degrees, years and certificates made one choice."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import Final, NamedTuple

from nlp.document import Document, Span
from nlp.rules.degree_or_years import INSTEAD, OTHERWISE
from nlp.rules.degrees import Degrees
from nlp.rules.skills import Skills
from nlp.rules.ways import ways_of
from nlp.types import Alternative, Necessity, Requirement

RULE: Final = "degree:or-lines"
PAPERS: Final = "skill:or-lines"
ASKED: Final = (Necessity.REQUIRED, Necessity.PREFERRED)


class Asked(NamedTuple):
    """What a posting asks for, by kind."""

    degrees: Degrees
    experience: tuple[Requirement, ...]
    skills: Skills


class _Way(NamedTuple):
    """The indices of what one way asks for."""

    levels: list[int]
    years: list[int]
    papers: list[int]


def with_or_lines(document: Document, asked: Asked) -> Asked:
    """Return what is asked for, that of lines joined by "or" made members of one alternative.

    Years stand on the degree of their line ("Bachelor's degree and 9 years; OR"), and in place of
    the others' where their line names none, as a certificate does. Lines that name none of them
    are let alone.
    """
    choosing = _Choosing(document, asked)
    said = [one.evidence for one in (*choosing.levels, *choosing.years)]
    said += [one.evidence for one in choosing.skills if _is_paper(one)]
    if len(said) < 2:
        return asked
    changed = [choosing.choose(spans) for spans in ways_of(document, said)]
    return choosing.result() if any(changed) else asked


class _Choosing:
    """What is asked for while it is made members of choices."""

    def __init__(self, document: Document, asked: Asked) -> None:
        self._document = document
        self._asked = asked
        self.levels = list(asked.degrees.requirements)
        self.years = list(asked.experience)
        self.skills = list(asked.skills.requirements)
        self._places = [
            sorted((one.evidence.start, i) for i, one in enumerate(kind) if known(one))
            for kind, known in (
                (self.levels, bool),
                (self.years, bool),
                (self.skills, _is_paper),
            )
        ]
        self._choices = {
            one.id: one for one in (*asked.degrees.alternatives, *asked.skills.alternatives)
        }

    def choose(self, spans: list[Span]) -> bool:
        """Make a choice between ways that at least two of the spans are, and tell whether."""
        told = [(span, way) for span in spans if any(way := self._way(span))]
        if len(told) < 2:
            return False
        ways = [way for _, way in told]
        degree = next((self.levels[i] for way in ways for i in way.levels), None)
        start, end = told[0][0][0], told[-1][0][1]
        name = f"degree-{degree.evidence.start}" if degree else f"years-{start}"
        instead = any(not way.levels for way in ways)
        found = [one for way in ways for one in self._join(way, name, degree, instead=instead)]
        evidence = self._document.evidence(start, end, RULE if degree else PAPERS)
        self._choices[name] = Alternative(name, 1, (degree or found[0]).necessity, evidence)
        return True

    def result(self) -> Asked:
        """Return what is asked for, without choices that have no members any more."""
        degrees, skills = self._asked.degrees, self._asked.skills
        asked = (*self.levels, *self.years, *self.skills)
        members = {one.alternative for one in asked}
        kept = [one for one in self._choices.values() if one.id in members]
        of_skills = {one.id for one in skills.alternatives}
        return Asked(
            replace(
                degrees,
                requirements=tuple(self.levels),
                alternatives=tuple(one for one in kept if one.id not in of_skills),
            ),
            tuple(self.years),
            replace(
                skills,
                requirements=tuple(self.skills),
                alternatives=tuple(one for one in kept if one.id in of_skills),
            ),
        )

    def _way(self, span: Span) -> _Way:
        """Return what begins in a span."""
        return _Way(
            *(
                [
                    i
                    for _, i in places[
                        bisect_left(places, span[:1]) : bisect_left(places, span[1:])
                    ]
                ]
                for places in self._places
            )
        )

    def _join(
        self, way: _Way, name: str, degree: Requirement | None, *, instead: bool
    ) -> list[Requirement]:
        """Make what a way asks for members of a choice; years of a degree are said of it."""
        own = self.years[way.years[0]] if way.years else None
        for i in way.levels:
            one = self.levels[i]
            self.levels[i] = one._replace(
                alternative=name,
                equivalent_experience=one.equivalent_experience or instead,
                min_years=own.min_years if own else one.min_years,
                max_years=own.max_years if own else one.max_years,
            )
        note = None if way.levels else INSTEAD if degree else OTHERWISE
        for i in way.years:
            self.years[i] = self.years[i]._replace(alternative=name, note=note)
        for i in way.papers:
            self.skills[i] = self.skills[i]._replace(alternative=name)
        return [
            *(self.levels[i] for i in way.levels),
            *(self.years[i] for i in way.years),
            *(self.skills[i] for i in way.papers),
        ]


def _is_paper(one: Requirement) -> bool:
    return one.skill_kind == "certification" and one.necessity in ASKED
