"""Joins of degrees and skills: a degree and what will do in its place, made one choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from nlp.document import Document
from nlp.rules.degrees import Degrees
from nlp.rules.skills import Skills
from nlp.types import Alternative, Necessity

ASKED: Final = frozenset({Necessity.REQUIRED, Necessity.PREFERRED})
"""How a degree is asked for that something may stand in the place of."""


class DegreeJoins:
    """The degrees and skills of a document while choices are made of them.

    `levels` are the requirements of degrees, `asked` those of skills; both may be changed.
    """

    def __init__(self, document: Document, degrees: Degrees, skills: Skills, rule: str) -> None:
        self.levels: Final = list(degrees.requirements)
        self.asked: Final = list(skills.requirements)
        self._document = document
        self._degrees = degrees
        self._skills = skills
        self._rule = rule
        self._times = Counter(
            (one.value, one.necessity) for one in skills.mentions if one.kind == "skill"
        )
        self._choices = {one.id: one for one in degrees.alternatives}

    def is_asked_again(self, at: int) -> bool:
        """Tell whether a skill is asked for elsewhere as well, and so by itself."""
        return self._times[self.asked[at].concept, self.asked[at].necessity] > 1

    def join(self, level: int, skills: Sequence[int]) -> None:
        """Make a degree and some skills members of one choice: its own, where it has one."""
        degree = self.levels[level]
        name = degree.alternative or f"degree-{degree.evidence.start}"
        spans = [degree.evidence, *(self.asked[at].evidence for at in skills)]
        spans += [self._choices[name].evidence] if name in self._choices else []
        start, end = min(one.start for one in spans), max(one.end for one in spans)
        evidence = self._document.evidence(start, end, self._rule)
        self._choices[name] = Alternative(name, 1, degree.necessity, evidence)
        self.levels[level] = degree._replace(alternative=name)
        for at in skills:
            self.asked[at] = self.asked[at]._replace(alternative=name)

    def done(self) -> tuple[Degrees, Skills]:
        """Return the degrees and the skills, without choices that have lost their members."""
        left = {one.alternative for one in self.asked}
        return (
            replace(
                self._degrees,
                requirements=tuple(self.levels),
                alternatives=tuple(self._choices.values()),
            ),
            replace(
                self._skills,
                requirements=tuple(self.asked),
                alternatives=tuple(one for one in self._skills.alternatives if one.id in left),
            ),
        )
