"""What a group can be called besides a role and its level."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.analysis.groups import find_group, find_groups
from kg.analysis.periods import bounds
from kg.names import UnknownNameError
from nlp.types import Place
from tests.factories import make_facts
from tests.role_graphs import corpus_of

if TYPE_CHECKING:
    from kg.corpus import Corpus

AUSTIN, LYON = Place("Austin", "TX", "US"), Place("Lyon", None, "FR")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Postings 1 to 5, each unlike the others in one thing."""
    return corpus_of(
        [
            make_facts(source="1", level="I", places=[AUSTIN], date_posted=date(2025, 1, 31)),
            make_facts(source="2", level="II", places=[AUSTIN], date_posted=date(2025, 2, 1)),
            make_facts(source="3", level=None, places=[LYON], date_posted=date(2024, 12, 31)),
            make_facts(source="4", level="II", role="Software Engineer", employer="Acme"),
            make_facts(source="5", level=None, places=[LYON], employer="Acme"),
        ]
    )


def sources(corpus: Corpus, name: str) -> list[str]:
    return sorted(str(corpus.source(one)) for one in find_group(corpus, name).postings)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Data Engineer", ["1", "2", "3", "5"]),
        ("role: data engineer", ["1", "2", "3", "5"]),
        ("level: II", ["2", "4"]),
        ("Level:ii", ["2", "4"]),
        ("employer: acme", ["4", "5"]),
        ("place: Austin, TX, US", ["1", "2"]),
        ("place: Austin, TX", ["1", "2"]),
        ("place: lyon", ["3", "5"]),
        ("period: 2025", ["1", "2"]),
        ("period: 2025-01", ["1"]),
        ("period: 2025-01-31..2025-02-01", ["1", "2"]),
        ("period: ..2024", ["3"]),
        ("period: 2023", []),
        ("Data Engineer + employer: Acme", ["5"]),
        ("level: II + period: 2025", ["2"]),
        ("level: II + place: Lyon, FR", []),
    ],
)
def test_a_group_by_what_it_says_it_is(corpus: Corpus, name: str, found: list[str]) -> None:
    assert sources(corpus, name) == found


@pytest.mark.parametrize("name", ["level: Data Engineer", "place: Acme", "employer: II", "II"])
def test_a_name_of_another_kind_is_none(corpus: Corpus, name: str) -> None:
    with pytest.raises(UnknownNameError):
        find_group(corpus, name)


def test_a_query_selects_a_group(corpus: Corpus) -> None:
    wanted = find_group(corpus, "employer: Acme").postings
    asked = []

    def select(sparql: str) -> list[str]:
        asked.append(sparql)
        return [*wanted, "https://elsewhere.example/posting/1"]

    group = find_group(corpus, "query: SELECT ?posting { ?posting a schema:JobPosting }", select)
    assert asked == ["SELECT ?posting { ?posting a schema:JobPosting }"]
    assert group.postings == wanted


def test_two_queries_are_told_apart(corpus: Corpus) -> None:
    groups = find_groups(corpus, "query: SELECT 1", "query: SELECT 2", lambda _: [])
    assert [one.label for one in groups] == [
        "the first query's postings",
        "the second query's postings",
    ]
    one, _ = find_groups(corpus, "query: SELECT 1", "Acme", lambda _: [])
    assert one.label == "the query's postings"


def test_a_role_beside_its_level_is_the_plain_title(corpus: Corpus) -> None:
    plain, two = find_groups(corpus, "Data Engineer", "Data Engineer II")
    assert plain.label == "Data Engineer, no level stated"
    assert [str(corpus.source(one)) for one in two.postings] == ["2"]
    assert sorted(str(corpus.source(one)) for one in plain.postings) == ["3", "5"]


@pytest.mark.parametrize("other", ["Software Engineer II", "Software Engineer", "Acme"])
def test_beside_anything_else_a_role_is_whole(corpus: Corpus, other: str) -> None:
    role, _ = find_groups(corpus, "Data Engineer", other)
    assert role.label == "Data Engineer"


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-03-15", "2025-03-15", "2025-03-15"),
        ("2024-11 .. 2025-02", "2024-11-01", "2025-02-28"),
        ("2025..", "2025-01-01", "9999-12-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(period: str, first: str, last: str) -> None:
    assert bounds(period) == (first, last)


@pytest.mark.parametrize(
    ("period", "why"),
    [
        ("", "nothing"),
        ("last year", "words"),
        ("2025-13", "no such month"),
        ("2025-02-30", "no such day"),
        ("2025-00", "no such month"),
        ("0000", "no such year"),
        ("25-01", "a year has four digits"),
        ("2025-01-01-01", "too many parts"),
    ],
)
def test_what_is_no_period_says_how_one_is_written(period: str, why: str) -> None:
    with pytest.raises(ValueError, match=r"write 2025, 2025-03, 2025-03-15"):
        pytest.fail(f"{why}: {bounds(period)}")


def test_a_period_that_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        bounds("2025..2024")
