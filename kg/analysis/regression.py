"""Least squares on one feature at a time, others held fixed, with employers for the witnesses.

What is held fixed are mostly constants of roles, levels and places, of which a posting has three,
and few postings have a feature: all these stay sparse. What is left of a feature when the constants
are taken out is not; it is made for some employers and some features at once, and never for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np
from scipy.sparse import csr_array

from kg.analysis.censored import Unknown
from kg.analysis.pulls import HARDLY, NEAR, in_order, pulls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats
    from kg.analysis.pulls import Pull

Variance: TypeAlias = Literal["CR1", "CR3"]
TINY: Final = 1e-9
RANK: Final = 1e-10
"""A constant follows from the others where less than this share of its square is left."""
CANCELS: Final = 1e-5
"""Where no more than this share of a square is left, it is summed up, not got by a difference."""
FEATURES_AT_ONCE: Final = 64


@dataclass(frozen=True, slots=True)
class Fitted:
    """One regression a feature. `spread` is the sum of squares left of the feature itself."""

    slopes: tuple[float, ...]
    intervals: tuple[tuple[float, float], ...]
    p: tuple[float, ...]
    spread: tuple[float, ...]


def regress(
    amounts: Floats,
    features: Floats | csr_array,
    fixed: Floats | csr_array,
    employers: NDArray[np.intp],
    variance: Variance = "CR3",
    *,
    upto: Floats | None = None,
) -> Fitted:
    """Regress `amounts` (postings,) on each column of `features` beside all columns of `fixed`.

    `fixed` holds a constant; columns that follow from others do no harm. What they explain is taken
    out of amounts and features, which leaves the coefficient as it is (Frisch & Waugh 1933). With
    `upto` an amount lies somewhere from `amounts` to it, which may be infinite, as may the other
    end: `kg.analysis.censored`. The variance is the sandwich over employers: CR1 with its
    correction G/(G-1) * (n-1)/(n-k), or CR3, the jackknife, which corrects each employer's
    residuals for its own pull on the fit; of a regression with unknown amounts its first step, in
    which each posting weighs what the likelihood's curvature has of it, and the spread of amounts
    is held at its estimate. A feature of which nothing is left has p 1.
    """
    from scipy.sparse import csc_array
    from scipy.special import stdtr, stdtrit

    order = in_order(employers)
    columns = csc_array(csr_array(features, dtype=np.float64)[order])
    columns.sum_duplicates()
    firms = np.cumsum(np.diff(employers[order], prepend=employers[order[0]]) != 0)
    count = int(firms[-1]) + 1
    held = _Held(csr_array(fixed, dtype=np.float64)[order])
    filling = _Filling(held, amounts[order], (amounts if upto is None else upto)[order])
    parts = list(pulls(filling.weighted.columns, filling.weighted.turn, firms))
    slopes, squared, spreads = (np.zeros(columns.shape[1]) for _ in range(3))
    for start in range(0, columns.shape[1], FEATURES_AT_ONCE):
        part = slice(start, start + FEATURES_AT_ONCE)
        left = filling.left_of(csr_array(columns[:, part]))
        slopes[part], spreads[part] = left.slopes, left.curved
        if variance == "CR3":
            squared[part] = (count - 1) / count * (left.freed(parts, count) ** 2).sum(axis=0)
        else:
            free = len(amounts) - held.rank - 1
            factor = count / (count - 1) * (len(amounts) - 1) / free
            squared[part] = factor * (left.scores(parts, firms) ** 2).sum(axis=0)
    known = spreads >= TINY
    errors = np.divide(np.sqrt(squared), spreads, out=np.zeros_like(spreads), where=known)
    half = np.where(known, stdtrit(count - 1, 0.975) * errors, np.inf)
    size = np.divide(np.abs(slopes), errors, out=np.full_like(errors, np.inf), where=errors > TINY)
    p_values = np.where(known, 2 * stdtr(count - 1, -size), 1.0)
    ends = np.column_stack([slopes - half, slopes + half]).tolist()
    return Fitted(
        tuple(slopes.tolist()),
        tuple((low, high) for low, high in ends),
        tuple(p_values.tolist()),
        tuple(spreads.tolist()),
    )


class _Held:
    """What is held fixed, and an orthonormal basis of it: `columns` times `turn`."""

    def __init__(self, fixed: csr_array) -> None:
        self.columns = fixed
        gram = (fixed.T @ fixed).toarray()
        scale = 1 / np.sqrt(np.maximum(gram.diagonal(), TINY))
        sizes, turned = np.linalg.eigh(scale[:, None] * gram * scale)
        kept = sizes > RANK * sizes[-1]
        self.turn: Floats = scale[:, None] * turned[:, kept] / np.sqrt(sizes[kept])
        self.rank = int(kept.sum())

    def explain(self, features: csr_array, sums: Floats) -> tuple[Floats, Floats]:
        """Return what explains each feature, and the square that is left of it.

        The one has the shape (constants, features); `sums` is `columns`.T @ `features`.
        """
        along = self.turn.T @ sums
        explained = self.turn @ along
        squares = np.asarray((features**2).sum(axis=0))
        spread = squares - (along**2).sum(axis=0)
        for place in np.flatnonzero(spread <= CANCELS * squares).tolist():
            left = features[:, [place]].toarray()[:, 0] - self.columns @ explained[:, place]
            spread[place] = (left**2).sum()
        return explained, spread


class _Filling:
    """Amounts of which some are unknown, to be regressed on features beside what is held fixed.

    `roots` are the roots of the postings' weights when no feature is looked at, and `weighted` what
    is held fixed with these: the pull of each employer is reckoned with them for all features. What
    a feature changes in them is no more than a part of its own curvature.
    """

    def __init__(self, held: _Held, low: Floats, high: Floats) -> None:
        self._held = held
        rows = np.flatnonzero(high > low)
        self.all_known = not len(rows)
        known = np.where(high > low, 0.0, low)
        self.roots = np.ones(len(low))
        centre = known.sum() / max(1, len(low) - len(rows))  # small numbers keep digits
        self.known: Floats = np.where(high > low, 0.0, low - centre)
        self._along = held.turn.T @ (held.columns.T @ self.known)
        self._rest = self.known - held.columns @ (held.turn @ self._along)
        self.unknown = Unknown(
            rows=rows,
            low=low[rows] - centre,
            high=high[rows] - centre,
            columns=held.columns[rows],
            turn=held.turn,
            known=self._along,
            squares=float((self.known**2).sum()),
            size=len(low),
        )
        self.weighted = held
        if len(rows):
            self._start = self.unknown.fill(np.zeros((len(rows), 1)), np.zeros(1))
            self.roots[rows] = np.sqrt(self._start.weights[:, 0])
            self.weighted = _Held(csr_array(held.columns.multiply(self.roots[:, None])))

    def left_of(self, features: csr_array) -> _Left:
        """Return what is left of some features, of the shape (postings, features)."""
        held, rows = self._held, self.unknown.rows
        sums = (held.columns.T @ features).toarray()
        explained, spread = held.explain(features, sums)
        length = np.sqrt(np.maximum(spread, TINY))
        along = features.T @ self._rest  # what is held fixed takes nothing of what is left by it
        means = np.zeros((0, features.shape[1]))
        basis = self._along[:, None]
        heavy, seen, changed = explained, spread, 0.0
        if not self.all_known:
            here = self.unknown.columns
            own = features[rows].toarray()
            left = own - here @ explained
            unit = np.where(spread < TINY, 0.0, left / length)
            filled = self.unknown.fill(unit, along / length, self._start)
            means = filled.means
            along = along + (left * means).sum(axis=0)
            basis = basis + held.turn.T @ (here.T @ means)
            root = self.roots[rows, None]
            weighted = csr_array(features.multiply(self.roots[:, None]))
            heavy, seen = self.weighted.explain(weighted, sums - here.T @ ((1 - root**2) * own))
            change = filled.weights - root**2
            changed = ((own - here @ heavy) ** 2 * change).sum(axis=0)
        slopes = np.where(spread < TINY, 0.0, along / length**2)
        rest = held.turn @ basis - explained * slopes
        places = features.tocoo()
        return _Left(
            self,
            slopes,
            seen,
            seen + changed,
            np.hstack([heavy, rest]),
            means,
            places.coords[0],
            places.coords[1],
            places.data,
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Left:
    """What is left of some features, and of the amounts beside each.

    `seen` is the sum of squares of each feature, with the weights of the postings, and `curved`
    that with the feature's own. `explained` is what explains the features and then the amounts.
    The features themselves are numbers, with their rows, in order, and columns.
    """

    filling: _Filling
    slopes: Floats
    seen: Floats
    curved: Floats
    explained: Floats
    means: Floats
    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    numbers: Floats

    def of(self, part: Pull) -> tuple[Floats, Floats]:
        """Return what is left of the features and the residuals, for the postings of a part.

        Both have the shape (postings, features), the one times the roots of the weights, the other
        divided by them; residuals of unknown amounts are the likelihood's.
        """
        count, first = len(self.slopes), part.rows.start
        both = part.columns @ self.explained[part.constants]
        np.negative(both, out=both)
        left, residuals = both[:, :count], both[:, count:]
        roots = self.filling.roots
        rows = self.filling.unknown.rows
        some = slice(*np.searchsorted(rows, (first, part.rows.stop)))
        residuals[rows[some] - first] /= roots[rows[some], None]
        residuals += self.filling.known[part.rows, None]
        residuals[rows[some] - first] += self.means[some]
        own = slice(*np.searchsorted(self.rows, (first, part.rows.stop)))
        row, column, numbers = self.rows[own], self.columns[own], self.numbers[own]
        left[row - first, column] += numbers * roots[row]
        residuals[row - first, column] -= numbers * self.slopes[column]
        residuals[rows[some] - first] /= roots[rows[some], None]
        return left, residuals

    def freed(self, parts: Sequence[Pull], count: int) -> Floats:
        """Return what each employer adds to each slope, its residuals freed of its own pull."""
        found = np.zeros((count, len(self.slopes)))
        seen = np.maximum(self.seen, TINY)
        for part in parts:
            left, residuals = self.of(part)
            added, pull = part.sums(left, residuals)
            rest = 1 - pull / seen
            scores = np.divide(added, rest, out=np.zeros_like(added), where=rest > NEAR)
            for place, feature in np.argwhere((rest <= HARDLY) & (self.seen >= TINY)).tolist():
                length = np.sqrt(seen[feature])
                scores[place, feature] = length * part.alone(
                    place,
                    self.filling.weighted.turn,
                    left[:, feature] / length,
                    residuals[:, feature],
                )
            found[part.firms] = scores
        return found

    def scores(self, parts: Sequence[Pull], firms: NDArray[np.intp]) -> Floats:
        """Return what each employer adds to each slope."""
        found = np.zeros((int(firms[-1]) + 1, len(self.slopes)))
        for part in parts:
            left, residuals = self.of(part)
            np.add.at(found, firms[part.rows], left * residuals)
        return found
