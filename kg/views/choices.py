"""Choices of a posting: which words are a member of one, how many are enough, and what else is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from nlp.rules.subjects import SUBJECT
from nlp.types import Alternative, Facts, Mention, Requirement, RequirementKind

WORDS: Final = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
Key = tuple[str, int, str | None]
"""What a mention and a requirement are known by: kind, beginning, concept or label."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice: `minimum` of `options`, named as a reader would, are enough."""

    minimum: int
    options: tuple[str, ...]

    @property
    def short(self) -> str:
        """How many of how many: "one of 3"."""
        return f"{in_words(self.minimum)} of {len(self.options)}"

    @property
    def long(self) -> str:
        """What they are: "one of: Java; C++; Python"."""
        return f"{in_words(self.minimum)} of: {'; '.join(self.options)}"


class Choices:
    """The choices of a posting's facts, looked up by a mention of theirs."""

    def __init__(self, facts: Facts) -> None:
        members: dict[str, list[Requirement]] = {}
        for one in facts.requirements:
            if one.alternative is not None:
                members.setdefault(one.alternative, []).append(one)
        self._by_id: Mapping[str, Choice] = {
            one.id: Choice(one.minimum, _options(members.get(one.id, ())))
            for one in facts.alternatives
        }
        self._own: Mapping[Key, str] = {
            _key(one): name for name, found in members.items() for one in found
        }
        self._of: dict[tuple[str, str | None], list[Alternative]] = {}
        for choice in facts.alternatives:
            for said in {_key(r)[::2] for r in members.get(choice.id, ())}:
                self._of.setdefault(said, []).append(choice)

    def of(self, mention: Mention) -> Choice | None:
        """Return the choice that a mention is a member of, or that it is as a whole."""
        if mention.kind == "alternative":
            return self._by_id.get(mention.value or "")
        # A member that no concept covers is marked as the candidate that it is as well.
        kind = "skill" if mention.kind == "candidate" else mention.kind
        name = self._own.get((kind, mention.start, mention.value))
        if name is None:
            name = next(
                (
                    one.id
                    for one in self._of.get((kind, mention.value), ())
                    if one.evidence.start <= mention.start and mention.end <= one.evidence.end
                ),
                None,
            )
        return self._by_id.get(name or "")


def said_of(mention: Mention, choice: Choice | None) -> str:
    """Return what a mark says: "skill required", "skill, one of 3, required", "work modes"."""
    kind = mention.kind.replace("_", " ")
    if choice is None:
        return " ".join(filter(None, (kind, mention.necessity)))
    return ", ".join(filter(None, (kind, choice.short, mention.necessity)))


def _options(members: Iterable[Requirement]) -> tuple[str, ...]:
    """Return the names of a choice's options; years that stand on a degree are said with it.

    What years are in is no option either: "3 years in audit".
    """
    named = (
        _named(one)
        for one in members
        if one.note != SUBJECT and (one.kind is not RequirementKind.EXPERIENCE or one.is_instead)
    )
    return tuple(dict.fromkeys(named))


def _named(one: Requirement) -> str:
    years = _years(one)
    if one.kind is RequirementKind.EXPERIENCE:
        return f"{years} {one.label}".strip() if years else one.label
    return f"{one.label} with {years}" if years else one.label


def _years(one: Requirement) -> str:
    if one.min_years is None and one.max_years is None:
        return ""
    if one.min_years is None:
        return f"up to {one.max_years} years"
    if one.max_years is not None:
        return f"{one.min_years} to {one.max_years} years"
    return f"{one.min_years} {'year' if one.min_years == 1 else 'years'}"


def _key(one: Requirement) -> Key:
    return one.kind.value, one.evidence.start, one.concept or one.label


def in_words(number: int) -> str:
    """Return a small number as a word, as far as one is written so: "two", "12"."""
    return WORDS[number] if number < len(WORDS) else str(number)
