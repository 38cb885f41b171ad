"""Mentions: every span of a posting that a rule took, gathered from its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from operator import itemgetter
from typing import Final

from nlp.types import (
    Evidence,
    Facts,
    Mention,
    Necessity,
    Pay,
    Place,
    RequirementKind,
    SectionKind,
    Stated,
    StatedPay,
    Term,
    made,
)

NOT_STATED: Final = frozenset(
    ("posting", "requirements", "alternatives", "candidates", "activities")
) | {"related", "flags", "sections", "mentions"}
"""The fields of `Facts` that hold no plain facts."""
STATED: Final = tuple(field.name for field in fields(Facts) if field.name not in NOT_STATED)
BY_PLACE: Final = itemgetter(0, 1, 3, 4)
BY_PLACE_AND_VALUE: Final = itemgetter(0, 1, 3, 4, 6)
"""Start, end, kind, rule and value of a mention."""


def gather_mentions(facts: Facts, skills: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions of all facts and of `skills`, sorted by position, each once."""
    mentions = set(skills)
    for kind, stated in stated_facts(facts):
        value = as_text(stated.value)
        mentions.update(_mention(kind, evidence, value) for evidence in stated.evidence)
    for requirement in facts.requirements:
        if requirement.kind is not RequirementKind.SKILL:
            value = requirement.concept or requirement.label
            mentions.add(
                _mention(requirement.kind, requirement.evidence, value, requirement.necessity)
            )
    for alternative in facts.alternatives:
        mentions.add(
            _mention("alternative", alternative.evidence, alternative.id, alternative.necessity)
        )
    for candidate in facts.candidates:
        mentions.add(
            _mention("candidate", candidate.evidence, candidate.label, candidate.necessity)
        )
    for activity in facts.activities:
        mentions.add(_mention("activity", activity.evidence, activity.label, activity.necessity))
    for related in facts.related:
        title = related.title
        mentions.update(_mention("related", evidence, title.value) for evidence in title.evidence)
    told = sorted(mentions, key=BY_PLACE_AND_VALUE)
    if facts.posting.hints:
        told = sorted((*told, *_unproven(facts, told)), key=BY_PLACE)
    return tuple(told)


def _unproven(facts: Facts, taken: Iterable[Mention]) -> Iterator[Mention]:
    """Yield a mention of each hint that no fact of `taken` rests on: a link, a department."""
    told = [mention for mention in taken if mention.rule.startswith("hint:")]
    for hint in facts.posting.hints:
        rule = f"hint:{hint.kind}"
        if not any(one.rule == rule and hint.start <= one.start < hint.end for one in told):
            words = facts.posting.text[hint.start : hint.end]
            yield Mention(hint.start, hint.end, words, hint.kind.value, rule, SectionKind.HEADER)


def stated_facts(facts: Facts) -> Iterator[tuple[str, Stated[object]]]:
    """Yield each plain fact of a posting with the name of its field, in the fields' order.

    What is stated of pay beside the pay itself (a bonus, another place's range) comes as "pay".
    """
    told = facts.pay.evidence if facts.pay else ()
    for field in STATED:
        if not (value := getattr(facts, field)):
            continue
        name = "pay" if field == "pay_statements" else field
        for stated in value if isinstance(value, tuple) else (value,):
            if name == field or stated.evidence[0] not in told:
                yield name, stated


def as_text(value: object) -> str:
    """Return a fact's value in one line: "168237.50 - 222695.00 USD YEAR", "Palo Alto, CA, US"."""
    if isinstance(value, Term):
        return value.concept or value.label
    if isinstance(value, Pay):
        amounts = " - ".join(str(x) for x in (value.low, value.high) if x is not None)
        return " ".join(filter(None, (amounts, value.currency, value.period)))
    if isinstance(value, StatedPay):
        kind = None if value.kind == "base" else value.kind
        return ", ".join(filter(None, (as_text(value.pay), kind, value.applies_to)))
    if isinstance(value, Place):
        where = ", ".join(filter(None, (value.city, value.region, value.country)))
        return ", ".join(filter(None, ("Remote" if value.remote else None, where)))
    if isinstance(value, tuple):
        return " - ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _mention(
    kind: str, evidence: Evidence, value: str, necessity: Necessity | None = None
) -> Mention:
    start, end, text, rule, section = evidence
    return made(Mention, (start, end, text, kind, rule, section, value, necessity))
