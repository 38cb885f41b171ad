"""Vectors of skills, learned from which skills these postings ask for together."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from kg.analysis.clusters import Floats
    from kg.analysis.incidence import Incidence

LEAST: Final = 2
"""Postings that must ask for a skill: what one has asked for alone is like nothing."""
DIMENSIONS: Final = 300
"""Length of the vectors, chosen by `tests/bench/bench_similar.py`."""
SHIFT: Final = 0.6
"""How far a pair's frequency must exceed that by chance to count: k of Levy & Goldberg, below 1
here, because a posting has some 35 skills and not millions of words; chosen as above."""
SEED: Final = 20141208
EXACT: Final = 1e-8
"""How far singular vectors may be from orthonormal, and from what the matrix makes of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """A vector for each skill, by which skills it is asked for together with.

    `skills` are those that `LEAST` postings ask for, `counts` how many do, of `postings`. `words`
    and `contexts` have the shape (skills, dimensions): the product of one skill's word vector with
    another's context vector is their shifted positive PMI, as far as so many dimensions have it.
    """

    skills: tuple[str, ...]
    labels: tuple[str, ...]
    counts: Floats
    postings: int
    words: Floats
    contexts: Floats

    @property
    def places(self) -> dict[str, int]:
        """The row of each skill."""
        return {skill: place for place, skill in enumerate(self.skills)}

    def directions(self) -> Floats:
        """Return the word vectors at length 1; a skill that goes with no other keeps length 0."""
        import numpy as np

        lengths = np.linalg.norm(self.words, axis=1, keepdims=True)
        found: Floats = np.divide(
            self.words, lengths, out=np.zeros_like(self.words), where=lengths > 0
        )
        return found


def embed(
    incidence: Incidence, *, dimensions: int = DIMENSIONS, shift: float = SHIFT, least: int = LEAST
) -> Embedding:
    """Learn a vector for each skill that `least` postings ask for.

    The matrix of shifted positive PMI is factorised by a truncated singular value decomposition,
    and each side gets the root of the singular values. The same postings give the same vectors: the
    solver starts from a seeded vector, and of each dimension the largest entry is positive. Fewer
    skills than `dimensions` give shorter vectors. Method: Levy & Goldberg, Neural Word Embedding as
    Implicit Matrix Factorization, NIPS 2014, eq. 11 and section 4.2.
    """
    import numpy as np

    kept = np.flatnonzero(incidence.counts >= least)
    together = incidence.together()[kept][:, kept]
    left, values, right = _factors(shifted_ppmi(together, shift), dimensions)
    root = np.sqrt(values)
    return Embedding(
        skills=tuple(incidence.skills[column] for column in kept),
        labels=tuple(incidence.labels[column] for column in kept),
        counts=incidence.counts[kept],
        postings=len(incidence.postings),
        words=left * root,
        contexts=right * root,
    )


def shifted_ppmi(together: csr_array, shift: float = SHIFT) -> csr_array:
    """Return max(PMI - log(shift), 0) of counts of pairs; the diagonal is no pair.

    PMI is that of pairs: of all pairs that postings have, how many are this one, against how many
    would be if the two met by chance. A pair of a long posting weighs as much as one of a short.
    Pairs that are in no posting have 0.
    """
    import numpy as np
    from scipy.sparse import csr_array

    pairs = together.tocoo()
    apart = pairs.coords[0] != pairs.coords[1]
    first, second = (places[apart] for places in pairs.coords)
    counts = pairs.data[apart].astype(np.float64)
    totals = np.bincount(first, counts, minlength=together.shape[0])
    with np.errstate(divide="ignore"):
        pmi = np.log(counts * totals.sum() / (totals[first] * totals[second])) - np.log(shift)
    more = pmi > 0
    found = csr_array((pmi[more], (first[more], second[more])), shape=together.shape)
    found.sort_indices()
    return found


def _factors(matrix: csr_array, dimensions: int) -> tuple[Floats, Floats, Floats]:
    """Return left vectors, singular values and right vectors, the largest value first."""
    import numpy as np

    size = matrix.shape[0]
    if not size or not matrix.nnz:
        return np.zeros((size, 0)), np.zeros(0), np.zeros((size, 0))
    if dimensions >= size - 1:
        left, values, right = np.linalg.svd(matrix.toarray())
    else:
        left, values, right = _largest(matrix, dimensions)
    order = np.argsort(-values, kind="stable")
    left, values, right = left[:, order], values[order], right[order].T
    real = values > values[0] * 1e-10
    left, values, right = left[:, real], values[real], right[:, real]
    largest = np.abs(left).argmax(axis=0)
    signs = np.sign(left[largest, np.arange(len(values))])
    return left * signs, values, right * signs


def _largest(matrix: csr_array, count: int) -> tuple[Floats, Floats, Floats]:
    """Return left vectors, values and right vectors of so many of the largest singular values.

    By PROPACK, which makes vectors orthogonal to one another only where they no longer are, and so
    takes half the time of ARPACK. But of a matrix of a lower rank, or with many equal values, it
    gives up or returns vectors that are not orthogonal: then ARPACK does it.
    """
    import numpy as np
    from scipy.sparse.linalg import svds

    dice = np.random.default_rng(SEED)
    start = dice.standard_normal(matrix.shape[0])
    with suppress(np.linalg.LinAlgError):
        left, values, right = svds(matrix, count, v0=start, solver="propack", random_state=dice)
        if _is_right(matrix, left, values, right, dice.standard_normal(count)):
            return left, values, right
    left, values, right = svds(matrix, count, v0=start)
    return left, values, right


def _is_right(
    matrix: csr_array, left: Floats, values: Floats, right: Floats, weights: Floats
) -> bool:
    """Tell whether vectors are orthonormal, and the matrix takes a sum of the right to the left."""
    import numpy as np

    one = np.eye(len(values))
    taken = matrix @ (weights @ right) - left @ (weights * values)
    return bool(
        np.abs(left.T @ left - one).max() < EXACT
        and np.abs(right @ right.T - one).max() < EXACT
        and np.abs(taken).max() < EXACT * values.max()
    )
