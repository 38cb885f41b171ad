"""How many postings of which employers ask for two skills at once, of all pairs that enough do.

Each posting adds to the pairs of its own skills and to no others, so that the work grows with the
postings, and with the square only of how many skills one posting names. What is held at once is
bounded: skills are gone through in parts.
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

AT_ONCE: Final = 1_000_000
"""Pairs of a posting, and cells of a table of pairs, that are held at once: some 20 MB."""


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
    parts: list[tuple[NDArray[Any], ...]] = []
    for low, table, key, firms, counts in _sums(incidence, skills):
        together = np.bincount(key, counts, table)
        often = (together >= postings) & (np.bincount(key, minlength=table) >= employers)
        pairs = np.flatnonzero(often)
        number = np.zeros(table, np.int32)
        number[pairs] = np.arange(len(pairs))
        kept = often[key]
        parts.append((pairs + low * len(skills), number[key[kept]], firms[kept], counts[kept]))
    before = np.cumsum([0, *(len(pairs) for pairs, *_ in parts)])
    pairs = np.concatenate([np.zeros(0, np.int64), *(part[0] for part in parts)])
    rows = [part[1] + start for part, start in zip(parts, before[:-1], strict=True)]
    places = [np.zeros(0, np.intp), *rows], [np.zeros(0, np.intp), *(part[2] for part in parts)]
    found = csr_array(
        (
            np.concatenate([np.zeros(0, np.float32), *(part[3] for part in parts)]),
            (np.concatenate(places[0]), np.concatenate(places[1])),
        ),
        shape=(len(pairs), incidence.employer_count),
    )
    found.sort_indices()
    width = max(1, len(skills))
    return PairCounts(skills[pairs // width], skills[pairs % width], found)


def _sums(
    incidence: Incidence, skills: NDArray[np.intp]
) -> Iterator[tuple[int, int, NDArray[Any], NDArray[Any], NDArray[Any]]]:
    """Yield, part by part, what each employer's postings add to each pair of `skills`.

    A part has its first skill, the size of its table of pairs, and for each sum its place in that
    table, its employer and its count. With employers' postings side by side, one row for each skill
    of each employer times all rows gives the sums of an employer at once.
    """
    from scipy.sparse import csr_array, vstack

    whose = np.concatenate([incidence.employers, incidence.employers[incidence.choosers]])
    sign = np.ones(len(whose), np.float32)
    sign[len(incidence.employers) :] = -1
    order = np.argsort(whose, kind="stable")
    whose, sign = whose[order], sign[order]
    rows = csr_array(vstack([incidence.asks, incidence.choices]), dtype=np.float32)
    rows = rows[order][:, skills]
    columns = rows.tocsc()
    columns.sort_indices()
    skill = np.repeat(np.arange(len(skills)), np.diff(columns.indptr))
    firm = whose[columns.indices]
    begins = np.ones(len(skill), bool)
    begins[1:] = (skill[1:] != skill[:-1]) | (firm[1:] != firm[:-1])
    starts = np.append(np.flatnonzero(begins), len(skill))
    left = csr_array(
        (sign[columns.indices], columns.indices, starts), shape=(len(starts) - 1, len(whose))
    )
    skill, firm = skill[begins], firm[begins]
    degrees = np.diff(rows.indptr)[columns.indices]
    work = np.append(0, np.cumsum(degrees))[starts]
    low = 0
    while low < len(skills):
        begin = int(np.searchsorted(skill, low))
        reach = int(np.searchsorted(work, work[begin] + AT_ONCE, "right")) - 1
        high = int(skill[reach]) if reach < len(skill) else len(skills)
        high = max(low + 1, min(high, low + max(1, AT_ONCE // len(skills))))
        part = slice(begin, int(np.searchsorted(skill, high)))
        found = (left[part] @ rows).tocoo()
        whose_row = found.coords[0]
        first, second = skill[part][whose_row], found.coords[1]
        kept = (second > first) & (found.data > 0)
        key = (first[kept] - low) * len(skills) + second[kept]
        table = (high - low) * len(skills)
        yield low, table, key, firm[part][whose_row[kept]], found.data[kept]
        low = high
