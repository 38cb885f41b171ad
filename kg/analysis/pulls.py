"""How far each employer pulls a regression to itself, and what each adds to a slope: CR3.

With the part of an employer in what is held fixed, B, and u that in the feature, scaled to a length
of 1, its residuals are to be divided by 1 - BB' - uu'. The inverse of 1 - BB' serves all features;
u adds to it by Sherman and Morrison.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from kg.analysis.clusters import Floats

NEAR: Final = 1e-7
"""Less than this is left of a direction that one employer alone decides."""
HARDLY: Final = 1e-4
"""No more than this of a feature is left without an employer: it is then done by itself."""
SURE: Final = 1e5
"""An inverse whose largest number is below this lost no digits to speak of."""
AT_ONCE: Final = 1000
"""Postings of employers that are alike in number: their part of 64 features stays near at hand."""


@dataclass(frozen=True, slots=True, eq=False)
class Pull:
    """Some employers of one number of postings, which stand one behind the other.

    `rows` are their postings, `firms` their numbers; `columns` are the rows of what is held fixed,
    each times the root of its weight, of those `constants` that they have. `inverse` is that of
    1 - BB', of the shape (employers, postings, postings). For an employer of more postings than
    constants that is 1 + C `inverse` C', where C are the `columns`.
    """

    rows: slice
    firms: slice
    constants: NDArray[np.int32]
    columns: csr_array
    inverse: Floats

    def sums(self, left: Floats, residuals: Floats) -> tuple[Floats, Floats]:
        """Return the sums of each employer over its freed residuals, and over its own pull.

        Both are of the shape (employers, features); `left` and `residuals` (postings, features).
        """
        if self.inverse.ndim == 2:
            along, beside = self.columns.T @ left, self.columns.T @ residuals
            freed = self.inverse @ along
            added = _dot(left, residuals) + _dot(freed, beside)
            return added[None], (_dot(left, left) + _dot(freed, along))[None]
        shape = *self.inverse.shape[:2], -1
        own = left.reshape(shape)
        freed = self.inverse @ own
        pull = (freed * own).sum(axis=1)
        freed *= residuals.reshape(shape)
        return freed.sum(axis=1), pull

    def alone(self, place: int, turn: Floats, unit: Floats, residuals: Floats) -> float:
        """Return the sum of one of the employers, without which a feature is hardly known.

        `unit` is the feature, scaled to a length of 1; it and the residuals are those of all
        postings. Where the employer decides alone the inverse is a generalised one, as MacKinnon,
        Nielsen & Webb (2023) have it.
        """
        size = len(unit) // (self.firms.stop - self.firms.start)
        own = slice(place * size, (place + 1) * size)
        both = np.column_stack([self.columns[own] @ turn[self.constants], unit[own]])
        seen = both.T @ both
        freed = _generalised(np.eye(len(seen)) - seen)
        return float((freed @ (both.T @ residuals[own]))[-1])


def in_order(employers: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the order of postings that `pulls` wants: by employer, that of the fewest first."""
    return np.lexsort((employers, np.bincount(employers)[employers]))


def pulls(columns: csr_array, turn: Floats, firms: NDArray[np.intp]) -> Iterator[Pull]:
    """Yield the pulls of all employers, those of one number of postings at once.

    `columns` times `turn` is an orthonormal basis of what is held fixed; `firms` are the employers
    in order, by number of postings.
    """
    ends = np.searchsorted(firms, np.arange(firms[-1] + 2)).tolist()
    sizes = np.diff(ends).tolist()
    firm = 0
    while firm < len(sizes):
        size, last = sizes[firm], firm + 1
        while last < len(sizes) and sizes[last] == size and (last - firm) * size < AT_ONCE:
            last += 1
        own = columns[ends[firm] : ends[last]]
        constants = np.unique(own.indices)
        own = own[:, constants]
        if last == firm + 1 and size > len(constants):
            inverse = _of_constants(own, turn[constants])
        else:
            basis = (own @ turn[constants]).reshape(last - firm, size, -1)
            inverse = _inverse(basis @ basis.transpose(0, 2, 1))
        yield Pull(slice(ends[firm], ends[last]), slice(firm, last), constants, own, inverse)
        firm = last


def _of_constants(columns: csr_array, turn: Floats) -> Floats:
    """Return what 1 + C times it times C' inverts 1 - BB' with, where B is C `turn`.

    `turn` is a triangle times an orthonormal matrix, of which nothing is left but the triangle.
    """
    triangle: Any = np.linalg.qr(turn.T, mode="r")
    pull = triangle @ (columns.T @ columns).toarray() @ triangle.T
    found: Floats = triangle.T @ _inverse(pull[None])[0] @ triangle
    return found


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


def _dot(one: Floats, other: Floats) -> Floats:
    found: Floats = (one * other).sum(axis=0)
    return found
