"""Groups that are large enough to be tested: what separates them, and what chance may explain."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from kg.analysis.broader import broader_said, share_requiring
from kg.analysis.groups import Group, find_group
from kg.analysis.separation import (
    MINIMUM_EMPLOYERS,
    MINIMUM_POSTINGS,
    compare,
)
from kg.graph_model import Kind
from nlp.types import Necessity
from tests.comparisons import (
    by_label,
    employers,
    large_groups,
    levels_compared,
)
from tests.factories import make_facts
from tests.role_graphs import corpus_of

if TYPE_CHECKING:
    from kg.analysis.comparison import Comparison
    from kg.corpus import Corpus


@pytest.fixture
def levels() -> Comparison:
    return levels_compared()


@pytest.fixture
def many() -> Comparison:
    return large_groups()


def test_a_skill_of_one_side_stands_out(many: Comparison) -> None:
    """SQL: 0 of 32 and 32 of 32, half of the corpus: a 5 and 37, b 37 and 5.

    log-odds = ln 7.4 - ln(1/7.4) = 2 ln 7.4 = 4.0029600; variance 2 * (1/5 + 1/37) = 0.4540541;
    z = 4.0029600 / 0.6738354 = 5.9405609. Fisher: 2 / C(64,32) = 1.0912e-18. Each employer adds
    (2 - 1)/32 + 1/32 to the difference, so the employers' statistic is 16 / sqrt(16) = 4 and its p
    6.3342e-05, the larger; three skills are tested and this is the smallest, so q is thrice that.
    """
    found = by_label(many, "SQL").finding
    assert found is not None
    assert found.effect is not None
    assert found.effect.log_odds == pytest.approx(4.0029600)
    assert found.effect.z == pytest.approx(5.9405609)
    assert found.p_postings == pytest.approx(1.0912e-18, rel=1e-4)
    assert found.p == found.p_employers == pytest.approx(6.3342e-05, rel=1e-4)
    assert found.q == pytest.approx(3 * 6.3342e-05, rel=1e-4)
    assert many.separating("required") == (by_label(many, "SQL"),)


def test_all_that_is_required_tells_the_levels_apart(many: Comparison) -> None:
    """SQL is required by all of II and none of I: every posting is told."""
    assert many.separability is not None
    assert many.separability.accuracy == 1.0
    assert many.separability.skills[0][0] == "SQL"


def test_equal_counts_do_not(many: Comparison) -> None:
    found = by_label(many, "Git").finding
    assert found is not None
    assert found.effect is not None
    assert found.effect.log_odds == pytest.approx(0)
    assert (found.p, found.q) == pytest.approx((1, 1))
    # 16 of 32 and the prior's 5 of 10: 2 * (1/21 + 1/21) is the variance, 0.4364 the error.
    assert found.interval == pytest.approx((-0.8554, 0.8554), abs=1e-4)


def test_what_every_posting_requires_has_no_odds(many: Comparison) -> None:
    found = by_label(many, "Python").finding
    assert found is not None
    assert (found.effect, found.interval) == (None, None)
    assert found.p == pytest.approx(1)


def test_enough_postings_of_several_employers_need_no_caution(many: Comparison) -> None:
    assert many.enough
    assert many.caution is None


def test_what_few_postings_ask_for_is_not_tested() -> None:
    """Git: 4 of 32 on a side, none on the other: fewer than 10 in all."""
    skills = [("Python",)] * 7
    facts = [
        *employers(16, 2, "I", [("Python",)]),
        *employers(16, 2, "II", [("Python", "Git"), *skills]),
    ]
    found = compare(corpus_of(facts), "Data Engineer I", "Data Engineer II")
    assert found.enough
    assert by_label(found, "Git").finding is None


@pytest.mark.parametrize(
    ("postings", "employers_", "why"),
    [
        (MINIMUM_POSTINGS - 1, MINIMUM_POSTINGS - 1, "one posting too few"),
        (MINIMUM_POSTINGS, MINIMUM_EMPLOYERS - 1, "one employer too few"),
    ],
)
def test_too_little_is_not_tested(postings: int, employers_: int, why: str) -> None:
    other = [
        make_facts(source=f"b{number}.txt", level="II", employer=f"Firm {number % employers_}")
        for number in range(postings)
    ]
    facts = [*employers(MINIMUM_POSTINGS, 1, "I", [("Python",)]), *other]
    assert not compare(corpus_of(facts), "Data Engineer I", "Data Engineer II").enough, why


def test_one_employer_s_habit_is_no_difference_of_levels() -> None:
    """Git: 20 of 35 postings of II, all by one employer. Postings say yes, employers do not.

    Pooled share 20/65. The habit's employer adds 20 * (45/65) / 35 = 0.396 to the difference, each
    of the other 15 (20/65) * (2/30 - 1/35) = 0.0117: 0.571 in all, over a root of squares of
    0.398: 1.435, p 0.1513.
    """
    facts = [
        *employers(15, 2, "I", [("Python",)]),
        *employers(15, 1, "II", [("Python",)]),
        *[
            make_facts(source=f"g{n}.txt", level="II", employer="Habit", required=("Git",))
            for n in range(20)
        ],
    ]
    found = by_label(
        compare(corpus_of(facts), "Data Engineer I", "Data Engineer II"), "Git"
    ).finding
    assert found is not None
    assert found.p_postings < 1e-6
    assert found.p_employers == pytest.approx(0.1513, abs=1e-4)
    assert found.q > 0.1


def test_two_employers_are_compared_by_their_postings() -> None:
    facts = [
        make_facts(source=f"{name}{number}.txt", employer=name, level=None, required=required)
        for name, required in (("Acme", ("Python",)), ("Bolt", ("Python", "Git")))
        for number in range(MINIMUM_POSTINGS)
    ]
    found = compare(corpus_of(facts), "Acme", "Bolt")
    assert [row.label for row in found.separating("required")] == ["Git"]


def test_a_broader_concept_separates_where_its_skills_do_not() -> None:
    """Each employer of II requires one of four skills below or at Big Data, those of I none.

    Each skill: 4 of 16 employers, statistic 2, p 0.0455, the largest rank of four among five
    tested: q 0.0569. Together: 16 of 16, statistic 4.
    """
    big = [("Python", skill) for skill in ("Spark", "Hadoop", "HDFS", "Big Data")]
    facts = [*employers(16, 3, "I", [("Python",)]), *employers(16, 3, "II", big)]
    found = compare(corpus_of(facts), "Data Engineer I", "Data Engineer II")
    assert found.separating("required") == ()
    assert by_label(found, "Spark").finding.q == pytest.approx(0.0569, abs=1e-4)  # type: ignore[union-attr]
    (row,) = found.broader
    assert (row.label, row.support.a, row.support.b) == ("Big Data", 0, 48)
    assert row.members == ("Big Data", "Hadoop", "HDFS", "Spark")


def test_a_skill_that_separates_alone_needs_nothing_broader() -> None:
    facts = [
        *employers(16, 2, "I", [("Python",)]),
        *employers(16, 2, "II", [("Python", "Spark", "Hadoop")]),
    ]
    assert compare(corpus_of(facts), "Data Engineer I", "Data Engineer II").broader == ()


@pytest.mark.parametrize(
    ("members", "counts"),
    [
        (("Spark", "Hadoop"), {"Big Data"}),
        (("Spark", "HDFS"), {"Big Data"}),
        (("Spark", "Java"), set()),
    ],
)
def test_a_choice_counts_for_what_lies_above_all_its_members(
    members: tuple[str, ...], counts: set[str]
) -> None:
    facts = make_facts(level="I", required=(), any_of={"a1": members})
    corpus = corpus_of([facts])
    group = find_group(corpus, "Data Engineer I")
    empty = Group("Nobody", Kind.POSITION, "none", ())
    assert {corpus.label(one) for one in broader_said(corpus, group, empty)} == counts


def above(corpus: Corpus, skill: str) -> set[str]:
    """Return a skill with all that lies above it."""
    found = {skill}
    for one in corpus.vocabulary.broader.get(skill, ()):
        found |= above(corpus, one)
    return found


def requires(corpus: Corpus, posting: str) -> dict[str, set[str]]:
    """Return of each concept what one posting requires, by going through what it says."""
    found: dict[str, set[str]] = defaultdict(set)
    for skill in corpus.required(posting):
        for concept in above(corpus, skill):
            found[concept].add(skill)
    for choice in corpus.choices(posting):
        members = corpus.members(posting).get(choice.node, ())
        if members and choice.necessity is Necessity.REQUIRED and choice.node not in corpus.mixed:
            for concept in set.intersection(*(above(corpus, one) for one in members)):
                found[concept].update(members)
    return found


def test_broader_concepts_are_those_gathered_posting_by_posting() -> None:
    """Both sides, their members and the shares, of required and preferred choices."""
    choices = ({"a1": ("Spark", "Hadoop")}, {"a1": ("Spark", "Java")}, {"a1": ("HDFS", "Hadoop")})
    facts = [
        make_facts(
            source=f"{n}.txt",
            level="I" if n % 2 else "II",
            required=("Spark", "HDFS", "Python", "Git")[n % 4 : n % 4 + n % 3],
            any_of=choices[n % 3],
        )
        for n in range(24)
    ]
    corpus = corpus_of(facts)
    a, b = (find_group(corpus, f"Data Engineer {level}") for level in ("I", "II"))
    expected: dict[str, tuple[set[str], set[str], set[str]]] = defaultdict(
        lambda: (set(), set(), set())
    )
    for side, group in enumerate((a, b)):
        for posting in group.postings:
            for concept, members in requires(corpus, posting).items():
                expected[concept][side].add(posting)
                expected[concept][2].update(members)
    found = broader_said(corpus, a, b)
    assert len(found) > 1
    assert {
        concept: (set(said.a), set(said.b), set(members))
        for concept, (said, members) in found.items()
    } == {concept: parts for concept, parts in sorted(expected.items()) if len(parts[2]) > 1}
    shares = share_requiring(corpus, a.postings)
    for concept, share in shares.items():
        assert share == pytest.approx(len(expected[concept][0]) / len(a.postings)), concept


def test_years_are_one_number_a_posting() -> None:
    """I requires 1 year in each posting, II 3: medians 1 and 3, and no draw says otherwise."""
    facts = [
        make_facts(source=f"{level}{n}.txt", level=level, employer=f"E{n}", years=years)
        for level, years in (("I", "1"), ("II", "3"))
        for n in range(MINIMUM_POSTINGS)
    ]
    years = compare(corpus_of(facts), "Data Engineer I", "Data Engineer II").years
    assert (years.postings_a, years.a, years.b, years.difference) == (30, 1, 3, 2)
    assert years.interval == (2, 2)


def test_what_small_groups_cannot_show_is_said(levels: Comparison, many: Comparison) -> None:
    assert "163 postings a side are needed" in str(levels.limits)
    assert "In groups" not in str(levels.limits)  # they are not tested at all
    assert "shows, four times in five, only where 64% of the other do." in str(many.limits)


def test_json_carries_the_numbers_of_large_groups(many: Comparison) -> None:
    found = json.loads(json.dumps(many.to_json()))
    sql = next(row for row in found["skills"] if row["label"] == "SQL")
    assert sql["z"] == pytest.approx(5.9405609)
    assert len(sql["interval"]) == 2
