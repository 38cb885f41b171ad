"""What is like what, what comes next, and what a name means."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kg.analysis import recommend as recommending
from kg.analysis import similar as likeness
from kg.analysis.embedding import embed
from kg.analysis.groups import AmbiguousNameError
from kg.analysis.incidence import group_or_all, incidence_of
from kg.analysis.profiles import profiles_of_groups, profiles_of_skills
from kg.analysis.recommend import recommend
from kg.analysis.similar import similar
from kg.analysis.sureness import Parties
from kg.analysis.things import find_skill, find_thing
from kg.analysis.worth import worth_of
from kg.graph_model import Kind
from kg.names import UnknownNameError
from kg.views.likeness_text import print_similar
from tests.factories import concept, make_facts
from tests.incidences import incidence
from tests.role_graphs import corpus_of

if TYPE_CHECKING:
    from kg.analysis.similar import Similar
    from kg.corpus import Corpus
    from nlp.types import Facts


def postings(
    role: str, count: int, employer: str, *required: str, each: bool = True
) -> list[Facts]:
    """Make postings of a role, `each` of an employer of its own."""
    return [
        make_facts(
            source=f"{role}-{employer}-{number}",
            title=f"{role} {number}",
            role=role,
            level=None,
            employer=f"{employer} {number}" if each else employer,
            required=required,
        )
        for number in range(count)
    ]


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


def like(corpus: Corpus, name: str) -> Similar:
    made = incidence_of(corpus, group_or_all(corpus, None))
    return similar(corpus, made, embed(made), *find_thing(corpus, name))


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


MADE = ["ab"] * 6 + ["abc"] * 2 + ["cd"] * 12 + ["e"] * 20


def test_the_next_skill_and_why() -> None:
    """b stands in 8 of a's 8 postings, c in 2 of 8; d and e in none."""
    made = incidence(MADE)
    found = recommend(made, embed(made), ["a"])
    first = found.rows[0]
    assert (first.label, first.postings, first.employers) == ("B", 8, 8)
    assert [(one.label, one.together, one.postings) for one in first.pulls] == [("A", 8, 8)]
    assert first.pulls[0].interval == pytest.approx((0.6756, 1.0), abs=1e-4)
    assert found.caution is None


@pytest.mark.parametrize(
    ("counts", "sizes", "worth", "why"),
    [
        ((1, 1, 0, 0), (1, 1, 1, 1), 3.0, "one each: 1/4 over 4/3 * 4 * 1/4 / 16"),
        ((2, 0), (2, 2), 1.0, "two that disagree, whose postings agree: 1/4 over 2 * 2 / 16"),
        ((1, 1), (2, 2), 4.0, "employers that do not differ are worth all their postings"),
        ((5, 3), (5, 3), 2.0, "all: an employer is worth one"),
        ((0, 0), (5, 3), 2.0, "none: the same"),
        ((2,), (4,), 1.0, "one employer"),
        ((9, 0, 1, 0), (10, 0, 10, 0), 1.5625, "4 and -4 off: 1/4 over 2 * 32 / 400"),
    ],
)
def test_what_employers_postings_are_worth(
    counts: tuple[int, ...], sizes: tuple[int, ...], worth: float, why: str
) -> None:
    found = worth_of(np.array(counts, float), np.array(sizes, float))
    assert found == pytest.approx(worth), why


def test_one_employers_postings_make_no_share_sure() -> None:
    """Of a's 12 postings 8 ask for b, 8 of them one employer's: that is no share of many."""
    made = incidence([*["ab"] * 8, *["ac"] * 4, *["bd", "cd", "e"] * 8], [0] * 8 + [*range(1, 29)])
    (pull,) = next(
        one for one in recommend(made, embed(made), ["a"]).rows if one.label == "B"
    ).pulls
    assert (pull.together, pull.employers, pull.postings, pull.of_employers) == (8, 1, 12, 5)
    assert pull.worth < 3
    low, high = pull.interval or (0.0, 0.0)
    assert low < 0.25
    assert high > 0.9


def test_what_is_there_is_not_recommended_and_what_has_no_reason_has_none() -> None:
    made = incidence(MADE)
    found = recommend(made, embed(made), ["a", "b", "a"])
    assert found.skills == ("A", "B")
    assert {one.label for one in found.rows} == {"C", "D", "E"}
    assert next(one for one in found.rows if one.label == "E").pulls == ()


def test_one_employers_skill_is_not_recommended() -> None:
    made = incidence([*MADE, "az", "az", "az"], [*range(40), 40, 40, 40])
    assert "Z" not in {one.label for one in recommend(made, embed(made), ["a"]).rows}


def test_a_skill_that_says_nothing_is_named() -> None:
    made = incidence([*MADE, "z"])
    found = recommend(made, embed(made), ["z"])
    assert (found.unknown, found.rows) == (("Z",), ())


def test_few_postings_are_cautioned_about_and_the_shapes() -> None:
    made = incidence(["ab"] * 3 + ["c"])
    found = recommend(made, embed(made), ["a"])
    assert found.caution is not None
    assert [one.label for one in found.rows] == ["B"]
    assert all(tuple(row) == recommending.COLUMNS for row in found.to_rows())
    assert found.to_json()["enough"] is False
