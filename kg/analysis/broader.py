"""Concepts above the skills: what separates as a whole though no member does alone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.analysis.tally import Said
from kg.corpus.asks import rows_of
from kg.necessities import STRENGTHS
from nlp.types import Necessity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from kg.analysis.groups import Group
    from kg.corpus import Corpus


def broader_said(corpus: Corpus, a: Group, b: Group) -> Mapping[str, tuple[Said, frozenset[str]]]:
    """Return the postings that require something of each broader concept, and what they require.

    A concept counts where two or more of those below it, itself among them, are required. Members
    of a choice count when all that are enough for it lie below the concept.
    """
    above = _Above(corpus)
    postings: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    members: dict[str, set[str]] = defaultdict(set)
    for index, group in enumerate((a, b)):
        for posting in group.postings:
            for concept, skills in _of_posting(corpus, posting, above):
                postings[concept][index].add(posting)
                members[concept].update(skills)
    return {
        concept: (Said(frozenset(in_a), frozenset(in_b)), frozenset(members[concept]))
        for concept, (in_a, in_b) in sorted(postings.items())
        if len(members[concept]) > 1
    }


def share_requiring(corpus: Corpus, postings: Sequence[str]) -> Mapping[str, float]:
    """Return the share of `postings` that require something of each broader concept.

    The same as `broader_said` gathers, of all postings at once by products of sparse matrices:
    those of postings and skills, choices and skills, skills and the concepts above them.
    """
    import numpy as np
    from scipy.sparse import csr_array

    asks, table, above = corpus.asks, corpus.members_of_choices, _Above(corpus)
    each = [sorted(above(skill)) for skill in asks.skills]
    concepts = {one: number for number, one in enumerate(sorted({c for of in each for c in of}))}
    lies_above = _matrix(
        np.repeat(np.arange(len(each)), [len(of) for of in each]),
        np.array([concepts[one] for of in each for one in of], np.int64),
        (len(each), len(concepts)),
    )
    numbers = corpus.numbers(postings)
    row = rows_of(asks.posting, numbers, len(corpus.postings))
    kept = (row >= 0) & (asks.way == STRENGTHS.index("required"))
    skills = len(asks.skills)
    found = _matrix(row[kept], asks.skill[kept], (len(postings), skills)) @ lies_above
    required, mixed = corpus.required_choices, corpus.mixed
    counting = np.array([one in required and one not in mixed for one in table.choices], bool)
    row = rows_of(table.posting, numbers, len(corpus.postings))
    kept = (row >= 0) & counting[table.choice]
    choices = len(table.choices)
    members = _matrix(table.choice[kept], table.skill[kept], (choices, skills))
    shared = (members @ lies_above).tocoo()
    sizes = np.diff(members.indptr)
    whole = shared.data == sizes[shared.coords[0]]  # the concept lies above all members
    places = shared.coords[0][whole], shared.coords[1][whole]
    offered = _matrix(*places, (choices, len(concepts)))
    of = np.unique(np.stack([row[kept], table.choice[kept]]), axis=1)
    found = found + _matrix(of[0], of[1], (len(postings), choices)) @ offered
    counts = np.bincount(csr_array(found).tocoo().coords[1], minlength=len(concepts)).tolist()
    return {one: counts[number] / len(postings) for one, number in concepts.items()}


def _matrix(
    rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]
) -> csr_array:
    """Return a matrix with ones at some places."""
    import numpy as np
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)


class _Above:
    """The concepts above each skill, itself first, each found once."""

    def __init__(self, corpus: Corpus) -> None:
        self._broader: Mapping[str, Sequence[str]] = corpus.vocabulary.broader
        self._known: dict[str, frozenset[str]] = {}

    def __call__(self, concept: str) -> frozenset[str]:
        if concept not in self._known:
            found, todo = {concept}, [concept]
            while todo:
                for one in self._broader.get(todo.pop(), ()):
                    if one not in found:
                        found.add(one)
                        todo.append(one)
            self._known[concept] = frozenset(found)
        return self._known[concept]

    def all_of(self, concepts: Sequence[str]) -> frozenset[str]:
        """Return the concepts above all of some."""
        return frozenset.intersection(*map(self, concepts))


def _required_choices(corpus: Corpus, posting: str) -> Iterator[Sequence[str]]:
    """Yield the members of each required choice all of whose members are skills."""
    members = corpus.members(posting)
    if members:
        for choice in corpus.choices(posting):
            is_of_skills = choice.node in members and choice.node not in corpus.mixed
            if is_of_skills and choice.necessity is Necessity.REQUIRED:
                yield members[choice.node]


def _of_posting(corpus: Corpus, posting: str, above: _Above) -> Iterator[tuple[str, set[str]]]:
    """Yield each concept of which a posting requires something, with what it requires of it."""
    required: dict[str, set[str]] = defaultdict(set)
    for skill in corpus.required(posting):
        for concept in above(skill):
            required[concept].add(skill)
    for members in _required_choices(corpus, posting):
        for concept in above.all_of(members):
            required[concept].update(members)
    yield from required.items()
