"""A posting's facts as a short table for people: fact, value, the words that prove it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nlp.mentions import as_text, stated_facts
from nlp.types import Facts, Requirement, RequirementKind, Term

COLUMNS: Final = ("fact", "value", "words")
LONGEST_QUOTE: Final = 60

Row = tuple[str, str, str]


def summary_rows(facts: Facts) -> list[Row]:
    """Return the rows: the plain facts first, then what is asked for, by kind and necessity."""
    rows = [
        (
            name.replace("_", " "),
            stated.value.label if isinstance(stated.value, Term) else as_text(stated.value),
            _short(stated.evidence[0].text),
        )
        for name, stated in stated_facts(facts)
    ]
    rows += _requirements(facts)
    rows += [
        (f"candidate, {c.necessity}", c.label, _short(c.evidence.text)) for c in facts.candidates
    ]
    rows += [(f"activity, {a.necessity}", _short(a.label), "") for a in facts.activities]
    rows += [("related posting", r.title.value, "") for r in facts.related]
    rows += [("flag", flag, "") for flag in facts.flags]
    return rows


def _requirements(facts: Facts) -> Iterator[Row]:
    order = list(RequirementKind)
    single = [r for r in facts.requirements if r.alternative is None]
    for r in sorted(
        single, key=lambda r: (-order.index(r.kind), r.necessity != "required", r.evidence.start)
    ):
        yield f"{r.kind}, {r.necessity}", _value(r), _short(r.evidence.text)
    for alternative in facts.alternatives:
        members = [
            _value(r)
            for r in facts.requirements
            if r.alternative == alternative.id and r.kind is not RequirementKind.EXPERIENCE
        ]  # years that stand on a degree are said with it
        yield (
            f"{alternative.minimum} of these, {alternative.necessity}",
            ", ".join(members),
            _short(alternative.evidence.text),
        )


def _value(requirement: Requirement) -> str:
    """Return "Master's degree in Computer Science or Engineering", "1 year in the job offered"."""
    r = requirement
    value = r.label
    if r.kind is RequirementKind.EXPERIENCE:
        return f"{_years(r)} {r.label}"
    if r.fields:
        value += f" in {', '.join(field.label for field in r.fields)}"
    if r.min_years is not None or r.max_years is not None:
        value += f" with {_years(r)}"
    extras = {
        "or a related field": r.related_field,
        "or foreign equivalent": r.foreign_equivalent,
        "or equivalent experience": r.equivalent_experience,
    }
    return "; ".join([value, *(words for words, said in extras.items() if said)])


def _years(requirement: Requirement) -> str:
    low, high = requirement.min_years, requirement.max_years
    if low is None:
        return f"up to {high} years"
    years = f"{low}" if high is None else f"{low} to {high}"
    return f"{years} {'year' if years == '1' else 'years'}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 1]}…"
