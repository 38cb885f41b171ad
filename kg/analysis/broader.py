"""Concepts above the skills: what separates as a whole though no member does alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from kg.analysis.tally import Said, Sides
from kg.corpus.asks import rows_of
from kg.corpus.keeping import distinct
from kg.necessities import STRENGTHS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from kg.analysis.groups import Group
    from kg.corpus import Corpus

CHOICE: Final = 32
"""Bits of a choice's number, below that of a posting."""


def broader_said(corpus: Corpus, a: Group, b: Group) -> Mapping[str, tuple[Said, frozenset[str]]]:
    """Return the postings that require something of each broader concept, and what they require.

    A concept counts where two or more of those below it, itself among them, are required. Members
    of a choice count when all that are enough for it lie below the concept.
    """
    import numpy as np

    sides = Sides.of(corpus, a, b)
    known = _Required(corpus, sides.postings)
    having, members = known.concepts_of_postings.tocsc(), known.skills_of_concepts
    having.sort_indices()
    skills = np.array(corpus.asks.skills, object)
    found = {}
    for place in np.flatnonzero(np.diff(members.indptr) > 1).tolist():
        rows = having.indices[having.indptr[place] : having.indptr[place + 1]]
        below = members.indices[members.indptr[place] : members.indptr[place + 1]]
        found[known.concepts[place]] = (
            Said(sides, rows, int(np.searchsorted(rows, sides.size_a))),
            frozenset(skills[below]),
        )
    return found


def share_requiring(corpus: Corpus, postings: Sequence[str]) -> Mapping[str, float]:
    """Return the share of `postings` that require something of each broader concept."""
    import numpy as np

    known = _Required(corpus, postings)
    having = known.concepts_of_postings
    counts = np.bincount(having.indices, minlength=len(known.concepts)).tolist()
    return {one: counts[number] / len(postings) for number, one in enumerate(known.concepts)}


class _Concepts:
    """What lies above which skill, as a matrix (skills, concepts), and which choices count.

    `concepts` are sorted. It is the same for all postings of a corpus, and made once.
    """

    def __init__(self, corpus: Corpus) -> None:
        import numpy as np

        skills = corpus.asks.skills
        broader = corpus.vocabulary.broader
        above = Above(broader)
        each = [sorted(above(one)) if one in broader else [one] for one in skills]
        self.concepts = sorted({concept for of in each for concept in of})
        place = {one: number for number, one in enumerate(self.concepts)}
        self.lie_above = _matrix(
            np.repeat(np.arange(len(skills)), [len(of) for of in each]),
            np.array([place[one] for of in each for one in of], np.int64),
            (len(skills), len(self.concepts)),
        )
        required, mixed = corpus.required_choices, corpus.mixed
        choices = corpus.members_of_choices.choices
        self.counting = np.array([one in required and one not in mixed for one in choices], bool)


_KNOWN: Final[WeakKeyDictionary[Corpus, _Concepts]] = WeakKeyDictionary()


class _Required:
    """What some postings require, all of them at once by products of sparse matrices.

    They are those of postings and skills, choices and skills, skills and the concepts above them,
    which are sorted. A choice counts where a posting requires it and all its members are skills.
    """

    def __init__(self, corpus: Corpus, postings: Sequence[str]) -> None:
        import numpy as np
        from scipy.sparse import csr_array

        asks, table = corpus.asks, corpus.members_of_choices
        if corpus not in _KNOWN:
            _KNOWN[corpus] = _Concepts(corpus)
        known = _KNOWN[corpus]
        self.concepts, self._lies_above = known.concepts, known.lie_above
        skills, choices = len(asks.skills), len(table.choices)
        numbers = corpus.numbers(postings)
        row = rows_of(asks.posting, numbers, len(corpus.postings))
        kept = (row >= 0) & (asks.way == STRENGTHS.index("required"))
        self._skills = _matrix(row[kept], asks.skill[kept], (len(postings), skills))
        row = rows_of(table.posting, numbers, len(corpus.postings))
        kept = (row >= 0) & known.counting[table.choice]
        self._members = _matrix(table.choice[kept], table.skill[kept], (choices, skills))
        shared = csr_array(self._members @ self._lies_above).tocoo()
        sizes = np.diff(self._members.indptr)
        whole = shared.data == sizes[shared.coords[0]]  # the concept lies above all members
        places = shared.coords[0][whole], shared.coords[1][whole]
        self._offered = _matrix(*places, (choices, len(self.concepts)))
        of = distinct(row[kept] << CHOICE | table.choice[kept])
        shape = len(postings), choices
        self._choices = _matrix(of >> CHOICE, of & (1 << CHOICE) - 1, shape)

    @property
    def concepts_of_postings(self) -> csr_array:
        """Of which concepts a posting requires something, of the shape (postings, concepts)."""
        from scipy.sparse import csr_array

        return csr_array(self._skills @ self._lies_above + self._choices @ self._offered)

    @property
    def skills_of_concepts(self) -> csr_array:
        """What is required of each concept, of the shape (concepts, skills), in order."""
        from scipy.sparse import csr_array

        skills = self._lies_above.shape[0]
        asked = distinct(self._skills.indices)
        here = _matrix(asked, asked, (skills, skills))
        found = csr_array(self._lies_above.T @ here + self._offered.T @ self._members)
        found.sort_indices()
        return found


def _matrix(
    rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]
) -> csr_array:
    """Return a matrix with ones at some places."""
    import numpy as np
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)


class Above:
    """The concepts above each skill, and itself, each found once."""

    def __init__(self, broader: Mapping[str, Sequence[str]]) -> None:
        self._broader = broader
        self._known: dict[str, frozenset[str]] = {}

    def __call__(self, concept: str) -> frozenset[str]:
        """Return the concepts above one, and itself."""
        if concept not in self._known:
            found, todo = {concept}, [concept]
            while todo:
                for one in self._broader.get(todo.pop(), ()):
                    if one not in found:
                        found.add(one)
                        todo.append(one)
            self._known[concept] = frozenset(found)
        return self._known[concept]
