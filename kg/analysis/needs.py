"""What a posting requires, as conditions that a candidate meets or not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.necessities import NECESSITY_OF, asked
from nlp.types import Necessity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.corpus import Corpus
    from kg.necessities import Asked


class NeedKind(StrEnum):
    """What a condition is about. A soft skill is one that no résumé proves."""

    SKILL = "skill"
    SOFT = "soft skill"
    DEGREE = "degree"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Single:
    """One thing that is asked for. `node` is the corpus's, or the years in words."""

    kind: NeedKind
    node: str
    label: str
    years: float | None = None
    in_place_of_degree: bool = False


Members: TypeAlias = tuple[Single, ...]
AT_ONCE: Final = 500
"""Postings whose words are read together, where they have to be."""


@dataclass(frozen=True, slots=True)
class Need:
    """A condition: `minimum` of its members must be met. One that stands alone has one member.

    Its words hang on `node`; on the skill itself where that is None.
    """

    members: Members
    minimum: int
    necessity: Necessity
    node: str | None

    @property
    def kind(self) -> NeedKind:
        """The kind of its members; of mixed ones ("Master's, or 5 years") the first's."""
        return self.members[0].kind

    @property
    def label(self) -> str:
        """The thing, or "1 of: Java, Python"."""
        if len(self.members) == 1:
            return self.members[0].label
        names = ", ".join(dict.fromkeys(one.label for one in self.members))
        return f"{self.minimum} of: {names}"


def needs_of(corpus: Corpus, posting: str) -> list[Need]:
    """Return what a posting requires or prefers, choices as one need each, sorted by label.

    Years that stand in a choice of degrees ("or Bachelor's and 3 years") are the degree's. What is
    stated twice in the same words is one need.
    """
    [(_, needs)] = needs_of_each(corpus, [posting])
    return needs


def needs_of_each(corpus: Corpus, postings: Sequence[str]) -> Iterator[tuple[str, list[Need]]]:
    """Yield each of some postings with its needs, as `needs_of` has them, in their order."""
    skills = _Skills(corpus)
    for start in range(0, len(postings), AT_ONCE):
        part = postings[start : start + AT_ONCE]
        stated = {posting: _alike(_needs(corpus, posting, skills)) for posting in part}
        corpus.read_words_of(
            (posting, need.node)
            for posting, needs in stated.items()
            for alike in needs
            if len(alike) > 1  # only then do their words have to be read
            for need in alike
            if need.node
        )
        for posting in part:
            yield posting, sorted(_different(corpus, posting, stated[posting]), key=_place)


class _Skills:
    """What each skill is as a thing that is asked for, and as a need; each is made once."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._kinds = corpus.vocabulary.kinds
        self._singles: dict[str, Single] = {}
        self._needs: dict[tuple[str, Asked], Need] = {}

    def single(self, skill: str) -> Single:
        """Return a skill as a thing that is asked for."""
        found = self._singles.get(skill)
        if found is None:
            kind = NeedKind.SOFT if self._kinds.get(skill) == "soft" else NeedKind.SKILL
            found = self._singles[skill] = Single(kind, skill, self._corpus.label(skill))
        return found

    def need(self, asked_for: tuple[str, Asked]) -> Need:
        """Return the need of a skill that is asked for in one way, outside of choices."""
        found = self._needs.get(asked_for)
        if found is None:
            skill, way = asked_for
            found = Need((self.single(skill),), 1, NECESSITY_OF[way], None)
            self._needs[asked_for] = found
        return found


def _needs(corpus: Corpus, posting: str, skills: _Skills) -> list[Need]:
    choices: dict[str, list[Single]] = defaultdict(list)
    alone = [
        skills.need(one)
        for one in corpus.skills(posting)
        if one[1] not in ("alternative", "mentioned")
    ]
    for offered_by, offers in corpus.members(posting).items():
        choices[offered_by] += map(skills.single, offers)
    for single, necessity, choice, node in _singles(corpus, posting):
        if choice:
            choices[choice].append(single)
        elif necessity is not Necessity.MENTIONED:
            alone.append(Need((single,), 1, necessity, node))
    for offered in corpus.choices(posting):
        if offered.node not in choices or offered.necessity is Necessity.MENTIONED:
            continue
        named = sorted(choices[offered.node], key=lambda one: (one.label, one.node))
        members = tuple(dict.fromkeys(named))
        minimum = min(offered.minimum, len(members))
        alone.append(Need(members, minimum, offered.necessity, offered.node))
    return alone


def _place(need: Need) -> tuple[NeedKind, str, Necessity, str]:
    return need.kind, need.label.casefold(), need.necessity, need.node or ""


def _alike(needs: Iterable[Need]) -> list[list[Need]]:
    """Return needs by what they say, whatever the words."""
    same: dict[tuple[Members, int, Necessity], list[Need]] = defaultdict(list)
    for need in needs:
        same[need.members, need.minimum, need.necessity].append(need)
    return list(same.values())


def _different(corpus: Corpus, posting: str, stated: Iterable[Sequence[Need]]) -> list[Need]:
    """Return the needs of a posting without those that it states twice in the same words."""
    found: list[Need] = []
    for alike in stated:
        if len(alike) > 1:
            found += {words_of(corpus, posting, need): need for need in reversed(alike)}.values()
        else:
            found += alike
    return found


def words_of(corpus: Corpus, posting: str, need: Need) -> tuple[str, ...]:
    """Return the words with which a posting says what it needs, those of a choice as a whole."""
    if need.node:
        return tuple(one.text for one in corpus.words_of(posting, need.node))
    way = asked(need.necessity, None)
    return tuple(one.text for one in corpus.words_of_skill(posting, need.members[0].node, way))


def _singles(
    corpus: Corpus, posting: str
) -> Iterator[tuple[Single, Necessity, str | None, str | None]]:
    """Yield degrees and years, how strongly, in which choice, and what their words hang on."""
    for degree in corpus.degrees(posting):
        single = Single(
            NeedKind.DEGREE,
            degree.degree,
            corpus.label(degree.degree),
            None if degree.min_years is None else float(degree.min_years),
            degree.equivalent_experience,
        )
        yield single, degree.necessity, degree.choice, degree.node
    for one in corpus.years(posting):
        if one.min_years is None:
            continue
        years = float(one.min_years)
        label = f"{years:g} {'year' if years == 1 else 'years'}"
        yield Single(NeedKind.YEARS, label, label, years), one.necessity, one.choice, one.node
