"""How many postings of which employers ask for two skills at once, of all pairs that enough do.

Each posting adds to the pairs of its own skills and to no others, so that the work grows with the
postings, and with the square only of how many skills one posting names. What is held at once is
bounded: skills are gone through in parts. A posting's pairs of skills, each with its employer, are
whole numbers; sorted, equal ones stand side by side, and their number is the count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from kg.analysis.incidence import Incidence

AT_ONCE: Final = 500_000
"""Pairs of a posting that are held at once: some 20 MB."""
SHORT: Final = 1 << 31
"""Below it a number has room in four bytes."""


@dataclass(frozen=True, slots=True, eq=False)
class PairCounts:
    """Pairs of skills, `first` before `second`, sorted; both are columns of the incidence.

    `by_employer` has the shape (pairs, employers): how many postings of each ask for both.
    """

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    by_employer: csr_array

    @property
    def together(self) -> NDArray[np.int64]:
        """How many postings ask for both."""
        return np.asarray(self.by_employer.sum(axis=1)).astype(np.int64)

    @property
    def employers(self) -> NDArray[np.int64]:
        """Of how many employers these are."""
        found: NDArray[np.int64] = np.diff(self.by_employer.indptr).astype(np.int64)
        return found


def count_pairs(incidence: Incidence, postings: int, employers: int) -> PairCounts:
    """Return the pairs that so many postings of so many employers ask for, at the least.

    Members of one alternative are taken apart as `Incidence.together` does.
    """
    from scipy.sparse import csr_array

    skills = np.flatnonzero(incidence.counts >= postings)
    parts = [
        _often(summed, postings, employers) for summed in _sums(incidence, skills) if len(summed[0])
    ]
    nothing = np.zeros(0, np.int64)
    pairs = np.concatenate([nothing, *(part[0] for part in parts)])
    sizes = np.concatenate([nothing, *(part[1] for part in parts)])
    found = csr_array(
        (
            np.concatenate([np.zeros(0, np.float32), *(part[3] for part in parts)]),
            np.concatenate([np.zeros(0, np.int32), *(part[2] for part in parts)]),
            np.append(0, np.cumsum(sizes)).astype(np.int32 if sizes.sum() < SHORT else np.int64),
        ),
        shape=(len(pairs), incidence.employer_count),
    )
    width = max(1, len(skills))
    return PairCounts(skills[pairs // width], skills[pairs % width], found)


def _often(
    summed: tuple[NDArray[Any], ...], postings: int, employers: int
) -> tuple[NDArray[Any], ...]:
    """Return the pairs that enough ask for, how many employers do, and these with their counts."""
    pair, firm, counts = summed
    starts = np.flatnonzero(_begins(pair))
    sizes = np.diff(np.append(starts, len(pair)))
    often = (np.add.reduceat(counts, starts) >= postings) & (sizes >= employers)
    kept = np.repeat(often, sizes)
    return pair[starts[often]], sizes[often], firm[kept].astype(np.int32), counts[kept]


def _sums(incidence: Incidence, skills: NDArray[np.intp]) -> Iterator[tuple[NDArray[Any], ...]]:
    """Yield, part by part, what each employer's postings add to each pair of `skills`.

    A part has for each sum its pair, its employer and its count, sorted. A pair is the place of its
    first skill times their number, and that of its second.
    """
    bits = incidence.employer_count.bit_length()
    asked = _Named.by(incidence.asks, incidence.employers, skills, bits)
    chosen = _Named.by(incidence.choices, incidence.employers[incidence.choosers], skills, bits)
    for low, high in asked.parts():
        found = asked.pairs(low, high)
        if not len(found):
            continue
        firsts = np.flatnonzero(_begins(found))
        counts = np.diff(np.append(firsts, len(found))).astype(np.float32)
        found = found[firsts]
        apart = chosen.pairs(low, high)
        if len(apart):
            places = np.searchsorted(found, apart)  # who offers two asks for both
            np.subtract.at(counts, places, np.float32(1))
            left = counts > 0
            found, counts = found[left], counts[left]
        yield found >> bits, found & (1 << bits) - 1, counts


@dataclass(frozen=True, slots=True, eq=False)
class _Named:
    """Which row names which skills, as entries sorted by skill.

    `named` has them row by row, in order; what an entry's row names behind it goes there from
    `begin` to `end`. `starts` says where each skill's entries begin, `firm` whose row it is, and a
    firm's number has `bits`, for which there is room below the numbers in `named`.
    """

    named: NDArray[np.int64]
    begin: NDArray[np.int64]
    end: NDArray[np.int64]
    firm: NDArray[np.int64]
    starts: NDArray[np.int64]
    bits: int

    @classmethod
    def by(
        cls, rows: csr_array, firms: NDArray[np.intp], skills: NDArray[np.intp], bits: int
    ) -> _Named:
        """Return the entries of rows, each a firm's, of some of the skills."""
        from scipy.sparse import csr_array

        few = rows[:, skills]
        few.sort_indices()
        places = np.arange(len(few.indices)), few.indices, few.indptr
        by_skill = csr_array(places, shape=few.shape).tocsc()
        of = by_skill.indices
        return cls(
            named=few.indices.astype(np.int64) << bits,
            begin=by_skill.data + 1,
            end=few.indptr[of + 1].astype(np.int64),
            firm=firms[of].astype(np.int64),
            starts=by_skill.indptr.astype(np.int64),
            bits=bits,
        )

    def parts(self) -> Iterator[tuple[int, int]]:
        """Yield ranges of skills with some `AT_ONCE` pairs of a posting each, or one skill."""
        before = np.append(0, np.cumsum(self.end - self.begin))[self.starts]
        low, last = 0, len(self.starts) - 1
        while low < last:
            high = int(np.searchsorted(before, before[low] + AT_ONCE, "right")) - 1
            high = min(max(high, low + 1), last)
            yield low, high
            low = high

    def pairs(self, low: int, high: int) -> NDArray[np.int64]:
        """Return the pairs with a first skill from `low` to before `high`, one a row, sorted.

        Each is a number: that of the pair, and below it the `bits` of its firm.
        """
        part = slice(self.starts[low], self.starts[high])
        sizes = self.end[part] - self.begin[part]
        first = np.repeat(np.arange(low, high), np.diff(self.starts[low : high + 1]))
        known = (first * (len(self.starts) - 1) << self.bits) + self.firm[part]
        step = np.append(0, np.cumsum(sizes))
        later = np.arange(step[-1]) + np.repeat(self.begin[part] - step[:-1], sizes)
        found: NDArray[np.int64] = self.named[later]
        found += np.repeat(known, sizes)
        found.sort()
        return found


def _begins(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which of sorted values are the first of their kind."""
    found = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found
