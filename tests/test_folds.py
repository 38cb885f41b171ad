"""Folds by employer against scikit-learn's."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from kg.analysis.folds import folds


@pytest.mark.parametrize("count", [3, 5])
@pytest.mark.parametrize("seed", range(12))
def test_they_are_those_of_scikit_learn(count: int, seed: int) -> None:
    """Employers of one side, of both and of many sizes; numbers with gaps; spreads that tie."""
    from sklearn.model_selection import StratifiedGroupKFold

    draw = np.random.default_rng(seed)
    employers = draw.integers(0, 40, 30 + 60 * seed) ** (1 + seed % 2)
    side_b = draw.random(len(employers)) < draw.random(1601)[employers]
    expected = StratifiedGroupKFold(count, shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a side with few postings
        theirs = list(expected.split(side_b, side_b, employers))
    ours = list(folds(side_b, employers, count, seed))
    assert [[part.tolist() for part in one] for one in ours] == [
        [part.tolist() for part in one] for one in theirs
    ]


def test_no_employer_is_in_two_folds() -> None:
    """Ten of six postings each, half of either side: two a fold, and each posting asked once."""
    employers = np.repeat(np.arange(10), 6)
    side_b = np.tile([False, True], 30)
    asked = [mine for _, mine in folds(side_b, employers, 5, 1)]
    assert [len(np.unique(employers[mine])) for mine in asked] == [2] * 5
    assert sorted(np.concatenate(asked).tolist()) == list(range(60))
