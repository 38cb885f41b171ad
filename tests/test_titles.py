"""The vocabulary of titles: every label names one role, and the tables name roles that exist."""

from __future__ import annotations

from functools import cache

import pytest

import ontology
from nlp.patterns import table
from nlp.rules.title_words import key, words_of
from nlp.rules.titles import Titles
from ontology import Vocabulary


@cache
def vocabulary() -> Vocabulary:
    return ontology.load()


def test_no_label_reads_as_two_roles() -> None:
    """Also when abbreviations are written out: "QC Chemist" is "Quality Control Chemist"."""
    read: dict[str, set[str]] = {}
    for concept in vocabulary().scheme("roles"):
        for label in concept.labels:
            read.setdefault(key(words_of(label)), set()).add(concept.label)
    assert {label: roles for label, roles in read.items() if len(roles) > 1} == {}


def test_every_role_is_below_a_family() -> None:
    roles = {concept.iri: concept for concept in vocabulary().scheme("roles")}
    assert len(roles) > 350
    for concept in roles.values():
        assert concept.label.endswith(" roles") is not bool(concept.broader), concept.label
        above, steps = concept, 0
        while above.broader:
            above, steps = roles[above.broader[0]], steps + 1
            assert steps < 10, f"{concept.label}: broader goes round"


def test_levels_are_in_one_order() -> None:
    levels = vocabulary().scheme("levels")
    assert len({level.rank for level in levels}) == len(levels)
    order = [level.label for level in sorted(levels, key=lambda level: level.rank or 0)]
    ladder = ["Intern", "Entry Level", "Junior", "I", "II", "Mid-level", "Senior", "Staff"]
    assert [label for label in order if label in ladder] == ladder


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("disciplines", "role"),
        ("disciplines", "led_by"),
        ("role_nouns", "role"),
        ("role_ranks", "role"),
    ],
)
def test_tables_name_known_roles(name: str, column: str) -> None:
    named = {row[column] for row in table(name) if row[column]}
    assert {role for role in named if vocabulary().find(role, "roles") is None} == set()


def test_every_label_of_a_role_is_read_as_that_role() -> None:
    titles = Titles(vocabulary())
    wrong = []
    for concept in vocabulary().scheme("roles"):
        for label in concept.labels if concept.broader else ():
            title = titles.parse(label)
            if title is None or title.role.concept != concept.iri:
                wrong.append((label, concept.label, title and title.role.label))
    assert wrong == []
