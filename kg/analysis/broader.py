"""Concepts above the skills: what separates as a whole though no member does alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.analysis.tally import Said
from nlp.types import Necessity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
    """Return the share of `postings` that require something of each broader concept."""
    above = _Above(corpus)
    counts: Counter[str] = Counter()
    for posting in postings:
        counts.update(
            set().union(
                *map(above, corpus.required(posting)),
                *(above.all_of(members) for members in _required_choices(corpus, posting)),
            )
        )
    return {concept: count / len(postings) for concept, count in counts.items()}


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
