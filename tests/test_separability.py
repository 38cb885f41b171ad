"""How well groups are told apart, on corpora whose truth is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.sparse import csr_array

from kg.analysis import separability as separating
from kg.analysis.separability import FOLDS, separability

if TYPE_CHECKING:
    from kg.analysis.separability import Separability

LABELS = [f"skill {number}" for number in range(12)]


def told(difference: float, employers: int = 40, seed: int = 1) -> Separability | None:
    """Four postings an employer, two of each group; b asks for the first skill more often."""
    draw = np.random.default_rng(seed)
    whose = np.repeat(np.arange(employers), 4)
    side_b = np.tile([False, False, True, True], employers)
    chances = np.full((len(whose), len(LABELS)), 0.4)
    chances[:, 0] += np.where(side_b, difference / 2, -difference / 2)
    return separability(draw.random(chances.shape) < chances, side_b, whose, LABELS)


def test_groups_that_differ_in_one_skill_are_told_apart_by_it() -> None:
    """Shares 0 and 0.8: whoever has it is b's; of b's, 80% have it: 0.9 in the mean."""
    found = told(0.8)
    assert found is not None
    assert found.accuracy == pytest.approx(0.9, abs=0.05)
    assert found.interval[0] < found.accuracy < found.interval[1]
    assert found.skills[0][0] == "skill 0"
    assert found.skills[0][1] > 0


def test_groups_that_do_not_differ_are_guessed() -> None:
    found = told(0.0)
    assert found is not None
    assert found.accuracy == pytest.approx(0.5, abs=0.12)
    assert found.interval[0] < 0.5


def test_a_template_of_an_employer_is_of_no_use() -> None:
    """Each employer hires for one group and has a skill of its own: it serves no other's."""
    employers = 40
    whose = np.repeat(np.arange(employers), 6)
    side_b = whose % 2 == 1
    own = whose[:, None] == np.arange(employers)[None, :]
    labels = [str(number) for number in range(employers)]
    found = separability(own, side_b, whose, labels)
    assert found is not None
    assert found.accuracy <= 0.6


@pytest.mark.parametrize("employers", [2, 2 * FOLDS - 1])
def test_too_few_employers_are_no_folds(employers: int) -> None:
    assert told(0.8, employers) is None


def test_no_skill_is_nothing_to_learn_from() -> None:
    nothing = np.zeros((40, 0), bool)
    assert separability(nothing, np.arange(40) < 20, np.arange(40), []) is None


def test_the_same_postings_give_the_same_numbers() -> None:
    assert told(0.4) == told(0.4)


def test_very_many_postings_are_learnt_from_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = told(0.8, 60)
    monkeypatch.setattr(separating, "MOST", 160)
    part = told(0.8, 60)
    assert whole is not None
    assert part is not None
    assert (whole.learnt, whole.postings, whole.bound) == (240, 240, "")
    assert (part.learnt, part.postings) == (160, 240)
    assert part.bound == ", learnt from 160 of 240 postings, drawn at random"
    assert part.accuracy == pytest.approx(0.9, abs=0.08)


def test_the_strength_is_that_of_scikit_learn_s_search() -> None:
    """The same folds, scores and model as its search over a grid."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV, StratifiedGroupKFold

    draw = np.random.default_rng(3)
    whose, side_b = np.repeat(np.arange(30), 4), np.tile([False, True], 60)
    numbers = (draw.random((120, 6)) < 0.4 + 0.2 * side_b[:, None]).astype(float)
    folds = StratifiedGroupKFold(3, shuffle=True, random_state=separating.SEED)
    search = GridSearchCV(
        LogisticRegression(
            l1_ratio=1.0,
            solver="liblinear",
            class_weight="balanced",
            random_state=separating.SEED,
        ),
        {"C": list(separating.STRENGTHS)},
        cv=list(folds.split(numbers, side_b, whose)),
        scoring="balanced_accuracy",
    ).fit(numbers, side_b)
    found = separating._model(whose, csr_array(numbers), side_b)
    assert search.best_params_["C"] == found.C
    assert found.coef_ == pytest.approx(search.best_estimator_.coef_)
