"""How well two groups can be told apart by all that their postings require, taken together.

A sparse logistic model learns from some employers' postings and is asked about other employers':
folds are of employers, so that it cannot win by knowing an employer's template. What it gets right
is told as balanced accuracy, the mean of the shares it gets right on each side, so that guessing
the larger side earns one half, as guessing at random does. A model that cannot beat that says that
the groups do not differ in what they require, or that there are too few postings to learn it from.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kg.analysis.clusters import draw_employers
from kg.analysis.folds import folds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from kg.analysis.support import Json

FOLDS: Final = 5
INNER_FOLDS: Final = 3
DRAWS: Final = 1000
SEED: Final = 20080102
STRENGTHS: Final = (0.03, 0.1, 0.3, 1.0)
"""Of the penalty on a skill's weight, in scikit-learn's C; the one is chosen within each fold."""
GUESSING: Final = 0.5
MOST: Final = 5_000
"""Postings of both sides together that the model learns from, at the most."""


@dataclass(frozen=True, slots=True)
class Separability:
    """What a model gets right of postings of employers it has not seen.

    `interval` is the 95% interval when employers are resampled; `skills` are those that tell most,
    above 0 for b, in all postings. `baseline` is what guessing gets. Of `postings` no more than
    `MOST` are `learnt` from, drawn at random, so that the largest groups take no longer.
    """

    accuracy: float
    interval: tuple[float, float]
    skills: tuple[tuple[str, float], ...]
    learnt: int
    postings: int
    baseline: float = GUESSING

    @property
    def bound(self) -> str:
        """What is said of postings that were not learnt from, in words; nothing where none were."""
        if self.learnt == self.postings:
            return ""
        return f", learnt from {self.learnt:,} of {self.postings:,} postings, drawn at random"

    def to_json(self) -> dict[str, Json]:
        """Return the numbers."""
        return {
            "balanced_accuracy": self.accuracy,
            "interval": list(self.interval),
            "baseline": self.baseline,
            "postings": self.postings,
            "postings_learnt_from": self.learnt,
            "skills": [{"label": label, "weight": weight} for label, weight in self.skills],
        }


def is_possible() -> bool:
    """Tell whether scikit-learn is installed: it comes with the extra `stats`."""
    return find_spec("sklearn") is not None


def separability(
    features: NDArray[np.bool_] | csr_array,
    side_b: NDArray[np.bool_],
    employers: NDArray[np.intp],
    labels: Sequence[str],
) -> Separability | None:
    """Return how well `features` (postings, skills) tell b's postings from a's.

    None where there is nothing to learn from, or too few employers on a side for five folds.
    """
    sides = [len(np.unique(employers[side])) for side in (~side_b, side_b)]
    if features.shape[1] == 0 or min(sides) < 2 * FOLDS:
        return None
    from scipy.sparse import csr_array
    from sklearn import config_context

    numbers = csr_array(features, dtype=np.float64)
    learnt = _some(len(side_b))
    if len(learnt) < len(side_b):
        numbers, side_b = numbers[learnt], side_b[learnt]
        employers = np.unique(employers[learnt], return_inverse=True)[1]
    said = np.zeros(len(side_b), bool)
    with config_context(assume_finite=True, skip_parameter_validation=True):
        for known, asked in folds(side_b, employers, FOLDS, SEED):
            model = _model(employers[known], numbers[known], side_b[known])
            said[asked] = _says_b(model, numbers[asked])
        whole = _model(employers, numbers, side_b)
    weights = whole.coef_[0]
    order = np.argsort(-np.abs(weights), kind="stable")
    skills = tuple((labels[place], float(weights[place])) for place in order[:10] if weights[place])
    right = said == side_b
    interval = _interval(right, side_b, employers)
    return Separability(_balanced(right, side_b), interval, skills, len(learnt), features.shape[0])


def _some(postings: int) -> NDArray[np.intp]:
    """Return which postings are learnt from: all, or `MOST` drawn at random, in their order."""
    if postings <= MOST:
        return np.arange(postings)
    drawn: NDArray[np.intp] = np.random.default_rng(SEED).permutation(postings)[:MOST]
    return np.sort(drawn)


def _model(employers: NDArray[np.intp], numbers: csr_array, side_b: NDArray[np.bool_]) -> Any:
    """Return an L1 logistic model, its strength chosen by folds of the employers it may see.

    That is the one with the best mean balanced accuracy over three folds; of equal ones the
    strongest. The same as scikit-learn's search over a grid, whose care for each of the 78 fits
    takes longer than the fits.
    """
    parts = [
        (numbers[known], side_b[known], numbers[asked], side_b[asked])
        for known, asked in folds(side_b, employers, INNER_FOLDS, SEED)
    ]
    scores = []
    for strength in STRENGTHS:
        each = []
        for known, known_b, asked, asked_b in parts:
            said = _says_b(_sparse(strength).fit(known, known_b), asked)
            each.append(_balanced(said == asked_b, asked_b))
        scores.append(np.mean(each))
    return _sparse(STRENGTHS[int(np.argmax(scores))]).fit(numbers, side_b)


def _says_b(model: Any, numbers: csr_array) -> NDArray[np.bool_]:
    """Return which postings a model holds to be b's; as `predict`, which checks them longer."""
    found: NDArray[np.bool_] = numbers @ model.coef_[0] + model.intercept_[0] > 0
    return found


def _sparse(strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(
        C=strength,
        l1_ratio=1.0,
        solver="liblinear",
        class_weight="balanced",
        random_state=SEED,
    )


def _balanced(right: NDArray[np.bool_], side_b: NDArray[np.bool_]) -> float:
    """Return the mean of the shares got right on each side, of those that are there."""
    shares = [right[side].mean() for side in (~side_b, side_b) if side.any()]
    return float(np.mean(shares))


def _interval(
    right: NDArray[np.bool_], side_b: NDArray[np.bool_], employers: NDArray[np.intp]
) -> tuple[float, float]:
    """Return the interval of the balanced accuracy, employers drawn with replacement."""
    count = int(employers.max()) + 1
    weights = draw_employers(count, DRAWS, SEED)
    shares = []
    for side in (~side_b, side_b):
        of, hits = (np.bincount(employers[one], minlength=count) for one in (side, side & right))
        shares.append(weights @ hits.astype(float) / np.maximum(weights @ of.astype(float), 1))
    low, high = np.percentile((shares[0] + shares[1]) / 2, [2.5, 97.5])
    return float(low), float(high)
