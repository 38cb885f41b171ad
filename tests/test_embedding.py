"""Vectors of skills, and the ranker on them: by hand on corpora of a few letters."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.sparse import csr_array

from kg.analysis.embedding import embed, shifted_ppmi
from kg.analysis.ranker import SkillRanker
from tests.incidences import incidence

POSTINGS = ["ab", "ab", "ab", "bc", "cd", "cd", "e", "e"]
"""Pairs: ab 3, bc 1, cd 2; each counts from both its ends: 12 in all; a 3, b 4, c 3, d 2."""


def test_shifted_ppmi_by_hand() -> None:
    """a-b: 3 * 12 / (3 * 4) = 3; b-c: 12 / (4 * 3) = 1; c-d: 2 * 12 / (3 * 2) = 4."""
    found = shifted_ppmi(incidence(POSTINGS).together(), shift=1.0).toarray()
    assert found[0, 1] == found[1, 0] == pytest.approx(math.log(3))
    assert found[1, 2] == 0
    assert found[2, 3] == pytest.approx(math.log(4))
    assert found.diagonal().tolist() == [0] * 5


@pytest.mark.parametrize(("shift", "pairs"), [(0.5, 6), (1.0, 4), (3.5, 2), (5.0, 0)])
def test_a_higher_shift_asks_for_more(shift: float, pairs: int) -> None:
    assert shifted_ppmi(incidence(POSTINGS).together(), shift).nnz == pairs


def test_enough_dimensions_have_it_all() -> None:
    made = incidence(POSTINGS)
    found = embed(made, dimensions=10, shift=0.5)
    whole = shifted_ppmi(made.together(), 0.5).toarray()
    assert (found.words @ found.contexts.T).tolist() == [
        pytest.approx(row, abs=1e-9) for row in whole.tolist()
    ]


def many() -> list[str]:
    draw = np.random.default_rng(3)
    return ["".join(draw.choice(list("abcdefghijkl"), 4, replace=False)) for _ in range(60)]


def test_the_same_postings_give_the_same_bytes_and_signs_are_fixed() -> None:
    made = [embed(incidence(many()), dimensions=5) for _ in range(2)]
    assert made[0].words.tobytes() == made[1].words.tobytes()
    words = made[0].words
    assert words.shape == (12, 5)
    assert (words[np.abs(words).argmax(axis=0), np.arange(5)] > 0).all()


def test_fewer_dimensions_are_the_best_of_so_many() -> None:
    """Eckart and Young: the largest singular values are kept, as a dense decomposition has them."""
    made = incidence(many())
    found = embed(made, dimensions=3)
    values = np.linalg.svd(shifted_ppmi(made.together()).toarray())[1]
    assert (found.words**2).sum(axis=0).tolist() == pytest.approx(values[:3].tolist())


@pytest.mark.parametrize(
    ("pairs", "rank", "why"),
    [
        (["ab", "cd", "ef"], 6, "each pair by itself: equal values, and more than are asked for"),
        (["ab", "bc", "ac"], 3, "three skills in a ring, and five that go with no other"),
        (["ab"], 2, "two of eight"),
    ],
)
def test_of_a_lower_rank_no_more_is_told(pairs: list[str], rank: int, why: str) -> None:
    """Five dimensions of eight skills: what the pairs alone have, each counted twice."""
    made = incidence([one for one in [*pairs, *"abcdefgh"] for _ in range(2)])
    found = embed(made, dimensions=5, shift=0.1)
    whole = np.linalg.svd(shifted_ppmi(made.together(), 0.1).toarray())[1][:5]
    told = (found.words**2).sum(axis=0).tolist()
    assert len(told) == min(rank, 5), why
    assert told == pytest.approx(whole[: len(told)].tolist()), why


def test_what_one_posting_asks_for_alone_has_no_vector() -> None:
    assert embed(incidence([*POSTINGS, "az"])).skills == ("a", "b", "c", "d", "e")


@pytest.mark.parametrize("postings", [[], ["a"], ["a", "a"], ["a", "b", "a", "b"]])
def test_where_nothing_goes_together(postings: list[str]) -> None:
    found = embed(incidence(postings))
    assert found.words.shape[1] == 0
    assert found.directions().shape == found.words.shape


def test_the_score_by_hand() -> None:
    """b for {a}: ln(4.5 / 9) + ln 3 (shift 1, all dimensions); d: ln(2.5 / 9) and no pull.

    b for {a, e}: the pull is divided by 2 ** 0.6.
    """
    ranker = SkillRanker(embed(incidence(POSTINGS), dimensions=10, shift=1.0), damping=0.6)
    for_a, for_both = ranker.score([0]), ranker.score([0, 4])
    assert for_a[1] == pytest.approx(math.log(4.5 / 9) + math.log(3))
    assert for_a[3] == pytest.approx(math.log(2.5 / 9))
    assert for_both[1] == pytest.approx(math.log(4.5 / 9) + math.log(3) / 2**0.6)
    assert ranker.pulls([0, 4], 1).tolist() == pytest.approx([math.log(3) / 2**0.6, 0])


def test_nothing_given_ranks_by_frequency() -> None:
    ranker = SkillRanker(embed(incidence(POSTINGS)))
    scores = ranker.scores(csr_array((1, 5)))[0]
    assert [ranker.embedding.skills[one] for one in np.argsort(-scores, kind="stable")] == list(
        "bacde"
    )
