"""Least squares on one feature at a time, others held fixed, with employers for the witnesses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats

Variance: TypeAlias = Literal["CR1", "CR3"]
TINY: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Fitted:
    """One regression a feature. `spread` is the sum of squares left of the feature itself."""

    slopes: tuple[float, ...]
    intervals: tuple[tuple[float, float], ...]
    p: tuple[float, ...]
    spread: tuple[float, ...]


def regress(
    amounts: Floats,
    features: Floats,
    fixed: Floats,
    employers: NDArray[np.intp],
    variance: Variance = "CR3",
) -> Fitted:
    """Regress `amounts` (postings,) on each column of `features` beside all columns of `fixed`.

    `fixed` holds a constant; columns that follow from others do no harm. What they explain is taken
    out of amounts and features, which leaves the coefficient as it is (Frisch & Waugh 1933). The
    variance is the sandwich over employers: CR1 with its correction G/(G-1) * (n-1)/(n-k), or CR3,
    the jackknife, which corrects each employer's residuals for its own pull on the fit. A feature
    of which nothing is left has p 1.
    """
    from scipy.stats import t

    base = _basis(fixed)
    rest = amounts - base @ (base.T @ amounts)
    left = features - base @ (base.T @ features)
    count = int(employers.max()) + 1
    slopes, intervals, p_values, spreads = [], [], [], []
    members = _members(employers)
    for column in left.T:
        spread = float(column @ column)
        spreads.append(spread)
        if spread < TINY:
            slopes.append(0.0)
            intervals.append((-np.inf, np.inf))
            p_values.append(1.0)
            continue
        slope = float(column @ rest) / spread
        residuals = rest - slope * column
        if variance == "CR3":
            scores = _jackknife_scores(column, residuals, base, members)
            squared = (count - 1) / count * float(scores @ scores)
        else:
            scores = np.asarray(np.bincount(employers, column * residuals, count), np.float64)
            free = len(amounts) - base.shape[1] - 1
            squared = count / (count - 1) * (len(amounts) - 1) / free * float(scores @ scores)
        error = float(np.sqrt(squared)) / spread
        half = float(t.ppf(0.975, count - 1)) * error
        slopes.append(slope)
        intervals.append((slope - half, slope + half))
        p_values.append(float(2 * t.sf(abs(slope) / error, count - 1)) if error > TINY else 0.0)
    return Fitted(tuple(slopes), tuple(intervals), tuple(p_values), tuple(spreads))


def _basis(fixed: Floats) -> Floats:
    """Return orthonormal columns that span `fixed`."""
    left, sizes, _ = np.linalg.svd(fixed, full_matrices=False)
    found: Floats = left[:, sizes > TINY * sizes[0]]
    return found


def _members(employers: NDArray[np.intp]) -> Sequence[NDArray[np.intp]]:
    """Return, for each number of postings, the postings of the employers with so many.

    Each has the shape (employers, postings), so that employers of one size are done at once.
    """
    order = np.argsort(employers, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(employers[order])) + 1)
    sizes: dict[int, list[NDArray[np.intp]]] = defaultdict(list)
    for part in parts:
        sizes[len(part)].append(part)
    return [np.array(sizes[size]) for size in sorted(sizes)]


def _jackknife_scores(
    column: Floats, residuals: Floats, base: Floats, members: Sequence[NDArray[np.intp]]
) -> Floats:
    """Return what each employer adds, its residuals divided by one less its own pull.

    Where an employer alone decides a constant (the only one of its place) the inverse is a
    generalised one, as MacKinnon, Nielsen & Webb (2023) have it.
    """
    unit = column / np.sqrt(column @ column)
    scores = []
    for rows in members:
        own = base[rows]
        pull = own @ own.transpose(0, 2, 1) + unit[rows][:, :, None] * unit[rows][:, None, :]
        freed = np.linalg.pinv(np.eye(rows.shape[1]) - pull, rcond=1e-7, hermitian=True)
        scores.append((column[rows][:, None, :] @ freed @ residuals[rows][:, :, None])[:, 0, 0])
    found: Floats = np.concatenate(scores)
    return found
