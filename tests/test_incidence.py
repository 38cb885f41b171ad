"""Which posting asks for which skill, and for which two together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.incidence import (
    OUTRIGHT,
    check_way,
    group_or_all,
    incidence_of,
    strengths_of,
)
from kg.necessities import STRENGTHS
from tests.factories import make_facts
from tests.incidences import incidence
from tests.role_graphs import corpus_of

if TYPE_CHECKING:
    from kg.corpus import Corpus
    from kg.necessities import Asked


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """1 asks one of Java, C++, Python beside SQL; 2 the same, and Java outright; 3 nothing."""
    return corpus_of(
        [
            make_facts(
                source="1",
                employer="Acme",
                required=("SQL",),
                preferred=("Git",),
                any_of={"a": ("Java", "C++", "Python")},
            ),
            make_facts(
                source="2", employer=None, required=("SQL", "Java"), any_of={"a": ("Java", "C++")}
            ),
            make_facts(source="3", employer="Acme", level=None, required=()),
        ]
    )


def rows(corpus: Corpus, ways: tuple[Asked, ...]) -> dict[str, list[str]]:
    made = incidence_of(corpus, group_or_all(corpus, None), ways)
    return {
        str(corpus.source(posting)): [
            made.labels[column] for column in np.flatnonzero(made.asks[[row]].toarray()[0])
        ]
        for row, posting in enumerate(made.postings)
    }


@pytest.mark.parametrize(
    ("ways", "asked"),
    [
        (STRENGTHS, {"1": ["C++", "Git", "Java", "Python", "SQL"], "2": ["C++", "Java", "SQL"]}),
        (OUTRIGHT, {"1": ["Git", "SQL"], "2": ["Java", "SQL"]}),
        (("required",), {"1": ["SQL"], "2": ["Java", "SQL"]}),
        (("preferred",), {"1": ["Git"], "2": []}),
        (("mentioned",), {"1": [], "2": []}),
    ],
)
def test_what_counts_as_asked(
    corpus: Corpus, ways: tuple[Asked, ...], asked: dict[str, list[str]]
) -> None:
    assert rows(corpus, ways) == {**asked, "3": []}


def test_members_of_an_alternative_are_not_asked_for_together(corpus: Corpus) -> None:
    """1: each member with SQL and Git, no two members. 2: Java is asked for beside the choice."""
    made = incidence_of(corpus, group_or_all(corpus, None))
    together = made.together().toarray()
    at = {label: column for column, label in enumerate(made.labels)}
    assert together[at["Java"], at["Python"]] == 0
    assert together[at["C++"], at["Python"]] == 0
    assert together[at["Java"], at["C++"]] == 1
    assert together[at["Java"], at["SQL"]] == 2
    assert together[at["Python"], at["SQL"]] == 1
    assert together.diagonal().tolist() == made.counts.tolist()


def test_a_posting_without_an_employer_is_its_own(corpus: Corpus) -> None:
    made = incidence_of(corpus, group_or_all(corpus, None))
    assert made.employer_count == 2


def test_a_group_has_its_postings_and_an_empty_one_none(corpus: Corpus) -> None:
    assert len(incidence_of(corpus, group_or_all(corpus, "Data Engineer II")).postings) == 2
    empty = incidence_of(corpus, group_or_all(corpus, "period: 1999"))
    assert empty.asks.shape == (0, 0)
    assert (empty.employer_count, empty.enough) == (0, False)
    assert empty.together().shape == (0, 0)


@pytest.mark.parametrize("way", ["any", "required", "preferred", "mentioned"])
def test_ways_to_ask(way: str) -> None:
    assert strengths_of(check_way(way)) == (STRENGTHS if way == "any" else (way,))


@pytest.mark.parametrize("way", ["", "alternative", "Required", "all"])
def test_what_is_no_way_to_ask(way: str) -> None:
    with pytest.raises(ValueError, match="any, required, preferred, mentioned"):
        check_way(way)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text("abcd", max_size=4), min_size=1, max_size=6))
def test_pairs_counted_at_once_are_those_counted_one_by_one(postings: list[str]) -> None:
    choices = [(place, named[:2]) for place, named in enumerate(postings) if len(set(named)) > 1]
    choices = [(place, chosen) for place, chosen in choices if len(set(chosen)) == 2]
    made = incidence(postings, choices=choices)
    together = made.together().toarray()
    count = len(made.skills)
    first, second = np.triu_indices(count, 1)
    if len(first):
        where = made.together_in(first, second)
        assert np.asarray(where.sum(axis=1)).tolist() == together[first, second].tolist()
    assert (together == together.T).all()
