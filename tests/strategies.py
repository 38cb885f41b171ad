"""Facts of any content for property tests: odd names, odd words, but nothing contradictory."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from nlp.types import (
    Alternative,
    Evidence,
    Facts,
    Necessity,
    Pay,
    Place,
    Posting,
    RelatedPosting,
    Requirement,
    RequirementKind,
    SectionKind,
    Stated,
    Term,
)
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

ODD = (
    '"><img src=x onerror=alert(1)>',
    "C++",
    "C#",
    "C",
    "a b\tc\nd",
    "日本",
    "Zürich",
    "scikit-learn",
    "}> DROP ALL #",
    "%zz",
    "\\u0020",
    "..",
)
names = st.sampled_from(ODD) | st.text(min_size=1, max_size=12)
necessities = st.sampled_from([Necessity.REQUIRED, Necessity.PREFERRED, Necessity.MENTIONED])
countries = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)
months = st.dates().map(lambda day: day.isoformat()[:7])
amounts = st.decimals(Decimal("0.01"), 10**7, places=2)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Facts with a text of their own; every piece of evidence is a stretch of it."""
    text = draw(st.text(min_size=2, max_size=60))

    def evidence() -> Evidence:
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        rule = draw(st.sampled_from(["skill:concept", "pay:range", "odd rule/<1>"]))
        # The same words by the same rule stand in the same section.
        section = list(SectionKind)[start % len(SectionKind)]
        return Evidence(start, end, text[start:end], rule, section)

    def maybe(values: st.SearchStrategy[T]) -> Stated[T] | None:
        if not draw(st.booleans()):
            return None
        return Stated(draw(values), tuple(evidence() for _ in range(draw(st.integers(1, 2)))))

    def several(values: st.SearchStrategy[T]) -> tuple[Stated[T], ...]:
        drawn = draw(st.lists(values, max_size=3))
        return tuple(Stated(value, (evidence(),)) for value in drawn)

    choices = tuple(
        Alternative(name, draw(st.integers(1, 2)), draw(necessities), evidence())
        for name in draw(st.lists(names, max_size=2, unique=True))
    )
    return Facts(
        posting=Posting(draw(names), text, hashlib.sha256(text.encode()).hexdigest()),
        title=maybe(names),
        role=maybe(term("role")),
        level=maybe(term("level")),
        specialisation=maybe(names),
        employer=maybe(names),
        employment_type=maybe(st.sampled_from(["FULL_TIME", "INTERN"])),
        work_modes=several(st.sampled_from(["onsite", "hybrid", "remote"])),
        duties=several(term("duty")),
        places=several(places()),
        applicant_countries=several(countries),
        pay=maybe(pays()),
        equity=maybe(st.booleans()),
        relocation=maybe(st.booleans()),
        travel=maybe(st.booleans()),
        equivalent_combination=maybe(st.booleans()),
        date_posted=maybe(st.dates()),
        graduation_window=maybe(st.tuples(months, months)),
        reference=maybe(names),
        requirements=tuple(_requirements(draw, evidence, choices)),
        alternatives=choices,
        related=tuple(
            RelatedPosting(
                Stated(draw(names), (evidence(),)),
                draw(st.none() | term("role")),
                places=tuple(draw(st.lists(places(), max_size=2))),
                date_posted=draw(st.none() | st.dates()),
            )
            for _ in range(draw(st.integers(0, 2)))
        ),
        flags=tuple(draw(st.lists(names, max_size=2))),
    )


def term(kind: str) -> st.SearchStrategy[Term]:
    """A name, with a concept now and then."""
    iris = st.sampled_from([f"{terms.VOCABULARY}{kind}/{name}" for name in ("a", "b-c")])
    return st.builds(Term, names, st.none() | iris)


def places() -> st.SearchStrategy[Place]:
    """A place of which something is known."""
    maybe = st.none() | names
    return st.builds(Place, names, maybe, st.none() | countries, st.sampled_from([None, True]))


@st.composite
def pays(draw: st.DrawFn) -> Pay:
    """Pay with one amount or two, the lower first."""
    low, high = sorted([draw(amounts), draw(amounts)])
    one = draw(st.sampled_from(["both", "low", "high"]))
    return Pay(
        None if one == "high" else low,
        None if one == "low" else high,
        draw(st.sampled_from([None, "USD", "EUR"])),
        draw(
            st.sampled_from(
                [None, "HOUR", "DAY", "WEEK", "BIWEEKLY", "SEMIMONTHLY", "MONTH", "YEAR"]
            )
        ),
    )


def _requirements(
    draw: st.DrawFn, evidence: Callable[[], Evidence], choices: tuple[Alternative, ...]
) -> list[Requirement]:
    kinds = st.sampled_from(list(RequirementKind))
    asked = [
        _requirement(draw, evidence, draw(kinds), name, None)
        for name in draw(st.lists(names, max_size=5))
    ]
    for choice in choices:
        members = draw(st.lists(names, min_size=2, max_size=4, unique=True))
        asked += [
            _requirement(draw, evidence, RequirementKind.SKILL, name, choice.id) for name in members
        ]
    return asked


def _requirement(
    draw: st.DrawFn,
    evidence: Callable[[], Evidence],
    kind: RequirementKind,
    label: str,
    alternative: str | None,
) -> Requirement:
    low, high = sorted(draw(st.tuples(*[st.decimals(0, 20, places=1)] * 2)))
    degree = kind is RequirementKind.DEGREE
    concepts = st.sampled_from([f"{terms.VOCABULARY}{kind}/{name}" for name in ("a", "b-c")])
    return Requirement(
        kind,
        label,
        draw(necessities),
        evidence(),
        None if kind is RequirementKind.EXPERIENCE else draw(st.none() | concepts),
        draw(st.sampled_from([None, low])),
        draw(st.sampled_from([None, high])),
        fields=tuple(draw(st.lists(term("field"), max_size=2))) if degree else (),
        foreign_equivalent=degree and draw(st.booleans()),
        alternative=alternative,
        note=draw(st.none() | names),
    )
