"""Who of some postings asks for which skill in one way, as a matrix with its words."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kg.analysis import tally
from kg.analysis.groups import Group
from kg.analysis.incidence import incidence_of, strengths_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csc_array

    from kg.analysis.incidence import Way
    from kg.analysis.quotes import Quotes
    from kg.analysis.tally import Said
    from kg.corpus import Corpus
    from nlp.types import Evidence


class Asking:
    """Which of some postings, in their order, asks for which skill so.

    Nothing is gone through posting by posting: what is needed of a skill is a column, and its
    words are read when somebody looks at them.
    """

    def __init__(self, corpus: Corpus, postings: Sequence[str], way: Way) -> None:
        self._corpus = corpus
        self._way = way
        group = Group("", "group", "", tuple(postings))
        self.made = incidence_of(corpus, group, strengths_of(way))

    @property
    def skills(self) -> tuple[str, ...]:
        """The skills that are asked for so, in the order of the columns."""
        return self.made.skills

    @cached_property
    def columns(self) -> csc_array:
        """The matrix, of the shape (postings, skills)."""
        found = self.made.asks.tocsc()
        found.sort_indices()
        return found

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many postings ask for each skill."""
        found: NDArray[np.int64] = np.diff(self.columns.indptr).astype(np.int64)
        return found

    @cached_property
    def employers(self) -> list[int]:
        """How many employers the postings that ask for each skill are of."""
        theirs = (self.made.by_employer.T @ self.made.asks).tocsc()
        return [int(count) for count in np.diff(theirs.indptr)]

    def counts_in(self, part: NDArray[np.intp], parts: int) -> list[list[int]]:
        """Return how many postings of each part ask for each skill, skill by skill.

        `part` is that of each posting.
        """
        from scipy.sparse import csr_array

        rows = np.arange(len(part))
        of = csr_array((np.ones(len(part)), (part, rows)), shape=(parts, len(part)))
        counts = (of @ self.columns).toarray().T.astype(int)
        found: list[list[int]] = counts.tolist()
        return found

    def said(self, column: int, first: int) -> Said:
        """Return who asks for a skill: among the `first` postings, and among those behind."""
        rows = self._rows(column)
        sides = tally.Sides(self.made.postings, first, self.made.employers)
        return tally.Said(sides, rows, int(np.searchsorted(rows, first)), self.evidence(column))

    def evidence(self, column: int) -> Quotes:
        """Return the words with which postings ask for a skill."""
        skill = self.skills[column]

        def words(posting: str) -> Iterable[Evidence]:
            if self._way == "any":
                return tally.any_words(self._corpus, skill, posting)
            return self._corpus.words_of_skill(posting, skill, self._way)

        return tally.quotes_of(self._corpus, lambda: self._postings(column), words)

    def _rows(self, column: int) -> NDArray[np.int32]:
        found: NDArray[np.int32] = self.columns.indices[
            self.columns.indptr[column] : self.columns.indptr[column + 1]
        ]
        return found

    def _postings(self, column: int) -> list[str]:
        return [self.made.postings[row] for row in self._rows(column).tolist()]
