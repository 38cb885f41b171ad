"""What comes next to a set of skills, and how sure the shares are that speak for it."""

from __future__ import annotations

import numpy as np
import pytest

from kg.analysis import recommend as recommending
from kg.analysis.embedding import embed
from kg.analysis.recommend import recommend
from kg.analysis.worth import worth_of
from tests.incidences import incidence

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
