"""How sure a likeness is: intervals, too few for one, and how it is said."""

from __future__ import annotations

import math

import pytest

from kg.analysis.embedding import embed
from kg.analysis.profiles import profiles_of_groups, profiles_of_skills
from kg.analysis.sureness import Parties
from kg.graph_model import Kind
from kg.views.likeness_text import print_similar
from kg.views.pages.charts import Mark
from kg.views.pages.sections import of_likeness
from tests.incidences import incidence
from tests.likenesses import like, postings
from tests.role_graphs import corpus_of

MANY = [
    *postings("Data Engineer", 10, "Acme", "Git", "SQL", "Spark"),
    *postings("Machine Learning Engineer", 12, "Bolt", "Git", "Spark"),
    *postings("Clerk", 10, "Corn", "Java"),
]


def test_an_interval_by_hand() -> None:
    """Of 32 postings Git and Spark have 22, SQL 10; all of a role ask for the same.

    Git and Spark weigh ln 32/22 each, SQL ln 32/10: the overlap is what the two have of all three.
    No employer differs from another, so the interval has nothing to allow for.
    """
    found = like(corpus_of(MANY), "Data Engineer").rows[0]
    both, alone = 2 * math.log(32 / 22), math.log(32 / 10)
    assert found.label == "Machine Learning Engineer"
    assert found.overlap == pytest.approx(both / (both + alone), abs=1e-6)
    assert found.overlap_interval == pytest.approx((found.overlap, found.overlap), abs=1e-6)
    assert found.interval == pytest.approx((found.likeness, found.likeness), abs=1e-6)
    assert found.not_enough_data is None


def test_nine_employers_are_too_few_and_it_is_said() -> None:
    (found,) = like(corpus_of(MANY[1:]), "Machine Learning Engineer").rows
    assert (found.interval, found.overlap_interval) == (None, None)
    assert found.not_enough_data == "not enough data: 9 employers; an interval takes 10"


ALONE = [
    *postings("Data Engineer", 10, "Acme", "Git", "SQL", "Spark", each=False),
    *postings("Machine Learning Engineer", 12, "Bolt", "Git", "Spark", each=False),
    *postings("Clerk", 10, "Corn", "Java", each=False),
]


def test_postings_of_one_employer_are_one_witness() -> None:
    (found,) = like(corpus_of(ALONE), "Machine Learning Engineer").rows
    assert found.not_enough_data == "not enough data: 1 employer; an interval takes 10"


def test_of_an_employer_the_postings_are_the_witnesses() -> None:
    found = like(corpus_of(ALONE), "employer: Acme")
    assert found.rows[0].label == "Bolt"
    assert found.rows[0].interval is not None
    assert "for other postings than these" in found.uncertainty
    few = like(corpus_of(ALONE[3:]), "employer: Bolt").rows[0]
    assert few.not_enough_data == "not enough data: 7 postings; an interval takes 10"


def test_skills_have_an_interval_of_the_overlap_and_postings_have_none() -> None:
    made = corpus_of(MANY)
    skills = like(made, "skill: Git")
    assert all(one.interval is None for one in skills.rows)
    assert skills.rows[0].overlap_interval is not None
    assert "would have to be learned again" in skills.uncertainty
    found = like(made, "posting: Data Engineer 0")
    assert {one.overlap_interval for one in found.rows} == {None}
    assert {one.not_enough_data for one in found.rows} == {None}
    assert found.uncertainty.startswith("No interval: a posting is set against a posting")


def test_parties_ask_for_what_their_profiles_say() -> None:
    """Also where skills are members of one alternative: these are not together."""
    made = incidence(
        ["abc", "abd", "acd", "bcd", "ab", "cd", "abe", "cde"],
        [0, 0, 1, 1, 2, 2, 3, 3],
        choices=[(0, "ab"), (3, "cd"), (7, "de")],
    )
    learned = embed(made)
    everyone = made.asks.tocsc()
    members = [
        everyone.indices[start:end].tolist()
        for start, end in zip(everyone.indptr, everyone.indptr[1:], strict=False)
    ]
    for kind, profiles in (
        (Kind.SKILL, profiles_of_skills(made, learned)),
        (Kind.ROLE, profiles_of_groups(made, learned, members)),
    ):
        parties = Parties(made, learned, kind, members, profiles.weights)
        for place, row in enumerate(profiles.asked.toarray()):
            party = parties.party(place)
            assert party.side.profile.tolist() == pytest.approx(row.tolist())
            assert party.side.sizes.sum() == len(members[place])
            if party.vectors is not None:
                average = party.vectors.sum(axis=0) / len(members[place])
                assert average.tolist() == pytest.approx(profiles.vectors[place].tolist())


def test_likeness_is_said_with_its_interval(capsys: pytest.CaptureFixture[str]) -> None:
    print_similar(like(corpus_of(MANY), "Data Engineer"))
    assert "The 95% interval is for other employers than these." in capsys.readouterr().out
    print_similar(like(corpus_of(MANY[:-1]), "skill: Java"))
    assert "most alike: nothing" in capsys.readouterr().out
    print_similar(like(corpus_of(MANY[1:]), "Data Engineer"))
    said = capsys.readouterr().out
    assert "Not enough data: an interval takes 10 employers on either side." in said


def test_a_page_shows_intervals_where_there_are_some_and_says_where_not() -> None:
    roles = of_likeness(like(corpus_of(MANY), "Data Engineer"))
    marks = [one.picture for one in roles.rows]
    assert roles.chart == "interval"
    assert all(isinstance(one, Mark) and one.low is not None for one in marks)
    assert "for other employers than these" in roles.note
    skills = of_likeness(like(corpus_of(MANY), "skill: Git"))
    assert skills.chart == "bar"
    assert "; overlap " in skills.rows[0].also
    few = of_likeness(like(corpus_of(MANY[1:]), "Data Engineer"))
    assert few.chart == "bar"
    assert few.rows[0].also.endswith("; not enough data: 9 employers; an interval takes 10")
