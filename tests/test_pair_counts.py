"""Pairs by employer against a plain count, posting by posting and pair by pair."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import cooccurrence as measuring
from kg.analysis import pair_counts
from kg.analysis.cooccurrence import DRAWS, SEED, cooccurrence, npmi
from kg.analysis.pair_counts import count_pairs
from tests.incidences import incidence

if TYPE_CHECKING:
    from kg.analysis.incidence import Incidence

SKILLS = "abcdef"
POSTINGS = st.lists(
    st.tuples(st.sets(st.sampled_from(SKILLS)), st.integers(0, 4), st.booleans()), max_size=25
)


def made(rows: list[tuple[set[str], int, bool]]) -> Incidence:
    """Each row a posting: its skills, its employer, and whether its first two are a choice."""
    rows = [*rows, (set(SKILLS), 0, False)]
    words = ["".join(sorted(skills)) for skills, _, _ in rows]
    employers = np.unique([firm for _, firm, _ in rows], return_inverse=True)[1].tolist()
    choices = [
        (place, words[place][:2]) for place, (_, _, is_choice) in enumerate(rows) if is_choice
    ]
    return incidence(words, employers, [one for one in choices if len(one[1]) == 2])


def plainly(of: Incidence) -> Counter[tuple[int, int, int]]:
    """Count each pair of each posting under its employer, pairs of one choice left out."""
    asks, offered = of.asks.toarray() > 0, of.choices.toarray() > 0
    found: Counter[tuple[int, int, int]] = Counter()
    for row, skills in enumerate(asks):
        mine = offered[of.choosers == row]
        for i, j in combinations(np.flatnonzero(skills).tolist(), 2):
            if not any(choice[i] and choice[j] for choice in mine):
                found[i, j, int(of.employers[row])] += 1
    return found


@settings(deadline=None, max_examples=60)
@given(POSTINGS, st.sampled_from([1, 7, 1_000_000]))
def test_they_are_those_of_a_plain_count(
    rows: list[tuple[set[str], int, bool]], at_once: int
) -> None:
    of = made(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pair_counts, "AT_ONCE", at_once)
        found = count_pairs(of, 1, 1)
    table = found.by_employer.toarray()
    counts = {
        (i, j, firm): int(table[row, firm])
        for row, (i, j) in enumerate(zip(found.first.tolist(), found.second.tolist(), strict=True))
        for firm in np.flatnonzero(table[row]).tolist()
    }
    assert counts == dict(plainly(of))
    together = of.together().toarray()
    assert found.together.tolist() == [
        together[i, j] for i, j in zip(found.first, found.second, strict=True)
    ]


def test_intervals_are_those_of_plain_resamples() -> None:
    """Each draw counted anew, posting by posting; ends to five digits."""
    draw = np.random.default_rng(4)
    rows = ["".join(one for one in SKILLS if draw.random() < 0.4) for _ in range(90)]
    of = incidence([SKILLS, *rows], [0, *draw.integers(0, 20, 90).tolist()])
    pair = cooccurrence(of).pairs[3]
    i, j = (of.skills.index(one) for one in (pair.a, pair.b))
    asks = of.asks.toarray()
    firms = of.employer_count
    weights = np.random.default_rng(SEED).multinomial(firms, np.full(firms, 1 / firms), size=DRAWS)
    each = weights[:, of.employers]
    a, b = each @ asks[:, i], each @ asks[:, j]
    drawn = npmi(each @ (asks[:, i] * asks[:, j]), a, b, each.sum(axis=1).astype(float))
    assert pair.interval == pytest.approx(np.percentile(drawn, [2.5, 97.5]), abs=1e-5)


@pytest.mark.parametrize("share", [1, 3, 10_000])
def test_intervals_do_not_depend_on_how_pairs_are_multiplied(
    monkeypatch: pytest.MonkeyPatch, share: int
) -> None:
    """None of the pairs with all employers, some, all of them; in parts of three pairs."""
    draw = np.random.default_rng(4)
    rows = ["".join(one for one in SKILLS if draw.random() < 0.4) for _ in range(90)]
    of = incidence([SKILLS, *rows], [0, *draw.integers(0, 20, 90).tolist()])
    plain = [one.interval for one in cooccurrence(of).pairs]
    monkeypatch.setattr(measuring, "DENSE", share)
    monkeypatch.setattr(measuring, "PAIRS_AT_ONCE", 3)
    assert [one.interval for one in cooccurrence(of).pairs] == plain


def test_the_rarest_of_too_many_pairs_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """a, b in 20 postings, c, d in 10, e, f in 5; q is over all three nonetheless."""
    of = incidence(["ab"] * 20 + ["cd"] * 10 + ["ef"] * 5 + ["g"] * 20)
    whole = cooccurrence(of)
    monkeypatch.setattr(measuring, "MOST", 2)
    found = cooccurrence(of)
    assert [one.label_a for one in found.pairs] == ["A", "C"]
    assert (whole.left_out, found.left_out) == (0, 1)
    assert found.pairs == tuple(one for one in whole.pairs if one.label_a != "E")
    assert found.to_json()["pairs_left_out"] == 1
    assert cooccurrence(of, skill="e").pairs == tuple(
        one for one in whole.pairs if one.label_a == "E"
    )
