"""How much of what two groups ask for is the same, and between which numbers that must lie.

What two groups share is the sum, over skills, of the smaller of two shares. Counted on few
postings it is too small, whatever they ask for: the smaller of two numbers that chance moves is on
average below the smaller of the two, and of two groups that ask for the same a rare skill is seen
in one of them only. Drawing postings again makes it smaller still and cannot say by how much (an
interval from a bootstrap then misses what is true, reflected or not: `tests.bench.bench_overlap`).
So there are two sums. What was counted is the lower one. For the upper one each witness is asked
what it has, and the *others* on which side there is less of it: of two sides that do not differ
they are right as often as wrong, and what only one witness ever named counts as shared by half. On
average the upper sum is too large, as the lower is too small; with more witnesses they meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.sparse import csr_array
from scipy.special import erf

from kg.analysis.measured import Measured

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.analysis.clusters import Floats

DIGITS: Final = 12
"""To which two shares are compared: equal ones may differ in the last digit of their division."""
SURE: Final = 8.0
"""Standard errors that stand for any number beyond them, and for shares that no witness varies."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What the postings of a group ask for, by witness.

    `sizes` has the postings of each witness; `hits`, of the shape (witnesses, skills), how many of
    them ask for each skill, times what the skill weighs. A posting more of a witness weighs as a
    posting more of another does.
    """

    hits: csr_array
    sizes: Floats

    @property
    def profile(self) -> Floats:
        """The share of the postings that ask for each skill, times what it weighs."""
        found: Floats = np.asarray(self.hits.sum(axis=0), np.float64) / self.sizes.sum()
        return found

    @property
    def witnesses(self) -> int:
        """The witnesses that have postings here."""
        return int(np.count_nonzero(self.sizes))


def align(a: Side, b: Side, of_a: NDArray[np.intp], of_b: NDArray[np.intp]) -> tuple[Side, Side]:
    """Return two sides whose rows are the same witnesses; `of_a` and `of_b` number those they have.

    A witness of both sides is one.
    """
    known, places = np.unique(np.concatenate([of_a, of_b]), return_inverse=True)
    sides = []
    for side, at in ((a, places[: len(of_a)]), (b, places[len(of_a) :])):
        sizes = np.zeros(len(known))
        sizes[at] = side.sizes
        moved = csr_array((np.ones(len(at)), (at, np.arange(len(at)))), (len(known), len(at)))
        sides.append(Side(csr_array(moved @ side.hits), sizes))
    return sides[0], sides[1]


def total(side: Side) -> Measured:
    """Return the sum of a side's profile."""
    return _averaged(np.asarray(side.hits.sum(axis=1), np.float64), side.sizes)


def smaller(a: Side, b: Side, *, unseen: bool = False) -> Measured:
    """Return the sum of the smaller of two profiles, as counted; the upper sum with `unseen`.

    The rows of both are the same witnesses, at least two on each side.
    """
    seen = _Seen(a, b)
    more, slope = seen.believed() if unseen else (seen.counted(), 0.0)
    parts = []
    for own, side, sign in ((seen.a, a, -1), (seen.b, b, 1)):
        rows = len(side.sizes)
        counted = np.bincount(seen.rows, own * (1 + sign * more) / 2, rows)
        moved = np.bincount(seen.rows, own * (1 + sign * (more + slope)) / 2, rows)
        value = float(counted.sum() / side.sizes.sum())
        parts.append(Measured(value, _averaged(moved, side.sizes).scores))
    return parts[0] + parts[1]


def jaccard(a: Side, b: Side, *, unseen: bool = False) -> Measured:
    """Return the weighted Jaccard index: the sum of the smaller over that of the larger shares."""
    common = smaller(a, b, unseen=unseen)
    return common / (total(a) + total(b) - common)


def covered(a: Side, b: Side, *, unseen: bool = False) -> Measured:
    """Return which part of what b asks for a asks for too."""
    return smaller(a, b, unseen=unseen) / total(b)


def _averaged(counted: NDArray[Any], sizes: Floats) -> Measured:
    """Return the average of witnesses' counts over their postings."""
    postings = sizes.sum()
    value = float(counted.sum() / postings)
    return Measured(value, (counted - value * sizes) / postings)


class _Seen:
    """What each witness has of each skill that it names on either side, beside all the others'."""

    def __init__(self, a: Side, b: Side) -> None:
        both = (a.hits + 1j * b.hits).tocoo()
        self.rows, self._columns = both.coords
        self.a, self.b = both.data.real, both.data.imag
        self._sizes = a.sizes, b.sizes

    def counted(self) -> Floats:
        """Return 1 where a's share of a skill is the larger, -1 where b's is, 0 where equal."""
        size_a, size_b = (sizes.sum() for sizes in self._sizes)
        found: Floats = np.sign(_same(self._all(self.a) / size_a - self._all(self.b) / size_b))
        return found

    def believed(self) -> tuple[Floats, Floats]:
        """Return how surely all other witnesses say that a's share is the larger, from -1 to 1.

        It is the chance that half of them, drawn at random, say so, less the chance that it says
        the opposite: 2 Phi(t) - 1, with t the difference of the shares in standard errors. The
        second is t times its slope: what a witness moves by speaking to all the others.
        """
        size_a, size_b = (sizes.sum() - sizes[self.rows] for sizes in self._sizes)
        share_a = (self._all(self.a) - self.a) / size_a
        share_b = (self._all(self.b) - self.b) / size_b
        variance = (
            self._products(0, 0, share_a, share_a) / size_a**2
            + self._products(1, 1, share_b, share_b) / size_b**2
            - 2 * self._products(0, 1, share_a, share_b) / (size_a * size_b)
        )
        apart = _same(share_a - share_b)
        error = np.sqrt(np.maximum(variance, 0))
        surely = np.divide(
            apart, error, out=np.sign(apart) * SURE, where=error > np.abs(apart) / SURE
        )
        slope = surely * np.exp(-(surely**2) / 2) * np.sqrt(2 / np.pi)
        return erf(surely / np.sqrt(2)), slope

    def _all(self, values: Floats) -> Floats:
        """Return the sum over all witnesses, where each of them stands."""
        found: Floats = np.bincount(self._columns, values)[self._columns]
        return found

    def _products(self, one: int, other: int, share: Floats, share_other: Floats) -> Floats:
        """Return the sum over all other witnesses of what two sides have beyond their shares."""
        counts = self.a, self.b
        first, second = counts[one], counts[other]
        sizes, sizes_other = (self._sizes[side][self.rows] for side in (one, other))
        of_sizes = self._sizes[one] @ self._sizes[other] - sizes * sizes_other
        found: Floats = (
            self._others(first * second)
            - share_other * self._others(first * sizes_other)
            - share * self._others(second * sizes)
            + share * share_other * of_sizes
        )
        return found

    def _others(self, values: Floats) -> Floats:
        found: Floats = self._all(values) - values
        return found


def _same(difference: Floats) -> Floats:
    """Return a difference without what rounding makes of none."""
    found: Floats = np.round(difference, DIGITS)
    return found
