"""What is like what, and what a name means."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from kg.analysis import similar as likeness
from kg.analysis.groups import AmbiguousNameError
from kg.analysis.things import find_skill, find_thing
from kg.graph_model import Kind
from kg.names import UnknownNameError
from tests.factories import concept, make_facts
from tests.likenesses import like, postings
from tests.role_graphs import corpus_of

if TYPE_CHECKING:
    from kg.corpus import Corpus


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Data engineers share Spark with ML engineers, and only Git, as all do, with software ones."""
    return corpus_of(
        [
            *postings("Data Engineer", 3, "Acme", "Git", "SQL", "Spark"),
            *postings("Machine Learning Engineer", 4, "Bolt", "Git", "Python", "Spark"),
            *postings("Software Engineer", 3, "Corn", "Git", "Java"),
            make_facts(source="lone", title="Clerk", role=None, level=None, employer="Git"),
        ]
    )


def test_roles_by_hand(corpus: Corpus) -> None:
    """Of 11 postings Git has 10, Spark 7, SQL 4, Python 5, Java 3.

    Data: Git ln 1.1, SQL ln 11/4, Spark ln 11/7; ML: Git, Python ln 11/5, Spark. In both: Git and
    Spark; in either: with SQL and Python.
    """
    found = like(corpus, "Data Engineer")
    first = found.rows[0]
    both = math.log(11 / 10) + math.log(11 / 7)
    either = both + math.log(11 / 4) + math.log(11 / 5)
    assert (first.label, first.shared) == ("Machine Learning Engineer", ("Spark", "Git"))
    assert first.overlap == pytest.approx(both / either, abs=1e-6)
    assert (first.postings, first.employers, found.caution) == (4, 4, None)
    assert first.likeness == pytest.approx(math.sqrt(first.overlap * first.cosine), abs=1e-5)


def test_equal_postings_are_wholly_alike(corpus: Corpus) -> None:
    found = like(corpus, "posting: Data Engineer 0")
    assert [one.label.split(" (")[0] for one in found.rows[:2]] == [
        "Data Engineer 1",
        "Data Engineer 2",
    ]
    assert [found.rows[0].overlap, found.rows[0].likeness] == pytest.approx([1.0, 1.0])
    assert found.caution is None


def test_skills_are_alike_by_what_they_go_with(corpus: Corpus) -> None:
    found = like(corpus, "skill: SQL")
    assert found.postings == 4
    assert "Java" not in [one.label for one in found.rows if one.shared == ()]


def test_a_group_of_one_is_said_to_be_one(corpus: Corpus) -> None:
    found = like(corpus, "employer: Acme 0")
    assert found.caution == "Not enough data: this rests on 1 posting."
    assert found.rows == ()


def test_the_shapes_of_what_is_alike(corpus: Corpus) -> None:
    found = like(corpus, "Data Engineer")
    assert all(tuple(row) == likeness.COLUMNS for row in found.to_rows())
    assert found.to_json()["enough"] is True


@pytest.mark.parametrize(
    ("name", "kind", "node"),
    [
        ("data engineer", Kind.ROLE, concept("role", "Data Engineer")),
        ("Spark", Kind.SKILL, concept("skill", "Spark")),
        ("skill: git", Kind.SKILL, concept("skill", "Git")),
        (concept("skill", "Git"), Kind.SKILL, concept("skill", "Git")),
    ],
)
def test_what_a_name_means(corpus: Corpus, name: str, kind: Kind, node: str) -> None:
    assert find_thing(corpus, name) == (kind, node)


@pytest.mark.parametrize("name", ["Clerk", "lone", "posting: lone", "posting:clerk"])
def test_a_posting_by_its_names(corpus: Corpus, name: str) -> None:
    kind, node = find_thing(corpus, name)
    assert (kind, corpus.source(node)) == (Kind.POSTING, "lone")
    assert find_thing(corpus, node) == (kind, node)
    assert find_thing(corpus, f"posting: {corpus.identifier(node)}") == (kind, node)


def test_a_name_of_two_things_is_none(corpus: Corpus) -> None:
    with pytest.raises(AmbiguousNameError, match=r"skill: .*git, employer: "):
        find_thing(corpus, "Git")


@pytest.mark.parametrize("name", ["Nobody", "skill: Acme 0", "posting: Spark"])
def test_an_unknown_name(corpus: Corpus, name: str) -> None:
    with pytest.raises(UnknownNameError):
        find_thing(corpus, name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Sparc", 'no role, employer, skill or posting "Sparc"; did you mean "Spark"'),
        ("data enginer", 'no role, .* did you mean "Data Engineer"'),
    ],
)
def test_an_unknown_name_offers_what_is_near_of_any_kind(
    corpus: Corpus, name: str, said: str
) -> None:
    with pytest.raises(UnknownNameError, match=said):
        find_thing(corpus, name)


def test_a_period_is_like_nothing(corpus: Corpus) -> None:
    with pytest.raises(ValueError, match="name one thing"):
        find_thing(corpus, "period: 2025")


def test_an_unknown_skill_offers_near_ones(corpus: Corpus) -> None:
    with pytest.raises(UnknownNameError, match='did you mean "Spark"'):
        find_skill(corpus, "Sparc")


def test_a_skill_that_no_posting_names_is_no_misspelling(corpus: Corpus) -> None:
    """The vocabulary has Hadoop: to offer other names for it would send people astray."""
    with pytest.raises(UnknownNameError, match=r'^no posting names the skill "hadoop"; the voc'):
        find_skill(corpus, "hadoop")
    with pytest.raises(UnknownNameError, match='no skill "Hadop"; did you mean "Hadoop"'):
        find_skill(corpus, "Hadop")
