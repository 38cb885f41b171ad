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

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.analysis.support import Json

FOLDS: Final = 5
DRAWS: Final = 1000
SEED: Final = 20080102
STRENGTHS: Final = (0.03, 0.1, 0.3, 1.0)
"""Of the penalty on a skill's weight, in scikit-learn's C; the one is chosen within each fold."""
GUESSING: Final = 0.5


@dataclass(frozen=True, slots=True)
class Separability:
    """What a model gets right of postings of employers it has not seen.

    `interval` is the 95% interval when employers are resampled; `skills` are those that tell most,
    above 0 for b, in all postings. `baseline` is what guessing gets.
    """

    accuracy: float
    interval: tuple[float, float]
    skills: tuple[tuple[str, float], ...]
    baseline: float = GUESSING

    def to_json(self) -> dict[str, Json]:
        """Return the numbers."""
        return {
            "balanced_accuracy": self.accuracy,
            "interval": list(self.interval),
            "baseline": self.baseline,
            "skills": [{"label": label, "weight": weight} for label, weight in self.skills],
        }


def is_possible() -> bool:
    """Tell whether scikit-learn is installed: it comes with the extra `stats`."""
    return find_spec("sklearn") is not None


def separability(
    features: NDArray[np.bool_],
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
    from sklearn.model_selection import StratifiedGroupKFold

    numbers = features.astype(np.float64)
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    said = np.zeros(len(side_b), bool)
    for known, asked in folds.split(numbers, side_b, employers):
        model = _model(employers[known], numbers[known], side_b[known])
        said[asked] = model.predict(numbers[asked])
    whole = _model(employers, numbers, side_b)
    weights = whole.coef_[0]
    order = np.argsort(-np.abs(weights), kind="stable")
    skills = tuple((labels[place], float(weights[place])) for place in order[:10] if weights[place])
    right = said == side_b
    return Separability(_balanced(right, side_b), _interval(right, side_b, employers), skills)


def _model(
    employers: NDArray[np.intp], numbers: NDArray[np.float64], side_b: NDArray[np.bool_]
) -> Any:
    """Return an L1 logistic model, its strength chosen by folds of the employers it may see."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV, StratifiedGroupKFold

    inner = StratifiedGroupKFold(3, shuffle=True, random_state=SEED)
    sparse = LogisticRegression(
        l1_ratio=1.0, solver="liblinear", class_weight="balanced", random_state=SEED
    )
    search = GridSearchCV(
        sparse,
        {"C": list(STRENGTHS)},
        cv=list(inner.split(numbers, side_b, employers)),
        scoring="balanced_accuracy",
    )
    return search.fit(numbers, side_b).best_estimator_


def _balanced(right: NDArray[np.bool_], side_b: NDArray[np.bool_]) -> float:
    return float((right[side_b].mean() + right[~side_b].mean()) / 2)


def _interval(
    right: NDArray[np.bool_], side_b: NDArray[np.bool_], employers: NDArray[np.intp]
) -> tuple[float, float]:
    """Return the interval of the balanced accuracy, employers drawn with replacement."""
    draw = np.random.default_rng(SEED)
    count = int(employers.max()) + 1
    weights = draw.multinomial(count, np.full(count, 1 / count), size=DRAWS)[:, employers]
    shares = [
        (weights[:, side] * right[side]).sum(axis=1) / np.maximum(weights[:, side].sum(axis=1), 1)
        for side in (~side_b, side_b)
    ]
    low, high = np.percentile((shares[0] + shares[1]) / 2, [2.5, 97.5])
    return float(low), float(high)
