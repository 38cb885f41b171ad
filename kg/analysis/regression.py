"""Least squares on one feature at a time, others held fixed, with employers for the witnesses.

What is held fixed are mostly constants of roles, levels and places, of which a posting has three:
these stay sparse, and nothing as large as (postings, constants) is ever made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np

from kg.analysis.censored import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from kg.analysis.clusters import Floats

Variance: TypeAlias = Literal["CR1", "CR3"]
TINY: Final = 1e-9
RANK: Final = 1e-10
"""A constant follows from the others where less than this share of its square is left."""
NEAR: Final = 1e-7
"""Less than this is left of a direction that one employer alone decides."""
HARDLY: Final = 1e-4
"""No more than this of a feature is left without an employer: it is then done by itself."""
SURE: Final = 1e5
"""An inverse whose largest number is below this lost no digits to speak of."""
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

    held = _Held(fixed)
    columns = csc_array(features)
    count = int(employers.max()) + 1
    filling = _Filling(held, amounts, amounts if upto is None else upto)
    weighted = held if filling.all_known else _Held(held.columns.multiply(filling.roots[:, None]))
    pulls = list(_pulls(weighted, employers)) if variance == "CR3" else []
    slopes, squared, spreads = (np.zeros(columns.shape[1]) for _ in range(3))
    for start in range(0, columns.shape[1], FEATURES_AT_ONCE):
        part = slice(start, start + FEATURES_AT_ONCE)
        having = columns[:, part].toarray()
        slope, residuals, curved = filling.slopes(held.left_of(having))
        having *= filling.roots[:, None]
        left = weighted.left_of(having)
        seen = (left**2).sum(axis=0)
        left[:, seen < TINY] = 0.0
        residuals /= filling.roots[:, None]
        if variance == "CR3":
            summed = sum((pull.squares(left, residuals, seen) for pull in pulls), 0 * seen)
            squared[part] = (count - 1) / count * summed
        else:
            scores = _by_employer(employers) @ (left * residuals)
            free = len(amounts) - held.rank - 1
            factor = count / (count - 1) * (len(amounts) - 1) / free
            squared[part] = factor * (scores**2).sum(axis=0)
        slopes[part] = slope
        spreads[part] = seen if curved is None else (left**2 * curved).sum(axis=0)
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


class _Filling:
    """Amounts of which some are unknown, to be regressed on a feature beside what is held fixed.

    `roots` are the roots of the postings' weights when no feature is looked at: the pull of each
    employer is reckoned with these for all features. What a feature changes in them is no more
    than a part of its own curvature, which `slopes` returns.
    """

    def __init__(self, held: _Held, low: Floats, high: Floats) -> None:
        self._held = held
        rows = np.flatnonzero(high > low)
        self.all_known = not len(rows)
        self._known = np.where(high > low, 0.0, low)
        self.roots = np.ones(len(low))
        centre = self._known.sum() / max(1, len(low) - len(rows))  # small numbers keep digits
        self._known = np.where(high > low, 0.0, low - centre)
        self._unknown = Unknown(
            rows=rows,
            low=low[rows] - centre,
            high=high[rows] - centre,
            basis=held.basis(rows),
            known=held.turn.T @ (held.columns.T @ self._known),
            squares=float((self._known**2).sum()),
            size=len(low),
        )
        if len(rows):
            _, weights = self._unknown.fill(np.zeros((len(rows), 1)), np.zeros(1))
            self.roots[rows] = np.sqrt(weights[:, 0])

    def slopes(self, left: Floats) -> tuple[Floats, Floats, Floats | None]:
        """Return the slopes of features, what is left of the amounts, and the weights' change.

        `left` are the features without what is held fixed. Residuals have the shape (postings,
        features); those of unknown amounts are the likelihood's, scaled alike. The change, of the
        same shape, is each weight over that without a feature; None where all is known.
        """
        spread = (left**2).sum(axis=0)
        length = np.sqrt(np.maximum(spread, TINY))
        unit = left / length
        unit[:, spread < TINY] = 0.0
        changed = None
        if self.all_known:
            amounts = self._known[:, None]
        else:
            rows = self._unknown.rows
            means, weights = self._unknown.fill(unit[rows], self._known @ unit)
            amounts = np.repeat(self._known[:, None], left.shape[1], axis=1)
            amounts[rows] = means
            changed = np.ones_like(left)
            changed[rows] = weights / self.roots[rows, None] ** 2
        rest = self._held.left_of(amounts)
        product = unit * rest
        along = product.sum(axis=0)
        np.multiply(unit, along, out=product)  # such arrays are large: none is made anew
        return along / length, np.subtract(rest, product, out=product), changed


class _Held:
    """What is held fixed, and an orthonormal basis of it: `columns` times `turn`."""

    def __init__(self, fixed: Floats | csr_array) -> None:
        from scipy.sparse import csr_array

        self.columns = csr_array(fixed, dtype=np.float64)
        gram = (self.columns.T @ self.columns).toarray()
        scale = 1 / np.sqrt(np.maximum(gram.diagonal(), TINY))
        sizes, turned = np.linalg.eigh(scale[:, None] * gram * scale)
        kept = sizes > RANK * sizes[-1]
        self.turn: Floats = scale[:, None] * turned[:, kept] / np.sqrt(sizes[kept])
        self.rank = int(kept.sum())

    def left_of(self, values: Floats) -> Floats:
        """Return what is left of each column of values, of the shape (postings, columns)."""
        explained = self.turn @ (self.turn.T @ (self.columns.T @ values))
        found: Floats = self.columns @ explained
        return np.subtract(values, found, out=found)

    def basis(self, rows: NDArray[np.intp]) -> Floats:
        """Return the rows of the basis of some postings."""
        found: Floats = self.columns[rows] @ self.turn
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Pull:
    """Employers of one number of postings, and how far each pulls the fit to itself.

    `rows` has the shape (employers, postings). With the part of an employer in what is held fixed,
    B, and u that in the feature, scaled to a length of 1, its residuals are to be divided by
    1 - BB' - uu'. The inverse of 1 - BB' serves all features; u adds to it by Sherman and Morrison.
    That inverse is `inverse`, of the shape (employers, postings, postings), or for an employer of
    more postings than there are constants 1 + B `inverse` B', with B in `basis`.
    """

    held: _Held
    rows: NDArray[np.intp]
    inverse: Floats
    basis: Floats | None = None

    def squares(self, left: Floats, residuals: Floats, spread: Floats) -> Floats:
        """Return the sum of the squares of what the employers add to each feature's slope."""
        length = np.sqrt(np.maximum(spread, TINY))
        unit, rest = left[self.rows] / length, residuals[self.rows]
        freed = self._freed(unit)
        product = freed * rest
        added = product.sum(axis=1)
        pull = np.multiply(freed, unit, out=product).sum(axis=1)
        scores = length * np.divide(
            added, 1 - pull, out=np.zeros_like(added), where=1 - pull > NEAR
        )
        for employer, feature in np.argwhere(1 - pull <= HARDLY).tolist():
            scores[employer, feature] = length[feature] * self._alone(
                employer, unit[employer, :, feature], rest[employer, :, feature]
            )
        found: Floats = (scores**2).sum(axis=0)
        return found

    def _freed(self, unit: Floats) -> Floats:
        if self.basis is None:
            return self.inverse @ unit
        found: Floats = unit + self.basis @ (self.inverse @ (self.basis.T @ unit))
        return found

    def _alone(self, employer: int, unit: Floats, residuals: Floats) -> float:
        """Return the same for an employer without which a feature is hardly known, if at all.

        Where it decides alone the inverse is a generalised one, as MacKinnon, Nielsen & Webb (2023)
        have it.
        """
        basis = np.column_stack([self.held.basis(self.rows[employer]), unit])
        seen = basis.T @ basis
        freed = _generalised(np.eye(len(seen)) - seen)
        return float((freed @ (basis.T @ residuals))[-1])


def _pulls(held: _Held, employers: NDArray[np.intp]) -> Iterator[_Pull]:
    """Yield the pulls of all employers, those of one number of postings at once."""
    order = np.argsort(employers, kind="stable")
    starts = np.flatnonzero(np.append(True, np.diff(employers[order])))
    sizes = np.diff(np.append(starts, len(order)))
    for size in np.unique(sizes).tolist():
        rows = order[starts[sizes == size][:, None] + np.arange(size)]
        if size > held.rank:
            for one in rows:
                basis = held.basis(one)
                yield _Pull(held, one[None], _inverse((basis.T @ basis)[None]), basis)
        else:
            own = held.basis(rows.reshape(-1)).reshape(*rows.shape, held.rank)
            yield _Pull(held, rows, _inverse(own @ own.transpose(0, 2, 1)))


def _inverse(pull: Floats) -> Floats:
    """Return the inverse of 1 - `pull`, of each of a stack.

    Where an employer alone decides a constant (the only one of its place) nothing is left of a
    direction; there it is the generalised one, without that direction.
    """
    left = np.eye(pull.shape[-1]) - pull
    try:
        found: Any = np.linalg.inv(left)
    except np.linalg.LinAlgError:
        found = np.full_like(left, np.inf)
    unsure = ~(np.abs(found).max(axis=(1, 2)) < SURE)
    if unsure.any():
        found[unsure] = _generalised(left[unsure])
    inverse: Floats = found
    return inverse


def _generalised(matrices: Floats) -> Floats:
    """Return the inverses of symmetric matrices without the directions that are nearly nought.

    The eigenvalues lie between 0 and 1, so that the bound is no share of the largest.
    """
    sizes, turned = np.linalg.eigh(matrices)
    inverse = np.divide(1, sizes, out=np.zeros_like(sizes), where=sizes > NEAR)
    found: Floats = (turned * inverse[..., None, :]) @ turned.swapaxes(-1, -2)
    return found


def _by_employer(employers: NDArray[np.intp]) -> csr_array:
    from scipy.sparse import csr_array

    places = employers, np.arange(len(employers))
    return csr_array((np.ones(len(employers)), places))
