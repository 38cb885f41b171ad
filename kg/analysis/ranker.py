"""Which skills belong to a set of skills: the ranker of `kg recommend`, judged by a benchmark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_array

    from kg.analysis.clusters import Floats
    from kg.analysis.embedding import Embedding

DAMPING: Final = 0.6
"""How little more each further skill of the set says, chosen by `tests/bench/bench_similar.py`."""


class SkillRanker:
    """Ranks skills for a set of skills, by vectors.

    The score of a skill is the logarithm of its share of all postings, plus the sum of its pull to
    each skill of the set, divided by the size of the set to the power of `damping`. A pull is the
    PMI of two skills as the vectors have it. With one skill that is the logarithm of the share of
    its postings that ask for the other; with several it would be that too if the skills of a set
    were independent, which they are not: a set of 35 says as much as some eight (naive Bayes with
    the evidence discounted).
    """

    def __init__(self, embedding: Embedding, *, damping: float = DAMPING) -> None:
        import numpy as np

        self.embedding = embedding
        self.damping = damping
        self.prior: Floats = np.log((embedding.counts + 0.5) / (embedding.postings + 1))

    def scores(self, asked: csr_array) -> Floats:
        """Return the score of each skill for each row of `asked`, of the shape (rows, skills)."""
        import numpy as np

        sizes = np.maximum(np.asarray(asked.sum(axis=1)), 1)
        pulled = (asked @ self.embedding.words) @ self.embedding.contexts.T
        found: Floats = self.prior + pulled / sizes[:, None] ** self.damping
        return found

    def score(self, places: Sequence[int]) -> Floats:
        """Return the score of each skill for one set, given by the rows of its skills."""
        import numpy as np
        from scipy.sparse import csr_array

        count = len(self.embedding.skills)
        row = np.zeros((1, count))
        row[0, list(places)] = 1
        found: Floats = self.scores(csr_array(row))[0]
        return found

    def pulls(self, places: Sequence[int], skill: int) -> Floats:
        """Return how much each skill of a set adds to the score of `skill`."""
        words = self.embedding.words[list(places)]
        found: Floats = words @ self.embedding.contexts[skill] / len(places) ** self.damping
        return found
